//! Safe fixes of a whole draft, or of a part of it, made until there is none left.

use super::position::Places;
use super::view::{View, touch};
use crate::audit::judge;
use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::fix::{apply, weakens};
use crate::text::{LineIndex, Source, Span};
use gen_lsp_types::TextEdit;

/// Rounds after which fixes that call for each other are given up.
const ROUNDS: usize = 8;

/// What makes the draft right in form, within a span or everywhere; empty where nothing is to be done.
///
/// One round of fixes is given edit by edit, so that the editor keeps its marks; where a round calls for
/// another one, what differs at last is given as one edit.
pub(super) fn safe(view: &View<'_>, within: Option<Span>) -> Vec<TextEdit> {
    let wanted = |found: &&Diagnostic| within.is_none_or(|within| touch(found.primary, within));
    let found = view.examined.verdict.diagnostics.iter().filter(wanted);
    let first: Vec<&Edit> = of(found).collect();
    if first.is_empty() {
        return Vec::new();
    }
    let (text, made) = apply(view.text(), first.iter().copied());
    let (last, rounds) = settled(view, text, within.is_some());
    if rounds == 0 && made == first.len() {
        return super::diagnostics::edits(first, view);
    }
    difference(view, &last)
}

/// The edits of the safe fixes.
fn of<'d>(found: impl Iterator<Item = &'d Diagnostic>) -> impl Iterator<Item = &'d Edit> {
    let fixes = found.filter_map(|found| found.fix.as_ref());
    fixes
        .filter(|fix| fix.applicability == Applicability::Safe)
        .flat_map(|fix| &fix.edits)
}

/// A text after further rounds, and how many changed something.
fn settled(view: &View<'_>, mut text: String, once: bool) -> (String, usize) {
    let examined = view.examined;
    let mut rounds = 0;
    while rounds < ROUNDS && !once {
        let source = Source::from_text(examined.source.name(), text.as_str());
        let (project, settings) = (&examined.project, &examined.settings);
        let next = judge(source, &examined.path, project, settings);
        if weakens(view.reading(), &next.verdict.reading, view.scheme()) {
            return (view.text().to_owned(), rounds + 1);
        }
        let (changed, _) = apply(&text, of(next.verdict.diagnostics.iter()));
        if changed == text {
            break;
        }
        text = changed;
        rounds += 1;
    }
    (text, rounds)
}

/// One edit that makes the draft another text; none where it is that text already.
fn difference(view: &View<'_>, after: &str) -> Vec<TextEdit> {
    let before = view.text();
    if before == after {
        return Vec::new();
    }
    let same = before.char_indices().zip(after.chars());
    let start = same
        .take_while(|((_, old), new)| old == new)
        .last()
        .map_or(0, |((at, letter), _)| at + letter.len_utf8());
    let (old, new) = (
        before.get(start..).unwrap_or_default(),
        after.get(start..).unwrap_or_default(),
    );
    let tail: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(old, new)| old == new)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let span = Span::new(offset(start), offset(before.len() - tail));
    let lines = LineIndex::new(before);
    let places = Places::new(before, &lines, view.places.unit());
    vec![TextEdit {
        range: places.range(span),
        new_text: after
            .get(start..after.len() - tail)
            .unwrap_or_default()
            .to_owned(),
    }]
}
