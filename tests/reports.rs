//! Reports in every form: one run writes them all, and programs that nobody here wrote find them valid.
//!
//! `.ci/validate-reports` installs those programs; where one is missing its test says so and passes.

mod formats;
mod in_process;

use formats::FORMATS;
use in_process::around;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Where `.ci/validate-reports` puts what it installs.
#[expect(
    clippy::disallowed_methods,
    reason = "the script says by the environment where the programs are"
)]
fn installed() -> Option<PathBuf> {
    std::env::var_os("CAVEAT_VALIDATORS").map(PathBuf::from)
}

/// Examines the examples, and files that are no drafts; gives the exit code and the folder with a file for each form.
fn reports(more: &[&str]) -> (u8, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut words = [
        "check",
        "-s",
        "--isolated",
        "tests/cli/bad-input.in",
        "examples/telegrams",
    ]
    .map(str::to_owned)
    .to_vec();
    for format in FORMATS {
        let file = folder.path().join(format);
        words.push(format!("--report={format}={}", file.display()));
    }
    words.extend(more.iter().map(|&word| word.to_owned()));
    let around = around(env!("CARGO_MANIFEST_DIR"));
    (in_process::run(&around, words).0, folder)
}

fn text(folder: &tempfile::TempDir, format: &str) -> String {
    let bytes = fs::read(folder.path().join(format)).expect("the report is written");
    String::from_utf8(bytes).expect("reports are UTF-8")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn every_form_tells_the_same_findings_and_the_same_gaps() {
    let (code, folder) = reports(&[]);
    assert_eq!(code, 3);
    let whole = json(&text(&folder, "json"));
    let (findings, gaps) = (
        whole["diagnostics"].as_array().expect("a list").len(),
        whole["not_examined"].as_array().expect("a list"),
    );
    let no_gap = ["excluded", "ignored", "not-a-draft"].map(Value::from);
    let gaps = gaps
        .iter()
        .filter(|gap| !no_gap.contains(&gap["cause"]))
        .count();
    assert!(findings > 20 && gaps > 1, "{findings} and {gaps}");

    let lines: Vec<Value> = text(&folder, "json-lines").lines().map(json).collect();
    let of = |kind: &str| lines.iter().filter(|line| line["kind"] == kind).count();
    assert!(lines.iter().all(|line| line["version"] == 1));
    assert_eq!(of("diagnostic"), findings);
    assert_eq!(
        of("document"),
        whole["documents"].as_array().expect("a list").len()
    );
    assert_eq!(
        of("not-examined"),
        whole["not_examined"].as_array().expect("a list").len()
    );
    let last = lines.last().expect("there are lines");
    assert_eq!(last["kind"], "summary");
    assert_eq!(last["examined"], whole["summary"]["examined"]);

    let sarif = json(&text(&folder, "sarif"));
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), findings);
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("it has one"));
        let rule = &rules[index.expect("it is small")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(result["partialFingerprints"]["caveat/v1"].is_string());
    }
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = invocation["toolExecutionNotifications"]
        .as_array()
        .expect("a list");
    assert_eq!(
        told.iter().filter(|told| told["level"] == "error").count(),
        gaps
    );

    let gitlab = json(&text(&folder, "gitlab"));
    let issues = gitlab.as_array().expect("a list");
    assert_eq!(issues.len(), findings + gaps);
    let names: std::collections::BTreeSet<_> = issues
        .iter()
        .map(|issue| issue["fingerprint"].as_str())
        .collect();
    assert_eq!(names.len(), issues.len(), "fingerprints are unique");

    let github = text(&folder, "github");
    let commands = github.lines().filter(|line| line.starts_with("::")).count();
    assert_eq!(commands, findings + gaps);
    let junit = text(&folder, "junit");
    assert_eq!(junit.matches("<error ").count(), gaps);
    let told = junit.matches("<failure ").count() + junit.matches("<system-out>").count();
    assert_eq!(told, findings);
    let grouped = text(&folder, "grouped");
    assert_eq!(
        grouped.matches("  error  ").count()
            + grouped.matches("  warning  ").count()
            + grouped.matches("  advice  ").count(),
        findings
    );
}

#[test]
fn severities_have_the_words_of_each_form() {
    let (_, folder) = reports(&[
        "--config",
        "rules.'telegram/*'='advice'",
        "--fail-on",
        "error",
    ]);
    let sarif = json(&text(&folder, "sarif"));
    for result in sarif["runs"][0]["results"].as_array().expect("a list") {
        assert_eq!(result["level"], "note");
    }
    for issue in json(&text(&folder, "gitlab")).as_array().expect("a list") {
        let gap = issue["check_name"] == "not-examined";
        assert_eq!(issue["severity"], if gap { "critical" } else { "info" });
    }
    assert!(text(&folder, "github").contains("::notice file="));
    assert!(
        !text(&folder, "junit").contains("<failure "),
        "nothing weighs as much as --fail-on"
    );
}

