//! The level and the reference line.

use super::At::{Here, Line, On};
use super::{
    Edit, Fault, classified, fault, given, is_serial, level, line, line_from, marked_classified,
    reference, year,
};
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
        |text| given(sent_from_its_station(text), another_house(text)),
    ),
    // Without an originator that says where the station begins, the words in place of a level may be its own.
    fault(
        "level-of-another-house-before-an-unknown-station",
        "telegram/level-missing",
        Line,
        |text| given(!sent_from_its_station(text), another_house(text)),
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
        |text| given(marked_classified(text), raised(text)),
    ),
    fault(
        "level-raised-within-pages",
        "telegram/level-repeated-otherwise",
        On(ElementKind::OpeningLevel),
        |text| given(text.contains("\nPAGE 01"), raised(text)),
    ),
    fault(
        "level-raised-against-the-letters",
        "telegram/security-letters-differ",
        On(ElementKind::SecurityLetters),
        |text| {
            given(
                !marked_classified(text) && text.contains("\nZNY "),
                raised(text),
            )
        },
    ),
    fault(
        "level-raised-above-the-entire-text",
        "telegram/entire-text-differs",
        On(ElementKind::EntireText),
        |text| {
            let alone = !text.contains("\nZNY ") && !text.contains("\nPAGE 01");
            given(alone && text.contains("ENTIRE TEXT"), raised(text))
        },
    ),
    fault(
        "level-raised-over-a-compilation",
        "telegram/header-above-portions",
        On(ElementKind::Level),
        |text| {
            let named = text.contains("Classified By:") && !marked_classified(text);
            let silent = !text.contains("\nZNY ") && !text.contains("ENTIRE TEXT");
            given(named && silent, raised(text))
        },
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
        |text| given(marked_classified(text), opened(text)),
    ),
    fault(
        "level-lowered-within-pages",
        "telegram/level-repeated-otherwise",
        On(ElementKind::OpeningLevel),
        |text| given(text.contains("\nPAGE 01"), opened(text)),
    ),
    fault(
        "level-lowered-against-the-letters",
        "telegram/security-letters-differ",
        On(ElementKind::SecurityLetters),
        |text| {
            given(
                !marked_classified(text) && text.contains("\nZNY "),
                opened(text),
            )
        },
    ),
    fault(
        "level-lowered-beneath-the-entire-text",
        "telegram/entire-text-differs",
        On(ElementKind::EntireText),
        |text| {
            let alone = !text.contains("\nZNY ") && !text.contains("\nPAGE 01");
            given(alone && text.contains("ENTIRE TEXT"), opened(text))
        },
    ),
    fault(
        "level-lowered-beside-an-authority",
        "telegram/authority-on-unclassified",
        On(ElementKind::ClassifiedBy),
        |text| {
            let named = text.contains("Classified By:") && !marked_classified(text);
            let silent = !text.contains("\nZNY ") && !text.contains("ENTIRE TEXT");
            given(named && silent, opened(text))
        },
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
        let words = text.get(place.clone())?;
        let serial = words.rsplit(' ').find(|word| is_serial(word))?;
        let at = place.start + words.rfind(serial)?;
        Some(Edit::new(at - 1..at + serial.len(), ""))
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

fn another_house(text: &str) -> Option<Edit> {
    let (place, _) = level(text)?;
    Some(Edit::new(place, "RESTRICTED"))
}

/// Whether the originator's line ends in the station of the reference number.
fn sent_from_its_station(text: &str) -> bool {
    let station = || {
        let words = text.get(reference(text)?)?;
        let mut back = words.rsplit(' ').skip_while(|word| !is_serial(word));
        back.nth(1)
    };
    let originator = line_from(text, "FM ").and_then(|place| text.get(place));
    station()
        .zip(originator)
        .is_some_and(|(station, from)| from.contains(station))
}

fn raised(text: &str) -> Option<Edit> {
    become_level(text, "C O N", "S E C R E T")
}

fn opened(text: &str) -> Option<Edit> {
    become_level(text, "C O N", "UNCLAS")
}

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
