//! A bug in caveat, met on purpose: it costs one draft, is told without a word of that, and ends in its own code.

use super::{BUG, Streams, Surroundings, run};
use crate::audit::remember_panics;
use formats::FORMATS;
use serde_json::Value;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

#[path = "../../tests/formats/mod.rs"]
mod formats;

const FAULT: &str = include_str!("../../tests/cli/check.in/folder/fault.txt");
const FIXABLE: &str = include_str!("../../tests/cli/fix.in/drafts/visit.txt");

/// A draft that is a bug by its name, with words that no other has.
const SECRET: &str = "SECRET\n\n1. (S) The lighthouse keeper counts herring.\n\nSECRET\n";

/// One run at a time, as what happens on a panic is the same for the whole process.
static ALONE: Mutex<()> = Mutex::new(());

/// Runs the program as `main` does; gives its code and both streams.
fn told(folder: &Path, words: &[&str], out: &mut dyn Write) -> (u8, String) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let before = std::panic::take_hook();
    remember_panics();
    let mut err = Vec::new();
    let mut streams = Streams {
        input: &mut io::empty(),
        out,
        err: &mut err,
    };
    let around = Surroundings {
        folder: folder.to_owned(),
        ..Surroundings::default()
    };
    let words = std::iter::once(&"caveat").chain(words).map(OsString::from);
    let code = run(words, &mut streams, &around);
    std::panic::set_hook(before);
    (code, String::from_utf8(err).unwrap())
}

/// A draft before the one that is a bug, and one after it.
fn drafts(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.txt", text), ("panics.txt", SECRET), ("z.txt", text)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// That a bug is told with its draft, version and place, and without a word of the draft.
fn is_told(out: &str, err: &str) {
    for said in [out, err] {
        assert!(
            !said.contains("lighthouse") && !said.contains("herring"),
            "{said}"
        );
    }
    let version = env!("CARGO_PKG_VERSION");
    let sentence = format!("panics.txt: a bug in caveat {version}, at src/audit/panics.rs:");
    assert!(err.contains(&sentence), "{err}");
}

#[test]
fn a_bug_costs_one_draft_and_no_other_result_in_any_report() {
    let folder = drafts(FAULT);
    let root = folder.path().to_str().unwrap();
    for command in ["check", "audit"] {
        for format in FORMATS {
            let mut out = Vec::new();
            let file = folder.path().join("report");
            let to = file.to_str().unwrap();
            let words = [command, root, "--output-format", format, "-o", to];
            let (code, err) = told(folder.path(), &words, &mut out);
            let report = String::from_utf8(fs::read(&file).unwrap()).unwrap();
            fs::remove_file(&file).unwrap();
            assert_eq!(code, BUG, "{command}, {format}: {err}");
            is_told(&report, &err);
            let all = ["a.txt", "z.txt"].iter().all(|name| report.contains(name));
            assert!(all, "{command}, {format}: {report}");
        }
    }
}

#[test]
fn a_bug_is_a_gap_in_the_report_for_programs() {
    let folder = drafts(FAULT);
    let root = folder.path().to_str().unwrap();
    let mut out = Vec::new();
    let words = ["check", root, "--output-format", "json"];
    let (code, err) = told(folder.path(), &words, &mut out);
    assert_eq!(code, BUG);
    let report: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(report["summary"]["examined"], 2, "{report}");
    let missed = &report["not_examined"][0];
    assert_eq!(missed["cause"], "unreadable");
    assert!(missed["path"].as_str().unwrap().ends_with("panics.txt"));
    is_told(&report.to_string(), &err);
}

#[test]
fn a_bug_leaves_its_draft_and_the_others_are_fixed() {
    let folder = drafts(FIXABLE);
    let root = folder.path().to_str().unwrap();
    let mut out = Vec::new();
    let (code, err) = told(folder.path(), &["fix", root], &mut out);
    assert_eq!(code, BUG, "{err}");
    is_told(&String::from_utf8(out).unwrap(), &err);
    let text = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(text("panics.txt"), SECRET.as_bytes());
    for name in ["a.txt", "z.txt"] {
        assert_ne!(text(name), FIXABLE.as_bytes(), "{name}");
    }
}

/// A reader of the report in which something breaks.
struct Breaking;

impl Write for Breaking {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        panic!("{}", String::from_utf8_lossy(bytes));
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_bug_outside_every_draft_is_told_as_well() {
    let folder = drafts(FAULT);
    let root = folder.path().to_str().unwrap();
    let (code, err) = told(folder.path(), &["check", root], &mut Breaking);
    assert_eq!(code, BUG, "{err}");
    assert!(!err.contains("host") && !err.contains("Sunday"), "{err}");
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        err.contains(&format!("a bug in caveat {version}, at src/cli/bugs.rs:")),
        "{err}"
    );
}