#[test]
fn a_file_cannot_be_two_reports_and_a_form_must_be_known() {
    let (code, _) = reports(&["--report=json=/tmp/x", "--report=sarif=/tmp/x"]);
    assert_eq!(code, 2);
    let (code, folder) = reports(&["--report=sarfi=/tmp/x"]);
    assert_eq!(code, 2);
    assert!(
        fs::read_dir(folder.path())
            .expect("it is there")
            .next()
            .is_none()
    );
}

#[expect(clippy::print_stdout, reason = "a test that does not run says so")]
fn skipped(why: &str) {
    println!("skipped: {why}");
}

/// Runs a program on a report; `None` where it is not installed.
fn judged(program: &str, arguments: &[&str]) -> Option<(bool, String)> {
    let Some(folder) = installed() else {
        skipped(&format!(
            "{program} is not installed; see .ci/validate-reports"
        ));
        return None;
    };
    let run = Command::new(folder.join(program))
        .args(arguments)
        .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
        .output();
    let Ok(output) = run else {
        skipped(&format!("{program} cannot be started"));
        return None;
    };
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    Some((output.status.success(), said.into_owned()))
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

/// That a SARIF log is sound, as programs say that nobody here wrote.
fn is_sound(log: &str, out: &str, what: &str) {
    let words = ["validate", log, "--rule-kind", "Sarif;Gh", "-o", out];
    // It ends with 0 whatever it finds: what it wrote must be read.
    if judged("sarif-multitool", &words).is_some() {
        let bytes = fs::read(out).expect("it writes what it finds");
        let found = json(&String::from_utf8_lossy(&bytes));
        let run = &found["runs"][0];
        assert_eq!(run["invocations"][0]["executionSuccessful"], true);
        let results = run["results"].as_array().cloned().unwrap_or_default();
        let serious: Vec<_> = results
            .iter()
            .filter(|result| result["level"] != "note")
            .collect();
        assert!(serious.is_empty(), "{what}: {serious:#?}");
    }
    let schema = beside("sarif-2.1.0.json");
    if let Some((sound, said)) = judged("check-jsonschema", &["--schemafile", &schema, log]) {
        assert!(sound, "{what}: {said}");
    }
}

#[test]
fn sarif_has_no_error_and_no_warning_and_fits_its_schema() {
    for more in [
        &[][..],
        &["--redact"],
        &["--select", "core/*"],
        &["--no-redact"],
    ] {
        let (_, folder) = reports(more);
        let (log, out) = (path(&folder, "sarif"), path(&folder, "judged.sarif"));
        is_sound(&log, &out, &format!("{more:?}"));
    }
}

/// Runs caveat in a folder.
fn run_in(folder: &tempfile::TempDir, arguments: &[&str]) -> u8 {
    in_process::run(&around(folder), arguments).0
}

#[test]
fn sarif_keeps_what_was_taken_out_and_says_by_what() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let fault = include_str!("cli/check.in/folder/fault.txt");
    for name in ["accepted.txt", "known.txt"] {
        fs::write(folder.path().join(name), fault).expect("it is writable");
    }
    let root = path(&folder, "");
    let config =
        "[[allow]]\nrule = \"telegram/*\"\npath = \"accepted.txt\"\nreason = \"waiver of 2009\"\n";
    fs::write(folder.path().join("caveat.toml"), config).expect("it is writable");
    let baseline = [
        "baseline",
        "write",
        "--include-errors",
        "--baseline",
        "known.json",
        &root,
    ];
    assert_eq!(run_in(&folder, &baseline), 0);
    fs::write(folder.path().join("new.txt"), fault).expect("it is writable");
    for redact in [false, true] {
        let log = path(&folder, "log.sarif");
        let mut words = vec![
            "check",
            "--baseline",
            "known.json",
            "--output-format",
            "sarif",
            "-o",
            &log,
            &root,
        ];
        words.extend(redact.then_some("--redact"));
        assert_eq!(run_in(&folder, &words), 1);
        let report = text(&folder, "log.sarif");
        assert!(!redact || !report.contains("S/NF"), "a draft is quoted");
        let whole = json(&report);
        let run = &whole["runs"][0];
        let results = run["results"].as_array().expect("a list");
        let told: Vec<(&str, &str, &str)> = results
            .iter()
            .map(|result| {
                let rule = usize::try_from(result["ruleIndex"].as_u64().expect("it has one"));
                let rule = &run["tool"]["driver"]["rules"][rule.expect("it is small")];
                assert_eq!(rule["id"], result["ruleId"]);
                let suppression = &result["suppressions"][0];
                assert!(suppression.is_null() || suppression["kind"] == "external");
                (
                    result["baselineState"]
                        .as_str()
                        .expect("there is a baseline"),
                    result["ruleId"].as_str().expect("it has a rule"),
                    suppression["justification"].as_str().unwrap_or_default(),
                )
            })
            .collect();
        let rule = "telegram/portion-above-header";
        assert_eq!(
            told,
            [
                ("new", rule, ""),
                ("new", rule, "waiver of 2009"),
                ("unchanged", rule, "Known by the baseline."),
            ]
        );
        is_sound(&log, &path(&folder, "judged.sarif"), "taken out");
    }
}

