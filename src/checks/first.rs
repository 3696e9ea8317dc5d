//! `first`: of several, some must come first.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::KindSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// Of several, some must come first.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct First {
    /// Those that must come first.
    pub what: Selector,
    /// All of them.
    pub among: Selector,
}

#[derive(Debug)]
struct Foremost {
    what: Chosen,
    among: Chosen,
}

impl First {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Foremost {
            what: self.what.compile(names),
            among: self.among.compile(names),
        })
    }
}

impl Run for Foremost {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let mut other = None;
        for element in self.among.all(draft) {
            if !self.what.matches(element, draft) {
                other = other.or(Some(element));
            } else if let Some(other) = other {
                let finding = Finding::at(element, draft).beside(other);
                findings.push(finding.expecting_as_at(other.span, draft));
            }
        }
    }
}
