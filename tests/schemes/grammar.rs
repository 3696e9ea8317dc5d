//! Words, their order and separators, values and what they demand of each other.

use crate::board::{banner, both, canonical, demand, ferry, wrong};
use caveat::marking::{Fault, Surface, parse};
use std::cmp::Ordering;

#[test]
fn a_modifier_is_a_step_of_its_own_and_belongs_to_one_level() {
    let scheme = ferry();
    let level = |name| scheme.level_named(name).unwrap();
    assert_eq!(
        scheme.compare(level("OPEN-GUARDED"), level("OPEN")),
        Some(Ordering::Greater)
    );
    assert_eq!(both("O-G", Surface::Portion).0, "OPEN-GUARDED");
    assert_eq!(demand(&["O", "O-G"]), Some("OPEN-GUARDED".into()));
    assert_eq!(demand(&["Q", "O-G"]), Some("QUAY".into()));
    assert_eq!(banner("OPEN GUARDED"), [(Fault::Separator, " ")]);
    assert_eq!(canonical("OPEN: GUARDED"), "OPEN-GUARDED");
    assert_eq!(banner("QUAY-GUARDED"), [(Fault::Modifier, "GUARDED")]);
}

#[test]
fn each_surface_has_its_own_words_and_separators() {
    assert_eq!(
        both("DQ//TD//HO", Surface::Portion).0,
        "DEEP QUAY//TIDE//HOME ONLY"
    );
    let scheme = ferry();
    let text = "DEEP QUAY//HOME ONLY";
    let marking = parse(text, 0, &scheme, Surface::Banner);
    assert_eq!(
        marking.render(text, &scheme, Surface::Mail),
        "LEVEL=DEEP-QUAY, HOME ONLY"
    );
    assert_eq!(
        scheme.brackets(Surface::Mail),
        Some(&["[".into(), "]".into()])
    );
    assert_eq!(
        wrong("LEVEL=QUAY,HOME ONLY", Surface::Mail),
        [(Fault::Blank, ","), (Fault::Form, "HOME ONLY")]
    );
    assert_eq!(banner("DQ"), [(Fault::Form, "DQ")]);
    assert_eq!(banner("QUAYSIDE"), [(Fault::Variant, "QUAYSIDE")]);
    assert_eq!(canonical("QUAYSIDE//HO"), "QUAY//HOME ONLY");
}

#[test]
fn owners_stand_before_the_level_absorb_it_or_leave_the_first_place_empty() {
    assert_eq!(both("RURITANIA QUAY", Surface::Banner).1, "RURITANIA Q");
    assert_eq!(both("//LEAGUE DEEP QUAY", Surface::Banner).1, "//LEAGUE DQ");
    assert_eq!(
        both("//GRAND CAPTAIN//HOME ONLY", Surface::Banner).1,
        "//GC//HO"
    );
    assert_eq!(both("//LQ", Surface::Portion).0, "//LEAGUE QUAY");
    assert_eq!(
        both("//LEAGUE/OTTERFOR QUAY", Surface::Banner).1,
        "//LEAGUE/OTTERFOR Q"
    );
    assert_eq!(both("//ZEN QUAY", Surface::Banner).1, "//ZEN Q");
    assert_eq!(banner("LEAGUE QUAY"), [(Fault::Leading, "")]);
    assert_eq!(
        banner("//LEAGUE/WEASELFOR QUAY"),
        [(Fault::SubOwner, "WEASELFOR")]
    );
    assert_eq!(
        banner("//LEAGUE/OTTERFOR CAPTAIN"),
        [(Fault::SubOwner, "OTTERFOR")]
    );
    assert_eq!(banner("WHARF"), [(Fault::Owner, "WHARF")]);
    assert_eq!(
        banner("//SHARED QUAY ZEN//SEND TO RUR, ZEN"),
        [(Fault::ValueMissing, "ZEN")]
    );
    assert_eq!(
        banner("//SHARED QUAY RUR ZEN"),
        [(Fault::Requires, "SHARED")]
    );
    // Portions of several owners are stated by a control, portions of one keep it.
    assert_eq!(
        demand(&["//LEAGUE W", "//LEAGUE W"]),
        Some("//LEAGUE WHARF".into())
    );
    assert_eq!(
        demand(&["//LEAGUE W", "O", "//ZEN Q"]),
        Some("QUAY//FOREIGN ZEN LOP".into())
    );
}

