//! The tree of an index or of a commit, from which configuration is read as it will be committed.

use super::blobs::{Blobs, Object};
use super::change::{Change, Kind};
use super::repository::{GitError, Repository, path_of};
use crate::config::{Disk, Tree, is_toml, lexical};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Links that are followed from one to the next.
const LINKS: usize = 8;

/// Most bytes of a configuration file.
const LARGEST: u64 = 1 << 24;

/// A tree that git keeps; what lies outside of it is read from the disk.
///
/// Every question is put to the disk as well where there is a work tree, so that it is known afterwards
/// whether the disk would have given other settings.
#[derive(Debug)]
pub struct Kept {
    repository: Repository,
    entries: BTreeMap<PathBuf, (Kind, String)>,
    blobs: Arc<Blobs>,
    differs: AtomicBool,
}

impl Kept {
    /// The index.
    ///
    /// # Errors
    /// Git is not there, or refused.
    pub fn staged(repository: &Repository, blobs: &Arc<Blobs>) -> Result<Self, GitError> {
        let listed = repository.ask(&["ls-files", "--stage", "-z"])?;
        Ok(Self::new(repository, blobs, &listed))
    }

    /// A commit.
    ///
    /// # Errors
    /// Git is not there, or it is no commit.
    pub fn of_commit(
        repository: &Repository,
        blobs: &Arc<Blobs>,
        commit: &str,
    ) -> Result<Self, GitError> {
        let listed = repository.ask(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        Ok(Self::new(repository, blobs, &listed))
    }

    fn new(repository: &Repository, blobs: &Arc<Blobs>, listed: &[u8]) -> Self {
        let records = listed.split(|&byte| byte == 0);
        Self {
            repository: repository.clone(),
            entries: records.filter_map(entry).collect(),
            blobs: Arc::clone(blobs),
            differs: AtomicBool::new(false),
        }
    }

    /// The id of the content of a path from the root of the repository.
    pub fn id(&self, path: &Path) -> Option<&str> {
        self.entries.get(path).map(|(_, id)| id.as_str())
    }

    /// Everything in it.
    pub(super) fn all(&self) -> impl Iterator<Item = Change> {
        self.entries.iter().map(|(path, (kind, id))| Change {
            kind: *kind,
            id: id.clone(),
            path: path.clone(),
        })
    }

    /// Whether some question so far has another answer on the disk.
    pub fn differs_from_disk(&self) -> bool {
        self.differs.load(Ordering::Relaxed)
    }

    fn compare(&self, same: impl FnOnce() -> bool) {
        if !self.repository.bare && !self.differs_from_disk() && !same() {
            self.differs.store(true, Ordering::Relaxed);
        }
    }

    /// Whether all of these lie in no folder that is checked out, so that the disk says nothing of them.
    fn are_left_out(&self, paths: &[&Path]) -> bool {
        let mut asked: Vec<&OsStr> = ["--literal-pathspecs", "ls-files", "-t", "-z", "--"]
            .map(OsStr::new)
            .to_vec();
        asked.extend(paths.iter().map(|path| path.as_os_str()));
        let Ok(listed) = self.repository.ask(&asked) else {
            return false;
        };
        let records = listed.split(|&byte| byte == 0);
        let mut records = records.filter(|record| !record.is_empty()).peekable();
        records.peek().is_some() && records.all(|record| record.starts_with(b"S "))
    }

    /// The path within the tree; `None` where it lies outside, or in another repository within.
    fn inside<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        let inside = path.strip_prefix(&self.repository.top).ok()?;
        let submodule = |above: &Path| {
            let entry = self.entries.get(above);
            entry.is_some_and(|(kind, _)| *kind == Kind::Submodule)
        };
        (!inside.ancestors().any(submodule)).then_some(inside)
    }

