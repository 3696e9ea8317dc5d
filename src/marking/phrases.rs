//! The phrases of a vocabulary's terms, all found in one pass over a text.

use super::vocabulary::{Term, TermId};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use smallvec::{SmallVec, smallvec};

/// Finds the terms of which every phrase stands in a text, capitals aside.
#[derive(Debug, Clone)]
pub(super) struct Phrases {
    automaton: Option<AhoCorasick>,
    /// Terms with phrases, each with the numbers of its own in the automaton.
    terms: Vec<(TermId, std::ops::Range<usize>)>,
}

impl Phrases {
    pub(super) fn of(terms: &[Term]) -> Self {
        let mut phrases: Vec<&str> = Vec::new();
        let mut with_phrases = Vec::new();
        for (id, term) in (0u16..).map(TermId).zip(terms) {
            let first = phrases.len();
            phrases.extend(term.phrases.iter().map(String::as_str));
            if phrases.len() > first {
                with_phrases.push((id, first..phrases.len()));
            }
        }
        // A vocabulary without phrases has no automaton; too many for one would need gigabytes.
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&phrases)
            .ok()
            .filter(|_| !phrases.is_empty());
        Self {
            automaton,
            terms: with_phrases,
        }
    }

    /// The first term, in the order of the files, of which every phrase stands in the text.
    pub(super) fn first_in(&self, text: &str) -> Option<TermId> {
        let automaton = self.automaton.as_ref()?;
        let mut found = automaton.find_overlapping_iter(text).peekable();
        found.peek()?;
        let mut stands: SmallVec<[bool; 64]> = smallvec![false; automaton.patterns_len()];
        for phrase in found {
            if let Some(stands) = stands.get_mut(phrase.pattern().as_usize()) {
                *stands = true;
            }
        }
        let is_whole = |own: &std::ops::Range<usize>| {
            let own = stands.get(own.clone());
            own.is_some_and(|own| own.iter().all(|&stands| stands))
        };
        let whole = self.terms.iter().find(|(_, own)| is_whole(own));
        whole.map(|&(id, _)| id)
    }
}
