//! The configuration: found as `check` finds it, read anew when it changes, and its last sound state kept.

use crate::in_process;
use crate::session::{Session, TODAY, able, scratch, uri};
use crate::texts::{DOCUMENT, TELEGRAM};
use caveat::cli::Surroundings;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::fs;
use std::path::Path;

fn codes(told: &Value) -> Vec<&str> {
    let all = told["diagnostics"].as_array().expect("a list").iter();
    all.filter_map(|found| found["code"].as_str()).collect()
}

/// What `check` finds in a file: rule, severity, and first byte.
fn checked(folder: &Path, path: &Path) -> Vec<(String, String, u64, u64)> {
    let words = ["check", "--output-format", "json"].map(OsString::from);
    let around = Surroundings {
        today: TODAY,
        ..in_process::around(folder)
    };
    let words = words.into_iter().chain([path.into()]);
    let (_, out, _) = in_process::run(&around, words);
    let report: Value = serde_json::from_str(&out).expect("the report is JSON");
    let found = report["diagnostics"].as_array().expect("a list").iter();
    found
        .map(|found| {
            let word = |key: &str| found[key].as_str().expect("a word").to_owned();
            let place = &found["start"];
            let number = |key: &str| place[key].as_u64().expect("a number");
            (
                word("rule"),
                word("severity"),
                number("line"),
                number("column"),
            )
        })
        .collect()
}

#[test]
fn the_server_finds_what_check_finds_with_the_same_settings() {
    let folder = scratch();
    fs::create_dir_all(folder.path().join("a/deep")).expect("it is writable");
    fs::create_dir_all(folder.path().join("b")).expect("it is writable");
    let settings = [
        (
            "caveat.toml",
            "[rules]\n\"telegram/tag-unknown\" = \"error\"\n[[override]]\nfiles = [\"deep/**\"]\nas-of = 1999-01-01\n",
        ),
        (
            "b/caveat.toml",
            "pedantic = true\nextend-select = [\"telegram/*\", \"us/*\"]\n[[allow]]\nrule = \"telegram/portion-above-header\"\npath = \"*.txt\"\nreason = \"an example\"\n",
        ),
    ];
    for (name, text) in settings {
        fs::write(folder.path().join(name), text).expect("it is writable");
    }
    for name in [
        "one.txt",
        "a/deep/two.txt",
        "b/three.txt",
        "a/four.md",
        "b/five.md",
    ] {
        let path = folder.path().join(name);
        let text = if path.extension().is_some_and(|ending| ending == "md") {
            DOCUMENT
        } else {
            TELEGRAM
        };
        fs::write(&path, text).expect("it is writable");
        let mut session = Session::new(folder.path(), "utf-32");
        session.open(&path, text);
        let told = session.told(&path);
        let severities = ["", "error", "warning", "advice"];
        let found = told["diagnostics"].as_array().expect("a list").iter();
        let found: Vec<_> = found
            .map(|found| {
                let start = &found["range"]["start"];
                let place = |key: &str| start[key].as_u64().expect("a number") + 1;
                let severity = found["severity"].as_u64().expect("a number");
                let severity = usize::try_from(severity).expect("a small number");
                let rule = found["code"].as_str().expect("a word").to_owned();
                (
                    rule,
                    severities[severity].to_owned(),
                    place("line"),
                    place("character"),
                )
            })
            .collect();
        let checked = checked(folder.path(), &path);
        assert!(!checked.is_empty(), "{name} is at fault");
        assert_eq!(found, checked, "{name}");
        session.end();
    }
}

#[test]
fn a_change_of_the_configuration_is_seen_whether_the_editor_says_so_or_not() {
    for says in [true, false] {
        let folder = scratch();
        let path = folder.path().join("draft.txt");
        let configuration = folder.path().join("caveat.toml");
        let mut session = Session::new(folder.path(), "utf-16");
        session.open(&path, TELEGRAM);
        assert!(codes(&session.told(&path)).contains(&"telegram/tag-unknown"));
        let off = "[rules]\n\"telegram/tag-unknown\" = \"off\"\n";
        fs::write(&configuration, off).expect("it is writable");
        if says {
            let changes = json!({ "changes": [{ "uri": uri(&configuration), "type": 1 }] });
            session.say("workspace/didChangeWatchedFiles", changes);
        } else {
            session.say(
                "textDocument/didSave",
                json!({ "textDocument": { "uri": uri(&path) } }),
            );
        }
        assert!(!codes(&session.told(&path)).contains(&"telegram/tag-unknown"));
        session.end();
    }
}

#[test]
fn a_broken_configuration_is_shown_on_its_file_and_the_last_sound_one_stays() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let configuration = folder.path().join("caveat.toml");
    let off = "[rules]\n\"telegram/tag-unknown\" = \"off\"\n";
    fs::write(&configuration, off).expect("it is writable");
    let mut session = Session::new(folder.path(), "utf-16");
    session.open(&path, TELEGRAM);
    let sound = session.told(&path);
    assert!(!codes(&sound).contains(&"telegram/tag-unknown"));
    let changed = json!({ "changes": [{ "uri": uri(&configuration), "type": 2 }] });

    let broken = format!("# \u{1f6a2}\n{off}\"telegram/tag-unknwon\" = \"off\"\n");
    fs::write(&configuration, &broken).expect("it is writable");
    session.say("workspace/didChangeWatchedFiles", changed.clone());
    assert_eq!(codes(&session.told(&path)), codes(&sound));
    let wrong = session.told(&configuration);
    let [problem] = wrong["diagnostics"].as_array().expect("a list").as_slice() else {
        panic!("one problem: {wrong}");
    };
    assert_eq!(
        problem["range"],
        session.range_of(&broken, "\"telegram/tag-unknwon\"")
    );
    let message = problem["message"].as_str().expect("a text");
    assert!(
        message.contains("did you mean `telegram/tag-unknown`?"),
        "{message}"
    );

    fs::write(&configuration, "").expect("it is writable");
    session.say("workspace/didChangeWatchedFiles", changed);
    assert!(codes(&session.told(&path)).contains(&"telegram/tag-unknown"));
    assert_eq!(session.told(&configuration)["diagnostics"], json!([]));
    session.end();
}

