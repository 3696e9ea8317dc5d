//! `conflict`: two must not stand together.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::KindSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// Two must not stand together.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Conflict {
    /// The one at fault: the place of the finding.
    pub what: Selector,
    /// Those that it must not stand with.
    pub with: Selector,
    /// Others that it must not stand with either.
    #[serde(default)]
    pub or: Vec<Selector>,
}

#[derive(Debug)]
struct Pair {
    what: Chosen,
    with: Vec<Chosen>,
}

impl Conflict {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let with = std::iter::once(&self.with).chain(&self.or);
        Box::new(Pair {
            with: with.map(|selector| selector.compile(names)).collect(),
            what: self.what.compile(names),
        })
    }
}

impl Run for Pair {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some(one) = self.what.first(draft) else {
            return;
        };
        let others = || {
            let with = self.with.iter().flat_map(|chosen| chosen.all(draft));
            with.filter(|other| other.span != one.span)
        };
        if let Some(first) = others().next() {
            let finding = Finding::at(one, draft).expecting_as_at(first.span, draft);
            findings.push(others().take(3).fold(finding, Finding::beside));
        }
    }
}
