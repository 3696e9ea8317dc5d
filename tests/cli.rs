//! The program as its user runs it, in process.

use caveat::cli::{Streams, Surroundings};
use std::ffi::OsString;

fn run(arguments: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = std::iter::once("caveat")
        .chain(arguments.iter().copied())
        .map(OsString::from);
    let mut streams = Streams {
        input: &mut std::io::empty(),
        out: &mut out,
        err: &mut err,
    };
    let code = caveat::cli::run(words, &mut streams, &Surroundings::default());
    let text = |bytes| String::from_utf8(bytes).expect("reports are UTF-8");
    (code, text(out), text(err))
}

#[test]
fn a_clean_folder_is_clean_and_every_path_is_counted() {
    let (code, out, _) = run(&["check", "tests/telegrams", "--output-format", "concise"]);
    assert_eq!((code, out.as_str()), (0, "4 of 4 examined, 0 findings\n"));
}

#[test]
fn a_fault_is_shown_at_its_place_and_gives_one() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("draft.txt");
    let clean = include_str!("telegrams/confidential.txt");
    std::fs::write(&path, clean.replace("2. (C/NF)", "2. (S/NF)")).expect("it is writable");
    let path = path.to_string_lossy();
    let (code, out, _) = run(&["check", &path, "--output-format", "concise"]);
    assert_eq!(code, 1);
    assert!(
        out.contains(":27:5: error telegram/portion-above-header"),
        "{out}"
    );
    let (code, out, _) = run(&["check", &path, "--redact", "--fail-on", "never"]);
    assert_eq!(code, 0);
    assert!(!out.contains("S/NF") && !out.contains("C O N F"), "{out}");
    let (_, out, _) = run(&["check", &path, "--output-format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["diagnostics"][0]["start"]["line"], 27);
    assert_eq!(report["documents"][0]["level"], "CONFIDENTIAL");
}

#[test]
fn what_cannot_be_read_gives_three_and_the_run_goes_on() {
    let (code, out, _) = run(&["check", "tests/nowhere", "tests/telegrams"]);
    assert_eq!(code, 3);
    assert!(
        out.contains("4 of 5 examined") && out.contains("unreadable"),
        "{out}"
    );
}

#[test]
fn wrong_usage_gives_two_and_an_unknown_rule_the_nearest() {
    assert_eq!(run(&["chekc"]).0, 2);
    let (code, _, err) = run(&["explain", "telegram/sensitive-mising"]);
    assert_eq!(code, 2);
    assert!(
        err.contains("did you mean `telegram/sensitive-missing`?"),
        "{err}"
    );
    assert_eq!(run(&["explain", "telegram/sensitive-missing"]).0, 0);
}
