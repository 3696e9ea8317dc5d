//! `unique`: the same must not stand twice.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::marking::TermId;
use crate::reading::{Element, ElementKind, KindSet};
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::hash_map::Entry;

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

/// What an element must share with another to be the same.
#[derive(PartialEq, Eq, Hash)]
enum Same {
    Term(ElementKind, TermId),
    /// In small letters.
    Text(String),
}

impl Same {
    fn of(element: &Element, draft: &Draft<'_>) -> Self {
        match element.term {
            Some(term) => Self::Term(element.kind, term),
            None => Self::Text(draft.slice(element.span).to_ascii_lowercase()),
        }
    }
}

impl Run for Once {
    fn needs(&self) -> KindSet {
        self.0.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        if self.0.all(draft).nth(1).is_none() {
            return;
        }
        let mut firsts: FxHashMap<Same, &Element> = FxHashMap::default();
        for element in self.0.all(draft) {
            match firsts.entry(Same::of(element, draft)) {
                Entry::Occupied(first) => {
                    findings.push(Finding::at(element, draft).beside(first.get()));
                }
                Entry::Vacant(place) => {
                    place.insert(element);
                }
            }
        }
    }
}
