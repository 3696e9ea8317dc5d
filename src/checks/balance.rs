//! `balance`: what is opened must be closed.

use super::{Chosen, Draft, Finding, Names, Run, Selector, TermSet};
use crate::pack::shared::Name;
use crate::reading::{Element, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;

/// What is opened must be closed, and what is closed was opened before.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Balance {
    /// The words that open and close.
    pub what: Selector,
    /// The group of those that open.
    pub opens: Name,
    /// The group of those that close.
    pub closes: Name,
    /// A group for each pair, in which both of its words are.
    pub pairs: Vec<Name>,
}

#[derive(Debug)]
struct Paired {
    what: Chosen,
    opens: TermSet,
    closes: TermSet,
    pairs: Vec<TermSet>,
}

impl Balance {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let kind = self.what.kind();
        let mut group = |name: &Name| names.terms(kind, &[], std::slice::from_ref(name));
        let (opens, closes) = (group(&self.opens), group(&self.closes));
        let pairs = self.pairs.iter().map(group).collect();
        Box::new(Paired {
            opens,
            closes,
            pairs,
            what: self.what.compile(names),
        })
    }
}

impl Run for Paired {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        for pair in &self.pairs {
            let is_in = |element: &Element, set: &TermSet| {
                element.term.is_some_and(|term| set.contains(term))
            };
            let mut open: Option<&Element> = None;
            for element in self.what.all(draft).filter(|element| is_in(element, pair)) {
                if is_in(element, &self.opens) {
                    findings.extend(open.map(|before| Finding::at(before, draft)));
                    open = Some(element);
                } else if is_in(element, &self.closes) && open.take().is_none() {
                    findings.push(Finding::at(element, draft));
                }
            }
            findings.extend(open.map(|before| Finding::at(before, draft)));
        }
    }
}
