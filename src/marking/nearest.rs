//! The word that somebody meant, where it is misspelt.

use super::scheme::Scheme;
use super::surface::Surface;
use super::words::Word;

/// A word near to one that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near<'s> {
    /// What it stands for.
    pub word: Word,
    /// The spelling that it is like.
    pub like: &'s str,
    /// How the word is written on the surface.
    pub spelling: &'s str,
    /// How many letters are wrong, missing, too many or swapped.
    pub distance: usize,
}

/// How many letters of a word may be wrong: none of two letters, one in three of a long word.
fn allowed(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}

impl Scheme {
    /// The level or control nearest to a misspelt word; `None` where none is near, or two are as near.
    pub fn near(&self, text: &str, surface: Surface) -> Option<Near<'_>> {
        let wanted = text.to_uppercase();
        let length = wanted.chars().count();
        let most = allowed(length);
        let mut best: Option<Near<'_>> = None;
        let mut tied = false;
        for (word, _, spelling) in self.words_on(surface).iter() {
            if !matches!(word, Word::Level(_) | Word::Control(_)) {
                continue;
            }
            // A difference in length alone may rule a word out, and costs nothing.
            if spelling.len().abs_diff(wanted.len()) > most {
                continue;
            }
            let distance = strsim::damerau_levenshtein(&wanted, &spelling.to_uppercase());
            if distance > most || allowed(spelling.chars().count()) < distance {
                continue;
            }
            let closer = best.is_none_or(|best| distance < best.distance);
            if closer {
                tied = false;
                best = Some(Near {
                    word,
                    like: spelling,
                    spelling: self.spelling(word, surface).unwrap_or(spelling),
                    distance,
                });
            } else if let Some(best) = best
                && distance == best.distance
                && word != best.word
            {
                tied = true;
            }
        }
        best.filter(|_| !tied)
    }
}
