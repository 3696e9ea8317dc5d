//! The policy of a machine: whatever a configuration and the command line say, it is not weakened.

mod in_process;

use caveat::cli::Surroundings;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// A telegram with a portion above its header.
const FAULT: &str = include_str!("cli/check.in/folder/fault.txt");

/// A document that lacks its bottom banner and says nothing of its classifier.
const MEMO: &str = "SECRET//NOFORN\n\nDATE: 14 March 2017\n\nSUBJECT: (U) Grain in the warehouses of Zenda\n\n\
1. (S//NF) The mayor expects two ships in the second week of the month.\n\n\
2. (U) A clerk of the mill keeps a second book of the flour.\n";

const POLICY: &str = r#"
ceiling = "CONFIDENTIAL"
fail-on = "error"
redact = true
as-detected = true
always-examine = ["**"]
require-marking = ["notes.txt"]
[rules]
"telegram/*" = "on"
"us/*" = "on"
"us/bottom-banner-missing" = "error"
"#;

/// A scratch folder with drafts in `drafts` and the policy beside it.
fn scratch(policy: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let drafts = folder.path().join("drafts");
    fs::create_dir_all(drafts.join("old")).expect("it is writable");
    fs::create_dir(drafts.join(".git")).expect("it is writable");
    for (name, text) in [
        ("old/fault.txt", FAULT),
        ("memo.txt", MEMO),
        ("notes.txt", "Milk and flour.\n"),
    ] {
        fs::write(drafts.join(name), text).expect("it is writable");
    }
    fs::write(folder.path().join("policy.toml"), policy).expect("it is writable");
    folder
}

/// Exit code, standard output and standard error of a run in `drafts`.
fn run(folder: &Path, with_policy: bool, arguments: &[&str]) -> (u8, String, String) {
    let around = Surroundings {
        policy: with_policy.then(|| folder.join("policy.toml")),
        ..in_process::around(folder.join("drafts"))
    };
    // Paths of drafts are those of the process: the program is not started in the folder.
    let at = |word: &&str| match *word {
        "." => folder.join("drafts").into_os_string(),
        "old" | "memo.txt" | "notes.txt" => folder.join("drafts").join(word).into_os_string(),
        _ => OsString::from(word),
    };
    in_process::run(&around, arguments.iter().map(at))
}

/// Path, rule and place of every error of a run.
fn errors(report: &str) -> BTreeSet<(String, String, u64)> {
    let report: Value = serde_json::from_str(report).expect("the report is JSON");
    let found = report["diagnostics"].as_array().expect("it has findings");
    let found = found.iter().filter(|found| found["severity"] == "error");
    let text = |value: &Value| value.as_str().expect("it is a text").to_owned();
    found
        .map(|found| {
            let start = found["span"]["start"].as_u64().expect("it has a place");
            (text(&found["path"]), text(&found["rule"]), start)
        })
        .collect()
}

/// Lines of a configuration that each try to see less.
const LINES: &[&str] = &[
    "fail-on = \"never\"",
    "redact = false",
    "ceiling = \"TOP SECRET//SI//NOFORN\"",
    "exclude = [\"*\"]",
    "extend-exclude = [\"old\", \"memo.txt\"]",
    "include = [\"nothing\"]",
    "require-marking = []",
    "select = [\"telegram/tag-unknown\"]",
    "ignore = [\"telegram/*\", \"us/*\", \"core/*\"]",
    "form = \"text\"",
    "profile = \"archive\"",
    "scheme = \"us-dod\"",
    "as-of = 1970-01-01",
    "encoding = \"windows-1252\"",
    "max-file-size = 1",
    "baseline = \"known.json\"",
];

/// Tables that do.
const TABLES: &[&str] = &[
    "[rules]\n\"*\" = \"off\"",
    "[rules]\n\"us/*\" = \"advice\"\n\"telegram/portion-above-header\" = \"off\"\n\"us/bottom-banner-missing\" = \"advice\"",
    "[[allow]]\nrule = \"*\"\npath = \"**\"\nreason = \"no time\"",
    "[[allow]]\nrule = \"us/bottom-banner-missing\"\npath = \"memo.txt\"\nreason = \"no time\"",
    "[[override]]\nfiles = [\"**\"]\nfail-on = \"never\"\nform = \"text\"\nignore = [\"us/*\"]\nceiling = \"SECRET//NOFORN\"",
    "[[override]]\nfiles = [\"memo.txt\"]\n[override.rules]\n\"us/*\" = \"off\"",
];

