//! The terms of a vocabulary, and how they are found by their spellings.

use super::by_spelling::BySpelling;
use crate::pack::shared::{Day, Evidence, Name, holds_on};
use crate::pack::vocabulary_file::{TermEntry, VocabularyFile, VocabularyHeader};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Index of a term in its vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(pub u16);

/// One word and what is known of it.
#[derive(Debug, Clone)]
pub struct Term {
    /// As it should be written.
    pub word: String,
    /// What it means.
    pub title: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// Labels by which rules choose it.
    pub groups: Vec<String>,
    /// Words in order, where `*` stands for one or more of any.
    pub pattern: Vec<String>,
    /// Phrases of which each must stand, for a notice.
    pub phrases: Vec<String>,
    /// Name of the control that it states.
    pub control: Option<String>,
    /// Name of the level that it states.
    pub level: Option<String>,
    /// Letters that may follow it.
    pub letters: Option<String>,
    /// First day.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// The word to use afterwards.
    pub replaced_by: Option<String>,
    /// Where it is defined.
    pub authority: Arc<str>,
    /// Whether that was read.
    pub status: Evidence,
}

impl Term {
    /// The word, and then its other spellings.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let others = self.also.iter().map(String::as_str);
        std::iter::once(self.word.as_str()).chain(others)
    }

    /// One of them, by its place.
    pub fn spelling(&self, place: usize) -> Option<&str> {
        match place.checked_sub(1) {
            None => Some(&self.word),
            Some(other) => self.also.get(other).map(String::as_str),
        }
    }

    /// Whether it carries a label.
    pub fn is_in(&self, group: &str) -> bool {
        self.groups.iter().any(|own| own == group)
    }

    /// Whether it may be used on a day.
    pub fn holds_on(&self, day: jiff::civil::Date) -> bool {
        holds_on(self.since, self.until, day)
    }
}

/// Every term of a vocabulary.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// Whether a word outside the list is suspicious.
    pub(super) closed: bool,
    /// Shared with those who look them up otherwise.
    pub(super) all: Arc<Vec<Term>>,
    index: BySpelling,
    /// Bytes of the longest spelling.
    pub(super) longest: usize,
    /// Those that are patterns of words.
    pub(super) patterns: Vec<TermId>,
}

impl Terms {
    /// The term with a spelling that is a text in capitals.
    pub(super) fn spelt(&self, text: &str) -> Option<TermId> {
        self.index.find(text.as_bytes(), |id, place| {
            is_spelt(&self.all, (id, place), text)
        })
    }

    /// Adds those of a file; gives the places of the words that stand twice, and their spellings.
    pub(super) fn add(&mut self, entries: VocabularyFile) -> Vec<(Range<usize>, String)> {
        let VocabularyFile { vocabulary, terms } = entries;
        self.closed |= vocabulary.closed;
        self.index.reserve(terms.len());
        let authority: Arc<str> = vocabulary.authority.as_str().into();
        let all = Arc::make_mut(&mut self.all);
        all.reserve(terms.len());
        let mut twice = Vec::new();
        for entry in terms {
            let id = TermId(u16::try_from(all.len()).unwrap_or(u16::MAX));
            let at = entry.word.place();
            if !entry.pattern.is_empty() {
                self.patterns.push(id);
            }
            all.push(term(&vocabulary, &authority, entry));
            let own = all.last().map(Term::spellings);
            for (place, spelling) in own.into_iter().flatten().enumerate() {
                let key = in_capitals(spelling);
                self.longest = self.longest.max(key.len());
                let is_key = |id, place| is_spelt(all, (id, place), &key);
                let taken = self.index.add(key.as_bytes(), (id, place), is_key);
                if taken.is_some_and(|other| other != id) {
                    twice.push((at.clone(), spelling.to_owned()));
                }
            }
        }
        twice
    }
}

fn term(vocabulary: &VocabularyHeader, authority: &Arc<str>, entry: TermEntry) -> Term {
    let mut groups = entry.groups;
    groups.reserve_exact(usize::from(vocabulary.group.is_some()));
    groups.extend(vocabulary.group.clone());
    Term {
        word: entry.word.into_text(),
        title: entry.title,
        also: entry.also,
        groups,
        pattern: entry.pattern,
        phrases: entry.phrases,
        control: entry.control.map(Name::into_text),
        level: entry.level.map(Name::into_text),
        letters: entry.letters,
        since: entry.since,
        until: entry.until,
        replaced_by: entry.replaced_by.map(Name::into_text),
        authority: entry
            .authority
            .map_or_else(|| Arc::clone(authority), Arc::from),
        status: entry.status.unwrap_or(vocabulary.status),
    }
}

/// A spelling as texts are compared with it.
fn in_capitals(spelling: &str) -> Cow<'_, str> {
    let is_capital = |byte: u8| byte.is_ascii() && !byte.is_ascii_lowercase();
    if spelling.bytes().all(is_capital) {
        Cow::Borrowed(spelling)
    } else {
        Cow::Owned(spelling.to_uppercase())
    }
}

/// Whether a spelling of a term, by its place, is a text in capitals.
fn is_spelt(terms: &[Term], (id, place): (TermId, usize), text: &str) -> bool {
    let term = terms.get(usize::from(id.0));
    let spelling = term.and_then(|term| term.spelling(place));
    spelling.is_some_and(|spelling| in_capitals(spelling) == text)
}
