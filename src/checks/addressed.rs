//! `addressed`: whoever is spoken to must be among those to whom the message goes.

use super::{Chosen, Draft, Finding, Names, Run, Selector, Words};
use crate::marking::{Term, TermId, Vocabulary};
use crate::pack::shared::Name;
use crate::pack::text::PackText;
use crate::reading::{Element, KindSet};
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// Whoever is spoken to must be among those to whom the message goes, by name or in a collective.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Addressed {
    /// Who is spoken to; several may be named with commas, strokes and `AND` between them.
    pub what: Selector,
    /// Those to whom it goes, and who sends it.
    pub among: Selector,
    /// The group of addressees that are several under one name. One whose other groups are groups of `what`
    /// holds their members alone, any other might hold anybody.
    pub collective: Name,
    /// Groups of addressees that may be spoken to though they are not addressed.
    #[serde(default)]
    pub passed_on: Words,
    /// Words that name nobody, before or behind a name or by themselves.
    #[serde(default)]
    pub except: Words,
}

#[derive(Debug)]
struct Spoken {
    what: Chosen,
    among: Chosen,
    /// The vocabulary of those spoken to, and that of the addressees.
    vocabularies: [Option<Box<str>>; 2],
    collective: Box<str>,
    passed_on: Box<[Box<str>]>,
    except: Box<[Box<str>]>,
}

impl Addressed {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let mut groups = vec![self.collective.clone()];
        groups.extend(self.passed_on.names().iter().cloned());
        // Tells of a group that no addressee has.
        names.terms(self.among.kind(), &[], &groups);
        let kinds = [self.what.kind(), self.among.kind()];
        let texts = |words: &Words| {
            let all = words.names().iter();
            all.map(|name| name.text().into()).collect()
        };
        Box::new(Spoken {
            what: self.what.compile(names),
            among: self.among.compile(names),
            vocabularies: kinds.map(|kind| names.vocabulary_of(kind).map(Into::into)),
            collective: self.collective.text().into(),
            passed_on: texts(&self.passed_on),
            except: texts(&self.except),
        })
    }
}

/// The names that a text holds, each with its place.
fn parts(text: &str, span: Span) -> Vec<(&str, Span)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut end = 0;
    let mut push = |from: usize, to: usize| {
        let name = text.get(from..to).unwrap_or_default();
        let shown = name.trim();
        let lead = from + name.len() - name.trim_start().len();
        let at = span.start + u32::try_from(lead).unwrap_or(u32::MAX);
        let end = at + u32::try_from(shown.len()).unwrap_or(u32::MAX);
        if !shown.is_empty() {
            parts.push((shown, Span::new(at, end)));
        }
    };
    for word in text.split_inclusive([' ', ',', '/', '&']) {
        let name = word.trim_end_matches([' ', ',', '/', '&']);
        if name.eq_ignore_ascii_case("and") {
            push(start, end);
            start = end + word.len();
        } else if word.ends_with([',', '/', '&']) {
            push(start, end + name.len());
            start = end + word.len();
        }
        end += word.len();
    }
    push(start.min(text.len()), text.len());
    parts
}

/// Whether the words of one text stand in another, in order and side by side.
fn holds(text: &str, words: &str) -> bool {
    let mut rest = Some(text);
    while let Some(text) = rest {
        let mut own = text.split([' ', '/', ',']);
        let mut words = words.split(' ');
        if words.all(|word| own.next().is_some_and(|own| own.eq_ignore_ascii_case(word))) {
            return true;
        }
        rest = text.split_once([' ', '/', ',']).map(|(_, rest)| rest);
    }
    false
}