#[test]
fn segments_stand_before_and_after_the_level_with_their_own_separators() {
    let text = "MEDICAL QUAY//STORM/LAMP//HOME ONLY - AFTER the regatta";
    assert_eq!(both(text, Surface::Banner).0, text);
    assert_eq!(
        both(text, Surface::Banner).1,
        "MED Q//SM/LP//HO - AFTER the regatta"
    );
    assert_eq!(
        both("REVIEWED ON 2031-05-01 AT THE QUAY CREW", Surface::Banner).1,
        "REVIEWED ON 2031-05-01 AT THE QUAY C"
    );
    assert_eq!(
        both("CAPTAIN//RUR/ZEN EYES", Surface::Banner).1,
        "CPT//RUR/ZEN EYES"
    );
    assert_eq!(
        both("CREW - HARBOUR OFFICE USE ONLY", Surface::Banner).1,
        "C - HARBOUR OFFICE UO"
    );
    assert_eq!(banner("QUAY MEDICAL"), [(Fault::Order, "MEDICAL")]);
    assert_eq!(banner("QUAY/HOME ONLY"), [(Fault::Separator, "/")]);
    assert_eq!(banner("QUAY // HOME ONLY"), [(Fault::Blank, " // ")]);
    assert_eq!(banner("QUAY//HOME ONLY//"), [(Fault::Trailing, "//")]);
    assert_eq!(
        banner("MEDICAL REVIEWED ON 2031-05-01 AT THE QUAY MEDICAL CREW"),
        [(Fault::Duplicate, "MEDICAL"), (Fault::TooMany, "MEDICAL")]
    );
}

#[test]
fn each_segment_has_its_order() {
    assert_eq!(banner("QUAY//LAMP/STORM"), [(Fault::Order, "STORM")]);
    assert_eq!(banner("QUAY//ROPE/LAMP"), [(Fault::Order, "LAMP")]);
    assert_eq!(canonical("QUAY//ROPE/LAMP/STORM"), "QUAY//STORM/LAMP/ROPE");
    assert_eq!(banner("QUAY//ANCHOR/PILOT"), [(Fault::Order, "PILOT")]);
    assert_eq!(
        canonical("QUAY//BALLAST/ANCHOR/PILOT"),
        "QUAY//PILOT/ANCHOR/BALLAST"
    );
    assert_eq!(banner("QUAY//HOME ONLY//STORM"), [(Fault::Order, "STORM")]);
    assert_eq!(
        banner("QUAY//SEND TO RUR, ZEN, GRA"),
        [(Fault::ValueOrder, "GRA")]
    );
    assert_eq!(
        banner("QUAY//SEND TO RUR, LOP, ZEN"),
        [(Fault::ValueOrder, "ZEN")]
    );
    assert_eq!(
        banner("QUAY//SEND TO ZEN, RUR"),
        [(Fault::ValueOrder, "RUR")]
    );
    assert_eq!(
        canonical("QUAY//SEND TO ZEN, LOP, GRA, RUR"),
        "QUAY//SEND TO RUR, GRA, ZEN, LOP"
    );
    assert_eq!(
        banner("CREW - PERSONAL FOR A. Otter - AFTER the regatta"),
        []
    );
}

#[test]
fn vocabularies_are_closed_or_open_with_a_shape_and_stand_in_files_of_their_own() {
    assert_eq!(banner("QUAY//SECLUDED"), [(Fault::UnknownWord, "SECLUDED")]);
    assert_eq!(banner("DEEP QUAY//EDDY"), [(Fault::Unlisted, "EDDY")]);
    assert_eq!(
        canonical("DEEP QUAY//TIDE/EDDY-AB CDEF"),
        "DEEP QUAY//EDDY-AB CDEF/TIDE"
    );
    assert_eq!(banner("QUAY - OTTERTAIL"), []);
    assert_eq!(banner("CREW - OTTERTAIL"), [(Fault::Level, "OTTERTAIL")]);
    assert_eq!(
        banner("QUAY - OTTER TAIL"),
        [(Fault::UnknownWord, "OTTER TAIL")]
    );
    assert!(ferry().control_named("STORM").is_some());
}

