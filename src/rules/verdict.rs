//! What a rule says of a draft.

use super::Rule;
use super::fingerprint::fingerprint;
use super::template::Filling;
use crate::checks::{Draft, Finding};
use crate::diagnostic::{Diagnostic, Label, Severity};

/// Most places beside the first that a finding shows.
const SHOWN: usize = 3;

/// Stands for words of the draft where none may be shown.
const HIDDEN: &str = "\u{2026}";

impl Rule {
    /// Adds what it finds in a draft, whatever the day and the configuration.
    pub fn examine(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        if self.concerns(draft)
            && self.when.hold(draft)
            && !self.unless.iter().any(|not| not.hold(draft))
        {
            self.check.run(draft, findings);
        }
    }

    /// How much its findings weigh in a draft.
    pub fn severity_in(&self, draft: &Draft<'_>) -> Severity {
        let other = self.weighs.iter().find(|(when, _)| when.hold(draft));
        other.map_or(self.entry.severity, |(_, severity)| *severity)
    }

    /// Its findings as diagnostics: one for each, or one for all.
    pub fn diagnostics(&self, draft: &Draft<'_>, findings: &[Finding]) -> Vec<Diagnostic> {
        if self.entry.together {
            let Some((first, others)) = findings.split_first() else {
                return Vec::new();
            };
            return vec![self.diagnostic(draft, first, others)];
        }
        let each = findings
            .iter()
            .map(|finding| self.diagnostic(draft, finding, &[]));
        each.collect()
    }

    fn diagnostic(&self, draft: &Draft<'_>, finding: &Finding, others: &[Finding]) -> Diagnostic {
        let wording = self.wording();
        let level = draft.level().map_or("", |level| &level.name);
        let filling = Filling {
            found: &finding.found,
            expected: &finding.expected,
            count: others.len() + 1,
            date: draft.judged_on(),
            level,
        };
        let hide = |text: &str| if text.is_empty() { "" } else { HIDDEN };
        let hidden = Filling {
            found: hide(&finding.found),
            expected: if finding.quotes {
                hide(&finding.expected)
            } else {
                &finding.expected
            },
            ..filling
        };
        let mut diagnostic = Diagnostic::new(self.id.clone(), finding.span);
        diagnostic.fingerprint = fingerprint(&self.id, finding, others.len() + 1, draft);
        let confidences = others.iter().map(|other| other.confidence);
        diagnostic.confidence = confidences.fold(finding.confidence, Ord::min);
        diagnostic.message = wording.message.fill(&filling);
        diagnostic.plain = wording.message.fill(&hidden);
        diagnostic.label = wording.label.fill(&filling);
        // Help is shown where no word of the draft may be.
        diagnostic.help = self
            .entry
            .help
            .is_some()
            .then(|| wording.help.fill(&hidden));
        diagnostic.fix = wording
            .repair
            .as_ref()
            .and_then(|repair| repair.of(finding, draft, &filling));
        let beside = wording.beside.fill(&filling);
        let places = finding
            .related
            .iter()
            .chain(others.iter().map(|other| &other.span));
        let places: Vec<_> = places.filter(|&&place| place != finding.span).collect();
        let more = places.len().saturating_sub(SHOWN);
        for (index, &&span) in places.iter().take(SHOWN).enumerate() {
            let message = if more > 0 && index + 1 == SHOWN {
                let comma = if beside.is_empty() { "" } else { ", " };
                format!("{beside}{comma}and {more} more")
            } else {
                beside.clone()
            };
            diagnostic.related.push(Label { message, span });
        }
        diagnostic
    }
}
