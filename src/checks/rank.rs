//! `rank`: of words in an order, one may not stand above others.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::KindSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// Of words whose vocabulary lists the lowest first, one may not stand above the highest of others.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rank {
    /// The words at fault.
    pub what: Selector,
    /// The others, of the same vocabulary.
    pub not_above: Selector,
}

#[derive(Debug)]
struct Ranked {
    what: Chosen,
    others: Chosen,
}

impl Rank {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Ranked {
            what: self.what.compile(names),
            others: self.not_above.compile(names),
        })
    }
}

impl Run for Ranked {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let known = self
            .others
            .all(draft)
            .filter(|element| element.term.is_some());
        let Some(highest) = known.max_by_key(|element| element.term) else {
            return;
        };
        let above = self
            .what
            .all(draft)
            .filter(|element| element.term > highest.term);
        findings.extend(above.map(|element| {
            let finding = Finding::at(element, draft).beside(highest);
            finding.expecting_as_at(highest.span, draft)
        }));
    }
}
