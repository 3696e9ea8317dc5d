//! What else a scheme file says: places, companions, words that are no longer used, profiles, several schemes.

use crate::board::{BRIDGE, SCHEME, TOPICS, banner, canonical, compiled, ferry};
use caveat::marking::{Fault, Scheme, Schemes, Surface, Word, compile, compile_files, parse};
use caveat::pack::scheme_file::{Place, PortionPolicy};
use caveat::pack::shared::Evidence;

#[test]
fn places_portions_and_fields_follow_the_scheme() {
    let scheme = ferry();
    let level = |name| scheme.level_named(name);
    assert!(scheme.wants_banner_at(Place::Bottom) && !scheme.wants_banner_at(Place::EveryPage));
    assert!(scheme.forbids_marking_at(Place::Envelope) && !scheme.forbids_marking_at(Place::Top));
    assert_eq!(
        scheme.place_that_counts(Place::Top, Place::Subject),
        Some(Place::Subject)
    );
    assert_eq!(
        scheme.portions_at(level("DEEP QUAY")),
        PortionPolicy::AllOrNothing
    );
    assert_eq!(scheme.portions_at(level("OPEN")), PortionPolicy::Optional);
    assert!(scheme.is_exempt("heading") && !scheme.is_exempt("table"));
    assert_eq!(scheme.fields_at(level("QUAY").unwrap()).count(), 1);
    assert_eq!(scheme.fields_at(level("OPEN").unwrap()).count(), 0);
}

#[test]
fn companions_are_looked_for_in_the_text_across_lines() {
    let scheme = ferry();
    let marking = parse("DEEP QUAY//TIDE", 0, &scheme, Surface::Banner);
    let companion = scheme.companions(&marking).next().expect("one is demanded");
    assert!(companion.stands_in("Note: The tide\n   table is secret."));
    assert!(!companion.stands_in("The tide table is not secret."));
    let other = parse("DEEP QUAY", 0, &scheme, Surface::Banner);
    assert!(scheme.companions(&other).next().is_none());
}

#[test]
fn deprecated_terms_and_dead_words_are_known_with_their_dates() {
    let scheme = ferry();
    assert_eq!(
        banner("DOCK PRIVATE//HOME ONLY"),
        [(Fault::Obsolete, "DOCK PRIVATE")]
    );
    assert_eq!(canonical("DOCK PRIVATE//HOME ONLY"), "QUAY//HOME ONLY");
    let term = scheme.deprecated_named("dock private").unwrap();
    assert!(term.was_right_on(jiff::civil::date(2028, 12, 31)));
    assert!(!term.was_right_on(jiff::civil::date(2029, 1, 1)));
    assert!(term.exact && term.kept_in_records);
    assert_eq!(term.error_from.unwrap().0, jiff::civil::date(2030, 1, 1));
    let marking = parse("OPEN//DOCK", 0, &scheme, Surface::Banner);
    let dead: Vec<_> = scheme
        .out_of_time(&marking, jiff::civil::date(2036, 1, 1))
        .collect();
    let dock = Word::Control(scheme.control_named("DOCK").unwrap());
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].0, dock);
    assert_eq!(
        scheme.successor(dock),
        scheme.control_named("ANCHOR").map(Word::Control)
    );
    let quay = scheme.level_named("QUAY").map(Word::Level);
    assert_eq!(scheme.successor(Word::Deprecated(0)), quay);
    assert_eq!(
        scheme
            .out_of_time(&marking, jiff::civil::date(2031, 1, 1))
            .count(),
        0
    );
}

#[test]
fn a_profile_changes_words_order_punctuation_and_places() {
    let scheme = compiled(Some("inland"));
    assert_eq!(scheme.profile(), Some("inland"));
    assert!(scheme.level_named("DEEP QUAY").is_none());
    let text = "QUAY | HOME ONLY | LOCK KEEPER";
    let marking = parse(text, 0, &scheme, Surface::Banner);
    assert!(marking.is_right(), "{:?}", marking.faults);
    assert_eq!(
        marking.render(text, &scheme, Surface::Portion),
        "Q | HO | LK"
    );
    assert_eq!(scheme.portions_at(None), PortionPolicy::Off);
    let files = [("scheme.toml", SCHEME), ("topics.toml", TOPICS)];
    let problems = compile_files(&files, Some("inlnd")).unwrap_err();
    assert_eq!(problems[0].to_string(), "the scheme has no profile `inlnd`");
}

