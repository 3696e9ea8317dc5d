//! The marking grammar of the United States: right markings are right, wrong ones wrong at the right place.
#![expect(
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may stop at once"
)]

mod demands;
mod repairs;

use caveat::marking::{Fault, Scheme, Style, Surface, Word, parse};
use caveat::rules::RuleSet;
use std::sync::OnceLock;

fn us() -> &'static Scheme {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    let rules = RULES.get_or_init(|| RuleSet::shipped().expect("the shipped packs are valid"));
    rules.scheme()
}

fn faults(text: &str, surface: Surface) -> Vec<(Fault, &str)> {
    let marking = parse(text, 0, us(), surface);
    let faults = marking.faults.iter();
    faults
        .map(|found| (found.fault, &text[found.span.range()]))
        .collect()
}

fn banner(text: &str) -> Vec<(Fault, &str)> {
    faults(text, Surface::Banner)
}

fn portion(text: &str) -> Vec<(Fault, &str)> {
    faults(text, Surface::Portion)
}

fn written(text: &str, from: Surface, to: Surface, style: Style) -> String {
    let marking = parse(text, 0, us(), from);
    marking.statement(text, us()).render(us(), to, style)
}

/// Banner and portion mark that say the same.
const PAIRS: &[(&str, &str)] = &[
    ("TOP SECRET", "TS"),
    ("UNCLASSIFIED", "U"),
    (
        "SECRET//REL TO USA, FVEY/RELIDO",
        "S//REL TO USA, FVEY/RELIDO",
    ),
    (
        "TOP SECRET//SI-G/TK//RSEN/ORCON/NOFORN",
        "TS//SI-G/TK//RS/OC/NF",
    ),
    (
        "TOP SECRET//SI-ABC-DEF//ORCON/NOFORN",
        "TS//SI-ABC-DEF//OC/NF",
    ),
    (
        "TOP SECRET//SI-G ABCD EFGH-XYZ//ORCON/NOFORN",
        "TS//SI-G ABCD EFGH-XYZ//OC/NF",
    ),
    ("TOP SECRET//ANB/SI/TK/XNB//NOFORN", "TS//ANB/SI/TK/XNB//NF"),
    (
        "TOP SECRET//123/SI-G ABCD DEFG-MMM AACD//ORCON/NOFORN",
        "TS//123/SI-G ABCD DEFG-MMM AACD//OC/NF",
    ),
    (
        "TOP SECRET//HCS-P JJJ//ORCON/NOFORN",
        "TS//HCS-P JJJ//OC/NF",
    ),
    ("TOP SECRET//HCS-O-P//ORCON/NOFORN", "TS//HCS-O-P//OC/NF"),
    ("SECRET//HCS-P//NOFORN", "S//HCS-P//NF"),
    ("TOP SECRET//RSV-123-ABC", "TS//RSV-123-ABC"),
    (
        "TOP SECRET//TK-BLFH ABC123//NOFORN",
        "TS//TK-BLFH ABC123//NF",
    ),
    (
        "SECRET//TK-IDIT-KAND XYZ//NOFORN",
        "S//TK-IDIT-KAND XYZ//NF",
    ),
    (
        "TOP SECRET//HCS-P/LMN//SAR-BP//NOFORN",
        "TS//HCS-P/LMN//SAR-BP//NF",
    ),
    (
        "TOP SECRET//SAR-BP-123/CA-XYZ YYY//NOFORN",
        "TS//SAR-BP-123/CA-XYZ YYY//NF",
    ),
    (
        "TOP SECRET//SAR-BUTTER POPCORN-123/CANDY APPLE-XYZ YYY//NOFORN",
        "TS//SAR-BUTTER POPCORN-123/CANDY APPLE-XYZ YYY//NF",
    ),
    (
        "SECRET//SAR-ABC-DEF 123/SDA-121//NOFORN",
        "S//SAR-ABC-DEF 123/SDA-121//NF",
    ),
    ("TOP SECRET//RD-CNWDI//NOFORN", "TS//RD-CNWDI//NF"),
    (
        "SECRET//FRD-SIGMA 14 18//REL TO USA, ACGU",
        "S//FRD-SG 14 18//REL TO USA, ACGU",
    ),
    ("SECRET//RD-SIGMA 20//NOFORN", "S//RD-SG 20//NF"),
    ("UNCLASSIFIED//DOD UCNI", "U//DCNI"),
    ("UNCLASSIFIED//DOE UCNI", "U//UCNI"),
    ("SECRET//TFNI", "S//TFNI"),
    (
        "SECRET//RD/ATOMAL//FGI NATO//NOFORN",
        "S//RD/ATOMAL//FGI NATO//NF",
    ),
    ("//COSMIC TOP SECRET//BOHEMIA", "//CTS//BOHEMIA"),
    ("//DEU SECRET//REL TO USA, DEU", "//DEU S//REL TO USA, DEU"),
    ("//NATO SECRET//ATOMAL//ORCON", "//NS//ATOMAL//OC"),
    ("//NATO RESTRICTED", "//NR"),
    ("//NATO KFOR SECRET", "//NKFORS"),
    (
        "//NATO ISAF CONFIDENTIAL//REL TO USA, ISAF, NATO",
        "//NISAFC//REL TO USA, ISAF, NATO",
    ),
    ("//CAN GBR SECRET", "//CAN GBR S"),
    ("//FGI SECRET//NOFORN", "//FGI S//NF"),
    (
        "//JOINT SECRET CAN GBR USA//REL TO USA, CAN, GBR",
        "//JOINT S CAN GBR USA//REL TO USA, CAN, GBR",
    ),
    (
        "TOP SECRET//FGI DEU GBR//REL TO USA, DEU, GBR",
        "TS//FGI DEU GBR//REL TO USA, DEU, GBR",
    ),
    (
        "SECRET//FGI GBR JPN NATO//REL TO USA, GBR, JPN, NATO",
        "S//FGI GBR JPN NATO//REL TO USA, GBR, JPN, NATO",
    ),
    ("SECRET//TK//FGI//NOFORN", "S//TK//FGI//NF"),
    ("SECRET//NOFORN/PROPIN", "S//NF/PR"),
    ("UNCLASSIFIED//FOUO/NOFORN", "U//FOUO/NF"),
    ("TOP SECRET//ORCON-USGOV/NOFORN", "TS//OC-USGOV/NF"),
    (
        "SECRET//IMCON/REL TO USA, AUS, CAN, GBR, NZL",
        "S//IMC/REL TO USA, AUS, CAN, GBR, NZL",
    ),
    (
        "SECRET//REL TO USA, GBR/DISPLAY ONLY AFG",
        "S//REL TO USA, GBR/DISPLAY ONLY AFG",
    ),
    ("SECRET//USA/AUS/GBR EYES ONLY", "S//USA/AUS/GBR EYES ONLY"),
    ("CONFIDENTIAL//DEA SENSITIVE", "C//DSEN"),
    ("SECRET//NOFORN/FISA", "S//NF/FISA"),
    ("UNCLASSIFIED//LIMDIS", "U//DS"),
    ("SECRET//NOFORN//EXDIS", "S//NF//XD"),
    ("SECRET//NOFORN//NODIS", "S//NF//ND"),
    ("UNCLASSIFIED//SBU NOFORN", "U//SBU-NF"),
    ("UNCLASSIFIED//LES NOFORN", "U//LES-NF"),
    ("SECRET//NOFORN//LES", "S//NF//LES"),
    ("UNCLASSIFIED//SSI", "U//SSI"),
];

