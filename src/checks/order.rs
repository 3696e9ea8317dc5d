//! `order`: kinds of element stand in an order.

use super::{Draft, Finding, Kinds, Names, Run};
use crate::reading::{Element, ElementKind, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;

/// Kinds of element stand in an order.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Order {
    /// The kinds, in the order in which they stand.
    pub of: Kinds,
    /// Whether the first of each kind alone is looked at.
    #[serde(default)]
    pub first_only: bool,
}

#[derive(Debug)]
struct Ordered {
    kinds: Box<[ElementKind]>,
    set: KindSet,
    first_only: bool,
}

impl Order {
    pub(super) fn compile(&self, _: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Ordered {
            kinds: self.of.iter().collect(),
            set: self.of.set(),
            first_only: self.first_only,
        })
    }
}

impl Run for Ordered {
    fn needs(&self) -> KindSet {
        self.set
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let mut furthest: Option<(usize, &Element)> = None;
        let mut seen = KindSet::EMPTY;
        for element in &draft.reading.elements {
            let kind = element.kind;
            if !self.set.contains(kind) || self.first_only && seen.contains(kind) {
                continue;
            }
            seen.insert(kind);
            let rank = self
                .kinds
                .iter()
                .position(|own| *own == kind)
                .unwrap_or_default();
            match furthest {
                Some((before, other)) if rank < before => {
                    let finding = Finding::at(element, draft).beside(other);
                    findings.push(finding.expecting_as_at(other.span, draft));
                }
                _ => furthest = Some((rank, element)),
            }
        }
    }
}
