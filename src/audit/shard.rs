//! A part of an audit, for one of many machines: which paths are its own, and whether all saw the same ones.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

/// Most parts of an audit.
const MOST: u32 = 100_000;

/// One part of an audit out of some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Shard {
    /// Which one, from 1.
    pub number: u32,
    /// Out of how many.
    pub of: u32,
}

impl Shard {
    /// The only part.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Whether it is the only part.
    pub const fn is_whole(self) -> bool {
        self.of == 1
    }

    /// Whether a path is its own. Each path is that of one part, on every machine, whatever else there is.
    pub const fn holds(self, path: PathKey) -> bool {
        path.0 % self.of as u64 == self.number as u64 - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.of)
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

impl TryFrom<String> for Shard {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        word.parse()
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let wanted =
            || format!("`{word}` is no part of an audit; the third of four is written 3/4");
        let (number, of) = word.split_once('/').ok_or_else(wanted)?;
        let count = |digits: &str| digits.parse::<u32>().map_err(|_| wanted());
        let (number, of) = (count(number)?, count(of)?);
        if !(1..=MOST).contains(&of) {
            return Err(format!("an audit has from 1 to {MOST} parts, not {of}"));
        }
        if !(1..=of).contains(&number) {
            return Err(format!("the parts of an audit are 1/{of} to {of}/{of}"));
        }
        Ok(Self { number, of })
    }
}

/// What a path counts as: a number made of its name, the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathKey(u64);

impl PathKey {
    /// That of a path with slashes, as it is seen from the working folder.
    pub fn of(path: &str) -> Self {
        let whole = Sha256::digest(path.as_bytes());
        let head = whole.iter().take(size_of::<u64>());
        Self(head.fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
    }
}

/// How many paths there were, and a sum that is another one where they were others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Census {
    /// How many.
    pub paths: u64,
    /// The sum of what they count as.
    pub sum: u64,
}

impl Census {
    /// Counts those of another part.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            paths: self.paths + other.paths,
            sum: self.sum.wrapping_add(other.sum),
        }
    }
}

/// A census that goes on.
#[derive(Debug, Default)]
pub struct Counter {
    paths: AtomicU64,
    sum: AtomicU64,
}

impl Counter {
    /// Counts a path.
    pub fn count(&self, path: PathKey) {
        self.paths.fetch_add(1, Ordering::Relaxed);
        self.sum.fetch_add(path.0, Ordering::Relaxed);
    }

    /// What was counted so far.
    pub fn census(&self) -> Census {
        Census {
            paths: self.paths.load(Ordering::Relaxed),
            sum: self.sum.load(Ordering::Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Counter, PathKey, Shard};

    #[test]
    fn a_part_is_read_as_it_is_written() {
        let shard: Shard = "3/4".parse().unwrap();
        assert_eq!((shard.number, shard.of), (3, 4));
        assert_eq!(shard.to_string(), "3/4");
        for wrong in [
            "", "3", "0/4", "5/4", "1/0", "a/b", "1/2/3", "-1/4", "1/200000",
        ] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_path_is_that_of_one_part_and_the_parts_are_alike_in_size() {
        let keys: Vec<PathKey> = (0..7000)
            .map(|number| PathKey::of(&format!("{number}")))
            .collect();
        for of in [1, 2, 7] {
            let parts = (1..=of).map(|number| {
                let shard = Shard { number, of };
                keys.iter().filter(|&&key| shard.holds(key)).count()
            });
            let parts: Vec<usize> = parts.collect();
            assert_eq!(parts.iter().sum::<usize>(), keys.len());
            let fair = keys.len() / of as usize;
            assert!(
                parts.iter().all(|part| part.abs_diff(fair) < fair / 5),
                "{parts:?}"
            );
        }
    }

    #[test]
    fn a_path_is_of_the_same_part_in_every_version_and_on_every_platform() {
        // Another number here would let shards of two versions leave drafts out.
        assert_eq!(PathKey::of("desk/draft.txt").0 % 1000, 292);
    }

    #[test]
    fn a_census_tells_other_paths() {
        let of = |paths: &[&str]| {
            let counter = Counter::default();
            for path in paths {
                counter.count(PathKey::of(path));
            }
            counter.census()
        };
        assert_eq!(of(&["a", "b"]), of(&["b", "a"]));
        assert_ne!(of(&["a", "b"]), of(&["a", "c"]));
        assert_eq!(of(&["a", "b", "c"]), of(&["c"]).with(of(&["a", "b"])));
    }
}