#[test]
fn right_markings_are_right_in_both_forms() {
    for &(banner, portion) in PAIRS {
        for (text, surface) in [(banner, Surface::Banner), (portion, Surface::Portion)] {
            let marking = parse(text, 0, us(), surface);
            assert!(
                marking.is_right() && marking.is_understood(),
                "{text}: {:?}",
                faults(text, surface)
            );
        }
        let there = written(banner, Surface::Banner, Surface::Portion, Style::Canonical);
        let back = written(portion, Surface::Portion, Surface::Banner, Style::Canonical);
        assert_eq!((there.as_str(), back.as_str()), (portion, banner));
    }
}

#[test]
fn a_list_may_be_left_to_the_banner() {
    for text in [
        "S//REL",
        "S//REL/RELIDO",
        "//JOINT S//REL",
        "C//EYES",
        "U//REL",
    ] {
        assert_eq!(portion(text), [], "{text}");
    }
    assert_eq!(portion("S//REL TO"), [(Fault::MissingValue, "REL TO")]);
    assert_eq!(portion("S//REL USA, GBR"), [(Fault::Form, "REL")]);
    assert_eq!(
        banner("SECRET//REL"),
        [(Fault::Form, "REL"), (Fault::MissingValue, "REL")]
    );
}

#[test]
fn banners_may_be_spelt_out() {
    let long = "TOP SECRET//SI-GAMMA/TALENT KEYHOLE//RISK SENSITIVE/ORIGINATOR CONTROLLED/NOT RELEASABLE TO FOREIGN NATIONALS";
    assert_eq!(banner(long), []);
    let short = "TOP SECRET//SI-G/TK//RSEN/ORCON/NOFORN";
    assert_eq!(
        written(long, Surface::Banner, Surface::Banner, Style::Canonical),
        short
    );
    assert_eq!(
        written(short, Surface::Banner, Surface::Banner, Style::Long),
        long
    );
    assert_eq!(banner("SECRET//RESTRICTED DATA-SIGMA 20//NOFORN"), []);
}

