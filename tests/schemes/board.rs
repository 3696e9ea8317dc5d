//! The markings of the Ferry Board of Ruritania, which does not exist, and short ways to ask about them.

use caveat::marking::{Demand, Fault, Marking, RollUp, Scheme, Surface, compile_files, parse};

pub(crate) const SCHEME: &str = include_str!("ferry-board/scheme.toml");
pub(crate) const TOPICS: &str = include_str!("ferry-board/topics.toml");
pub(crate) const BRIDGE: &str = include_str!("bridge-office.toml");

pub(crate) fn compiled(profile: Option<&str>) -> Scheme {
    let files = [("scheme.toml", SCHEME), ("topics.toml", TOPICS)];
    compile_files(&files, profile).unwrap_or_else(|problems| panic!("{problems:?}"))
}

pub(crate) fn ferry() -> Scheme {
    compiled(None)
}

/// What is wrong with a banner, each with the words at fault.
pub(crate) fn banner(text: &str) -> Vec<(Fault, &str)> {
    wrong(text, Surface::Banner)
}

pub(crate) fn wrong(text: &str, surface: Surface) -> Vec<(Fault, &str)> {
    let marking = parse(text, 0, &ferry(), surface);
    let faults = marking.faults.iter();
    faults
        .map(|found| (found.fault, &text[found.span.range()]))
        .collect()
}

/// A marking without a fault, written again as a banner and as a portion mark.
pub(crate) fn both(text: &str, surface: Surface) -> (String, String) {
    let scheme = ferry();
    let marking = parse(text, 0, &scheme, surface);
    assert!(marking.is_right(), "{text}: {:?}", marking.faults);
    let render = |surface| marking.render(text, &scheme, surface);
    (render(Surface::Banner), render(Surface::Portion))
}

pub(crate) fn canonical(text: &str) -> String {
    let scheme = ferry();
    parse(text, 0, &scheme, Surface::Banner).render(text, &scheme, Surface::Banner)
}

pub(crate) fn demanded(scheme: &Scheme, portions: &[&str]) -> Demand {
    let mut state = RollUp::default();
    for portion in portions {
        let marking: Marking = parse(portion, 0, scheme, Surface::Portion);
        assert!(marking.is_right(), "{portion}: {:?}", marking.faults);
        state.add(&marking, portion, scheme);
    }
    state.demand(scheme)
}

pub(crate) fn demand(portions: &[&str]) -> Option<String> {
    let scheme = ferry();
    demanded(&scheme, portions).render(&scheme, Surface::Banner)
}
