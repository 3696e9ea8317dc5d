//! The page of an audit with more findings than anybody reads at once: whole without a script, and in a
//! browser sorted, filtered and leafed through as a person would.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Copies of the examples: enough for rows that are folded.
const FOLDERS: usize = 45;

/// What a person does, and what is to be seen after each step. It runs in a page around the report.
const PERSON: &str = r#"
const wait = (time) => new Promise((done) => setTimeout(done, time));
const frame = document.querySelector("iframe");
const told = (word, ...more) => { document.querySelector("pre").textContent += [word, ...more].join(" | ") + "\n"; };
frame.addEventListener("load", async () => {
  const page = frame.contentDocument, list = page.querySelector("section[data-list]");
  const status = () => list.querySelector("[role=status]").textContent;
  const seen = () => [...list.querySelectorAll("tbody tr")].filter((row) => row.offsetParent !== null);
  const cells = (at) => seen().map((row) => row.cells[at].textContent);
  const press = (word) => [...list.querySelectorAll("button")]
    .find((button) => button.offsetParent !== null && button.textContent === word).click();
  const sorted = (words) => words.every((word, at) => at === 0 || words[at - 1] <= word);
  told("start", status(), seen().length);
  press("Rule");
  told("sorted", status(), seen().length, sorted(cells(3)), cells(3)[0]);
  press("Rule");
  told("turned", sorted(cells(3).reverse()), cells(3)[0]);
  press("Next");
  told("next", status(), seen().length);
  const find = list.querySelector("input[type=search]");
  find.value = "DESK/7/"; find.dispatchEvent(new Event("input"));
  await wait(1000);
  told("filtered", status(), cells(1).every((place) => place.startsWith("desk/7/")));
  const kind = list.querySelector("select");
  kind.value = "warning"; kind.dispatchEvent(new Event("change"));
  told("warnings", status(), cells(0).every((word) => word === "warning"));
  frame.contentWindow.dispatchEvent(new Event("beforeprint"));
  told("printed", seen().length);
  told("end");
});
frame.src = "page.html";
"#;

/// Audits copies of the examples; gives the page and the JSON report.
fn audited(folder: &Path) -> (String, serde_json::Value) {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/telegrams");
    for number in 1..=FOLDERS {
        let desk = folder.join(format!("desk/{number}"));
        fs::create_dir_all(&desk).expect("it is writable");
        for entry in fs::read_dir(&examples).expect("they are there").flatten() {
            fs::copy(entry.path(), desk.join(entry.file_name())).expect("it can be copied");
        }
    }
    let status = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .args(["audit", "desk", "--isolated", "-s"])
        .args(["--report=html=page.html", "--report=json=report.json"])
        .current_dir(folder)
        .status();
    assert_eq!(status.expect("the program starts").code(), Some(1));
    let text = |name| {
        let bytes = fs::read(folder.join(name)).expect("it is written");
        String::from_utf8(bytes).expect("reports are UTF-8")
    };
    let report = serde_json::from_str(&text("report.json")).expect("it is JSON");
    (text("page.html"), report)
}

/// Findings of the report that a condition holds for.
fn count(report: &serde_json::Value, wanted: impl Fn(&serde_json::Value) -> bool) -> usize {
    let found = report["diagnostics"].as_array().expect("a list").iter();
    found.filter(|found| wanted(found)).count()
}

#[expect(clippy::print_stdout, reason = "a test that does not run says so")]
fn skipped(why: &str) {
    println!("skipped: {why}");
}

#[test]
fn rows_beyond_the_first_thousand_are_folded_and_none_is_lost() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let (page, report) = audited(folder.path());
    let all = count(&report, |_| true);
    assert!(all > 1000, "{all} findings");
    let lists: Vec<&str> = page.split("<section data-list>").skip(1).collect();
    let rows = lists[0].matches("<tr data-s=").count();
    assert_eq!(rows, all);
    let (seen, rest) = lists[0].split_once("<details>").expect("there is a fold");
    assert_eq!(seen.matches("<tr data-s=").count(), 1000);
    let (summary, _) = rest.split_once("</summary>").expect("it is named");
    let place = report["diagnostics"][1000]["path"]
        .as_str()
        .expect("a path");
    assert_eq!(summary, format!("<summary>Rows from 1001, {place}"));
    assert_eq!(
        page.matches("<details>").count(),
        page.matches("</details>").count()
    );
}

#[test]
fn a_person_sorts_filters_and_leafs_through_the_page_in_a_browser() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let (_, report) = audited(folder.path());
    let around = format!(
        "<!DOCTYPE html><iframe width=1200 height=900></iframe><pre></pre><script>{PERSON}</script>"
    );
    fs::write(folder.path().join("around.html"), around).expect("it is writable");
    let profile = tempfile::tempdir().expect("a scratch folder");
    let run = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--allow-file-access-from-files",
            "--virtual-time-budget=60000",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}/around.html", folder.path().display()))
        .output();
    let Ok(output) = run else {
        skipped("chromium is not on this machine");
        return;
    };
    let page = String::from_utf8_lossy(&output.stdout);
    let Some((_, told)) = page.split_once("<pre>") else {
        skipped("chromium cannot start here");
        return;
    };
    let told = told.split("</pre>").next().unwrap_or_default();
    let all = count(&report, |_| true);
    let pages = all.div_ceil(200);
    let seventh = |found: &serde_json::Value| {
        let path = found["path"].as_str();
        path.is_some_and(|path| path.starts_with("desk/7/"))
    };
    let of_seven = count(&report, seventh);
    let warnings = count(&report, |found| {
        seventh(found) && found["severity"] == "warning"
    });
    let mut rules: Vec<&str> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|found| found["rule"].as_str())
        .collect();
    rules.sort_unstable();
    let (first, last) = (rules[0], rules[rules.len() - 1]);
    let expected = [
        format!("start | {all} of {all} rows, page 1 of {pages} | 200"),
        format!("sorted | {all} of {all} rows, page 1 of {pages} | 200 | true | {first}"),
        format!("turned | true | {last}"),
        format!("next | {all} of {all} rows, page 2 of {pages} | 200"),
        format!("filtered | {of_seven} of {all} rows | true"),
        format!("warnings | {warnings} of {all} rows | true"),
        format!("printed | {warnings}"),
        "end".to_owned(),
    ];
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told, expected);
}