/// A banner with one mistake, what it is, and the words at fault.
const MISTAKES: &[(&str, Fault, &str)] = &[
    ("SECRET/NOFORN", Fault::Separator, "/"),
    ("SECRET / / NOFORN", Fault::Blank, " / / "),
    ("SECRET NOFORN", Fault::Separator, " "),
    ("SECRET|NOFORN", Fault::Separator, "|"),
    ("SECRET//NOFRON", Fault::Unlisted, "NOFRON"),
    ("SECERT//NOFORN", Fault::UnknownWord, "SECERT"),
    ("SECRET//REL TO USA GBR", Fault::ValueSeparator, " "),
    ("SECRET//REL TO GBR", Fault::ValueMissing, "GBR"),
    ("SECRET//REL TO GBR, USA", Fault::ValueOrder, "USA"),
    ("SECRET//REL TO USA, NATO, GBR", Fault::ValueOrder, "GBR"),
    ("SECRET//REL TO USA, GBR, AUS", Fault::ValueOrder, "AUS"),
    ("SECRET//REL TO USA, GBR, GBR", Fault::DuplicateValue, "GBR"),
    ("SECRET//REL TO USA, UKX", Fault::UnknownValue, "UKX"),
    ("SECRET//NOFORN//TK", Fault::Order, "TK"),
    ("TOP SECRET//TK/SI//NOFORN", Fault::Order, "SI"),
    ("SECRET//NOFORN/ORCON", Fault::Order, "ORCON"),
    ("SECRET//NOFORN/NOFORN", Fault::Duplicate, "NOFORN"),
    ("SECRET//NF", Fault::Form, "NF"),
    ("secret//NOFORN", Fault::Case, "secret"),
    ("SECRET//FOUO", Fault::Level, "FOUO"),
    ("SECRET//SI-G//ORCON", Fault::Level, "G"),
    ("TOP SECRET//SI-G//NOFORN", Fault::Requires, "G"),
    ("SECRET//HCS-O//ORCON", Fault::Requires, "HCS"),
    ("SECRET//HCS-O//NOFORN", Fault::Requires, "O"),
    ("SECRET//REL TO USA", Fault::MissingValue, "REL TO"),
    ("TOP SECRET//BOHEMIA//NOFORN", Fault::Owner, "BOHEMIA"),
    ("SECRET//NOFORN/REL TO USA, GBR", Fault::Excludes, "REL TO"),
    ("SECRET//EXDIS", Fault::Requires, "EXDIS"),
    ("SECRET//COMINT//NOFORN", Fault::Obsolete, "COMINT"),
    ("SECRET//NOFORN//", Fault::Trailing, "//"),
    ("NATO SECRET//ATOMAL", Fault::Leading, ""),
    (
        "//JOINT SECRET CAN GBR//REL TO USA, CAN, GBR",
        Fault::ValueMissing,
        "CAN",
    ),
    ("//JOINT SECRET CAN USA", Fault::Requires, "JOINT"),
    ("RESTRICTED", Fault::Owner, "RESTRICTED"),
    ("SECRET//TOP SECRET", Fault::SecondLevel, "TOP SECRET"),
    ("SECRET//RD-SIGMA 18 14", Fault::ValueOrder, "14"),
    ("SECRET//RD-SIGMA 16", Fault::UnknownValue, "16"),
    ("TOP SECRET//SAR-BP/SAR-CA//NOFORN", Fault::Duplicate, "SAR"),
    ("UNCLASSIFIED//FOUO/PROPIN", Fault::Needless, "FOUO"),
    ("SECRET//SI-ABCD", Fault::ValueShape, "ABCD"),
];