    /// The content of a path, and of what its links lead to; `None` where there is no file.
    fn content(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        let mut path = path.to_owned();
        for _ in 0..LINKS {
            let Some(inside) = self.inside(&path) else {
                return Disk.read(&path).map(Some);
            };
            let Some((kind, id)) = self.entries.get(inside) else {
                return Ok(None);
            };
            let object = self.blobs.read(id, LARGEST).map_err(io::Error::other)?;
            let Object::Here { bytes, .. } = object else {
                return Ok(None);
            };
            match kind {
                Kind::Link => {
                    let folder = path.parent().unwrap_or(Path::new(""));
                    path = lexical(&folder.join(path_of(&bytes)));
                }
                _ => return Ok(Some(bytes)),
            }
        }
        Ok(None)
    }
}

impl Tree for Kept {
    fn is_file(&self, path: &Path) -> bool {
        let Some(inside) = self.inside(path) else {
            return Disk.is_file(path);
        };
        let found = match self.entries.get(inside) {
            Some((Kind::Link, _)) => self.content(path).is_ok_and(|bytes| bytes.is_some()),
            entry => entry.is_some(),
        };
        self.compare(|| Disk.is_file(path) == found || found && self.are_left_out(&[path]));
        found
    }

    fn is_root(&self, folder: &Path) -> bool {
        folder == self.repository.top || Disk.is_root(folder)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if self.inside(path).is_none() {
            return Disk.read(path);
        }
        let content = self.content(path)?;
        self.compare(|| {
            let disk = Disk.read(path).ok();
            disk.as_deref().map(lines) == content.as_deref().map(lines)
                || disk.is_none() && self.are_left_out(&[path])
        });
        content.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn toml_files(&self, folder: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
        let Some(inside) = self.inside(folder) else {
            return Disk.toml_files(folder);
        };
        let files = self.entries.range(inside.to_owned()..);
        let files = files
            .take_while(|(path, _)| path.starts_with(inside))
            .filter(|(path, _)| is_toml(path))
            .map(|(path, _)| self.repository.top.join(path));
        let files: Vec<PathBuf> = files.collect();
        self.compare(|| {
            let disk = Disk.toml_files(folder).unwrap_or_default();
            let (here, rest): (Vec<&Path>, Vec<&Path>) = files
                .iter()
                .map(PathBuf::as_path)
                .partition(|&file| disk.iter().any(|own| own == file));
            here.len() == disk.len() && (rest.is_empty() || self.are_left_out(&rest))
        });
        Ok(files)
    }
}

/// Lines without their ends: git may keep other ones than the work tree has.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    let lines = bytes.split(|&byte| byte == b'\n');
    lines
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .collect()
}

/// `MODE ID STAGE⇥PATH` of an index, or `MODE TYPE ID⇥PATH` of a commit.
fn entry(record: &[u8]) -> Option<(PathBuf, (Kind, String))> {
    let tab = record.iter().position(|&byte| byte == b'\t')?;
    let (head, path) = record.split_at_checked(tab)?;
    let words: Vec<&str> = std::str::from_utf8(head).ok()?.split(' ').collect();
    let [mode, second, third] = words.as_slice() else {
        return None;
    };
    let id = match *third {
        // Of a merge that is not settled, the own side counts.
        "0" | "2" => second,
        "1" | "3" => return None,
        id => id,
    };
    let path = path_of(path.get(1..)?);
    Some((path, (Kind::of_mode(mode)?, (*id).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::{Kind, entry, lines};
    use std::path::Path;

    #[test]
    fn entries_of_an_index_and_of_a_commit_are_read() {
        let of = |record: &[u8]| entry(record);
        let file = |id: &str| (Kind::File, id.to_owned());
        let path = Path::new("a\tb").to_owned();
        assert_eq!(of(b"100644 aa 0\ta\tb"), Some((path.clone(), file("aa"))));
        assert_eq!(of(b"100755 blob bb\ta\tb"), Some((path, file("bb"))));
        assert_eq!(of(b"100644 cc 1\tx"), None);
        assert!(of(b"100644 cc 2\tx").is_some());
        let sub = of(b"160000 commit dd\tsub").map(|(_, (kind, _))| kind);
        assert_eq!(sub, Some(Kind::Submodule));
        assert_eq!(of(b""), None);
    }

    #[test]
    fn ends_of_lines_make_no_other_configuration() {
        assert_eq!(lines(b"a\r\nb\n"), lines(b"a\nb\n"));
        assert_ne!(lines(b"a\n"), lines(b"b\n"));
    }
}
