//! Paths one after the other, without a list of them: for trees of any size, in which nothing hides itself.

use super::listing::{Kind, Listing};
use super::{AtRoot, Judge, Met, Missed, at_root, refusal, tidy};
use crate::input::{Cause, Refusal, said};
use std::fmt;
use std::path::{Path, PathBuf};

/// Paths in their order.
pub(super) type Way = Box<dyn Iterator<Item = Met> + Send>;

/// What lies below some roots and what is left out there, by path, each path once.
///
/// At a time only those roots are open that could hold what comes next.
pub struct Trail {
    /// Roots that are not reached, the last one first.
    waiting: Vec<(PathBuf, Box<dyn FnOnce() -> Way + Send>)>,
    open: Vec<Branch>,
}

impl Trail {
    /// A trail through everything below the roots, be it ignored or hidden; `strict` and `judge` as
    /// [`super::walk`] has them. Of each folder down to the one that is gone through the entries are held.
    pub fn new(roots: &[PathBuf], strict: bool, judge: &Judge) -> Self {
        let way = |root: &PathBuf| {
            let (root, judge) = (root.clone(), judge.clone());
            (tidy(&root), move || way(&root, strict, &judge))
        };
        Self::through(roots.iter().map(way))
    }

    /// A trail along the ways of some roots, each of which has one name.
    pub(super) fn through<W>(roots: impl Iterator<Item = (PathBuf, W)>) -> Self
    where
        W: FnOnce() -> Way + Send + 'static,
    {
        let roots =
            roots.map(|(root, way)| (root, Box::new(way) as Box<dyn FnOnce() -> Way + Send>));
        let mut waiting: Vec<_> = roots.collect();
        waiting.sort_by(|(left, _), (right, _)| right.cmp(left));
        waiting.dedup_by(|(left, _), (right, _)| left == right);
        Self {
            waiting,
            open: Vec::new(),
        }
    }

    /// Opens every root that could come before what is met next. What lies below a root never does.
    fn open_roots(&mut self) {
        while let Some((root, _)) = self.waiting.last() {
            let comes_first = |branch: &Branch| branch.path() < root.as_path();
            if self.open.iter().any(comes_first) {
                break;
            }
            let way = self.waiting.pop().map(|(_, way)| way());
            self.open.extend(way.and_then(Branch::of));
        }
    }

    /// The next path where more than one root is open.
    fn next_of_many(&mut self) -> Option<Met> {
        let first = self.open.iter().map(Branch::path).min()?.to_owned();
        let mut met: Option<Met> = None;
        for mut branch in std::mem::take(&mut self.open) {
            if branch.path() != first {
                self.open.push(branch);
                continue;
            }
            let this = match branch.rest.next() {
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

impl Iterator for Trail {
    type Item = Met;

    fn next(&mut self) -> Option<Met> {
        self.open_roots();
        let [branch] = self.open.as_mut_slice() else {
            return self.next_of_many();
        };
        match branch.rest.next() {
            Some(next) => Some(std::mem::replace(&mut branch.met, next)),
            None => self.open.pop().map(|branch| branch.met),
        }
    }
}

/// What a root leads to; nothing for a folder in which there is nothing.
fn way(root: &Path, strict: bool, judge: &Judge) -> Way {
    match at_root(root, strict, judge) {
        AtRoot::Folder => {
            let mut descent = Descent::new(root, judge);
            Box::new(std::iter::from_fn(move || descent.next()))
        }
        AtRoot::Draft => Box::new(std::iter::once(Ok(tidy(root)))),
        AtRoot::Missed(refusal) => Box::new(std::iter::once(missed(root, refusal))),
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
    /// What comes after.
    rest: Way,
}

impl Branch {
    /// `None` where nothing lies there.
    fn of(mut rest: Way) -> Option<Self> {
        let met = rest.next()?;
        Some(Self { met, rest })
    }

    fn path(&self) -> &Path {
        match &self.met {
            Ok(path) => path,
            Err(missed) => &missed.path,
        }
    }
}

/// The way through a folder, in the order of the paths.
struct Descent {
    root: PathBuf,
    judge: Judge,
    /// The folders down to the one that is gone through.
    open: Vec<Open>,
    /// A folder that could not be read.
    failed: Option<Met>,
}

/// A folder that is gone through.
struct Open {
    path: PathBuf,
    listing: Listing,
    /// How many of its entries were met.
    met: usize,
}

impl Descent {
    fn new(root: &Path, judge: &Judge) -> Self {
        let mut descent = Self {
            root: root.to_owned(),
            judge: judge.clone(),
            open: Vec::new(),
            failed: None,
        };
        descent.enter(root.to_owned());
        descent
    }

    fn enter(&mut self, path: PathBuf) {
        let (listing, failed) = Listing::of(&path);
        self.failed = failed.map(|error| {
            let refusal = Refusal::new(Cause::Unreadable, said(&error));
            missed(&path, refusal)
        });
        self.open.push(Open {
            path,
            listing,
            met: 0,
        });
    }

    fn next(&mut self) -> Option<Met> {
        loop {
            if let Some(failed) = self.failed.take() {
                return Some(failed);
            }
            let open = self.open.last_mut()?;
            let Some((name, kind)) = open.listing.entry(open.met) else {
                self.open.pop();
                continue;
            };
            let path = open.path.join(name);
            open.met += 1;
            let is_folder = kind == Kind::Folder;
            if let Some(refusal) = (self.judge)(Some(&self.root), &path, is_folder) {
                return Some(missed(&path, refusal));
            }
            let refusal = match kind {
                Kind::Folder => {
                    self.enter(path);
                    continue;
                }
                Kind::File => None,
                Kind::Link | Kind::Other => refusal(&path, kind == Kind::Link),
            };
            return Some(refusal.map_or_else(|| Ok(tidy(&path)), |refusal| missed(&path, refusal)));
        }
    }
}

pub(super) fn missed(path: &Path, refusal: Refusal) -> Met {
    Err(Missed {
        path: tidy(path),
        refusal,
    })
}

#[cfg(test)]
mod tests {
    use super::Trail;
    use crate::input::{Cause, Refusal};
    use crate::walk::{Judge, Met};
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
