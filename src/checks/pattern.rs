//! Patterns over the words and signs of a short text. They hold no repetition, so none can run away.

use super::Names;
use crate::pack::shared::Name;
use crate::problem::PackProblem;

/// A pattern: each of its parts in turn, up to the end of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern(Box<[Part]>);

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Letters: so many, or any number.
    Letters(Option<usize>),
    /// Capital letters.
    Capitals(Option<usize>),
    /// Small letters.
    Small(Option<usize>),
    /// Digits.
    Digits(Option<usize>),
    /// Letters, digits and signs up to a blank.
    Word,
    /// One character that is no letter, digit or blank.
    Sign,
    /// One or more blanks.
    Space,
    /// These very characters.
    Text(Box<str>),
    /// Whatever is left.
    Rest,
}

/// How parts are written.
const PARTS: &str =
    "letters, letters:3, capitals, small, digits, digits:4, word, sign, space, rest, text:…";

impl Pattern {
    /// Reads the parts of a pattern; what is wrong with them lies in `names`.
    pub fn compile(parts: &[Name], names: &mut Names<'_>) -> Self {
        let mut compiled = Vec::new();
        for part in parts {
            if let Some(part) = read(part.text()) {
                compiled.push(part);
            } else {
                let message = format!("`{}` is no part of a pattern", part.text());
                let known = [
                    "letters", "capitals", "small", "digits", "word", "sign", "space", "rest",
                    "text",
                ];
                let problem = PackProblem::new(names.file(), part.place(), message)
                    .label("unknown part")
                    .help(format!("parts are {PARTS}"));
                names.push(problem.nearest(part.text(), known));
            }
        }
        Self(compiled.into())
    }

    /// Whether it fits the whole of a text.
    pub fn fits(&self, text: &str) -> bool {
        let mut rest = text;
        for part in &self.0 {
            let Some(after) = part.strip(rest) else {
                return false;
            };
            rest = after;
        }
        rest.is_empty()
    }
}

fn read(written: &str) -> Option<Part> {
    let (name, value) = match written.split_once(':') {
        Some((name, value)) => (name, Some(value)),
        None => (written, None),
    };
    let count = || value.map(str::parse::<usize>).transpose().ok();
    Some(match (name, value) {
        ("letters", _) => Part::Letters(count()?),
        ("capitals", _) => Part::Capitals(count()?),
        ("small", _) => Part::Small(count()?),
        ("digits", _) => Part::Digits(count()?),
        ("word", None) => Part::Word,
        ("sign", None) => Part::Sign,
        ("space", None) => Part::Space,
        ("rest", None) => Part::Rest,
        ("text", Some(text)) if !text.is_empty() => Part::Text(text.into()),
        _ => return None,
    })
}

impl Part {
    /// What is left of a text that begins with the part.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Letters(count) => strip_run(text, *count, char::is_alphabetic),
            Self::Capitals(count) => strip_run(text, *count, char::is_uppercase),
            Self::Small(count) => strip_run(text, *count, char::is_lowercase),
            Self::Digits(count) => strip_run(text, *count, |own| own.is_ascii_digit()),
            Self::Word => strip_run(text, None, |own| !own.is_whitespace()),
            Self::Sign => {
                text.strip_prefix(|own: char| !own.is_alphanumeric() && !own.is_whitespace())
            }
            Self::Space => strip_run(text, None, char::is_whitespace),
            Self::Text(own) => text.strip_prefix(&**own),
            Self::Rest => Some(""),
        }
    }
}

fn strip_run(text: &str, count: Option<usize>, is: impl Fn(char) -> bool) -> Option<&str> {
    let rest = text.trim_start_matches(is);
    let length = text.len() - rest.len();
    let run = text.get(..length)?;
    let fits = count.map_or(length > 0, |count| run.chars().count() == count);
    fits.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::{Pattern, read};

    fn fits(parts: &[&str], text: &str) -> bool {
        Pattern(parts.iter().map(|part| read(part).unwrap()).collect()).fits(text)
    }

    #[test]
    fn a_pattern_fits_the_whole_text_or_not_at_all() {
        assert!(fits(&["letters:4"], "HARB") && !fits(&["letters:4"], "HARBOR"));
        assert!(fits(&["digits:2", "text:/", "digits:4"], "12/2019"));
        assert!(!fits(&["digits:2", "text:/"], "12/2019"));
        assert!(fits(&["digits", "sign", "digits"], "12-2019"));
        assert!(!fits(&["digits", "sign", "digits"], "12 2019"));
        assert!(fits(
            &["capitals", "space", "word", "rest"],
            "ON a-1 and more"
        ));
        assert!(fits(&["small"], "harb") && !fits(&["small"], "Harb"));
        assert!(!fits(&["capitals"], "") && !fits(&["digits"], "\u{e9}"));
    }

    #[test]
    fn parts_that_mean_nothing_are_none() {
        assert!(read("letter").is_none() && read("digits:x").is_none() && read("text:").is_none());
    }
}
