//! `pointer`: what is pointed to must be there.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, KindSet, Value};
use schemars::JsonSchema;
use serde::Deserialize;

/// What is pointed to must be there: a number or a text that some element has. What should stand is the
/// last that there is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pointer {
    /// What points.
    pub what: Selector,
    /// What can be pointed to. Silent where there is none.
    pub to: Selector,
}

#[derive(Debug)]
struct Pointed {
    what: Chosen,
    to: Chosen,
}

impl Pointer {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Pointed {
            what: self.what.compile(names),
            to: self.to.compile(names),
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

impl Run for Pointed {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some(last) = self.to.all(draft).last() else {
            return;
        };
        for element in self.what.all(draft) {
            if !self.to.all(draft).any(|other| same(element, other, draft)) {
                let finding = Finding::at(element, draft).expecting_as_at(last.span, draft);
                findings.push(finding.beside(last));
            }
        }
    }
}
