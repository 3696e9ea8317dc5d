//! What a broken marking was meant to be, and what nobody can say.

use super::{banner, us};
use caveat::diagnostic::Confidence;
use caveat::marking::{Surface, repair};

/// Broken markings, what was meant, and how sure that is.
const REPAIRS: &[(&str, &str, Confidence)] = &[
    ("SERCET//NOFORN", "SECRET//NOFORN", Confidence::Likely),
    ("SECRET//NOFRON", "SECRET//NOFORN", Confidence::Likely),
    (
        "TOP SECERT//NOFORN",
        "TOP SECRET//NOFORN",
        Confidence::Likely,
    ),
    (
        "TPO SECRET//NOFORN",
        "TOP SECRET//NOFORN",
        Confidence::Likely,
    ),
    (
        "TOPSECRET//NOFORN",
        "TOP SECRET//NOFORN",
        Confidence::Likely,
    ),
    ("SECRET/NOFORN", "SECRET//NOFORN", Confidence::Certain),
    ("SECRET / / NF", "SECRET//NOFORN", Confidence::Certain),
    ("SECRET NOFORN", "SECRET//NOFORN", Confidence::Certain),
    ("secret//noforn", "SECRET//NOFORN", Confidence::Certain),
    ("S//NF", "SECRET//NOFORN", Confidence::Certain),
    (
        "SECRET//REL TO USA GBR",
        "SECRET//REL TO USA, GBR",
        Confidence::Certain,
    ),
    (
        "SECRET//REL TO GBR, USA",
        "SECRET//REL TO USA, GBR",
        Confidence::Certain,
    ),
    (
        "SECRET//REL TO GBR",
        "SECRET//REL TO USA, GBR",
        Confidence::Possible,
    ),
    (
        "SECRET//NOFORN//TK",
        "SECRET//TK//NOFORN",
        Confidence::Certain,
    ),
    ("NOFORN//SECRET", "SECRET//NOFORN", Confidence::Certain),
    ("SECRETNOFORN", "SECRET//NOFORN", Confidence::Likely),
    ("SECERT NOFRON", "SECRET//NOFORN", Confidence::Likely),
    (
        "SECRET//EXDIS",
        "SECRET//NOFORN//EXDIS",
        Confidence::Possible,
    ),
    (
        "SECRET//COMINT//NOFORN",
        "SECRET//SI//NOFORN",
        Confidence::Likely,
    ),
    (
        "TOP SECRET//SAR-BP/SAR-CA//NOFORN",
        "TOP SECRET//SAR-BP/CA//NOFORN",
        Confidence::Certain,
    ),
    (
        "NATO SECRET//ATOMAL",
        "//NATO SECRET//ATOMAL",
        Confidence::Certain,
    ),
    (
        "SECRET//ORCON,NOFORN",
        "SECRET//ORCON/NOFORN",
        Confidence::Certain,
    ),
];

#[test]
fn broken_markings_are_read_as_a_person_would() {
    for &(text, meant, confidence) in REPAIRS {
        let found = repair(text, us(), Surface::Banner);
        let found = found.map(|repair| (repair.text, repair.confidence));
        assert_eq!(
            found,
            Some((meant.to_owned(), confidence)),
            "{text}: {:?}",
            banner(text)
        );
    }
}

#[test]
fn nothing_is_guessed_that_could_be_wrong() {
    for text in [
        "SECRET//NOFORN",
        "XQZRT//NOFORN",
        "SECRET//FOUO",
        "SECRET//NOFORN/REL TO USA, GBR",
        "SECRET//REL TO USA, GBX",
        "UNCLASSIFIED//FOUO/PROPIN",
        "SECRET//BANANA SPLIT",
        "X//NF",
        "",
    ] {
        assert_eq!(
            repair(text, us(), Surface::Banner).map(|found| found.text),
            None,
            "{text}"
        );
    }
}
