//! Hooks of a repository: put in beside those that are there, taken out without a trace.

use super::repository::{GitError, Repository, path_of};
use super::script::{Author, Before, author, script};
use crate::input::said;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What the name of a hook ends with that was there before.
pub const CHAINED: &str = ".before-caveat";

/// The hooks of git that something can be checked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hook {
    /// Before a commit: what is staged.
    PreCommit,
    /// Before the commit of a merge that went through by itself: what it brings.
    PreMergeCommit,
    /// Before a commit: its message.
    CommitMsg,
    /// Before a patch from a mail is committed: what it brings.
    PreApplypatch,
    /// Before a patch from a mail is applied: its message.
    ApplypatchMsg,
    /// After a rebase or an amended commit: what came out. It can only tell.
    PostRewrite,
    /// Before a push: what leaves.
    PrePush,
    /// On a server, before a push is taken: what comes.
    PreReceive,
}

impl Hook {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::PreCommit,
        Self::PreMergeCommit,
        Self::CommitMsg,
        Self::PreApplypatch,
        Self::ApplypatchMsg,
        Self::PostRewrite,
        Self::PrePush,
        Self::PreReceive,
    ];

    /// Those of a work tree that are put in where none is named.
    pub const USUAL: [Self; 4] = [
        Self::PreCommit,
        Self::PreMergeCommit,
        Self::CommitMsg,
        Self::PrePush,
    ];

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PreMergeCommit => "pre-merge-commit",
            Self::CommitMsg => "commit-msg",
            Self::PreApplypatch => "pre-applypatch",
            Self::ApplypatchMsg => "applypatch-msg",
            Self::PostRewrite => "post-rewrite",
            Self::PrePush => "pre-push",
            Self::PreReceive => "pre-receive",
        }
    }

    /// The hook of a name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hook| hook.word() == word)
    }

    /// Whether git tells it on standard input what it is about.
    pub const fn reads_input(self) -> bool {
        matches!(self, Self::PostRewrite | Self::PrePush | Self::PreReceive)
    }
}

/// Why hooks were not put in or taken out.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// Git has no answer.
    #[error(transparent)]
    Git(#[from] GitError),
    /// A file cannot be written.
    #[error("`{}` cannot be written: {said}", .path.display())]
    Unwritable {
        /// Which one.
        path: PathBuf,
        /// What the operating system said.
        said: String,
    },
    /// The hooks are those of every repository.
    #[error("`core.hooksPath` is set for more than this repository: `{}` holds hooks of all of them; --shared puts caveat in there", .0.display())]
    Shared(PathBuf),
    /// Two hooks cannot both be kept.
    #[error("`{}` is there already: it is the hook of before an earlier `caveat hook install`; move it away or back", .0.display())]
    InTheWay(PathBuf),
    /// Somebody changed a hook of ours.
    #[error("`{}` was changed after `caveat hook install` wrote it, and is left as it is: remove it by hand", .0.display())]
    Changed(PathBuf),
}

/// A hook that was put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Which.
    pub hook: Hook,
    /// Its file.
    pub path: PathBuf,
    /// Whether a hook that was there before is called first.
    pub chains: bool,
}

/// A hook that was taken out, or left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Its file.
    pub path: PathBuf,
    /// Whether the hook that was there before is back.
    pub restored: bool,
}

/// Puts hooks in; `program` is where caveat is. What is there already is called first.
///
/// # Errors
/// Nothing is changed that was there; hooks before the one at fault are in.
pub fn install(
    repository: &Repository,
    hooks: &[Hook],
    program: &Path,
    shared: bool,
) -> Result<Vec<Installed>, InstallError> {
    let folder = folder(repository)?;
    if !shared && is_shared(repository) {
        return Err(InstallError::Shared(folder));
    }
    fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    let one = |&hook: &Hook| put_in(hook, &folder, program);
    hooks.iter().map(one).collect()
}

/// Takes hooks of ours out, and puts back what was there before.
///
/// # Errors
/// One was changed by somebody, or cannot be moved.
pub fn uninstall(repository: &Repository, hooks: &[Hook]) -> Result<Vec<Removed>, InstallError> {
    let folder = folder(repository)?;
    let mut removed = Vec::new();
    for hook in hooks {
        let path = folder.join(hook.word());
        match author_of(&path) {
            None | Some(Author::Other) => {}
            Some(Author::Changed) => return Err(InstallError::Changed(path)),
            Some(Author::Caveat) => {
                let chained = chained(&path);
                let restored = chained.symlink_metadata().is_ok();
                let done = if restored {
                    fs::rename(&chained, &path)
                } else {
                    fs::remove_file(&path)
                };
                done.map_err(|error| unwritable(&path, &error))?;
                removed.push(Removed { path, restored });
            }
        }
    }
    Ok(removed)
}

/// Where git looks for hooks.
fn folder(repository: &Repository) -> Result<PathBuf, GitError> {
    let answer = repository.ask(&["rev-parse", "--git-path", "hooks"])?;
    let path = path_of(answer.strip_suffix(b"\n").unwrap_or(&answer));
    Ok(repository.top.join(path))
}

/// Whether the folder of the hooks is chosen outside of this repository.
fn is_shared(repository: &Repository) -> bool {
    let key = "core.hooksPath";
    let scope = repository.ask(&["config", "--show-scope", "--get", key]);
    scope.is_ok_and(|scope| !scope.starts_with(b"local") && !scope.starts_with(b"worktree"))
}

fn chained(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(CHAINED);
    name.into()
}

/// Whose hook lies there; `None` where there is none.
fn author_of(path: &Path) -> Option<Author> {
    path.symlink_metadata().ok()?;
    Some(fs::read(path).map_or(Author::Other, |text| author(&text)))
}

fn put_in(hook: Hook, folder: &Path, program: &Path) -> Result<Installed, InstallError> {
    let path = folder.join(hook.word());
    let chained = chained(&path);
    let stands = author_of(&path);
    if stands == Some(Author::Changed) {
        return Err(InstallError::Changed(path));
    }
    let mut moved = false;
    if stands == Some(Author::Other) || stands.is_none() {
        if chained.symlink_metadata().is_ok() {
            return Err(InstallError::InTheWay(chained));
        }
        moved = stands.is_some();
    }
    let before = fs::read(if moved { &path } else { &chained });
    let before = match &before {
        Ok(text) => Before::of(text),
        Err(_) if moved => Before::Program,
        Err(_) => Before::None,
    };
    let chains = !matches!(before, Before::None);
    let text = script(hook, program, &before);
    let written = write(&text, folder).map_err(|error| unwritable(&path, &error))?;
    if moved {
        fs::rename(&path, &chained).map_err(|error| unwritable(&chained, &error))?;
    }
    if let Err(error) = written.persist(&path) {
        if moved {
            // The hook that was there must not be lost with ours.
            drop(fs::rename(&chained, &path));
        }
        return Err(unwritable(&path, &error.error));
    }
    Ok(Installed { hook, path, chains })
}

fn unwritable(path: &Path, error: &io::Error) -> InstallError {
    InstallError::Unwritable {
        path: path.to_owned(),
        said: said(error),
    }
}

/// The text in a file beside its place, to be moved there whole.
fn write(text: &[u8], folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut draft = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        draft.permissions(fs::Permissions::from_mode(0o777));
    }
    let mut file = draft.prefix(".caveat-hook-").tempfile_in(folder)?;
    file.write_all(text)?;
    Ok(file)
}
