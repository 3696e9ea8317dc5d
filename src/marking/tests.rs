//! The grammar on a scheme that does not exist.

use super::{Fault, RollUp, Scheme, Surface, compile, parse};
use std::cmp::Ordering;

const FERRY: &str = r#"
[scheme]
name = "ferry"
title = "Ferry Board of Ruritania markings (fictional)"
authority = ["Board Order 4"]
format = 1
[syntax]
tolerated = ["-", "|"]
[[ladder]]
name = "base"
[[ladder]]
name = "harbour"
above = ["base"]
[[ladder]]
name = "people"
above = ["base"]
[[level]]
name = "OPEN"
title = "for anyone"
forms = { banner = ["OPEN"], portion = ["O"] }
[[level]]
name = "QUAY"
title = "for the harbour"
ladder = "harbour"
classified = true
forms = { banner = ["QUAY"], portion = ["Q"] }
[[level]]
name = "DEEP QUAY"
title = "for the harbour master"
ladder = "harbour"
classified = true
forms = { banner = ["DEEP QUAY"], portion = ["DQ"] }
[[level]]
name = "CREW"
title = "for the crew"
ladder = "people"
classified = true
forms = { banner = ["CREW"], portion = ["C"] }
[[category]]
name = "release"
[[category.control]]
name = "HOME ONLY"
title = "for citizens"
forms = { banner = ["HOME ONLY"], portion = ["HO"] }
covers = ["SEND TO"]
[[category.control]]
name = "SEND TO"
title = "for the countries named"
forms = { banner = ["SEND TO"], portion = ["ST"] }
parameter = { kind = "codes", first = "RUR" }
roll-up = "intersection"
empty-becomes = "HOME ONLY"
[[category.control]]
name = "DOCK"
title = "for dock staff"
forms = { banner = ["DOCK"], portion = ["DK"] }
dropped-at = ["QUAY", "DEEP QUAY"]
"#;

fn ferry() -> Scheme {
    compile("ferry.toml", FERRY).expect("the scheme is valid")
}

#[test]
fn levels_of_two_ladders_do_not_compare() {
    let scheme = ferry();
    let level = |name| scheme.level_named(name).unwrap();
    assert_eq!(
        scheme.compare(level("OPEN"), level("CREW")),
        Some(Ordering::Less)
    );
    assert_eq!(
        scheme.compare(level("DEEP QUAY"), level("QUAY")),
        Some(Ordering::Greater)
    );
    assert_eq!(scheme.compare(level("QUAY"), level("CREW")), None);
}

#[test]
fn a_marking_is_read_with_the_place_of_every_word() {
    let scheme = ferry();
    let marking = parse("Q//ST RUR, ZEN/DK", 10, &scheme, Surface::Portion);
    assert_eq!(marking.level.unwrap().span.range(), 10..11);
    let release = marking.controls[0];
    assert_eq!(
        (release.span.range(), release.value.range()),
        (13..15, 16..24)
    );
    assert_eq!(marking.controls[1].span.range(), 25..27);
    assert!(marking.faults.is_empty() && marking.is_understood());
}

#[test]
fn what_is_not_understood_is_listed_at_its_place() {
    let scheme = ferry();
    let faults = |text: &str| {
        let marking = parse(text, 0, &scheme, Surface::Banner);
        marking
            .faults
            .iter()
            .map(|found| (found.fault, found.span.range()))
            .collect::<Vec<_>>()
    };
    assert_eq!(faults("QUAY//SECLUDED"), [(Fault::UnknownWord, 6..14)]);
    assert_eq!(faults("quay//DOCK"), [(Fault::Case, 0..4)]);
    assert_eq!(faults("DEEP QUAY DOCK"), [(Fault::Separator, 9..10)]);
    assert_eq!(faults("QUAY|DOCK"), [(Fault::Separator, 4..5)]);
    assert_eq!(faults("QUAY//DOCK/DOCK"), [(Fault::Duplicate, 11..15)]);
    assert_eq!(faults("QUAY//CREW"), [(Fault::SecondLevel, 6..10)]);
}

fn demand(portions: &[&str]) -> (Option<String>, Vec<String>, bool) {
    let scheme = ferry();
    let mut state = RollUp::default();
    for portion in portions {
        state.add(
            &parse(portion, 0, &scheme, Surface::Portion),
            portion,
            &scheme,
        );
    }
    let demand = state.demand(&scheme);
    let controls = demand
        .controls
        .iter()
        .map(|&id| scheme.control(id).name.to_string());
    let level = demand
        .level
        .map(|level| scheme.level(level).name.to_string());
    (level, controls.collect(), demand.undecided)
}

