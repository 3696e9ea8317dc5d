//! `unique`: the same must not stand twice.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;

/// The same must not stand twice: the same word of a vocabulary, or else the same text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unique {
    /// Elements of which each may stand once.
    pub what: Selector,
}

#[derive(Debug)]
struct Once(Chosen);

impl Unique {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Once(self.what.compile(names)))
    }
}

fn same(one: &Element, other: &Element, draft: &Draft<'_>) -> bool {
    if one.term.is_some() || other.term.is_some() {
        return one.term == other.term && one.kind == other.kind;
    }
    draft
        .slice(one.span)
        .eq_ignore_ascii_case(draft.slice(other.span))
}

impl Run for Once {
    fn needs(&self) -> KindSet {
        self.0.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        for (index, element) in self.0.all(draft).enumerate() {
            let mut before = self.0.all(draft).take(index);
            if let Some(first) = before.find(|other| same(other, element, draft)) {
                findings.push(Finding::at(element, draft).beside(first));
            }
        }
    }
}
