//! `repeats`: something made of parts may not say what the draft says of itself.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, KindSet, Value};
use schemars::JsonSchema;
use serde::Deserialize;

/// Something made of parts may not say what the draft says of itself: a message does not refer to itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Repeats {
    /// What is made of parts.
    pub what: Selector,
    /// Its parts, each with what the draft says of itself. All of them must be equal for a finding.
    pub parts: Vec<Part>,
    /// A part that must not stand, such as another year.
    pub without: Option<Selector>,
}

/// A part of something, and what the draft says of itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Part {
    /// The part.
    pub part: Selector,
    /// The draft's own.
    pub own: Selector,
}

#[derive(Debug)]
struct Repeated {
    what: Chosen,
    parts: Vec<(Chosen, Chosen)>,
    without: Option<Chosen>,
}

impl Repeats {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let parts = self.parts.iter();
        Box::new(Repeated {
            parts: parts
                .map(|part| (part.part.compile(names), part.own.compile(names)))
                .collect(),
            what: self.what.compile(names),
            without: self.without.as_ref().map(|other| other.compile(names)),
        })
    }
}

fn same(one: &Element, other: &Element, draft: &Draft<'_>) -> bool {
    match (&one.value, &other.value) {
        (Value::Number(one), Value::Number(other)) => one == other,
        _ => draft
            .slice(one.span)
            .eq_ignore_ascii_case(draft.slice(other.span)),
    }
}

impl Run for Repeated {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        for element in self.what.all(draft) {
            let inside = |chosen: &Chosen| {
                let mut parts = chosen.all(draft);
                parts.find(|part| element.span.contains(part.span))
            };
            let repeats = |(part, own): &(Chosen, Chosen)| match (inside(part), own.first(draft)) {
                (Some(part), Some(own)) => same(part, own, draft),
                _ => false,
            };
            let is_other = self
                .without
                .as_ref()
                .is_some_and(|other| inside(other).is_some());
            if !is_other && self.parts.iter().all(repeats) {
                let own = self
                    .parts
                    .iter()
                    .filter_map(|(_, own)| own.first(draft))
                    .take(1);
                findings.push(own.fold(Finding::at(element, draft), Finding::beside));
            }
        }
    }
}
