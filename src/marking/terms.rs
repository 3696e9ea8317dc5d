//! The terms of a vocabulary, and how they are found by their spellings.

use super::by_spelling::BySpelling;
use crate::pack::shared::{Day, Evidence, Name, holds_on};
use crate::pack::text::PackText;
use crate::pack::vocabulary_file::{TermEntry, VocabularyFile, VocabularyHeader};
use crate::toml_file::tree::{Tree, Unfit};
use serde::Deserialize;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The key of the terms in their file.
const TERMS: &str = "term";

/// Index of a term in its vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(pub u16);

/// One word and what is known of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Term {
    /// As it should be written.
    pub word: PackText,
    /// What it means.
    #[serde(default)]
    pub title: PackText,
    /// Other spellings.
    #[serde(default)]
    pub also: Vec<PackText>,
    /// Labels by which rules choose it.
    #[serde(default)]
    pub groups: Vec<PackText>,
    /// Words in order, where `*` stands for one or more of any.
    #[serde(default)]
    pub pattern: Vec<PackText>,
    /// Phrases of which each must stand, for a notice.
    #[serde(default)]
    pub phrases: Vec<PackText>,
    /// Name of the control that it states.
    #[serde(default)]
    pub control: Option<PackText>,
    /// Name of the level that it states.
    #[serde(default)]
    pub level: Option<PackText>,
    /// Letters that may follow it.
    #[serde(default)]
    pub letters: Option<PackText>,
    /// First day.
    #[serde(default)]
    pub since: Option<Day>,
    /// Last day.
    #[serde(default)]
    pub until: Option<Day>,
    /// The word to use afterwards.
    #[serde(default)]
    pub replaced_by: Option<PackText>,
    /// Where it is defined.
    #[serde(default)]
    pub authority: PackText,
    /// Whether that was read, as it or its vocabulary says.
    #[serde(default)]
    pub status: Option<Evidence>,
}

/// What is said of all terms of a file.
#[derive(Deserialize)]
struct OfTerms {
    vocabulary: VocabularyHeader,
}

impl Term {
    /// The word, and then its other spellings.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let others = self.also.iter().map(PackText::as_str);
        std::iter::once(self.word.as_str()).chain(others)
    }

    /// One of them, by its place.
    pub fn spelling(&self, place: usize) -> Option<&str> {
        match place.checked_sub(1) {
            None => Some(&self.word),
            Some(other) => self.also.get(other).map(PackText::as_str),
        }
    }

    /// Whether it carries a label.
    pub fn is_in(&self, group: &str) -> bool {
        self.groups.iter().any(|own| own == group)
    }

    /// Takes over what is said of the vocabulary and not of it.
    fn inherit(&mut self, vocabulary: &VocabularyHeader) {
        if let Some(group) = &vocabulary.group {
            self.groups.reserve_exact(1);
            self.groups.push(group.clone());
        }
        if self.authority.is_empty() {
            self.authority = vocabulary.authority.clone();
        }
        self.status.get_or_insert(vocabulary.status);
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
    /// Those that are patterns of words.
    pub(super) patterns: Vec<TermId>,
    /// Made when a word is first looked up.
    index: OnceLock<Index>,
}

/// The terms by their spellings.
#[derive(Debug, Clone, Default)]
struct Index {
    spellings: BySpelling,
    /// Bytes of the longest.
    longest: usize,
}

