//! The words that one kind of element may hold: captions, tags, orders and the like.

use super::by_spelling::BySpelling;
use super::phrases::{Phrases, StandingPhrases};
use crate::pack::shared::{Day, Evidence, Name, holds_on};
use crate::pack::vocabulary_file::{TermEntry, VocabularyFile, VocabularyHeader};
use crate::problem::{PackProblem, TextFile, nearest};
use crate::text::Span;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Longest text that follows a pattern of words, in bytes.
pub(crate) const LONGEST_PATTERNED: usize = 1024;

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

/// The words of one kind of element, from one or more files.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    closed: bool,
    /// Shared with those who look them up otherwise.
    terms: Arc<Vec<Term>>,
    index: BySpelling,
    /// Bytes of the longest spelling.
    longest: usize,
    patterns: Vec<TermId>,
    /// Compiled when a text is first searched for them.
    phrases: OnceLock<Phrases>,
}

impl Vocabulary {
    /// Whether a word outside the list is suspicious.
    pub const fn is_closed(&self) -> bool {
        self.closed
    }

    /// Every term, in the order of the files: for a ladder, lowest first.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The same, to be kept.
    pub fn shared_terms(&self) -> Arc<Vec<Term>> {
        Arc::clone(&self.terms)
    }

    /// A term of this vocabulary.
    pub fn term(&self, id: TermId) -> &Term {
        self.terms
            .get(usize::from(id.0))
            .expect("an id is made by its own vocabulary only")
    }

    /// The term that a word or line is; capitals do not matter, outer blanks neither.
    pub fn find(&self, text: &str) -> Option<TermId> {
        let text = text.trim();
        let may_be_listed = text.len() <= self.longest;
        if may_be_listed && let Some(id) = self.spelt(text) {
            return Some(id);
        }
        if may_be_listed
            && text.bytes().any(|byte| byte.is_ascii_lowercase())
            && let Some(id) = self.spelt(&text.to_ascii_uppercase())
        {
            return Some(id);
        }
        self.patterns
            .iter()
            .copied()
            .find(|&id| matches(&self.term(id).pattern, text))
    }

    /// The term with a spelling that is a text in capitals.
    fn spelt(&self, text: &str) -> Option<TermId> {
        self.index.find(text.as_bytes(), |id, place| {
            is_spelt(&self.terms, (id, place), text)
        })
    }

    /// Every term of which every phrase stands in a text, in the order of the files. Capitals do not
    /// matter, nor where lines break; what stands between quotation marks is not stated.
    pub fn all_stated_in(&self, text: &str) -> SmallVec<[TermId; 2]> {
        let whole = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
        self.stated_within(whole, text, &self.standing_in(text))
    }

    /// The phrases that stand in a text, for [`Vocabulary::stated_within`] on parts of it.
    pub fn standing_in(&self, text: &str) -> StandingPhrases {
        self.phrases().find(text)
    }

    /// The same as [`Vocabulary::all_stated_in`] for a part of a text whose phrases are found.
    pub fn stated_within(
        &self,
        part: Span,
        text: &str,
        standing: &StandingPhrases,
    ) -> SmallVec<[TermId; 2]> {
        self.phrases().stated_within(part, text, standing)
    }

    fn phrases(&self) -> &Phrases {
        self.phrases.get_or_init(|| Phrases::of(&self.terms))
    }

    /// The known word nearest to one that is not known.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        nearest(
            text.trim(),
            self.terms.iter().map(|term| term.word.as_str()),
        )
    }

    /// Adds the words of a file, whose entries they are.
    ///
    /// # Errors
    /// Every problem of the file.
    pub fn add(
        &mut self,
        entries: VocabularyFile,
        file: &TextFile,
    ) -> Result<(), Vec<PackProblem>> {
        let VocabularyFile { vocabulary, terms } = entries;
        self.closed |= vocabulary.closed;
        self.phrases = OnceLock::new();
        self.index.reserve(terms.len());
        let authority: Arc<str> = vocabulary.authority.as_str().into();
        let all = Arc::make_mut(&mut self.terms);
        all.reserve(terms.len());
        let mut problems = Vec::new();
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
                    let message = format!("`{spelling}` stands twice");
                    problems.push(PackProblem::new(file, at.clone(), message));
                }
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
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