#[test]
fn many_portions_at_once_say_what_each_of_them_says() {
    let scheme = ferry();
    // Short and long ones, such as are alike but for their last byte or their length.
    let mut kinds = ["", "O", "Q", "DQ", "O//DOCK", "Q//DOCK", "Q//ST RUR"]
        .map(str::to_owned)
        .to_vec();
    for last in [
        "A",
        "AB",
        "ABC",
        "ABD",
        "ABE",
        "ABC, ABD",
        "ABC, ABE",
        "ABC, ABD, ABE, ABFGH",
        "ABC, ABD, ABE, ABFGI",
        "ABC, ABD, ABE, ABFGHI",
    ] {
        kinds.push(format!("Q//ST RUR, {last}"));
    }
    let lines: Vec<&str> = (0..400)
        .filter_map(|at| kinds.get(at * 7 % kinds.len()))
        .map(String::as_str)
        .collect();
    for skipped in (0..lines.len()).step_by(13) {
        let text: Vec<&str> = lines.iter().copied().skip(skipped).collect();
        let text = text.join("\n");
        let (mut start, mut portions) = (0, Vec::new());
        for line in text.split('\n') {
            portions.push(parse(line, start, &scheme, Surface::Portion));
            start += u32::try_from(line.len()).unwrap() + 1;
        }
        let (mut at_once, mut each) = (RollUp::default(), RollUp::default());
        at_once.add_all(&portions, &text, &scheme);
        for portion in &portions {
            each.add(portion, &text, &scheme);
        }
        assert_eq!(at_once, each);
    }
}

#[test]
fn portions_demand_the_highest_level_and_their_controls() {
    assert_eq!(
        demand(&["O//DK", "O"]),
        (Some("OPEN".into()), vec!["DOCK".into()], false)
    );
    assert_eq!(
        demand(&["O//DK", "DQ"]),
        (Some("DEEP QUAY".into()), vec![], false)
    );
    assert_eq!(demand(&["Q", "C"]), (None, vec![], true));
}

#[test]
fn a_release_that_not_every_portion_allows_becomes_none() {
    assert_eq!(demand(&["Q//ST RUR, ZEN", "Q//ST RUR, ZEN"]).1, ["SEND TO"]);
    assert_eq!(demand(&["Q//ST RUR, ZEN", "Q"]).1, ["HOME ONLY"]);
}

#[test]
fn every_problem_of_a_scheme_is_reported_at_once() {
    let broken = FERRY
        .replace(
            "empty-becomes = \"HOME ONLY\"",
            "empty-becomes = \"HOME ONYL\"",
        )
        .replace("dropped-at = [\"QUAY\"", "dropped-at = [\"KEY\"");
    let problems = compile("ferry.toml", &broken).unwrap_err();
    let messages: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "no control is called `HOME ONYL`",
            "no level is called `KEY`"
        ]
    );
    let help = miette::Diagnostic::help(&problems[0]).unwrap().to_string();
    assert_eq!(help, "did you mean `HOME ONLY`?");
}

#[test]
fn a_word_that_is_shared_is_meant_by_the_level_before_it() {
    let shared = FERRY.to_owned()
        + r#"
[[category.control]]
name = "OPEN beside another"
title = "some of it is for anyone"
shares-word-of = "OPEN"
forms = { banner = ["OPEN"], portion = ["O"] }
levels = ["QUAY"]
[[category.control]]
name = "DOCK of the open"
title = "dock hands for hire"
shares-word-of = "DOCK"
forms = { banner = ["DOCK"], portion = ["DOCK"] }
levels = ["OPEN"]
"#;
    let scheme = compile("ferry.toml", &shared).unwrap();
    let controls = |text: &str| -> Vec<String> {
        let marking = parse(text, 0, &scheme, Surface::Banner);
        let controls = marking.controls.iter();
        let names = controls.map(|used| scheme.control(used.control).name.to_string());
        names.collect()
    };
    assert_eq!(controls("OPEN"), [""; 0]);
    assert_eq!(controls("QUAY//OPEN"), ["OPEN beside another"]);
    assert_eq!(controls("OPEN//DOCK"), ["DOCK of the open"]);
    assert_eq!(controls("QUAY//DOCK"), ["DOCK"]);
    let within = |text: &str, most: &str| {
        let read = |text| parse(text, 0, &scheme, Surface::Banner);
        scheme.is_within(&read(text), &read(most))
    };
    assert!(within("QUAY//OPEN", "QUAY") && !within("QUAY//DOCK", "QUAY"));
}
