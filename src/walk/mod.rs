//! L9: the files below the paths that were asked for, as ripgrep finds them, and why the rest is left out.

mod trail;

pub use trail::Trail;

use crate::input::{Cause, Refusal, kind_of, said};
use ignore::{DirEntry, WalkBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A path that is not examined, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The path as it was asked for or found.
    pub path: PathBuf,
    /// Why.
    pub refusal: Refusal,
}

/// Says of a path below a root, if it is below one, whether the configuration leaves it out; `true` for a folder.
pub type Judge = Arc<dyn Fn(Option<&Path>, &Path, bool) -> Option<Refusal> + Send + Sync>;

/// What a walk found, both lists by path.
#[derive(Debug, Default)]
pub struct Walked {
    /// Files to examine.
    pub files: Vec<PathBuf>,
    /// Everything else that was met; a folder that is left out counts once.
    pub missed: Vec<Missed>,
}

/// Walks the roots. A file that is a root itself is judged only where `strict`, ignore files never count for it.
pub fn walk(roots: &[PathBuf], strict: bool, judge: &Judge) -> Walked {
    let mut files = Vec::new();
    let mut missed = BTreeMap::new();
    for root in roots {
        match fs::metadata(root) {
            Ok(facts) if facts.is_dir() => match judge(None, root, true).filter(|_| strict) {
                Some(refusal) => drop(missed.insert(tidy(root), refusal)),
                None => descend(root, judge, &mut files, &mut missed),
            },
            Ok(facts) if facts.is_file() => match judge(None, root, false).filter(|_| strict) {
                Some(refusal) => drop(missed.insert(tidy(root), refusal)),
                None => files.push(tidy(root)),
            },
            Ok(facts) => {
                let refusal = Refusal::new(Cause::NotADraft, kind_of(facts.file_type()));
                missed.insert(tidy(root), refusal);
            }
            Err(error) => {
                missed.insert(tidy(root), Refusal::of_io(&error));
            }
        }
    }
    // Within a root they come by path already.
    files.sort();
    files.dedup();
    missed.retain(|path, _| files.binary_search(path).is_err());
    Walked {
        files,
        missed: missed
            .into_iter()
            .map(|(path, refusal)| Missed { path, refusal })
            .collect(),
    }
}

/// Whether a path shows at its bytes that none of its parts is the folder itself.
fn is_tidy(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    !bytes.is_empty()
        && !bytes.starts_with(b".")
        && !bytes.ends_with(b"/")
        && memchr::memmem::find(bytes, b"/.").is_none()
        && memchr::memmem::find(bytes, b"//").is_none()
        && memchr::memchr(b'\\', bytes).is_none()
}

/// The path without a leading `./`, so that the same file has one name.
pub fn tidy(path: &Path) -> PathBuf {
    if is_tidy(path) {
        return path.to_owned();
    }
    let rest: PathBuf = path
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    if rest.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        rest
    }
}

