//! The JSON report, version 1. These shapes are a promise: programs read them.

use super::spool::Spool;
use super::{DraftRecord, Ending, Found, MissedRecord, Place, Report, Statistics, one_line};
use crate::audit::Examined;
use crate::diagnostic::{Applicability, Confidence, Diagnostic, Fix, Severity};
use crate::fingerprint::Fingerprint;
use crate::input::Cause;
use crate::marking::Surface;
use crate::reading::{ElementKind, Form};
use crate::text::{Source, Span};
use crate::walk::Missed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// Version of the report.
const VERSION: u32 = 1;

/// The whole report.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Output {
    /// Version of this format: 1.
    pub version: u32,
    /// Findings, by path, place and rule.
    pub diagnostics: Vec<Finding>,
    /// Drafts that were examined, by path.
    pub documents: Vec<Document>,
    /// Paths that were not examined, by path.
    pub not_examined: Vec<NotExamined>,
    /// Counts.
    pub summary: Counts,
}

/// A finding.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Id of the rule, `pack/name`.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// How sure the reader of the draft is.
    pub confidence: Confidence,
    /// What stands there and what should.
    pub message: String,
    /// One line that can be followed.
    pub help: Option<String>,
    /// What it is known by from one run to the next; `match` in `[[allow]]` takes it.
    pub fingerprint: Fingerprint,
    /// Documents and sections that the rule stands on.
    pub authority: Vec<String>,
    /// The file.
    pub path: String,
    /// The part of a container; null for a plain file.
    pub part: Option<String>,
    /// Bytes of the original file.
    pub span: Bytes,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// How it could be put right.
    pub fix: Option<Repair>,
}

/// Another place that explains a finding.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Related {
    /// What is to be seen there; empty in a redacted report.
    pub message: String,
    /// Bytes of the original file.
    pub span: Bytes,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

/// Bytes of the original file, from `start` up to but not including `end`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Bytes {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A place for people.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// How a finding could be put right.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Repair {
    /// What it does.
    pub title: String,
    /// Whether a person has to decide.
    pub applicability: Applicability,
    /// Replacements, in order, not overlapping.
    pub edits: Vec<Replacement>,
}

/// One replacement.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Replacement {
    /// Bytes of the original file that are replaced.
    pub span: Bytes,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A draft that was examined.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// The file.
    pub path: String,
    /// Which kind of draft it is.
    pub form: Form,
    /// The marking scheme; null where the draft carries no marking.
    pub scheme: Option<String>,
    /// The day by whose rules it was judged.
    pub date: Option<String>,
    /// The level of its marking.
    pub level: Option<String>,
    /// Its marking; null where it has none, and in a redacted report.
    pub marking: Option<String>,
    /// What the portions demand of the header; null where they cannot say, and in a redacted report.
    pub required: Option<String>,
    /// How many portions carry a mark.
    pub portions: usize,
    /// How many findings it has.
    pub diagnostics: usize,
}

/// A path that was not examined.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct NotExamined {
    /// The file or folder.
    pub path: String,
    /// Why.
    pub cause: Cause,
    /// The circumstances.
    pub detail: String,
}

/// What was counted.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Drafts that were examined.
    pub examined: usize,
    /// Paths that were not.
    pub not_examined: usize,
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
    /// Counts by rule and by level, where they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Statistics>,
}

/// The report for programs. What comes after the findings waits in spools.
#[derive(Debug, Default)]
pub struct Json {
    begun: bool,
    documents: Spool,
    missed: Spool,
}

impl Report for Json {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"version\":1,\n\"diagnostics\":[")
    }

    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        self.configuration(&draft.findings, out)?;
        let comma = if self.documents.is_empty() { "" } else { "," };
        write!(self.documents, "{comma}{}", line(&draft.document))
    }

    fn missed(&mut self, missed: &MissedRecord, _out: &mut dyn Write) -> io::Result<()> {
        let comma = if self.missed.is_empty() { "" } else { "," };
        write!(self.missed, "{comma}{}", line(&missed.missed))
    }

    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
        for found in found {
            if std::mem::replace(&mut self.begun, true) {
                out.write_all(b",")?;
            }
            out.write_all(line(&found.finding).as_bytes())?;
        }
        Ok(())
    }

    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n],\n\"documents\":[")?;
        self.documents.pour(out)?;
        out.write_all(b"\n],\n\"not_examined\":[")?;
        self.missed.pour(out)?;
        let counts = line(&Counts::new(ending));
        write!(out, "\n],\n\"summary\":{}}}\n", counts.trim_start())
    }
}

