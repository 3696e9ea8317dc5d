//! What stands in one folder, by name, in few bytes.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::Path;

/// What a name in a folder is that of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    Other,
}

impl Kind {
    fn of(kind: fs::FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_symlink() {
            Self::Link
        } else {
            Self::Other
        }
    }
}

/// The entries of one folder, by name: it may have a million of them.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Names, one after the other.
    text: String,
    /// Names that are no text.
    odd: Vec<OsString>,
    entries: Vec<(Name, Kind)>,
}

/// Where a name is kept.
#[derive(Debug, Clone, Copy)]
enum Name {
    /// Bytes of the text.
    Text(u32, u32),
    /// Its place among those that are no text.
    Odd(u32),
}

impl Listing {
    /// The entries of a folder, and why these are not all.
    pub(super) fn of(folder: &Path) -> (Self, Option<io::Error>) {
        let mut listing = Self::default();
        let failed = listing.read(folder).err();
        let mut entries = std::mem::take(&mut listing.entries);
        entries.sort_unstable_by(|(left, _), (right, _)| {
            listing.name(*left).cmp(listing.name(*right))
        });
        listing.entries = entries;
        (listing, failed)
    }

    fn read(&mut self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            self.add(entry.file_name(), Kind::of(entry.file_type()?));
        }
        Ok(())
    }

    /// An entry by its place among all of them.
    pub(super) fn entry(&self, at: usize) -> Option<(&OsStr, Kind)> {
        let &(name, kind) = self.entries.get(at)?;
        Some((self.name(name), kind))
    }

    /// The entries.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&OsStr, Kind)> {
        let entries = self.entries.iter();
        entries.map(|&(name, kind)| (self.name(name), kind))
    }

    fn add(&mut self, name: OsString, kind: Kind) {
        let place = if let Some(text) = name.to_str() {
            let start = self.text.len();
            self.text.push_str(text);
            Name::Text(offset(start), offset(self.text.len()))
        } else {
            self.odd.push(name);
            Name::Odd(offset(self.odd.len() - 1))
        };
        self.entries.push((place, kind));
    }

    fn name(&self, name: Name) -> &OsStr {
        match name {
            Name::Text(start, end) => {
                let text = self.text.get(start as usize..end as usize);
                OsStr::new(text.unwrap_or_default())
            }
            Name::Odd(at) => self
                .odd
                .get(at as usize)
                .map(OsString::as_os_str)
                .unwrap_or_default(),
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Listing;
    use std::fs;

    #[test]
    fn a_listing_gives_names_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b", "a.txt", "a", "\u{e9}", "z"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let (listing, failed) = Listing::of(folder.path());
        assert!(failed.is_none());
        let names: Vec<_> = listing.entries().map(|(name, _)| name.to_owned()).collect();
        assert_eq!(names, ["a", "a.txt", "b", "z", "\u{e9}"]);
        assert!(Listing::of(&folder.path().join("gone")).1.is_some());
    }
}
