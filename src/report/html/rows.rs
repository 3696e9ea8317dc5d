//! The rows of the tables: documents, findings, paths that were not examined.

use crate::diagnostic::Severity;
use crate::input::Cause;
use crate::report::excerpt::Quotation;
use crate::report::{DraftRecord, Found, one_line};
use maud::{Markup, html};

pub(super) fn document_head() -> Markup {
    html! {
        thead { tr {
            th.w4 { "Draft" } th.w1 { "Kind" } th.w1 { "Date" } th.w2 { "Header" }
            th.w2 { "Portions require" } th { "Portions" } th { "Findings" }
        } }
    }
}

/// A draft: what its header says against what its portions require.
pub(super) fn document(draft: &DraftRecord, redact: bool) -> Markup {
    let document = &draft.document;
    let pick = |whole: &Option<String>, words: &Option<String>| {
        let whole = whole.as_ref().filter(|_| !redact);
        whole
            .or(words.as_ref())
            .map(|text| one_line(text).into_owned())
    };
    let header = pick(&document.marking, &draft.words.header).or_else(|| document.level.clone());
    let required = pick(&document.required, &draft.words.required);
    let differ = draft.words.required.is_some() && draft.words.header != draft.words.required;
    let kinds = [Severity::Error, Severity::Warning, Severity::Advice];
    let counts = kinds.map(|kind| (kind.word(), draft.count(kind)));
    let has = counts.iter().filter(|(_, count)| *count > 0);
    let words: Vec<&str> = has.clone().map(|(word, _)| *word).collect();
    html! {
        tr data-s=(words.join(" ")) {
            td { (one_line(&document.path)) }
            td { (document.form.word()) }
            td { (document.date.as_deref().unwrap_or("")) }
            td { (header.as_deref().unwrap_or("\u{2013}")) }
            td class=[differ.then_some("error")] { (required.as_deref().unwrap_or("\u{2013}")) }
            td {
                @for (level, count) in &draft.levels { (count) " " (level) " " }
            }
            td data-v=(draft.findings.len()) {
                @for (word, count) in has { span class=(word) { (count) " " (word) } " " }
            }
        }
    }
}

pub(super) fn finding_head() -> Markup {
    html! {
        thead { tr { th.w1 { "Severity" } th.w3 { "Place" } th { "Finding" } th.w3 { "Rule" } } }
    }
}

/// A finding, with its lines where they may be shown.
pub(super) fn finding(found: &Found, redact: bool) -> Markup {
    let finding = &found.finding;
    let severity = finding.severity;
    html! {
        tr data-s=(severity.word()) {
            td class=(severity.word()) data-v=(severity as u8) { (severity.word()) }
            td { (one_line(&finding.path)) ":" (finding.start.line) ":" (finding.start.column) }
            td {
                (one_line(found.message(redact)))
                @if let Some(help) = &finding.help { p.soft { (one_line(help)) } }
                @if let Some(quotation) = found.excerpt.as_ref().filter(|_| !redact) { (quoted(quotation)) }
            }
            td { code { (finding.rule) } }
        }
    }
}

/// The lines of an excerpt, the place marked.
fn quoted(quotation: &Quotation) -> Markup {
    let place = &quotation.primary;
    html! {
        pre {
            @for (number, start, text, follows) in quotation.excerpt.lines() {
                @if !follows { "   \u{22ef}\n" }
                @let from = place.start.clamp(start, start + text.len()) - start;
                @let to = place.end.clamp(start, start + text.len()) - start;
                @let (before, rest) = text.split_at_checked(from).unwrap_or((text, ""));
                @let (inside, after) = rest.split_at_checked(to.saturating_sub(from)).unwrap_or((rest, ""));
                (format!("{number:>4} ")) (before)
                @if !inside.is_empty() { mark { (inside) } }
                (after) "\n"
            }
        }
    }
}

pub(super) fn missed_head() -> Markup {
    html! { thead { tr { th.w4 { "Path" } th.w2 { "Cause" } th { "Circumstances" } } } }
}

/// A path that was not examined.
pub(super) fn missed(path: &str, cause: Cause, detail: &str) -> Markup {
    html! {
        tr {
            td { (one_line(path)) }
            td class=[cause.is_gap().then_some("error")] { (cause.word()) }
            td { (one_line(detail)) }
        }
    }
}
