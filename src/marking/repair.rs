//! The marking that somebody meant, where what stands there is broken.
//!
//! The best reading is read again as if it were the text, until nothing is left that can be mended.
//! There is none where two readings are as likely, where words must be guessed from nothing, or where
//! the level would fall or a control or value be lost.

use super::fault::{Expected, Fault, MarkingFault};
use super::markings::{Marking, ValueOf};
use super::mend::mend;
use super::parse::parse;
use super::scheme::{ControlId, Scheme};
use super::statement::{Stated, StatedValue, Statement, Style};
use super::surface::Surface;
use super::words::Word;
use crate::diagnostic::Confidence;
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
    let mut reading = single_blanks(text);
    // A hyphen within a word is no separator, so that what was read behind it was never there.
    let first = if unhyphenate(&mut reading, scheme, surface) {
        confidence = Confidence::Likely;
        parse(&reading, 0, scheme, surface)
    } else {
        first
    };
    let mut marking = parse(&reading, 0, scheme, surface);
    let mut swallowed = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let Some((span, words, sure)) = mend(&marking, &reading, scheme) else {
            break;
        };
        confidence = confidence.min(sure);
        let meant = scheme.words_on(surface).whole(&words).map(|own| own.word);
        // What was read within longer words that were meant was never there, unless it is what was meant.
        let within = marking.controls.iter().filter(|own| {
            let is_meant = meant == Some(Word::Control(own.control));
            span.contains(own.span) && own.span != span && !is_meant
        });
        swallowed.extend(within.map(|own| own.control));
        reading.replace_range(span.range(), &words);
        marking = parse(&reading, 0, scheme, surface);
    }
    let stays = |found: &MarkingFault| match found.fault {
        Fault::UnknownWord | Fault::UnknownValue | Fault::SubOwner | Fault::Modifier => true,
        // What nothing stands for any more would be lost.
        Fault::Obsolete => found.expected == Expected::Nothing,
        Fault::SecondLevel => !is_same_level(found, &marking, &reading, scheme),
        _ => false,
    };
    if marking.faults.iter().any(stays) || !keeps(&first, &marking, &swallowed, scheme) {
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

/// The words of a text with one blank where several stand between two.
fn single_blanks(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter != ' ' || !single.ends_with(' ') {
            single.push(letter);
        }
    }
    single
}

/// Puts a blank for each hyphen that stands within the words of a level or control; gives whether there was one.
fn unhyphenate(text: &mut String, scheme: &Scheme, surface: Surface) -> bool {
    let words = scheme.words_on(surface);
    let mut changed = false;
    let hyphens: Vec<usize> = text.match_indices('-').map(|(at, _)| at).collect();
    for hyphen in hyphens {
        let begin = |before: &str| before.rfind(['/', ',', '|']).map_or(0, |at| at + 1);
        let Some(start) = text.get(..hyphen).map(begin) else {
            continue;
        };
        let segment = text.get(start..).unwrap_or_default();
        let within = hyphen - start;
        let mut blank = segment.to_owned();
        blank.replace_range(within..=within, " ");
        let reaches = |text: &str| words.longest(text).is_some_and(|own| own.len > within);
        if reaches(&blank) && !reaches(segment) {
            text.replace_range(hyphen..=hyphen, " ");
            changed = true;
        }
    }
    changed
}

/// Whether a second level is the first one again.
fn is_same_level(found: &MarkingFault, marking: &Marking, text: &str, scheme: &Scheme) -> bool {
    let words = text.get(found.span.range()).unwrap_or_default();
    let second = scheme.words_on(marking.surface).whole(words);
    let first = marking.level.map(|used| Word::Level(used.level));
    second.map(|found| found.word) == first
}

/// Whether the level did not fall, and no control or value of the first reading is missing.
fn keeps(first: &Marking, last: &Marking, swallowed: &[ControlId], scheme: &Scheme) -> bool {
    let level = match (first.level, last.level) {
        (Some(first), Some(last)) => matches!(
            scheme.compare(last.level, first.level),
            Some(Ordering::Greater | Ordering::Equal)
        ),
        (None, _) => true,
        (Some(_), None) => false,
    };
    let open = |id| scheme.control(id).open.is_some();
    let kept = first.controls.iter().all(|used| {
        open(used.control) || last.has(used.control) || swallowed.contains(&used.control)
    });
    let listed = |marking: &Marking, of: ValueOf| match of {
        ValueOf::Owner => true,
        ValueOf::Control(index) => {
            let used = marking.controls.get(usize::from(index));
            used.is_some_and(|used| !open(used.control))
        }
    };
    let count = |marking: &Marking| {
        let values = marking.values.iter();
        values.filter(|own| listed(marking, own.of)).count()
    };
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
