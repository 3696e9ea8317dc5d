//! The paths below a folder in few bytes: names in their order, each as what it does not share with the one before.

use super::{Met, Missed, tidy};
use crate::input::{Cause, Refusal};
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// What a name in a folder leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// A file to examine.
    Draft,
    /// Something that is left out; the number of the refusal says why.
    Missed(usize),
    /// A folder, by its number.
    Folder(usize),
}

impl Entry {
    /// As a number, which is small for what is frequent.
    const fn number(self) -> usize {
        match self {
            Self::Draft => 0,
            Self::Missed(refusal) => 1 + 2 * refusal,
            Self::Folder(folder) => 2 + 2 * folder,
        }
    }

    const fn of_number(number: usize) -> Self {
        match number {
            0 => Self::Draft,
            _ if number % 2 == 1 => Self::Missed(number / 2),
            _ => Self::Folder(number / 2 - 1),
        }
    }
}

/// A folder with what stands in it.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Why it cannot be read, or not to its end.
    refusal: Option<usize>,
    /// Its entries, by name.
    entries: Box<[u8]>,
}

/// What stands in a folder, to be put down in the order of the names.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    /// How many of the entries are no folders.
    paths: usize,
    /// The last name that is text.
    last: String,
    /// Names that are no text, each at its place among all of these.
    odd: Vec<OsString>,
}

impl Writer {
    /// Adds an entry behind all those before.
    pub(super) fn add(&mut self, name: &OsStr, entry: Entry) {
        let number = entry.number() * 2;
        self.paths += usize::from(!matches!(entry, Entry::Folder(_)));
        let Some(text) = name.to_str() else {
            put(&mut self.bytes, number + 1);
            put(&mut self.bytes, self.odd.len());
            self.odd.push(name.to_owned());
            return;
        };
        let pairs = text.bytes().zip(self.last.bytes());
        let shared = pairs.take_while(|(own, last)| own == last).count();
        let rest = text.as_bytes().get(shared..).unwrap_or_default();
        put(&mut self.bytes, number);
        put(&mut self.bytes, shared);
        put(&mut self.bytes, rest.len());
        self.bytes.extend_from_slice(rest);
        text.clone_into(&mut self.last);
    }
}

/// The paths below a root.
#[derive(Debug)]
pub(super) struct Tree {
    /// The root, as its paths begin.
    root: PathBuf,
    /// Every folder by its number; the first is the root.
    folders: Vec<Folder>,
    /// Names that are no text, by the number of their folder.
    odd: HashMap<usize, Vec<OsString>>,
    /// Each cause with its circumstances, and its number.
    refusals: HashMap<(Cause, String), usize>,
    /// How many paths there are.
    count: usize,
}

impl Tree {
    /// The number of the root.
    pub(super) const ROOT: usize = 0;

    /// A root of which nothing is known yet.
    pub(super) fn new(root: &Path) -> Self {
        let root = tidy(root);
        Self {
            root: if root == Path::new(".") {
                PathBuf::new()
            } else {
                root
            },
            folders: vec![Folder::default()],
            odd: HashMap::new(),
            refusals: HashMap::new(),
            count: 0,
        }
    }

    /// Makes room for so many folders; gives the number of the first.
    pub(super) fn make_room(&mut self, folders: usize) -> usize {
        let first = self.folders.len();
        self.folders.resize_with(first + folders, Folder::default);
        first
    }

    /// The number of a refusal.
    pub(super) fn refuse(&mut self, refusal: Refusal) -> usize {
        let next = self.refusals.len();
        let known = self.refusals.entry((refusal.cause, refusal.detail));
        *known.or_insert(next)
    }

    /// Puts down what stands in a folder; `refusal` says why that is not all of it.
    pub(super) fn put(&mut self, folder: usize, entries: Writer, refusal: Option<usize>) {
        self.count += entries.paths + usize::from(refusal.is_some());
        if !entries.odd.is_empty() {
            self.odd.insert(folder, entries.odd);
        }
        if let Some(own) = self.folders.get_mut(folder) {
            let entries = entries.bytes.into_boxed_slice();
            *own = Folder { refusal, entries };
        }
    }

    /// How many paths there are.
    pub(super) const fn len(&self) -> usize {
        self.count
    }

    /// The paths, in their order.
    pub(super) fn paths(self) -> Paths {
        let mut refusals: Vec<_> = self.refusals.into_iter().collect();
        refusals.sort_by_key(|(_, number)| *number);
        let refusals = refusals.into_iter();
        let mut paths = Paths {
            folders: self.folders,
            odd: self.odd,
            refusals: refusals
                .map(|((cause, detail), _)| Refusal { cause, detail })
                .collect(),
            open: Vec::new(),
            refused: None,
        };
        paths.enter(Self::ROOT, self.root);
        paths
    }
}

/// The paths of a tree one after the other.
#[derive(Debug)]
pub(super) struct Paths {
    folders: Vec<Folder>,
    odd: HashMap<usize, Vec<OsString>>,
    refusals: Vec<Refusal>,
    /// The folders down to the one that is gone through.
    open: Vec<Open>,
    /// The folder that was entered last, where it could not be read.
    refused: Option<Missed>,
}

/// A folder that is gone through.
#[derive(Debug)]
struct Open {
    number: usize,
    path: PathBuf,
    /// The byte at which the next entry begins.
    at: usize,
    /// The last name that is text.
    last: Vec<u8>,
}

impl Paths {
    fn enter(&mut self, number: usize, path: PathBuf) {
        let refusal = self.folders.get(number).and_then(|folder| folder.refusal);
        self.refused = refusal.and_then(|refusal| self.missed(tidy(&path), refusal));
        self.open.push(Open {
            number,
            path,
            at: 0,
            last: Vec::new(),
        });
    }

