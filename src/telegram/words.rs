//! The words of one vocabulary, found whatever their case and however their blanks lie.

use crate::marking::{BySpelling, LONGEST_PATTERNED, Term, TermId, follows};
use smallvec::SmallVec;
use std::sync::{Arc, OnceLock};

/// Longest word that is looked up, in bytes; longer ones are none.
const LONGEST: usize = 64;

/// Shortest word that a misspelling is traced back to.
const SHORTEST_NEAR: usize = 5;

/// Words, their other spellings, and patterns of words.
#[derive(Debug, Default)]
pub(super) struct Words {
    terms: Arc<Vec<Term>>,
    index: BySpelling,
    /// With which two letters spellings begin.
    beginnings: Beginnings,
    /// Made when a text is first looked for that may be misspelt.
    spellings: OnceLock<Vec<Spelling>>,
    patterns: Vec<TermId>,
    /// Whether blanks and full stops are left out of comparison, as in labels.
    loose: bool,
}

/// A spelling in capitals, with what tells quickly that a text is no misspelling of it.
#[derive(Debug)]
struct Spelling {
    text: String,
    term: TermId,
    /// A bit for each letter or digit that occurs.
    letters: u64,
}

impl Spelling {
    fn new(text: &str, term: TermId) -> Self {
        let text = text.to_ascii_uppercase();
        let bits = text.bytes().map(|byte| 1 << (byte % 64));
        Self {
            letters: bits.fold(0, |all: u64, bit: u64| all | bit),
            text,
            term,
        }
    }

    /// Every spelling of some terms.
    fn all<'t>(terms: impl Iterator<Item = (TermId, &'t Term)>) -> Vec<Self> {
        terms
            .flat_map(|(id, term)| term.spellings().map(move |own| Self::new(own, id)))
            .collect()
    }

    /// Whether it could be the other with at most so many letters wrong: its first letter or its last
    /// is right, and each wrong letter takes away and brings in at most one kind of letter.
    fn is_like(&self, other: &Self, most: usize) -> bool {
        let (own, text) = (self.text.as_bytes(), other.text.as_bytes());
        let strange = || (self.letters ^ other.letters).count_ones() as usize;
        own.len().abs_diff(text.len()) <= most
            && own.len() >= SHORTEST_NEAR
            && (own.first() == text.first() || own.last() == text.last())
            && strange() <= 2 * most
    }
}

impl Words {
    /// The table of some terms. `loose` leaves blanks and full stops out of comparison.
    pub(super) fn new(terms: Arc<Vec<Term>>, loose: bool) -> Self {
        let (mut index, mut beginnings) = (BySpelling::default(), Beginnings::default());
        index.reserve(terms.len());
        let mut words = Self {
            terms,
            loose,
            ..Self::default()
        };
        for (id, term) in words.terms() {
            for (place, spelling) in term.spellings().enumerate() {
                if let Some(key) = words.key(spelling) {
                    beginnings.add(&key);
                    index.add(&key, (id, place), |id, place| words.is_key(id, place, &key));
                }
            }
        }
        words.index = index;
        words.beginnings = beginnings;
        let with_pattern = words.terms().filter(|(_, term)| !term.pattern.is_empty());
        words.patterns = with_pattern.map(|(id, _)| id).collect();
        words
    }

    /// Every term.
    pub(super) fn terms(&self) -> impl Iterator<Item = (TermId, &Term)> {
        (0u16..).map(TermId).zip(&*self.terms)
    }

    pub(super) fn term(&self, id: TermId) -> Option<&Term> {
        self.terms.get(usize::from(id.0))
    }

    pub(super) fn is_in(&self, id: TermId, group: &str) -> bool {
        self.term(id).is_some_and(|term| term.is_in(group))
    }

    /// The term that a text is, by one of its spellings.
    pub(super) fn word(&self, text: &str) -> Option<TermId> {
        if !self.beginnings.may_begin(text, self.loose) {
            return None;
        }
        if self.is_own_key(text) {
            return self.of_key(text.as_bytes());
        }
        self.of_key(&self.key(text)?)
    }

    fn of_key(&self, key: &[u8]) -> Option<TermId> {
        self.index
            .find(key, |id, place| self.is_key(id, place, key))
    }

    /// The term that a text is, by a spelling or a pattern.
    pub(super) fn find(&self, text: &str) -> Option<TermId> {
        self.word(text).or_else(|| self.pattern(text))
    }

