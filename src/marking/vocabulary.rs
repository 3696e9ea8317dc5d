//! The words that one kind of element may hold: captions, tags, orders and the like.

use super::phrases::{Phrases, StandingPhrases};
use super::terms::{Term, TermId, Terms};
use crate::pack::text::PackText;
use crate::pack::vocabulary_file::VocabularyFile;
use crate::problem::{PackProblem, TextFile, nearest};
use crate::text::Span;
use crate::toml_file::tree::{Tree, Unfit};
use smallvec::SmallVec;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Longest text that follows a pattern of words, in bytes.
pub(crate) const LONGEST_PATTERNED: usize = 1024;

/// The words of one kind of element, from one or more files.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Files that are compiled in, whose words are read when the first of them is asked for: tests hold that
    /// they fit and that none stands twice.
    unread: Vec<Tree<'static>>,
    terms: OnceLock<Terms>,
    /// Compiled when a text is first searched for them.
    phrases: OnceLock<Phrases>,
}

impl Vocabulary {
    fn words(&self) -> &Terms {
        self.terms.get_or_init(|| {
            let mut terms = Terms::default();
            let read = terms.add_shipped(&self.unread);
            read.expect("the tests read every vocabulary that is compiled in");
            terms
        })
    }

    /// Whether a word outside the list is suspicious.
    pub fn is_closed(&self) -> bool {
        self.words().closed
    }

    /// Every term, in the order of the files: for a ladder, lowest first.
    pub fn terms(&self) -> &[Term] {
        &self.words().all
    }

    /// The same, to be kept.
    pub fn shared_terms(&self) -> Arc<Vec<Term>> {
        Arc::clone(&self.words().all)
    }

    /// A term of this vocabulary.
    pub fn term(&self, id: TermId) -> &Term {
        self.terms()
            .get(usize::from(id.0))
            .expect("an id is made by its own vocabulary only")
    }

    /// The term that a word or line is; capitals do not matter, outer blanks neither.
    pub fn find(&self, text: &str) -> Option<TermId> {
        let (words, text) = (self.words(), text.trim());
        if let Some(id) = words.spelt(text) {
            return Some(id);
        }
        let mut patterns = words.patterns.iter().copied();
        patterns.find(|&id| matches(&self.term(id).pattern, text))
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
        self.phrases.get_or_init(|| Phrases::of(self.terms()))
    }

    /// The known word nearest to one that is not known.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        nearest(
            text.trim(),
            self.terms().iter().map(|term| term.word.as_str()),
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
        self.words();
        self.unread.clear();
        self.phrases = OnceLock::new();
        let twice = self
            .terms
            .get_mut()
            .map(|terms| terms.add_and_look(entries));
        let problem = |(place, spelling): (Range<usize>, PackText)| {
            PackProblem::new(file, place, format!("`{spelling}` stands twice"))
        };
        let problems: Vec<_> = twice.into_iter().flatten().map(problem).collect();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }

    /// Adds the words of a file that is compiled in. They are read later, unless others were added before,
    /// of which one may stand twice.
    ///
    /// # Errors
    /// Every problem of the file.
    pub fn add_shipped(
        &mut self,
        tree: Tree<'static>,
        file: &TextFile,
    ) -> Result<(), Vec<PackProblem>> {
        if self.terms.get().is_none() {
            self.unread.push(tree);
            return Ok(());
        }
        let unfit = |unfit: Unfit| vec![PackProblem::new(file, 0..0, unfit.to_string())];
        self.add(tree.read().map_err(unfit)?, file)
    }
}

/// Whether the words of a text follow a pattern, where `*` stands for one or more of any.
fn matches(pattern: &[PackText], text: &str) -> bool {
    if text.len() > LONGEST_PATTERNED {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    follows(pattern, &words)
}

/// Whether words follow a pattern, where `*` stands for one or more of any. Capitals do not matter.
///
/// It looks at no word more often than the pattern has parts, whatever they are.
pub fn follows(pattern: &[impl AsRef<str>], words: &[&str]) -> bool {
    let (mut wanted, mut at) = (0, 0);
    // What follows the last star, and the word behind those that it stands for so far.
    let mut star = None;
    while let Some(word) = words.get(at) {
        match pattern.get(wanted).map(AsRef::as_ref) {
            Some("*") => star = Some((wanted + 1, at + 1)),
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
