//! The lines of a draft that a finding is about, cut to the width of the terminal.
//!
//! miette's own source scans the text from its start for each snippet and prints lines whole: an
//! excerpt holds only the lines that are needed, found by the line index, with harmless characters.

use super::{Place, one_line, shown};
use crate::diagnostic::Diagnostic;
use crate::text::{Source, Span};
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

/// Lines before and after a place that are shown with it.
pub(super) const CONTEXT: usize = 1;

/// Lines of a long place that are shown.
const TALLEST: usize = 4;

/// How lines are cut that are too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Most characters of a line.
    pub width: usize,
    /// Stands where a line is cut.
    pub mark: char,
}

/// The lines that a finding is about, with its places in them.
#[derive(Clone, Serialize, Deserialize)]
pub struct Quotation {
    pub(super) excerpt: Excerpt,
    /// What stands at the place, in a few words.
    pub(super) label: String,
    /// The place, as bytes of the excerpt.
    pub(super) primary: Range<usize>,
    /// The other places, in the order of the finding.
    pub(super) related: Vec<Range<usize>>,
}

impl Quotation {
    /// The lines around the places of a finding.
    pub(super) fn new(place: &Place<'_>, found: &Diagnostic, cut: Cut) -> Self {
        let mut places: Vec<Span> = vec![found.primary];
        places.extend(found.related.iter().map(|label| label.span));
        let path = place.path.to_string_lossy();
        let excerpt = Excerpt::new(&path, place.source, &places, cut);
        let mut ranges = places.iter().map(|&span| excerpt.place(place.source, span));
        Self {
            label: found.label.clone(),
            primary: ranges.next().unwrap_or_default(),
            related: ranges.collect(),
            excerpt,
        }
    }
}

// A quotation is text of a draft: `Debug` shows none of it.
impl std::fmt::Debug for Quotation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Quotation")
            .field("lines", &self.excerpt.lines.len())
            .finish_non_exhaustive()
    }
}

/// A line of the excerpt.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct ExcerptLine {
    /// The line of the draft, from 0.
    number: usize,
    /// First byte in the excerpt.
    start: usize,
    /// Bytes of the draft that are shown.
    #[serde(skip)]
    window: Span,
    /// Characters of the line that are left out in front.
    before: usize,
}

/// Lines of a draft around the places of one finding.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    lines: Vec<ExcerptLine>,
    cut: Cut,
}

impl Excerpt {
    /// The lines around the places, the first of which is the one the finding is about.
    pub(super) fn new(name: &str, source: &Source, places: &[Span], cut: Cut) -> Self {
        let index = source.line_index();
        let mut wanted = BTreeSet::new();
        for &place in places {
            let first = index.line_of(place.start);
            let last = index.line_of(visible(source, place).end);
            // The nothing after the last line end is no line to anybody.
            let text = source.text();
            let ended = index
                .line_span(index.len().saturating_sub(1), text)
                .is_empty();
            let end = index.len().saturating_sub(1 + usize::from(ended));
            let last = (last + CONTEXT).min(end).max(last);
            wanted.extend(first.saturating_sub(CONTEXT)..=last);
        }
        let mut excerpt = Self {
            name: one_line(name).into_owned(),
            text: String::new(),
            lines: Vec::new(),
            cut,
        };
        for number in wanted {
            excerpt.add(source, number, places);
        }
        excerpt
    }

