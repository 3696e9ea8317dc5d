//! How long a commit waits: `cargo bench --bench hook`.
//!
//! Repositories with 1, 10 and 1,000 staged telegrams without a fault. The time of `caveat hook run pre-commit`
//! is taken, and that of a whole `git commit` with the usual hooks and without any; each is the median of some runs.

#![expect(clippy::print_stdout, reason = "figures are what it is for")]

#[path = "corpus/mod.rs"]
#[expect(dead_code, reason = "telegrams alone are committed here")]
mod corpus;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SEED: u64 = 1;
const RUNS: usize = 15;
const CAVEAT: &str = env!("CARGO_BIN_EXE_caveat");

fn main() {
    for staged in [1, 10, 1000] {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let folder = folder.path();
        done(folder, "git", &["init", "-q"]);
        let first = ["commit", "-q", "--allow-empty", "-m", "First"];
        done(folder, "git", &first);
        for number in 0..staged {
            let text = corpus::telegram(SEED, number).text;
            let path = folder.join(format!("{number}.txt"));
            fs::write(path, text).expect("it is writable");
        }
        done(folder, "git", &["add", "."]);
        let hook = median(|| done(folder, CAVEAT, &["hook", "run", "pre-commit"]));
        let commit = || {
            let took = done(folder, "git", &["commit", "-q", "-m", "Drafts"]);
            done(folder, "git", &["reset", "-q", "--soft", "HEAD^"]);
            took
        };
        let without = median(commit);
        done(folder, CAVEAT, &["hook", "install"]);
        let with = median(commit);
        println!(
            "{staged:>5} staged: hook {hook:.1?}; git commit {with:.1?} with the usual hooks, {without:.1?} without"
        );
    }
}

fn median(run: impl Fn() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| run()).collect();
    times.sort_unstable();
    times[RUNS / 2]
}

/// Runs a program to its end, which must be a good one, and says how long it took.
fn done(folder: &Path, program: &str, arguments: &[&str]) -> Duration {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "A Drafter");
        command.env(format!("GIT_{role}_EMAIL"), "drafter@example.org");
    }
    let started = Instant::now();
    let output = command.output().expect("it starts");
    let took = started.elapsed();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    took
}
