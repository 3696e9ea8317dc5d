//! `not-above`: no level may be above that of the header.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::diagnostic::Confidence;
use crate::marking::{LevelId, Surface};
use crate::reading::KindSet;
use schemars::JsonSchema;
use serde::Deserialize;
use std::cmp::Ordering;

/// No level may be above that of the header. One below every classification that headers of the draft
/// cannot state is not held against them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotAbove {
    /// Markings that are compared with the header.
    pub what: Selector,
}

#[derive(Debug)]
struct Ceiling(Chosen);

impl NotAbove {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Ceiling(self.what.compile(names)))
    }
}

impl Run for Ceiling {
    fn needs(&self) -> KindSet {
        self.0.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some((header, place)) = draft.header_level() else {
            return;
        };
        for element in self.0.all(draft) {
            let level = element.marking().and_then(|marking| marking.level);
            let level = level.filter(|used| can_be_stated(draft, used.level));
            let order = level.and_then(|used| draft.scheme.compare(used.level, header));
            if order == Some(Ordering::Greater) {
                let mut finding = Finding::at(element, draft).beside_place(place);
                let confidence = draft.reading.header_confidence;
                finding.confidence = finding.confidence.min(confidence);
                findings.push(match confidence {
                    Confidence::Certain => finding.expecting_as_at(place, draft),
                    // The header leaves its level unsaid: there is nothing to quote.
                    _ => finding.expecting(&*draft.scheme.level(header).name),
                });
            }
        }
    }
}

/// Whether the header of a draft could state a level, or must not stay silent on it.
fn can_be_stated(draft: &Draft<'_>, level: LevelId) -> bool {
    let header = draft.reading.header.as_ref();
    let surface = header.map_or(Surface::Header, |header| header.surface);
    let level = draft.scheme.level(level);
    level.classified || !level.spellings.on(surface).is_empty()
}