    fn pattern(&self, text: &str) -> Option<TermId> {
        if self.patterns.is_empty() || text.len() > LONGEST_PATTERNED {
            return None;
        }
        let words: SmallVec<[&str; 8]> = text.split_whitespace().collect();
        let fits = |id: &TermId| {
            let term = self.term(*id);
            term.is_some_and(|term| follows(&term.pattern, &words))
        };
        self.patterns.iter().copied().find(fits)
    }

    /// The spellings of the terms of a group, for [`Words::nearest`] alone.
    pub(super) fn spellings_in(&self, group: &str) -> Self {
        let own = self.terms().filter(|(_, term)| term.is_in(group));
        Self {
            spellings: OnceLock::from(Spelling::all(own)),
            ..Self::default()
        }
    }

    /// The term that a text misspells: at most two letters added, dropped, changed or swapped, and at
    /// most one in a short word. Its first letter or its last is right.
    pub(super) fn nearest(&self, text: &str) -> Option<TermId> {
        let text = text.trim();
        if text.len() < SHORTEST_NEAR || text.len() > LONGEST {
            return None;
        }
        let wanted = Spelling::new(text, TermId(0));
        let mut best = None;
        for spelling in self.spellings() {
            let most = if spelling.text.len() < 7 { 1 } else { 2 };
            if !spelling.is_like(&wanted, most) {
                continue;
            }
            let distance = strsim::osa_distance(&spelling.text, &wanted.text);
            let found = (distance, spelling.term);
            if distance <= most && best.is_none_or(|other| found < other) {
                best = Some(found);
            }
        }
        best.map(|(_, id)| id)
    }

    fn spellings(&self) -> &[Spelling] {
        self.spellings.get_or_init(|| Spelling::all(self.terms()))
    }

    /// Whether a spelling of a term, by its place, has a key.
    fn is_key(&self, id: TermId, place: usize, key: &[u8]) -> bool {
        let spelling = self.term(id).and_then(|term| term.spelling(place));
        spelling.is_some_and(|spelling| {
            // Nearly all are their own keys.
            spelling.as_bytes() == key || self.key(spelling).is_some_and(|own| *own == *key)
        })
    }

    /// Whether [`Words::key`] would give the text as it is: most texts are written as their words.
    fn is_own_key(&self, text: &str) -> bool {
        let mut before = b' ';
        let mut plain = |&byte: &u8| {
            let blank = before == b' ';
            before = byte;
            byte.is_ascii_uppercase()
                || byte.is_ascii_digit()
                || matches!(byte, b'-' | b'/' | b':')
                || byte == b'.' && !self.loose
                || byte == b' ' && !self.loose && !blank
        };
        text.len() < LONGEST && text.as_bytes().iter().all(&mut plain) && before != b' '
    }

    /// The text in capitals, with single blanks, or with neither blanks nor stops.
    fn key(&self, text: &str) -> Option<SmallVec<[u8; LONGEST]>> {
        let mut key = SmallVec::new();
        let mut blank = false;
        let ends = [text.as_bytes().first(), text.as_bytes().last()];
        let bare = ends.iter().flatten().all(|byte| byte.is_ascii_graphic());
        let text = if bare { text } else { text.trim() };
        for &byte in text.as_bytes() {
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

/// With which two bytes the keys of a table begin: most texts that are looked up are none of its words,
/// and show it there.
#[derive(Debug, Default)]
struct Beginnings([u32; 32]);

impl Beginnings {
    fn add(&mut self, key: &[u8]) {
        let (first, second) = (key.first().copied(), key.get(1).copied());
        let cell = self.0.get_mut(usize::from(first.unwrap_or_default() % 32));
        if let Some(cell) = cell {
            *cell |= 1 << (second.unwrap_or_default() % 32);
        }
    }

    /// Whether the key of a text may be one of the table's: always where its first two bytes are not
    /// those of the text.
    fn may_begin(&self, text: &str, loose: bool) -> bool {
        let &[first, second, ..] = text.as_bytes() else {
            return true;
        };
        if !first.is_ascii_alphanumeric() || !second.is_ascii_graphic() || second == b'.' && loose {
            return true;
        }
        let cell = self.0.get(usize::from(first % 32));
        cell.is_some_and(|seconds| seconds >> (second % 32) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::marking::Vocabulary;
    use crate::problem::TextFile;

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
        let file = TextFile::new("ferry.toml", FERRY);
        captions.add(toml::from_str(FERRY).unwrap(), &file).unwrap();
        Words::new(captions.shared_terms(), loose)
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
