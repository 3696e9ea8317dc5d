//! Marks and words as coloured pieces: the kind says what they are, the rank how high.

use super::hover::is_of_the_whole;
use super::view::View;
use crate::marking::{LevelId, Scheme};
use crate::reading::{Element, ElementKind};
use gen_lsp_types::{SemanticToken, SemanticTokensLegend};
use std::cmp::Ordering;

/// Kinds of piece, of those that every theme knows: marks, captions, tags, and numbers and times.
const KINDS: [&str; 4] = ["keyword", "decorator", "type", "number"];

/// Ranks that have a name of their own; a higher one has the last.
const RANKS: usize = 8;

/// The names of kinds and modifiers: `rank0` is the lowest level of a scheme.
pub(super) fn legend() -> SemanticTokensLegend {
    let ranks = (0..RANKS).map(|rank| format!("rank{rank}"));
    SemanticTokensLegend {
        token_types: KINDS.map(str::to_owned).to_vec(),
        token_modifiers: ranks.chain(["deprecated".to_owned()]).collect(),
    }
}

/// Every piece of a draft, in order.
pub(super) fn tokens(view: &View<'_>) -> Vec<SemanticToken> {
    let mut pieces: Vec<(&Element, u32)> = view
        .reading()
        .elements
        .iter()
        .filter_map(|element| Some((element, kind(element)?)))
        .collect();
    pieces.sort_by_key(|(element, _)| element.span);
    let (mut tokens, mut end) = (Vec::new(), 0);
    let (mut line, mut column) = (0, 0);
    for (element, kind) in pieces {
        let text = view.slice(element.span);
        if element.span.start < end || text.is_empty() || text.contains(['\n', '\r']) {
            continue;
        }
        end = element.span.end;
        let place = view.places.position(element.span.start);
        let delta_line = place.line - line;
        let delta_start = if delta_line == 0 {
            place.character - column
        } else {
            place.character
        };
        (line, column) = (place.line, place.character);
        tokens.push(SemanticToken {
            delta_line,
            delta_start,
            length: view.places.unit().columns(text),
            token_type: kind,
            token_modifiers_bitset: modifiers(element, view),
        });
    }
    tokens
}

/// Which of the kinds an element is.
const fn kind(element: &Element) -> Option<u32> {
    if is_of_the_whole(element.kind) {
        return Some(0);
    }
    match element.kind {
        ElementKind::Portion | ElementKind::SubjectMark => Some(0),
        ElementKind::Caption | ElementKind::RepeatedCaption => Some(1),
        ElementKind::Tag => Some(2),
        ElementKind::Order | ElementKind::Dtg | ElementKind::DeclassifyOn => Some(3),
        _ => None,
    }
}

fn modifiers(element: &Element, view: &View<'_>) -> u32 {
    let level = element.marking().and_then(|marking| marking.level);
    let rank = level.map_or(0, |used| 1 << rank(view.scheme(), used.level));
    let until = view.term(element).and_then(|term| term.until);
    let over = until.is_some_and(|last| last.0 < view.day());
    rank | u32::from(over) << RANKS
}

/// How many levels of the scheme are lower.
pub(super) fn rank(scheme: &Scheme, id: LevelId) -> usize {
    let lower = |other| scheme.compare(other, id) == Some(Ordering::Less);
    let count = scheme.levels().filter(|(other, _)| lower(*other)).count();
    count.min(RANKS - 1)
}
