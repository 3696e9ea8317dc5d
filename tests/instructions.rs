//! Work does not creep up: instructions that the program takes for three fixed inputs, counted by callgrind
//! and held against `benches/instructions.txt`. They are much the same on every machine, which times are not.
//!
//! `cargo test --release --test instructions` runs it, with `UPDATE=1` in front to note the counts anew. It
//! is skipped, and says so, in a debug build and where valgrind is not installed.

#[path = "../benches/corpus/mod.rs"]
#[expect(dead_code, reason = "the mixture is not needed")]
mod corpus;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// More than the noted count, in hundredths, that is let pass.
const SLACK: u64 = 5;

/// Makes the text of a draft from its number.
type Maker = fn(u64) -> String;

/// Each input by its name, the number of its drafts, and their maker.
const INPUTS: [(&str, u64, Maker); 3] = [
    ("one telegram", 1, |number| corpus::telegram(1, number).text),
    ("200 telegrams", 200, |number| {
        corpus::telegram(1, number).text
    }),
    ("200 documents", 200, |number| {
        corpus::document(1, number).text
    }),
];

fn noted() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.txt")
}

/// Instructions of a run over a folder, on one thread.
fn instructions(folder: &Path) -> u64 {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_caveat"))
        .args(["check", "--isolated", "--threads", "1", "--quiet"])
        .args(["--output-format", "concise", "--fail-on", "never"])
        .arg(folder)
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("valgrind starts");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    let line = said.lines().find(|line| line.contains("Collected :"));
    let count = line.and_then(|line| line.rsplit(' ').next());
    count
        .and_then(|count| count.parse().ok())
        .expect("callgrind counts")
}

fn write_drafts(count: u64, draft: Maker) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for drafts");
    for number in 0..count {
        let path = folder.path().join(format!("{number:03}.txt"));
        std::fs::write(path, draft(number)).expect("the folder takes drafts");
    }
    folder
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test may read how it is to run"
)]
fn no_input_takes_more_instructions_than_it_did() {
    if cfg!(debug_assertions) {
        println!("skipped: counts are those of a release build");
        return;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("skipped: valgrind is not installed");
        return;
    }
    let counts = INPUTS.map(|(name, count, draft)| {
        let folder = write_drafts(count, draft);
        (name, instructions(folder.path()))
    });
    if std::env::var_os("UPDATE").is_some() {
        let mut text = String::new();
        for (name, count) in counts {
            writeln!(text, "{count:>12} {name}").expect("a String takes text");
        }
        std::fs::write(noted(), text).expect("the counts are noted");
        return;
    }
    let text = std::fs::read(noted()).expect("counts were noted before");
    let text = String::from_utf8(text).expect("counts are text");
    let mut more = Vec::new();
    for (name, count) in counts {
        let line = text.lines().find_map(|line| line.trim().strip_suffix(name));
        let before: u64 = line
            .and_then(|count| count.trim().parse().ok())
            .expect("each input has its count");
        println!("{name}: {count}, noted {before}");
        if count * 100 > before * (100 + SLACK) {
            more.push(format!("{name}: {count} instructions, {before} were noted"));
        }
    }
    assert!(more.is_empty(), "{}", more.join("\n"));
}
