//! `letters`: letters must be among those that may follow the word before them.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;

/// Letters must be among those that may follow the word before them, such as the categories of a section.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Letters {
    /// The letters.
    pub what: Selector,
    /// The words of a vocabulary whose letters they must be; a word without any takes all.
    pub of: Selector,
}

#[derive(Debug)]
struct Following {
    what: Chosen,
    of: Chosen,
    vocabulary: Option<Box<str>>,
}

impl Letters {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Following {
            what: self.what.compile(names),
            of: self.of.compile(names),
            vocabulary: names.vocabulary_of(self.of.kind()).map(Into::into),
        })
    }
}

impl Following {
    /// The letters that a word takes.
    fn taken_by<'a>(&self, word: &Element, draft: &Draft<'a>) -> Option<&'a str> {
        let words = draft.lexicon.get(self.vocabulary.as_deref()?)?;
        words.term(word.term?).letters.as_deref()
    }
}

impl Run for Following {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let mut words = self.of.all(draft).peekable();
        let mut before = None;
        for element in self.what.all(draft) {
            let is_before = |word: &&Element| word.span.start <= element.span.start;
            while let Some(word) = words.next_if(is_before) {
                before = Some(word);
            }
            let Some(word) = before else { continue };
            let Some(letters) = self.taken_by(word, draft) else {
                continue;
            };
            let is_taken = |own: char| {
                letters
                    .chars()
                    .any(|known| known.eq_ignore_ascii_case(&own))
            };
            if !draft.slice(element.span).chars().all(is_taken) {
                let finding = Finding::at(element, draft).beside(word);
                findings.push(finding.expecting(range(letters)));
            }
        }
    }
}

/// Letters as a person reads them: `a to h` where they follow each other.
fn range(letters: &str) -> String {
    let all: Vec<char> = letters.chars().collect();
    let next = |pair: &[char]| matches!(pair, [one, other] if *one as u32 + 1 == *other as u32);
    match all.as_slice() {
        [first, .., last] if all.len() > 2 && all.windows(2).all(next) => {
            format!("{first} to {last}")
        }
        _ => all
            .iter()
            .map(char::to_string)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn letters_that_follow_each_other_are_a_range() {
        assert_eq!(range("abcdefg"), "a to g");
        assert_eq!(range("ace"), "a, c, e");
        assert_eq!(range("ab"), "a, b");
    }
}
