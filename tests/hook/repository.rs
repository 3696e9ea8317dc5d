//! A scratch repository, and the programs in it, cut off from the settings of the machine.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// A draft with a spill: a portion above the header.
pub(crate) const FAULT: &str = include_str!("../cli/check.in/folder/fault.txt");

/// A draft without a fault.
pub(crate) const CLEAN: &str = include_str!("../cli/check.in/clean.txt");

/// The program under test.
pub(crate) const CAVEAT: &str = env!("CARGO_BIN_EXE_caveat");

#[expect(
    clippy::disallowed_methods,
    reason = "where the programs of this machine lie, nothing but the environment knows"
)]
fn programs() -> OsString {
    std::env::var_os("PATH").unwrap_or_default()
}

/// Every `git` on this machine, each by the folder it lies in.
pub(crate) fn gits() -> Vec<PathBuf> {
    let path = programs();
    let mut seen = BTreeSet::new();
    let folders = std::env::split_paths(&path).filter(|folder| {
        let program = folder.join("git").canonicalize();
        program.is_ok_and(|program| seen.insert(program))
    });
    folders.collect()
}

/// The git that is found first.
pub(crate) fn first_git() -> PathBuf {
    gits().into_iter().next().expect("git is on the path")
}

/// Whether a program is on this machine.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
pub(crate) fn is_here(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output();
    let found = found.is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: `{program}` is not on this machine");
    }
    found
}

/// What a program said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            code: output.status.code().unwrap_or(-1),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Both streams.
    pub(crate) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    #[track_caller]
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.all());
        self
    }

    #[track_caller]
    pub(crate) fn refused(self, words: &[&str]) -> Self {
        assert_ne!(self.code, 0, "it went through: {}", self.all());
        let all = self.all();
        for word in words {
            assert!(all.contains(word), "`{word}` is missing in:\n{all}");
        }
        for word in ["Sunday", "informed", "announced"] {
            assert!(!all.contains(word), "text of the draft in:\n{all}");
        }
        self
    }
}

/// A repository in a scratch folder, used with one of the gits.
pub(crate) struct Scratch {
    home: tempfile::TempDir,
    git: PathBuf,
    folder: PathBuf,
}

impl Scratch {
    /// An empty repository.
    pub(crate) fn new(git: &Path) -> Self {
        let scratch = Self::without(git);
        scratch.git(&["init", "-q", "-b", "main"]).done();
        scratch
    }

    /// A repository with caveat's usual hooks.
    pub(crate) fn hooked(git: &Path) -> Self {
        let scratch = Self::new(git);
        scratch.caveat(&["hook", "install"]).done();
        scratch
    }

    /// A folder without a repository.
    pub(crate) fn without(git: &Path) -> Self {
        let home = tempfile::tempdir().expect("a scratch folder");
        let folder = home
            .path()
            .canonicalize()
            .expect("it is there")
            .join("work");
        fs::create_dir(&folder).expect("it is writable");
        Self {
            home,
            git: git.to_owned(),
            folder,
        }
    }

    /// The same home and git in another folder.
    pub(crate) fn at(&self, folder: &Path) -> Place<'_> {
        Place {
            scratch: self,
            folder: folder.to_owned(),
        }
    }

    /// A folder of programs that goes before those of the machine.
    pub(crate) fn programs(&self) -> PathBuf {
        self.beside("programs")
    }

    /// Makes a bare repository beside this one, which knows it as `origin`; its path.
    pub(crate) fn remote(&self) -> String {
        let remote = self.beside("remote.git");
        let path = remote.to_str().expect("a plain name");
        self.git(&["init", "-q", "--bare", path]).done();
        self.git(&["remote", "add", "origin", path]).done();
        path.to_owned()
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.with_file_name(name)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        write(&self.path(name), text);
    }

    /// Writes a file and stages it.
    pub(crate) fn stage(&self, name: &str, text: impl AsRef<[u8]>) {
        self.write(name, text);
        self.git(&["add", "--", name]).done();
    }

    pub(crate) fn git<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Said {
        self.at(&self.folder).git(arguments)
    }

    pub(crate) fn caveat(&self, arguments: &[&str]) -> Said {
        self.at(&self.folder).run(CAVEAT, arguments, "")
    }

    pub(crate) fn commit(&self, message: &str) -> Said {
        self.git(&["commit", "-q", "-m", message])
    }

    /// A program in the folder of this scratch, without anything of the machine but the path to its programs.
    pub(crate) fn command(&self, program: &str, folder: &Path) -> Command {
        let path = programs();
        let own = [self.programs(), self.git.clone()];
        let folders = own.into_iter().chain(std::env::split_paths(&path));
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GIT_WORK_TREE")
            .env_remove("CAVEAT_CONFIG")
            .env_remove("CAVEAT_OUTPUT_FORMAT")
            .env(
                "PATH",
                std::env::join_paths(folders).expect("plain folders"),
            )
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.home.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", self.home.path().join("gitconfig"))
            .env("GIT_EDITOR", "false")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C.UTF-8")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "A Drafter");
            command.env(format!("GIT_{role}_EMAIL"), "drafter@example.org");
        }
        command
    }
}

/// A folder in which programs are run.
pub(crate) struct Place<'s> {
    scratch: &'s Scratch,
    folder: PathBuf,
}

/// Starts a program. One that was copied a moment ago is busy as long as a process that another test
/// started in between holds the copy open for writing.
fn spawned(command: &mut Command) -> Child {
    loop {
        match command.spawn() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(Duration::from_millis(10));
            }
            started => return started.expect("the program is there"),
        }
    }
}

impl Place<'_> {
    pub(crate) fn git<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Said {
        self.run("git", arguments, "")
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, program: &str, arguments: &[S], input: &str) -> Said {
        use std::io::Write as _;
        let mut command = self.scratch.command(program, &self.folder);
        let command = command.args(arguments).stdin(Stdio::piped());
        let mut child = spawned(command);
        let mut stdin = child.stdin.take().expect("it is piped");
        // Who reads no input may end before it is written.
        drop(stdin.write_all(input.as_bytes()));
        drop(stdin);
        Said::of(&child.wait_with_output().expect("it ends"))
    }
}

pub(crate) fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it is writable");
    fs::write(path, text).expect("it is writable");
}

/// A program for a hook or an editor.
pub(crate) fn executable(path: &Path, text: &str) {
    write(path, text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
}
