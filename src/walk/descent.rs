//! The way through a tree on several threads, folder by folder, with what ignore files leave out.

use super::listing::{Kind, Listing};
use super::tree::{Entry, Tree, Writer};
use super::{Judge, refusal};
use crate::input::{Cause, Refusal, said};
use ignore::{IncrementalIgnore, WalkBuilder};
use rayon::{Scope, ThreadPoolBuilder};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Folders that are gone through before threads are started: most trees are not worth them.
const FEW: usize = 8;

/// Folders after which a matcher is given up, as it keeps the ignore files of each.
const MOST_KEPT: usize = 4096;

/// Finds what is to be examined below a root, and why the rest is not, on so many threads.
pub(super) fn descend(root: &Path, judge: &Judge, threads: usize) -> Tree {
    let descent = Descent {
        root,
        judge,
        tree: Mutex::new(Tree::new(root)),
        matchers: Mutex::default(),
    };
    let mut waiting = vec![Below {
        number: Tree::ROOT,
        path: PathBuf::new(),
    }];
    let mut seen = 0;
    while let Some(folder) = waiting.pop() {
        waiting.extend(descent.list(&folder));
        seen += 1;
        if seen < FEW || threads < 2 {
            continue;
        }
        let Ok(pool) = ThreadPoolBuilder::new().num_threads(threads).build() else {
            continue;
        };
        let descent = &descent;
        pool.scope(|scope| {
            for folder in waiting.drain(..) {
                scope.spawn(move |scope| descent.go_on(&folder, scope));
            }
        });
    }
    let tree = descent.tree.into_inner();
    tree.unwrap_or_else(PoisonError::into_inner)
}

/// A folder that is to be gone through.
struct Below {
    /// Its number in the tree.
    number: usize,
    /// Its path from the root.
    path: PathBuf,
}

struct Descent<'d> {
    root: &'d Path,
    judge: &'d Judge,
    tree: Mutex<Tree>,
    /// Those that no thread uses.
    matchers: Mutex<Vec<Matcher>>,
}

/// What tells by the ignore files whether a path is left out.
struct Matcher {
    own: IncrementalIgnore,
    /// Folders that it was asked about.
    folders: usize,
}

impl Descent<'_> {
    fn go_on<'s>(&'s self, folder: &Below, scope: &Scope<'s>) {
        for below in self.list(folder) {
            scope.spawn(move |scope| self.go_on(&below, scope));
        }
    }

    /// Puts down what stands in a folder; gives the folders in it.
    fn list(&self, folder: &Below) -> Vec<Below> {
        let (mut path, mut below) = (self.root.join(&folder.path), folder.path.clone());
        let (listing, failed) = Listing::of(&path);
        let mut matcher = self.matcher();
        let mut writer = Writer::default();
        let mut folders = Vec::new();
        for (name, kind) in listing.entries() {
            path.push(name);
            below.push(name);
            let is_folder = kind == Kind::Folder;
            let entry = match self.refusal(&mut matcher, (&path, &below), kind) {
                Some(refusal) => Entry::Missed(self.tree().refuse(refusal)),
                None if is_folder => Entry::Folder(self.tree().make_room(1)),
                None => Entry::Draft,
            };
            if let Entry::Folder(number) = entry {
                let path = below.clone();
                folders.push(Below { number, path });
            }
            writer.add(name, entry);
            path.pop();
            below.pop();
        }
        matcher.folders += 1;
        let mut tree = self.tree();
        let failed = failed.map(|error| Refusal::new(Cause::Unreadable, said(&error)));
        let refusal = failed.map(|failed| tree.refuse(failed));
        tree.put(folder.number, writer, refusal);
        drop(tree);
        let mut matchers = self.matchers.lock().unwrap_or_else(PoisonError::into_inner);
        matchers.push(matcher);
        folders
    }

    /// Why what lies at a path is left out. The path is given as it was found, and from the root.
    fn refusal(
        &self,
        matcher: &mut Matcher,
        (path, below): (&Path, &Path),
        kind: Kind,
    ) -> Option<Refusal> {
        let is_folder = kind == Kind::Folder;
        if matcher.own.matched(below, is_folder).is_ignore() {
            let name = path.file_name().unwrap_or_default();
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            let why = if is_hidden {
                "hidden"
            } else {
                "named by an ignore file"
            };
            return Some(Refusal::new(Cause::Ignored, why));
        }
        if let Some(refusal) = (self.judge)(Some(self.root), path, is_folder) {
            return Some(refusal);
        }
        match kind {
            // The folder says that it is a file: there is no need to look at it before it is read.
            Kind::File | Kind::Folder => None,
            Kind::Link | Kind::Other => refusal(path, kind == Kind::Link),
        }
    }

    fn tree(&self) -> MutexGuard<'_, Tree> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A matcher for this thread alone.
    fn matcher(&self) -> Matcher {
        let mut matchers = self.matchers.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = matchers.pop().filter(|own| own.folders < MOST_KEPT);
        drop(matchers);
        kept.unwrap_or_else(|| Matcher::new(self.root))
    }
}

