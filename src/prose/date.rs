//! The day of a document: a labelled line, or a date alone on a line of its first page.

use super::field::Fields;
use super::lead::lead;
use crate::document::Line;
use crate::reading::moment::{month, written_date};
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use jiff::civil::Date;
use std::ops::Range;

/// Lines within which the date stands.
const WINDOW: usize = 60;

/// Lines within which a date alone on its line is that of the document.
const ALONE_WINDOW: usize = 25;

/// Most bytes of a line that ends in the date of the document.
const LONGEST_LINE: usize = 60;

/// What may stand around a word of a sentence.
const STOPS: [char; 7] = [';', ',', '.', ':', '(', ')', '"'];

/// The day of a document, added as an element.
pub(super) fn of_document(
    text: &str,
    lines: &[Line],
    fields: Fields<'_>,
    into: &mut Vec<Element>,
) -> Option<Date> {
    let mut alone = None;
    for (index, line) in lines.iter().take(WINDOW).enumerate() {
        let words = text.get(line.span.range()).unwrap_or_default();
        let rest = lead(words).rest;
        let value = match fields.at_start(words.get(rest..).unwrap_or_default()) {
            Some(("date", start)) => rest + start,
            None if index < ALONE_WINDOW && alone.is_none() => {
                alone = at_end(words).map(|(start, day)| {
                    let start = line.span.start + offset(start);
                    (Span::new(start, line.span.end), day)
                });
                continue;
            }
            _ => continue,
        };
        let place = Span::new(line.span.start + offset(value), line.span.end);
        if let Some(day) = within(text.get(place.range()).unwrap_or_default()) {
            into.push(Element::new(ElementKind::DocumentDate, place).with(Value::Day(day)));
            return Some(day);
        }
    }
    let (span, day) = alone?;
    into.push(Element::new(ElementKind::DocumentDate, span).with(Value::Day(day)));
    Some(day)
}

/// The date with which a short line ends, and where it begins: alone, or behind a place or a name. A
/// sentence has a stop, and a mark or a label makes it something else.
fn at_end(line: &str) -> Option<(usize, Date)> {
    if line.len() > LONGEST_LINE || line.contains([':', '(', '|']) || line.ends_with('.') {
        return None;
    }
    let starts = line.char_indices().filter(|(at, letter)| {
        let before = line.get(..*at).unwrap_or_default();
        !letter.is_whitespace() && (before.is_empty() || before.ends_with([' ', '\t']))
    });
    let mut starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    starts.reverse();
    starts.truncate(3);
    starts.into_iter().rev().find_map(|at| {
        let before = line.get(..at)?.trim_end();
        let apart = before.is_empty() || before.ends_with(',') || line.get(..at)?.ends_with("  ");
        whole(line.get(at..)?)
            .filter(|_| apart)
            .map(|day| (at, day))
    })
}

/// The first date in a text.
pub(super) fn within(text: &str) -> Option<Date> {
    let starts = text.char_indices().filter(|(at, letter)| {
        let before = text
            .get(..*at)
            .and_then(|before| before.chars().next_back());
        !letter.is_whitespace() && before.is_none_or(char::is_whitespace)
    });
    starts.map(|(at, _)| at).take(8).find_map(|at| {
        let rest = text.get(at..)?;
        let mut words = rest.match_indices(char::is_whitespace).map(|(end, _)| end);
        let first = words.next().unwrap_or(rest.len());
        let third = words.nth(1).unwrap_or(rest.len());
        whole(rest.get(..first)?).or_else(|| whole(rest.get(..third)?))
    })
}

/// The first date anywhere in a statement, and its bytes: `; 14 March 2017.`
pub(super) fn of_statement(text: &str) -> Option<(Date, Range<usize>)> {
    let words: Vec<Range<usize>> = words(text).collect();
    words.iter().enumerate().find_map(|(first, word)| {
        [first, first + 2].into_iter().find_map(|last| {
            let at = word.start..words.get(last)?.end;
            Some((whole(text.get(at.clone())?)?, at))
        })
    })
}

/// The bytes of each word of a text, without the stops around it.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    text.split(char::is_whitespace).filter_map(move |word| {
        let start = end + word.len() - word.trim_start_matches(STOPS).len();
        let kept = word.trim_matches(STOPS).len();
        // One blank may be several bytes: the next word begins behind it.
        let behind = text.get(end + word.len()..)?;
        let blank = behind.chars().next().map_or(0, char::len_utf8);
        end += word.len() + blank;
        Some(start..start + kept).filter(|at| !at.is_empty())
    })
}

/// The date that is the whole of a text, the month before the day too: `December 31, 2016`.
pub(super) fn whole(text: &str) -> Option<Date> {
    let text = text
        .trim()
        .trim_matches(['*', '_', ',', '.', '"', '(', ')']);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if !(5..=8).contains(&digits) {
        return None;
    }
    if let Some(found) = written_date(text, None) {
        return found;
    }
    let mut words = text.split_whitespace();
    let (name, day, year) = (words.next()?, words.next()?, words.next()?);
    let month = month(name).filter(|_| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'.')
    })?;
    let day = day.trim_end_matches([',', '.']).parse().ok()?;
    let year = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
    if words.next().is_some() {
        return None;
    }
    Date::new(year, month, day).ok()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{at_end, of_statement, whole, within};
    use jiff::civil::date;

    #[test]
    fn the_day_of_a_letter_is_read_in_the_usual_forms() {
        let wanted = Some(date(2016, 12, 31));
        for text in [
            "31 December 2016",
            "December 31, 2016",
            "20161231",
            "2016-12-31",
            "31 Dec 2016",
        ] {
            assert_eq!(whole(text), wanted, "{text}");
        }
        assert_eq!(within("Saturday, December 31, 2016 4:05 PM"), wanted);
        assert_eq!(within("Sat, 31 Dec 2016 16:05:00 +0000"), wanted);
        assert_eq!(within("to be fixed"), None);
        assert_eq!(whole("Section 31, 2016"), None);
    }

    #[test]
    fn a_short_line_may_end_in_the_date_of_the_document() {
        let wanted = date(2016, 12, 31);
        assert_eq!(at_end("31 December 2016"), Some((0, wanted)));
        assert_eq!(at_end("Zenda, 31 December 2016"), Some((7, wanted)));
        assert_eq!(
            at_end("Office of Mills    December 31, 2016"),
            Some((19, wanted))
        );
        for text in [
            "The meeting of 31 December 2016",
            "It rained, 31 December 2016.",
            "(U) Rain, 31 December 2016",
            "Source: Guide 7, 31 December 2016",
        ] {
            assert_eq!(at_end(text), None, "{text}");
        }
    }

    #[test]
    fn the_day_of_a_statement_is_found_behind_any_stop() {
        let found = |text: &'static str| {
            let (day, at) = of_statement(text)?;
            Some((day, text.get(at)?))
        };
        let fourteenth = date(2017, 3, 14);
        for (text, written) in [
            (
                "to them only; critical technology; 14 March 2017. Others",
                "14 March 2017",
            ),
            ("only (March 14, 2017).", "March 14, 2017"),
            ("only;\u{2003}x (14 Mar 2017)", "14 Mar 2017"),
        ] {
            assert_eq!(found(text), Some((fourteenth, written)), "{text}");
        }
        assert_eq!(found("only; critical technology. Other 12 requests"), None);
    }
}
