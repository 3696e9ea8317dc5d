//! `not-below`: the level of the header must be that of some portion.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::marking::{LevelId, Surface};
use crate::reading::{Element, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;
use std::cmp::Ordering;

/// The level of the header must be that of some portion: a header above all of them classifies too high.
///
/// Silent while a portion is unmarked, since that one may be the reason for the header.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotBelow {
    /// The marks of the portions.
    pub what: Selector,
}

#[derive(Debug)]
struct Floor(Chosen);

impl NotBelow {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Floor(self.what.compile(names)))
    }
}

impl Floor {
    /// The highest mark among the portions; `None` where some do not compare.
    fn highest<'a>(&self, draft: &Draft<'a>) -> Option<(LevelId, &'a Element)> {
        let mut highest: Option<(LevelId, &Element)> = None;
        for element in self.0.all(draft) {
            let Some(used) = element.marking()?.level else {
                continue;
            };
            let order = match highest {
                Some((level, _)) => draft.scheme.compare(used.level, level)?,
                None => Ordering::Greater,
            };
            if order == Ordering::Greater {
                highest = Some((used.level, element));
            }
        }
        highest
    }
}

impl Run for Floor {
    fn needs(&self) -> KindSet {
        self.0.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some((header, place)) = draft.header_level().filter(|_| draft.is_all_marked()) else {
            return;
        };
        if let Some((level, mark)) = self.highest(draft)
            && draft.scheme.compare(header, level) == Some(Ordering::Greater)
        {
            let own = draft.scheme.level(level);
            let spelling = own
                .spellings
                .canonical(Surface::Header)
                .unwrap_or(&own.name);
            let finding = Finding::at_place(place, draft).expecting(spelling);
            findings.push(finding.beside(mark));
        }
    }
}
