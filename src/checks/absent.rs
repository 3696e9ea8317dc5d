//! `absent`: something must not stand.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::KindSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// Something must not stand.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Absent {
    /// What must not stand.
    pub what: Selector,
}

#[derive(Debug)]
struct Unwanted(Chosen);

impl Absent {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Unwanted(self.what.compile(names)))
    }
}

impl Run for Unwanted {
    fn needs(&self) -> KindSet {
        self.0.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        findings.extend(self.0.all(draft).map(|element| Finding::at(element, draft)));
    }
}
