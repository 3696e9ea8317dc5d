//! Packs of a house: a sound one is loaded with its own scheme, words and rules, and every problem of a broken
//! one is shown at its word.
//!
//! `UPDATE=1 cargo test --test packs` writes the shown problems anew: read what changed in them.

use caveat::engine::{Options, Wording, check};
use caveat::reading::ElementKind;
use caveat::rules::{PackFile, RuleSet};
use caveat::text::Source;
use miette::{GraphicalReportHandler, GraphicalTheme};
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/packs")
        .join(name)
}

fn read(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap_or_default()).expect("TOML is UTF-8")
}

/// The TOML files of a folder, in order.
fn files(name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(name))
        .expect("the packs are here")
        .flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths
}

fn pack_file(path: &Path) -> PackFile {
    let name = path.file_name().unwrap_or_default();
    PackFile::new("house", name.to_string_lossy(), read(path))
}

#[expect(clippy::disallowed_methods, reason = "a test reads how it was called")]
fn asked_to_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

#[test]
fn every_problem_of_a_broken_pack_is_shown_at_its_word() {
    let handler =
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(100);
    for path in files("invalid") {
        let mut all = RuleSet::shipped_files();
        all.push(pack_file(&path));
        let Err(problems) = RuleSet::load(all) else {
            panic!("{} is taken for a sound pack", path.display());
        };
        let mut shown = String::new();
        for problem in &problems {
            handler
                .render_report(&mut shown, problem)
                .expect("a String takes text");
            shown.push('\n');
        }
        let golden = path.with_extension("txt");
        if asked_to_update() {
            fs::write(&golden, &shown).expect("the golden text is writable");
        }
        assert_eq!(shown, read(&golden), "{}", path.display());
    }
}

fn house() -> RuleSet {
    let files = files("valid").iter().map(|path| pack_file(path)).collect();
    RuleSet::load(files).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// A draft of the Meridian Confederation, which does not exist.
const DRAFT: &str = "\
R 021130Z FEB 09
FM HARBORMASTER PORTSIDE
TO KEEPER LIGHTHOUSE
BT
GUARDED PORTSIDE 000118

LAKE DESK
NO FORWARD

TAGS: BOAT
SUBJECT: (O) THE CONVOY

1. (G) The convoy leaves at dawn.

2. (S/HB) Its cargo is salt.
";

#[test]
fn a_pack_of_its_own_scheme_words_and_rules_judges_alone() {
    let rules = house();
    assert_eq!(rules.scheme().name(), "meridian");
    let source = Source::from_text("draft", DRAFT);
    let verdict = check(&source, &rules, &Options::default());
    assert_eq!(verdict.reading.of(ElementKind::Caption).count(), 2);
    let found: Vec<_> = verdict
        .diagnostics
        .iter()
        .map(|found| {
            (
                &*found.rule,
                found.message.as_str(),
                source.slice(found.primary),
            )
        })
        .collect();
    let expected = [
        (
            "house/harbor-missing",
            "a portion is marked `S/HB` and the header lacks `HARBOR`",
            "GUARDED",
        ),
        (
            "house/forwarded",
            "`LAKE DESK` stands with `NO FORWARD`",
            "LAKE DESK",
        ),
        ("house/portion-above-header", "`S/HB` under GUARDED", "S/HB"),
    ];
    assert_eq!(found, expected);
    let wording = Wording::of(source.text(), &verdict.reading, rules.scheme());
    assert_eq!(wording.required.as_deref(), Some("SEALED // HARBOR"));
}

#[test]
fn a_pack_beside_the_shipped_ones_is_chosen_by_the_name_of_its_scheme() {
    let mut files: Vec<_> = files("valid").iter().map(|path| pack_file(path)).collect();
    files.retain(|file| file.path != "labels.toml"); // the shipped ones have these labels
    files.splice(0..0, RuleSet::shipped_files());
    let rules = RuleSet::load(files).unwrap_or_else(|problems| panic!("{problems:?}"));
    let options = Options {
        scheme: Some("meridian".to_owned()),
        ..Options::default()
    };
    let verdict = check(&Source::from_text("draft", DRAFT), &rules, &options);
    let fired = |id: &str| verdict.diagnostics.iter().any(|found| &*found.rule == id);
    assert!(fired("house/harbor-missing") && fired("house/portion-above-header"));
}
