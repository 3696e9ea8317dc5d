//! Looks up the names that rules give, in schemes and vocabularies, and collects every problem.

use super::Lexicon;
use crate::marking::{ControlId, LazyScheme, LevelId, Term, TermId, Vocabulary};
use crate::pack::shared::Name;
use crate::pack::text::PackText;
use crate::problem::{PackProblem, TextFile};
use crate::reading::ElementKind;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// A set of levels in each scheme, by the place of the scheme.
#[derive(Debug, Clone, Default)]
pub struct LevelSet(Box<[u64]>);

impl LevelSet {
    /// Whether it holds a level of the scheme at a place.
    pub fn contains(&self, scheme: usize, level: LevelId) -> bool {
        self.0
            .get(scheme)
            .is_some_and(|bits| bits >> level.0 & 1 == 1)
    }
}

/// A set of controls in each scheme, by the place of the scheme.
#[derive(Debug, Clone, Default)]
pub struct ControlSet(Box<[SmallVec<[ControlId; 4]>]>);

impl ControlSet {
    /// Those of the scheme at a place.
    pub fn of(&self, scheme: usize) -> &[ControlId] {
        self.0.get(scheme).map_or(&[], SmallVec::as_slice)
    }
}

/// A set of terms of one vocabulary.
#[derive(Debug, Clone, Default)]
pub struct TermSet(Vec<u64>);

impl TermSet {
    fn insert(&mut self, term: TermId) {
        let (word, bit) = (usize::from(term.0) / 64, term.0 % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << bit;
        }
    }

    /// A bit for a term; terms share them.
    pub const fn bit(term: TermId) -> u64 {
        1 << (term.0 % 64)
    }

    /// The bits of its terms: a term of which the bit is not among them is not in the set.
    pub fn bits(&self) -> u64 {
        self.0.iter().fold(0, |all, bits| all | bits)
    }

    /// Whether it holds a term.
    pub fn contains(&self, term: TermId) -> bool {
        let bits = self.0.get(usize::from(term.0) / 64);
        bits.is_some_and(|bits| bits >> (term.0 % 64) & 1 == 1)
    }
}

/// What the names of rules can mean.
#[derive(Debug)]
pub struct Names<'a> {
    schemes: &'a [LazyScheme],
    lexicon: &'a Lexicon,
    vocabularies: BTreeMap<ElementKind, &'a str>,
    file: TextFile,
    problems: Vec<PackProblem>,
}

impl<'a> Names<'a> {
    /// For rules of which no file is begun yet.
    pub fn new(schemes: &'a [LazyScheme], lexicon: &'a Lexicon) -> Self {
        let mut names: Vec<&str> = lexicon.vocabularies().keys().map(String::as_str).collect();
        names.sort_unstable();
        let kinds = names
            .iter()
            .filter_map(|&name| Some((ElementKind::named(name)?, name)));
        Self {
            schemes,
            lexicon,
            vocabularies: kinds.collect(),
            file: TextFile::new("", ""),
            problems: Vec::new(),
        }
    }

    /// The rules that follow are those of another file.
    pub fn begin(&mut self, file: &TextFile) {
        self.file = file.clone();
    }

    /// The file of the rules.
    pub const fn file(&self) -> &TextFile {
        &self.file
    }

    /// Takes out every problem met so far.
    pub fn take_problems(&mut self) -> Vec<PackProblem> {
        std::mem::take(&mut self.problems)
    }

    /// Notes that something is wrong with a word of the file.
    pub fn problem(&mut self, name: &Name, message: impl Into<String>) {
        self.push(PackProblem::new(&self.file, name.place(), message));
    }

    /// Notes a problem.
    pub fn push(&mut self, problem: PackProblem) {
        self.problems.push(problem);
    }

