//! What caveat is built of: nothing that opens a connection, nothing from elsewhere than crates.io, and for
//! each direct dependency a reason to trust it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use toml::{Table, Value};

fn table(name: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let bytes = fs::read(&path).unwrap_or_else(|_| panic!("{name} is here"));
    let text = String::from_utf8(bytes).expect("TOML is UTF-8");
    text.parse()
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Names of all packages that are built in or test it, each with where it comes from.
fn locked(name: &str) -> Vec<(String, Option<String>)> {
    let lock = table(name);
    let packages = lock["package"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    let row = |package: &Value| (text(&package["name"]), package.get("source").map(text));
    packages.map(row).collect()
}

fn banned() -> BTreeSet<String> {
    let deny = table("deny.toml");
    let banned = deny["bans"]["deny"].as_array().expect("a list").iter();
    let name = |entry: &Value| entry["crate"].as_str().expect("it is text").to_owned();
    banned.map(name).collect()
}

#[test]
fn nothing_that_opens_a_connection_is_built_in() {
    let banned = banned();
    assert!(
        ["reqwest", "hyper", "ureq", "curl", "tokio"]
            .iter()
            .all(|own| banned.contains(*own))
    );
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let found: Vec<String> = locked(lock)
            .into_iter()
            .map(|(name, _)| name)
            .filter(|name| banned.contains(name))
            .collect();
        assert!(found.is_empty(), "{lock}: {found:?}");
    }
}

#[test]
fn everything_comes_from_the_registry_with_a_checksum() {
    let registry = "registry+https://github.com/rust-lang/crates.io-index";
    for (name, source) in locked("Cargo.lock") {
        let own = name == "caveat" && source.is_none();
        assert!(
            own || source.as_deref() == Some(registry),
            "{name} comes from {source:?}"
        );
    }
    let lock = table("Cargo.lock");
    for package in lock["package"].as_array().expect("a list") {
        let has = package.get("checksum").is_some();
        assert!(
            has || package.get("source").is_none(),
            "{package} has no checksum"
        );
    }
}

/// Sockets are opened by the standard library too: nothing here names them.
#[test]
fn the_source_names_no_socket() {
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut read = 0;
    while let Some(folder) = waiting.pop() {
        for path in fs::read_dir(folder)
            .expect("it is here")
            .flatten()
            .map(|entry| entry.path())
        {
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let text = String::from_utf8(fs::read(&path).expect("it is readable")).expect("UTF-8");
            read += 1;
            for word in [
                "std::net",
                "TcpStream",
                "UdpSocket",
                "UnixStream",
                "Connection::connect",
                "Connection::listen",
            ] {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
        }
    }
    assert!(read > 100, "{read} files were read");
}

/// The rows of `docs/dependencies.md`, by name.
fn recorded() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dependencies.md");
    let text = String::from_utf8(fs::read(path).expect("the record is here")).expect("UTF-8");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split_once('`'))
        .map(|(name, rest)| (name.to_owned(), rest.to_owned()))
        .collect()
}

#[test]
fn each_direct_dependency_has_a_reason_to_be_trusted() {
    let manifest = table("Cargo.toml");
    let mut direct: BTreeSet<&String> = BTreeSet::new();
    for section in ["dependencies", "dev-dependencies"] {
        direct.extend(manifest[section].as_table().expect("a table").keys());
    }
    let targets = manifest.get("target").and_then(Value::as_table);
    for own in targets.into_iter().flat_map(Table::values) {
        direct.extend(own["dependencies"].as_table().expect("a table").keys());
    }
    let recorded = recorded();
    let missing: Vec<_> = direct
        .iter()
        .filter(|name| !recorded.contains_key(**name))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/dependencies.md says nothing of {missing:?}"
    );
    let gone: Vec<_> = recorded
        .keys()
        .filter(|name| !direct.contains(name))
        .collect();
    assert!(gone.is_empty(), "docs/dependencies.md speaks of {gone:?}");
}
