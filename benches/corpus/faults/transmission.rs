//! The transmission header against itself and against the text.

use super::At::{Here, Line, On};
use super::{Edit, Fault, classified, drop, fault, given, line, line_from, swap};
use caveat::reading::ElementKind;
use std::ops::Range;

pub(super) const FAULTS: &[Fault] = &[
    fault(
        "digit-of-the-serial-changed",
        "telegram/station-serial-differs",
        Line,
        |text| {
            let place = line_from(text, "DE ")?;
            let at = place.start + text.get(place)?.find('#')? + 2;
            other_digit(text, at)
        },
    ),
    fault(
        "digit-of-the-closing-serial-changed",
        "telegram/closing-serial-differs",
        Line,
        |text| {
            line_from(text, "DE ")?;
            let place = line(text, |line| line.len() == 5 && line.starts_with('#'))?;
            other_digit(text, place.start + 3)
        },
    ),
    fault(
        "section-of-the-serial-differs",
        "telegram/section-suffix-differs",
        Line,
        |text| {
            given(
                text.contains(" SECTION 01 OF "),
                swap(text, "DE ", "/01", "/02"),
            )
        },
    ),
    fault(
        "day-of-filing-changed",
        "telegram/filing-time-differs",
        Line,
        |text| {
            let place = line_from(text, "DE ")?;
            other_digit(text, place.end - 6)
        },
    ),
    fault(
        "day-of-the-month-impossible",
        "telegram/dtg-impossible",
        Line,
        |text| {
            let at = clock(text)?.start;
            Some(Edit::new(at..at + 2, "32"))
        },
    ),
    fault("hour-impossible", "telegram/dtg-impossible", Line, |text| {
        let at = clock(text)?.start + 2;
        Some(Edit::new(at..at + 2, "25"))
    }),
    fault(
        "letters-of-warning-lowered",
        "telegram/security-letters-differ",
        Here,
        |text| given(classified(text), letters(text, "ZNR UUUUU")),
    ),
    fault(
        "letters-of-warning-raised",
        "telegram/security-letters-differ",
        Here,
        |text| given(!classified(text), letters(text, "ZNY SSSSS")),
    ),
    fault(
        "warning-contradicts-itself",
        "telegram/security-signal-differs",
        Line,
        |text| swap(text, "ZNY ", "ZNY", "ZNR"),
    ),
    fault(
        "digraph-above-precedence",
        "telegram/digraph-above-precedence",
        Line,
        |text| {
            line_from(text, "VZCZC")?;
            let at = clock(text)?.start;
            let routine = text.get(at - 2..at) == Some("R ") && !text.contains("IMMEDIATE");
            given(routine, swap(text, "RR ", "RR", "OO"))
        },
    ),
    fault(
        "information-before-action",
        "telegram/information-above-action",
        Line,
        |text| {
            let at = clock(text)?.start;
            let lone = text.get(at - 2..at) == Some("R ") && !text.get(..at - 2)?.ends_with(' ');
            let lone = lone && !text.contains("IMMEDIATE");
            given(lone, Some(Edit::new(at..at, "O ")))
        },
    ),
    fault(
        "night-action-for-information",
        "telegram/niact-for-information",
        Line,
        |text| {
            let place = line_from(text, "INFO RUEH")?;
            let words = text.get(place.clone())?;
            let (head, last) = words.rsplit_once(' ')?;
            let numbered = last.bytes().all(|byte| byte.is_ascii_digit());
            let end = if numbered { head.len() } else { words.len() };
            let at = place.start + end;
            Some(Edit::new(at..at, " NIACT IMMEDIATE"))
        },
    ),
    fault(
        "unclassified-gateway",
        "telegram/classified-to-open-gateway",
        Here,
        |text| {
            given(
                classified(text),
                swap(text, "RHMFISS/", "RHMFISS", "RHMFIUU"),
            )
        },
    ),
    fault(
        "indicator-of-eight-letters",
        "telegram/routing-indicator-misspelt",
        Line,
        |text| swap(text, "RHMFI", "RHMFI", "RHMFII"),
    ),
    fault(
        "indicator-of-another-post",
        "telegram/calling-station-of-another-post",
        Line,
        |text| {
            let place = line_from(text, "DE RUEH")?;
            Some(Edit::new(place.start + 3..place.start + 9, "RUEHLN"))
        },
    ),
    fault(
        "nobody-to-act",
        "telegram/action-addressee-missing",
        On(ElementKind::Originator),
        |text| {
            let header = line_from(text, "FM ")?.end;
            let place = line_from(text, "TO ")?;
            // A line of the text may begin with the word.
            let addresses = place.start == header + 1;
            given(addresses, drop(text, |line| line.starts_with("TO ")))
        },
    ),
];

/// The digit at a place becomes the next one.
fn other_digit(text: &str, at: usize) -> Option<Edit> {
    let digit: u8 = text.get(at..=at)?.parse().ok()?;
    Some(Edit::new(at..at + 1, ((digit + 1) % 10).to_string()))
}

/// The clock of the date-time group.
fn clock(text: &str) -> Option<Range<usize>> {
    let is_clock = |word: &str| word.len() == 7 && word.ends_with('Z');
    let place = line(text, |line| {
        line.get(..2).is_some_and(|start| start.ends_with(' ')) && line.split(' ').any(is_clock)
    })?;
    let words = text.get(place.clone())?;
    let word = words.split(' ').find(|word| is_clock(word))?;
    let at = place.start + words.find(word)?;
    Some(at..at + 7)
}

fn letters(text: &str, to: &str) -> Option<Edit> {
    let place = line_from(text, "ZN")?;
    Some(Edit::new(place.start..place.start + 9, to))
}
