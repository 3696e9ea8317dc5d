//! Single faults: each changes one place of a sound telegram, as a drafter in a hurry does.

use std::ops::Range;

/// One replacement of bytes of a text.
pub(crate) struct Edit {
    /// What is replaced; empty for an insertion.
    pub(crate) place: Range<usize>,
    /// What stands there afterwards.
    pub(crate) with: String,
}

impl Edit {
    /// The text after it.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut after = text.to_owned();
        after.replace_range(self.place.clone(), &self.with);
        after
    }
}

/// A kind of fault.
#[derive(Clone, Copy)]
pub(crate) struct Fault {
    /// A few words in kebab case.
    pub(crate) name: &'static str,
    /// Where and how; `None` where the telegram has nothing that could go wrong in this way.
    pub(crate) edit: fn(&str) -> Option<Edit>,
}

/// Every kind of fault.
pub(crate) const FAULTS: &[Fault] = &[
    Fault {
        name: "caption-sensitive-dropped",
        edit: |text| drop_line(text, "SENSITIVE"),
    },
    Fault {
        name: "caption-noforn-dropped",
        edit: |text| drop_line(text, "NOFORN"),
    },
    Fault {
        name: "order-swapped",
        edit: |text| swap(text, "\nE.O. 12958: ", "12958", "12356"),
    },
    Fault {
        name: "na-on-classified",
        edit: na_on_classified,
    },
    Fault {
        name: "serial-digit-changed",
        edit: |text| within(text, "\nDE R", serial_digit),
    },
    Fault {
        name: "letters-of-warning-raised",
        edit: |text| swap(text, "\nZNR UUUUU", "ZNR UUUUU", "ZNY SSSSS"),
    },
    Fault {
        name: "authority-dropped",
        edit: drop_authority,
    },
    Fault {
        name: "paragraph-number-skipped",
        edit: |text| swap(text, "\n3. ", "3", "4"),
    },
    Fault {
        name: "portion-mark-dropped",
        edit: |text| swap(text, "\n2. (C) ", "(C) ", ""),
    },
    Fault {
        name: "portion-raised",
        edit: |text| swap(text, "\n2. (C) ", "C", "S"),
    },
    Fault {
        name: "sipdis-beside-exdis",
        edit: |text| swap(text, "\nEXDIS\n", "EXDIS", "EXDIS\nSIPDIS"),
    },
    Fault {
        name: "caption-misspelt",
        edit: |text| swap(text, "\nSENSITIVE\n", "SENSITIVE", "SENSITVE"),
    },
    Fault {
        name: "subject-mark-dropped",
        edit: |text| swap(text, "\nSUBJECT: (U) ", "(U) ", ""),
    },
];

/// The line that is this word alone goes, with its end.
fn drop_line(text: &str, word: &str) -> Option<Edit> {
    let at = text.find(&format!("\n{word}\n"))? + 1;
    Some(Edit {
        place: at..at + word.len() + 1,
        with: String::new(),
    })
}

/// Within the first `anchor`, `from` becomes `to`.
fn swap(text: &str, anchor: &str, from: &str, to: &str) -> Option<Edit> {
    let at = text.find(anchor)? + anchor.find(from)?;
    Some(Edit {
        place: at..at + from.len(),
        with: to.to_owned(),
    })
}

/// An edit of the line that begins with `start`, which holds its line feed before it.
fn within(text: &str, start: &str, edit: fn(&str) -> Option<Edit>) -> Option<Edit> {
    let at = text.find(start)? + 1;
    let line = text.get(at..)?.lines().next()?;
    let Edit { place, with } = edit(line)?;
    Some(Edit {
        place: at + place.start..at + place.end,
        with,
    })
}

/// The third digit of the station serial is another one.
fn serial_digit(line: &str) -> Option<Edit> {
    let at = line.find('#')? + 3;
    let digit = line.get(at..=at)?.parse::<u8>().ok()?;
    Some(Edit {
        place: at..at + 1,
        with: ((digit + 1) % 10).to_string(),
    })
}

/// `DECL: …` becomes `N/A`.
fn na_on_classified(text: &str) -> Option<Edit> {
    let at = text.find("\nE.O. ")? + 1;
    let line = text.get(at..)?.lines().next()?;
    let from = line.find("DECL:")?;
    Some(Edit {
        place: at + from..at + line.len(),
        with: "N/A".to_owned(),
    })
}

/// The authority paragraph goes, up to the paragraph after it.
fn drop_authority(text: &str) -> Option<Edit> {
    let upper = text.to_ascii_uppercase();
    let at = upper.find("\n(U) CLASSIFIED BY:")? + 1;
    let end = at + text.get(at..)?.find("\n\n")? + 2;
    Some(Edit {
        place: at..end,
        with: String::new(),
    })
}
