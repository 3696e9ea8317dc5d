//! `rolls-up`: the header says what the portions demand.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::marking::{Difference, Direction, Marking, RollUp, Statement, repair};
use crate::reading::{Element, KindSet};
use crate::text::Span;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// The header says what the portions demand, levels aside.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RollsUp {
    /// The marks of the portions.
    pub what: Selector,
    /// Which way the header must not differ.
    pub header: Way,
}

/// Which way a header differs from what the portions demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// It lacks a control or a value that some portion has.
    Lacks,
    /// It releases to somebody to whom not every portion does.
    Releases,
    /// It has a control or a value that no portion demands. Silent while a portion is unmarked.
    Exceeds,
    /// It keeps back what every portion releases. Silent while a portion is unmarked.
    Withholds,
}

impl From<Way> for Direction {
    fn from(way: Way) -> Self {
        match way {
            Way::Lacks => Self::Lacks,
            Way::Releases => Self::Releases,
            Way::Exceeds => Self::Exceeds,
            Way::Withholds => Self::Withholds,
        }
    }
}

#[derive(Debug)]
struct Rolled {
    what: Chosen,
    direction: Direction,
}

impl RollsUp {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Rolled {
            what: self.what.compile(names),
            direction: self.header.into(),
        })
    }
}

/// The portions that are written alike, and what they say; `None` where that cannot be known.
type Alike<'a> = (Option<Statement>, Vec<&'a Element>);

/// What a marking says, or was meant to say.
fn statement(marking: &Marking, draft: &Draft<'_>) -> Option<Statement> {
    if marking.is_understood() {
        return Some(marking.statement(draft.text, draft.scheme));
    }
    let words = draft.text.get(marking.span.range())?;
    Some(repair(words, draft.scheme, marking.surface)?.statement)
}

impl Rolled {
    /// The portions by how they are written, in the order of the text.
    fn portions<'a>(&self, draft: &Draft<'a>) -> Vec<Alike<'a>> {
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut portions: Vec<Alike<'a>> = Vec::new();
        for element in self.what.all(draft) {
            let Some(marking) = element.marking() else {
                continue;
            };
            let words = draft.text.get(marking.span.range()).unwrap_or_default();
            let place = *places.entry(words).or_insert(portions.len());
            if let Some((_, alike)) = portions.get_mut(place) {
                alike.push(element);
            } else {
                portions.push((statement(marking, draft), vec![element]));
            }
        }
        portions
    }

    /// Where the header differs: at the words of its own controls, or at its level.
    fn place(&self, header: &Marking, differences: &[Difference]) -> Option<Span> {
        let level = header.level.map(|used| used.span);
        if matches!(self.direction, Direction::Lacks | Direction::Withholds) {
            return level;
        }
        let at_fault = |id| differences.iter().any(|own| own.control == id);
        let mut used = header.controls.iter().filter(|used| at_fault(used.control));
        used.next().map(|used| used.span.join(used.value)).or(level)
    }
}

impl Run for Rolled {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some(header) = draft.reading.header.as_ref() else {
            return;
        };
        let Some(banner) = statement(header, draft).filter(|own| own.level.is_some()) else {
            return;
        };
        let portions = self.portions(draft);
        let needs_all = matches!(self.direction, Direction::Exceeds | Direction::Withholds);
        let is_unknown = portions.iter().any(|(statement, _)| statement.is_none());
        if needs_all && (is_unknown || !draft.is_all_marked()) {
            return;
        }
        let mut state = RollUp::default();
        for (statement, _) in &portions {
            if let Some(statement) = statement {
                state.add_statement(statement, draft.scheme);
            }
        }
        let mut differences = state.differences(&banner, draft.scheme);
        differences.retain(|own| own.direction == self.direction);
        let Some(place) = self
            .place(header, &differences)
            .filter(|_| !differences.is_empty())
        else {
            return;
        };
        let words: Vec<&str> = differences.iter().map(|own| own.words.as_str()).collect();
        let mut finding = Finding::at_place(place, draft).expecting(words.join(", "));
        finding.quotes = true;
        finding.confidence = draft.reading.header_confidence;
        let forces = |portion: &Statement| {
            let mut all = differences.iter();
            all.any(|own| own.is_forced_by(portion, &banner, draft.scheme))
        };
        let alone = |(portion, _): &&Alike<'_>| portion.as_ref().is_some_and(forces);
        let mut reasons: Vec<&Element> = portions
            .iter()
            .filter(alone)
            .flat_map(|(_, own)| own)
            .copied()
            .collect();
        if reasons.is_empty() && self.direction == Direction::Lacks {
            // No portion by itself: releases that do not meet.
            reasons = portions.iter().flat_map(|(_, own)| own).copied().collect();
        }
        reasons.sort_by_key(|element| element.span);
        findings.push(reasons.into_iter().fold(finding, Finding::beside));
    }
}
