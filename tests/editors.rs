//! Real editors, without a screen, against the real server: Neovim and Emacs with the snippets of
//! `docs/editors.md`, and every message against the specification with `pytest-lsp`.
//!
//! A test whose editor is not installed says that it skips.

#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "a test that skips says so")]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const PAGE: &str = include_str!("../docs/editors.md");
const DRAFT: &str = include_str!("editors/draft.txt");

/// Longest time of a session.
const PATIENCE: Duration = Duration::from_mins(2);

/// A snippet of the page, by the words behind its fence.
fn snippet(name: &str) -> &'static str {
    let fence = format!("```{name}\n");
    let (_, rest) = PAGE
        .split_once(&fence)
        .unwrap_or_else(|| panic!("{name} is on the page"));
    rest.split_once("```").expect("the fence is closed").0
}

/// Whether a program is there and says its version; tells that the test skips where it is not.
fn version(program: &str) -> Option<String> {
    let asked = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .output();
    match asked {
        Ok(said) if said.status.success() => {
            Some(String::from_utf8_lossy(&said.stdout).into_owned())
        }
        _ => {
            eprintln!("skipped: {program} is not installed");
            None
        }
    }
}

/// A folder that is a home and a project, with the draft in it.
struct Scratch(tempfile::TempDir);

impl Scratch {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        fs::create_dir(folder.path().join(".git")).expect("it is writable");
        fs::write(folder.path().join("draft.txt"), DRAFT).expect("it is writable");
        Self(folder)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).expect("it is writable");
        path
    }

    /// Runs a program to its end in the folder, with the server on its path.
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let server = Path::new(env!("CARGO_BIN_EXE_caveat"));
        let mut path = OsString::from(server.parent().expect("it lies in a folder"));
        path.push(":/usr/local/bin:/usr/bin:/bin");
        let log = self.0.path().join("log");
        let out = fs::File::create(&log).expect("it is writable");
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(self.0.path())
            .env("PATH", path)
            .env("HOME", self.0.path())
            .env("XDG_CONFIG_HOME", self.0.path().join("config"))
            .env("XDG_STATE_HOME", self.0.path().join("state"))
            .stdin(Stdio::null())
            .stdout(out.try_clone().expect("one more handle"))
            .stderr(out)
            .spawn()
            .expect("it starts");
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("it runs") {
                break status;
            }
            if started.elapsed() > PATIENCE {
                child.kill().expect("it runs");
                panic!("{program} takes too long: {}", text_of(&log));
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        Output {
            status,
            stdout: fs::read(&log).expect("a log"),
            stderr: Vec::new(),
        }
    }

    /// What a session wrote down of what it saw.
    fn seen(&self, output: &Output) -> String {
        let seen = self.0.path().join("seen");
        let log = String::from_utf8_lossy(&output.stdout);
        assert!(seen.exists(), "nothing was seen: {log}");
        text_of(&seen)
    }

    fn draft(&self) -> String {
        text_of(&self.0.path().join("draft.txt"))
    }
}

fn text_of(path: &Path) -> String {
    String::from_utf8(fs::read(path).expect("it is there")).expect("it is UTF-8")
}

/// What each session must see and do: the findings, a hover on the portion, the second TAG taken out.
fn holds(scratch: &Scratch, output: &Output) {
    let seen = scratch.seen(output);
    for wanted in [
        "telegram/tag-repeated",
        "telegram/portion-above-header",
        "NOT RELEASABLE TO FOREIGN NATIONALS",
    ] {
        assert!(seen.contains(wanted), "{wanted} in {seen}");
    }
    assert_eq!(
        scratch.draft(),
        DRAFT.replace("PGOV, PREL\n", "PGOV\n"),
        "{seen}"
    );
}

#[test]
fn neovim_shows_findings_and_a_hover_and_applies_a_fix() {
    let Some(version) = version("nvim") else {
        return;
    };
    let old = ["v0.7", "v0.8", "v0.9", "v0.10"]
        .iter()
        .any(|old| version.contains(old));
    let scratch = Scratch::new();
    let name = if old { "lua nvim-0.7" } else { "lua nvim-0.11" };
    scratch.write("init.lua", snippet(name));
    scratch.write("drive.lua", include_str!("editors/drive.lua"));
    let output = scratch.run(
        "nvim",
        &[
            "--headless",
            "-u",
            "init.lua",
            "--cmd",
            "filetype on",
            "draft.txt",
            "-c",
            "luafile drive.lua",
        ],
    );
    holds(&scratch, &output);
}

#[test]
fn emacs_shows_findings_and_a_hover_and_applies_a_fix() {
    if version("emacs").is_none() {
        return;
    }
    let has = Command::new("emacs")
        .args([
            "-Q",
            "--batch",
            "--eval",
            "(progn (package-initialize) (require 'eglot))",
        ])
        .output();
    if !has.is_ok_and(|said| said.status.success()) {
        eprintln!("skipped: eglot is not installed");
        return;
    }
    let scratch = Scratch::new();
    scratch.write("init.el", snippet("elisp eglot"));
    scratch.write("drive.el", include_str!("editors/drive.el"));
    let output = scratch.run(
        "emacs",
        &[
            "-Q",
            "--batch",
            "--eval",
            "(package-initialize)",
            "-l",
            "init.el",
            "-l",
            "drive.el",
        ],
    );
    holds(&scratch, &output);
}

#[test]
fn every_message_is_as_the_specification_wants_it() {
    let has = Command::new("python3")
        .args(["-c", "import pytest_lsp"])
        .output();
    if !has.is_ok_and(|said| said.status.success()) {
        eprintln!("skipped: pytest-lsp is not installed");
        return;
    }
    let scratch = Scratch::new();
    scratch.write("test_session.py", include_str!("editors/test_session.py"));
    let python = Command::new("python3")
        .args(["-c", "import sys; print(sys.executable)"])
        .output();
    let python = String::from_utf8(python.expect("it runs").stdout).expect("a path");
    let output = scratch.run(
        python.trim(),
        &[
            "-m",
            "pytest",
            "-q",
            "-o",
            "asyncio_mode=auto",
            "-p",
            "no:cacheprovider",
            "test_session.py",
        ],
    );
    let log = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{log}");
}

#[test]
fn the_other_snippets_are_what_they_say_they_are() {
    let helix: toml::Table = snippet("toml helix").parse().expect("TOML");
    assert_eq!(
        helix["language-server"]["caveat"]["command"].as_str(),
        Some("caveat")
    );
    for name in ["json sublime", "json kate"] {
        let parsed: serde_json::Value = serde_json::from_str(snippet(name)).expect("JSON");
        assert!(parsed.to_string().contains(r#"["caveat","lsp"]"#), "{name}");
    }
}
