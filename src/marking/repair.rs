//! The marking that somebody meant, where what stands there is broken.
//!
//! The best reading is read again as if it were the text, until nothing is left that can be mended.
//! There is none where two readings are as likely, where words must be guessed from nothing, or where
//! the level would fall or a control or value be lost.

use super::fault::{Expected, Fault, MarkingFault};
use super::markings::Marking;
use super::parse::parse;
use super::scheme::Scheme;
use super::statement::{Stated, StatedValue, Statement, Style};
use super::surface::Surface;
use super::wording::MISSPELT;
use super::words::Word;
use crate::diagnostic::Confidence;
use crate::text::Span;
use std::cmp::Ordering;

/// The marking that was meant.
#[derive(Clone, PartialEq, Eq)]
pub struct Repair {
    /// What it says.
    pub statement: Statement,
    /// In canonical form, on the surface it stands on.
    pub text: String,
    /// Certain where only the way the words stand was wrong, likely where one was misspelt or old,
    /// possible where something was added or is far from any word.
    pub confidence: Confidence,
}

// A repair quotes the draft, so `Debug` shows only how sure it is.
impl std::fmt::Debug for Repair {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Repair")
            .field("confidence", &self.confidence)
            .finish_non_exhaustive()
    }
}

/// Most rounds of reading again: each mends one word.
const MOST_ROUNDS: usize = 6;

/// The marking that the whole of `text` was meant to be; `None` where it is right already, or cannot be said.
pub fn repair(text: &str, scheme: &Scheme, surface: Surface) -> Option<Repair> {
    let first = parse(text, 0, scheme, surface);
    if first.faults.is_empty() {
        return None;
    }
    let mut confidence = Confidence::Certain;
    let mut reading = text.to_owned();
    let mut marking = first.clone();
    for _ in 0..MOST_ROUNDS {
        let Some((span, words, sure)) = mend(&marking, &reading, scheme) else {
            break;
        };
        confidence = confidence.min(sure);
        reading.replace_range(span.range(), &words);
        marking = parse(&reading, 0, scheme, surface);
    }
    let stays = |found: &MarkingFault| {
        matches!(
            found.fault,
            Fault::UnknownWord | Fault::UnknownValue | Fault::SubOwner
        )
    };
    if marking.faults.iter().any(stays) || !keeps(&first, &marking, scheme) {
        return None;
    }
    let mut statement = marking.statement(&reading, scheme);
    if complete(&mut statement, &marking, scheme) {
        confidence = Confidence::Possible;
    }
    let old_words = marking
        .faults
        .iter()
        .any(|found| found.fault == Fault::Obsolete);
    if old_words {
        confidence = confidence.min(Confidence::Likely);
    }
    let canonical = statement.render(scheme, surface, Style::Canonical);
    let again = parse(&canonical, 0, scheme, surface);
    (again.is_right() && canonical != text).then_some(Repair {
        statement,
        text: canonical,
        confidence,
    })
}

/// The first word that can be mended: its place, the words in its stead, and how sure they are.
fn mend(marking: &Marking, text: &str, scheme: &Scheme) -> Option<(Span, String, Confidence)> {
    for found in &marking.faults {
        let mended = match found.fault {
            Fault::UnknownWord => unknown(found.span, text, marking, scheme),
            Fault::Unlisted => misspelt(found.span, text, marking.surface, scheme)
                .filter(|_| found.span.len() as usize >= MISSPELT),
            Fault::Obsolete => old(found, scheme, marking.surface),
            _ => None,
        };
        if mended.is_some() {
            return mended;
        }
    }
    None
}

/// A term whose successor may take its place.
fn old(
    found: &MarkingFault,
    scheme: &Scheme,
    surface: Surface,
) -> Option<(Span, String, Confidence)> {
    let Expected::Word(word) = found.expected else {
        return None;
    };
    let words = scheme.spelling(word, surface)?;
    Some((found.span, words.to_owned(), Confidence::Likely))
}

/// A word that no tree holds: misspelt, with the word after it, two words in one, or several.
fn unknown(
    span: Span,
    text: &str,
    marking: &Marking,
    scheme: &Scheme,
) -> Option<(Span, String, Confidence)> {
    let surface = marking.surface;
    // The first half of a level may be misspelt, and the rest of it read as a lower one.
    let level = marking.level.map(|used| used.span);
    let with_level = level
        .filter(|level| level.start == span.end + 1)
        .map(|level| span.join(level));
    with_level
        .and_then(|joined| misspelt(joined, text, surface, scheme))
        .or_else(|| misspelt(span, text, surface, scheme))
        .or_else(|| glued(span, text, surface, scheme))
        .or_else(|| one_of_several(span, text, surface, scheme))
}

