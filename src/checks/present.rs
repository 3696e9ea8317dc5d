//! `present`: something must stand where something else does.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::KindSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// Something must stand where something else does.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Present {
    /// What must stand.
    pub what: Selector,
    /// Others, of which one does as well.
    #[serde(default)]
    pub or: Vec<Selector>,
    /// What it is missing from: the place of the finding.
    pub of: Selector,
}

#[derive(Debug)]
struct Wanted {
    any: Vec<Chosen>,
    of: Chosen,
}

impl Present {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let any = std::iter::once(&self.what).chain(&self.or);
        Box::new(Wanted {
            any: any.map(|selector| selector.compile(names)).collect(),
            of: self.of.compile(names),
        })
    }
}

impl Run for Wanted {
    fn needs(&self) -> KindSet {
        self.of.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        if let Some(of) = self.of.first(draft)
            && !self.any.iter().any(|chosen| chosen.any(draft))
        {
            findings.push(Finding::at(of, draft));
        }
    }
}
