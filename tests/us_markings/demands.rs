//! What portions demand of the banner, and how one differs from that.

use super::{portion, us};
use caveat::marking::{Direction, RollUp, Surface, parse};

/// The banner that portions demand, from which it does not differ.
fn demand(portions: &[&str]) -> Option<String> {
    let mut state = RollUp::default();
    for text in portions {
        let marking = parse(text, 0, us(), Surface::Portion);
        assert!(marking.is_understood(), "{text}: {:?}", portion(text));
        state.add(&marking, text, us());
    }
    let demand = state.demand(us());
    let differences = state.differences(&demand.statement, us());
    assert_eq!(differences, [], "{portions:?}");
    demand.render(us(), Surface::Banner)
}

/// Portions, and the banner that they demand.
const DEMANDS: &[(&[&str], &str)] = &[
    (&["S//NF", "C"], "SECRET//NOFORN"),
    (&["S//NF", "S//REL TO USA, GBR"], "SECRET//NOFORN"),
    (&["S//NF", "U//SBU-NF"], "SECRET//NOFORN"),
    (&["S", "U//SBU-NF"], "SECRET//NOFORN"),
    (
        &["S//REL TO USA, AUS", "U//SBU-NF", "U//FOUO"],
        "SECRET//NOFORN",
    ),
    (&["U//SBU-NF", "U//FOUO"], "UNCLASSIFIED//SBU NOFORN"),
    (&["U//SBU-NF", "U//FOUO/NF"], "UNCLASSIFIED//NOFORN//SBU"),
    (
        &["U//SBU-NF", "U//REL TO USA, FVEY"],
        "UNCLASSIFIED//NOFORN//SBU",
    ),
    (&["U//LES-NF", "U"], "UNCLASSIFIED//LES NOFORN"),
    (&["S//REL TO USA, FVEY", "U//LES-NF"], "SECRET//NOFORN//LES"),
    (
        &["S//REL TO USA, GBR", "S//REL TO USA, AUS"],
        "SECRET//NOFORN",
    ),
    (&["S//REL TO USA, GBR", "S//RELIDO"], "SECRET//NOFORN"),
    (
        &["S//REL TO USA, GBR", "S//DISPLAY ONLY AFG"],
        "SECRET//NOFORN",
    ),
    (&["S//REL TO USA, GBR/RELIDO", "S"], "SECRET//NOFORN"),
    (&["S//REL TO USA, GBR", "S"], "SECRET//NOFORN"),
    (&["S//REL TO USA, GBR", "U"], "SECRET//REL TO USA, GBR"),
    (&["S//REL TO USA, GBR", "U//FISA"], "SECRET//NOFORN/FISA"),
    (&["S//RELIDO", "S//DISPLAY ONLY AFG"], "SECRET//NOFORN"),
    (&["S//DISPLAY ONLY AFG", "S"], "SECRET//NOFORN"),
    (
        &["S//REL TO USA, JPN, NZL", "S//REL TO USA, NZL"],
        "SECRET//REL TO USA, NZL",
    ),
    (
        &["S//REL TO USA, GBR", "C//USA/AUS/GBR EYES ONLY"],
        "SECRET//REL TO USA, GBR",
    ),
    (
        &["S//REL TO USA, FVEY", "S//REL TO USA, AUS, JPN"],
        "SECRET//REL TO USA, AUS",
    ),
    (
        &["S//REL TO USA, FVEY", "S//REL TO USA, FVEY"],
        "SECRET//REL TO USA, FVEY",
    ),
    (&["S//RELIDO", "C//RELIDO"], "SECRET//RELIDO"),
    (
        &["S//RELIDO", "C//REL TO USA, GBR/RELIDO"],
        "SECRET//RELIDO",
    ),
    (
        &["S//DISPLAY ONLY AFG, IRQ", "S//DISPLAY ONLY AFG"],
        "SECRET//DISPLAY ONLY AFG",
    ),
    (
        &["S//DISPLAY ONLY AFG", "S//REL TO USA, AFG"],
        "SECRET//DISPLAY ONLY AFG",
    ),
    // A portion that leaves its list to the banner limits nothing, in whichever words it says so.
    (
        &["S//REL TO USA, GBR", "S//EYES"],
        "SECRET//REL TO USA, GBR",
    ),
    (
        &["S//REL", "S//USA/GBR EYES ONLY"],
        "SECRET//REL TO USA, GBR",
    ),
    (
        &["S//REL TO USA, GBR/EYES", "S//REL TO USA, AUS"],
        "SECRET//NOFORN",
    ),
    (&["S//REL", "S//DISPLAY ONLY AFG"], "SECRET//NOFORN"),
    (
        &[
            "S//REL TO USA, GBR/DISPLAY ONLY IRQ",
            "S//REL TO USA, GBR/DISPLAY ONLY IRQ",
        ],
        "SECRET//REL TO USA, GBR/DISPLAY ONLY IRQ",
    ),
    (
        &[
            "S//REL TO USA, FRA/DISPLAY ONLY GBR, IRQ",
            "S//REL TO USA, GBR/DISPLAY ONLY IRQ",
        ],
        "SECRET//DISPLAY ONLY GBR, IRQ",
    ),
    (
        &[
            "S//REL TO USA, FVEY/DISPLAY ONLY IRQ",
            "S//REL TO USA, FVEY, IRQ",
        ],
        "SECRET//REL TO USA, FVEY/DISPLAY ONLY IRQ",
    ),
    (&["TS//OC-USGOV/NF", "S//OC/NF"], "TOP SECRET//ORCON/NOFORN"),
    (
        &["S//RD//NF", "S//FRD//NF", "S//TFNI//NF"],
        "SECRET//RD//NOFORN",
    ),
    (
        &["S//RD-SG 20//NF", "S//FRD-SG 14//NF"],
        "SECRET//RD-SIGMA 14 20//NOFORN",
    ),
    (&["U//DCNI", "S//REL TO USA, GBR"], "SECRET//NOFORN"),
    (&["U//DCNI", "U"], "UNCLASSIFIED//DOD UCNI"),
    (
        &["TS//SI-G ABCD//OC/NF", "TS//SI-G EFGH//OC/NF", "S//TK//NF"],
        "TOP SECRET//SI-G ABCD EFGH/TK//ORCON/NOFORN",
    ),
    (
        &["S//SAR-BP//NF", "S//SAR-CA-XYZ//NF"],
        "SECRET//SAR-BP/CA-XYZ//NOFORN",
    ),
    (
        &["//GBR S//REL TO USA, GBR", "S//REL TO USA, GBR"],
        "SECRET//FGI GBR//REL TO USA, GBR",
    ),
    (&["//FGI S//NF", "//GBR C//NF", "U"], "SECRET//FGI//NOFORN"),
    (
        &[
            "//JOINT S GBR USA//REL TO USA, FVEY",
            "//NS//REL TO USA, NATO",
            "U",
        ],
        "SECRET//FGI GBR NATO//NOFORN",
    ),
    (&["//NR", "U"], "CONFIDENTIAL//FGI NATO"),
    (
        &[
            "TS//RELIDO",
            "//CAN DEU S//REL TO USA, CAN, DEU",
            "//AUS S//REL TO USA, AUS",
            "//CTS//BOHEMIA//REL TO USA, NATO",
        ],
        "TOP SECRET//BOHEMIA//FGI AUS CAN DEU NATO//NOFORN",
    ),
    (&["//NS//ATOMAL", "//NC"], "//NATO SECRET//ATOMAL"),
    (&["S//NF//XD", "C//NF//ND"], "SECRET//NOFORN//NODIS"),
    (&["U//FOUO", "U//PR"], "UNCLASSIFIED//PROPIN"),
    (&["U//DS", "S"], "SECRET"),
];