fn misspelt(
    span: Span,
    text: &str,
    surface: Surface,
    scheme: &Scheme,
) -> Option<(Span, String, Confidence)> {
    let near = scheme.near(text.get(span.range())?, surface)?;
    let confidence = if near.distance <= 1 {
        Confidence::Likely
    } else {
        Confidence::Possible
    };
    Some((span, near.spelling.to_owned(), confidence))
}

/// Two known words without anything between them.
fn glued(
    span: Span,
    text: &str,
    surface: Surface,
    scheme: &Scheme,
) -> Option<(Span, String, Confidence)> {
    let words = text.get(span.range())?;
    let known = |word: &str| {
        let found = scheme.words_on(surface).whole(word);
        word.len() > 1
            && found.is_some_and(|found| matches!(found.word, Word::Level(_) | Word::Control(_)))
    };
    let mut splits = words.char_indices().skip(1).filter_map(|(at, _)| {
        let (left, right) = words.split_at_checked(at)?;
        (known(left) && known(right)).then(|| format!("{left}//{right}"))
    });
    let split = splits.next()?;
    splits
        .next()
        .is_none()
        .then_some((span, split, Confidence::Likely))
}

/// The first of several words with blanks between: as many of them as make a word that was meant.
fn one_of_several(
    span: Span,
    text: &str,
    surface: Surface,
    scheme: &Scheme,
) -> Option<(Span, String, Confidence)> {
    let words = text.get(span.range())?;
    let ends = words.match_indices(' ').map(|(at, _)| at).rev();
    let mut heads = ends.filter_map(|end| words.get(..end));
    heads.find_map(|head| {
        let place = Span::new(span.start, span.start + u32::try_from(head.len()).ok()?);
        misspelt(place, text, surface, scheme)
    })
}

/// Whether the level did not fall, and no control or value of the first reading is missing.
fn keeps(first: &Marking, last: &Marking, scheme: &Scheme) -> bool {
    let level = match (first.level, last.level) {
        (Some(first), Some(last)) => matches!(
            scheme.compare(last.level, first.level),
            Some(Ordering::Greater | Ordering::Equal)
        ),
        (None, _) => true,
        (Some(_), None) => false,
    };
    let open = |id| scheme.control(id).open.is_some();
    let kept = first
        .controls
        .iter()
        .all(|used| open(used.control) || last.has(used.control));
    let count = |marking: &Marking| marking.values.len();
    level && kept && count(last) >= count(first) && first.owner.is_none_or(|_| last.owner.is_some())
}

/// Adds values and companions that must stand; gives whether any was missing.
fn complete(statement: &mut Statement, marking: &Marking, scheme: &Scheme) -> bool {
    let mut added = false;
    for found in &marking.faults {
        match (found.fault, found.expected) {
            (Fault::ValueMissing, Expected::FirstValue(id)) => {
                let value = found
                    .expected
                    .text(scheme, marking.surface)
                    .unwrap_or_default();
                let index = marking.controls.iter().position(|used| used.control == id);
                if let Some(stated) = index.and_then(|index| statement.controls.get_mut(index)) {
                    stated.values.insert(0, first_value(value));
                    added = true;
                }
            }
            (Fault::ValueMissing, Expected::OwnerValue(_)) => {
                let value = found
                    .expected
                    .text(scheme, marking.surface)
                    .unwrap_or_default();
                if let Some(owner) = &mut statement.owner {
                    owner.values.push(first_value(value));
                    added = true;
                }
            }
            (Fault::Requires, Expected::Word(Word::Control(id))) => {
                let control = scheme.control(id);
                let bare = control
                    .parameter
                    .as_ref()
                    .is_none_or(|own| own.is_optional(marking.surface));
                if bare && !statement.controls.iter().any(|own| own.control == id) {
                    statement.controls.push(Stated {
                        control: id,
                        word: String::new(),
                        values: Vec::new(),
                    });
                    added = true;
                }
            }
            _ => {}
        }
    }
    added
}

fn first_value(text: &str) -> StatedValue {
    StatedValue {
        depth: 0,
        text: text.to_owned(),
    }
}
