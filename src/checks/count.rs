//! `count`: so many must stand, and no more.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::KindSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// So many must stand, and no more.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Count {
    /// What is counted.
    pub what: Selector,
    /// The least number.
    #[serde(default)]
    pub at_least: usize,
    /// The greatest number.
    pub at_most: Option<usize>,
    /// Where too few are missing, if not at the first of them.
    pub of: Option<Selector>,
}

#[derive(Debug)]
struct Counted {
    what: Chosen,
    least: usize,
    most: usize,
    of: Option<Chosen>,
}

impl Count {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Counted {
            what: self.what.compile(names),
            least: self.at_least,
            most: self.at_most.unwrap_or(usize::MAX),
            of: self.of.as_ref().map(|of| of.compile(names)),
        })
    }
}

impl Run for Counted {
    fn needs(&self) -> KindSet {
        self.of.as_ref().map_or(self.what.kinds, |of| of.kinds)
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let count = self.what.all(draft).count();
        if count > self.most {
            let mut all = self.what.all(draft).skip(self.most);
            let Some(first) = all.next() else { return };
            let finding = Finding::at(first, draft).expecting(self.most.to_string());
            let others = self.what.all(draft).take(self.most).take(3);
            findings.push(others.fold(finding, Finding::beside));
        } else if count < self.least {
            let place = match &self.of {
                Some(of) => of.first(draft),
                None => self.what.first(draft),
            };
            findings.extend(
                place.map(|place| Finding::at(place, draft).expecting(self.least.to_string())),
            );
        }
    }
}
