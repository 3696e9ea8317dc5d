//! Every irregularity of released and circulated telegrams is survived: the elements read in each fixture
//! stand beside it, one a line. `UPDATE=1 cargo test --test telegrams_irregular` rewrites them; every line
//! is to be read by a person.

use caveat::engine::{Options, check};
use caveat::reading::{Element, Value};
use caveat::rules::RuleSet;
use caveat::text::{FileSpan, Source, decode};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

/// How many irregularities the reference lists.
const LISTED: usize = 32;

fn fixtures() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/telegrams_irregular");
    let entries = fs::read_dir(folder)
        .expect("the fixtures are here")
        .flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths
}

fn value(element: &Element, rules: &RuleSet) -> String {
    match &element.value {
        Value::Text => String::new(),
        Value::Number(number) => format!(" = {number}"),
        Value::Day(day) => format!(" = {day}"),
        Value::Moment(moment) => format!(" = {moment}"),
        Value::Impossible => " = impossible".to_owned(),
        Value::NearMiss => " = misspelt".to_owned(),
        Value::Marking(marking) => {
            let level = marking
                .level
                .map(|used| &*rules.scheme().level(used.level).name);
            let controls = marking.controls.iter();
            let controls = controls.map(|used| &*rules.scheme().control(used.control).name);
            let words: Vec<&str> = level.into_iter().chain(controls).collect();
            format!(" = {}", words.join(" + "))
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test is asked through the environment to write what it found"
)]
fn is_update() -> bool {
    env::var_os("UPDATE").is_some()
}

/// The elements of a draft, one a line: kind, the words, and what they say.
fn shown(source: &Source, rules: &RuleSet) -> String {
    let reading = check(source, rules, &Options::default()).reading;
    let mut lines = format!("{:?}\n", reading.rendering);
    for element in &reading.elements {
        let words: Vec<&str> = source.slice(element.span).split_whitespace().collect();
        let said = value(element, rules);
        writeln!(lines, "{:?}: {}{said}", element.kind, words.join(" "))
            .expect("a String takes text");
    }
    lines
}

#[test]
fn each_irregularity_has_a_fixture_and_is_read_as_it_says() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let paths = fixtures();
    let mut numbers: Vec<String> = paths
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_str()?.get(..2)?.to_owned()))
        .collect();
    // Some have two.
    numbers.dedup();
    let listed: Vec<String> = (1..=LISTED).map(|number| format!("{number:02}")).collect();
    assert_eq!(numbers, listed);
    let mut wrong = Vec::new();
    for path in paths {
        let bytes = fs::read(&path).expect("the fixture is readable");
        let (text, encoding, map) = decode(bytes).expect("the fixture is text");
        let source = Source::new("fixture", text, encoding, map);
        let found = shown(&source, &rules);
        let beside = path.with_extension("expected");
        if is_update() {
            fs::write(&beside, &found).expect("the expectation is writable");
            continue;
        }
        let expected = fs::read(&beside).map(String::from_utf8);
        if !matches!(expected, Ok(Ok(expected)) if expected == found) {
            wrong.push(format!("{}\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The places of all elements lie in the file, whatever its line ends.
#[test]
fn every_element_lies_in_the_file() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    for path in fixtures() {
        let bytes = fs::read(&path).expect("the fixture is readable");
        let length = bytes.len();
        let (text, encoding, map) = decode(bytes).expect("the fixture is text");
        let source = Source::new("fixture", text, encoding, map);
        for element in check(&source, &rules, &Options::default()).reading.elements {
            let FileSpan { start, end, .. } = source.file_span(element.span);
            assert!(start <= end && end as usize <= length, "{}", path.display());
        }
    }
}