impl Counts {
    /// What was counted in a run.
    pub(super) fn new(ending: &Ending<'_>) -> Self {
        let summary = &ending.tally.summary;
        Self {
            statistics: ending.statistics.then(|| Statistics::of(summary)),
            examined: summary.examined,
            not_examined: summary.not_examined(),
            errors: summary.errors,
            warnings: summary.warnings,
            advice: summary.advice,
            suppressed: summary.suppressed,
            known: summary.known,
        }
    }
}

impl Finding {
    /// A finding at its place.
    pub(super) fn new(at: &Place<'_>, found: &Diagnostic) -> Self {
        let (span, start, end) = extent(at.source, found.primary);
        let related = found.related.iter().map(|label| {
            let (span, start, end) = extent(at.source, label.span);
            Related {
                message: label.message.clone(),
                span,
                start,
                end,
            }
        });
        Self {
            rule: found.rule.to_string(),
            severity: found.severity,
            confidence: found.confidence,
            message: found.message.clone(),
            help: found.help.clone(),
            fingerprint: found.fingerprint,
            authority: at.authority(&found.rule).to_vec(),
            path: at.path.to_string_lossy().into_owned(),
            part: None,
            span,
            start,
            end,
            related: related.collect(),
            fix: found.fix.as_ref().map(|fix| repair(at.source, fix)),
        }
    }
}

impl NotExamined {
    /// A path with the cause why it is left out.
    pub(crate) fn new(missed: &Missed) -> Self {
        Self {
            path: missed.path.to_string_lossy().into_owned(),
            cause: missed.refusal.cause,
            detail: missed.refusal.detail.clone(),
        }
    }
}

/// An object on a line of its own.
fn line(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("strings and numbers are always JSON");
    format!("\n{text}")
}

fn extent(source: &Source, span: Span) -> (Bytes, Position, Position) {
    let place = |offset| {
        let at = source.line_index().line_column(offset, source.text());
        Position {
            line: at.line,
            column: at.column,
        }
    };
    (bytes(source, span), place(span.start), place(span.end))
}

fn bytes(source: &Source, span: Span) -> Bytes {
    let file = source.file_span(span);
    Bytes {
        start: file.start,
        end: file.end,
    }
}

fn repair(source: &Source, fix: &Fix) -> Repair {
    let edits = fix.edits.iter().map(|edit| Replacement {
        span: bytes(source, edit.span),
        replacement: edit.replacement.clone(),
    });
    Repair {
        title: fix.title.clone(),
        applicability: fix.applicability,
        edits: edits.collect(),
    }
}

impl Document {
    /// A draft as a whole, without what it states and what its portions demand.
    pub(super) fn new(draft: &Examined) -> Self {
        let reading = &draft.verdict.reading;
        let scheme = draft.scheme();
        let header = reading.header.as_ref();
        let level = header
            .and_then(|header| header.level)
            .map(|used| scheme.level(used.level));
        let portions = reading.of(ElementKind::Portion).count();
        let marked = header.is_some() || portions > 0;
        Self {
            path: draft.path.to_string_lossy().into_owned(),
            form: reading.form,
            scheme: marked.then(|| scheme.name().to_owned()),
            date: reading.date.map(|date| date.to_string()),
            level: level.map(|level| level.name.to_string()),
            marking: None,
            required: None,
            portions,
            diagnostics: draft.verdict.diagnostics.len(),
        }
    }

    /// Adds what it states and what its portions demand, where its words may be shown.
    pub(super) fn word(&mut self, draft: &Examined) {
        if !draft.settings.redact {
            self.marking = marking(draft);
            self.required.clone_from(&draft.wording().required);
        }
    }
}

/// The marking of a draft as it states it: level and captions of a message, the banner of a document.
fn marking(draft: &Examined) -> Option<String> {
    let reading = &draft.verdict.reading;
    let header = reading.header.as_ref()?;
    let level = draft.scheme().level(header.level?.level);
    if reading.form == Form::Document {
        return Some(one_line(draft.source.slice(header.span)).into_owned());
    }
    let level = level.spellings.canonical(Surface::Header)?;
    let mut captions: Vec<&str> = Vec::new();
    for caption in reading.of(ElementKind::Caption) {
        let caption = draft.source.slice(caption.span);
        // Systems on the way repeat a caption above the drafter's own block: the last one counts.
        captions.retain(|before| *before != caption);
        captions.push(caption);
    }
    Some(match captions.as_slice() {
        [] => level.to_owned(),
        captions => format!("{level} // {}", captions.join(", ")),
    })
}

impl Output {
    /// The version that this program writes.
    pub const VERSION: u32 = VERSION;
}
