//! What the guard looks for: words of the schemes, all in one pass over a text.

use super::evidence::{Place, bare, in_brackets, letters_apart, with_controls};
use super::label::labelled;
use crate::marking::{LazyScheme, Marking, Scheme, Surface, Vocabulary};
use crate::text::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// The group of labels that stand before the marking of a whole document.
const LABELS: &str = "classification";

/// What a word that was met may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cue {
    /// A label, such as that of a field, before a marking.
    Label,
    /// A portion mark that says more than a level.
    Bracket,
    /// A level with blanks between its letters.
    Apart,
    /// A level in the words of a banner.
    Level,
}

/// A marking that stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Bytes of the decoded text.
    pub span: Span,
    /// Index of its scheme.
    pub scheme: usize,
    /// What it says; places in it are of no meaning.
    pub marking: Marking,
}

/// The words that the guard looks for, compiled once.
#[derive(Debug)]
pub struct Watch {
    words: AhoCorasick,
    /// What each word is, by the index of its pattern.
    cues: Vec<Cue>,
}

impl Watch {
    /// Words of the schemes, and labels of fields from their vocabulary.
    pub fn new(schemes: &[LazyScheme], fields: Option<&Vocabulary>) -> Self {
        let mut words: BTreeMap<String, Cue> = BTreeMap::new();
        let terms = fields.map_or(&[][..], Vocabulary::terms).iter();
        for term in terms.filter(|term| term.is_in(LABELS)) {
            words.insert(term.word.to_string(), Cue::Label);
        }
        for scheme in schemes {
            add_scheme(scheme, &mut words);
        }
        let (words, cues): (Vec<String>, Vec<Cue>) = words.into_iter().unzip();
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(words)
            .expect("a few words make a small automaton");
        Self { words, cues }
    }

    /// Every marking that stands in a text, in any form that can hardly be anything else; by place.
    ///
    /// The ending of `name` tells a table, in which a level alone in its cell is a marking.
    pub fn look(&self, text: &str, name: &str, schemes: &[LazyScheme]) -> Vec<Seen> {
        let mut seen: Vec<Seen> = Vec::new();
        let mut from = 0;
        for met in self.words.find_iter(text) {
            if met.start() < from {
                continue;
            }
            let place = Place {
                text,
                name,
                start: met.start(),
                end: met.end(),
            };
            let found = match self.cues.get(met.pattern().as_usize()) {
                Some(Cue::Label) => labelled(place, schemes),
                Some(Cue::Bracket) => in_brackets(place, schemes)
                    .or_else(|| with_controls(place.banner_within(schemes)?, schemes)),
                Some(Cue::Apart) => letters_apart(place, schemes),
                Some(Cue::Level) => with_controls(place, schemes).or_else(|| bare(place, schemes)),
                None => None,
            };
            if let Some(found) = found {
                from = found.span.end as usize;
                seen.push(found);
            }
        }
        seen
    }
}

/// The words of one scheme. Where schemes share a word, each is asked about the place.
fn add_scheme(scheme: &Scheme, words: &mut BTreeMap<String, Cue>) {
    let syntax = scheme.syntax();
    let [open, _] = &syntax.portion;
    let separators = [&syntax.between_categories, &syntax.between_controls];
    let first = separators
        .into_iter()
        .filter_map(|text| text.chars().next());
    let first: Vec<char> = first.collect();
    for (_, level) in scheme.levels() {
        let spellings = [Surface::Banner, Surface::Header];
        let spellings = spellings.into_iter().flat_map(|on| level.spellings.on(on));
        for spelling in spellings {
            words.insert(spelling.to_ascii_uppercase(), Cue::Level);
            if syntax.letter_spaced && !level.ordinary {
                for blanks in [" ", "  "] {
                    words.insert(apart(spelling, blanks), Cue::Apart);
                }
            }
        }
        for short in level.spellings.on(Surface::Portion) {
            for letter in &first {
                let word = format!("{open}{short}{letter}");
                words
                    .entry(word.to_ascii_uppercase())
                    .or_insert(Cue::Bracket);
            }
        }
    }
    let led = format!("{open}{}", syntax.leading);
    words.entry(led).or_insert(Cue::Bracket);
}

/// The letters of a level with blanks between, and so many between its words.
fn apart(spelling: &str, between_words: &str) -> String {
    let spread = |word: &str| {
        let letters: Vec<String> = word.chars().map(String::from).collect();
        letters.join(" ")
    };
    let words: Vec<String> = spelling.split(' ').map(spread).collect();
    words.join(between_words).to_ascii_uppercase()
}
