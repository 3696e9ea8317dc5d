//! The phrases of a vocabulary's terms, all found in one pass over a text.
//!
//! The pass finds the first word of each phrase; only there is the rest compared.

use super::vocabulary::{Term, TermId};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use smallvec::{SmallVec, smallvec};

/// Finds the terms of which every phrase stands in a text, capitals and line breaks aside.
#[derive(Debug, Clone)]
pub(super) struct Phrases {
    /// Finds the first words.
    automaton: Option<AhoCorasick>,
    /// Whole phrases, by the numbers of their first words in the automaton.
    texts: Vec<Box<str>>,
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
            .build(phrases.iter().map(|phrase| first_word(phrase)))
            .ok()
            .filter(|_| !phrases.is_empty());
        Self {
            automaton,
            texts: phrases.into_iter().map(Into::into).collect(),
            terms: with_phrases,
        }
    }

    /// The terms, in the order of the files, of which every phrase stands in the text.
    pub(super) fn all_in(&self, text: &str) -> SmallVec<[TermId; 2]> {
        let Some(automaton) = self.automaton.as_ref() else {
            return SmallVec::new();
        };
        let mut stands: SmallVec<[bool; 64]> = SmallVec::new();
        for found in automaton.find_overlapping_iter(text) {
            let number = found.pattern().as_usize();
            let phrase = self.texts.get(number).map_or("", AsRef::as_ref);
            let (before, rest) = text.split_at_checked(found.start()).unwrap_or_default();
            let known = stands.get(number) == Some(&true);
            if known || !begins(rest, phrase) || is_quoted(before) {
                continue;
            }
            if stands.is_empty() {
                stands = smallvec![false; self.texts.len()];
            }
            if let Some(stands) = stands.get_mut(number) {
                *stands = true;
            }
        }
        let is_whole = |own: &std::ops::Range<usize>| {
            let own = stands.get(own.clone());
            own.is_some_and(|own| own.iter().all(|&stands| stands))
        };
        let whole = self.terms.iter().filter(|(_, own)| is_whole(own));
        whole.map(|&(id, _)| id).collect()
    }
}

fn first_word(phrase: &str) -> &str {
    phrase.split(' ').next().unwrap_or(phrase)
}

/// Whether a text begins with a phrase; any blanks and line breaks may stand where it has a blank.
fn begins(text: &str, phrase: &str) -> bool {
    let mut rest = text.bytes().peekable();
    phrase.bytes().all(|wanted| {
        let Some(found) = rest.next() else {
            return false;
        };
        if wanted != b' ' {
            return wanted.eq_ignore_ascii_case(&found);
        }
        while rest.next_if(u8::is_ascii_whitespace).is_some() {}
        found.is_ascii_whitespace()
    })
}

/// Whether a quotation that was opened before is still open.
fn is_quoted(before: &str) -> bool {
    let straight = before.bytes().filter(|byte| *byte == b'"').count();
    let count = |mark| before.matches(mark).count();
    straight % 2 == 1 || count('\u{201c}') > count('\u{201d}')
}