/// Whether the words of a text follow a pattern, where `*` stands for one or more of any.
fn matches(pattern: &[String], text: &str) -> bool {
    if text.len() > LONGEST_PATTERNED {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    follows(pattern, &words)
}

/// Whether words follow a pattern, where `*` stands for one or more of any. Capitals do not matter.
///
/// It looks at no word more often than the pattern has parts, whatever they are.
pub fn follows(pattern: &[String], words: &[&str]) -> bool {
    let (mut wanted, mut at) = (0, 0);
    // What follows the last star, and the word behind those that it stands for so far.
    let mut star = None;
    while let Some(word) = words.get(at) {
        match pattern.get(wanted) {
            Some(own) if own == "*" => star = Some((wanted + 1, at + 1)),
            Some(own) if own.eq_ignore_ascii_case(word) => {}
            _ => {
                let Some((behind, next)) = star else {
                    return false;
                };
                star = Some((behind, next + 1));
                (wanted, at) = (behind, next + 1);
                continue;
            }
        }
        (wanted, at) = (wanted + 1, at + 1);
    }
    wanted == pattern.len()
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, follows};
    use crate::problem::TextFile;
    use proptest::prelude::*;

    const FERRY: &str = r#"
[vocabulary]
of = "caption"
title = "Captions of the Ferry Board (fictional)"
closed = true
authority = "Board Order 5"
[[term]]
word = "QUAYSIDE"
title = "stays at the quay"
also = ["QUAY SIDE"]
until = 2031-12-31
[[term]]
word = "READER ONLY"
pattern = ["FOR", "*", "ONLY"]
"#;

    #[test]
    fn words_spellings_and_patterns_are_found_and_near_ones_proposed() {
        let mut captions = Vocabulary::default();
        let file = TextFile::new("ferry.toml", FERRY);
        captions.add(toml::from_str(FERRY).unwrap(), &file).unwrap();
        let word = |text| {
            captions
                .find(text)
                .map(|id| captions.term(id).word.as_str())
        };
        assert_eq!(word(" quay side "), Some("QUAYSIDE"));
        assert_eq!(word("FOR THE HARBOUR MASTER ONLY"), Some("READER ONLY"));
        assert_eq!(word("FOR ONLY"), None);
        assert_eq!(captions.nearest("QUAYSIED"), Some("QUAYSIDE"));
        let term = captions.term(captions.find("QUAYSIDE").unwrap());
        assert!(term.holds_on(jiff::civil::date(2031, 12, 31)));
        assert!(!term.holds_on(jiff::civil::date(2032, 1, 1)));
    }

    #[test]
    fn a_star_stands_for_one_word_or_many_and_never_for_none() {
        let holds = |pattern: &str, text: &str| {
            let pattern: Vec<String> = pattern.split(' ').map(str::to_owned).collect();
            let words: Vec<&str> = text.split_whitespace().collect();
            follows(&pattern, &words)
        };
        assert!(holds("A * B", "a x b"));
        assert!(holds("A * B * C", "a x b b y c b c"));
        assert!(holds("* B", "b b"));
        assert!(!holds("A * B", "a b"));
        assert!(!holds("* B", "b"));
        assert!(!holds("A *", "a"));
        assert!(!holds("A", "a a"));
        assert!(!holds("A * B", &"a x ".repeat(100_000)));
    }

    #[test]
    fn a_term_is_stated_where_all_its_phrases_stand() {
        let text = FERRY.replace(
            "also = [",
            "phrases = [\"stays ashore\", \"ashore at dusk\"]\nalso = [",
        );
        let mut captions = Vocabulary::default();
        let entries = toml::from_str(&text).unwrap();
        let file = TextFile::new("ferry.toml", text);
        captions.add(entries, &file).unwrap();
        let stated = |text| captions.all_stated_in(text).first().map(|id| id.0);
        assert_eq!(stated("Stays Ashore at Dusk."), Some(0));
        assert_eq!(stated("ashore at dusk; stays ashore"), Some(0));
        assert_eq!(stated("it stays ashore"), None);
        assert_eq!(stated("it stays\n  ashore at\ndusk"), Some(0));
        assert_eq!(stated("say \"stays ashore\" and ashore at dusk"), None);
        assert_eq!(
            stated("\u{201c}no.\u{201d} It stays ashore at dusk"),
            Some(0)
        );
    }

    #[test]
    fn a_word_that_stands_twice_is_a_problem() {
        let twice = FERRY.replace("READER ONLY", "QUAY SIDE");
        let entries = toml::from_str(&twice).unwrap();
        let file = TextFile::new("ferry.toml", twice);
        let problems = Vocabulary::default().add(entries, &file).unwrap_err();
        assert_eq!(problems[0].to_string(), "`QUAY SIDE` stands twice");
    }

    /// The same, tried in every way.
    fn plainly(pattern: &[String], words: &[&str]) -> bool {
        match (pattern.split_first(), words.split_first()) {
            (None, None) => true,
            (Some((wanted, rest)), Some((_, later))) if wanted == "*" => {
                plainly(rest, later) || plainly(pattern, later)
            }
            (Some((wanted, rest)), Some((word, later))) => wanted == *word && plainly(rest, later),
            _ => false,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_pattern_is_followed_as_if_every_way_were_tried(
            pattern in prop::collection::vec("[ab*]", 0..7),
            words in prop::collection::vec("[ab]", 0..9),
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert_eq!(follows(&pattern, &words), plainly(&pattern, &words));
        }
    }
}