    fn add(&mut self, source: &Source, number: usize, places: &[Span]) {
        let Cut { width, mark } = self.cut;
        let whole = line_without_end(source, number);
        let text = source.slice(whole);
        let line = if text.len() <= width || text.chars().count() <= width {
            ExcerptLine {
                number,
                start: self.text.len(),
                window: whole,
                before: 0,
            }
        } else {
            let mut starts = places.iter().map(|place| place.start);
            let about = starts.find(|&start| whole.start <= start && start <= whole.end);
            let about = about.unwrap_or(whole.start) - whole.start;
            let ahead = text
                .get(..about as usize)
                .map_or(0, |part| part.chars().count());
            let before = ahead.saturating_sub(width / 3);
            let offset = |letters: usize| {
                let found = text.char_indices().nth(letters);
                let offset = found.map_or(text.len(), |(offset, _)| offset);
                whole.start + u32::try_from(offset).unwrap_or(0)
            };
            ExcerptLine {
                number,
                start: self.text.len(),
                window: Span::new(offset(before), offset(before + width)),
                before,
            }
        };
        if line.before > 0 {
            self.text.push(mark);
        }
        self.text
            .extend(source.slice(line.window).chars().map(shown));
        if line.window.end < whole.end {
            self.text.push(mark);
        }
        self.text.push('\n');
        self.lines.push(line);
    }

    /// The bytes of the excerpt that show a place of the draft.
    pub(super) fn place(&self, source: &Source, place: Span) -> Range<usize> {
        let place = visible(source, place);
        let start = self.offset(source, place.start);
        let end = if place.is_empty() {
            start
        } else {
            self.offset(source, place.end).max(start)
        };
        start..end
    }

    fn offset(&self, source: &Source, offset: u32) -> usize {
        let number = source.line_index().line_of(offset);
        let line = match self.lines.binary_search_by_key(&number, |line| line.number) {
            Ok(found) => self.lines.get(found),
            Err(_) => None,
        };
        let Some(line) = line else { return 0 };
        let end = offset.clamp(line.window.start, line.window.end);
        let ahead = source.slice(Span::new(line.window.start, end));
        let cut = if line.before > 0 {
            self.cut.mark.len_utf8()
        } else {
            0
        };
        let letters = ahead.chars().map(|letter| shown(letter).len_utf8());
        line.start + cut + letters.sum::<usize>()
    }

    /// Each line with its number, from 1, and its first byte; and whether it follows on the one before it.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, usize, &str, bool)> {
        self.lines.iter().enumerate().map(|(index, line)| {
            let next = self.lines.get(index + 1);
            let end = next.map_or(self.text.len(), |next| next.start);
            let text = self.text.get(line.start..end).unwrap_or_default();
            let follows = index == 0 || self.follows(index);
            (
                line.number + 1,
                line.start,
                text.trim_end_matches('\n'),
                follows,
            )
        })
    }

    /// The line of the excerpt that holds a byte of it.
    fn line_at(&self, offset: usize) -> usize {
        let after = self.lines.partition_point(|line| line.start <= offset);
        after.saturating_sub(1)
    }

    /// Whether the line follows in the draft on the one before it.
    fn follows(&self, line: usize) -> bool {
        let pair = line
            .checked_sub(1)
            .and_then(|before| self.lines.get(before..=line));
        matches!(pair, Some([before, line]) if before.number + 1 == line.number)
    }
}

/// A place as far as it is shown: its first lines, without the last line end.
fn visible(source: &Source, place: Span) -> Span {
    let index = source.line_index();
    let first = index.line_of(place.start);
    let last = index.line_of(place.end.saturating_sub(u32::from(!place.is_empty())));
    if last >= first + TALLEST {
        let end = line_without_end(source, first + TALLEST - 1).end;
        return Span::new(place.start, end);
    }
    let end = place.end.min(line_without_end(source, last).end);
    Span::new(place.start, end.max(place.start))
}

