//! The table of the listed checks in `docs/telegram-checks.md` is whole, and says what the rules say.

use caveat::rules::{Rule, RuleSet};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// How many checks are listed.
const LISTED: usize = 130;

/// The cells of each row: number, rules, severities, difference.
fn rows() -> Vec<[String; 4]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/telegram-checks.md");
    let bytes = fs::read(path).expect("the table is there");
    let text = String::from_utf8(bytes).expect("the table is UTF-8");
    let lines = text.lines().filter_map(|line| {
        let row = line.strip_prefix("| ")?.strip_suffix(" |")?;
        row.starts_with(|first: char| first.is_ascii_digit())
            .then_some(row)
    });
    let cells = lines.map(|row| {
        let cells: Vec<String> = row.split(" | ").map(str::to_owned).collect();
        cells.try_into().expect("a row has four cells")
    });
    cells.collect()
}

fn named(cell: &str) -> Vec<&str> {
    let words = cell.split(", ");
    words.map(|word| word.trim_matches('`')).collect()
}

fn rule<'r>(rules: &'r RuleSet, name: &str) -> Option<&'r Rule> {
    let id = format!("telegram/{name}");
    rules.rules().find(|rule| *rule.id == *id)
}

#[test]
fn every_listed_check_has_its_row() {
    let rows = rows();
    let numbers: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    let listed: Vec<String> = (1..=LISTED).map(|number| number.to_string()).collect();
    assert_eq!(numbers, listed);
    for [number, .., difference] in &rows {
        assert!(
            !difference.is_empty(),
            "{number}: say `–` where nothing differs"
        );
    }
}

#[test]
fn every_rule_of_a_check_exists_with_its_severity() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let mut wrong = Vec::new();
    for [number, names, severities, _] in rows() {
        let own: Option<Vec<&str>> = named(&names)
            .into_iter()
            .map(|name| Some(rule(&rules, name)?.entry.severity.word()))
            .collect();
        if own.as_ref() != Some(&named(&severities)) {
            wrong.push(format!("{number}: {names}, {own:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_on_telegrams_belongs_to_a_check() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let rows = rows();
    let told: BTreeSet<&str> = rows.iter().flat_map(|row| named(&row[1])).collect();
    let ids = rules.rules();
    let own = ids.filter_map(|rule| rule.id.strip_prefix("telegram/"));
    let untold: Vec<&str> = own.filter(|name| !told.contains(name)).collect();
    assert!(untold.is_empty(), "{untold:?}");
}
