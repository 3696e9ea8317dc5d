//! Patterns of paths, as `.gitignore` reads them: one without a slash holds at any depth, one with a
//! slash from the folder of the file that says it, and what names a folder covers everything below.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Patterns of one key, with how often each was of use.
#[derive(Debug)]
pub struct Patterns {
    set: GlobSet,
    /// Globs of the set for each pattern.
    each: usize,
    uses: Vec<AtomicUsize>,
}

/// Why a pattern cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPattern {
    /// Which one of the list.
    pub index: usize,
    /// What is wrong with it.
    pub message: String,
}

impl Patterns {
    /// Patterns that stand in a file of the folder `base`.
    ///
    /// # Errors
    /// Each one that cannot be read.
    pub fn new<'p>(
        patterns: impl IntoIterator<Item = &'p str>,
        base: &Path,
    ) -> Result<Self, Vec<BadPattern>> {
        let (mut builder, mut bad) = (GlobSetBuilder::new(), Vec::new());
        let mut uses = Vec::new();
        for (index, pattern) in patterns.into_iter().enumerate() {
            uses.push(AtomicUsize::new(0));
            match pair(pattern, base) {
                Ok(globs) => globs.into_iter().for_each(|glob| {
                    builder.add(glob);
                }),
                Err(error) => bad.push(BadPattern {
                    index,
                    message: error.kind().to_string(),
                }),
            }
        }
        match builder.build() {
            Ok(set) if bad.is_empty() => Ok(Self { set, each: 2, uses }),
            Ok(_) => Err(bad),
            Err(error) => Err(vec![BadPattern {
                index: 0,
                message: error.to_string(),
            }]),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.uses.is_empty()
    }

    /// Every pattern that covers a path, given from the root of the file system; all of them are then of use.
    pub fn covering(&self, path: &Path) -> Vec<usize> {
        let globs = self.set.matches(path).into_iter();
        let mut found: Vec<usize> = globs.map(|glob| glob / self.each).collect();
        found.dedup();
        for uses in found.iter().filter_map(|&index| self.uses.get(index)) {
            uses.fetch_add(1, Ordering::Relaxed);
        }
        found
    }

    /// Whether a pattern covers a path.
    pub fn covers(&self, path: &Path) -> bool {
        !self.covering(path).is_empty()
    }

    /// Patterns that never covered anything.
    pub fn unused(&self) -> impl Iterator<Item = usize> {
        let uses = self.uses.iter().enumerate();
        uses.filter(|(_, uses)| uses.load(Ordering::Relaxed) == 0)
            .map(|(index, _)| index)
    }
}

/// The pattern itself, and everything below what it names.
fn pair(pattern: &str, base: &Path) -> Result<[Glob; 2], globset::Error> {
    let trimmed = pattern.strip_prefix("./").unwrap_or(pattern);
    let trimmed = trimmed.trim_end_matches('/');
    let anchored = trimmed.contains('/') || trimmed.len() < pattern.trim_end_matches('/').len();
    let rest = trimmed.trim_start_matches('/');
    let base = globset::escape(&base.to_string_lossy());
    let base = base.trim_end_matches(['/', '\\']);
    let whole = if anchored {
        format!("{base}/{rest}")
    } else {
        format!("**/{rest}")
    };
    let glob = |pattern: &str| GlobBuilder::new(pattern).literal_separator(true).build();
    let below = format!("{}/**", whole.trim_end_matches("/**"));
    Ok([glob(&whole)?, glob(&below)?])
}

#[cfg(test)]
mod tests {
    use super::Patterns;
    use std::path::Path;

    fn covers(pattern: &str, path: &str) -> bool {
        let patterns = Patterns::new([pattern], Path::new("/house[1]")).unwrap();
        patterns.covers(Path::new(path))
    }

    #[test]
    fn a_pattern_without_a_slash_holds_anywhere_and_covers_what_lies_below() {
        assert!(covers("*.bak", "/house[1]/a/b.bak"));
        assert!(covers("archive", "/house[1]/x/archive/y/z.txt"));
        assert!(covers("archive/", "/house[1]/archive/z.txt"));
        assert!(!covers("archive", "/house[1]/archives/z.txt"));
    }

    #[test]
    fn a_pattern_with_a_slash_holds_from_its_folder() {
        assert!(covers("out/*.txt", "/house[1]/out/a.txt"));
        assert!(!covers("out/*.txt", "/house[1]/in/out/a.txt"));
        assert!(!covers("out/*.txt", "/house[1]/out/deep/a.txt"));
        assert!(covers("/a.txt", "/house[1]/a.txt"));
        assert!(!covers("/a.txt", "/house[1]/b/a.txt"));
        assert!(covers("out/**", "/house[1]/out/deep/a.txt"));
        assert!(covers("./out", "/house[1]/out/a.txt"));
        assert!(!covers("./out", "/house[1]/x/out/a.txt"));
        assert!(covers("**", "/house[1]/x/a.txt"));
    }

    #[test]
    fn a_bad_pattern_is_named_and_uses_are_counted() {
        let bad = Patterns::new(["ok", "a[", "{"], Path::new("/")).unwrap_err();
        let indices: Vec<usize> = bad.iter().map(|bad| bad.index).collect();
        assert_eq!(indices, [1, 2]);
        let patterns = Patterns::new(["a", "b"], Path::new("/")).unwrap();
        assert_eq!(patterns.covering(Path::new("/x/b/c")), [1]);
        assert_eq!(patterns.unused().collect::<Vec<_>>(), [0]);
    }
}
