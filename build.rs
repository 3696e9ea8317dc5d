//! Lists `rules/**/*.toml`, so that every pack in the tree is compiled in: each file whole, and once more
//! without the pages and examples of its rules, which a run that shows neither need not read.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script through the environment"
)]
fn from_cargo(name: &str) -> PathBuf {
    PathBuf::from(env::var(name).expect("cargo sets it"))
}

fn main() {
    let root = from_cargo("CARGO_MANIFEST_DIR");
    let out = from_cargo("OUT_DIR");
    println!("cargo::rerun-if-changed=rules");
    let mut files = Vec::new();
    collect(&root.join("rules"), &mut files);
    files.sort();
    let mut code = String::from("&[\n");
    for file in &files {
        let name = file
            .strip_prefix(&root)
            .expect("below the root")
            .to_string_lossy()
            .replace('\\', "/");
        println!("cargo::rerun-if-changed={name}");
        let whole = String::from_utf8(fs::read(file).expect("rules/ is readable"));
        let whole = whole.expect("rules/ holds UTF-8");
        let brief = out.join(name.replace('/', "-"));
        fs::write(&brief, in_brief(&whole)).expect("OUT_DIR is writable");
        writeln!(
            code,
            "    ({name:?}, include_str!({:?}), include_str!({:?})),",
            file.display().to_string(),
            brief.display().to_string()
        )
        .expect("a String takes text");
    }
    code.push(']');
    fs::write(out.join("shipped.rs"), code).expect("OUT_DIR is writable");
}

/// A file without comments and without the pages and examples of rules.
fn in_brief(whole: &str) -> String {
    let mut brief = String::new();
    let (mut within_text, mut example, mut left_out) = (false, false, false);
    for line in whole.lines() {
        if !within_text {
            example = if line.starts_with('[') {
                line == "[[rule.example]]"
            } else {
                example
            };
            let comment = line.is_empty() || line.starts_with('#');
            left_out = example || comment || line.starts_with("explain = ");
        }
        if !left_out {
            brief.push_str(line);
            brief.push('\n');
        }
        let quotes = line.matches("\"\"\"").count() + line.matches("'''").count();
        within_text ^= quotes % 2 == 1;
    }
    brief
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("rules/ is readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(path);
        }
    }
}
