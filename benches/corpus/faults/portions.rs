//! Marks and numbers of paragraphs, and the mark of the subject.

use super::At::{Here, Line, On};
use super::{Edit, Fault, classified, fault, given, level, line, number, swap, year};
use caveat::reading::ElementKind;

pub(super) const FAULTS: &[Fault] = &[
    fault(
        "portion-raised",
        "telegram/portion-above-header",
        Here,
        |text| {
            let (_, words) = level(text)?;
            let (own, above) = match words {
                "T O P  S E C R E T" => return None,
                "S E C R E T" | "SECRET" => ("S", "TS"),
                "C O N F I D E N T I A L" | "CONFIDENTIAL" => ("C", "S"),
                _ => ("U", "C"),
            };
            mark(text, own, above)
        },
    ),
    fault(
        "portion-dropped",
        "telegram/portion-unmarked",
        Line,
        |text| given(classified(text), unmark(text)),
    ),
    fault(
        "portion-dropped-of-unclassified",
        "telegram/portions-partly-marked",
        Line,
        |text| given(!classified(text), unmark(text)),
    ),
    fault(
        "portion-of-another-house",
        "telegram/portion-unknown",
        Here,
        |text| mark(text, "U", "R"),
    ),
    fault(
        "portion-of-another-agency",
        "telegram/mark-of-another-agency",
        Here,
        |text| mark(text, "U", "FOUO"),
    ),
    fault(
        "portion-without-bracket",
        "telegram/portion-malformed",
        Line,
        |text| {
            let place = marked(text)?;
            Some(Edit::new(place.start - 1..place.start, ""))
        },
    ),
    fault(
        "portion-with-noforn-alone",
        "telegram/noforn-missing",
        On(ElementKind::Level),
        |text| {
            given(
                !text.contains("NOFORN") && classified(text),
                mark(text, "C", "C/NF"),
            )
        },
    ),
    fault(
        "sensitive-portion-alone",
        "telegram/sensitive-missing",
        On(ElementKind::Level),
        |text| {
            let plain = level(text)?.1.starts_with("UNCLAS") && !text.contains("SENSITIVE");
            given(plain && year(text)? > 1995, mark(text, "U", "SBU"))
        },
    ),
    fault(
        "portion-retired",
        "telegram/mark-of-another-time",
        Here,
        |text| mark(text, "SBU", "LOU"),
    ),
    fault(
        "portion-before-its-time",
        "telegram/mark-of-another-time",
        Here,
        |text| given(year(text)? < 1995, mark(text, "U", "SBU")),
    ),
    fault(
        "entire-text-of-another-level",
        "telegram/entire-text-differs",
        Line,
        |text| {
            let at = text.find("(C - ENTIRE")? + 1;
            Some(Edit::new(at..at + 1, "S"))
        },
    ),
    fault(
        "subject-mark-dropped",
        "telegram/subject-unmarked",
        Line,
        |text| given(classified(text), swap(text, "SUBJECT: (U) ", "(U) ", "")),
    ),
    fault(
        "subject-raised",
        "telegram/subject-above-header",
        Here,
        |text| {
            let stated = level(text)?.1;
            if stated.starts_with('T') {
                return None;
            }
            let above = if stated.starts_with('S') { "TS" } else { "S" };
            swap(text, "SUBJECT: (U) ", "U) ", &format!("{above}) "))
        },
    ),
    fault(
        "subject-mark-behind",
        "telegram/subject-mark-behind",
        Line,
        |text| {
            let place = line(text, |line| line.starts_with("SUBJECT: (U) "))?;
            let words = text.get(place.start + 13..place.end)?;
            let wraps = !text.get(place.end..)?.starts_with("\n\n");
            given(
                !wraps,
                Some(Edit::new(
                    place.start + 9..place.end,
                    format!("{words} (U)"),
                )),
            )
        },
    ),
    fault(
        "number-skipped",
        "telegram/paragraph-sequence",
        Here,
        |text| renumber(text, 3, "4"),
    ),
    fault(
        "number-repeated",
        "telegram/paragraph-sequence",
        Here,
        |text| renumber(text, 3, "2"),
    ),
    fault(
        "first-number-not-one",
        "telegram/paragraph-sequence",
        Here,
        |text| {
            // A single paragraph carries no number that could be wrong.
            let more = text.contains("\n\n2. ") || text.contains("\n\n\u{b6}2. ");
            given(more, renumber(text, 1, "2"))
        },
    ),
    fault(
        "person-to-protect-in-plain-text",
        "telegram/protected-person-in-the-open",
        Line,
        |text| {
            let place = line(text, |line| line.contains("2. (U) "))?;
            let at = place.start + text.get(place)?.find("(U) ")? + 4;
            Some(Edit::new(
                at..at,
                "Minister Rupert (strictly protect) agreed.\n",
            ))
        },
    ),
];

/// The mark of a paragraph after the first that has this one.
fn mark(text: &str, from: &str, to: &str) -> Option<Edit> {
    let inner = format!(". ({from}) ");
    let place = line(text, |line| {
        number(line).is_some_and(|number| number > 1) && line.contains(&inner)
    })?;
    let at = place.start + text.get(place)?.find(&inner)? + 3;
    Some(Edit::new(at..at + from.len(), to))
}

/// The place between the brackets of the second paragraph's mark.
fn marked(text: &str) -> Option<std::ops::Range<usize>> {
    let place = line(text, |line| number(line) == Some(2))?;
    let words = text.get(place.clone())?;
    let start = words.find(". (")? + 3;
    let end = start + words.get(start..)?.find(')')?;
    Some(place.start + start..place.start + end)
}

/// The mark of the second paragraph goes, with its brackets.
fn unmark(text: &str) -> Option<Edit> {
    let place = marked(text)?;
    Some(Edit::new(place.start - 1..place.end + 2, ""))
}

/// Another number for a paragraph.
fn renumber(text: &str, wanted: u32, to: &str) -> Option<Edit> {
    let place = line(text, |line| number(line) == Some(wanted))?;
    let at = place.start
        + text
            .get(place)?
            .find(|letter: char| letter.is_ascii_digit())?;
    Some(Edit::new(at..at + 1, to))
}
