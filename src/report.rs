//! L9: findings for people and for programs. Every path is accounted for in each.

use crate::cli::{Examined, Missed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::marking::Surface;
use crate::reading::ElementKind;
use crate::rules::RuleSet;
use crate::text::{Source, Span};
use miette::{GraphicalReportHandler, LabeledSpan, MietteDiagnostic, NamedSource};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Excerpts with labels, help and authority.
pub(crate) fn full(
    examined: &[Examined],
    missed: &[Missed],
    rules: &RuleSet,
    redact: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if redact {
        return concise(examined, missed, out);
    }
    let handler = GraphicalReportHandler::new();
    for draft in examined {
        for found in &draft.verdict.diagnostics {
            let authority = rules
                .rule(&found.rule)
                .map(|rule| rule.entry.authority.join("; "));
            let labels = found.related.iter().map(|label| {
                LabeledSpan::new_with_span(Some(label.message.clone()), label.span.range())
            });
            let primary = LabeledSpan::new_primary_with_span(
                Some(found.label.clone()).filter(|label| !label.is_empty()),
                found.primary.range(),
            );
            let help = format!(
                "{}\nauthority: {}; more: caveat explain {}",
                found.help.as_deref().unwrap_or_default(),
                authority.unwrap_or_default(),
                found.rule
            );
            let diagnostic = MietteDiagnostic::new(found.message.clone())
                .with_code(&*found.rule)
                .with_severity(severity(found.severity))
                .with_help(help)
                .with_labels(std::iter::once(primary).chain(labels));
            let text = NamedSource::new(draft.source.name(), draft.source.text().to_owned());
            let report = miette::Report::new(diagnostic).with_source_code(text);
            let mut page = String::new();
            handler
                .render_report(&mut page, report.as_ref())
                .map_err(io::Error::other)?;
            write!(out, "{page}")?;
        }
    }
    closing(examined, missed, out)
}

const fn severity(severity: Severity) -> miette::Severity {
    match severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
        Severity::Advice => miette::Severity::Advice,
    }
}

/// One line a finding: `path:line:column: severity pack/name message`.
pub(crate) fn concise(
    examined: &[Examined],
    missed: &[Missed],
    out: &mut dyn Write,
) -> io::Result<()> {
    for draft in examined {
        for found in &draft.verdict.diagnostics {
            let at = place(&draft.source, found.primary.start);
            let (path, word) = (draft.path.display(), found.severity.word());
            writeln!(
                out,
                "{path}:{}:{}: {word} {} {}",
                at.0, at.1, found.rule, found.message
            )?;
        }
    }
    closing(examined, missed, out)
}

fn closing(examined: &[Examined], missed: &[Missed], out: &mut dyn Write) -> io::Result<()> {
    let findings: usize = examined
        .iter()
        .map(|draft| draft.verdict.diagnostics.len())
        .sum();
    let all = examined.len() + missed.len();
    writeln!(
        out,
        "{} of {all} examined, {findings} findings",
        examined.len()
    )?;
    for draft in missed {
        writeln!(
            out,
            "not examined: {}: {} ({})",
            draft.path.display(),
            draft.cause,
            draft.detail
        )?;
    }
    Ok(())
}

/// The JSON report, version 1.
pub(crate) fn json(
    examined: &[Examined],
    missed: &[Missed],
    rules: &RuleSet,
    redact: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let all = || examined.iter().flat_map(|draft| &draft.verdict.diagnostics);
    let count = |severity| all().filter(|found| found.severity == severity).count();
    let diagnostics: Vec<Value> = examined
        .iter()
        .flat_map(|draft| {
            draft
                .verdict
                .diagnostics
                .iter()
                .map(|found| finding(draft, found, rules))
        })
        .collect();
    let documents: Vec<Value> = examined
        .iter()
        .map(|draft| document(draft, rules, redact))
        .collect();
    let not_examined: Vec<Value> = missed
        .iter()
        .map(|draft| json!({"path": draft.path.to_string_lossy(), "cause": draft.cause, "detail": draft.detail}))
        .collect();
    let report = json!({
        "version": 1,
        "diagnostics": diagnostics,
        "documents": documents,
        "not_examined": not_examined,
        "summary": {
            "examined": examined.len(),
            "not_examined": missed.len(),
            "errors": count(Severity::Error),
            "warnings": count(Severity::Warning),
            "advice": count(Severity::Advice),
            "suppressed": 0
        }
    });
    writeln!(out, "{report}")
}

fn finding(draft: &Examined, found: &Diagnostic, rules: &RuleSet) -> Value {
    let authority = rules
        .rule(&found.rule)
        .map(|rule| rule.entry.authority.clone());
    let related: Vec<Value> = found
        .related
        .iter()
        .map(|label| {
            let mut value = span(&draft.source, label.span);
            value["message"] = json!(label.message);
            value
        })
        .collect();
    let mut value = span(&draft.source, found.primary);
    value["rule"] = json!(&*found.rule);
    value["severity"] = json!(found.severity.word());
    value["confidence"] = json!(found.confidence.word());
    value["message"] = json!(found.message);
    value["help"] = json!(found.help);
    value["authority"] = json!(authority);
    value["path"] = json!(draft.path.to_string_lossy());
    value["part"] = Value::Null;
    value["related"] = json!(related);
    value["fix"] = Value::Null;
    value
}

fn document(draft: &Examined, rules: &RuleSet, redact: bool) -> Value {
    let reading = &draft.verdict.reading;
    let scheme = rules.scheme();
    let header = reading.header.as_ref();
    let level = header
        .and_then(|header| header.level)
        .map(|used| scheme.level(used.level));
    let captions: Vec<&str> = reading
        .of(ElementKind::Caption)
        .map(|caption| draft.source.slice(caption.span))
        .collect();
    let written = level.and_then(|level| level.spellings.canonical(Surface::Header));
    let marking = written
        .filter(|_| !redact)
        .map(|level| match captions.as_slice() {
            [] => level.to_owned(),
            captions => format!("{level} // {}", captions.join(", ")),
        });
    json!({
        "path": draft.path.to_string_lossy(),
        "form": reading.form.word(),
        "scheme": header.map(|_| scheme.name()),
        "date": reading.date.map(|date| date.to_string()),
        "level": level.map(|level| level.name.as_str()),
        "marking": marking,
        "required": Value::Null,
        "portions": reading.of(ElementKind::Portion).count(),
        "diagnostics": draft.verdict.diagnostics.len()
    })
}

fn place(source: &Source, offset: u32) -> (u32, u32) {
    let at = source.line_index().line_column(offset, source.text());
    (at.line, at.column)
}

fn span(source: &Source, span: Span) -> Value {
    let bytes = source.file_span(span);
    let (start, end) = (place(source, span.start), place(source, span.end));
    json!({
        "span": {"start": bytes.start, "end": bytes.end},
        "start": {"line": start.0, "column": start.1},
        "end": {"line": end.0, "column": end.1}
    })
}
