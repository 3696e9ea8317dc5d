//! Findings as editors show them.

use super::documents::Outcome;
use super::position::{Places, Unit};
use super::view::View;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::marking::{Fault, Marking};
use crate::problem::PackProblem;
use crate::reading::Element;
use crate::rules::Rule;
use crate::text::{LineIndex, Span};
use gen_lsp_types as lsp;
use gen_lsp_types::{DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, TextEdit};
use jiff::civil::Date;
use serde::Serialize;

/// Who says it.
pub(super) const SOURCE: &str = "caveat";

/// What an editor gets with a finding, beyond what it shows.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data<'d> {
    authority: &'d [String],
    help: Option<&'d str>,
    fix: Option<Fix<'d>>,
}

#[derive(Debug, Serialize)]
struct Fix<'d> {
    title: &'d str,
    applicability: Applicability,
    edits: Vec<TextEdit>,
}

/// Every finding of a draft.
pub(super) fn all(view: &View<'_>) -> Vec<lsp::Diagnostic> {
    let found = view.examined.verdict.diagnostics.iter();
    found.map(|found| one(found, view)).collect()
}

/// One finding.
pub(super) fn one(found: &Diagnostic, view: &View<'_>) -> lsp::Diagnostic {
    let rule = view.rules().rule(&found.rule);
    let fix = found.fix.as_ref().map(|fix| Fix {
        title: &fix.title,
        applicability: fix.applicability,
        edits: edits(&fix.edits, view),
    });
    let data = Data {
        authority: rule.map_or(&[], Rule::citations),
        help: found.help.as_deref(),
        fix,
    };
    let related = found.related.iter().map(|label| {
        let range = view.range(label.span);
        let location = lsp::Location {
            uri: view.uri.clone(),
            range,
        };
        DiagnosticRelatedInformation {
            location,
            message: label.message.clone(),
        }
    });
    let related: Vec<_> = related.filter(|_| view.client.related).collect();
    let page = view.page_of(&found.rule).filter(|_| view.client.links);
    lsp::Diagnostic {
        range: view.range(found.primary),
        severity: Some(severity(found.severity)),
        code: Some(lsp::Code::String(found.rule.to_string())),
        code_description: page.map(|href| lsp::CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: lsp::Message::String(message(found)),
        tags: is_superseded(found, view).then(|| vec![DiagnosticTag::Deprecated]),
        related_information: (!related.is_empty()).then_some(related),
        data: serde_json::to_value(data).ok(),
    }
}

/// What is wrong, and the one thing to do about it.
fn message(found: &Diagnostic) -> String {
    match &found.help {
        Some(help) => format!("{}\nhelp: {help}", found.message),
        None => found.message.clone(),
    }
}

/// The edits of a fix, or of several.
pub(super) fn edits<'e>(
    edits: impl IntoIterator<Item = &'e crate::diagnostic::Edit>,
    view: &View<'_>,
) -> Vec<TextEdit> {
    let edits = edits.into_iter().map(|edit| TextEdit {
        range: view.range(edit.span),
        new_text: edit.replacement.clone(),
    });
    edits.collect()
}

const fn severity(own: Severity) -> DiagnosticSeverity {
    match own {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Advice => DiagnosticSeverity::Information,
    }
}

/// Whether a finding stands on a word that was right once and is not any more.
fn is_superseded(found: &Diagnostic, view: &View<'_>) -> bool {
    let (day, place) = (view.day(), found.primary);
    let ended = |element: &Element| {
        let term = view.term(element).filter(|_| element.span == place);
        let by_term = term.and_then(|term| term.until);
        by_term.is_some_and(|last| last.0 < day)
            || element
                .marking()
                .is_some_and(|marking| has_ended(marking, place, day, view))
    };
    let elements = &view.reading().elements;
    elements
        .iter()
        .filter(|element| element.span.contains(place))
        .any(ended)
}

/// Whether the part of a marking at a place has had its day.
fn has_ended(marking: &Marking, place: Span, day: Date, view: &View<'_>) -> bool {
    let scheme = view.scheme();
    let here = |span: Span| span == place || marking.span == place;
    let obsolete = |fault: &Fault| *fault == Fault::Obsolete;
    let mut faults = marking.faults.iter();
    faults.any(|found| here(found.span) && obsolete(&found.fault))
        || marking.level.is_some_and(|used| {
            let last = scheme.level(used.level).until;
            here(used.span) && last.is_some_and(|last| last.0 < day)
        })
        || marking.controls.iter().any(|used| {
            let last = scheme.control(used.control).until;
            here(used.span) && last.is_some_and(|last| last.0 < day)
        })
}

/// What is said of a draft that was not examined.
pub(super) fn of_outcome(outcome: &Outcome) -> Vec<lsp::Diagnostic> {
    match outcome {
        Outcome::Refused(why) => {
            vec![plain(
                lsp::Range::default(),
                DiagnosticSeverity::Warning,
                why,
            )]
        }
        Outcome::Examined(_) | Outcome::NoDraft => Vec::new(),
    }
}

/// What is wrong in a file of the configuration.
pub(super) fn of_problems(problems: &[PackProblem], unit: Unit) -> Vec<lsp::Diagnostic> {
    let one = |problem: &PackProblem| {
        let lines = LineIndex::new(problem.text());
        let places = Places::new(problem.text(), &lines, unit);
        let place = problem.place();
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let range = places.range(Span::new(offset(place.start), offset(place.end)));
        let help = miette::Diagnostic::help(problem);
        let message = help.map_or_else(
            || problem.to_string(),
            |help| format!("{problem}\nhelp: {help}"),
        );
        plain(range, DiagnosticSeverity::Error, &message)
    };
    problems.iter().map(one).collect()
}

fn plain(range: lsp::Range, severity: DiagnosticSeverity, message: &str) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range,
        severity: Some(severity),
        code: None,
        code_description: None,
        source: Some(SOURCE.to_owned()),
        message: lsp::Message::String(message.to_owned()),
        tags: None,
        related_information: None,
        data: None,
    }
}