#[test]
fn several_schemes_stand_side_by_side() {
    let bridge = compile("bridge.toml", BRIDGE).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut schemes = Schemes::new(vec![ferry(), bridge]);
    let name = |schemes: &Schemes, text| {
        let found = schemes.recognise(text, Surface::Banner);
        found.map(|(scheme, _)| scheme.name().to_owned())
    };
    assert_eq!(
        name(&schemes, "QUAY//HOME ONLY").as_deref(),
        Some("ferry-board")
    );
    assert_eq!(
        name(&schemes, "SPAN - TOLL PAID").as_deref(),
        Some("bridge-office")
    );
    assert_eq!(name(&schemes, "THE WEATHER"), None);
    let quay = schemes.primary().unwrap().level_named("QUAY").unwrap();
    let (there, level) = schemes
        .equivalent(schemes.primary().unwrap(), quay, "bridge-office")
        .unwrap();
    assert_eq!(there.level(level).name, "SPAN");
    assert!(schemes.choose("bridge-office"));
    assert_eq!(schemes.primary().map(Scheme::name), Some("bridge-office"));
}

#[test]
fn every_word_says_where_it_is_written_down_and_whether_that_was_read() {
    let scheme = ferry();
    let citation = |name| scheme.citation(Word::Level(scheme.level_named(name).unwrap()));
    assert_eq!(citation("QUAY").text, "Board Order 4 (2031)");
    assert_eq!(citation("CAPTAIN").text, "Board Order 9");
    assert_eq!(citation("CAPTAIN").status, Evidence::Unverified);
    assert_eq!(
        scheme.citation(Word::Deprecated(0)).status,
        Evidence::Unverified
    );
    // A fault rests on what defines the word at fault, or the word that belongs there, or the scheme.
    assert_eq!(scheme.authority(), ["Board Order 4 (2031)"]);
    let authority = |text| {
        let marking = parse(text, 0, &scheme, Surface::Banner);
        let fault = marking.faults.first().expect("it has one");
        fault.authority(&marking, &scheme)
    };
    assert_eq!(authority("captain"), ["Board Order 9"]);
    assert_eq!(authority("DOCK PRIVATE"), ["Board Order 4 (2031)"]);
    assert_eq!(authority("QUAY//SECLUDED"), ["Board Order 4 (2031)"]);
}

#[test]
fn every_problem_of_every_file_is_reported_at_its_word() {
    let scheme = SCHEME
        .replace("chain = [\"HOME ONLY\"", "chain = [\"HOME ONYL\"")
        .replace(
            "codes = \"ports\", sort = \"groups\" }",
            "codes = \"pots\", sort = \"groups\" }",
        );
    let topics = TOPICS
        .replace("group = \"special\"", "group = \"specail\"")
        .replace("members = [\"GRA\"", "members = [\"GRU\"");
    let files = [
        ("scheme.toml", scheme.as_str()),
        ("topics.toml", topics.as_str()),
    ];
    let problems = compile_files(&files, None).unwrap_err();
    let messages: Vec<_> = problems
        .iter()
        .map(|problem| format!("{}: {problem}", problem.file()))
        .collect();
    assert_eq!(
        messages,
        [
            "scheme.toml: no code list is called `pots`",
            "scheme.toml: no control is called `HOME ONYL`",
            "topics.toml: `STORM` is in no group of its category",
            "topics.toml: no code is called `GRU`",
        ]
    );
    let help = miette::Diagnostic::help(&problems[1]).unwrap().to_string();
    assert_eq!(help, "did you mean `HOME ONLY`?");
}
