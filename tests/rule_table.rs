//! The tables of rules in `docs/telegram-rules.md` and `docs/us-rules.md` say what the rules say.
//!
//! `UPDATE=1 cargo test --test rule_table` writes it anew.

use caveat::pack::shared::Day;
use caveat::rules::{Rule, RuleSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const TELEGRAMS: &str = "# The rules on telegrams";
const DOCUMENTS: &str = "# The rules on marked documents of the United States";

const HEAD: &str = "\
Made from the rule files by `UPDATE=1 cargo test --test rule_table`. `caveat explain <rule>` shows the page of a
rule with its examples. A severity in brackets holds for some drafts, as the rule's `weighs` says; rules of form
are at most advice once a draft was sent.

| Rule | What is reported | Severity | Era | Authority |
|---|---|---|---|---|
";

/// The days of the drafts that a rule judges.
fn era(rule: &Rule) -> String {
    let day = |day: Day| day.0.to_string();
    match (rule.entry.since.map(day), rule.entry.until.map(day)) {
        (None, None) => "all".to_owned(),
        (Some(since), None) => format!("from {since}"),
        (None, Some(until)) => format!("to {until}"),
        (Some(since), Some(until)) => format!("{since} to {until}"),
    }
}

fn severity(rule: &Rule) -> String {
    let mut words = rule.entry.severity.word().to_owned();
    for weight in &rule.entry.weighs {
        write!(words, " ({})", weight.severity.word()).expect("a String takes text");
    }
    words
}

fn table(rules: &RuleSet, pack: &str, title: &str) -> String {
    let mut text = format!("{title}\n\n{HEAD}");
    let own = |rule: &&Rule| rule.id.split_once('/').is_some_and(|(of, _)| of == pack);
    for rule in rules.rules().filter(own) {
        let (_, name) = rule.id.split_once('/').expect("an id names its pack");
        let (says, severity, era) = (rule.outline(), severity(rule), era(rule));
        let authority = rule.citations().join("; ");
        let cells = [format!("`{name}`"), says, severity, era, authority];
        let cells = cells.map(|cell| cell.replace('|', "\\|"));
        writeln!(text, "| {} |", cells.join(" | ")).expect("a String takes text");
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "a test reads how it was called")]
fn asked_to_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// A table as it stands in the documentation, written anew where that is asked for.
fn compare(pack: &str, title: &str) {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let made = table(&rules, pack, title);
    let name = format!("docs/{pack}-rules.md");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
    if asked_to_update() {
        fs::create_dir_all(path.parent().expect("docs/ is a folder")).expect("docs/ can be made");
        fs::write(&path, &made).expect("the table is writable");
    }
    let written = String::from_utf8(fs::read(&path).unwrap_or_default()).unwrap_or_default();
    assert!(
        made == written,
        "{name}: `UPDATE=1 cargo test --test rule_table` writes it anew"
    );
}

#[test]
fn the_table_of_telegram_rules_says_what_the_rules_say() {
    compare("telegram", TELEGRAMS);
}

#[test]
fn the_table_of_document_rules_says_what_the_rules_say() {
    compare("us", DOCUMENTS);
}