fn descend(
    root: &Path,
    judge: &Judge,
    files: &mut Vec<PathBuf>,
    missed: &mut BTreeMap<PathBuf, Refusal>,
) {
    let excluded = Arc::new(Mutex::new(BTreeMap::new()));
    let (judge, record) = (Arc::clone(judge), Arc::clone(&excluded));
    let named = root.to_owned();
    let walker = WalkBuilder::new(root)
        // A list in somebody's home folder must not decide what a gate sees.
        .git_global(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(move |entry| {
            let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let refusal = (entry.depth() > 0).then(|| judge(Some(&named), entry.path(), folder));
            let Some(refusal) = refusal.flatten() else {
                return true;
            };
            let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
            record.insert(entry.path().to_owned(), refusal);
            false
        })
        .build();
    let (mut found, mut folders) = (Vec::new(), Folders::default());
    for entry in walker {
        match entry {
            Ok(entry) => {
                folders.count(entry.depth());
                if entry.file_type().is_some_and(|kind| kind.is_dir()) || entry.depth() == 0 {
                    folders.enter(entry);
                } else {
                    sort_out(&entry, &mut found, missed);
                }
            }
            Err(error) => {
                let path = path_of(&error).unwrap_or(root);
                let detail = error.io_error().map_or_else(|| error.to_string(), said);
                missed.insert(tidy(path), Refusal::new(Cause::Unreadable, detail));
            }
        }
    }
    let excluded = std::mem::take(&mut *excluded.lock().unwrap_or_else(PoisonError::into_inner));
    let excluded = excluded.into_iter();
    missed.extend(excluded.map(|(path, refusal)| (tidy(&path), refusal)));
    for path in folders.passed_over(&found, missed) {
        let name = path.file_name().unwrap_or_default();
        let why = if name.as_encoded_bytes().starts_with(b".") {
            "hidden"
        } else {
            "named by an ignore file"
        };
        missed.insert(path, Refusal::new(Cause::Ignored, why));
    }
    files.append(&mut found);
}

/// The folders that a walk went through, and how many of the entries of each came out of it.
#[derive(Default)]
struct Folders {
    all: Vec<(PathBuf, usize)>,
    /// Indices of those that are gone through, by their depth.
    open: Vec<usize>,
}

impl Folders {
    /// Counts an entry of the folder that is gone through a step above a depth.
    fn count(&mut self, depth: usize) {
        self.open.truncate(depth);
        let folder = self.open.last().and_then(|&index| self.all.get_mut(index));
        if let Some((_, count)) = folder {
            *count += 1;
        }
    }

    fn enter(&mut self, folder: DirEntry) {
        self.open.push(self.all.len());
        self.all.push((folder.into_path(), 0));
    }

    /// What stands in them and did not come out of the walk: hidden, or ignored. Files are given by path.
    fn passed_over(self, files: &[PathBuf], missed: &BTreeMap<PathBuf, Refusal>) -> Vec<PathBuf> {
        let entries = |folder: &Path| {
            let entries = fs::read_dir(folder).into_iter().flatten();
            entries.flatten().map(|entry| entry.path())
        };
        // Nearly everywhere the numbers tell that nothing is left out.
        let lacks = |(folder, count): &&(PathBuf, usize)| entries(folder).count() != *count;
        let lacking: Vec<&(PathBuf, usize)> = self.all.iter().filter(lacks).collect();
        if lacking.is_empty() {
            return Vec::new();
        }
        let folders: BTreeSet<PathBuf> = self.all.iter().map(|(own, _)| tidy(own)).collect();
        let unmet = |path: &PathBuf| {
            !missed.contains_key(path)
                && files.binary_search(path).is_err()
                && !folders.contains(path)
        };
        let found = lacking.into_iter().flat_map(|(folder, _)| entries(folder));
        found.map(|path| tidy(&path)).filter(unmet).collect()
    }
}

fn sort_out(entry: &DirEntry, files: &mut Vec<PathBuf>, missed: &mut BTreeMap<PathBuf, Refusal>) {
    let path = tidy(entry.path());
    // The folder says that it is a file: there is no need to look at it before it is read.
    if entry.file_type().is_some_and(|kind| kind.is_file()) {
        files.push(path);
        return;
    }
    match refusal(entry.path(), entry.path_is_symlink()) {
        Some(refusal) => drop(missed.insert(path, refusal)),
        None => files.push(path),
    }
}

/// Why what lies in a folder is not examined. A file is, or a link to one; a link to a folder could lead
/// round in a circle.
fn refusal(path: &Path, is_link: bool) -> Option<Refusal> {
    match fs::metadata(path) {
        Ok(facts) if facts.is_file() => None,
        Ok(facts) if facts.is_dir() => {
            let detail = "a link to a folder; name it to walk it";
            Some(Refusal::new(Cause::Ignored, detail))
        }
        Ok(facts) => Some(Refusal::new(Cause::NotADraft, kind_of(facts.file_type()))),
        Err(error) if is_link => {
            let detail = format!("a link whose end cannot be read: {}", said(&error));
            Some(Refusal::new(Cause::Unreadable, detail))
        }
        Err(error) => Some(Refusal::of_io(&error)),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::Partial(errors) => errors.iter().find_map(path_of),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Judge, Walked, tidy, walk};
    use crate::input::{Cause, Refusal};
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    fn nothing_excluded() -> Judge {
        Arc::new(|_: Option<&Path>, _: &Path, _| None)
    }

    fn tree(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    fn causes(walked: &Walked, root: &Path) -> Vec<(String, Cause)> {
        let name = |path: &PathBuf| path.strip_prefix(root).unwrap().display().to_string();
        let missed = walked.missed.iter();
        missed
            .map(|missed| (name(&missed.path), missed.refusal.cause))
            .collect()
    }

    #[test]
    fn every_entry_is_a_file_or_has_a_cause() {
        let folder = tree(&[
            "b.txt",
            "a/c.txt",
            "a/skip.txt",
            ".hidden/x",
            "out/y",
            ".ignore",
        ]);
        let root = folder.path();
        fs::write(root.join(".ignore"), "out/\n").unwrap();
        let judge: Judge = Arc::new(|_: Option<&Path>, path: &Path, _| {
            let skip = path.ends_with("skip.txt");
            skip.then(|| Refusal::new(Cause::Excluded, "test"))
        });
        let walked = walk(&[root.to_owned()], false, &judge);
        assert_eq!(walked.files, [root.join("a/c.txt"), root.join("b.txt")]);
        let expected = [
            (".hidden", Cause::Ignored),
            (".ignore", Cause::Ignored),
            ("a/skip.txt", Cause::Excluded),
            ("out", Cause::Ignored),
        ];
        let expected = expected.map(|(name, cause)| (name.to_owned(), cause));
        assert_eq!(causes(&walked, root), expected);
        let named = walk(&[root.join("a/skip.txt")], false, &judge);
        assert_eq!(named.files.len(), 1, "a named file is examined");
        let strict = walk(&[root.join("a/skip.txt")], true, &judge);
        assert_eq!(
            causes(&strict, root),
            [("a/skip.txt".to_owned(), Cause::Excluded)]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_round_or_nowhere_end_the_walk_of_nobody() {
        use std::os::unix::fs::symlink;
        let folder = tree(&["a/b.txt"]);
        let root = folder.path();
        symlink(root, root.join("a/up")).unwrap();
        symlink("nowhere", root.join("a/gone.txt")).unwrap();
        symlink("b.txt", root.join("a/link.txt")).unwrap();
        let walked = walk(
            &[root.to_owned(), root.join("missing")],
            false,
            &nothing_excluded(),
        );
        assert_eq!(walked.files.len(), 2);
        let expected = [
            ("a/gone.txt", Cause::Unreadable),
            ("a/up", Cause::Ignored),
            ("missing", Cause::Unreadable),
        ];
        let expected = expected.map(|(name, cause)| (name.to_owned(), cause));
        assert_eq!(causes(&walked, root), expected);
    }

    #[test]
    fn a_path_has_one_name() {
        assert_eq!(tidy(Path::new("./a/./b")), Path::new("a/b"));
        assert_eq!(tidy(Path::new(".")), Path::new("."));
        assert_eq!(tidy(Path::new("/a/../b")), Path::new("/a/../b"));
    }
}
