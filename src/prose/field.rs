//! Labelled lines: who classified, from what, until when; the date, the subject, the addressees.

use super::Lexicon;
use crate::marking::{Term, TermId, Vocabulary};
use crate::pack::text::PackText;
use crate::text::Span;

/// Most bytes of a label.
const LONGEST: usize = 40;

/// Most words of a label.
const MOST_WORDS: usize = 4;

/// A label and its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// The term of the label.
    pub(super) term: TermId,
    /// Whether it belongs to the classification authority block.
    pub(super) of_block: bool,
    /// The label and its value.
    pub(super) span: Span,
    /// The value.
    pub(super) value: Span,
    /// Index of the line.
    line: u32,
}

impl Field {
    /// Index of the line.
    pub(super) const fn line(&self) -> usize {
        self.line as usize
    }
}

/// Whether a label is that of the subject, which is a portion.
pub(super) fn is_subject(group: &str) -> bool {
    matches!(group, "subject" | "title")
}

/// The labels that a document may carry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'l> {
    words: Option<&'l Vocabulary>,
}

impl<'l> Fields<'l> {
    /// Those of a lexicon.
    pub(super) fn of(lexicon: &'l Lexicon) -> Self {
        Self {
            words: lexicon.get("field"),
        }
    }

    fn find(self, label: &str) -> Option<(TermId, &'l Term)> {
        let words = self.words?;
        let id = words.find(label.trim_matches(['*', '_', ' ', '\t', '"', '.']))?;
        Some((id, words.term(id)))
    }

    /// The first group of a label's term.
    pub(super) fn group(self, label: TermId) -> &'l str {
        let term = self.words.map(|words| words.term(label));
        let group = term.and_then(|term| term.groups.first());
        group.map_or("", PackText::as_str)
    }

    /// The label with which a text begins: its group, and where its value begins.
    pub(super) fn at_start(self, text: &str) -> Option<(&'l str, usize)> {
        // In reStructuredText and AsciiDoc a colon stands on both sides: `:Date: 14 March 2017`.
        let start = usize::from(text.starts_with(':'));
        let head = text.as_bytes().get(start..)?;
        let head = head.get(..LONGEST).unwrap_or(head);
        let colon = start + memchr::memchr(b':', head)?;
        let mut label = text.get(start..colon)?;
        // The block may be marked itself: `(U) Classified By:`.
        if let Some((mark, rest)) = label
            .strip_prefix('(')
            .and_then(|label| label.split_once(')'))
            && mark.len() <= 8
        {
            label = rest;
        }
        let (_, term) = self.find(label)?;
        let group = term.groups.first()?;
        if group == "figure" {
            return None;
        }
        let after = text
            .get(colon + 1..)?
            .trim_start_matches(['*', '_', ' ', '\t', '\u{a0}']);
        Some((group, text.len() - after.len()))
    }

    /// Where the words of a figure or table begin, after its word, number and stop.
    pub(super) fn figure(self, text: &str) -> Option<usize> {
        let blank = text.find(' ').filter(|&at| at <= 12)?;
        let word = text.get(..blank)?;
        let capital = word.starts_with(|first: char| first.is_ascii_uppercase());
        if !capital || !self.find(word)?.1.is_in("figure") {
            return None;
        }
        let rest = text.get(blank + 1..)?;
        let rest = rest.trim_start();
        if !rest.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let after = rest
            .trim_start_matches(|letter: char| letter.is_ascii_digit() || "-.".contains(letter));
        let stop =
            after.trim_start_matches([':', '.', ' ', '\t', '\u{2013}', '\u{2014}', '-', '*', '_']);
        (stop.len() < after.len()).then_some(text.len() - stop.len())
    }

    /// Every label on a line with its value, which ends where the next begins.
    pub(super) fn read(self, text: &str, line: Span, index: usize, into: &mut Vec<Field>) {
        let words = text.get(line.range()).unwrap_or_default();
        let first = into.len();
        for colon in memchr::memchr_iter(b':', words.as_bytes()) {
            let before = words.get(..colon).unwrap_or_default();
            let Some((start, (id, term))) = self.ending(before) else {
                continue;
            };
            let place = line.start + offset(start);
            if into.len() > first
                && let Some(last) = into.last_mut()
            {
                last.value.end = place.max(last.value.start);
                last.span.end = last.value.end;
            }
            let rest = words.get(colon + 1..).unwrap_or_default();
            let blank = rest.len() - rest.trim_start_matches(['*', '_', ' ', '\t']).len();
            let value = Span::new(line.start + offset(colon + 1 + blank), line.end);
            into.push(Field {
                term: id,
                of_block: term.is_in("authority-block"),
                span: Span::new(place, line.end),
                value,
                line: offset(index),
            });
        }
        for field in into.iter_mut().skip(first) {
            let value = text.get(field.value.range()).unwrap_or_default();
            let end = field.value.start
                + offset(
                    value
                        .trim_end_matches(['*', '_', ' ', '\t', ';', ','])
                        .len(),
                );
            (field.value.end, field.span.end) = (end, end.max(field.span.start));
        }
    }

    /// The longest label with which a text ends, where a sentence or a gap stands before it.
    fn ending(self, before: &str) -> Option<(usize, (TermId, &'l Term))> {
        let mut found = None;
        let starts = before
            .char_indices()
            .rev()
            .take(LONGEST)
            .filter(|(at, letter)| {
                let opens = before.get(..*at).is_some_and(|rest| {
                    rest.is_empty()
                        || rest
                            .ends_with(|last: char| last.is_whitespace() || "*_()".contains(last))
                });
                letter.is_alphanumeric() && opens
            })
            .take(MOST_WORDS);
        for (at, _) in starts {
            let label = before.get(at..)?;
            let rest = before.get(..at)?;
            let ends = rest.trim_end_matches(['*', '_']);
            let apart = ends.trim().is_empty()
                || ends.ends_with("  ")
                || ends.ends_with('\t')
                || ends.trim_end().ends_with(['.', ';', ',', ')', '|']);
            if let Some(term) = self.find(label).filter(|_| apart) {
                found = Some((at, term));
            }
        }
        found
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