#[test]
fn portions_demand_the_banner_that_the_precedence_rules_give() {
    for &(portions, wanted) in DEMANDS {
        assert_eq!(demand(portions).as_deref(), Some(wanted), "{portions:?}");
    }
}

#[test]
fn a_banner_that_releases_to_one_more_is_told_that_one() {
    let said = |portions: &[&str], banner: &str| {
        let mut state = RollUp::default();
        for text in portions {
            state.add(&parse(text, 0, us(), Surface::Portion), text, us());
        }
        let banner = parse(banner, 0, us(), Surface::Banner).statement(banner, us());
        let differences = state.differences(&banner, us());
        let said = differences.into_iter();
        said.map(|own| (own.direction, own.words))
            .collect::<Vec<_>>()
    };
    let portions = ["S//REL TO USA, AUS, GBR", "S//REL TO USA, CAN, GBR"];
    let one = (Direction::Releases, "AUS".to_owned());
    assert_eq!(said(&portions, "SECRET//REL TO USA, AUS, GBR"), [one]);
    let all = (Direction::Releases, "REL TO USA, AUS, CAN".to_owned());
    let held = (Direction::Withholds, "GBR".to_owned());
    assert_eq!(said(&portions, "SECRET//REL TO USA, AUS, CAN"), [all, held]);
}

#[test]
fn a_portion_is_a_reason_for_what_it_demands_by_itself_and_for_nothing_else() {
    let statement = |text: &str, surface| parse(text, 0, us(), surface).statement(text, us());
    let portions = ["S//NF", "S//OC"].map(|text| statement(text, Surface::Portion));
    let mut state = RollUp::default();
    for portion in &portions {
        state.add_statement(portion, us());
    }
    let banner = statement("SECRET", Surface::Banner);
    let differences = state.differences(&banner, us());
    let words: Vec<&str> = differences.iter().map(|own| own.words.as_str()).collect();
    assert_eq!(words, ["ORCON", "NOFORN"]);
    let forced = |own: usize, portion: usize| {
        differences[own].is_forced_by(&portions[portion], &banner, us())
    };
    assert!(forced(0, 1) && forced(1, 0));
    assert!(!forced(0, 0) && !forced(1, 1));
}

#[test]
fn of_values_beneath_each_other_the_innermost_is_told() {
    let mut state = RollUp::default();
    let portion = "TS//SI-G ABCD//OC/NF";
    state.add(&parse(portion, 0, us(), Surface::Portion), portion, us());
    let banner = "TOP SECRET//SI//ORCON/NOFORN";
    let banner = parse(banner, 0, us(), Surface::Banner).statement(banner, us());
    let differences = state.differences(&banner, us());
    let words: Vec<&str> = differences.iter().map(|own| own.words.as_str()).collect();
    assert_eq!(words, ["SI-G ABCD"]);
}
