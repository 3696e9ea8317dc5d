//! Levels that lie above each other or do not compare, and what portions demand of a banner.

use crate::board::{SCHEME, TOPICS, demand, demanded, ferry};
use caveat::marking::compile_files;
use std::cmp::Ordering;

#[test]
fn levels_are_a_partial_order_and_incomparable_ones_are_left_to_a_person() {
    let scheme = ferry();
    let level = |name| scheme.level_named(name).unwrap();
    let compare = |one, other| scheme.compare(level(one), level(other));
    assert_eq!(compare("OPEN", "CAPTAIN"), Some(Ordering::Less));
    assert_eq!(compare("CAPTAIN", "QUAY"), Some(Ordering::Greater));
    assert_eq!(compare("DEEP QUAY", "CAPTAIN"), None);
    assert_eq!(compare("QUAY", "CREW"), None);
    assert!(scheme.parallels(level("CREW")).eq([level("QUAY")]));
    let found = demanded(&scheme, &["Q", "C"]);
    assert!(found.undecided && found.level.is_none());
    assert_eq!(found.highest, [level("QUAY"), level("CREW")]);
    assert_eq!(demand(&["Q", "C", "CPT"]), Some("CAPTAIN".into()));
    let declared = !scheme.level(level("OPEN")).classified;
    assert!(declared && scheme.level(level("QUAY")).classified);
}

#[test]
fn a_level_said_to_be_parallel_to_a_lower_one_is_a_problem() {
    let broken = SCHEME.replace("parallel = [\"CREW\"]", "parallel = [\"DEEP QUAY\"]");
    let files = [("scheme.toml", broken.as_str()), ("topics.toml", TOPICS)];
    let problems = compile_files(&files, None).unwrap_err();
    let messages: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        ["`QUAY` and `DEEP QUAY` are called parallel, and one lies below the other"]
    );
}

#[test]
fn each_operator_rolls_up_in_its_way() {
    assert_eq!(demand(&["Q//SM", "Q//LP"]), Some("QUAY//STORM/LAMP".into()));
    assert_eq!(
        demand(&["CPT//TD-E ABCD//HO", "CPT//TD-E WXYZ//HO"]),
        Some("CAPTAIN//TIDE-E ABCD WXYZ//HOME ONLY".into())
    );
    // Intersection, with a league that stands for its members.
    assert_eq!(
        demand(&["Q//ST RUR, GRA, ZEN", "Q//ST RUR, ZEN", "O"]),
        Some("QUAY//SEND TO RUR, ZEN".into())
    );
    assert_eq!(
        demand(&["Q//ST RUR, LOP", "Q//ST RUR, GRA, HEN"]),
        Some("QUAY//SEND TO RUR, GRA".into())
    );
    assert_eq!(
        demand(&["Q//ST RUR, LOP", "Q//ST RUR, LOP"]),
        Some("QUAY//SEND TO RUR, LOP".into())
    );
    assert_eq!(
        demand(&["Q//ST RUR, ZEN", "Q//ST RUR, GRA"]),
        Some("QUAY//HOME ONLY".into())
    );
    assert_eq!(
        demand(&["Q//ST RUR, ZEN", "Q"]),
        Some("QUAY//HOME ONLY".into())
    );
    assert_eq!(
        demand(&["Q//ST RUR, ZEN", "Q//SHOW TO ZEN"]),
        Some("QUAY//SHOW TO ZEN".into())
    );
    // Dominance, presence, dropping, nothing at all.
    assert_eq!(
        demand(&["Q//ST RUR, ZEN", "Q//HO"]),
        Some("QUAY//HOME ONLY".into())
    );
    assert_eq!(demand(&["Q//BT 4", "Q//BT 12"]), Some("QUAY//BERTH".into()));
    assert_eq!(demand(&["O//DK", "O"]), Some("OPEN//DOCK".into()));
    assert_eq!(demand(&["O//DK", "Q"]), Some("QUAY".into()));
    assert_eq!(demand(&["Q - PF A. Otter"]), Some("QUAY".into()));
    assert_eq!(demand(&["DQ"]), Some("DEEP QUAY//LOGGED".into()));
}
