//! The words of one vocabulary, found whatever their case and however their blanks lie.

use crate::marking::{Term, TermId, follows};
use smallvec::SmallVec;
use std::collections::HashMap;

/// Longest word that is looked up, in bytes; longer ones are none.
const LONGEST: usize = 64;

/// Shortest word that a misspelling is traced back to.
const SHORTEST_NEAR: usize = 5;

/// Words, their other spellings, and patterns of words.
#[derive(Debug, Default)]
pub(super) struct Words {
    terms: Vec<Term>,
    index: HashMap<Box<[u8]>, TermId>,
    spellings: Vec<(String, TermId)>,
    patterns: Vec<TermId>,
    /// Whether blanks and full stops are left out of comparison, as in labels.
    loose: bool,
}

impl Words {
    /// The table of some terms. `loose` leaves blanks and full stops out of comparison.
    pub(super) fn new(terms: &[Term], loose: bool) -> Self {
        let mut words = Self {
            terms: terms.to_vec(),
            loose,
            ..Self::default()
        };
        for (id, term) in (0u16..).map(TermId).zip(terms) {
            for spelling in std::iter::once(&term.word).chain(&term.also) {
                if let Some(key) = words.key(spelling) {
                    words.index.entry(key.as_slice().into()).or_insert(id);
                }
                words.spellings.push((spelling.to_ascii_uppercase(), id));
            }
            if !term.pattern.is_empty() {
                words.patterns.push(id);
            }
        }
        words
    }

    /// Every term.
    pub(super) fn terms(&self) -> impl Iterator<Item = (TermId, &Term)> {
        (0u16..).map(TermId).zip(&self.terms)
    }

    pub(super) fn term(&self, id: TermId) -> Option<&Term> {
        self.terms.get(usize::from(id.0))
    }

    pub(super) fn is_in(&self, id: TermId, group: &str) -> bool {
        self.term(id).is_some_and(|term| term.is_in(group))
    }

    /// The term that a text is, by one of its spellings.
    pub(super) fn word(&self, text: &str) -> Option<TermId> {
        self.index.get(self.key(text)?.as_slice()).copied()
    }

    /// The term that a text is, by a spelling or a pattern.
    pub(super) fn find(&self, text: &str) -> Option<TermId> {
        self.word(text).or_else(|| self.pattern(text))
    }

    fn pattern(&self, text: &str) -> Option<TermId> {
        if self.patterns.is_empty() {
            return None;
        }
        let words: SmallVec<[&str; 8]> = text.split_whitespace().collect();
        let fits = |id: &TermId| {
            let term = self.term(*id);
            term.is_some_and(|term| follows(&term.pattern, &words))
        };
        self.patterns.iter().copied().find(fits)
    }

    /// The term that a text misspells: at most two letters added, dropped, changed or swapped, and at
    /// most one in a short word. Its first letter or its last is right.
    pub(super) fn nearest(&self, text: &str) -> Option<TermId> {
        self.nearest_of(text, |_| true)
    }

    /// The same among some terms.
    pub(super) fn nearest_of(&self, text: &str, among: impl Fn(TermId) -> bool) -> Option<TermId> {
        let text = text.trim();
        let (first, last) = (text.bytes().next()?, text.bytes().next_back()?);
        if text.len() < SHORTEST_NEAR || text.len() > LONGEST {
            return None;
        }
        let mut best = None;
        for (spelling, id) in &self.spellings {
            let most = if spelling.len() < 7 { 1 } else { 2 };
            let ends = (spelling.bytes().next(), spelling.bytes().next_back());
            let alike = ends.0.is_some_and(|own| own.eq_ignore_ascii_case(&first))
                || ends.1.is_some_and(|own| own.eq_ignore_ascii_case(&last));
            let close = spelling.len().abs_diff(text.len()) <= most;
            if !alike || !close || spelling.len() < SHORTEST_NEAR || !among(*id) {
                continue;
            }
            let distance = strsim::osa_distance(spelling, &text.to_ascii_uppercase());
            if distance <= most && best.is_none_or(|other| (distance, *id) < other) {
                best = Some((distance, *id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// The text in capitals, with single blanks, or with neither blanks nor stops.
    fn key(&self, text: &str) -> Option<SmallVec<[u8; LONGEST]>> {
        let mut key = SmallVec::new();
        let mut blank = false;
        for &byte in text.trim().as_bytes() {
            if byte == b' ' || byte == b'\t' || byte == b'.' && self.loose {
                blank = byte != b'.';
                continue;
            }
            if blank && !self.loose && !key.is_empty() {
                key.push(b' ');
            }
            blank = false;
            key.push(byte.to_ascii_uppercase());
            if key.len() >= LONGEST {
                return None;
            }
        }
        (!key.is_empty()).then_some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::marking::Vocabulary;

    const FERRY: &str = r#"
[vocabulary]
of = "caption"
title = "Captions of the Ferry Board (fictional)"
authority = "Board Order 5"
[[term]]
word = "QUAYSIDE"
also = ["QUAY SIDE"]
[[term]]
word = "READER ONLY"
pattern = ["FOR", "*", "ONLY"]
"#;

    fn words(loose: bool) -> Words {
        let mut captions = Vocabulary::default();
        captions
            .add(&toml::from_str(FERRY).unwrap(), "ferry.toml", FERRY)
            .unwrap();
        Words::new(captions.terms(), loose)
    }

    #[test]
    fn a_word_is_found_whatever_its_case_and_blanks() {
        let words = words(false);
        let found = |text| words.find(text).map(|id| id.0);
        assert_eq!(found(" Quay  side "), Some(0));
        assert_eq!(found("for the master ONLY"), Some(1));
        assert_eq!(found("QUAYSIDES"), None);
        assert_eq!(words.nearest("QUAYSIED").map(|id| id.0), Some(0));
        assert_eq!(words.nearest("QUAY"), None);
    }

    #[test]
    fn a_loose_word_is_found_without_its_blanks_and_stops() {
        assert_eq!(words(true).word("Q.U.A.Y. S IDE").map(|id| id.0), Some(0));
    }
}
