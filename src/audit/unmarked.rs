//! Drafts that must carry a marking and carry none.

use crate::config::MARKING_MISSING;
use crate::diagnostic::{Diagnostic, Severity};
use crate::marking::{Scheme, Surface, parse};
use crate::reading::{Element, ElementKind, Reading};
use crate::text::{Source, Span};

/// The finding on a draft without any marking; `None` where it carries one.
pub(super) fn unmarked(
    source: &Source,
    reading: &Reading,
    scheme: &Scheme,
    severity: Severity,
) -> Option<Diagnostic> {
    let header = reading.header.as_ref();
    let read = header.is_some_and(|header| header.level.is_some())
        || reading.elements.iter().any(speaks_of_level);
    if read || any_line_is_marked(source, scheme) {
        return None;
    }
    Some(MARKING_MISSING.found(first_line(source), severity))
}

/// Whether an element is a marking, be it a wrong one: then other rules speak of it.
fn speaks_of_level(element: &Element) -> bool {
    matches!(
        element.kind,
        ElementKind::Level
            | ElementKind::UnknownLevel
            | ElementKind::RepeatedLevel
            | ElementKind::Portion
            | ElementKind::SubjectMark
            | ElementKind::EntireText
    )
}

/// Whether a line is a banner, or begins with a portion mark.
fn any_line_is_marked(source: &Source, scheme: &Scheme) -> bool {
    let [open, close] = &scheme.syntax().portion;
    let states = |text: &str, surface| {
        let marking = parse(text, 0, scheme, surface);
        marking.level.is_some() && marking.is_understood()
    };
    source.text().lines().map(str::trim).any(|text| {
        let mark = text
            .strip_prefix(open.as_str())
            .and_then(|rest| rest.split_once(close.as_str()));
        states(text, Surface::Banner)
            || mark.is_some_and(|(mark, _)| states(mark, Surface::Portion))
    })
}

/// The first line that holds something.
fn first_line(source: &Source) -> Span {
    let text = source.text();
    let rest = text.trim_start();
    let length = rest.lines().next().unwrap_or_default().trim_end().len();
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let start = offset(text.len() - rest.len());
    Span::new(start, start + offset(length))
}

#[cfg(test)]
mod tests {
    use super::unmarked;
    use crate::diagnostic::Severity;
    use crate::reading::{Form, Reading};
    use crate::rules::RuleSet;
    use crate::text::Source;

    fn found(text: &str) -> bool {
        let rules = RuleSet::shipped().unwrap();
        let source = Source::from_text("draft", text);
        let reading = Reading::empty(Form::Text);
        unmarked(&source, &reading, rules.scheme(), Severity::Error).is_some()
    }

    #[test]
    fn a_draft_without_a_banner_or_a_portion_mark_is_found() {
        assert!(found("\nThe harvest was good.\n"));
        assert!(found(""));
        let rules = RuleSet::shipped().unwrap();
        let (_, level) = rules.scheme().levels().last().unwrap();
        assert!(!found(&format!(
            "\n  {}\n\nThe harvest was good.\n",
            level.name
        )));
        let short = level
            .spellings
            .canonical(crate::marking::Surface::Portion)
            .unwrap();
        assert!(!found(&format!("({short}) The harvest was good.\n")));
        assert!(found(&format!(
            "The {} was kept.\n",
            level.name.to_lowercase()
        )));
    }
}
