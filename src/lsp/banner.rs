//! The marking of the whole, raised to what the portions require.

use super::view::View;
use crate::audit::judge;
use crate::diagnostic::Edit;
use crate::fix::{apply, weakens};
use crate::marking::{LevelId, Statement, Style, Surface, Vocabulary};
use crate::reading::{Element, ElementKind, Form, Rendering};
use crate::rules::{demanded_with, raised_banners};
use crate::text::{Source, Span};
use std::sync::Arc;

/// The change that raises the marking of the whole.
pub(super) struct Raise {
    /// What it comes to.
    pub(super) marking: String,
    /// Replacements and insertions.
    pub(super) edits: Vec<Edit>,
}

/// What raises the marking of the whole to what the portions require; `None` where it says all of that
/// already, where that is not known, or where a reader would find less in the result.
pub(super) fn raise(view: &View<'_>) -> Option<Raise> {
    view.examined.wording().required.as_ref()?;
    let raise = match view.reading().form {
        Form::Document => in_banners(view)?,
        Form::Telegram => in_header(view)?,
        Form::Text => return None,
    };
    let (text, _) = apply(view.text(), &raise.edits);
    let source = Source::from_text(view.examined.source.name(), text);
    let (project, settings) = (&view.examined.project, Arc::clone(&view.examined.settings));
    let after = judge(source, &view.examined.path, project, &settings);
    (!weakens(view.reading(), &after.verdict.reading, view.scheme())).then_some(raise)
}

fn in_banners(view: &View<'_>) -> Option<Raise> {
    let edits = raised_banners(view.reading(), view.text(), view.scheme());
    let marking = edits.first()?.replacement.clone();
    Some(Raise { marking, edits })
}

fn in_header(view: &View<'_>) -> Option<Raise> {
    let (scheme, header) = (view.scheme(), view.reading().header.as_ref()?);
    let demand = demanded_with(header, view.reading(), view.text(), scheme);
    let (level, old) = (demand.level?, header.level?.level);
    let mut edits = Vec::new();
    let word = scheme.level(level).spellings.best(Surface::Header)?;
    if level != old {
        let same = |element: &&Element| states(element, old);
        let levels = view.reading().elements.iter().filter(same);
        edits.extend(levels.map(|element| Edit {
            span: element.span,
            replacement: spaced_like(word, view.slice(element.span)),
        }));
    }
    let mut lines = Vec::new();
    for stated in &demand.statement.controls {
        if header.has(stated.control) {
            continue;
        }
        let name = &scheme.control(stated.control).name;
        let captions = view.vocabulary(ElementKind::Caption);
        let mut terms = captions.into_iter().flat_map(Vocabulary::terms);
        let caption = terms.find(|term| {
            term.control.as_deref() == Some(name) && term.word == *name && stated.values.is_empty()
        });
        let alone = Statement {
            owner: None,
            level: None,
            controls: vec![stated.clone()],
        };
        lines.push(caption.map_or_else(
            || alone.render(scheme, Surface::Header, Style::Canonical),
            |term| term.word.to_string(),
        ));
    }
    if edits.is_empty() && lines.is_empty() {
        return None;
    }
    let marking = std::iter::once(word).chain(lines.iter().map(String::as_str));
    let marking = marking.collect::<Vec<_>>().join(", ");
    edits.extend(added(view, &lines));
    Some(Raise { marking, edits })
}

/// Whether an element repeats the level of the header.
fn states(element: &Element, level: LevelId) -> bool {
    let kind = matches!(
        element.kind,
        ElementKind::Level
            | ElementKind::SectionLevel
            | ElementKind::OpeningLevel
            | ElementKind::ClosingLevel
            | ElementKind::RepeatedLevel
    );
    let own = element.marking().and_then(|marking| marking.level);
    kind && own.is_some_and(|own| own.level == level)
}

/// A word with blanks between its letters, where the old one is written so.
fn spaced_like(word: &str, old: &str) -> String {
    let mut letters = old.chars().skip(1).step_by(2);
    if old.len() < 3 || !letters.all(|letter| letter == ' ') {
        return word.to_owned();
    }
    let letters: Vec<String> = word.chars().map(String::from).collect();
    letters.join(" ")
}

/// Captions in the field that a telegram of labelled fields has for them, or on lines of their own.
fn added(view: &View<'_>, captions: &[String]) -> Option<Edit> {
    if captions.is_empty() {
        return None;
    }
    let in_fields = view.reading().rendering == Some(Rendering::Fields);
    let field = view.rules().field(ElementKind::CaptionField);
    match field.filter(|_| in_fields) {
        Some(field) => {
            let captions: Vec<&str> = captions.iter().map(String::as_str).collect();
            field.with(&captions, view.reading(), view.text())
        }
        None => insertion(view, captions),
    }
}

/// Lines below the captions that stand, or below the reference line.
fn insertion(view: &View<'_>, lines: &[String]) -> Option<Edit> {
    let reading = view.reading();
    let caption = reading.of(ElementKind::Caption).last();
    let above = caption.or_else(|| reading.first(ElementKind::MrnLine))?;
    let line = view.places.line(above.span.end);
    let end = if view.text().contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let mut inserted = String::new();
    if caption.is_none() {
        inserted.push_str(end);
    }
    for line in lines {
        inserted.push_str(end);
        inserted.push_str(line);
    }
    Some(Edit {
        span: Span::at(line.end),
        replacement: inserted,
    })
}

#[cfg(test)]
mod tests {
    use super::spaced_like;

    #[test]
    fn a_word_is_spaced_as_the_one_that_it_replaces() {
        assert_eq!(spaced_like("DEEP", "S H A L L O W"), "D E E P");
        assert_eq!(spaced_like("DEEP", "SHALLOW"), "DEEP");
        assert_eq!(spaced_like("DEEP", "S"), "DEEP");
    }
}
