//! How a rule would put its findings right: edits of the text, made for each finding.

use super::raise::raised_banners;
use super::template::{Filling, Template};
use crate::checks::{Draft, Finding, Kinds};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::reading::{ElementKind, Reading, Rendering};
use crate::text::Span;

/// How a rule would put its findings right.
#[derive(Debug, Clone)]
pub(super) struct Repair {
    /// What it does, in the imperative.
    pub title: Template,
    /// Whether a person has to decide.
    pub applicability: Applicability,
    /// What is done.
    pub action: Action,
}

/// What is done to the text.
#[derive(Debug, Clone)]
pub(super) enum Action {
    /// Text in the place of what was found.
    Replace(Template),
    /// What was found is taken out, with its line where nothing else stands on it.
    Delete,
    /// A new line.
    Insert(Insertion),
    /// The banners of a document say what they and the portions demand together.
    Raise,
}

/// A line that is put in.
#[derive(Debug, Clone)]
pub(super) struct Insertion {
    /// It goes below the last element of the first of these kinds that occurs.
    pub below: Kinds,
    /// Its text.
    pub line: Template,
    /// Where that text goes in a telegram of labelled fields.
    pub field: Option<LabelledField>,
}

/// A labelled field that takes one more value.
#[derive(Debug, Clone)]
pub struct LabelledField {
    /// The element that holds its values.
    pub(super) element: ElementKind,
    /// What stands between two values.
    pub(super) separator: Box<str>,
    /// Its label, for a telegram that lacks the field.
    pub(super) label: Box<str>,
    /// Its line goes below the last element of the first of these kinds that occurs.
    pub(super) below: Kinds,
}

impl LabelledField {
    /// The edit that adds values: behind those of the field, or on a new line with its label; `None` where
    /// neither has a place.
    pub fn with(&self, values: &[&str], reading: &Reading, text: &str) -> Option<Edit> {
        let value = values.join(&self.separator);
        match reading.of(self.element).last() {
            Some(own) => Some(appended(text, own.span, &self.separator, &value)),
            None => below(
                &self.below,
                reading,
                text,
                &format!("{} {value}", self.label),
            ),
        }
    }
}

impl Insertion {
    fn edit(&self, draft: &Draft<'_>, filling: &Filling<'_>) -> Option<Edit> {
        let line = filled(&self.line, filling)?;
        let in_fields = draft.reading.rendering == Some(Rendering::Fields);
        match self.field.as_ref().filter(|_| in_fields) {
            None => below(&self.below, draft.reading, draft.text, &line),
            Some(field) => field.with(&[&line], draft.reading, draft.text),
        }
    }
}

impl Repair {
    /// The labelled field of an element that it would add a value to.
    pub(super) fn field(&self, element: ElementKind) -> Option<&LabelledField> {
        let Action::Insert(insertion) = &self.action else {
            return None;
        };
        insertion
            .field
            .as_ref()
            .filter(|own| own.element == element)
    }

    /// The fix of a finding; `None` where something that it needs is not there.
    pub(super) fn of(
        &self,
        finding: &Finding,
        draft: &Draft<'_>,
        filling: &Filling<'_>,
    ) -> Option<Fix> {
        let edit = match &self.action {
            Action::Raise => {
                let edits = raised_banners(draft.reading, draft.text, draft.scheme);
                let title = self.title.fill(filling);
                return (!edits.is_empty()).then_some(Fix {
                    title,
                    applicability: self.applicability,
                    edits,
                });
            }
            Action::Replace(text) => Edit {
                span: finding.span,
                replacement: filled(text, filling)?,
            },
            Action::Delete => Edit {
                span: deletable(draft.text, finding.span),
                replacement: String::new(),
            },
            Action::Insert(insertion) => insertion.edit(draft, filling)?,
        };
        Some(Fix {
            title: self.title.fill(filling),
            applicability: self.applicability,
            edits: vec![edit],
        })
    }
}