    fn missed(&self, path: PathBuf, refusal: usize) -> Option<Missed> {
        let refusal = self.refusals.get(refusal)?.clone();
        Some(Missed { path, refusal })
    }

    /// The next entry of the innermost folder, with its path; `None` at the end of it.
    fn entry(&mut self) -> Option<(Entry, PathBuf)> {
        let open = self.open.last_mut()?;
        let folder = self.folders.get(open.number)?;
        let mut rest = folder.entries.get(open.at..)?;
        let number = take(&mut rest)?;
        let name = if number % 2 == 1 {
            let odd = self.odd.get(&open.number)?;
            odd.get(take(&mut rest)?)?.clone()
        } else {
            let shared = take(&mut rest)?;
            let length = take(&mut rest)?;
            open.last.truncate(shared);
            open.last.extend_from_slice(rest.get(..length)?);
            rest = rest.get(length..)?;
            String::from_utf8_lossy(&open.last).into_owned().into()
        };
        open.at = folder.entries.len() - rest.len();
        Some((Entry::of_number(number / 2), open.path.join(name)))
    }
}

impl Iterator for Paths {
    type Item = Met;

    fn next(&mut self) -> Option<Met> {
        loop {
            if let Some(missed) = self.refused.take() {
                return Some(Err(missed));
            }
            match self.entry() {
                Some((Entry::Draft, path)) => return Some(Ok(path)),
                Some((Entry::Missed(refusal), path)) => {
                    return self.missed(path, refusal).map(Err);
                }
                Some((Entry::Folder(number), path)) => self.enter(number, path),
                None => drop(self.open.pop()?),
            }
        }
    }
}

/// Writes a number in as many groups of seven bits as it needs.
fn put(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let [group, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            return bytes.push(group & 0x7f);
        }
        bytes.push(group | 0x80);
    }
}

/// Takes such a number off the front.
fn take(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (&group, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(group & 0x7f).checked_shl(shift)?;
        if group & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Tree, Writer, put, take};
    use crate::input::{Cause, Refusal};
    use crate::walk::Met;
    use std::ffi::OsStr;
    use std::path::{Path, PathBuf};

    fn paths(tree: Tree) -> Vec<(PathBuf, bool)> {
        let told = |met: Met| match met {
            Ok(path) => (path, true),
            Err(missed) => (missed.path, false),
        };
        tree.paths().map(told).collect()
    }

    #[test]
    fn a_tree_gives_back_what_was_put_down() {
        let mut tree = Tree::new(Path::new("./holdings/"));
        let why = tree.refuse(Refusal::new(Cause::Ignored, "test"));
        assert_eq!(tree.refuse(Refusal::new(Cause::Ignored, "test")), why);
        let below = tree.make_room(2);
        let long = "x".repeat(300);
        let mut inner = Writer::default();
        for name in ["dr\u{e0}ft", "dr\u{e1}ft", &long] {
            inner.add(OsStr::new(name), Entry::Draft);
        }
        tree.put(below, inner, None);
        tree.put(below + 1, Writer::default(), Some(why));
        let mut outer = Writer::default();
        outer.add(OsStr::new("a"), Entry::Folder(below));
        outer.add(OsStr::new("a.txt"), Entry::Missed(why));
        outer.add(OsStr::new("b"), Entry::Folder(below + 1));
        outer.add(OsStr::new("b.txt"), Entry::Draft);
        tree.put(Tree::ROOT, outer, None);
        assert_eq!(tree.len(), 6);
        let found = paths(tree);
        let expected = [
            ("holdings/a/dr\u{e0}ft", true),
            ("holdings/a/dr\u{e1}ft", true),
            (&format!("holdings/a/{long}"), true),
            ("holdings/a.txt", false),
            ("holdings/b", false),
            ("holdings/b.txt", true),
        ];
        assert_eq!(
            found,
            expected.map(|(path, examined)| (PathBuf::from(path), examined))
        );
        assert!(found.is_sorted());
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_keeps_its_bytes_and_its_place() {
        use std::os::unix::ffi::OsStrExt as _;
        let names: [&[u8]; 4] = [b"a\xff", b"a\xff\xfe", b"b", b"b\x80"];
        let mut tree = Tree::new(Path::new("."));
        let mut writer = Writer::default();
        for name in names {
            writer.add(OsStr::from_bytes(name), Entry::Draft);
        }
        tree.put(Tree::ROOT, writer, None);
        let expected = names.map(|name| (PathBuf::from(OsStr::from_bytes(name)), true));
        assert_eq!(paths(tree), expected);
    }

    #[test]
    fn names_that_are_alike_take_few_bytes() {
        let mut tree = Tree::new(Path::new("."));
        let mut writer = Writer::default();
        for number in 0..1000 {
            writer.add(OsStr::new(&format!("draft-{number:07}.txt")), Entry::Draft);
        }
        tree.put(Tree::ROOT, writer, None);
        let bytes = tree.folders.iter().map(|folder| folder.entries.len());
        assert!(bytes.sum::<usize>() < 1000 * 9);
        assert_eq!(paths(tree).len(), 1000);
    }

    #[test]
    fn a_number_is_read_as_it_was_written() {
        for number in [0, 1, 127, 128, 300, 16_383, 16_384, usize::MAX] {
            let mut bytes = Vec::new();
            put(&mut bytes, number);
            let mut rest = bytes.as_slice();
            assert_eq!(take(&mut rest), Some(number));
            assert!(rest.is_empty());
        }
        assert_eq!(take(&mut [0x80].as_slice()), None);
    }
}