impl Spoken {
    fn words<'a>(&self, at: usize, draft: &Draft<'a>) -> Option<&'a Vocabulary> {
        draft.lexicon.get(self.vocabularies.get(at)?.as_deref()?)
    }

    fn group(&self, term: Option<TermId>, draft: &Draft<'_>, is: impl Fn(&Term) -> bool) -> bool {
        let words = self.words(1, draft);
        term.zip(words)
            .is_some_and(|(term, words)| is(words.term(term)))
    }

    /// Whether an addressee is the one that a name means, or might hold it.
    fn reaches(&self, name: &str, addressee: &Element, draft: &Draft<'_>) -> bool {
        let text = draft.slice(addressee.span);
        if holds(text, name) || holds(name, text) {
            return true;
        }
        let places = self.words(0, draft);
        let place = places.and_then(|words| words.find(name));
        let behind = text.split_once(' ').map_or(text, |(_, rest)| rest);
        let own = places.and_then(|words| words.find(text).or_else(|| words.find(behind)));
        if place.is_some() && place == own {
            return true;
        }
        let spelt = |term: &Term| {
            let mut spellings = std::iter::once(&term.word).chain(&term.also);
            spellings.any(|own| own.eq_ignore_ascii_case(name))
        };
        self.group(addressee.term, draft, spelt) || self.might_hold(place, addressee, draft)
    }

    /// Whether an addressee is a collective that might hold a place.
    fn might_hold(&self, place: Option<TermId>, addressee: &Element, draft: &Draft<'_>) -> bool {
        let Some(places) = self.words(0, draft) else {
            return false;
        };
        self.group(addressee.term, draft, |term| {
            let known = |group: &&PackText| places.terms().iter().any(|own| own.is_in(group));
            let mut regions = term.groups.iter().filter(known).peekable();
            let anybody = regions.peek().is_none();
            let member = |group: &PackText| place.is_some_and(|id| places.term(id).is_in(group));
            term.is_in(&self.collective) && (anybody || regions.any(member))
        })
    }

    fn is_let_be(&self, name: &str, draft: &Draft<'_>) -> bool {
        let term = self.words(1, draft).and_then(|words| words.find(name));
        self.group(term, draft, |term| {
            self.passed_on.iter().any(|group| term.is_in(group))
        })
    }

    /// A name and its place without the words that name nobody; `None` where nothing is left.
    fn bare<'t>(&self, (name, place): (&'t str, Span)) -> Option<(&'t str, Span)> {
        let is_empty = |word: &str| self.except.iter().any(|own| own.eq_ignore_ascii_case(word));
        let (mut name, mut start) = (name, place.start);
        while let Some((first, rest)) = name.split_once(' ')
            && is_empty(first)
        {
            start += u32::try_from(first.len() + 1).unwrap_or(u32::MAX);
            name = rest;
        }
        while let Some((rest, last)) = name.rsplit_once(' ')
            && is_empty(last)
        {
            name = rest.trim_end();
        }
        let end = start + u32::try_from(name.len()).unwrap_or(u32::MAX);
        (!is_empty(name) && !name.is_empty()).then_some((name, Span::new(start, end)))
    }
}

impl Run for Spoken {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        if !self.among.any(draft) {
            return;
        }
        for element in self.what.all(draft) {
            let named = parts(draft.slice(element.span), element.span);
            for (name, place) in named.into_iter().filter_map(|part| self.bare(part)) {
                let reached = || {
                    let mut all = self.among.all(draft);
                    all.any(|own| self.reaches(name, own, draft))
                };
                if !self.is_let_be(name, draft) && !reached() {
                    findings.push(Finding::at_place(place, draft));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{holds, parts};
    use crate::text::Span;

    #[test]
    fn names_are_parted_and_keep_their_places() {
        let found = parts("HARBOR, OLD ISLAND AND LIGHT", Span::new(100, 128));
        let places = found
            .iter()
            .map(|(name, span)| (*name, span.start, span.end));
        let wanted = [
            ("HARBOR", 100, 106),
            ("OLD ISLAND", 108, 118),
            ("LIGHT", 123, 128),
        ];
        assert_eq!(places.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn a_name_is_held_by_whole_words() {
        assert!(holds("MINISTRY OF HARBORS", "harbors"));
        assert!(!holds("MINISTRY OF HARBORS", "HARBOR") && !holds("OLD ISLAND", "ISLAND OLD"));
    }
}
