//! Findings that the house accepts, with a reason, for a time.

use super::file::AllowEntry;
use super::layer::Layer;
use super::names::{EVERY, current, means};
use super::pattern::Patterns;
use super::remark::{EXPIRED_ALLOW, RemarkKind, UNUSED_ALLOW, WIDE_ALLOW};
use crate::diagnostic::Diagnostic;
use crate::problem::PackProblem;
use crate::rules::RuleSet;
use jiff::civil::Date;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Patterns that cover every path.
const ALL_PATHS: [&str; 4] = ["*", "**", "**/*", "/"];

/// An `[[allow]]` entry.
#[derive(Debug)]
pub(super) struct Allow {
    pub(super) layer: Arc<Layer>,
    entry: AllowEntry,
    /// Its rule by the name of today.
    rule: String,
    path: Patterns,
    pub(super) expired: bool,
    uses: AtomicUsize,
}

impl Allow {
    /// The entry; `None` where it is broken, which is reported.
    pub(super) fn new(
        (layer, rules): (&Arc<Layer>, &RuleSet),
        entry: &AllowEntry,
        today: Date,
        acc: &mut Vec<PackProblem>,
    ) -> Option<Self> {
        if entry.reason.value().trim().is_empty() {
            let problem = layer.problem(entry.reason.place(), "an `[[allow]]` entry has no reason");
            acc.push(problem.help("say why the finding is accepted"));
        }
        let path = match Patterns::new([entry.path.value().as_str()], &layer.base) {
            Ok(path) => path,
            Err(bad) => {
                let place = entry.path.place();
                let bad = bad.into_iter();
                acc.extend(bad.map(|bad| layer.problem(place.clone(), bad.message)));
                return None;
            }
        };
        let until = entry.until.as_ref();
        Some(Self {
            layer: Arc::clone(layer),
            entry: entry.clone(),
            rule: current(entry.rule.value(), rules).to_owned(),
            path,
            expired: until.is_some_and(|until| until.value().0 < today),
            uses: AtomicUsize::new(0),
        })
    }

    /// Whether it takes out a finding in a draft.
    pub(super) fn takes_out(&self, path: &Path, found: &Diagnostic) -> bool {
        let wanted = self.entry.fingerprint.as_ref();
        let holds = !self.expired
            && means(&self.rule, &found.rule)
            && wanted.is_none_or(|wanted| *wanted.value() == found.fingerprint)
            && self.path.covers(path);
        if holds {
            self.uses.fetch_add(1, Ordering::Relaxed);
        }
        holds
    }

    /// Why it accepts them.
    pub(super) fn reason(&self) -> &str {
        self.entry.reason.value()
    }

    /// What is to be said of it after a run; `whole` where the run went through everything below its file.
    pub(super) fn remark(
        &self,
        whole: bool,
    ) -> Option<(&'static RemarkKind, Range<usize>, String)> {
        let AllowEntry {
            rule, path, until, ..
        } = &self.entry;
        if let Some(until) = until.as_ref().filter(|_| self.expired) {
            let message = format!(
                "this entry for `{}` ran out on {}",
                rule.value(),
                until.value().0
            );
            return Some((&EXPIRED_ALLOW, until.place(), message));
        }
        let whatever = self.entry.fingerprint.is_none();
        if whatever && rule.value() == EVERY && ALL_PATHS.contains(&path.value().as_str()) {
            let message = "this entry takes out every finding of every draft".to_owned();
            return Some((&WIDE_ALLOW, rule.place(), message));
        }
        let unused = self.uses.load(Ordering::Relaxed) == 0;
        (whole && unused).then(|| {
            let (rule, path) = (rule.value(), path.value());
            let message = format!("this entry for `{rule}` in `{path}` takes out no finding");
            (&UNUSED_ALLOW, self.entry.rule.place(), message)
        })
    }
}
