//! Captions and handling notices.

use super::At::{Here, Line, On};
use super::{Edit, Fault, before_the_text, classified, drop, fault, given, level, line, year};
use caveat::reading::ElementKind;

const NOTICE: &str = "SENSITIVE BUT UNCLASSIFIED.\nPLEASE HANDLE ACCORDINGLY.\n\n";

pub(super) const FAULTS: &[Fault] = &[
    fault(
        "sensitive-dropped",
        "telegram/sensitive-missing",
        On(ElementKind::Level),
        |text| {
            let marked = text.contains("(SBU");
            given(marked, drop(text, |line| line == "SENSITIVE"))
        },
    ),
    fault(
        "sensitive-dropped-beside-a-notice",
        "telegram/notice-without-caption",
        On(ElementKind::Notice),
        |text| {
            let open = text.contains("SENSITIVE BUT UNCLASSIFIED") && !text.contains("(SBU");
            given(open, drop(text, |line| line == "SENSITIVE"))
        },
    ),
    fault(
        "sensitive-dropped-where-nothing-is-marked",
        "telegram/sensitive-missing",
        On(ElementKind::Level),
        |text| {
            let silent = !text.contains("(SBU") && !text.contains("SENSITIVE BUT UNCLASSIFIED");
            given(silent, drop(text, |line| line == "SENSITIVE"))
        },
    ),
    fault(
        "noforn-dropped",
        "telegram/noforn-missing",
        On(ElementKind::Level),
        |text| drop(text, |line| line == "NOFORN"),
    ),
    fault(
        "sensitive-misspelt",
        "telegram/caption-unknown",
        Here,
        |text| caption(text, "SENSITIVE", "SENSITVE"),
    ),
    fault(
        "sipdis-misspelt",
        "telegram/caption-unknown",
        Here,
        |text| caption(text, "SIPDIS", "SPIDIS"),
    ),
    fault("caption-twice", "telegram/caption-twice", Here, |text| {
        caption(text, "SIPDIS", "SIPDIS\nSIPDIS")
    }),
    fault(
        "two-captions-on-a-line",
        "telegram/captions-on-one-line",
        Here,
        |text| {
            let at = text.find("\nSENSITIVE\nSIPDIS\n")? + 10;
            Some(Edit::new(at..at + 1, " "))
        },
    ),
    fault(
        "exdis-beside-sipdis",
        "telegram/sipdis-limited",
        Here,
        |text| {
            given(
                classified(text) && sole(text),
                caption(text, "SIPDIS", "EXDIS\nSIPDIS"),
            )
        },
    ),
    fault(
        "nodis-beside-exdis",
        "telegram/nodis-with-exdis",
        Here,
        |text| {
            given(
                classified(text) && sole(text),
                caption(text, "SIPDIS", "NODIS\nEXDIS"),
            )
        },
    ),
    fault(
        "stadis-beside-sipdis",
        "telegram/sipdis-beside-limit",
        Here,
        |text| {
            let beyond = text.contains("/CDR") || text.contains("/DEPT OF");
            given(
                sole(text) && !beyond,
                caption(text, "SIPDIS", "STADIS\nSIPDIS"),
            )
        },
    ),
    fault("two-channels", "telegram/channels-together", Here, |text| {
        given(
            sole(text),
            caption(text, "SIPDIS", "DISSENT CHANNEL\nROGER CHANNEL"),
        )
    }),
    fault(
        "agrement-beside-another",
        "telegram/agrement-not-alone",
        Here,
        |text| caption(text, "NOFORN\nSIPDIS", "AGREMENT CHANNEL\nNOFORN"),
    ),
    fault(
        "exdis-after-noforn",
        "telegram/special-caption-not-first",
        Here,
        |text| caption(text, "NOFORN\nSIPDIS", "NOFORN\nEXDIS"),
    ),
    fault(
        "exdis-on-uncontrolled",
        "telegram/limited-yet-uncontrolled",
        Here,
        |text| {
            let (_, words) = level(text)?;
            let marked = text.contains("1. (U) ");
            given(
                words == "UNCLAS" && marked && sole(text) && !text.contains("COLLECTIVE"),
                caption(text, "SIPDIS", "EXDIS"),
            )
        },
    ),
    fault(
        "sensitive-on-classified",
        "telegram/sensitive-on-classified",
        Here,
        |text| {
            given(
                classified(text) && sole(text),
                caption(text, "SIPDIS", "SENSITIVE\nSIPDIS"),
            )
        },
    ),
    fault(
        "noforn-without-portion",
        "telegram/noforn-unused",
        Here,
        |text| {
            let marked = text.contains("1. (");
            given(
                classified(text) && marked && sole(text),
                caption(text, "SIPDIS", "NOFORN\nSIPDIS"),
            )
        },
    ),
    fault(
        "sipdis-before-its-time",
        "telegram/sipdis-before-its-time",
        Here,
        |text| given(year(text)? < 1998, caption(text, "LIMDIS", "SIPDIS")),
    ),
    fault(
        "classified-for-all-employees",
        "telegram/inform-all-classified",
        Here,
        |text| {
            given(
                classified(text) && sole(text),
                caption(text, "SIPDIS", "INFORM ALL STATE EMPLOYEES"),
            )
        },
    ),
    fault(
        "channel-for-all-employees",
        "telegram/inform-all-restricted",
        Here,
        |text| {
            given(
                !classified(text) && sole(text),
                caption(
                    text,
                    "SIPDIS",
                    "DISSENT CHANNEL\nINFORM ALL STATE EMPLOYEES",
                ),
            )
        },
    ),
    fault(
        "notice-misspelt",
        "telegram/notice-misspelt",
        Line,
        |text| {
            let at = text.find("SENSITIVE BUT UNCLASSIFIED")?;
            Some(Edit::new(at + 19..at + 20, ""))
        },
    ),
    fault(
        "notice-cut",
        "telegram/caption-without-notice",
        On(ElementKind::Caption),
        |text| given(text.contains("(SBU"), cut_notice(text)),
    ),
    fault(
        "notice-cut-over-open-portions",
        "telegram/sensitive-unused",
        On(ElementKind::Caption),
        |text| given(!text.contains("(SBU"), cut_notice(text)),
    ),
    fault(
        "notice-on-classified",
        "telegram/notice-on-classified",
        Here,
        |text| {
            given(
                classified(text) && year(text)? > 1995,
                before_the_text(text, NOTICE),
            )
        },
    ),
    fault(
        "notice-without-caption",
        "telegram/notice-without-caption",
        Here,
        |text| {
            let plain = level(text)?.1 == "UNCLAS" && !text.contains("\nSENSITIVE");
            given(plain && year(text)? > 1995, before_the_text(text, NOTICE))
        },
    ),
];

fn cut_notice(text: &str) -> Option<Edit> {
    line(text, |line| line == "SENSITIVE")?;
    let start = line(text, |line| line.starts_with("SENSITIVE BUT UNCLASSIFIED"))?.start;
    let length = text.get(start..)?.find("\n\n")? + 2;
    Some(Edit::new(start..start + length, ""))
}

/// Lines of the caption block, each whole, become others; the place is what is new in them.
fn caption(text: &str, from: &str, to: &str) -> Option<Edit> {
    let at = text.find(&format!("\n{from}\n"))? + 1;
    Some(Edit::new(at..at + from.len(), to))
}

/// Whether SIPDIS is the only caption.
fn sole(text: &str) -> bool {
    text.contains("\n\nSIPDIS\n\n") && text.matches("SIPDIS").count() == 1
}
