//! Drafts to audit, with settings of which each does something else, and runs of the program over them.

use super::formats::FORMATS;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Settings of which some do nothing, each in a manner of its own; and those that are at work.
const SETTINGS: &str = r#"
baseline = "known.json"
exclude = ["desk/3/left-out.txt", "nowhere/**"]
require-marking = ["desk/2/*", "desk/9/*"]

[[override]]
files = ["desk/1/*.txt"]
ignore = ["telegram/sipdis-limited"]

[[override]]
files = ["desk/no-such-folder/**"]
ignore = ["telegram/sipdis-limited"]

[[allow]]
rule = "telegram/portion-above-header"
path = "desk/1/**"
reason = "accepted"

[[allow]]
rule = "telegram/tag-unknown"
path = "desk/no-such-folder/**"
reason = "of no use"

[[allow]]
rule = "telegram/tag-unknown"
path = "desk/**"
reason = "ran out"
until = 2001-01-01
"#;

/// Exit code and reports of a run, each under its name.
pub(crate) type Told = (i32, Vec<(String, Vec<u8>)>);

/// A working folder, `work`, with drafts below `desk`, settings, and a baseline of which some entries are stale.
pub(crate) struct Holding {
    folder: tempfile::TempDir,
}

impl Holding {
    /// Some folders with the examples, and with files that are no drafts.
    pub(crate) fn new(folders: usize) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let work = folder.path().join("work");
        let desk = work.join("desk");
        for number in 1..=folders {
            copy("examples/telegrams", &desk.join(number.to_string()));
        }
        copy("tests/cli/bad-input.in", &desk.join("odd"));
        fs::write(desk.join("3/left-out.txt"), "left out\n").expect("it is writable");
        fs::write(desk.join("a-bomb"), b"\0\0\x01binary").expect("it is writable");
        fs::create_dir(work.join(".git")).expect("it is writable");
        fs::write(work.join("caveat.toml"), SETTINGS).expect("it is writable");
        let holding = Self { folder };
        let known = holding.path("known.json");
        fs::write(&known, "{\"version\":1,\"findings\":[]}").expect("it is writable");
        let (code, out, err) = holding.run(&["baseline", "write", "desk/2", "desk/3"]);
        assert!(code == 0 || code == 3, "{out}{err}");
        // A finding that is put right, and a draft that is gone.
        let text = String::from_utf8(fs::read(&known).expect("it is there")).expect("UTF-8");
        let stale = text.replacen("\"count\":1", "\"count\":3", 1);
        let stale = stale.replacen("desk/3/", "desk/3/gone-", 1);
        assert!(
            stale.contains("desk/3/gone-") && stale.contains("\"count\":3"),
            "{stale}"
        );
        fs::write(&known, stale).expect("it is writable");
        holding
    }

    /// A path from the working folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("work").join(name)
    }

    /// A path beside the working folder.
    pub(crate) fn aside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program; gives the exit code, standard output and standard error.
    pub(crate) fn run(&self, words: &[&str]) -> (i32, String, String) {
        let output = self.command(words).output().expect("the program starts");
        let code = output.status.code().expect("it ends by itself");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (code, text(output.stdout), text(output.stderr))
    }

    /// The program in the working folder, where nothing of this machine counts.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
        command
            .args(words)
            .current_dir(self.path(""))
            .env_clear()
            .env("HOME", "/nonexistent");
        command
    }

    /// Runs the program with every report; gives the exit code and the reports.
    pub(crate) fn reports(&self, words: &[&str]) -> Told {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let at = |name: &str| folder.path().join(name).display().to_string();
        let mut more = vec![
            format!("--inventory=csv={}", at("csv")),
            format!("--inventory=jsonl={}", at("jsonl")),
            format!("-o={}", at("out")),
        ];
        let forms = FORMATS.iter();
        more.extend(forms.map(|form| format!("--report={form}={}", at(form))));
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        let (code, _, err) = self.run(&[words, &more].concat());
        assert!(err.is_empty(), "{err}");
        let names = ["csv", "jsonl", "out"].iter().chain(&FORMATS);
        let read = |name: &&str| {
            let bytes = fs::read(folder.path().join(name)).expect("it is written");
            ((*name).to_owned(), bytes)
        };
        (code, names.map(read).collect())
    }

    /// Examines one part of an audit, or goes on with it; gives its journal.
    pub(crate) fn part(&self, number: usize, of: usize, more: &[&str]) -> String {
        let name = format!("journal-{number}-of-{of}{}", more.concat());
        let journal = self.aside(&name).display().to_string();
        let (word, shard) = (
            format!("--journal={journal}"),
            format!("--shard={number}/{of}"),
        );
        let words = ["audit", ".", "-s", &word, &shard, "--resume"];
        self.run(&[&words, more].concat());
        journal
    }

    /// What one undisturbed run tells.
    pub(crate) fn undisturbed(&self, more: &[&str]) -> Told {
        self.reports(&[&["audit", ".", "--threads=1"], more].concat())
    }
}

/// Copies the files of a folder into another one.
fn copy(from: &str, to: &Path) {
    fs::create_dir_all(to).expect("it is writable");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
    let entries = fs::read_dir(from).expect("the examples are there");
    for entry in entries.flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("it can be copied");
    }
}

/// Holds that two runs told the same.
pub(crate) fn assert_same(one: &Told, two: &Told, what: &str) {
    for ((name, one), (_, two)) in one.1.iter().zip(&two.1) {
        assert!(one == two, "{what}: `{name}` differs");
    }
    assert_eq!(one.0, two.0, "{what}: the exit code");
}