#[test]
fn parameters_have_types_and_shapes() {
    assert_eq!(
        banner("QUAY//SEND TO RUR, OTT"),
        [(Fault::UnknownValue, "OTT")]
    );
    assert_eq!(banner("QUAY//SEND TO"), [(Fault::MissingValue, "SEND TO")]);
    assert_eq!(wrong("Q//ST", Surface::Portion), []);
    assert_eq!(
        banner("QUAY//SEND TO RUR ZEN"),
        [(Fault::ValueSeparator, " ")]
    );
    assert_eq!(
        banner("QUAY//SEND TO RUR/ZEN"),
        [(Fault::ValueSeparator, "/")]
    );
    assert_eq!(
        banner("QUAY//SEND TO RUR, ZEN, ZEN"),
        [(Fault::DuplicateValue, "ZEN")]
    );
    assert_eq!(banner("CAPTAIN//TIDE-FLOW"), [(Fault::ValueShape, "FLOW")]);
    assert_eq!(banner("CAPTAIN//TIDE-E EDDY//HOME ONLY"), []);
    assert_eq!(
        banner("CAPTAIN//TIDE-E ED//HOME ONLY"),
        [(Fault::ValueShape, "ED")]
    );
    assert_eq!(both("QUAY//BERTH 12 4", Surface::Banner).1, "Q//BT 12 4");
    assert_eq!(banner("QUAY//BERTH 123"), [(Fault::ValueShape, "123")]);
    assert_eq!(
        banner("REVIEWED ON Tuesday AT THE QUAY QUAY"),
        [(Fault::ValueShape, "Tuesday")]
    );
    assert_eq!(banner("QUAY - EMBARGOED UNTIL 09:00 on 2 May 2031"), []);
    assert_eq!(
        banner("QUAY - EMBARGOED UNTIL soon"),
        [(Fault::ValueShape, "soon")]
    );
    assert_eq!(
        wrong("LEVEL=QUAY, NOTE sun\\, then rain", Surface::Mail),
        []
    );
    assert_eq!(
        banner("QUAY - PERSONAL FOR Bartholomew Otter-Weasel"),
        [(Fault::ValueShape, "Bartholomew Otter-Weasel")]
    );
    let words = "//SHARED QUAY RUR ZEN//SEND TO RUR, ZEN";
    assert_eq!(both(words, Surface::Banner).0, words);
}

#[test]
fn constraints_come_out_of_the_parser_at_the_words_at_fault() {
    assert_eq!(banner("QUAY//TIDE"), [(Fault::Level, "TIDE")]);
    assert_eq!(banner("CAPTAIN//TIDE-E"), [(Fault::Requires, "E")]);
    assert_eq!(
        banner("CAPTAIN//TIDE-E//HOME ONLY//PILOT"),
        [(Fault::Excludes, "PILOT")]
    );
    assert_eq!(
        banner("QUAY//HOME ONLY/SEND TO RUR, ZEN"),
        [(Fault::Excludes, "SEND TO")]
    );
    assert_eq!(banner("QUAY//BALLAST"), [(Fault::Requires, "BALLAST")]);
    assert_eq!(banner("QUAY//ANCHOR/BALLAST"), []);
    assert_eq!(banner("CREW//ANCHOR/DOCK"), [(Fault::Needless, "DOCK")]);
    assert_eq!(banner("TIDE//HOME ONLY"), []);
    assert_eq!(banner("ANCHOR"), [(Fault::LevelMissing, "ANCHOR")]);
    assert_eq!(banner("QUAY//CREW"), [(Fault::SecondLevel, "CREW")]);
}

#[test]
fn a_word_that_is_ordinary_too_counts_in_capitals_only() {
    let understood = |text| parse(text, 0, &ferry(), Surface::Banner).is_understood();
    assert!(understood("OPEN"));
    assert!(!understood("open"));
    assert!(!understood("Open questions"));
    assert!(understood("quay"));
    assert_eq!(banner("quay"), [(Fault::Case, "quay")]);
    assert!(!understood("OPEN QUESTIONS"));
}
