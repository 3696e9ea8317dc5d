//! `agree`: two say the same.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::marking::{Marking, Surface, Term};
use crate::reading::{Element, ElementKind, KindSet, Value};
use schemars::JsonSchema;
use serde::Deserialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Two say the same.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Agree {
    /// Those at fault where they do not agree: the places of the findings.
    pub what: Selector,
    /// The one that they must agree with.
    pub with: Selector,
    /// What is compared.
    pub by: Measure,
    /// How many last digits of a number count; all where none are given.
    pub last_digits: Option<u32>,
}

/// What two elements are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Their numbers.
    Number,
    /// The levels that their markings state.
    Level,
    /// All that their markings state, however written; their levels where one is not understood.
    Marking,
    /// The words of their vocabulary.
    Term,
    /// Their text, whether in capitals or not.
    Text,
    /// The names of a place: the words of their vocabulary, or their text where it is not known. A name with
    /// more words before or behind it is the same.
    Name,
    /// The title of the one's word and the name of the other: a code and the place that it stands for.
    Title,
    /// Their days.
    Day,
    /// The years of their days.
    Year,
    /// The time in which the words of their vocabularies were in use: some day must lie in both.
    Time,
}

#[derive(Debug)]
struct Pair {
    what: Chosen,
    with: Chosen,
    by: Measure,
    divisor: Option<u32>,
    vocabularies: BTreeMap<ElementKind, Box<str>>,
}

impl Agree {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let kinds = self.what.kinds().chain(self.with.kinds());
        let worded = kinds.filter_map(|kind| Some((kind, names.vocabulary_of(kind)?.into())));
        let vocabularies = worded.collect();
        Box::new(Pair {
            vocabularies,
            what: self.what.compile(names),
            with: self.with.compile(names),
            by: self.by,
            divisor: self.last_digits.map(|digits| 10u32.saturating_pow(digits)),
        })
    }
}

fn day(element: &Element) -> Option<jiff::civil::Date> {
    match &element.value {
        Value::Day(day) => Some(*day),
        Value::Moment(moment) => Some(moment.date()),
        _ => None,
    }
}

/// Whether there is a day on which both words are in use.
fn overlap(one: &Term, other: &Term) -> bool {
    let ends_before = |one: &Term, other: &Term| {
        let days = one.until.zip(other.since);
        days.is_some_and(|(last, first)| last.0 < first.0)
    };
    !ends_before(one, other) && !ends_before(other, one)
}

/// Whether two names are the same, or the one is the other with more words before or behind it.
fn is_same_name(one: &str, other: &str) -> bool {
    let same = |(one, other): (&str, &str)| one.eq_ignore_ascii_case(other);
    let words = |text| str::split_whitespace(text);
    words(one).zip(words(other)).all(same) || words(one).rev().zip(words(other).rev()).all(same)
}

impl Pair {
    /// Whether the title of one's word is the name of the other; `None` where it is no known word.
    fn is_titled(&self, one: &Element, other: &Element, draft: &Draft<'_>) -> Option<bool> {
        let title = &self.term(one, draft)?.title;
        let name = self.vocabularies.get(&other.kind);
        let place = name.and_then(|name| draft.lexicon.get(name)?.find(title));
        Some(match place.zip(other.term) {
            Some((place, own)) => place == own,
            None => is_same_name(title, draft.slice(other.span)),
        })
    }

    fn term<'a>(&self, element: &Element, draft: &Draft<'a>) -> Option<&'a Term> {
        let words = draft.lexicon.get(self.vocabularies.get(&element.kind)?)?;
        Some(words.term(element.term?))
    }

    /// Whether two agree; `None` where one of them does not say enough.
    fn agree(&self, one: &Element, other: &Element, draft: &Draft<'_>) -> Option<bool> {
        let number = |element: &Element| match element.value {
            Value::Number(number) => Some(self.divisor.map_or(number, |by| number % by)),
            _ => None,
        };
        let level = |element: &Element| Some(element.marking()?.level?.level);
        Some(match self.by {
            Measure::Number => number(one)? == number(other)?,
            Measure::Level => {
                let order = draft.scheme.compare(level(one)?, level(other)?);
                order == Some(Ordering::Equal)
            }
            Measure::Marking => {
                let (one, other) = (one.marking()?, other.marking()?);
                let says =
                    |marking: &Marking| marking.render(draft.text, draft.scheme, Surface::Banner);
                let order = draft.scheme.compare(one.level?.level, other.level?.level);
                let both = one.is_understood() && other.is_understood();
                order == Some(Ordering::Equal) && (!both || says(one) == says(other))
            }
            Measure::Term => one.term? == other.term?,
            Measure::Text => {
                let (one, other) = (draft.slice(one.span), draft.slice(other.span));
                one.eq_ignore_ascii_case(other)
            }
            Measure::Name => {
                let known = one.term.zip(other.term);
                known.is_some_and(|(one, other)| one == other)
                    || known.is_none()
                        && is_same_name(draft.slice(one.span), draft.slice(other.span))
            }
            Measure::Title => self.is_titled(one, other, draft)?,
            Measure::Day => day(one)? == day(other)?,
            Measure::Year => day(one)?.year() == day(other)?.year(),
            Measure::Time => {
                let (one, other) = (self.term(one, draft)?, self.term(other, draft)?);
                overlap(one, other)
            }
        })
    }
}

impl Run for Pair {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some(with) = self.with.first(draft) else {
            return;
        };
        let apart = |element: &&Element| self.agree(element, with, draft) == Some(false);
        let finding = |element: &Element| {
            let finding = Finding::at(element, draft).beside(with);
            finding.expecting_as_at(with.span, draft)
        };
        findings.extend(self.what.all(draft).filter(apart).map(finding));
    }
}

#[cfg(test)]
mod tests {
    use super::is_same_name;

    #[test]
    fn a_name_with_more_words_is_the_same_and_another_is_not() {
        assert!(is_same_name("HARBOR", "harbor") && is_same_name("HARBOR CITY", "HARBOR"));
        assert!(is_same_name("HARBOR", "OLD HARBOR"));
        assert!(!is_same_name("HARBOR", "ISLAND") && !is_same_name("OLD HARBOR", "NEW HARBOUR"));
    }
}
