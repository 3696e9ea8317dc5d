//! L9: findings that were there when a house began, by content and count, so that new ones show.
//!
//! An entry names path, rule, fingerprint and count: no line, no time, no version, no word of a draft.
//! A finding that moves stays known, one that is swapped for another shows, and what exceeds the count
//! shows too.

mod file;

pub use file::{BaselineFile, Entry};

use crate::ceiling;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The name of the file where nobody gives another.
pub const FILE_NAME: &str = "caveat-baseline.json";

/// What an entry is known by.
type Key = (String, String, Fingerprint);

/// How many findings an entry takes out, and how many it took out in this run.
#[derive(Debug)]
struct Known {
    count: usize,
    used: AtomicUsize,
}

/// A baseline that is in force.
#[derive(Debug)]
pub struct Baseline {
    /// The folder from which its paths are meant.
    base: PathBuf,
    entries: BTreeMap<Key, Known>,
}

/// An entry that covers more than there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The entry as the file has it.
    pub entry: Entry,
    /// How many findings of it there are.
    pub found: usize,
}

impl Baseline {
    /// The entries of a file that lies in the folder `base`.
    pub fn new(file: &BaselineFile, base: &Path) -> Self {
        let mut entries: BTreeMap<Key, Known> = BTreeMap::new();
        for entry in &file.findings {
            let key = (entry.path.clone(), entry.rule.clone(), entry.fingerprint);
            let known = entries.entry(key).or_insert(Known {
                count: 0,
                used: AtomicUsize::new(0),
            });
            known.count += entry.count;
        }
        Self {
            base: base.to_owned(),
            entries,
        }
    }

    /// Takes the known findings of a draft, given from the root of the file system, out of a list that
    /// is ordered by place, and gives them. What exceeds the count of an entry stays, and so does what
    /// is found by a rule that `may` refuses.
    pub fn take_out(
        &self,
        path: &Path,
        found: &mut Vec<Diagnostic>,
        may: impl Fn(&str) -> bool,
    ) -> Vec<Diagnostic> {
        let Some(path) = relative(path, &self.base) else {
            return Vec::new();
        };
        let mut taken: BTreeMap<(&str, Fingerprint), usize> = BTreeMap::new();
        let mut kept = Vec::with_capacity(found.len());
        let all = std::mem::take(found);
        for finding in &all {
            let key = (path.clone(), finding.rule.to_string(), finding.fingerprint);
            // Nothing silences what lies above the ceiling, whatever the file says.
            let known = self
                .entries
                .get(&key)
                .filter(|_| *finding.rule != *ceiling::ID && may(&finding.rule));
            let count = taken
                .entry((&finding.rule, finding.fingerprint))
                .or_default();
            let is_known = known.is_some_and(|known| *count < known.count);
            if let Some(known) = known.filter(|_| is_known) {
                *count += 1;
                known.used.fetch_max(*count, Ordering::Relaxed);
            }
            kept.push(!is_known);
        }
        drop(taken);
        let mut known = Vec::new();
        for (finding, keep) in all.into_iter().zip(kept) {
            if keep {
                found.push(finding);
            } else {
                known.push(finding);
            }
        }
        known
    }

    /// Entries that cover more findings than a run met, of the drafts that `walked` says it went through.
    pub fn stale(&self, walked: impl Fn(&Path) -> bool) -> Vec<Stale> {
        let entries = self.entries.iter();
        let stale = entries.filter_map(|((path, rule, fingerprint), known)| {
            let found = known.used.load(Ordering::Relaxed);
            let less = found < known.count && walked(&self.base.join(path));
            less.then(|| Stale {
                entry: Entry {
                    path: path.clone(),
                    rule: rule.clone(),
                    fingerprint: *fingerprint,
                    count: known.count,
                },
                found,
            })
        });
        stale.collect()
    }
}

/// A path from the folder of a baseline, with slashes; `None` where it does not lie below.
pub fn relative(path: &Path, base: &Path) -> Option<String> {
    let below = path.strip_prefix(base).ok()?;
    let parts = below.iter().map(|part| part.to_string_lossy());
    Some(parts.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Baseline, BaselineFile, Entry};
    use crate::diagnostic::Diagnostic;
    use crate::fingerprint::Fingerprint;
    use crate::text::Span;
    use std::path::Path;

    fn finding(rule: &str, at: u32) -> Diagnostic {
        Diagnostic::new(rule.into(), Span::at(at))
    }

    fn baseline(entries: &[(&str, &str, usize)]) -> Baseline {
        let findings = entries.iter().map(|&(path, rule, count)| Entry {
            path: path.to_owned(),
            rule: rule.to_owned(),
            fingerprint: Fingerprint::of([rule]),
            count,
        });
        let file = BaselineFile::new(findings.collect());
        Baseline::new(&file, Path::new("/house"))
    }

    #[test]
    fn so_many_are_known_and_the_excess_shows() {
        let known = baseline(&[("a/b.txt", "house/one", 2)]);
        let path = Path::new("/house/a/b.txt");
        let mut found = vec![finding("house/one", 1), finding("house/two", 2)];
        found.extend([finding("house/one", 3), finding("house/one", 4)]);
        assert_eq!(known.take_out(path, &mut found, |_| true).len(), 2);
        let left: Vec<_> = found.iter().map(|found| found.primary.start).collect();
        assert_eq!(left, [2, 4]);
        assert!(known.stale(|_| true).is_empty());
        for other in ["/house/a/c.txt", "/elsewhere/a/b.txt"] {
            let mut found = vec![finding("house/one", 1)];
            assert_eq!(
                known.take_out(Path::new(other), &mut found, |_| true).len(),
                0
            );
        }
    }

    #[test]
    fn an_entry_that_covers_more_than_there_is_is_stale_where_the_run_came_by() {
        let known = baseline(&[("a.txt", "house/one", 2), ("gone.txt", "house/two", 1)]);
        let mut found = vec![finding("house/one", 1)];
        known.take_out(Path::new("/house/a.txt"), &mut found, |_| true);
        let stale = known.stale(|_| true);
        let counts: Vec<_> = stale
            .iter()
            .map(|stale| (stale.entry.count, stale.found))
            .collect();
        assert_eq!(counts, [(2, 1), (1, 0)]);
        assert!(known.stale(|_| false).is_empty());
    }

    #[test]
    fn what_lies_above_the_ceiling_is_never_known() {
        let known = baseline(&[("a.txt", crate::ceiling::ID, 1)]);
        let mut found = vec![finding(crate::ceiling::ID, 1)];
        assert_eq!(
            known
                .take_out(Path::new("/house/a.txt"), &mut found, |_| true)
                .len(),
            0
        );
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn what_a_policy_holds_is_never_known() {
        let known = baseline(&[("a.txt", "house/one", 1), ("a.txt", "house/two", 1)]);
        let mut found = vec![finding("house/one", 1), finding("house/two", 2)];
        let may = |rule: &str| rule != "house/one";
        assert_eq!(
            known
                .take_out(Path::new("/house/a.txt"), &mut found, may)
                .len(),
            1
        );
        assert_eq!(found.first().map(|found| &*found.rule), Some("house/one"));
    }
}