/// The text of a template that leaves nothing open.
fn filled(template: &Template, filling: &Filling<'_>) -> Option<String> {
    use super::template::Field::{Expected, Found};
    let lacks = template.wants(Expected) && filling.expected.is_empty()
        || template.wants(Found) && filling.found.is_empty();
    let text = template.fill(filling);
    (!lacks && !text.ends_with('\u{2026}')).then_some(text)
}

/// The place with its line where nothing else stands there, else with the blanks before it.
fn deletable(text: &str, span: Span) -> Span {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').map_or(after.len(), |at| at + 1);
    let blank = |part: Option<&str>| part.is_some_and(|part| part.trim().is_empty());
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    if blank(before.get(line_start..)) && blank(after.get(..line_end)) {
        return Span::new(offset(line_start), span.end + offset(line_end));
    }
    let kept = before.trim_end_matches([' ', '\t', ',']);
    Span::new(offset(kept.len().max(line_start)), span.end)
}

/// A new line below the last element of the first of the kinds that occurs.
fn below(kinds: &Kinds, reading: &Reading, text: &str, line: &str) -> Option<Edit> {
    let above = kinds.iter().find_map(|kind| reading.of(kind).last())?;
    Some(inserted_below(text, above.span, line))
}

/// One more value behind those of a field, or the first behind its label.
fn appended(text: &str, values: Span, separator: &str, value: &str) -> Edit {
    let before = text.get(..values.end as usize).unwrap_or_default();
    let between = match values.is_empty() {
        false => separator,
        true if before.ends_with([' ', '\t']) => "",
        true => " ",
    };
    Edit {
        span: Span::at(values.end),
        replacement: format!("{between}{value}"),
    }
}

/// A new line below the one in which a place ends, with the same kind of line end.
fn inserted_below(text: &str, above: Span, line: &str) -> Edit {
    let after = text.get(above.end as usize..).unwrap_or_default();
    let end_of_line = after.find('\n');
    let at = end_of_line.map_or(after.len(), |at| at + 1);
    let is_crlf =
        end_of_line.is_some_and(|at| after.get(..at).is_some_and(|line| line.ends_with('\r')));
    let ending = if is_crlf { "\r\n" } else { "\n" };
    let replacement = match end_of_line {
        Some(_) => format!("{line}{ending}"),
        None => format!("{ending}{line}"),
    };
    let at = above.end + u32::try_from(at).unwrap_or(u32::MAX);
    Edit {
        span: Span::at(at),
        replacement,
    }
}

#[cfg(test)]
mod tests {
    use super::{appended, deletable, inserted_below};
    use crate::text::Span;

    #[test]
    fn a_word_alone_on_its_line_goes_with_the_line() {
        let text = "ONE\n  TWO \nTHREE FOUR\n";
        assert_eq!(deletable(text, Span::new(6, 9)), Span::new(4, 11));
        assert_eq!(deletable(text, Span::new(17, 21)), Span::new(16, 21));
        assert_eq!(deletable("ONE", Span::new(0, 3)), Span::new(0, 3));
    }

    #[test]
    fn a_line_is_inserted_with_the_line_end_of_its_neighbour() {
        let edit = inserted_below("ONE\r\nTWO", Span::new(0, 3), "NEW");
        assert_eq!((edit.span.start, edit.replacement.as_str()), (5, "NEW\r\n"));
        let edit = inserted_below("ONE", Span::new(0, 3), "NEW");
        assert_eq!((edit.span.start, edit.replacement.as_str()), (3, "\nNEW"));
    }

    #[test]
    fn a_value_goes_behind_those_of_its_field() {
        let edit = |text: &str, start| {
            let end = u32::try_from(text.len()).unwrap();
            appended(text, Span::new(start, end), ", ", "NEW")
        };
        assert_eq!(edit("ALL: ONE", 5).replacement, ", NEW");
        assert_eq!(edit("ALL:", 4).replacement, " NEW");
        assert_eq!(edit("ALL: ", 5).replacement, "NEW");
        assert_eq!(edit("ALL: ONE", 5).span, Span::at(8));
    }
}