/// Flags that do.
const FLAGS: &[&[&str]] = &[
    &["--isolated"],
    &["--select", "telegram/tag-unknown"],
    &["--ignore", "us/*,telegram/*"],
    &["--fail-on", "never"],
    &["--no-redact"],
    &["--ceiling", "TOP SECRET//SI//NOFORN"],
    &["--exclude", "*", "--force-exclude", "--allow-empty"],
    &["--as-of", "1970-01-01"],
    &["--form", "text"],
    &["--profile", "archive"],
    &["--scheme", "us-dod"],
    &["--config", "ignore=['us/*']"],
    &["--config", "max-file-size=1"],
    &["--baseline", "known.json"],
];

fn chosen(all: usize) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0..all, 0..4).prop_map(|set| set.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(11), ..ProptestConfig::default() })]

    #[test]
    fn no_configuration_and_no_flag_weakens_it(
        lines in chosen(LINES.len()),
        tables in chosen(TABLES.len()),
        flags in chosen(FLAGS.len()),
    ) {
        let folder = scratch(POLICY);
        let drafts = folder.path().join("drafts");
        let json = ["check", ".", "--output-format", "json"];
        let wanted = errors(&run(folder.path(), true, &json).1);
        prop_assert!(wanted.len() > 4, "{wanted:?}");
        // A baseline of everything there is, made where no policy holds.
        let all = ["baseline", "write", "--include-errors", "--baseline", "known.json", "."];
        prop_assert_eq!(run(folder.path(), false, &all).0, 0);
        let mut text = String::new();
        for &line in &lines {
            text = format!("{text}{}\n", LINES[line]);
        }
        // The table of rules stands once.
        for &table in tables.iter().filter(|&&table| table != 1 || !tables.contains(&0)) {
            text = format!("{text}\n{}\n", TABLES[table]);
        }
        fs::write(drafts.join("caveat.toml"), &text).expect("it is writable");
        let mut words = json.to_vec();
        words.extend(flags.iter().flat_map(|&flag| FLAGS[flag].iter().copied()));
        let (code, out, err) = run(folder.path(), true, &words);
        prop_assert_eq!(code, 1, "{}\n{:?}\n{}", text, words, err);
        let found = errors(&out);
        let missing: Vec<_> = wanted.difference(&found).collect();
        prop_assert!(missing.is_empty(), "{:?}\n{}\n{:?}", missing, text, words);
        prop_assert!(!out.contains("COUNT HENTZAU") && !out.contains("warehouses"), "quoted: {}", text);
    }
}

#[test]
fn without_a_policy_the_same_words_do_weaken() {
    let folder = scratch(POLICY);
    let config = folder.path().join("drafts/caveat.toml");
    fs::write(config, "ignore = [\"telegram/*\", \"us/*\"]\n").expect("it is writable");
    let json = ["check", ".", "--output-format", "json"];
    let (code, out, _) = run(folder.path(), false, &json);
    assert_eq!((code, errors(&out).len()), (0, 0));
    let (code, out, _) = run(folder.path(), true, &json);
    assert_eq!(code, 1);
    let spills = errors(&out);
    let spills = spills.iter().filter(|(_, rule, _)| rule == "core/ceiling");
    // The document is above the ceiling, and so is the portion of the telegram.
    assert_eq!(spills.count(), 2);
}

#[test]
fn a_configuration_may_be_stricter() {
    let folder =
        scratch("ceiling = \"SECRET//NOFORN\"\nfail-on = \"error\"\n[rules]\n\"us/*\" = \"on\"\n");
    let drafts = folder.path().join("drafts");
    let text = "ceiling = \"UNCLASSIFIED\"\nfail-on = \"advice\"\n[rules]\n\"us/*\" = \"error\"\n";
    fs::write(drafts.join("caveat.toml"), text).expect("it is writable");
    let (_, out, _) = run(
        folder.path(),
        true,
        &["check", "memo.txt", "--output-format", "json"],
    );
    let found = errors(&out);
    let has = |rule: &str| found.iter().any(|(_, own, _)| own == rule);
    assert!(
        has("core/ceiling") && has("us/bottom-banner-missing"),
        "{found:?}"
    );
}

