//! The level and the reference line.

use super::At::{Here, Line, On};
use super::{Edit, Fault, classified, fault, given, level, line, reference, year};
use caveat::reading::ElementKind;

pub(super) const FAULTS: &[Fault] = &[
    fault("level-dropped", "telegram/level-missing", Line, |text| {
        let (place, _) = level(text)?;
        Some(Edit::new(place.start..place.end + 1, ""))
    }),
    fault(
        "level-of-another-house",
        "telegram/level-unknown",
        Here,
        |text| {
            let (place, _) = level(text)?;
            Some(Edit::new(place, "RESTRICTED"))
        },
    ),
    fault("level-misspelt", "telegram/level-misspelt", Here, |text| {
        let (place, words) = level(text)?;
        let at = words.find("I A L")?;
        Some(Edit::new(place.start + at..place.start + at + 2, ""))
    }),
    fault(
        "level-raised",
        "telegram/header-above-portions",
        On(ElementKind::Level),
        |text| become_level(text, "C O N", "S E C R E T"),
    ),
    fault(
        "level-lowered",
        "telegram/portion-above-header",
        On(ElementKind::Portion),
        |text| become_level(text, "S E C", "C O N F I D E N T I A L"),
    ),
    fault(
        "level-lowered-to-none",
        "telegram/portion-above-header",
        On(ElementKind::Portion),
        |text| become_level(text, "C O N", "UNCLAS"),
    ),
    fault("level-retired", "telegram/level-retired", Here, |text| {
        given(
            year(text)? > 1995,
            become_level(text, "UNCLAS", "LIMITED OFFICIAL USE"),
        )
    }),
    fault(
        "encryption-mark-on-classified",
        "telegram/efto-on-classified",
        Line,
        |text| {
            let (place, _) = level(text)?;
            given(
                classified(text),
                Some(Edit::new(place.end..place.end, " E F T O")),
            )
        },
    ),
    fault("serial-dropped", "telegram/serial-missing", Line, |text| {
        let place = reference(text)?;
        let at = place.start + text.get(place.clone())?.rfind(' ')?;
        Some(Edit::new(at..place.end, ""))
    }),
    fault(
        "station-of-another-post",
        "telegram/station-differs",
        Here,
        |text| {
            let place = reference(text)?;
            let words = text.get(place.clone())?;
            let at = words.rfind("ZENDA")?;
            text.find("\nFM ")?;
            Some(Edit::new(place.start + at..place.start + at + 5, "HENTZAU"))
        },
    ),
    fault(
        "section-number-beyond-total",
        "telegram/sections-out-of-sequence",
        Line,
        |text| later_section(text, "SECTION 02", "SECTION 03"),
    ),
    fault(
        "section-of-a-lower-level",
        "telegram/section-level-differs",
        Line,
        |text| later_section(text, "S E C R E T", "C O N F I D E N T I A L"),
    ),
    fault(
        "closing-level-differs",
        "telegram/level-repeated-otherwise",
        Here,
        |text| {
            text.find("\nPAGE 01")?;
            let at = text.rfind("\nCONFIDENTIAL\n")? + 1;
            Some(Edit::new(at..at + 12, "SECRET"))
        },
    ),
    fault(
        "year-of-the-number-differs",
        "telegram/number-of-another-year",
        Line,
        |text| {
            let place = line(text, |line| line.starts_with("MRN: "))?.start + 5;
            let year: u32 = text.get(place..place + 2)?.parse().ok()?;
            Some(Edit::new(place..place + 2, format!("{:02}", year - 1)))
        },
    ),
];

/// A level that begins so becomes another.
fn become_level(text: &str, from: &str, to: &str) -> Option<Edit> {
    let (place, words) = level(text)?;
    given(words.starts_with(from), Some(Edit::new(place, to)))
}

/// A change on the reference line of the second section.
fn later_section(text: &str, from: &str, to: &str) -> Option<Edit> {
    let place = line(text, |line| line.contains(" SECTION 02 OF "))?;
    let at = place.start + text.get(place)?.find(from)?;
    Some(Edit::new(at..at + from.len(), to))
}
