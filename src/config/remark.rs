//! Findings that the configuration alone knows of: entries in it that do nothing or too much, and drafts
//! that it wants to be marked.

use crate::ceiling;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fingerprint::Fingerprint;
use crate::text::{Source, Span};
use std::ops::Range;
use std::sync::Arc;

/// A finding that rests on no rule file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemarkKind {
    /// Its id, as that of a rule.
    pub id: &'static str,
    /// How much it weighs where the configuration says nothing of it.
    pub severity: Severity,
    /// What is wrong, in a line.
    pub title: &'static str,
    /// What it is found in.
    pub on: &'static str,
    /// What it means, why, and how to put it right.
    pub explain: &'static str,
    /// One line that can be followed.
    pub help: &'static str,
}

/// An `[[allow]]` entry that took out nothing.
pub(super) const UNUSED_ALLOW: RemarkKind = RemarkKind {
    id: "config/unused-allow",
    severity: Severity::Warning,
    title: "an `[[allow]]` entry takes out no finding",
    on: "the configuration, not a draft",
    explain: "An `[[allow]]` entry took out no finding, though the run went through everything below its file. \
Whatever it once accepted is put right, or the pattern misses it: either way the entry only hides what may come.",
    help: "take the entry out, or mend its pattern",
};

/// An `[[allow]]` entry whose last day is past.
pub(super) const EXPIRED_ALLOW: RemarkKind = RemarkKind {
    id: "config/expired-allow",
    severity: Severity::Warning,
    title: "an `[[allow]]` entry has run out",
    on: "the configuration, not a draft",
    explain: "The last day of an `[[allow]]` entry is past. It takes out nothing any more, and what it accepted is reported again.",
    help: "take the entry out, or set a later day if the reason still holds",
};

/// An `[[allow]]` entry that takes out everything.
pub(super) const WIDE_ALLOW: RemarkKind = RemarkKind {
    id: "config/wide-allow",
    severity: Severity::Warning,
    title: "an `[[allow]]` entry takes out every finding of every draft",
    on: "the configuration, not a draft",
    explain: "An `[[allow]]` entry names every rule and every draft, so that nothing is ever reported.",
    help: "name the rule, or the drafts",
};

/// What the policy of the machine overrules.
pub(super) const OVERRULED: RemarkKind = RemarkKind {
    id: "config/overruled",
    severity: Severity::Warning,
    title: "the policy of this machine overrules an entry",
    on: "the configuration, not a draft",
    explain: "An `[[allow]]` entry, or `off` or a lower severity in `[rules]`, names a rule that a policy holds. The policy decides: \
the rule is asked, its findings weigh at least what the policy says, and nothing takes them out.",
    help: "take the entry out, or ask whoever keeps the policy",
};

/// An entry of a baseline that covers more than there is.
pub(super) const STALE_BASELINE: RemarkKind = RemarkKind {
    id: "config/stale-baseline",
    severity: Severity::Warning,
    title: "an entry of the baseline covers more findings than there are",
    on: "the baseline, not a draft",
    explain: "The baseline knows more findings of a kind in a draft than the run met there. Some were put right, or the draft \
is gone; until the entry is taken out, as many new ones would go unseen.",
    help: "`caveat baseline prune` takes out what is no longer there",
};

/// A pattern that covers nothing.
pub(super) const UNMATCHED_PATTERN: RemarkKind = RemarkKind {
    id: "config/unmatched-pattern",
    severity: Severity::Warning,
    title: "a pattern covers no path",
    on: "the configuration, not a draft",
    explain: "A pattern covered no path, though the run went through everything below its file. It may be misspelt, \
and then what it should cover is treated otherwise than the file says.",
    help: "mend the pattern, or take it out",
};

/// A draft that must carry a marking and carries none.
pub const MARKING_MISSING: RemarkKind = RemarkKind {
    id: "core/marking-missing",
    severity: Severity::Error,
    title: "this draft carries no marking",
    on: "drafts that `require-marking` covers",
    explain: "The house says in `require-marking` that drafts in this place must be marked, and this one has neither \
a header, a banner nor a portion mark that its scheme knows. A reader who finds no marking takes the draft for free \
to pass on.",
    help: "mark the draft, or take it out of `require-marking`",
};

/// A marking above the ceiling.
const CEILING: RemarkKind = RemarkKind {
    id: ceiling::ID,
    severity: Severity::Error,
    title: "a marking is above the ceiling",
    on: "drafts for which `ceiling` is set",
    explain: "The house says in `ceiling`, or `--ceiling`, how high a file in this place may be marked at most, and \
this one holds a marking above that: in its header, on a portion, or anywhere in its text, be it source code or data. \
Nothing turns this finding off: no selection of rules, no `[[allow]]` entry, no baseline; and the exit code is 1 \
whatever `fail-on` says. `docs/ceiling.md` says what the guard sees and what it cannot see.",
    help: "take the text to a place where it may lie; a copy in a history stays",
};

/// Every finding that rests on no rule file, by id.
pub const REMARKS: [RemarkKind; 8] = [
    EXPIRED_ALLOW,
    OVERRULED,
    STALE_BASELINE,
    UNMATCHED_PATTERN,
    UNUSED_ALLOW,
    WIDE_ALLOW,
    CEILING,
    MARKING_MISSING,
];

/// Their ids.
pub(super) const IDS: [&str; 8] = [
    STALE_BASELINE.id,
    CEILING.id,
    MARKING_MISSING.id,
    EXPIRED_ALLOW.id,
    OVERRULED.id,
    UNMATCHED_PATTERN.id,
    UNUSED_ALLOW.id,
    WIDE_ALLOW.id,
];

/// Whether a remark of this id says that a run met nothing. Then it holds for a run in parts only where it
/// holds for each of them.
pub fn needs_every_part(id: &str) -> bool {
    [UNUSED_ALLOW.id, UNMATCHED_PATTERN.id].contains(&id)
}

/// Remarks on one file.
#[derive(Debug)]
pub struct Remarked {
    /// The file.
    pub source: Source,
    /// What is said of it, by place.
    pub findings: Vec<Diagnostic>,
}

impl RemarkKind {
    /// A finding of this kind in a draft.
    pub fn found(&self, place: Span, severity: Severity) -> Diagnostic {
        let mut found = Diagnostic::new(Arc::from(self.id), place);
        found.severity = severity;
        self.title.clone_into(&mut found.message);
        self.title.clone_into(&mut found.plain);
        found.help = Some(self.help.to_owned());
        found
    }

    /// A finding of this kind at bytes of a configuration file.
    pub(super) fn at(
        &self,
        place: &Range<usize>,
        severity: Severity,
        message: String,
    ) -> Diagnostic {
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let mut found = self.found(Span::new(offset(place.start), offset(place.end)), severity);
        found.fingerprint = Fingerprint::of([self.id, &message]);
        found.plain.clone_from(&message);
        found.message = message;
        found
    }
}
