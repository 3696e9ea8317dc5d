//! Compiles in every pack in the tree: lists `rules/**/*.toml`, each file as its text and parsed, so that
//! a run need not parse it again.

#[path = "src/toml_file/tree/format.rs"]
mod format;
#[path = "src/toml_file/tree/write.rs"]
mod write;

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
    println!("cargo::rerun-if-changed=src/toml_file/tree");
    let mut files = Vec::new();
    collect(&root.join("rules"), &mut files);
    files.sort();
    let mut words = write::Words::default();
    let mut code = String::from("&[\n");
    for file in &files {
        let name = file
            .strip_prefix(&root)
            .expect("below the root")
            .to_string_lossy()
            .replace('\\', "/");
        println!("cargo::rerun-if-changed={name}");
        let text = String::from_utf8(fs::read(file).expect("rules/ is readable"));
        let tree = write::write(&text.expect("rules/ holds UTF-8"), &mut words)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let values = out.join(name.replace('/', "-")).with_extension("values");
        fs::write(&values, tree).expect("OUT_DIR is writable");
        let [file, values] = [file, &values].map(|path| path.display().to_string());
        writeln!(
            code,
            "    Shipped {{ path: {name:?}, text: include_str!({file:?}), values: include_bytes!({values:?}) }},",
        )
        .expect("a String takes text");
    }
    code.push(']');
    fs::write(out.join("shipped.words"), words.text).expect("OUT_DIR is writable");
    fs::write(out.join("shipped.rs"), code).expect("OUT_DIR is writable");
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