#[test]
fn a_broken_policy_stops_every_run() {
    for (policy, said) in [
        ("ceiling = \"SEKRIT\"\n", "`SEKRIT` is no marking"),
        (
            "[rules]\n\"us/bottom-baner-missing\" = \"error\"\n",
            "no rule is called",
        ),
        ("[rules]\n\"us/*\" = \"off\"\n", "off"),
        ("[[allow]]\nrule = \"*\"\n", "allow"),
        ("packs = [\"nowhere\"]\n", "nowhere"),
        ("ceiling = \n", "policy.toml"),
    ] {
        let folder = scratch(policy);
        for arguments in [
            &["check", "notes.txt"][..],
            &[
                "check",
                "notes.txt",
                "--isolated",
                "--config",
                "fail-on=never",
            ],
            &["audit", "."],
            &["fix", "notes.txt"],
            &["baseline", "write"],
            &["config"],
        ] {
            let (code, _, err) = run(folder.path(), true, arguments);
            assert_eq!(code, 2, "{policy}: {arguments:?}: {err}");
            assert!(err.contains(said), "{policy}: {arguments:?}: {err}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_policy_that_is_there_and_cannot_be_read_stops_every_run() {
    let folder = scratch("");
    let path = folder.path().join("policy.toml");
    fs::remove_file(&path).expect("it was there");
    assert_eq!(run(folder.path(), true, &["check", "old"]).0, 1);
    std::os::unix::fs::symlink(folder.path().join("nowhere"), &path).expect("it is writable");
    let (code, _, err) = run(folder.path(), true, &["check", "old"]);
    assert_eq!(code, 2);
    assert!(err.contains("cannot be read"), "{err}");
    fs::remove_file(&path).expect("it was there");
    fs::create_dir(&path).expect("it is writable");
    assert_eq!(run(folder.path(), true, &["check", "old"]).0, 2);
}

#[test]
fn another_policy_adds_and_takes_nothing_away() {
    let folder =
        scratch("ceiling = \"UNCLASSIFIED\"\n[rules]\n\"us/bottom-banner-missing\" = \"error\"\n");
    let more = folder.path().join("drafts/more.toml");
    fs::write(more, "ceiling = \"TOP SECRET//SI//NOFORN\"\nfail-on = \"advice\"\n[rules]\n\"us/bottom-banner-missing\" = \"on\"\n")
        .expect("it is writable");
    let words = [
        "check",
        "memo.txt",
        "--policy",
        "more.toml",
        "--output-format",
        "json",
    ];
    let found = errors(&run(folder.path(), true, &words).1);
    let has = |rule: &str| found.iter().any(|(_, own, _)| own == rule);
    assert!(
        has("core/ceiling") && has("us/bottom-banner-missing"),
        "{found:?}"
    );
    let (code, _, err) = run(
        folder.path(),
        true,
        &["check", "memo.txt", "--policy", "none.toml"],
    );
    assert_eq!(code, 2);
    assert!(err.contains("none.toml"), "{err}");
}

#[test]
fn its_packs_are_loaded_beside_those_of_the_configuration() {
    let folder = scratch("packs = [\"house\"]\n[rules]\n\"house/*\" = \"error\"\n");
    let house = folder.path().join("house");
    fs::create_dir(&house).expect("it is writable");
    let rule = "form = [\"document\"]\n[[rule]]\nname = \"no-document\"\nseverity = \"advice\"\nundated = true\n\
check = { absent = { what = \"banner\" } }\nmessage = \"`{found}` heads a document\"\nhelp = \"write a telegram\"\nexplain = \"x\"\n\
authority = [{ document = \"Office Order 4\" }]\n";
    fs::write(house.join("rules.toml"), rule).expect("it is writable");
    let (_, out, err) = run(
        folder.path(),
        true,
        &["check", "memo.txt", "--isolated", "--output-format", "json"],
    );
    let found = if out.is_empty() {
        panic!("{err}")
    } else {
        errors(&out)
    };
    assert!(
        found.iter().any(|(_, rule, _)| rule == "house/no-document"),
        "{found:?}"
    );
}