impl Terms {
    /// The term with a spelling that is a text; capitals do not matter.
    pub(super) fn spelt(&self, text: &str) -> Option<TermId> {
        let index = self.index();
        if text.len() > index.longest {
            return None;
        }
        let found = index.find(text, &self.all);
        let has_small = || text.bytes().any(|byte| byte.is_ascii_lowercase());
        found.or_else(|| {
            let capitals = has_small().then(|| text.to_ascii_uppercase())?;
            index.find(&capitals, &self.all)
        })
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            let twice = index.add(&self.all, 0);
            debug_assert!(twice.is_empty(), "{twice:?}");
            index
        })
    }

    /// Adds those of a file.
    pub(super) fn add(&mut self, entries: VocabularyFile) {
        let VocabularyFile { vocabulary, terms } = entries;
        self.index = OnceLock::new();
        self.closed |= vocabulary.closed;
        let all = Arc::make_mut(&mut self.all);
        let patterns = (all.len()..)
            .map(id)
            .zip(&terms)
            .filter(|(_, own)| !own.pattern.is_empty());
        self.patterns.extend(patterns.map(|(id, _)| id));
        // The terms take the place of their entries in memory.
        let terms: Vec<Term> = terms
            .into_iter()
            .map(|own| term(&vocabulary, own))
            .collect();
        if all.is_empty() {
            *all = terms;
        } else {
            all.extend(terms);
        }
    }

    /// Adds those of files that are compiled in. They are read to where they stay, without their places: tests
    /// hold that they are the same as those of [`Terms::add`].
    ///
    /// # Errors
    /// Where a tree is none of a vocabulary.
    pub(super) fn add_shipped(&mut self, trees: &[Tree<'static>]) -> Result<(), Unfit> {
        self.index = OnceLock::new();
        let all = Arc::make_mut(&mut self.all);
        all.reserve_exact(trees.iter().map(|tree| tree.len_of(TERMS)).sum());
        for tree in trees {
            let OfTerms { vocabulary } = tree.read()?;
            self.closed |= vocabulary.closed;
            for own in tree.list(TERMS) {
                let mut term: Term = own?.read()?;
                term.inherit(&vocabulary);
                if !term.pattern.is_empty() {
                    self.patterns.push(id(all.len()));
                }
                all.push(term);
            }
        }
        Ok(())
    }

    /// Adds those of a file; gives what stands twice, with the place of the later word.
    pub(super) fn add_and_look(
        &mut self,
        entries: VocabularyFile,
    ) -> Vec<(Range<usize>, PackText)> {
        self.index();
        let mut index = self.index.take().unwrap_or_default();
        let from = self.all.len();
        let places: Vec<_> = entries.terms.iter().map(|own| own.word.place()).collect();
        self.add(entries);
        let twice = index.add(&self.all, from).into_iter();
        self.index = OnceLock::from(index);
        twice
            .filter_map(|(at, spelling)| Some((places.get(at - from)?.clone(), spelling)))
            .collect()
    }
}

impl Index {
    fn find(&self, text: &str, terms: &[Term]) -> Option<TermId> {
        let is_key = |id, place| is_spelt(terms, (id, place), text);
        self.spellings.find(text.as_bytes(), is_key)
    }

    /// Adds the terms from a place on; gives the spellings that another has, with the place of their terms.
    fn add(&mut self, terms: &[Term], from: usize) -> Vec<(usize, PackText)> {
        self.spellings.reserve(terms.len() - from);
        let mut twice = Vec::new();
        for (at, term) in terms.iter().enumerate().skip(from) {
            let id = id(at);
            for (place, spelling) in term.spellings().enumerate() {
                let key = in_capitals(spelling);
                self.longest = self.longest.max(key.len());
                let is_key = |id, place| is_spelt(terms, (id, place), &key);
                let taken = self.spellings.add(key.as_bytes(), (id, place), is_key);
                if taken.is_some_and(|other| other != id) {
                    twice.push((at, spelling.to_owned().into()));
                }
            }
        }
        twice
    }
}

fn id(at: usize) -> TermId {
    TermId(u16::try_from(at).unwrap_or(u16::MAX))
}

fn term(vocabulary: &VocabularyHeader, entry: TermEntry) -> Term {
    let mut term = Term {
        word: entry.word.into_text(),
        title: entry.title,
        also: entry.also,
        groups: entry.groups,
        pattern: entry.pattern,
        phrases: entry.phrases,
        control: entry.control.map(Name::into_text),
        level: entry.level.map(Name::into_text),
        letters: entry.letters,
        since: entry.since,
        until: entry.until,
        replaced_by: entry.replaced_by.map(Name::into_text),
        authority: entry.authority.unwrap_or_default(),
        status: entry.status,
    };
    term.inherit(vocabulary);
    term
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
