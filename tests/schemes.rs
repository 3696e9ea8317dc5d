//! A scheme file can say all that marking schemes need, and the library does as it says.
//!
//! One test for each capability, on a scheme that does not exist.
#![expect(clippy::string_slice, reason = "a test may stop at once")]

use caveat::marking::{
    Demand, Fault, Marking, RollUp, Scheme, Schemes, Surface, Word, compile, compile_files, parse,
};
use caveat::pack::scheme_file::{Place, PortionPolicy};
use caveat::pack::shared::Evidence;
use std::cmp::Ordering;

const SCHEME: &str = include_str!("schemes/ferry-board/scheme.toml");
const TOPICS: &str = include_str!("schemes/ferry-board/topics.toml");
const BRIDGE: &str = include_str!("schemes/bridge-office.toml");

fn compiled(profile: Option<&str>) -> Scheme {
    let files = [("scheme.toml", SCHEME), ("topics.toml", TOPICS)];
    compile_files(&files, profile).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn ferry() -> Scheme {
    compiled(None)
}

/// What is wrong with a banner, each with the words at fault.
fn banner(text: &str) -> Vec<(Fault, &str)> {
    wrong(text, Surface::Banner)
}

fn wrong(text: &str, surface: Surface) -> Vec<(Fault, &str)> {
    let marking = parse(text, 0, &ferry(), surface);
    let faults = marking.faults.iter();
    faults
        .map(|found| (found.fault, &text[found.span.range()]))
        .collect()
}

/// A marking without a fault, written again as a banner and as a portion mark.
fn both(text: &str, surface: Surface) -> (String, String) {
    let scheme = ferry();
    let marking = parse(text, 0, &scheme, surface);
    assert!(marking.is_right(), "{text}: {:?}", marking.faults);
    let render = |surface| marking.render(text, &scheme, surface);
    (render(Surface::Banner), render(Surface::Portion))
}

fn canonical(text: &str) -> String {
    let scheme = ferry();
    parse(text, 0, &scheme, Surface::Banner).render(text, &scheme, Surface::Banner)
}

fn demanded(scheme: &Scheme, portions: &[&str]) -> Demand {
    let mut state = RollUp::default();
    for portion in portions {
        let marking: Marking = parse(portion, 0, scheme, Surface::Portion);
        assert!(marking.is_right(), "{portion}: {:?}", marking.faults);
        state.add(&marking, portion, scheme);
    }
    state.demand(scheme)
}

fn demand(portions: &[&str]) -> Option<String> {
    let scheme = ferry();
    demanded(&scheme, portions).render(&scheme, Surface::Banner)
}

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
fn a_word_that_is_ordinary_too_counts_in_capitals_only() {
    let understood = |text| parse(text, 0, &ferry(), Surface::Banner).is_understood();
    assert!(understood("OPEN"));
    assert!(!understood("open"));
    assert!(!understood("Open questions"));
    assert!(understood("quay"));
    assert_eq!(banner("quay"), [(Fault::Case, "quay")]);
    assert!(!understood("OPEN QUESTIONS"));
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
