//! The JSON report, version 1. These shapes are a promise: programs read them.

use super::{Ending, Place, Report, one_line};
use crate::audit::Examined;
use crate::diagnostic::{Applicability, Confidence, Diagnostic, Fix, Severity};
use crate::fingerprint::Fingerprint;
use crate::input::Cause;
use crate::marking::Surface;
use crate::reading::{ElementKind, Form};
use crate::text::{Source, Span};
use schemars::JsonSchema;
use serde::Serialize;

/// Version of the report.
const VERSION: u32 = 1;

/// The whole report.
#[derive(Debug, Serialize, JsonSchema)]
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
#[derive(Debug, Serialize, JsonSchema)]
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
#[derive(Debug, Serialize, JsonSchema)]
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
#[derive(Debug, Serialize, JsonSchema)]
pub struct Bytes {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A place for people.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// How a finding could be put right.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Repair {
    /// What it does.
    pub title: String,
    /// Whether a person has to decide.
    pub applicability: Applicability,
    /// Replacements, in order, not overlapping.
    pub edits: Vec<Replacement>,
}

/// One replacement.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Replacement {
    /// Bytes of the original file that are replaced.
    pub span: Bytes,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A draft that was examined.
#[derive(Debug, Serialize, JsonSchema)]
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
#[derive(Debug, Serialize, JsonSchema)]
pub struct NotExamined {
    /// The file or folder.
    pub path: String,
    /// Why.
    pub cause: Cause,
    /// The circumstances.
    pub detail: String,
}

/// What was counted.
#[derive(Debug, Serialize, JsonSchema)]
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
}

/// The report for programs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json;

impl Report for Json {
    fn opening(&self) -> &'static str {
        "{\"version\":1,\n\"diagnostics\":["
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn finding(&self, place: &Place<'_>, found: &Diagnostic) -> String {
        let (span, start, end) = extent(place.source, found.primary);
        let related = found.related.iter().map(|label| {
            let (span, start, end) = extent(place.source, label.span);
            Related {
                message: label.message.clone(),
                span,
                start,
                end,
            }
        });
        line(&Finding {
            rule: found.rule.to_string(),
            severity: found.severity,
            confidence: found.confidence,
            message: found.message.clone(),
            help: found.help.clone(),
            fingerprint: found.fingerprint,
            authority: place.authority(&found.rule).to_vec(),
            path: place.path.to_string_lossy().into_owned(),
            part: None,
            span,
            start,
            end,
            related: related.collect(),
            fix: found.fix.as_ref().map(|fix| repair(place.source, fix)),
        })
    }

    fn document(&self, draft: &Examined) -> Option<String> {
        Some(line(&document(draft)))
    }

    fn closing(&self, ending: &Ending<'_>) -> String {
        let missed = ending.missed.iter().map(|missed| {
            line(&NotExamined {
                path: missed.path.to_string_lossy().into_owned(),
                cause: missed.refusal.cause,
                detail: missed.refusal.detail.clone(),
            })
        });
        let summary = ending.summary;
        let counts = Counts {
            examined: summary.examined,
            not_examined: summary.not_examined(),
            errors: summary.errors,
            warnings: summary.warnings,
            advice: summary.advice,
            suppressed: summary.suppressed,
        };
        let missed: Vec<String> = missed.collect();
        format!(
            "\n],\n\"documents\":[{}\n],\n\"not_examined\":[{}\n],\n\"summary\":{}}}\n",
            ending.documents.join(","),
            missed.join(","),
            line(&counts).trim_start()
        )
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

fn document(draft: &Examined) -> Document {
    let reading = &draft.verdict.reading;
    let (scheme, shown) = (draft.scheme(), !draft.settings.redact);
    let header = reading.header.as_ref();
    let level = header
        .and_then(|header| header.level)
        .map(|used| scheme.level(used.level));
    let portions = reading.of(ElementKind::Portion).count();
    let marked = header.is_some() || portions > 0;
    Document {
        path: draft.path.to_string_lossy().into_owned(),
        form: reading.form,
        scheme: marked.then(|| scheme.name().to_owned()),
        date: reading.date.map(|date| date.to_string()),
        level: level.map(|level| level.name.clone()),
        marking: marking(draft).filter(|_| shown),
        required: draft.verdict.required.clone().filter(|_| shown),
        portions,
        diagnostics: draft.verdict.diagnostics.len(),
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