fn line_without_end(source: &Source, number: usize) -> Span {
    let line = source.line_index().line_span(number, source.text());
    let text = source.slice(line).trim_end_matches(['\n', '\r']);
    Span::new(
        line.start,
        line.start + u32::try_from(text.len()).unwrap_or(0),
    )
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (mut first, mut last) = (
            self.line_at(span.offset()),
            self.line_at(span.offset() + span.len().saturating_sub(1)),
        );
        if !(first + 1..=last).all(|line| self.follows(line)) {
            return Err(MietteError::OutOfBounds);
        }
        let about = self.lines.get(first).ok_or(MietteError::OutOfBounds)?;
        let column = if before == 0 {
            let ahead = self
                .text
                .get(about.start..span.offset())
                .unwrap_or_default();
            let cut = usize::from(about.before > 0);
            about.before + ahead.chars().count().saturating_sub(cut)
        } else {
            0
        };
        for _ in 0..before {
            first -= usize::from(self.follows(first));
        }
        for _ in 0..after {
            last += usize::from(self.follows(last + 1));
        }
        let start = self.lines.get(first).ok_or(MietteError::OutOfBounds)?;
        let end = self
            .lines
            .get(last + 1)
            .map_or(self.text.len(), |line| line.start);
        let data = self.text.get(start.start..end).unwrap_or_default();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            data.as_bytes(),
            (start.start, data.len()).into(),
            start.number,
            column,
            last - first + 1,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cut, Excerpt};
    use crate::text::{Source, Span};
    use miette::SourceCode as _;

    const fn cut(width: usize) -> Cut {
        Cut { width, mark: '~' }
    }

    fn shown(source: &Source, place: Span, width: usize) -> (String, String) {
        let excerpt = Excerpt::new("draft", source, &[place], cut(width));
        let range = excerpt.place(source, place);
        let marked = excerpt.text.get(range).unwrap().to_owned();
        (excerpt.text, marked)
    }

    #[test]
    fn an_excerpt_holds_the_lines_around_the_place() {
        let source = Source::from_text("draft", "one\r\ntwo\r\nthree\r\nfour\r\n");
        let (text, marked) = shown(&source, Span::new(5, 8), 80);
        assert_eq!(
            (text.as_str(), marked.as_str()),
            ("one\ntwo\nthree\n", "two")
        );
    }

    #[test]
    fn a_long_line_is_cut_to_a_window_and_its_column_stays_true() {
        let long = format!("{}MARK{}", "\u{e9}x".repeat(500), "y".repeat(5000));
        let source = Source::from_text("draft", long);
        let place = Span::new(1500, 1504);
        let (text, marked) = shown(&source, place, 60);
        assert_eq!(marked, "MARK");
        assert_eq!(text.chars().count(), 63);
        let excerpt = Excerpt::new("draft", &source, &[place], cut(60));
        let range = excerpt.place(&source, place);
        let contents = excerpt
            .read_span(&(range.start, range.len()).into(), 0, 0)
            .unwrap();
        assert_eq!((contents.line(), contents.column()), (0, 1000));
    }

    #[test]
    fn a_tall_place_is_shown_by_its_first_lines_and_controls_are_pictures() {
        let source = Source::from_text("draft", "a\u{1b}\n".repeat(50));
        let (text, marked) = shown(&source, Span::new(0, 150), 80);
        assert_eq!(text.lines().count(), 5);
        assert_eq!(marked.lines().count(), 4);
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn places_far_apart_are_read_apart() {
        let source = Source::from_text("draft", "line\n".repeat(50));
        let places = [Span::new(0, 4), Span::new(200, 204)];
        let excerpt = Excerpt::new("draft", &source, &places, cut(80));
        let (one, two) = (
            excerpt.place(&source, Span::new(0, 4)),
            excerpt.place(&source, Span::new(200, 204)),
        );
        assert!(
            excerpt
                .read_span(&(one.start, two.end).into(), 1, 1)
                .is_err()
        );
        let contents = excerpt
            .read_span(&(two.start, two.len()).into(), 1, 1)
            .unwrap();
        assert_eq!((contents.line(), contents.line_count()), (39, 3));
    }

    #[test]
    fn an_empty_draft_has_an_excerpt() {
        let source = Source::from_text("draft", "");
        assert_eq!(
            shown(&source, Span::at(0), 80),
            ("\n".to_owned(), String::new())
        );
    }
}
