//! Findings that nobody wanted to see, as far as allow entries and baselines know them.

use crate::config::Project;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Rule and fingerprint of a finding.
type Name = (String, Fingerprint);

/// The findings of a draft that were taken out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silenced {
    /// Those that an `[[allow]]` entry took out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    allowed: Vec<Name>,
    /// Those that the baseline knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    known: Vec<Name>,
}

/// What took a finding out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Silencer {
    /// An `[[allow]]` entry, for this reason.
    Allowed(String),
    /// The baseline.
    Known,
}

/// A finding that nobody wanted to see, and what took it out.
pub type Taken = (Diagnostic, Silencer);

impl Silenced {
    /// Takes out of the findings of a draft at `place` what its configuration does not want to see.
    pub(super) fn take_out(
        project: &Project,
        place: &Path,
        found: &mut Vec<Diagnostic>,
    ) -> (Self, Vec<Taken>) {
        let mut taken: Vec<Taken> = Vec::new();
        let mut left = Vec::with_capacity(found.len());
        for found in found.drain(..) {
            match project.allowed(place, &found) {
                Some(reason) => taken.push((found, Silencer::Allowed(reason.to_owned()))),
                None => left.push(found),
            }
        }
        *found = left;
        let allowed = taken.iter().map(|(found, _)| name(found)).collect();
        let known = project.known();
        let known = known.map_or_else(Vec::new, |known| known.take_out(place, found));
        let silenced = Self {
            allowed,
            known: known.iter().map(name).collect(),
        };
        taken.extend(known.into_iter().map(|found| (found, Silencer::Known)));
        (silenced, taken)
    }

    /// Those that an `[[allow]]` entry took out.
    pub const fn allowed(&self) -> usize {
        self.allowed.len()
    }

    /// Those that the baseline knows.
    pub const fn known(&self) -> usize {
        self.known.len()
    }

    /// Lets the configuration count them once more, for a draft that is not examined again: else an entry
    /// could seem to be of no use.
    pub fn count_again(&self, project: &Project, place: &Path) {
        for name in &self.allowed {
            project.allowed(place, &finding(name));
        }
        if let Some(baseline) = project.known().filter(|_| !self.known.is_empty()) {
            let mut known: Vec<Diagnostic> = self.known.iter().map(finding).collect();
            baseline.take_out(place, &mut known);
        }
    }
}

fn name(found: &Diagnostic) -> Name {
    (found.rule.to_string(), found.fingerprint)
}

/// A finding as far as its name goes.
fn finding((rule, fingerprint): &Name) -> Diagnostic {
    let mut found = Diagnostic::new(rule.as_str().into(), Span::at(0));
    found.fingerprint = *fingerprint;
    found
}