impl Matcher {
    fn new(root: &Path) -> Self {
        let mut walk = WalkBuilder::new(root);
        // A list in somebody's home folder must not decide what a gate sees.
        let mut matchers = walk.git_global(false).build_matchers();
        Self {
            own: matchers.swap_remove(0),
            folders: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, descend};
    use crate::walk::{Judge, Met, Missed};
    use ignore::WalkBuilder;
    use proptest::prelude::*;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    fn met(root: &Path, threads: usize) -> (Vec<PathBuf>, Vec<Missed>) {
        let judge: Judge = Arc::new(|_: Option<&Path>, _: &Path, _| None);
        let tree = descend(root, &judge, threads);
        let count = tree.len();
        let met: Vec<Met> = tree.paths().collect();
        assert_eq!(met.len(), count);
        let path = |met: &Met| {
            met.as_ref()
                .map_or_else(|missed| missed.path.clone(), Clone::clone)
        };
        assert!(met.is_sorted_by_key(path), "by path");
        let (files, missed): (Vec<_>, Vec<_>) = met.into_iter().partition(Result::is_ok);
        let files = files.into_iter().flatten().collect();
        (files, missed.into_iter().filter_map(Result::err).collect())
    }

    /// Everything that lies below a folder.
    fn lying(folder: &Path, all: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                lying(&path, all);
            } else {
                all.push(path);
            }
        }
    }

    /// A path of a few names, some of them hidden.
    fn path() -> impl Strategy<Value = String> {
        let name = prop::sample::select(vec!["a", "b", "c.txt", "out", ".x", "a.txt"]);
        prop::collection::vec(name, 1..5).prop_map(|names| names.join("/"))
    }

    /// A folder, the name of a file that says what is ignored, and what it says.
    fn ignoring() -> impl Strategy<Value = (String, &'static str, Vec<&'static str>)> {
        let names = [".gitignore", ".ignore", ".git/info/exclude"];
        let lines = [
            "a", "/a", "b/", "*.txt", "!a.txt", "!.x", "out/*", "a/b", "**/out", "!out/a", ".*",
        ];
        (
            path(),
            prop::sample::select(names.to_vec()),
            prop::collection::vec(prop::sample::select(lines.to_vec()), 1..4),
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]
        /// The crate's own walk is the measure of what ripgrep would find.
        #[test]
        fn the_files_are_those_that_ripgrep_finds(
            paths in prop::collection::vec(path(), 1..40),
            ignoring in prop::collection::vec(ignoring(), 0..5),
            repositories in prop::collection::vec(path(), 0..2),
            start in prop::option::of(path()),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path();
            for path in &paths {
                let path = root.join(path);
                // Where a file lies in the way there is one path less.
                if fs::create_dir_all(path.parent().unwrap()).is_ok() && !path.is_dir() {
                    fs::write(path, "text").unwrap();
                }
            }
            for path in &repositories {
                drop(fs::create_dir_all(root.join(path).join(".git/info")));
            }
            for (folder, name, lines) in &ignoring {
                let path = root.join(folder).parent().unwrap().join(name);
                if path.parent().unwrap().is_dir() {
                    fs::write(path, lines.join("\n")).unwrap();
                }
            }
            let start = start.map(|path| root.join(path)).filter(|path| path.is_dir());
            let start = start.as_deref().unwrap_or(root);
            let mut walk = WalkBuilder::new(start);
            let walk = walk.git_global(false).sort_by_file_name(Ord::cmp).build();
            let entries = walk.map(Result::unwrap);
            let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
            let expected: Vec<PathBuf> = files.map(ignore::DirEntry::into_path).collect();
            let (files, missed) = met(start, 1);
            prop_assert_eq!(&files, &expected);
            let mut all = Vec::new();
            lying(start, &mut all);
            for path in all {
                let left = missed.iter().filter(|missed| path.starts_with(&missed.path)).count();
                prop_assert_eq!(left + usize::from(files.contains(&path)), 1, "{:?}", path);
            }
            prop_assert_eq!(met(start, 3), (files, missed));
        }
    }

    #[test]
    fn many_folders_give_the_same_on_many_threads() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..FEW * 20 {
            let inner = folder.path().join(format!("{}/{number}", number % 7));
            fs::create_dir_all(&inner).unwrap();
            for name in ["b", "a", ".c"] {
                fs::write(inner.join(name), "text").unwrap();
            }
        }
        let (files, missed) = met(folder.path(), 1);
        assert_eq!((files.len(), missed.len()), (FEW * 40, FEW * 20));
        for threads in [2, 5] {
            assert_eq!(met(folder.path(), threads), (files.clone(), missed.clone()));
        }
    }
}
