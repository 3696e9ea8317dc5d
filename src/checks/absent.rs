//! `absent`: something must not stand.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;

/// Something must not stand.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Absent {
    /// What must not stand.
    pub what: Selector,
    /// Others that must not stand either.
    #[serde(default)]
    pub or: Vec<Selector>,
}

#[derive(Debug)]
struct Unwanted {
    any: Vec<Chosen>,
    kinds: KindSet,
}

impl Absent {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let any = std::iter::once(&self.what).chain(&self.or);
        let any: Vec<Chosen> = any.map(|selector| selector.compile(names)).collect();
        let kinds = any
            .iter()
            .fold(KindSet::EMPTY, |all, chosen| all.union(chosen.kinds));
        Box::new(Unwanted { any, kinds })
    }
}

impl Run for Unwanted {
    fn needs(&self) -> KindSet {
        self.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let unwanted =
            |element: &&Element| self.any.iter().any(|chosen| chosen.matches(element, draft));
        if let [chosen] = self.any.as_slice() {
            findings.extend(chosen.all(draft).map(|element| Finding::at(element, draft)));
        } else if draft.kinds.intersects(self.kinds) {
            let found = draft.of_any(self.kinds).filter(unwanted);
            findings.extend(found.map(|element| Finding::at(element, draft)));
        }
    }
}
