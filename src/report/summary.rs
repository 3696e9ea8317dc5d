//! What was counted in a run.

use crate::diagnostic::Severity;
use crate::input::Cause;
use std::collections::BTreeMap;

/// Paths of a cause that the closing lines name.
const NAMED: usize = 3;

/// What was counted in a run.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Drafts that were read and judged.
    pub examined: usize,
    /// Paths that were not, by cause.
    pub missed: BTreeMap<Cause, usize>,
    /// The first paths of each cause, with the circumstances.
    pub named: BTreeMap<Cause, Vec<(String, String)>>,
    /// Findings by rule, with the highest weight that one had.
    pub rules: BTreeMap<String, (Severity, usize)>,
    /// Drafts and their findings by the level of their marking.
    pub levels: BTreeMap<Option<String>, (usize, usize)>,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity advice.
    pub advice: usize,
    /// Findings that an `[[allow]]` entry took out.
    pub suppressed: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    /// Findings that weigh at least as much as `fail-on` says for their draft.
    pub failing: usize,
    /// Drafts whose examination ended in a panic.
    pub panics: usize,
    /// Drafts that were read as Windows-1252 because they are no UTF-8.
    pub guessed: usize,
}

impl Summary {
    /// Counts a finding.
    pub fn count(&mut self, rule: &str, severity: Severity, fails: bool) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Advice => self.advice += 1,
        }
        self.failing += usize::from(fails);
        match self.rules.get_mut(rule) {
            Some(entry) => *entry = (entry.0.max(severity), entry.1 + 1),
            None => drop(self.rules.insert(rule.to_owned(), (severity, 1))),
        }
    }

    /// Counts a path that was not examined, and keeps the first ones of each cause.
    pub fn miss(&mut self, path: &str, cause: Cause, detail: &str) {
        *self.missed.entry(cause).or_default() += 1;
        let named = self.named.entry(cause).or_default();
        if named.len() < NAMED {
            named.push((path.to_owned(), detail.to_owned()));
        }
    }

    /// All findings.
    pub const fn findings(&self) -> usize {
        self.errors + self.warnings + self.advice
    }

    /// Paths that were not examined.
    pub fn not_examined(&self) -> usize {
        self.missed.values().sum()
    }
}
