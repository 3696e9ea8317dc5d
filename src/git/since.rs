//! Which files of a work tree are still as they were at a revision.

use super::repository::{GitError, Repository, path_of};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Files of a work tree that are as a revision has them.
#[derive(Debug)]
pub struct Unchanged {
    /// The root of the work tree.
    top: PathBuf,
    /// The files, from there.
    files: HashSet<PathBuf>,
    /// The same of each submodule, against the commit that the revision names of it.
    submodules: Vec<Self>,
}

impl Unchanged {
    /// Compares the work tree of a repository with a revision. What is staged, changed or not yet known to
    /// git differs from it; so does what git was told to take for unchanged without looking.
    ///
    /// # Errors
    /// No commit is called so, there is no work tree, or git is not there.
    pub fn since(repository: &Repository, revision: &str) -> Result<Self, GitError> {
        let refused = |said: String| GitError::Failed {
            command: "rev-parse".to_owned(),
            said,
        };
        if repository.bare {
            return Err(refused(
                "a bare repository has no files to compare".to_owned(),
            ));
        }
        let commit = format!("{revision}^{{commit}}");
        let asked = ["rev-parse", "--verify", "--end-of-options", commit.as_str()];
        let found = repository.ask(&asked);
        let found = found.map_err(|_| refused(format!("no commit is called `{revision}`")))?;
        let commit = String::from_utf8_lossy(&found).trim().to_owned();
        let mut unchanged = Self {
            top: repository.top.clone(),
            files: HashSet::new(),
            submodules: Vec::new(),
        };
        let tree = repository.ask(&["ls-tree", "-r", "-z", "--full-tree", commit.as_str()])?;
        for (kind, id, path) in tree.split(|&byte| byte == 0).filter_map(entry) {
            match kind {
                b"commit" => {
                    let submodule = submodule(&repository.top.join(&path), id);
                    unchanged.submodules.extend(submodule);
                }
                _ => drop(unchanged.files.insert(path)),
            }
        }
        let differing = repository.ask(&[
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-relative",
            "--no-ext-diff",
            "--ignore-submodules=none",
            commit.as_str(),
            "--",
        ])?;
        for path in differing.split(|&byte| byte == 0) {
            unchanged.files.remove(&path_of(path));
        }
        let known = repository.ask(&["ls-files", "-v", "-z"])?;
        for record in known.split(|&byte| byte == 0) {
            // A small letter: taken for unchanged; `S`: not looked for.
            if let [b'a'..=b'z' | b'S', b' ', path @ ..] = record {
                unchanged.files.remove(&path_of(path));
            }
        }
        Ok(unchanged)
    }

    /// Whether a file, from the root of the file system and without links, is as it was.
    pub fn has(&self, path: &Path) -> bool {
        let within = |submodule: &&Self| path.starts_with(&submodule.top);
        if let Some(submodule) = self.submodules.iter().find(within) {
            return submodule.has(path);
        }
        path.strip_prefix(&self.top)
            .is_ok_and(|path| self.files.contains(path))
    }
}

/// Kind, id and path of a line of a tree.
fn entry(line: &[u8]) -> Option<(&[u8], &str, PathBuf)> {
    let at = line.iter().position(|&byte| byte == b'\t')?;
    let (words, path) = line.split_at_checked(at)?;
    let mut words = words.split(|&byte| byte == b' ');
    let (_, kind, id) = (words.next()?, words.next()?, words.next()?);
    let path = path_of(path.strip_prefix(b"\t")?);
    Some((kind, std::str::from_utf8(id).ok()?, path))
}

/// What is unchanged in a submodule; `None` where that is not here, or has not that commit: then all of it
/// differs.
fn submodule(top: &Path, id: &str) -> Option<Unchanged> {
    let repository = Repository::of(top).ok()?;
    let own = repository.top.as_path() == top;
    own.then(|| Unchanged::since(&repository, id).ok())
        .flatten()
}
