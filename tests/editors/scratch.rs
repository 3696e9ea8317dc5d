//! A folder that is a home and a project, and the editors of this machine in it.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

const DRAFT: &str = include_str!("draft.txt");

/// Windows are drawn nowhere.
const SCREEN: (&str, &str) = ("QT_QPA_PLATFORM", "offscreen");

/// Longest time of a session.
const PATIENCE: Duration = Duration::from_mins(2);

#[expect(
    clippy::disallowed_methods,
    reason = "where the editors of this machine lie, nothing but the environment knows"
)]
fn path() -> OsString {
    std::env::var_os("PATH").unwrap_or_default()
}

/// Every program of a name on this machine.
pub(crate) fn programs(name: &str) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let path = path();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .filter(|program| {
            let real = program.canonicalize();
            real.is_ok_and(|real| real.is_file() && seen.insert(real))
        });
    found.collect()
}

/// Whether a program is there and answers; tells that the test skips where it is not.
pub(crate) fn answers(program: impl AsRef<Path>, arguments: &[&str]) -> bool {
    let program = program.as_ref();
    let mut asked = Command::new(program);
    let asked = asked
        .args(arguments)
        .stdin(Stdio::null())
        .env(SCREEN.0, SCREEN.1);
    let fine = asked.output().is_ok_and(|said| said.status.success());
    if !fine {
        let words = arguments.join(" ");
        eprintln!(
            "skipped: `{} {words}` does not answer here",
            program.display()
        );
    }
    fine
}

/// A folder with the draft in it.
pub(crate) struct Scratch(tempfile::TempDir);

impl Scratch {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        fs::create_dir(folder.path().join(".git")).expect("it is writable");
        let scratch = Self(folder);
        scratch.write("draft.txt", DRAFT);
        scratch
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is writable");
        fs::write(&path, text).expect("it is writable");
    }

    /// Starts a program in the folder, with the server on its path; what it says goes into the file `log`.
    pub(crate) fn start(
        &self,
        program: impl AsRef<Path>,
        arguments: &[&str],
        typed: &str,
    ) -> Running<'_> {
        let server = Path::new(env!("CARGO_BIN_EXE_caveat"));
        let folders = [
            self.path("bin"),
            server.parent().expect("a folder").to_owned(),
        ];
        let others = path();
        let folders = folders.into_iter().chain(std::env::split_paths(&others));
        let out = fs::File::create(self.path("log")).expect("it is writable");
        self.write("typed", typed);
        let typed = fs::File::open(self.path("typed")).expect("it is there");
        let child = Command::new(program.as_ref())
            .args(arguments)
            .current_dir(self.0.path())
            .env(
                "PATH",
                std::env::join_paths(folders).expect("plain folders"),
            )
            .env("HOME", self.0.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_RUNTIME_DIR", self.0.path())
            .env("TERM", "dumb")
            .env(SCREEN.0, SCREEN.1)
            .stdin(typed)
            .stdout(out.try_clone().expect("one more handle"))
            .stderr(out)
            .process_group(0)
            .spawn()
            .expect("it starts");
        Running {
            child,
            scratch: self,
        }
    }

    /// Runs a program to its end.
    pub(crate) fn run(
        &self,
        program: impl AsRef<Path>,
        arguments: &[&str],
        typed: &str,
    ) -> ExitStatus {
        let mut running = self.start(program, arguments, typed);
        let mut status = None;
        running.wait(|running| {
            status = running.child.try_wait().expect("it runs");
            status.is_some()
        });
        status.expect("it ended")
    }

    /// What is in a file; nothing where there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        let bytes = fs::read(self.path(name)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// What each session must see and do: the findings, a hover on the portion, the second TAG taken out.
    #[track_caller]
    pub(crate) fn holds(&self) {
        let (seen, log) = (self.text("seen"), self.text("log"));
        for wanted in [
            "telegram/tag-repeated",
            "telegram/portion-above-header",
            "NOT RELEASABLE TO FOREIGN NATIONALS",
        ] {
            assert!(seen.contains(wanted), "{wanted} in {seen}: {log}");
        }
        let fixed = DRAFT.replace("PGOV, PREL\n", "PGOV\n");
        assert_eq!(self.text("draft.txt"), fixed, "{seen}: {log}");
    }
}

/// A program that was started; it ends with this value, and what it started with it.
pub(crate) struct Running<'s> {
    child: Child,
    scratch: &'s Scratch,
}

impl Running<'_> {
    /// Waits until something is so.
    #[track_caller]
    pub(crate) fn wait(&mut self, mut is_so: impl FnMut(&mut Self) -> bool) {
        let started = Instant::now();
        while !is_so(self) {
            let late = started.elapsed() > PATIENCE;
            assert!(!late, "it takes too long: {}", self.scratch.text("log"));
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            // Every process of its group, by the number of the group.
            let group = format!("-{}", self.child.id());
            let ended = Command::new("kill").args(["-TERM", "--", &group]).status();
            drop(ended);
            drop(self.child.wait());
        }
    }
}
