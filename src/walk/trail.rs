//! Paths one after the other, without a list of them: for trees of any size, in which nothing hides itself.

use super::{Judge, Missed, refusal, tidy};
use crate::input::{Cause, Refusal, kind_of, said};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A file to examine, or a path that is left out.
type Met = Result<PathBuf, Missed>;

/// The files below some roots and what is left out there, by path, each path once.
///
/// No ignore file counts, and hidden files are met like others. At a time only the entries of the folders
/// down to the one that is gone through are held.
pub struct Trail {
    /// Roots that are not reached, the last one first.
    waiting: Vec<PathBuf>,
    open: Vec<Branch>,
    strict: bool,
    judge: Judge,
}

impl Trail {
    /// A trail through the roots; `strict` and `judge` as [`super::walk`] has them.
    pub fn new(roots: &[PathBuf], strict: bool, judge: &Judge) -> Self {
        let mut waiting = roots.to_vec();
        waiting.sort_by_cached_key(|root| std::cmp::Reverse(tidy(root)));
        waiting.dedup_by(|left, right| tidy(left) == tidy(right));
        Self {
            waiting,
            open: Vec::new(),
            strict,
            judge: judge.clone(),
        }
    }

    /// Opens every root that could come before what is met next. What lies below a root never does.
    fn open_roots(&mut self) {
        while let Some(root) = self.waiting.last() {
            let root = tidy(root);
            if self
                .open
                .iter()
                .any(|branch| branch.path() < root.as_path())
            {
                break;
            }
            let branch = self.waiting.pop().and_then(|root| self.branch(&root));
            self.open.extend(branch);
        }
    }

    /// What a root leads to; `None` for a folder in which there is nothing.
    fn branch(&self, root: &Path) -> Option<Branch> {
        let (met, rest) = match fs::metadata(root) {
            Ok(facts) => {
                let judged = (self.judge)(None, root, facts.is_dir()).filter(|_| self.strict);
                if let Some(refusal) = judged {
                    (missed(root, refusal), None)
                } else if facts.is_dir() {
                    let mut descent = Descent::new(root, &self.judge);
                    (descent.next()?, Some(descent))
                } else if facts.is_file() {
                    (Ok(tidy(root)), None)
                } else {
                    let refusal = Refusal::new(Cause::NotADraft, kind_of(facts.file_type()));
                    (missed(root, refusal), None)
                }
            }
            Err(error) => (missed(root, Refusal::of_io(&error)), None),
        };
        Some(Branch { met, rest })
    }
}

impl Iterator for Trail {
    type Item = Met;

    fn next(&mut self) -> Option<Met> {
        self.open_roots();
        let first = self.open.iter().map(Branch::path).min()?.to_owned();
        let mut met: Option<Met> = None;
        for mut branch in std::mem::take(&mut self.open) {
            if branch.path() != first {
                self.open.push(branch);
                continue;
            }
            let next = branch.rest.as_mut().and_then(Descent::next);
            let this = match next {
                Some(next) => {
                    let this = std::mem::replace(&mut branch.met, next);
                    self.open.push(branch);
                    this
                }
                None => branch.met,
            };
            // Who names a file wants it examined, whatever leaves it out below another root.
            met = met.filter(Result::is_ok).or(Some(this));
        }
        met
    }
}

impl fmt::Debug for Trail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shape = formatter.debug_struct("Trail");
        shape.field("waiting", &self.waiting.len());
        shape.finish_non_exhaustive()
    }
}

/// A root that is reached.
struct Branch {
    /// What comes next of it.
    met: Met,
    /// What comes after, where it is a folder.
    rest: Option<Descent>,
}

impl Branch {
    fn path(&self) -> &Path {
        match &self.met {
            Ok(path) => path,
            Err(missed) => &missed.path,
        }
    }
}

/// The way through one folder, in the order of the paths.
struct Descent {
    root: PathBuf,
    walker: walkdir::IntoIter,
    judge: Judge,
    /// The folder that was entered last.
    folder: PathBuf,
}

impl Descent {
    fn new(root: &Path, judge: &Judge) -> Self {
        Self {
            root: root.to_owned(),
            walker: WalkDir::new(root).sort_by_file_name().into_iter(),
            judge: judge.clone(),
            folder: root.to_owned(),
        }
    }

    fn next(&mut self) -> Option<Met> {
        loop {
            let entry = match self.walker.next()? {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&self.folder);
                    let detail = error.io_error().map_or_else(|| error.to_string(), said);
                    return Some(missed(path, Refusal::new(Cause::Unreadable, detail)));
                }
            };
            let (path, is_folder) = (entry.path(), entry.file_type().is_dir());
            if entry.depth() == 0 {
                continue;
            }
            if let Some(refusal) = (self.judge)(Some(&self.root), path, is_folder) {
                if is_folder {
                    self.walker.skip_current_dir();
                }
                return Some(missed(path, refusal));
            }
            if is_folder {
                path.clone_into(&mut self.folder);
                continue;
            }
            return Some(match refusal(path, entry.path_is_symlink()) {
                Some(refusal) => missed(path, refusal),
                None => Ok(tidy(path)),
            });
        }
    }
}

fn missed(path: &Path, refusal: Refusal) -> Met {
    Err(Missed {
        path: tidy(path),
        refusal,
    })
}

#[cfg(test)]
mod tests {
    use super::{Met, Trail};
    use crate::input::{Cause, Refusal};
    use crate::walk::Judge;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a/b/c", "a.txt", "a/d", ".hidden", "skip/x", "z", ".ignore"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "a\nz\n").unwrap();
        }
        folder
    }

    fn judge() -> Judge {
        Arc::new(|_: Option<&Path>, path: &Path, _| {
            let skip = path.ends_with("skip") || path.ends_with("d");
            skip.then(|| Refusal::new(Cause::Excluded, "test"))
        })
    }

    fn trail(folder: &Path, roots: &[&str], strict: bool) -> Vec<(PathBuf, bool)> {
        let roots: Vec<PathBuf> = roots.iter().map(|root| folder.join(root)).collect();
        let name = |met: Met| {
            let examined = met.is_ok();
            let path = met.unwrap_or_else(|missed| missed.path);
            (path.strip_prefix(folder).unwrap().to_owned(), examined)
        };
        Trail::new(&roots, strict, &judge()).map(name).collect()
    }

    #[test]
    fn every_path_comes_once_and_in_order_and_nothing_hides_itself() {
        let folder = tree();
        let all = [
            (".hidden", true),
            (".ignore", true),
            ("a/b/c", true),
            ("a/d", false),
            ("a.txt", true),
            ("skip", false),
            ("z", true),
        ];
        let all = all.map(|(name, examined)| (PathBuf::from(name), examined));
        assert!(all.is_sorted());
        assert_eq!(trail(folder.path(), &["."], false), all);
        let roots = ["z", ".", "a", "a/b", "./a/b"];
        assert_eq!(trail(folder.path(), &roots, false), all);
    }

    #[test]
    fn a_named_path_wins_over_exclusion_unless_strict() {
        let folder = tree();
        let named = |strict| {
            let met = trail(folder.path(), &["a", "a/d", "gone"], strict);
            met.into_iter()
                .map(|(_, examined)| examined)
                .collect::<Vec<_>>()
        };
        assert_eq!(named(false), [true, true, false]);
        assert_eq!(named(true), [true, false, false]);
    }
}
