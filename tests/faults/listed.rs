//! The list of faults in `docs/reliability.md` names tests that are there, and leaves none out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn text(path: &Path) -> String {
    let bytes = fs::read(path).unwrap_or_else(|_| panic!("{} is not here", path.display()));
    String::from_utf8(bytes).expect("it is UTF-8")
}

/// The names of the tests in a file.
fn tests(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in text.match_indices("#[test]") {
        let rest = text.get(at..).unwrap_or_default();
        let rest = rest.split_once("fn ").map_or("", |(_, rest)| rest);
        names.extend(rest.split_once('(').map(|(name, _)| name.to_owned()));
    }
    // In `proptest!` blocks the attribute stands before the name as well.
    names
}

#[test]
fn the_list_of_faults_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = text(&root.join("docs/reliability.md"));
    let mut named = BTreeSet::new();
    for row in list.lines().filter(|line| line.starts_with("| ")) {
        // `file` `name`, in the last cell of a row.
        let words: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        let file = words
            .iter()
            .find(|word| Path::new(word).extension().is_some());
        let Some(file) = file else { continue };
        let own = tests(&text(&root.join(file)));
        for name in words
            .iter()
            .filter(|word| word.contains('_') && !word.contains(['/', '.', ' ']))
        {
            assert!(own.contains(*name), "{file} has no test `{name}`");
            named.insert((*name).to_owned());
        }
    }
    let own = fs::read_dir(root.join("tests/faults")).expect("the tests are here");
    for path in own.flatten().map(|entry| entry.path()) {
        for name in tests(&text(&path)) {
            assert!(
                named.contains(&name) || path.ends_with("listed.rs"),
                "`{name}` is not in the list"
            );
        }
    }
}
