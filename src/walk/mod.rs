//! L9: the files below the paths that were asked for, as ripgrep finds them, and why the rest is left out.

mod descent;
mod listing;
mod trail;
mod tree;

pub use trail::Trail;

use crate::input::{Cause, Refusal, kind_of, said};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use tree::Tree;

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

/// A file to examine, or a path that is left out.
pub type Met = Result<PathBuf, Missed>;

/// What a walk found: a few bytes for each path.
#[derive(Debug)]
pub struct Walked {
    roots: Vec<(PathBuf, Found)>,
    count: usize,
}

/// What was found at a root.
#[derive(Debug)]
enum Found {
    One(Met),
    Below(Tree),
}

impl Walked {
    /// How many paths there are; one that lies below several roots may be counted for each.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Every file, and everything else that was met, by path; a folder that is left out counts once.
    pub fn trail(self) -> Trail {
        let way = |(root, found)| {
            let way = move || match found {
                Found::One(met) => Box::new(std::iter::once(met)) as trail::Way,
                Found::Below(tree) => Box::new(tree.paths()),
            };
            (root, way)
        };
        Trail::through(self.roots.into_iter().map(way))
    }
}

/// Walks the roots on so many threads. A file that is a root itself is judged only where `strict`, ignore
/// files never count for it.
pub fn walk(roots: &[PathBuf], strict: bool, judge: &Judge, threads: usize) -> Walked {
    let found = |root: &PathBuf| {
        let found = match at_root(root, strict, judge) {
            AtRoot::Folder => Found::Below(descent::descend(root, judge, threads)),
            AtRoot::Draft => Found::One(Ok(tidy(root))),
            AtRoot::Missed(refusal) => Found::One(trail::missed(root, refusal)),
        };
        (tidy(root), found)
    };
    let roots: Vec<_> = roots.iter().map(found).collect();
    let count = roots.iter().map(|(_, found)| match found {
        Found::One(_) => 1,
        Found::Below(tree) => tree.len(),
    });
    Walked {
        count: count.sum(),
        roots,
    }
}

/// What lies at a root.
enum AtRoot {
    /// A folder to walk.
    Folder,
    /// A file to examine.
    Draft,
    /// What is left out.
    Missed(Refusal),
}

fn at_root(root: &Path, strict: bool, judge: &Judge) -> AtRoot {
    match fs::metadata(root) {
        Ok(facts) => match judge(None, root, facts.is_dir()).filter(|_| strict) {
            Some(refusal) => AtRoot::Missed(refusal),
            None if facts.is_dir() => AtRoot::Folder,
            None if facts.is_file() => AtRoot::Draft,
            None => AtRoot::Missed(Refusal::new(Cause::NotADraft, kind_of(facts.file_type()))),
        },
        Err(error) => AtRoot::Missed(Refusal::of_io(&error)),
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

#[cfg(test)]
mod tests {
    use super::{Judge, tidy, walk};
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

    /// Files to examine, and what is left out with its cause, each by its name below a folder.
    type Sorted = (Vec<String>, Vec<(String, Cause)>);

    fn walked(roots: &[PathBuf], strict: bool, judge: &Judge, root: &Path) -> Sorted {
        let name = |path: &Path| path.strip_prefix(root).unwrap().display().to_string();
        let (mut files, mut missed) = (Vec::new(), Vec::new());
        for met in walk(roots, strict, judge, 2).trail() {
            match met {
                Ok(path) => files.push(name(&path)),
                Err(left) => missed.push((name(&left.path), left.refusal.cause)),
            }
        }
        (files, missed)
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
        let (files, missed) = walked(&[root.to_owned()], false, &judge, root);
        assert_eq!(files, ["a/c.txt", "b.txt"]);
        let expected = [
            (".hidden", Cause::Ignored),
            (".ignore", Cause::Ignored),
            ("a/skip.txt", Cause::Excluded),
            ("out", Cause::Ignored),
        ];
        let expected = expected.map(|(name, cause)| (name.to_owned(), cause));
        assert_eq!(missed, expected);
        let skip = [root.join("a/skip.txt")];
        let (files, _) = walked(&skip, false, &judge, root);
        assert_eq!(files, ["a/skip.txt"], "a named file is examined");
        let (_, missed) = walked(&skip, true, &judge, root);
        assert_eq!(missed, [("a/skip.txt".to_owned(), Cause::Excluded)]);
        let both = [root.to_owned(), root.join("a/skip.txt"), root.join("a")];
        let (files, missed) = walked(&both, false, &judge, root);
        assert_eq!(files, ["a/c.txt", "a/skip.txt", "b.txt"], "each once");
        assert_eq!(missed.len(), 3);
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
        let roots = [root.to_owned(), root.join("missing")];
        let (files, missed) = walked(&roots, false, &nothing_excluded(), root);
        assert_eq!(files, ["a/b.txt", "a/link.txt"]);
        let expected = [
            ("a/gone.txt", Cause::Unreadable),
            ("a/up", Cause::Ignored),
            ("missing", Cause::Unreadable),
        ];
        let expected = expected.map(|(name, cause)| (name.to_owned(), cause));
        assert_eq!(missed, expected);
    }

    #[test]
    fn a_path_has_one_name() {
        assert_eq!(tidy(Path::new("./a/./b")), Path::new("a/b"));
        assert_eq!(tidy(Path::new(".")), Path::new("."));
        assert_eq!(tidy(Path::new("/a/../b")), Path::new("/a/../b"));
    }
}
