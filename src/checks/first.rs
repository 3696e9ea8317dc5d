//! `first`: of several, some must come first.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, ElementKind, KindSet};
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
    /// Where the draft has such an element, only what stands in it is compared.
    pub within: Option<ElementKind>,
}

#[derive(Debug)]
struct Foremost {
    what: Chosen,
    among: Chosen,
    within: Option<ElementKind>,
}

impl First {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Foremost {
            what: self.what.compile(names),
            among: self.among.compile(names),
            within: self.within,
        })
    }
}

impl Run for Foremost {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let region = self.within.and_then(|kind| draft.of(kind).next());
        let inside = |element: &&Element| region.is_none_or(|own| own.span.contains(element.span));
        let mut other = None;
        for element in self.among.all(draft).filter(inside) {
            if !self.what.matches(element, draft) {
                other = other.or(Some(element));
            } else if let Some(other) = other {
                let finding = Finding::at(element, draft).beside(other);
                findings.push(finding.expecting_as_at(other.span, draft));
            }
        }
    }
}
