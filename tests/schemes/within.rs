//! What one marking allows another may ask for.

use crate::board::ferry;
use caveat::marking::{Surface, parse};

/// Whether whoever may have what the second banner marks may have what the first one marks.
fn within(text: &str, most: &str) -> bool {
    let scheme = ferry();
    let read = |text| {
        let marking = parse(text, 0, &scheme, Surface::Banner);
        assert!(marking.is_right(), "{text}: {:?}", marking.faults);
        marking
    };
    scheme.is_within(&read(text), &read(most))
}

#[test]
fn no_level_is_above_and_levels_of_two_ladders_lie_outside() {
    assert!(within("OPEN", "QUAY") && within("QUAY", "QUAY"));
    assert!(within("QUAY", "CAPTAIN") && within("QUAY", "DEEP QUAY"));
    assert!(!within("DEEP QUAY", "QUAY"));
    assert!(!within("DEEP QUAY", "CAPTAIN") && !within("CAPTAIN", "DEEP QUAY"));
    assert!(within("//LEAGUE WHARF", "QUAY//FOREIGN LOP"));
    assert!(!within("//LEAGUE WHARF", "OPEN"));
}

#[test]
fn a_control_is_granted_by_itself_or_by_one_that_asks_for_more() {
    assert!(within("QUAY//PILOT", "QUAY//PILOT"));
    assert!(!within("QUAY//PILOT", "QUAY") && !within("QUAY//PILOT", "QUAY//ANCHOR"));
    // What stands behind another in a chain asks for less.
    assert!(within("QUAY//SEND TO RUR, ZEN", "QUAY//HOME ONLY"));
    assert!(within("QUAY//SHOW TO ZEN", "QUAY//SEND TO RUR, ZEN"));
    assert!(within("QUAY//SHOW TO ZEN", "QUAY//HOME ONLY"));
    assert!(!within("QUAY//HOME ONLY", "QUAY//SEND TO RUR, ZEN"));
    assert!(!within("QUAY//SEND TO RUR, ZEN", "QUAY//SHOW TO ZEN"));
    // What another covers; and what a level implies, on either side.
    assert!(within("OPEN//DOCK", "OPEN//ANCHOR") && !within("OPEN//ANCHOR", "OPEN//DOCK"));
    assert!(within("DEEP QUAY//LOGGED", "DEEP QUAY"));
    assert!(!within("QUAY//LOGGED", "QUAY//PILOT"));
}

#[test]
fn what_another_owns_is_granted_by_its_control_or_by_the_same_owner() {
    assert!(within("//ZEN QUAY", "//ZEN QUAY"));
    assert!(within("//ZEN QUAY", "QUAY//FOREIGN ZEN"));
    assert!(!within("//ZEN QUAY", "QUAY"));
    assert!(!within("//ZEN QUAY", "//LEAGUE QUAY"));
}
