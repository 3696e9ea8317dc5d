//! What holds of every place, in a draft and in a TOML file.

use caveat::diagnostic::Diagnostic;
use caveat::engine::Verdict;
use caveat::marking::Marking;
use caveat::problem::PackProblem;
use caveat::reading::Reading;
use caveat::text::{Source, Span};
use miette::{GraphicalReportHandler, GraphicalTheme};

/// That a span lies in a text, on the borders of characters.
pub(super) fn lies_in(span: Span, text: &str, what: &str) {
    assert!(
        text.get(span.range()).is_some(),
        "{what} at {}..{} in {} bytes",
        span.start,
        span.end,
        text.len()
    );
}

/// That every place of a marking lies in its text.
pub(super) fn marking_lies_in(marking: &Marking, text: &str) {
    let own = |span, what| lies_in(span, text, what);
    own(marking.span, "a marking");
    if let Some(owner) = &marking.owner {
        own(owner.span, "an owner");
        own(owner.sub_owner, "a sub-owner");
    }
    if let Some(level) = &marking.level {
        own(level.span, "a level");
    }
    for control in &marking.controls {
        own(control.span, "a control");
        own(control.value, "a value");
    }
    for value in &marking.values {
        own(value.span, "a value");
    }
    for fault in &marking.faults {
        own(fault.span, "a fault");
        fault
            .other
            .into_iter()
            .for_each(|span| own(span, "its other place"));
    }
}

/// That what was read lies in the text, and stands in its order.
fn reading_lies_in(reading: &Reading, text: &str) {
    if let Some(header) = &reading.header {
        marking_lies_in(header, text);
    }
    for element in &reading.elements {
        lies_in(element.span, text, "an element");
        if let Some(marking) = element.marking() {
            marking_lies_in(marking, text);
        }
    }
    let starts = reading.elements.iter().map(|element| element.span.start);
    assert!(
        starts.is_sorted(),
        "elements do not stand in the order of the text"
    );
}

/// That a finding lies in the text, has words, and names no more places than are shown.
fn finding_lies_in(found: &Diagnostic, text: &str) {
    lies_in(found.primary, text, &found.rule);
    assert!(
        !found.message.is_empty() && !found.plain.is_empty(),
        "{} says nothing",
        found.rule
    );
    assert!(
        found.related.len() <= 3,
        "{} names too many places",
        found.rule
    );
    for label in &found.related {
        lies_in(label.span, text, &found.rule);
    }
    let mut at = 0;
    for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
        lies_in(edit.span, text, &found.rule);
        assert!(
            edit.span.start >= at,
            "edits of {} overlap or stand in no order",
            found.rule
        );
        at = edit.span.end;
    }
}

/// That all that was read and found in a draft lies in it, in order, and in the bytes it came from.
pub(super) fn verdict_lies_in(verdict: &Verdict, source: &Source, bytes: u32) {
    let text = source.text();
    reading_lies_in(&verdict.reading, text);
    for found in &verdict.diagnostics {
        finding_lies_in(found, text);
        let file = source.file_span(found.primary);
        assert!(
            file.start <= file.end && file.end <= bytes,
            "{} beside the file",
            found.rule
        );
    }
    let keys = verdict
        .diagnostics
        .iter()
        .map(|found| (found.primary, &found.rule));
    assert!(
        keys.is_sorted_by(|one, next| one < next),
        "findings have no order"
    );
}

/// The rules of what was found, in its order.
pub(super) fn rules_of(verdict: &Verdict) -> Vec<&str> {
    let findings = verdict.diagnostics.iter();
    findings.map(|found| &*found.rule).collect()
}

/// That each problem lies in its file, and can be shown.
pub(super) fn problems_lie_in_their_files(problems: &[PackProblem]) {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
    for problem in problems {
        let (place, text) = (problem.place(), problem.text());
        assert!(
            text.get(place.clone()).is_some(),
            "`{problem}` at {place:?} in {} bytes",
            text.len()
        );
        let mut shown = String::new();
        handler
            .render_report(&mut shown, problem)
            .expect("a String takes text");
        assert!(!shown.is_empty());
    }
}