    fn unknown<'k>(&mut self, name: &Name, what: &str, known: impl IntoIterator<Item = &'k str>) {
        let word = name.text();
        let problem = PackProblem::new(
            &self.file,
            name.place(),
            format!("no {what} is called `{word}`"),
        )
        .label(format!("unknown {what}"))
        .nearest(word, known);
        self.problems.push(problem);
    }

    /// The schemes of these names.
    pub fn schemes(&mut self, names: &[Name]) -> Vec<usize> {
        let mut places = Vec::new();
        for name in names {
            let all = self.schemes.iter();
            let found = all.clone().position(|scheme| scheme.name() == name.text());
            if let Some(place) = found {
                places.push(place);
            } else {
                let schemes = self.schemes;
                self.unknown(name, "scheme", schemes.iter().map(LazyScheme::name));
            }
        }
        places
    }

    /// The levels of these names, in every scheme that has them.
    pub fn levels(&mut self, names: &[Name]) -> LevelSet {
        let schemes = self.schemes;
        let mut bits = vec![0u64; schemes.len()].into_boxed_slice();
        for name in names {
            let mut known = false;
            for (bits, scheme) in bits.iter_mut().zip(schemes) {
                if let Some(level) = scheme.level_named(name.text()) {
                    *bits |= 1 << level.0;
                    known = true;
                }
            }
            if !known {
                let all = schemes.iter().flat_map(|scheme| scheme.levels());
                self.unknown(name, "level", all.map(|(_, level)| level.name.as_str()));
            }
        }
        LevelSet(bits)
    }

    /// The controls of these names, in every scheme that has them.
    pub fn controls(&mut self, names: &[Name]) -> ControlSet {
        let schemes = self.schemes;
        let mut sets = vec![SmallVec::new(); schemes.len()].into_boxed_slice();
        for name in names {
            let mut known = false;
            for (set, scheme) in sets.iter_mut().zip(schemes) {
                if let Some(control) = scheme.control_named(name.text()) {
                    set.push(control);
                    known = true;
                }
            }
            if !known {
                let all = schemes.iter().flat_map(|scheme| scheme.controls());
                self.unknown(
                    name,
                    "control",
                    all.map(|(_, control)| control.name.as_str()),
                );
            }
        }
        ControlSet(sets)
    }

    /// These names of owners, each of which some scheme has.
    pub fn owners(&mut self, names: &[Name]) -> Box<[Box<str>]> {
        let schemes = self.schemes;
        let known = || schemes.iter().flat_map(|scheme| scheme.owners());
        for name in names {
            if !schemes.iter().any(|scheme| scheme.has_owner(name.text())) {
                self.unknown(name, "owner", known().map(|(_, owner)| owner.name.as_str()));
            }
        }
        names.iter().map(|name| name.text().into()).collect()
    }

    /// The name of the vocabulary of a kind of element.
    pub fn vocabulary_of(&self, kind: ElementKind) -> Option<&'a str> {
        self.vocabularies.get(&kind.worded_as()).copied()
    }

    /// The words of a vocabulary, in the order of its files.
    pub fn words_of(&self, vocabulary: &str) -> Option<&'a [Term]> {
        self.lexicon.get(vocabulary).map(Vocabulary::terms)
    }

    /// A vocabulary by its name.
    pub fn vocabulary(&mut self, name: &Name) -> Option<&'a Vocabulary> {
        let found = self.lexicon.get(name.text());
        if found.is_none() {
            let lexicon = self.lexicon;
            self.unknown(
                name,
                "vocabulary",
                lexicon.vocabularies().keys().map(String::as_str),
            );
        }
        found
    }

    /// The terms that these words and groups name, in the vocabulary of a kind of element.
    pub fn terms(&mut self, kind: ElementKind, words: &[Name], groups: &[Name]) -> TermSet {
        let mut set = TermSet::default();
        let lexicon = self.lexicon;
        let Some(vocabulary) = self.vocabulary_of(kind).and_then(|name| lexicon.get(name)) else {
            if let Some(name) = words.iter().chain(groups).next() {
                self.problem(name, "no vocabulary holds words of this kind of element");
            }
            return set;
        };
        for name in words {
            if let Some(term) = vocabulary.find(name.text()) {
                set.insert(term);
            } else {
                let known = vocabulary.terms().iter().map(|term| term.word.as_str());
                self.unknown(name, "term", known);
            }
        }
        for name in groups {
            let terms = (0u16..).map(TermId).zip(vocabulary.terms());
            let mut members = terms.filter(|(_, term)| term.is_in(name.text())).peekable();
            let none = members.peek().is_none();
            members.for_each(|(id, _)| set.insert(id));
            if none {
                let known = vocabulary.terms().iter().flat_map(|term| &term.groups);
                self.unknown(name, "group", known.map(PackText::as_str));
            }
        }
        set
    }
}
