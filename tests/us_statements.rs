//! `docs/us-statements.md`: what covers each statement of the manual exists, and no rule is left out.

use caveat::marking::Fault;
use caveat::rules::RuleSet;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("the file is there");
    String::from_utf8(bytes).expect("it is UTF-8")
}

/// Rows of the table, each with its four cells.
fn rows() -> Vec<Vec<String>> {
    let text = text_of(&root().join("docs/us-statements.md"));
    let lines = text.lines().filter(|line| line.starts_with("| "));
    let cells = |line: &str| {
        let cells = line.trim_matches('|').split(" | ");
        cells.map(|cell| cell.trim().to_owned()).collect()
    };
    lines.skip(2).map(cells).collect()
}

/// What a cell names between backticks.
fn named(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// The keys of every table that has a name, by that name; a value stands behind its control and a stroke.
type Known = BTreeMap<String, BTreeSet<String>>;

/// Gathers the tables of a file, at any depth.
fn gather(table: &toml::Table, above: Option<&str>, known: &mut Known) {
    let own = table.get("name").and_then(toml::Value::as_str);
    let path =
        own.map(|own| above.map_or_else(|| own.to_owned(), |above| format!("{above}/{own}")));
    if let Some(path) = &path {
        let keys = table.keys().cloned();
        known.entry(path.clone()).or_default().extend(keys);
    }
    for (key, value) in table {
        let beneath = match key.as_str() {
            "control" | "level" | "owner" | "category" | "profile" => None,
            _ => path.as_deref().or(above),
        };
        match value {
            toml::Value::Table(inner) => gather(inner, beneath, known),
            toml::Value::Array(all) => {
                for inner in all.iter().filter_map(toml::Value::as_table) {
                    gather(inner, beneath, known);
                }
            }
            _ => {}
        }
    }
}

fn scheme_files() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("rules/us")).expect("the pack is there");
    let paths = folder.flatten().map(|entry| entry.path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect()
}

fn properties() -> Known {
    let mut known = Known::new();
    for path in scheme_files() {
        let table: toml::Table = text_of(&path).parse().expect("it is TOML");
        gather(&table, None, &mut known);
    }
    known
}

#[test]
fn everything_that_the_table_of_statements_names_exists() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let ids: BTreeSet<&str> = rules.rules().map(|rule| &*rule.id).collect();
    let known = properties();
    let mut wrong = Vec::new();
    for row in rows() {
        let [section, _, _, covered] = row.as_slice() else {
            panic!("four cells: {row:?}");
        };
        for name in named(covered) {
            let exists = match name.split_once('/') {
                Some(("us", _)) => ids.contains(name),
                Some(("marking", fault)) => Fault::named(fault).is_some(),
                _ => name.rsplit_once('.').is_some_and(|(owner, property)| {
                    known.get(owner).is_some_and(|keys| keys.contains(property))
                }),
            };
            if !exists {
                wrong.push(format!("{section}: {name}"));
            }
        }
        let says = named(covered).next().is_some()
            || covered.starts_with("no: ")
            || covered.starts_with("not built: ");
        assert!(
            says,
            "{section} says neither what covers it nor why nothing does"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_of_the_pack_rests_on_a_statement() {
    let rows = rows();
    let all: BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| row.last())
        .flat_map(|cell| named(cell))
        .collect();
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let own = rules.rules().map(|rule| &*rule.id);
    let left: Vec<&str> = own
        .filter(|id| id.starts_with("us/") && !all.contains(id))
        .collect();
    assert!(left.is_empty(), "{left:?} stand in no row");
    assert!(rows.len() > 150, "{} rows", rows.len());
}
