//! What is said of markings, and of portions beside each other, as somebody is told who asks for them.
//!
//! In the texts beside this file a line that begins at the margin is asked about: a marking, or portions with ` | `
//! between them. The indented lines below it are the answer. To ask about another one add its line, run
//! `UPDATE=1 cargo test --test markings`, and read what is said.

#[path = "../in_process/mod.rs"]
#[expect(dead_code, reason = "every run here is asked about lines")]
mod in_process;

use in_process::{around, exchange};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markings")
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("-")
}

/// What is wrong with a marking that was asked about, and how it would be put right.
fn faults(answer: &Value, asked: &str, into: &mut Vec<String>) {
    let found = answer["diagnostics"].as_array().expect("a list");
    for fault in found {
        let at = |key: &str| {
            let byte = fault["span"][key].as_u64().expect("a number");
            usize::try_from(byte).expect("it is short")
        };
        // Of several portions each has places of its own.
        let words = asked
            .get(at("start")..at("end"))
            .filter(|_| !asked.contains(" | "));
        let words = words.map(|words| format!(" at `{words}`"));
        let (severity, message) = (text(fault, "severity"), text(fault, "message"));
        into.push(format!(
            "{severity}{}: {message}",
            words.unwrap_or_default()
        ));
    }
    let fixes = found.iter().map(|fault| &fault["fix"]);
    if let Some(fix) = fixes.into_iter().find(|fix| fix.is_object()) {
        into.push(format!(
            "{} ({})",
            text(fix, "title"),
            text(fix, "applicability")
        ));
    }
}

/// The answer about a marking.
fn marking(answer: &Value, asked: &str) -> Vec<String> {
    let mut told = vec![format!(
        "{} {}: banner {}, portion {}",
        text(answer, "kind"),
        if answer["valid"] == true {
            "right"
        } else {
            "not right"
        },
        text(answer, "banner_abbreviated"),
        text(answer, "portion"),
    )];
    let parts = answer["parts"].as_array().expect("a list").iter();
    let parts: Vec<&str> = parts.map(|part| text(part, "control")).collect();
    if !parts.is_empty() {
        told.push(format!("states {}", parts.join(" | ")));
    }
    faults(answer, asked, &mut told);
    told
}

/// The answer about portions: the banner, and which of them, counted from 1, are the reason for each part.
fn roll_up(answer: &Value, asked: &str) -> Vec<String> {
    let mut told = vec![format!("banner {}", text(answer, "banner"))];
    for reason in answer["because"].as_array().expect("a list") {
        let from = reason["from"].as_array().expect("a list").iter();
        let from = from.map(|own| (own.as_u64().expect("a number") + 1).to_string());
        let from = from.collect::<Vec<_>>().join(", ");
        told.push(format!("{} because of {from}", text(reason, "part")));
    }
    faults(answer, asked, &mut told);
    told
}

/// Asks the program about many lines at once; gives the answer about each.
fn answers(scheme: &str, command: &str, lines: &[&str]) -> Vec<Value> {
    let words = [command, "--scheme", scheme];
    let (input, mut out) = (lines.join("\n") + "\n", Vec::new());
    let (_, err) = exchange(&around(folder()), words, &mut input.as_bytes(), &mut out);
    let answers: Vec<Value> = serde_json::Deserializer::from_slice(&out)
        .into_iter()
        .collect::<Result<_, _>>()
        .expect("each line is JSON");
    assert_eq!(answers.len(), lines.len(), "each line is answered: {err}");
    answers
}

#[expect(clippy::disallowed_methods, reason = "a test reads how it was called")]
fn asked_to_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// That what is said of each line of a text is what the text says.
fn holds(scheme: &str) {
    let path = folder().join(format!("{scheme}.txt"));
    let bytes = fs::read(&path).expect("the text is here");
    let known = String::from_utf8(bytes).expect("it is UTF-8");
    let is_asked = |line: &&str| !line.is_empty() && !line.starts_with(['#', ' ']);
    let (together, alone): (Vec<&str>, Vec<&str>) = known
        .lines()
        .filter(is_asked)
        .partition(|line| line.contains(" | "));
    let mut together = answers(scheme, "roll-up", &together).into_iter();
    let mut alone = answers(scheme, "marking", &alone).into_iter();
    let mut told = String::new();
    for line in known.lines().filter(|line| !line.starts_with(' ')) {
        told.push_str(line);
        told.push('\n');
        if !is_asked(&line) {
            continue;
        }
        let lines = if line.contains(" | ") {
            roll_up(&together.next().expect("it is answered"), line)
        } else {
            marking(&alone.next().expect("it is answered"), line)
        };
        for line in lines {
            told.push_str("  ");
            told.push_str(&line);
            told.push('\n');
        }
    }
    if asked_to_update() {
        fs::write(&path, &told).expect("it is writable");
        return;
    }
    let mut lines = told.lines().zip(known.lines());
    let differs = lines.find(|(now, was)| now != was);
    assert!(
        told == known,
        "{differs:#?} differs: UPDATE=1 cargo test --test markings"
    );
}

#[test]
fn markings_of_the_register_are_told_as_they_were_read() {
    holds("us");
}

#[test]
fn markings_of_the_ferry_board_are_told_as_they_were_read() {
    holds("ferry-board");
}
