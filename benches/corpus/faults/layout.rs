//! Tags, subject, references and the order of the text.

use super::At::{Here, Line, On, OnEither};
use super::{Edit, Fault, classified, drop, fault, given, line, line_from, reference, swap, year};
use caveat::reading::ElementKind;

pub(super) const FAULTS: &[Fault] = &[
    fault(
        "tags-dropped",
        "telegram/tags-missing",
        OnEither(ElementKind::OrderLine, ElementKind::Subject),
        |text| drop(text, |line| line.starts_with("TAGS: ")),
    ),
    fault(
        "tags-without-subject",
        "telegram/subject-tag-missing",
        Line,
        |text| tags(text, |_| Some("KPAO, XG".to_owned())),
    ),
    fault("tag-misspelt", "telegram/tag-unknown", Line, |text| {
        tags(text, |tags| {
            Some(format!("{}QQ{}", tags.get(..2)?, tags.get(4..)?))
        })
    }),
    fault("tag-twice", "telegram/tag-repeated", Line, |text| {
        tags(text, |tags| Some(format!("{tags}, {}", tags.get(..4)?)))
    }),
    fault(
        "caption-among-tags",
        "telegram/caption-among-tags",
        Line,
        |text| tags(text, |tags| Some(format!("{tags}, SIPDIS"))),
    ),
    fault(
        "tags-in-small-letters",
        "telegram/tags-irregular",
        Line,
        |text| tags(text, |tags| Some(tags.to_ascii_lowercase())),
    ),
    fault(
        "label-of-tags-misspelt",
        "telegram/tags-irregular",
        Here,
        |text| swap(text, "TAGS: ", "TAGS", "TABS"),
    ),
    fault(
        "subject-dropped",
        "telegram/subject-missing",
        On(ElementKind::TagsLine),
        |text| {
            let start = line_from(text, "SUBJECT: ")?.start;
            let length = text.get(start..)?.find("\n\n")? + 1;
            Some(Edit::new(start..start + length, ""))
        },
    ),
    fault(
        "reference-to-itself",
        "telegram/reference-to-itself",
        Line,
        |text| {
            let place = reference(text)?;
            let words = text.get(place)?;
            let (rest, serial) = words.rsplit_once(' ')?;
            let (_, station) = rest.rsplit_once(' ')?;
            referring(
                text,
                &format!("{station} {}", serial.trim_start_matches('0')),
            )
        },
    ),
    fault(
        "reference-to-the-future",
        "telegram/reference-to-the-future",
        Line,
        |text| {
            let next = (year(text)? + 2) % 100;
            referring(text, &format!("{next:02} HENTZAU 12"))
        },
    ),
    fault(
        "reference-of-a-closer-circle",
        "telegram/reference-restricted",
        Line,
        |text| given(!classified(text), referring(text, "GRAUSTARK 12 (EXDIS)")),
    ),
    fault(
        "summary-without-end",
        "telegram/heading-unpaired",
        On(ElementKind::Heading),
        |text| {
            let at = text.find("SUMMARY:")?;
            let closes = |end: &str| {
                end.split_whitespace()
                    .nth(1)
                    .is_some_and(|word| word.starts_with("SUMMARY"))
            };
            let mut ends = text.match_indices("END").map(|(end, _)| end);
            let end = ends.find(|&end| end > at && text.get(end..).is_some_and(closes))?;
            let stop = end + text.get(end..)?.find('.')?;
            Some(Edit::new(end..stop + 1, ""))
        },
    ),
    fault(
        "comment-without-begin",
        "telegram/heading-unpaired",
        On(ElementKind::Heading),
        |text| {
            let at = text.find("COMMENT: ")?;
            text.find("END COMMENT")?;
            Some(Edit::new(at..at + 9, ""))
        },
    ),
    fault(
        "pointer-to-no-paragraph",
        "telegram/action-nowhere",
        Line,
        |text| {
            let at = text.find("see paragraph ")? + 14;
            Some(Edit::new(at..at + 1, "9"))
        },
    ),
    fault(
        "attention-of-nobody",
        "telegram/attention-not-addressed",
        Line,
        |text| {
            let place = line(text, |line| line.starts_with("DEPT FOR "))?;
            given(
                !text.contains("/AMEMBASSY HENTZAU") && !text.contains("COLLECTIVE"),
                Some(Edit::new(place.start..place.start + 4, "HENTZAU")),
            )
        },
    ),
];

/// The tags become what is made of them.
fn tags(text: &str, make: impl Fn(&str) -> Option<String>) -> Option<Edit> {
    let place = line_from(text, "TAGS: ")?;
    let start = place.start + 6;
    Some(Edit::new(
        start..place.end,
        make(text.get(start..place.end)?)?,
    ))
}

/// The only reference becomes another.
fn referring(text: &str, to: &str) -> Option<Edit> {
    let place = line_from(text, "REF: ")?;
    let single = !text.get(place.clone())?.contains("A. ");
    given(single, Some(Edit::new(place.start + 5..place.end, to)))
}
