//! A rule as the engine asks it: its entry, with every name looked up.

use super::file::{RuleEntry, Status};
use super::listed::Closer;
use super::wording::Wording;
use crate::checks::{Draft, Facts, Finding, Names, Run};
use crate::diagnostic::{Confidence, Severity};
use crate::pack::shared::{Evidence, holds_on};
use crate::problem::{PackProblem, TextFile};
use crate::reading::KindSet;
use crate::text::Span;
use smallvec::SmallVec;
use std::sync::{Arc, OnceLock};

/// A rule that found something in a draft, and where.
#[derive(Debug)]
pub struct Fired {
    /// Its index in the rule set.
    pub rule: usize,
    /// The places of which the reader is sure enough, by where they begin; each ends where the furthest
    /// up to there does.
    places: SmallVec<[Span; 4]>,
}

impl Fired {
    /// Keeps the places of findings; `None` where the reader is sure of none.
    pub fn at(rule: usize, findings: &[Finding]) -> Option<Self> {
        let sure = findings
            .iter()
            .filter(|found| found.confidence > Confidence::Possible);
        let mut places: SmallVec<[Span; 4]> = sure.map(|found| found.span).collect();
        places.sort_unstable();
        let mut furthest = 0;
        for place in &mut places {
            furthest = place.end.max(furthest);
            place.end = furthest;
        }
        (!places.is_empty()).then_some(Self { rule, places })
    }

    /// Whether one of the places shares a byte with another.
    fn is_at(&self, span: Span) -> bool {
        let before = self.places.partition_point(|own| own.start < span.end);
        let last = before.checked_sub(1).and_then(|at| self.places.get(at));
        last.is_some_and(|furthest| span.start < furthest.end)
    }
}

/// A rule with its full id.
#[derive(Debug)]
pub struct Rule {
    /// `pack/name`.
    pub id: Arc<str>,
    /// As the file says it.
    pub entry: Box<RuleEntry>,
    /// Put into words when they are first asked for.
    citations: OnceLock<Vec<String>>,
    pub(super) check: Box<dyn Run>,
    /// Kinds of element of which one must occur for it to find anything; empty where none need.
    needs: KindSet,
    pub(super) when: Facts,
    pub(super) unless: Vec<Facts>,
    pub(super) weighs: Vec<(Facts, Severity)>,
    /// Read when the rule first finds something, where it is one that is compiled in.
    wording: OnceLock<Wording>,
    file: TextFile,
    /// Other rules that name the same cause more closely.
    pub(super) closer: Closer,
}

impl Rule {
    /// Looks up the names of an entry; what is wrong with it lies in `names`.
    pub(super) fn compile(
        id: Arc<str>,
        entry: RuleEntry,
        names: &mut Names<'_>,
        file: &TextFile,
    ) -> Self {
        check_authority(&entry, names, file);
        let check = entry.check.compile(names);
        Self {
            id,
            citations: OnceLock::new(),
            needs: check.needs(),
            check,
            when: entry.when.compile(names),
            unless: entry.unless.iter().map(|not| not.compile(names)).collect(),
            weighs: entry
                .weighs
                .iter()
                .map(|weight| (weight.when.compile(names), weight.severity))
                .collect(),
            wording: OnceLock::new(),
            file: file.clone(),
            closer: Closer::default(),
            entry: Box::new(entry),
        }
    }

    /// Reads what it says of its findings, and notes what is wrong with that.
    pub(super) fn check_wording(&self, names: &mut Names<'_>) {
        let mut problems = Vec::new();
        self.wording
            .get_or_init(|| Wording::of(&self.entry, &self.file, &mut problems));
        for problem in problems {
            names.push(problem);
        }
    }

    /// What it says of its findings.
    pub(super) fn wording(&self) -> &Wording {
        self.wording.get_or_init(|| {
            let mut problems = Vec::new();
            let wording = Wording::of(&self.entry, &self.file, &mut problems);
            debug_assert!(problems.is_empty(), "{problems:?}");
            wording
        })
    }

    /// What, why, and how to put it right: its page.
    pub fn explain(&self) -> &str {
        self.entry.explain.trim()
    }

    /// Where it is laid down: document and section.
    pub fn citations(&self) -> &[String] {
        self.citations
            .get_or_init(|| self.entry.authority.iter().map(citation).collect())
    }

    /// Its message without the words of any draft.
    pub fn outline(&self) -> String {
        self.wording().message.outline()
    }

    /// Its help without the words of any draft; empty where it has none.
    pub fn advice(&self) -> String {
        self.wording().help.outline()
    }

    /// Kinds of element of which one must occur for it to find anything; empty where none need.
    pub(super) const fn needs(&self) -> KindSet {
        self.needs
    }

    /// Whether anything that it speaks of occurs in a draft.
    pub fn concerns(&self, draft: &Draft<'_>) -> bool {
        self.needs.is_empty() || draft.kinds.intersects(self.needs)
    }

    /// Whether it is on where nothing is said of it.
    pub fn is_on(&self) -> bool {
        self.entry.status == Status::Stable
    }

    /// Whether one of the rules that found something names the same cause more closely.
    pub fn gives_way_to(&self, fired: &[Fired]) -> bool {
        fired
            .iter()
            .any(|closer| self.closer.whole.contains(&closer.rule))
    }

    /// Takes out the findings at whose place another rule names the same cause more closely.
    pub fn give_way_at_places(&self, fired: &[Fired], findings: &mut Vec<Finding>) {
        let here = |closer: &&Fired| self.closer.here.contains(&closer.rule);
        for closer in fired.iter().filter(here) {
            findings.retain(|own| !closer.is_at(own.span));
        }
    }

    /// Whether it judges a draft of some day between two: on each of these days, or on one of them
    /// where it judges drafts without a date as well.
    pub fn is_in_time(&self, days: Option<(jiff::civil::Date, jiff::civil::Date)>) -> bool {
        let entry = &self.entry;
        let Some((first, last)) = days else {
            return entry.undated || entry.since.is_none() && entry.until.is_none();
        };
        if entry.undated {
            holds_on(entry.since, None, last) && holds_on(None, entry.until, first)
        } else {
            holds_on(entry.since, entry.until, first) && holds_on(entry.since, entry.until, last)
        }
    }
}

fn citation(entry: &super::file::AuthorityEntry) -> String {
    let section = entry.section.iter().map(|section| format!(", {section}"));
    let unread = (entry.status == Evidence::Unverified).then_some(" (unverified)");
    let parts = std::iter::once(entry.document.text().to_owned())
        .chain(section)
        .chain(unread.map(str::to_owned));
    parts.collect()
}

/// What was not read never makes an error.
fn check_authority(entry: &RuleEntry, names: &mut Names<'_>, file: &TextFile) {
    let weights = entry.weighs.iter().map(|weight| weight.severity);
    let is_error = weights
        .chain([entry.severity])
        .any(|own| own == Severity::Error);
    let all_unread = entry
        .authority
        .iter()
        .all(|own| own.status == Evidence::Unverified);
    if is_error && all_unread && !entry.authority.is_empty() {
        let message = "an error that rests on what was not read";
        let place = entry
            .authority
            .first()
            .map_or(0..0, |own| own.document.place());
        let problem = PackProblem::new(file, place, message)
            .label("unverified")
            .needed_by(entry.name.place(), "this rule is an error")
            .help("make it a warning, or cite a document that was read");
        names.push(problem);
    }
}
