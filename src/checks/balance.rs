//! `balance`: what opens a part must be closed, and what closes one must have been opened.

use super::{Chosen, Draft, Finding, Names, Run, Selector, Words};
use crate::marking::{Term, TermId};
use crate::pack::shared::Name;
use crate::reading::{Element, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;

/// What opens a part must be closed, and what closes one must have been opened. Two words are a pair where
/// their first group is the same.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Balance {
    /// The words.
    pub what: Selector,
    /// The group of those that open.
    pub opens: Name,
    /// The group of those that close.
    pub closes: Name,
    /// Groups of those that may be left open.
    #[serde(default)]
    pub open_end: Words,
}

/// A word of a pair.
#[derive(Debug, Clone)]
struct Half {
    pair: Box<str>,
    opens: bool,
    /// Whether it may be left open.
    open_end: bool,
    /// The word that stands at the other end.
    other: Box<str>,
}

#[derive(Debug)]
struct Pairs {
    what: Chosen,
    /// By the number of the term; `None` where it is no half of a pair.
    halves: Box<[Option<Half>]>,
}

impl Balance {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let kind = self.what.kind();
        let mut groups = vec![self.opens.clone(), self.closes.clone()];
        groups.extend(self.open_end.names().iter().cloned());
        // Tells of a group that no word has.
        names.terms(kind, &[], &groups);
        let vocabulary = names.vocabulary_of(kind).map(str::to_owned);
        let terms = vocabulary.and_then(|name| names.words_of(&name));
        let terms = terms.unwrap_or_default();
        let halves = terms.iter().map(|term| self.half(term, terms));
        Box::new(Pairs {
            what: self.what.compile(names),
            halves: halves.collect(),
        })
    }

    fn half(&self, term: &Term, terms: &[Term]) -> Option<Half> {
        let (opens, closes) = (self.opens.text(), self.closes.text());
        let pair = term.groups.first()?;
        let opening = term.is_in(opens);
        if !opening && !term.is_in(closes) {
            return None;
        }
        let wanted = if opening { closes } else { opens };
        let mut others = terms.iter();
        let other = others.find(|own| own.groups.first() == Some(pair) && own.is_in(wanted))?;
        let mut left_open = self.open_end.names().iter();
        Some(Half {
            pair: pair.as_str().into(),
            opens: opening,
            open_end: left_open.any(|group| term.is_in(group.text())),
            other: other.word.as_str().into(),
        })
    }
}

impl Pairs {
    fn half(&self, term: Option<TermId>) -> Option<&Half> {
        self.halves.get(usize::from(term?.0))?.as_ref()
    }
}

impl Run for Pairs {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let first = findings.len();
        let mut open: Vec<(&Element, &Half)> = Vec::new();
        let finding = |element: &Element, half: &Half| {
            Finding::at(element, draft).expecting(half.other.to_string())
        };
        for element in self.what.all(draft) {
            let Some(half) = self.half(element.term) else {
                continue;
            };
            let before = open.iter().rposition(|(_, other)| other.pair == half.pair);
            match (half.opens, before) {
                (true, None) => open.push((element, half)),
                (true, Some(at)) => {
                    let (other, left) = open.remove(at);
                    if !left.open_end {
                        findings.push(finding(other, left));
                    }
                    open.push((element, half));
                }
                (false, Some(at)) => {
                    open.remove(at);
                }
                (false, None) => findings.push(finding(element, half)),
            }
        }
        let left = open.into_iter().filter(|(_, half)| !half.open_end);
        findings.extend(left.map(|(element, half)| finding(element, half)));
        if let Some(own) = findings.get_mut(first..) {
            own.sort_by_key(|finding| finding.span);
        }
    }
}
