//! Runs every draft of `examples/` and compares what is found with `examples/EXPECTED.txt`.
//!
//! `UPDATE=1 cargo test --test shipped_examples` writes that file anew: read what changed in it.

use caveat::diagnostic::Severity;
use caveat::engine::{Options, Verdict, check};
use caveat::rules::{PackFile, RuleSet};
use caveat::text::{Encoding, Source, decode};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const HEAD: &str = "\
# What caveat finds in each draft of examples/, line and column first; in those of examples/house with the
# rules of that house.
# Written by `UPDATE=1 cargo test --test shipped_examples`; every line is to be read by a person.
";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// The files below a folder of the examples, in order.
fn files(below: &str) -> Vec<PathBuf> {
    let mut waiting = vec![folder().join(below)];
    let mut files = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(path).expect("the examples are here");
            waiting.extend(entries.flatten().map(|entry| entry.path()));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The shipped packs and that of the example's house.
fn house() -> RuleSet {
    let own = files("house/palace").into_iter().map(|path| {
        let text = String::from_utf8(fs::read(&path).expect("a pack is readable"));
        let text = text.expect("TOML is UTF-8");
        PackFile::new("palace", path.to_string_lossy(), text)
    });
    let all = RuleSet::shipped_files().into_iter().chain(own);
    RuleSet::load(all.collect()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Every draft with what was found in it, by name.
fn verdicts() -> Vec<(Source, Verdict)> {
    let shipped = RuleSet::shipped().expect("the shipped packs are valid");
    let mut verdicts = Vec::new();
    for (below, rules) in [("house/drafts", &house()), ("telegrams", &shipped)] {
        for path in files(below) {
            let bytes = fs::read(&path).expect("an example is readable");
            let (text, encoding, map) = decode(bytes).expect("an example is text");
            let name = path.strip_prefix(folder()).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            let source = Source::new(name, text, encoding, map);
            let verdict = check(&source, rules, &Options::default());
            verdicts.push((source, verdict));
        }
    }
    verdicts
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
fn rules_of_the_house_do_what_their_examples_say() {
    let rules = house();
    let own = rules.rules().filter(|rule| rule.id.starts_with("palace/"));
    let mut run = 0;
    for rule in own {
        for example in &rule.entry.examples {
            let text = example.fires.as_deref().or(example.quiet.as_deref());
            let source = Source::from_text("example", text.unwrap_or_default());
            let verdict = check(&source, &rules, &Options::default());
            let found: Vec<_> = verdict
                .diagnostics
                .iter()
                .map(|found| (&*found.rule, source.slice(found.primary)))
                .collect();
            let wanted: Vec<_> = example
                .at
                .iter()
                .map(|at| (&*rule.id, at.as_str()))
                .collect();
            assert_eq!(found, wanted);
            run += 1;
        }
    }
    assert_eq!(run, 4);
}

/// The telegram that shows every element has the three slips that the model has, and no other.
#[test]
fn the_model_telegram_gives_the_findings_of_its_table() {
    let all = verdicts();
    let model = |source: &Source| source.name() == "telegrams/sensitive-action-request.txt";
    let (source, verdict) = all
        .iter()
        .find(|(source, _)| model(source))
        .expect("it is shipped");
    let found: Vec<_> = verdict
        .diagnostics
        .iter()
        .map(|found| {
            let start = source
                .line_index()
                .line_column(found.primary.start, source.text());
            (
                start.line,
                source.slice(found.primary),
                &*found.rule,
                found.severity,
            )
        })
        .collect();
    let wanted = [
        (
            14,
            "RHMFIISS",
            "telegram/routing-indicator-misspelt",
            Severity::Advice,
        ),
        (21, "SIPDIS", "telegram/caption-twice", Severity::Advice),
        (
            24,
            "STRELSAU",
            "telegram/attention-not-addressed",
            Severity::Advice,
        ),
    ];
    assert_eq!(found, wanted);
}

/// Place, severity and rule of each finding that the program prints for a path.
fn printed(path: &str) -> Vec<String> {
    let run = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .args(["check", path, "--output-format", "concise"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    let out = String::from_utf8_lossy(&run.stdout);
    assert_eq!(run.status.code(), Some(1), "{out}");
    let words = |line: &str| line.split(' ').take(3).collect::<Vec<_>>().join(" ");
    let findings = out.lines().filter(|line| line.starts_with("examples/"));
    findings.map(words).collect()
}

/// The program and the library agree, and no other file below `examples/` raises anything.
#[test]
fn the_program_finds_what_the_library_finds() {
    let house = [
        "examples/house/drafts/lake-report.txt:9:1: warning palace/lake-desk-without-reference",
        "examples/house/drafts/lake-report.txt:10:1: error palace/palace-channel-shared",
    ];
    assert_eq!(printed("examples/house"), house, "as its caveat.toml says");
    let mut expected: Vec<String> = house.map(str::to_owned).to_vec();
    for (source, verdict) in verdicts() {
        if source.name().starts_with("house/") {
            continue;
        }
        for found in &verdict.diagnostics {
            let start = found.primary.start;
            let place = source.line_index().line_column(start, source.text());
            let (line, column) = (place.line, place.column);
            let (severity, rule, name) = (found.severity.word(), &found.rule, source.name());
            expected.push(format!(
                "examples/{name}:{line}:{column}: {severity} {rule}"
            ));
        }
    }
    assert_eq!(printed("examples"), expected);
}

/// Runs an example of the library as a reader would; gives its code and what it printed.
fn example(name: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let run = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--locked",
            "--offline",
            "--example",
            name,
            "--",
        ])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let printed = String::from_utf8_lossy(&run.stdout).into_owned();
    let errors = String::from_utf8_lossy(&run.stderr);
    (run.status.code(), printed + &errors)
}

#[test]
fn the_example_of_the_library_prints_each_finding() {
    let faulty = "examples/telegrams/exdis-with-sipdis.txt";
    let sound = "examples/telegrams/confidential-noforn.txt";
    let (code, printed) = example("check", &[sound, faulty]);
    let line = format!("{faulty}:12:1: error telegram/sipdis-limited: ");
    assert!(
        code == Some(1) && printed.starts_with(&line),
        "{code:?} {printed}"
    );
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert_eq!(example("check", &[sound]), (Some(0), String::new()));
}

#[test]
fn the_generator_writes_what_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let out = folder.path().to_string_lossy();
    let (code, printed) = example("generate", &["--files", "501", "--out", &out]);
    assert_eq!((code, printed.as_str()), (Some(0), ""));
    let count = |name: &str| {
        let entries = fs::read_dir(folder.path().join(name)).expect("it was made");
        entries.count()
    };
    assert_eq!((count("0000"), count("0001")), (500, 1));
    let (code, _) = example("generate", &["--one-file", "100000", "--out", &out]);
    let joined = fs::metadata(folder.path().join("joined.txt")).map(|file| file.len());
    assert_eq!(code, Some(0));
    assert!(joined.is_ok_and(|bytes| (100_000..120_000).contains(&bytes)));
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
