//! An audit finds what a check finds, sees what an ignore file hides, and takes stock of every path.

mod in_process;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Runs the program in a folder; gives the exit code and standard output.
fn run(folder: &Path, words: &[&str]) -> (u8, String) {
    let (code, out, _) = in_process::run(&in_process::around(folder), words);
    (code, out)
}

/// Copies the files of a folder into another one.
fn copy(from: &str, to: &Path) {
    fs::create_dir_all(to).expect("it is writable");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
    for entry in fs::read_dir(from)
        .expect("the examples are there")
        .flatten()
    {
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("it can be copied");
        }
    }
}

/// A holding of examples and of files that are no drafts, part of which an ignore file hides.
fn holding() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder");
    copy("examples/telegrams", &folder.path().join("1990/cables"));
    copy("examples/telegrams", &folder.path().join("2009"));
    copy("tests/cli/bad-input.in", &folder.path().join("odd"));
    fs::write(folder.path().join("a-bomb"), b"\0\0\x01binary").expect("it is writable");
    folder
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn an_audit_finds_what_a_check_finds_whatever_the_threads() {
    let folder = holding();
    let root = folder.path().to_string_lossy().into_owned();
    for form in ["json", "json-lines", "sarif", "gitlab", "junit", "html"] {
        let words = ["--isolated", "--output-format", form, &root];
        let check = [&["check", "--redact"][..], &words].concat();
        let (code, expected) = run(folder.path(), &check);
        for threads in ["1", "2", "7"] {
            let audit = [&["audit", "--threads", threads][..], &words].concat();
            let (other, found) = run(folder.path(), &audit);
            assert_eq!(code, other);
            assert!(found == expected, "{form} with {threads} threads");
        }
    }
    let (_, report) = run(
        folder.path(),
        &["audit", "--isolated", "--output-format=json", &root],
    );
    let findings = json(&report)["diagnostics"].as_array().map_or(0, Vec::len);
    assert!(findings > 40, "{findings} findings");
}

#[test]
fn no_file_in_the_tree_hides_a_draft_from_an_audit() {
    let folder = holding();
    let root = folder.path().to_string_lossy().into_owned();
    let audit = |more: &[&str]| {
        let words = ["audit", "--isolated", "--output-format=json", &root];
        json(&run(folder.path(), &[&words, more].concat()).1)
    };
    let paths = |report: &Value| -> Vec<String> {
        let documents = report["documents"].as_array().expect("a list").iter();
        let paths = documents.map(|document| document["path"].as_str().expect("a path"));
        paths.map(str::to_owned).collect()
    };
    let before = paths(&audit(&[]));
    fs::write(folder.path().join(".ignore"), "2009\n*.txt\n").expect("it is writable");
    fs::write(folder.path().join(".gitignore"), "1990\n").expect("it is writable");
    fs::rename(folder.path().join("2009"), folder.path().join(".2009")).expect("it moves");
    let after = paths(&audit(&[]));
    let below =
        |paths: &[String], name: &str| paths.iter().filter(|path| path.contains(name)).count();
    assert_eq!(below(&after, "/.2009/"), below(&before, "/2009/"));
    assert!(below(&after, "/.2009/") > 20);
    // The two ignore files are text themselves.
    assert_eq!(after.len(), before.len() + 2);
    let (_, check) = run(
        folder.path(),
        &["check", "--isolated", "--output-format=json", &root],
    );
    assert!(paths(&json(&check)).is_empty(), "a check is blind here");
    let left = audit(&["--exclude", ".2009"]);
    assert!(!paths(&left).iter().any(|path| path.contains("/.2009/")));
    let causes = left["not_examined"].as_array().expect("a list");
    assert!(causes.iter().any(|missed| missed["cause"] == "excluded"));
}

#[test]
fn an_audit_does_not_meet_its_own_reports_while_they_are_written() {
    let folder = holding();
    let root = folder.path().to_string_lossy().into_owned();
    let rows = |to: &Path| {
        let inventory = format!("--inventory=csv={}", to.join("inventory").display());
        let report = format!("--report=html={}", to.join("report").display());
        run(
            folder.path(),
            &["audit", "--isolated", "-s", &inventory, &report, &root],
        );
        fs::read(to.join("inventory")).expect("it is written")
    };
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let expected = rows(scratch.path());
    assert!(rows(folder.path()) == expected);
}

#[test]
fn the_inventory_has_every_path_once_and_its_counts_are_those_of_the_report() {
    let folder = holding();
    let root = folder.path().to_string_lossy().into_owned();
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let (lines, table) = (scratch.path().join("lines"), scratch.path().join("table"));
    let (_, report) = run(
        folder.path(),
        &[
            "audit",
            "--isolated",
            "--output-format=json",
            &format!("--inventory=jsonl={}", lines.display()),
            &format!("--inventory=csv={}", table.display()),
            &root,
        ],
    );
    let report = json(&report);
    let text = fs::read(&lines).expect("it is written");
    let rows: Vec<Value> = text
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("it is JSON"))
        .collect();
    let sum = |key: &str| rows.iter().filter_map(|row| row[key].as_u64()).sum::<u64>();
    let summary = &report["summary"];
    for key in ["errors", "warnings", "advice"] {
        assert_eq!(Some(sum(key)), summary[key].as_u64(), "{key}");
    }
    let missed = rows.iter().filter(|row| !row["not_examined"].is_null());
    assert_eq!(
        Some(missed.count() as u64),
        summary["not_examined"].as_u64()
    );
    let by_path: BTreeMap<&str, &Value> = rows
        .iter()
        .map(|row| (row["path"].as_str().expect("a path"), row))
        .collect();
    assert_eq!(by_path.len(), rows.len());
    for document in report["documents"].as_array().expect("a list") {
        let row = by_path[document["path"].as_str().expect("a path")];
        for key in ["form", "scheme", "date", "level", "portions"] {
            assert_eq!(row[key], document[key]);
        }
        let counts = row["portions_by_level"].as_array().expect("a list").iter();
        let counted: u64 = counts.filter_map(|level| level["count"].as_u64()).sum();
        assert!(Some(counted) <= row["portions"].as_u64(), "{row}");
        assert_eq!(
            row["header"].is_null(),
            document["level"].is_null(),
            "{row}"
        );
    }
    // The table says the same, and another reader of such tables finds the same cells.
    let mut reader = csv::Reader::from_path(&table).expect("it is written");
    let names = reader.headers().expect("a line of names").clone();
    let mut count = 0;
    for (record, row) in reader.records().zip(&rows) {
        let record = record.expect("a row");
        count += 1;
        for (name, cell) in names.iter().zip(&record) {
            let expected = match &row[name] {
                _ if name == "portions_by_level" => continue,
                Value::Null => String::new(),
                Value::Number(_) if !row["not_examined"].is_null() => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(cell, expected, "{name}");
        }
    }
    assert_eq!(count, rows.len());
}
