//! `docs/ism-rules.md`: every published consistency rule has a row, and what covers it exists.

use caveat::marking::{Control, KnownValue, Owner, Scheme};
use caveat::pack::control_file::Sort;
use caveat::rules::RuleSet;
use std::path::Path;

/// Faults of a marking that the table names.
const FAULTS: &[&str] = &[
    "duplicate",
    "duplicate-value",
    "missing-value",
    "unknown-value",
    "unknown-word",
];

fn text_of(path: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let bytes = std::fs::read(path).ok()?;
    Some(String::from_utf8(bytes).expect("it is UTF-8"))
}

/// The rows of the table: rule, what it is about, whether a text shows it, what covers it.
fn rows() -> Vec<[String; 4]> {
    let text = text_of("docs/ism-rules.md").expect("the table is there");
    let rows = text.lines().filter(|line| line.starts_with("| ISM-ID-"));
    rows.map(|row| {
        let cells: Vec<String> = row
            .trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().to_owned())
            .collect();
        cells
            .try_into()
            .unwrap_or_else(|_| panic!("four cells: {row}"))
    })
    .collect()
}

/// What a cell names, without the marks around it.
fn named(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn control_has(control: &Control, property: &str) -> bool {
    match property {
        "levels" => !control.levels.is_empty(),
        "requires" => !control.requires.is_empty(),
        "excludes" => !control.excludes.is_empty(),
        "covers" => !control.covers.is_empty(),
        "implies" => !control.implies.is_empty(),
        "dropped-at" => !control.dropped_at.is_empty(),
        "owners" => !control.owners.is_empty(),
        "parameter" => control.parameter.is_some(),
        "in-banner" => control.in_banner.is_some(),
        "until" => control.until.is_some(),
        "category" | "roll-up" => true,
        _ => false,
    }
}

fn value_has(value: &KnownValue, property: &str) -> bool {
    match property {
        "levels" => !value.limits.levels.is_empty(),
        "requires" => !value.limits.requires.is_empty(),
        "beneath" => value.beneath.is_some(),
        "title" => true,
        _ => false,
    }
}

fn owner_has(owner: &Owner, property: &str) -> bool {
    match property {
        "becomes" => owner.becomes.is_some(),
        "codes" => owner.codes.is_some(),
        "parameter" => owner.parameter.is_some(),
        _ => false,
    }
}

/// Whether a word of the scheme has a property.
fn has(scheme: &Scheme, word: &str, property: &str) -> bool {
    if let Some((control, value)) = word.split_once('/') {
        let control = scheme.control_named(control).map(|id| scheme.control(id));
        let mut values = control
            .and_then(|own| own.parameter.as_ref())
            .into_iter()
            .flat_map(|own| &own.values);
        return values.any(|own| own.name == value && value_has(own, property));
    }
    let by_control = scheme
        .control_named(word)
        .is_some_and(|id| control_has(scheme.control(id), property));
    let by_owner = scheme
        .owners()
        .any(|(_, own)| own.name == word && owner_has(own, property));
    let by_category = scheme.categories().any(|(id, own)| {
        let filled = || scheme.controls().any(|(_, control)| control.category == id);
        own.name == word
            && match property {
                "sort" => own.sort != Sort::Free,
                "vocabulary" => filled(),
                _ => false,
            }
    });
    let by_level = scheme.levels().any(|(_, own)| {
        let has = match property {
            "owners" => !own.owners.is_empty(),
            "until" => own.until.is_some(),
            _ => false,
        };
        own.name == word && has
    });
    let by_list = (0u8..)
        .map_while(|list| scheme.code_list(list))
        .any(|list| {
            let has = match property {
                "vocabulary" => !list.codes.is_empty(),
                "until" => list.codes.iter().any(|code| code.until.is_some()),
                _ => false,
            };
            list.name == word && has
        });
    let retired = property == "successor" && scheme.deprecated_named(word).is_some();
    by_control || by_owner || by_category || by_level || by_list || retired
}

#[test]
fn what_covers_a_rule_exists() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let mut wrong = Vec::new();
    for row in rows() {
        for name in named(&row[3]) {
            let exists = if let Some(fault) = name.strip_prefix("marking/") {
                FAULTS.contains(&fault)
            } else if name.contains('/') && !name.contains('.') {
                rules.rules().any(|rule| &*rule.id == name)
            } else if let Some((word, property)) = name.rsplit_once('.') {
                let (scheme, word) = word.split_once(':').unwrap_or(("us", word));
                rules
                    .scheme_named(scheme)
                    .is_some_and(|own| has(own, word, property))
            } else {
                false
            };
            if !exists {
                wrong.push(format!("{}: `{name}`", row[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_rule_is_covered_exactly_where_a_text_shows_it() {
    let rows = rows();
    assert!(rows.len() == 320, "{} rows", rows.len());
    for [rule, about, seen, covered] in &rows {
        assert!(!about.is_empty(), "{rule} says not what it is about");
        let wanted = match seen.as_str() {
            "yes" => !named(covered).is_empty(),
            "no" | "–" => covered == "–",
            _ => false,
        };
        assert!(wanted, "{rule}: {seen}, {covered}");
    }
    assert!(rows.is_sorted(), "the rows are in order");
}

#[test]
fn every_published_rule_has_its_row() {
    let Some(published) = text_of("../shared/reference/ism-rule-texts.csv") else {
        println!("skipped: the published rules are not here");
        return;
    };
    let ids: Vec<&str> = published
        .lines()
        .filter(|line| line.starts_with("ISM-ID-"))
        .filter_map(|line| line.split(',').next())
        .collect();
    let rows = rows();
    let known: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(ids.len(), 320);
    assert_eq!(known, ids);
    // The rows are in words of their own: no six words in a row are those of the rule.
    for ([rule, about, ..], text) in rows.iter().zip(published.lines().skip(1)) {
        let words: Vec<&str> = about.split(' ').collect();
        for run in words.windows(6) {
            assert!(!text.contains(&run.join(" ")), "{rule} is copied: {run:?}");
        }
    }
}