/// The path of a file that was installed.
fn beside(name: &str) -> String {
    let path = installed().map(|folder| folder.join(name));
    path.unwrap_or_default().to_string_lossy().into_owned()
}

#[test]
fn gitlab_fits_a_schema_and_junit_is_parsed() {
    for more in [&[][..], &["--redact"]] {
        let (_, folder) = reports(more);
        let schema = beside("code-quality.json");
        let report = path(&folder, "gitlab");
        if let Some((sound, said)) = judged("check-jsonschema", &["--schemafile", &schema, &report])
        {
            assert!(sound, "{said}");
        }
        let script = "import sys, junitparser\n\
            xml = junitparser.JUnitXml.fromfile(sys.argv[1])\n\
            cases = [case for suite in xml for case in suite]\n\
            print(len(cases), sum(len(case.result) for case in cases))";
        if let Some((sound, said)) = judged("python", &["-c", script, &path(&folder, "junit")]) {
            assert!(sound, "{said}");
            let junit = text(&folder, "junit");
            let cases = junit.matches("<testcase ").count();
            let results = junit.matches("<failure ").count() + junit.matches("<error ").count();
            assert_eq!(said.trim(), format!("{cases} {results}"));
        }
    }
}

#[test]
fn the_page_is_whole_without_a_script_and_names_no_address_outside() {
    let (_, folder) = reports(&[]);
    let (page, findings) = (text(&folder, "html"), json(&text(&folder, "json")));
    let findings = findings["diagnostics"].as_array().expect("a list");
    for finding in findings {
        assert!(page.contains(finding["rule"].as_str().expect("a name")));
    }
    assert_eq!(page.matches("<tr data-s=\"error\"><td class").count(), {
        let errors = findings
            .iter()
            .filter(|finding| finding["severity"] == "error");
        errors.count()
    });
    for outside in [
        "http:", "https:", "src=", "href=", "url(", "@import", "style=",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("class=\"marking\""), "it quotes nothing");
}

#[test]
fn a_page_that_quotes_says_at_top_and_bottom_how_high_it_is() {
    let (_, folder) = reports(&["--no-redact"]);
    let page = text(&folder, "html");
    assert_eq!(page.matches("<div class=\"marking\">").count(), 2);
    let (head, rest) = page.split_once("<main>").expect("it has a body");
    let (_, foot) = rest.split_once("</main>").expect("it has an end");
    let line = |text: &str| {
        let (_, rest) = text.split_once("class=\"marking\">").expect("the marking");
        rest.split('<').next().map(str::to_owned)
    };
    assert_eq!(line(head), line(foot));
    assert!(page.contains("<mark>"));
}

#[test]
fn the_nu_checker_finds_no_error_in_a_page() {
    for more in [&[][..], &["--no-redact"], &["--select", "core/*"]] {
        let (_, folder) = reports(more);
        if let Some((sound, said)) = judged("vnu", &["--errors-only", &path(&folder, "html")]) {
            assert!(sound, "{more:?}: {said}");
        }
    }
}

#[test]
fn a_browser_runs_the_script_of_the_page_under_its_own_policy() {
    let (_, folder) = reports(&[]);
    let profile = tempfile::tempdir().expect("a scratch folder");
    // A browser goes by the ending of a file.
    let named = folder.path().join("page.html");
    fs::copy(folder.path().join("html"), &named).expect("it is writable");
    let run = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", named.display()))
        .output();
    let Ok(output) = run else {
        skipped("chromium is not on this machine");
        return;
    };
    let page = String::from_utf8_lossy(&output.stdout);
    if page.is_empty() {
        skipped("chromium cannot start here");
        return;
    }
    assert!(
        page.contains("type=\"search\""),
        "the script was run: {page}"
    );
    assert!(
        !text(&folder, "html").contains("type=\"search\""),
        "without it there is nothing to type into"
    );
}
