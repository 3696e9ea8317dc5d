//! Faults that no reader could see in the text: they are put in all the same, and not counted.

use super::Sound;
use super::corpus::faults::Fault;
use caveat::reading::Rendering;

/// Faults that the text of some telegrams cannot show, and why.
struct Unseen {
    faults: &'static [&'static str],
    of: fn(&Sound) -> bool,
    why: &'static str,
}

const UNSEEN: &[Unseen] = &[
    Unseen {
        faults: &[
            "level-dropped",
            "level-of-another-house-before-an-unknown-station",
            "level-misspelt",
            "serial-dropped",
        ],
        of: |sound| sound.rendering == Rendering::Extract && !sound.text.contains("E.O. "),
        why: "without the order nothing but level and number tells an extract from another document, as which it is judged",
    },
    Unseen {
        faults: &["subject-dropped"],
        of: |sound| sound.rendering == Rendering::Extract,
        why: "an extract may leave the line out",
    },
    Unseen {
        faults: &["level-raised-over-a-compilation"],
        of: |_| true,
        why: "a note of compilation explains any level above the portions",
    },
    Unseen {
        faults: &["sensitive-dropped-where-nothing-is-marked"],
        of: |_| true,
        why: "neither a mark nor a notice says that the text is sensitive",
    },
    Unseen {
        faults: &[
            "first-number-not-one",
            "number-skipped",
            "number-repeated",
            "order-without-stops",
            "order-after-tags",
            "nobody-to-act",
            "tags-dropped",
            "tag-misspelt",
            "tags-in-small-letters",
            "label-of-tags-misspelt",
            "subject-dropped",
            "summary-without-end",
        ],
        of: |sound| sound.rendering == Rendering::Journal,
        why: "a journal copy was sent long ago and typed again since: its markings are judged, its form is not",
    },
    Unseen {
        faults: &["order-line-dropped"],
        of: |sound| sound.rendering == Rendering::Journal && !sound.classified,
        why: "journal copies of what is not classified mostly have no such line",
    },
    Unseen {
        faults: &["tags-dropped"],
        of: |sound| sound.rendering == Rendering::Extract,
        why: "an extract may leave the line out",
    },
    Unseen {
        faults: &["order-line-dropped"],
        of: |sound| sound.rendering == Rendering::Extract && !sound.text.contains("TAGS: "),
        why: "an extract without TAGS may leave the line of the order out too",
    },
    Unseen {
        faults: &["attention-of-nobody"],
        of: |sound| sound.rendering == Rendering::Extract,
        why: "an extract names no addressee",
    },
    Unseen {
        faults: &["indicator-of-another-post"],
        of: |sound| sound.year.is_some_and(|year| year < 1993),
        why: "the list of stations reaches back to 1993",
    },
    Unseen {
        faults: &["subject-mark-dropped", "authority-dropped"],
        of: |sound| {
            let before = sound.year.is_some_and(|year| year < 1995);
            before || sound.year.is_none() && !sound.text.contains("E.O. 1")
        },
        why: "neither was asked for before October 1995, or the text tells neither day nor order",
    },
    Unseen {
        faults: &["subject-mark-dropped"],
        of: |sound| sound.year.is_none() && sound.text.contains("E.O. 12356"),
        why: "no mark was asked for under the order of 1982",
    },
];

/// Why the text of a telegram cannot show a fault; `None` where it can.
pub(super) fn why(fault: &Fault, sound: &Sound) -> Option<&'static str> {
    let mut all = UNSEEN.iter();
    all.find(|own| own.faults.contains(&fault.name) && (own.of)(sound))
        .map(|own| own.why)
}
