//! Runs every draft of `examples/telegrams` and compares what is found with `examples/EXPECTED.txt`.
//!
//! `UPDATE=1 cargo test --test shipped_examples` writes that file anew: read what changed in it.

use caveat::diagnostic::Severity;
use caveat::engine::{Options, Verdict, check};
use caveat::rules::RuleSet;
use caveat::text::{Encoding, Source, decode};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "\
# What caveat finds in each draft of examples/telegrams, line and column first.
# Written by `UPDATE=1 cargo test --test shipped_examples`; every line is to be read by a person.
";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// Every draft with what was found in it, by name.
fn verdicts() -> Vec<(Source, Verdict)> {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let entries = fs::read_dir(folder().join("telegrams")).expect("the examples are here");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let checked = paths.into_iter().map(|path| {
        let bytes = fs::read(&path).expect("an example is readable");
        let (text, encoding, map) = decode(bytes).expect("an example is text");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let source = Source::new(name, text, encoding, map);
        let verdict = check(&source, &rules, &Options::default());
        (source, verdict)
    });
    checked.collect()
}

#[expect(clippy::disallowed_methods, reason = "a test reads how it was called")]
fn asked_to_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

#[test]
fn what_is_found_is_what_the_golden_text_says() {
    let mut found = HEAD.to_owned();
    for (source, verdict) in verdicts() {
        writeln!(found, "\n{}", source.name()).expect("a String takes text");
        found.push_str(
            match (verdict.diagnostics.is_empty(), names_a_fault(&source)) {
                (true, true) => "  nothing, though its text names a fault\n",
                (true, false) => "  clean\n",
                _ => "",
            },
        );
        for diagnostic in &verdict.diagnostics {
            let start = diagnostic.primary.start;
            let place = source.line_index().line_column(start, source.text());
            let (line, column) = (place.line, place.column);
            let severity = diagnostic.severity.word();
            let (rule, message) = (&diagnostic.rule, &diagnostic.message);
            writeln!(found, "  {line}:{column} {severity} {rule}: {message}")
                .expect("a String takes text");
        }
    }
    let golden = folder().join("EXPECTED.txt");
    if asked_to_update() {
        fs::write(golden, found).expect("the golden text is writable");
        return;
    }
    let expected = String::from_utf8(fs::read(golden).unwrap_or_default()).unwrap_or_default();
    let lines: BTreeSet<&str> = expected.lines().collect();
    let new: Vec<&str> = found.lines().filter(|line| !lines.contains(line)).collect();
    assert_eq!(
        found, expected,
        "new lines: {new:#?}; `UPDATE=1 cargo test --test shipped_examples` accepts them"
    );
}

/// Words of a text with one blank between them: its sentences may break anywhere.
fn words(source: &Source) -> String {
    let words: Vec<&str> = source.text().split_whitespace().collect();
    words.join(" ").to_ascii_lowercase()
}

/// Whether a draft says of itself that something is wrong with it.
fn names_a_fault(source: &Source) -> bool {
    let words = words(source);
    words.contains("with a fault") || words.contains("with faults")
}

#[test]
fn every_draft_says_that_it_is_invented_and_those_without_fault_pass() {
    for (source, verdict) in verdicts() {
        assert!(words(&source).contains("invented"), "{}", source.name());
        let worst = verdict.diagnostics.iter().map(|found| found.severity).max();
        let passes = worst.is_none_or(|worst| worst == Severity::Advice);
        assert!(
            passes || names_a_fault(&source),
            "{}: {:?}",
            source.name(),
            verdict.diagnostics
        );
    }
}

#[test]
fn renderings_and_encodings_are_all_there() {
    let verdicts = verdicts();
    let encodings: Vec<Encoding> = verdicts
        .iter()
        .map(|(source, _)| source.encoding())
        .collect();
    assert!(encodings.contains(&Encoding::Utf16Le) && encodings.contains(&Encoding::Windows1252));
    assert!(
        verdicts
            .iter()
            .any(|(source, _)| source.text().contains("\r\n"))
    );
    let renderings: BTreeSet<String> = verdicts
        .iter()
        .filter_map(|(_, verdict)| verdict.reading.rendering)
        .map(|rendering| format!("{rendering:?}"))
        .collect();
    assert!(renderings.len() >= 4, "{renderings:?}");
}
