//! Rule sets, each loaded once.

use caveat::marking::{Scheme, compile, compile_files};
use caveat::rules::{PackFile, RuleSet};
use std::sync::OnceLock;

/// The packs that are compiled in.
pub(super) fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| RuleSet::shipped().expect("the shipped packs are valid"))
}

/// Schemes that do not exist, as names and texts.
const FERRY: [(&str, &str); 2] = [
    (
        "scheme.toml",
        include_str!("../../tests/schemes/ferry-board/scheme.toml"),
    ),
    (
        "topics.toml",
        include_str!("../../tests/schemes/ferry-board/topics.toml"),
    ),
];
const BRIDGE: &str = include_str!("../../tests/schemes/bridge-office.toml");

/// The shipped schemes, and three that do not exist.
pub(super) fn schemes() -> &'static [Scheme] {
    static SCHEMES: OnceLock<Vec<Scheme>> = OnceLock::new();
    SCHEMES.get_or_init(|| {
        let shipped = RuleSet::shipped().expect("the shipped packs are valid");
        let shipped = shipped.schemes().iter();
        let mut all: Vec<Scheme> = shipped.map(|scheme| Scheme::clone(scheme)).collect();
        all.push(compile_files(&FERRY, None).expect("the scheme is sound"));
        all.push(compile_files(&FERRY, Some("inland")).expect("the scheme is sound"));
        all.push(compile("bridge.toml", BRIDGE).expect("the scheme is sound"));
        all
    })
}

/// The files of a small pack of a house that does not exist, without its rules.
pub(super) fn house() -> Vec<PackFile> {
    let file = |path, text: &'static str| PackFile::new("house", path, text);
    vec![
        file(
            "scheme.toml",
            include_str!("../../tests/packs/valid/scheme.toml"),
        ),
        file(
            "labels.toml",
            include_str!("../../tests/packs/valid/labels.toml"),
        ),
        file(
            "words.toml",
            include_str!("../../tests/packs/valid/words.toml"),
        ),
    ]
}
