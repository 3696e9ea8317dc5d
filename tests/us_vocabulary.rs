//! Every controlled value that is published for these markings is known by the scheme.

use caveat::marking::{Scheme, Surface, Word, parse};
use caveat::rules::RuleSet;
use std::collections::BTreeMap;
use std::path::Path;

/// Values that a mark writes otherwise than the published list, and how.
const WRITTEN: &[(&str, &str, &str)] = &[
    ("Dissem", "REL", "S//REL TO USA, GBR"),
    ("Dissem", "EYES", "S//USA/AUS/GBR EYES ONLY"),
    ("Dissem", "DISPLAYONLY", "S//DISPLAY ONLY AFG"),
    ("Dissem", "FOUO", "U//FOUO"),
    ("NonIC", "DS", "U//DS"),
    ("NonIC", "XD", "S//NF//XD"),
    ("NonIC", "ND", "S//NF//ND"),
    ("NonIC", "SBU", "U//SBU"),
    ("NonIC", "SBU-NF", "U//SBU-NF"),
    (
        "AtomicEnergyMarkings",
        "RD-SG-((14)|(15)|(18)|(20))",
        "S//RD-SG 14 15 18 20",
    ),
    (
        "AtomicEnergyMarkings",
        "FRD-SG-((14)|(15)|(18)|(20))",
        "S//FRD-SG 14 15 18 20",
    ),
    ("AtomicEnergyMarkings", "DCNI", "U//DCNI"),
    ("AtomicEnergyMarkings", "UCNI", "U//UCNI"),
    ("NonUSControls", "ATOMAL", "//NS//ATOMAL"),
    ("NonUSControls", "BOHEMIA", "//CTS//BOHEMIA"),
    ("NonUSControls", "BALK", "//CTS//BALK"),
    ("SCIControls", "HCS", "S//HCS//NF"),
    ("SCIControls", "RSV-[A-Z0-9]{3}", "S//RSV-A1B"),
    ("SCIControls", "SI-G", "TS//SI-G//OC"),
    ("SCIControls", "SI-G-[A-Z]{4}", "TS//SI-G ABCD//OC"),
    ("SCIControls", "SI-[A-Z]{3}", "TS//SI-ABC"),
    ("SAR", "[A-Z_0-9\\-]{1,100}", "S//SAR-OTTER"),
    ("SAR", "[A-Z]{2,}", "S//SAR-OT"),
    ("SAR", "[A-Z]{2,}-[A-Z][A-Z0-9]+", "S//SAR-OT-A12"),
    (
        "SAR",
        "[A-Z]{2,}-[A-Z][A-Z0-9]+-[A-Z0-9]{2,}",
        "S//SAR-OT-A12 BB",
    ),
    ("ClassificationAll", "R", "//NR"),
];

/// Values that the scheme knows as gone, or does not know, and why.
const OTHERWISE: &[(&str, &str, &str)] = &[
    (
        "SCIControls",
        "EL",
        "retired: its compartments stand beneath SI",
    ),
    (
        "SCIControls",
        "EL-EU",
        "retired: ECRU stands beneath SI, as SI-EU",
    ),
    (
        "SCIControls",
        "EL-NK",
        "retired: NONBOOK stands beneath SI, as SI-NK",
    ),
    (
        "SCIControls",
        "KDK",
        "retired: its compartments stand beneath TK",
    ),
    ("SCIControls", "KDK-BLFH", "retired: stands beneath TK"),
    ("SCIControls", "KDK-IDIT", "retired: stands beneath TK"),
    ("SCIControls", "KDK-KAND", "retired: stands beneath TK"),
    (
        "SCIControls",
        "KDK-BLFH-[A-Z0-9]{1,6}",
        "retired: stands beneath TK",
    ),
    (
        "SCIControls",
        "KDK-IDIT-[A-Z0-9]{1,6}",
        "retired: stands beneath TK",
    ),
    (
        "SCIControls",
        "KDK-KAND-[A-Z0-9]{1,6}",
        "retired: stands beneath TK",
    ),
    ("SCIControls", "RSV", "never without a compartment"),
    (
        "SCIControls",
        "SI-[A-Z]{3}-[A-Z]{4}",
        "the register gives sub-compartments to GAMMA only; they are read",
    ),
    ("NonIC", "ACCM-[A-Z0-9\\-_]{1,61}", "in the profile us-dod"),
    ("NonIC", "NNPI", "in the profile us-dod"),
];

/// Lists that speak of the authority block and of notices, which are no part of a marking.
const ELSEWHERE: &[&str] = &["25X", "Notice"];

/// The published values by list.
fn published() -> Option<BTreeMap<String, Vec<String>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/ism-vocabulary.csv");
    let bytes = std::fs::read(path).ok()?;
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(list), Some(value)) = (cells.next(), cells.next()) else {
            continue;
        };
        if list.chars().all(char::is_alphanumeric) && !list.is_empty() {
            // A comma in a pattern is quoted.
            let quoted = line
                .get(list.len() + 1..)
                .and_then(|rest| rest.strip_prefix('"'));
            let quoted = quoted.and_then(|rest| rest.split('"').next());
            lists
                .entry(list.to_owned())
                .or_default()
                .push(quoted.unwrap_or(value).to_owned());
        }
    }
    Some(lists)
}

fn written(list: &str, value: &str) -> String {
    let known = WRITTEN
        .iter()
        .find(|(own, which, _)| *own == list && *which == value);
    known.map_or_else(
        || match list {
            "ClassificationAll" | "ClassificationUS" => value.to_owned(),
            _ => format!("S//{value}"),
        },
        |(.., written)| (*written).to_owned(),
    )
}

fn is_right(text: &str, scheme: &Scheme) -> bool {
    parse(text, 0, scheme, Surface::Portion).faults.is_empty()
}

#[test]
fn every_published_value_is_known_or_has_a_reason() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let scheme = rules.scheme();
    let Some(lists) = published() else {
        println!("skipped: the published vocabulary is not here");
        return;
    };
    assert!(lists.len() > 10, "the lists are read: {:?}", lists.keys());
    let mut unknown = Vec::new();
    for (list, values) in &lists {
        for value in values {
            let excused = OTHERWISE
                .iter()
                .any(|(own, which, _)| own == list && which == value);
            let known = match list.as_str() {
                _ if ELSEWHERE.contains(&list.as_str()) || excused => true,
                "FGIOpen" | "RelTo" | "FGIProtected" | "OwnerProducer" => {
                    let codes = scheme.code_list(0).expect("there is a list");
                    codes.find(value).is_some()
                }
                _ => is_right(&written(list, value), scheme),
            };
            if !known {
                unknown.push(format!("{list} {value}: `{}`", written(list, value)));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn what_is_excused_is_gone_or_in_the_profile() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let (us, dod) = (
        rules.scheme(),
        rules.scheme_named("us-dod").expect("the profile is loaded"),
    );
    for (_, value, reason) in OTHERWISE {
        let word = value.split('-').next().unwrap_or_default();
        if reason.starts_with("retired") {
            let known = if word == "EL" { "ENDSEAL" } else { word };
            assert!(us.deprecated_named(known).is_some(), "{value} is retired");
        } else if reason.contains("us-dod") {
            assert!(dod.control_named(word).is_some() && us.control_named(word).is_none());
        }
    }
    for surface in [Surface::Banner, Surface::Portion] {
        assert!(matches!(us.word("RSV", surface), Some(Word::Control(_))));
    }
    assert!(!is_right("S//RSV", us));
}
