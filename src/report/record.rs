//! What a run has to say of one path, as plain data: whatever the form of the report, and after the draft is gone.

use super::excerpt::{Cut, Quotation};
use super::json::{Document, Finding, NotExamined};
use super::quoted::Quoted;
use super::terminal::Look;
use crate::audit::{Examined, Silencer};
use crate::config::REMARKS;
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::reading::ElementKind;
use crate::rules::{Rule, RuleSet};
use crate::text::{Encoding, Source};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Where a finding stands: in a draft, or in a configuration file.
#[derive(Debug, Clone, Copy)]
pub struct Place<'r> {
    /// The path, as it was asked for or found.
    pub path: &'r Path,
    /// The text.
    pub source: &'r Source,
    /// The rules, which know the authorities.
    pub rules: &'r RuleSet,
    /// Whether no word of the text may be shown.
    pub redact: bool,
}

impl Place<'_> {
    pub(super) fn authority(&self, rule: &str) -> &[String] {
        self.rules.rule(rule).map_or(&[], Rule::citations)
    }
}

/// What the reports of a run want to know of a finding.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// How excerpts are cut, where a report shows them.
    pub excerpts: Option<Cut>,
    /// Whether a report tells what each draft states and what its portions demand.
    pub wording: bool,
}

/// A finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Found {
    /// As the JSON report has it.
    pub finding: Finding,
    /// Its message without a word of the draft, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain: Option<String>,
    /// Whether it weighs as much as `fail-on` says for its draft.
    pub fails: bool,
    /// The lines of the draft, where they are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Quotation>,
    /// The page that a report for people shows, where it was drawn already.
    #[serde(skip)]
    pub page: Option<(Look, String)>,
}

impl Found {
    /// A finding in a text.
    pub fn new(place: &Place<'_>, found: &Diagnostic, fails: bool, manner: Manner) -> Self {
        let plain = (found.plain != found.message).then(|| found.plain.clone());
        let cut = manner.excerpts.filter(|_| !place.redact);
        Self {
            finding: Finding::new(place, found),
            plain,
            fails,
            excerpt: cut.map(|cut| Quotation::new(place, found, cut)),
            page: None,
        }
    }

    /// Its message, with words of the draft or without.
    pub(super) fn message(&self, redact: bool) -> &str {
        let plain = self.plain.as_deref().filter(|_| redact);
        plain.unwrap_or(&self.finding.message)
    }
}

/// What is said in words of the scheme alone: no value, no word of the draft.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InWords {
    /// Of the header.
    pub header: Option<String>,
    /// Of what the portions demand of it.
    pub required: Option<String>,
}

/// A draft that was examined.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DraftRecord {
    /// As the JSON report has it.
    pub document: Document,
    /// Its findings, by place and rule.
    pub findings: Vec<Found>,
    /// Findings that are not reported, and what took each out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<(Found, Silencer)>,
    /// Whether a baseline was in force: what it does not know is new.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_baseline: bool,
    /// Findings that the configuration takes out.
    pub suppressed: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    /// Header and demand without any value.
    pub words: InWords,
    /// Marked portions by level, the highest level first.
    pub levels: Vec<(String, usize)>,
    /// Whether it was read as Windows-1252 because it is no UTF-8.
    pub guessed: bool,
    /// How high it is classified, where its text is quoted.
    #[serde(default, skip_serializing_if = "Quoted::is_empty")]
    pub quoted: Quoted,
}

impl DraftRecord {
    /// What is to be said of a draft.
    pub fn new(draft: &Examined, manner: Manner) -> Self {
        let (source, settings) = (&draft.source, &draft.settings);
        let place = Place {
            path: &draft.path,
            source,
            rules: draft.project.rules(),
            redact: settings.redact,
        };
        let findings = draft.verdict.diagnostics.iter().map(|found| {
            let fails = settings.fails(found);
            Found::new(&place, found, fails, manner)
        });
        let taken = draft.taken.iter().map(|(found, silencer)| {
            let found = Found::new(&place, found, false, Manner::default());
            (found, silencer.clone())
        });
        let mut document = Document::new(draft);
        let (mut words, mut portions) = (InWords::default(), Vec::new());
        if manner.wording {
            document.word(draft);
            words.header.clone_from(&draft.wording().stated);
            words.required.clone_from(&draft.wording().demanded);
            portions = levels(draft);
        }
        Self {
            document,
            findings: findings.collect(),
            taken: taken.collect(),
            has_baseline: draft.project.known().is_some(),
            suppressed: draft.silenced.allowed(),
            known: draft.silenced.known(),
            words,
            levels: portions,
            guessed: settings.encoding.is_none() && source.encoding() == Encoding::Windows1252,
            quoted: Quoted::of(draft),
        }
    }

    /// Findings of a severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        let found = self.findings.iter();
        found
            .filter(|found| found.finding.severity == severity)
            .count()
    }
}

/// Marked portions by level, the highest level first.
fn levels(draft: &Examined) -> Vec<(String, usize)> {
    let mut counts = BTreeMap::new();
    for portion in draft.verdict.reading.of(ElementKind::Portion) {
        if let Some(used) = portion.marking().and_then(|marking| marking.level) {
            *counts.entry(used.level).or_insert(0) += 1;
        }
    }
    let scheme = draft.scheme();
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(left, _), (right, _)| {
        let compared = scheme.compare(*right, *left);
        compared.unwrap_or_else(|| left.cmp(right))
    });
    let named = counts.into_iter();
    named
        .map(|(level, count)| (scheme.level(level).name.to_string(), count))
        .collect()
}

/// A path that was not examined.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MissedRecord {
    /// As the JSON report has it.
    pub missed: NotExamined,
    /// Whether that is a bug of caveat.
    #[serde(default)]
    pub panicked: bool,
}

/// What is to be said of a rule that found something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRecord {
    /// What is wrong, in a line.
    pub title: String,
    /// What it means, why, and how to put it right; empty where no report of the run shows it.
    pub explain: String,
    /// One line that can be followed.
    pub help: String,
    /// Documents and sections that it stands on.
    pub authority: Vec<String>,
    /// How much a finding weighs where nothing else is said.
    pub severity: Severity,
    /// The least sure of its findings.
    pub confidence: Confidence,
}

impl RuleRecord {
    /// A rule by its id. Its page is long to read, and left out where no report shows it.
    pub fn of(id: &str, rules: &RuleSet, with_page: bool) -> Self {
        if let Some(rule) = rules.rule(id) {
            return Self {
                title: rule.outline(),
                explain: if with_page {
                    rule.explain().to_owned()
                } else {
                    String::new()
                },
                help: rule.advice(),
                authority: rule.citations().to_vec(),
                severity: rule.entry.severity,
                confidence: Confidence::Certain,
            };
        }
        let remark = REMARKS.iter().find(|kind| kind.id == id);
        let of = |text: fn(&crate::config::RemarkKind) -> &'static str| {
            remark.map_or(id, text).to_owned()
        };
        Self {
            title: of(|kind| kind.title),
            explain: of(|kind| kind.explain),
            help: of(|kind| kind.help),
            authority: Vec::new(),
            severity: remark.map_or(Severity::Warning, |kind| kind.severity),
            confidence: Confidence::Certain,
        }
    }
}
