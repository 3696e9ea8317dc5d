//! A repository, and the `git` program in it.

use super::change::{Change, changes};
use crate::input::said;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// Why git gave no answer. No message holds a word of a draft.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The program is not there, or its pipe broke.
    #[error("`git` cannot be run: {0}")]
    Broken(String),
    /// It refused.
    #[error("`git {command}` failed: {said}")]
    Failed {
        /// Which command of git.
        command: String,
        /// What it said first.
        said: String,
    },
}

impl From<io::Error> for GitError {
    fn from(error: io::Error) -> Self {
        Self::Broken(said(&error))
    }
}

/// A repository with its folders, from the root of the file system.
#[derive(Debug, Clone)]
pub struct Repository {
    /// The root of the work tree; of a bare repository the folder itself.
    pub top: PathBuf,
    /// Where this work tree keeps its own files.
    pub own: PathBuf,
    /// What all work trees of the repository share.
    pub common: PathBuf,
    /// Whether it has no work tree.
    pub bare: bool,
}

impl Repository {
    /// The repository that a folder lies in.
    ///
    /// # Errors
    /// There is none, or git is not there.
    pub fn of(folder: &Path) -> Result<Self, GitError> {
        let asked = [
            "rev-parse",
            "--is-bare-repository",
            "--absolute-git-dir",
            "--git-common-dir",
            "--show-toplevel",
        ];
        let output = command(folder, &asked).output()?;
        let mut lines = output.stdout.split(|&byte| byte == b'\n');
        let mut line = || lines.next().filter(|line| !line.is_empty());
        let bare = line() == Some(b"true");
        let failed = || failed("rev-parse", &output);
        let own = path_of(line().ok_or_else(failed)?);
        let common = folder.join(path_of(line().ok_or_else(failed)?));
        // A folder inside `.git` has no root of a work tree either: it is as good as bare.
        let top = match line() {
            Some(top) if !bare => path_of(top),
            _ if bare => own.clone(),
            _ => return Err(failed()),
        };
        Ok(Self {
            top,
            own,
            common,
            bare,
        })
    }

    /// Git in this repository, with its streams yet to be chosen.
    pub fn git<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        command(&self.top, arguments)
    }

    /// What git answers.
    ///
    /// # Errors
    /// It is not there, or refused.
    pub fn ask<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Result<Vec<u8>, GitError> {
        answered(arguments, self.git(arguments).output()?)
    }

    /// What git answers to a text on its standard input.
    ///
    /// # Errors
    /// It is not there, or refused.
    pub fn tell<S: AsRef<OsStr>>(
        &self,
        arguments: &[S],
        input: Vec<u8>,
    ) -> Result<Vec<u8>, GitError> {
        let mut child = self.git(arguments).stdin(Stdio::piped()).spawn()?;
        let writer = writer(&mut child, input);
        let output = child.wait_with_output()?;
        if let Some(writer) = writer {
            // Git may end before it has read everything: what it says then counts.
            drop(writer.join());
        }
        answered(arguments, output)
    }

    /// A setting of git, as a path or as a word; `None` where nobody made it.
    pub fn setting(&self, key: &str, kind: &str) -> Option<Vec<u8>> {
        let answer = self.ask(&["config", kind, "--get", key]).ok()?;
        let answer = answer.strip_suffix(b"\n").unwrap_or(&answer);
        (!answer.is_empty()).then(|| answer.to_owned())
    }

    /// Paths whose content git keeps as UTF-8 and writes in another encoding into the work tree.
    ///
    /// # Errors
    /// Git is not there, or refused.
    pub fn reencoded<'p>(
        &self,
        paths: impl Iterator<Item = &'p Path>,
    ) -> Result<HashSet<PathBuf>, GitError> {
        let mut input = Vec::new();
        for path in paths {
            input.extend_from_slice(path.as_os_str().as_encoded_bytes());
            input.push(0);
        }
        if input.is_empty() {
            return Ok(HashSet::new());
        }
        let mut asked = vec!["check-attr", "-z", "--stdin"];
        asked.extend((!self.bare).then_some("--cached"));
        asked.push("working-tree-encoding");
        let answer = self.tell(&asked, input)?;
        let fields: Vec<&[u8]> = answer.split(|&byte| byte == 0).collect();
        let set = fields.chunks(3).filter_map(|record| match record {
            [path, _, value] if !matches!(*value, b"unspecified" | b"unset" | b"set") => {
                Some(path_of(path))
            }
            _ => None,
        });
        Ok(set.collect())
    }

    /// What is staged and differs from the last commit, by path; everything, where there is no commit yet.
    ///
    /// # Errors
    /// Git is not there, or refused.
    pub fn staged(&self) -> Result<Vec<Change>, GitError> {
        let listed = self.ask(&[
            "diff",
            "--cached",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--no-relative",
            "--no-ext-diff",
            "--ignore-submodules=none",
        ])?;
        Ok(changes(&listed).map(|(_, change)| change).collect())
    }
}

/// Writes on a thread of its own, so that neither side waits for the other.
fn writer(child: &mut Child, input: Vec<u8>) -> Option<std::thread::JoinHandle<io::Result<()>>> {
    let mut stdin = child.stdin.take()?;
    Some(std::thread::spawn(move || stdin.write_all(&input)))
}

fn command<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args(["-c", "core.fsmonitor=false"])
        .args(arguments)
        // Looking must not take a lock that a commit in progress holds, nor fetch anything.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        // What leaves is the object itself, whatever another one is to stand in for here.
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn answered<S: AsRef<OsStr>>(arguments: &[S], output: Output) -> Result<Vec<u8>, GitError> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let word = arguments.first().map(AsRef::as_ref).unwrap_or_default();
    Err(failed(&word.to_string_lossy(), &output))
}

fn failed(command: &str, output: &Output) -> GitError {
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or("without a word");
    GitError::Failed {
        command: command.to_owned(),
        said: first.trim_start_matches("fatal: ").to_owned(),
    }
}

/// A path as git writes it where it quotes nothing.
#[cfg(unix)]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// A path as git writes it where it quotes nothing.
#[cfg(not(unix))]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
