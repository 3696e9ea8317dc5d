//! `lifetime`: a word must be in use on the day of the draft.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::marking::{Marking, Term, TermId};
use crate::reading::KindSet;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

/// A word must be in use on the day of the draft: one of a vocabulary, or a level or control of the
/// scheme. What should stand is the word that took its place.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lifetime {
    /// Elements that hold such a word.
    pub what: Selector,
    /// Days before its time that are let pass.
    #[serde(default)]
    pub early: u32,
    /// Days after its time that are let pass.
    #[serde(default)]
    pub late: u32,
}

#[derive(Debug)]
struct InUse {
    what: Chosen,
    vocabulary: Option<Box<str>>,
    early: jiff::Span,
    late: jiff::Span,
}

impl Lifetime {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let days = |count: u32| jiff::Span::new().days(count);
        Box::new(InUse {
            what: self.what.compile(names),
            vocabulary: names.vocabulary_of(self.what.kind()).map(Into::into),
            early: days(self.early),
            late: days(self.late),
        })
    }
}

impl InUse {
    /// The days on one of which a word must be in use, for a draft of some day between two.
    fn days(&self, first: Date, last: Date) -> [Date; 4] {
        let (early, late) = (
            last.saturating_add(self.early),
            first.saturating_sub(self.late),
        );
        [first, last, early, late]
    }

    /// What should stand in place of a term; `None` where the term is in use.
    fn in_place_of<'a>(
        &self,
        term: &'a Term,
        terms: &'a [Term],
        (first, day): (Date, Date),
    ) -> Option<&'a str> {
        let ever = term.since.is_none() && term.until.is_none();
        if ever || self.days(first, day).iter().any(|&day| term.holds_on(day)) {
            return None;
        }
        if let Some(word) = &term.replaced_by {
            return Some(word);
        }
        let ids = (0u16..).map(TermId).zip(terms);
        let mut current = ids.filter(|(id, other)| self.what.admits(*id) && other.holds_on(day));
        let only = current.next().filter(|_| current.next().is_none());
        Some(only.map_or("", |(_, only)| &only.word))
    }

    /// What should stand in place of a marking; `None` where all of it is in use.
    fn in_place_of_words<'a>(
        &self,
        marking: &Marking,
        draft: &Draft<'a>,
        (first, last): (Date, Date),
    ) -> Option<&'a str> {
        let (scheme, days) = (draft.scheme, self.days(first, last));
        if let Some(used) = marking.level
            && !days.iter().any(|&day| scheme.level_holds(used.level, day))
        {
            let next = scheme.level(used.level).replaced_by;
            return Some(next.map_or("", |next| &scheme.level(next).name));
        }
        let dead = marking.controls.iter().find(|used| {
            !days
                .iter()
                .any(|&day| scheme.control_holds(used.control, day))
        })?;
        let next = scheme.control(dead.control).replaced_by;
        Some(next.map_or("", |next| &scheme.control(next).name))
    }
}

impl Run for InUse {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let words = self
            .vocabulary
            .as_deref()
            .and_then(|name| draft.lexicon.get(name));
        for element in self.what.all(draft) {
            let expected = match (element.term.zip(words), element.marking()) {
                (Some((term, words)), _) => draft
                    .judged_on()
                    .and_then(|day| self.in_place_of(words.term(term), words.terms(), (day, day))),
                // Without a date, the days of the order tell.
                (None, Some(marking)) => draft
                    .days()
                    .and_then(|days| self.in_place_of_words(marking, draft, days)),
                (None, None) => None,
            };
            findings.extend(expected.map(|word| Finding::at(element, draft).expecting(word)));
        }
    }
}