#[test]
fn each_mistake_is_found_once_at_its_words() {
    for &(text, fault, at) in MISTAKES {
        let found = banner(text);
        assert!(found.contains(&(fault, at)), "{text}: {found:?}");
        let others = found.iter().filter(|own| **own != (fault, at));
        // A level that a compartment does not allow is found beside the shape of the compartment.
        assert!(
            others.clone().all(|own| own.0 == Fault::Level),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn words_that_are_no_marking_are_not_taken_for_one() {
    for text in [
        "THE SECRET OF THE LAKE",
        "SECRET MEETING",
        "C. 1900",
        "U.S.",
        "R",
        "NS",
        "S AND T",
        "C/O EMBASSY",
        "ORCON",
        "a",
        "S, C",
        "TS ELIOT",
        "S//MEETING",
    ] {
        assert!(
            !parse(text, 0, us(), Surface::Portion).is_understood(),
            "{text}"
        );
    }
}

/// Markings of the manual that break its own rules, or that are no words of its register.
const SLIPS: &[&str] = &[
    "//NIS//REL TO USA, ISAF, NATO",
    "S//RSV-AB C",
    "U//LES//REL TO USA, FVEY",
];

#[test]
fn the_portion_marks_that_the_manual_shows_are_right() {
    let manual = "../shared/corpus/portion-marked/ic-markings-manual-2016.md";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(manual);
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: the manual is not here");
        return;
    };
    let text = String::from_utf8(bytes).expect("the manual is UTF-8");
    let mut seen = std::collections::BTreeSet::new();
    for (at, _) in text.match_indices('(') {
        let Some((inner, _)) = text[at + 1..].split_once(')') else {
            continue;
        };
        let begins = ["TS//", "S//", "C//", "U//", "//"];
        let shape = |letter: char| {
            letter.is_ascii_uppercase() || letter.is_ascii_digit() || "/ ,-".contains(letter)
        };
        // Blanks beside a separator come from how the manual was read, not from the manual.
        let torn = ["/ ", " /", " -", "- "]
            .iter()
            .any(|torn| inner.contains(torn))
            || inner.ends_with(' ');
        if begins.iter().any(|own| inner.starts_with(own)) && inner.chars().all(shape) && !torn {
            seen.insert(inner);
        }
    }
    assert!(seen.len() > 100, "only {} were found", seen.len());
    for inner in seen {
        let marking = parse(inner, 0, us(), Surface::Portion);
        let slip = SLIPS.contains(&inner);
        assert_eq!(marking.is_right(), !slip, "{inner}: {:?}", portion(inner));
    }
}

#[test]
fn the_profile_of_the_department_of_defense_has_two_words_more() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let dod = rules.scheme_named("us-dod").expect("the profile is loaded");
    let text = "SECRET//NOFORN//ACCM-OTTER TAIL/NNPI";
    assert!(parse(text, 0, dod, Surface::Banner).is_right());
    let beside = "SECRET//RELIDO//NNPI";
    let faults = parse(beside, 0, dod, Surface::Banner).faults;
    assert!(faults.len() == 1 && faults[0].fault == Fault::Excludes);
    assert!(!parse(text, 0, us(), Surface::Banner).is_understood());
}

#[test]
fn foreign_information_may_be_joined_to_its_level() {
    for (joined, led) in [
        ("FGI-C", "//FGI C"),
        ("FGI-TS", "//FGI TS"),
        ("FRA-C", "//FRA C"),
        ("GBR-S//NF", "//GBR S//NF"),
    ] {
        assert_eq!(portion(joined), [], "{joined}");
        let marking = parse(joined, 0, us(), Surface::Portion);
        assert!(marking.is_understood(), "{joined}");
        let (from, to) = (Surface::Portion, Surface::Portion);
        assert_eq!(written(joined, from, to, Style::Canonical), led);
    }
    for other in ["FGI-U", "FRA-c", "FGI-", "FGI-X", "XQX-C"] {
        let marking = parse(other, 0, us(), Surface::Portion);
        assert!(!marking.is_understood() || !marking.is_right(), "{other}");
    }
    assert_ne!(banner("FGI-CONFIDENTIAL"), []);
}

#[test]
fn a_fault_rests_on_the_section_that_defines_the_word_at_fault() {
    let cited = |text: &str| {
        let marking = parse(text, 0, us(), Surface::Banner);
        let fault = marking.faults.first().expect("it has a fault");
        fault.authority(&marking, us())
    };
    let control = |name: &str| us().control_named(name).map(Word::Control);
    let section = |word: Option<Word>| vec![us().citation(word.expect("it is known")).text];
    assert_eq!(cited("SECRET//FOUO"), section(control("FOUO")));
    assert_eq!(cited("SECRET//EXDIS"), section(control("EXDIS")));
    assert_ne!(section(control("FOUO")), section(control("EXDIS")));
    assert_eq!(cited("XQZRT"), us().authority());
}
