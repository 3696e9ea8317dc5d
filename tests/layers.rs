//! The house keeps its own order: imports go down, and no word of a real scheme is spelt in `src/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below `src/`, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("the source is here").flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let bytes = fs::read(&path).expect("the source is readable");
                let text = String::from_utf8(bytes).expect("the source is UTF-8");
                let below = path.strip_prefix(&root).expect("below the root").to_owned();
                files.push((below, text));
            }
        }
    }
    files.sort();
    files
}

/// The layer of each module, from the table on top of `src/lib.rs`.
fn layers(lib: &str) -> BTreeMap<String, u8> {
    let mut layers = BTreeMap::new();
    for row in lib.lines().filter_map(|line| line.strip_prefix("//! | L")) {
        let (number, rest) = row.split_once(" | ").expect("a layer has a number");
        let (modules, _) = rest.split_once(" | ").expect("a layer has modules");
        for module in modules.split('`').skip(1).step_by(2) {
            layers.insert(module.to_owned(), number.parse().expect("a number"));
        }
    }
    layers
}

/// The module of the crate that a file belongs to.
fn module(path: &Path) -> String {
    let first = path.iter().next().expect("a file has a name");
    let name = first.to_string_lossy();
    name.strip_suffix(".rs").unwrap_or(&name).to_owned()
}

/// Modules of the crate that a text names after `crate::`, comments left out.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.match_indices("crate::").map(move |(at, _)| (line, at)))
        .filter_map(|(line, at)| {
            let (before, after) = line.split_at(at);
            let rest = after
                .strip_prefix("crate::")
                .filter(|_| !before.ends_with('$'))?;
            rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .next()
        })
}

#[test]
fn imports_only_go_down() {
    let files = sources();
    let (_, lib) = files
        .iter()
        .find(|(path, _)| path == Path::new("lib.rs"))
        .expect("the crate has a root");
    let layers = layers(lib);
    let mut wrong = Vec::new();
    for (path, text) in &files {
        let own = module(path);
        if matches!(own.as_str(), "lib" | "main") {
            continue;
        }
        let Some(own_layer) = layers.get(&own) else {
            wrong.push(format!("{own} has no layer in src/lib.rs"));
            continue;
        };
        for other in named(text).filter(|&other| other != own) {
            match layers.get(other) {
                Some(layer) if layer < own_layer => {}
                Some(_) => wrong.push(format!("{} imports {other}", path.display())),
                None => wrong.push(format!("{} names {other}, no module", path.display())),
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_upward_import_would_be_seen() {
    let layers = layers("//! | L0 | [`text`] | x |\n//! | L10 | `report`, [`cli`] | y |");
    assert_eq!(layers.get("cli"), Some(&10));
    let found: Vec<_> = named("use crate::cli::run;\n// crate::no\n").collect();
    assert_eq!(found, ["cli"]);
}

#[test]
fn no_word_of_a_real_scheme_is_spelt_in_the_source() {
    let rules = caveat::rules::RuleSet::shipped().expect("the shipped packs are valid");
    let scheme = rules.scheme();
    let levels = scheme.levels().map(|(_, level)| level.name.to_string());
    let controls = scheme
        .controls()
        .map(|(_, control)| control.name.to_string());
    let words: Vec<String> = levels.chain(controls).collect();
    assert!(!words.is_empty());
    for (path, text) in sources() {
        for word in &words {
            let spelt = text.contains(&format!("\"{word}\""));
            assert!(!spelt, "{word} in {}", path.display());
        }
    }
}