#[test]
fn settings_count_once_they_are_saved_as_check_would_read_them() {
    let folder = scratch();
    let (path, settings) = (
        folder.path().join("draft.txt"),
        folder.path().join("caveat.toml"),
    );
    let off = "[rules]\n'telegram/*' = 'off'\n'core/*' = 'off'\n";
    fs::write(&settings, "").expect("it is writable");
    let mut session = Session::new(folder.path(), "utf-16");
    session.open(&path, TELEGRAM);
    assert_ne!(session.told(&path)["diagnostics"], json!([]));
    // What is typed into the open file and not saved yet, be it broken or sound, changes nothing.
    for text in ["[rules", off] {
        session.open(&settings, text);
        session.say(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri(&path), "version": 2 },
                "contentChanges": [{ "text": TELEGRAM }],
            }),
        );
        assert_ne!(session.told(&path)["diagnostics"], json!([]), "{text}");
    }
    fs::write(&settings, off).expect("it is writable");
    session.say(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": uri(&settings) } }),
    );
    assert_eq!(session.told(&path)["diagnostics"], json!([]));
    session.end();
}

#[test]
fn a_draft_under_a_configuration_that_was_never_sound_says_so() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    fs::write(folder.path().join("caveat.toml"), "lake = 1\n").expect("it is writable");
    let mut session = Session::new(folder.path(), "utf-16");
    session.open(&path, TELEGRAM);
    let told = session.told(&path);
    let [said] = told["diagnostics"].as_array().expect("a list").as_slice() else {
        panic!("one notice: {told}");
    };
    assert_eq!(said["message"], "not examined: the configuration is broken");
    assert_eq!(
        session.at(
            "textDocument/hover",
            &path,
            &json!({ "line": 0, "character": 0 })
        ),
        Value::Null
    );
    session.end();
}

#[test]
fn a_pack_is_read_anew_when_a_file_of_it_changes() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let pack = folder.path().join("lake");
    fs::create_dir(&pack).expect("it is writable");
    fs::write(folder.path().join("caveat.toml"), "packs = [\"lake\"]\n").expect("it is writable");
    let words = |word: &str| {
        format!(
            "[vocabulary]\nof = \"tag\"\ntitle = \"TAGS of the lake\"\nauthority = \"an example\"\n[[term]]\nword = \"{word}\"\n"
        )
    };
    fs::write(pack.join("tags.toml"), words("LAKE")).expect("it is writable");
    let mut session = Session::new(folder.path(), "utf-16");
    session.open(&path, TELEGRAM);
    assert!(codes(&session.told(&path)).contains(&"telegram/tag-unknown"));
    fs::write(pack.join("tags.toml"), words("PRLE")).expect("it is writable");
    // Nothing is said of the change, but for a keystroke in the draft.
    session.say(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri(&path), "version": 2 },
            "contentChanges": [{ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "" }],
        }),
    );
    assert!(!codes(&session.told(&path)).contains(&"telegram/tag-unknown"));
    session.end();
}

#[test]
fn each_root_has_its_own_configuration_and_roots_come_and_go() {
    let (one, other) = (scratch(), scratch());
    let off = "[rules]\n\"telegram/tag-unknown\" = \"off\"\n";
    fs::write(other.path().join("caveat.toml"), off).expect("it is writable");
    let folders = [one.path(), other.path()];
    let mut session = Session::with(&folders, "utf-16", &able("utf-16"));
    let paths = folders.map(|folder| folder.join("draft.txt"));
    for path in &paths {
        session.open(path, TELEGRAM);
    }
    let (left, right) = (session.told(&paths[0]), session.told(&paths[1]));
    assert!(codes(&left).contains(&"telegram/tag-unknown"));
    assert!(!codes(&right).contains(&"telegram/tag-unknown"));
    // A buffer without a file is one of the first root.
    let buffer = |session: &mut Session| {
        session.ask(
            "textDocument/diagnostic",
            json!({ "textDocument": { "uri": "untitled:Untitled-1" } }),
        )
    };
    session.say(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": {
        "added": [], "removed": [{ "uri": uri(one.path()), "name": "drafts" }],
    } }),
    );
    session.say(
        "textDocument/didOpen",
        json!({ "textDocument": {
        "uri": "untitled:Untitled-1", "languageId": "plaintext", "version": 1, "text": TELEGRAM,
    } }),
    );
    let found = json!({ "diagnostics": buffer(&mut session)["items"] });
    assert!(!codes(&found).contains(&"telegram/tag-unknown"));
    assert!(codes(&found).contains(&"telegram/portion-above-header"));
    session.end();
}

#[test]
fn what_is_no_draft_has_no_findings() {
    let folder = scratch();
    fs::write(
        folder.path().join("caveat.toml"),
        "exclude = [\"old/**\"]\n",
    )
    .expect("it is writable");
    let mut session = Session::new(folder.path(), "utf-16");
    for name in ["old/draft.txt", "caveat.toml"] {
        let path = folder.path().join(name);
        session.open(&path, TELEGRAM);
        assert_eq!(session.told(&path)["diagnostics"], json!([]), "{name}");
    }
    session.end();
}
