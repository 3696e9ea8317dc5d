//! Text to a marking. It never fails: what it did not understand is listed beside what it did.

use super::constraints;
use super::fault::{Expected, Fault, MarkingFault};
use super::markings::{ControlUse, LevelUse, Marking, ValueOf};
use super::scheme::{ControlId, ModifierId, Scheme};
use super::surface::Surface;
use super::words::{Found, Standing, Word};
use crate::pack::control_file::{Letters, Position, Side};
use crate::text::Span;
use std::cell::Cell;

/// Bytes of a separator, as far as a word is looked for in the simplest way.
const NEAR: usize = 4;

/// Reads the marking that is the whole of `text`, which begins at byte `base` of the decoded text.
///
/// A well-formed marking allocates nothing in the usual case.
pub fn parse(text: &str, base: u32, scheme: &Scheme, surface: Surface) -> Marking {
    let span = Span::new(base, base + offset(text.len()));
    let mut marking = Marking::empty(span, surface);
    let mut parser = Parser {
        text,
        base,
        scheme,
        surface,
        last: Last::Start,
        looked_up: Cell::new((usize::MAX, None)),
        marking: &mut marking,
    };
    parser.run();
    constraints::check(&mut marking, text, base, scheme);
    if marking.faults.len() > 1 {
        let key = |found: &MarkingFault| (found.span, found.fault);
        marking.faults.sort_by_key(key);
    }
    marking
}

/// What was read last, which says what separator belongs before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    Start,
    Owner,
    Level,
    Control(ControlId),
    Unknown,
}

pub(super) struct Parser<'s, 'm> {
    pub(super) text: &'s str,
    base: u32,
    pub(super) scheme: &'s Scheme,
    pub(super) surface: Surface,
    pub(super) last: Last,
    /// The place that was looked at last, and the word there: many a place is looked at twice.
    looked_up: Cell<(usize, Option<Found>)>,
    pub(super) marking: &'m mut Marking,
}

impl<'s> Parser<'s, '_> {
    fn run(&mut self) {
        let mut at = self.start();
        while at < self.text.len() {
            let gap = at;
            at = self.word_start(gap);
            if at == self.text.len() {
                self.trailing(gap);
                break;
            }
            at = match self.lookup(at) {
                Some(found) => self.word(found, gap, at),
                None => self.unlisted(gap, at),
            };
        }
    }

    pub(super) fn rest(&self, at: usize) -> &'s str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Where the next word begins at or after a place.
    pub(super) fn word_start(&self, at: usize) -> usize {
        let rest = self.rest(at);
        // Nearly always it begins at once, or behind a separator.
        let near = rest.bytes().take_while(u8::is_ascii);
        let near = near
            .take(NEAR)
            .position(|byte| byte.is_ascii_alphanumeric());
        if let Some(index) = near {
            return at + index;
        }
        let first = rest
            .char_indices()
            .find(|(_, letter)| letter.is_alphanumeric());
        first.map_or(self.text.len(), |(index, _)| at + index)
    }

    /// The longest word at a place. An ordinary word counts in its own capitals only.
    pub(super) fn lookup(&self, at: usize) -> Option<Found> {
        let (place, known) = self.looked_up.get();
        if place == at {
            return known;
        }
        let found = self.scheme.words_on(self.surface).longest(self.rest(at));
        let found = found.filter(|found| found.exact || !self.is_ordinary(found.word));
        self.looked_up.set((at, found));
        found
    }

    fn is_ordinary(&self, word: Word) -> bool {
        match word {
            Word::Level(id) => self.scheme.level(id).ordinary,
            Word::Control(id) => self.scheme.control(id).ordinary,
            _ => false,
        }
    }

    /// Takes a word that was found; gives the place after it and its values.
    fn word(&mut self, found: Found, gap: usize, at: usize) -> usize {
        let end = at + found.len;
        let span = self.span(at, end);
        let word = self.found(self.meant(found, at), span);
        let Some(word) = word else {
            // Nothing says what should stand before a word that is no longer one.
            self.last = Last::Unknown;
            return end;
        };
        let second = matches!(word, Word::Level(_)) && self.marking.level.is_some();
        if !second {
            self.gap(gap, at, self.expected_before(word));
        }
        match word {
            Word::Level(level) if self.marking.level.is_none() => {
                self.marking.level = Some(LevelUse { level, span });
                self.last = Last::Level;
                match self.marking.owner {
                    Some(owner) => self.owner_values(owner.owner, end),
                    None => end,
                }
            }
            Word::Level(_) => {
                self.fault(Fault::SecondLevel, span, Expected::Nothing);
                self.last = Last::Level;
                end
            }
            Word::Control(control) => self.control(control, span, end),
            Word::Modifier(id) => {
                self.modifier(id, span);
                end
            }
            Word::Owner(_) | Word::OwnedLevel(..) | Word::Code(_) | Word::Deprecated(_) => end,
        }
    }

    /// Says what is wrong with how a word is written; gives the word that it stands for.
    pub(super) fn found(&mut self, found: Found, span: Span) -> Option<Word> {
        if let Word::Deprecated(index) = found.word {
            let term = self.scheme.deprecated.get(usize::from(index));
            let replaced_by = term.and_then(|term| term.replaced_by);
            let expected = replaced_by.map_or(Expected::Nothing, Expected::Word);
            self.fault(Fault::Obsolete, span, expected);
            return replaced_by;
        }
        let fault = match found.standing {
            Standing::OtherSurface => Some(Fault::Form),
            Standing::Variant => Some(Fault::Variant),
            Standing::Right => (!found.exact).then_some(Fault::Case),
        };
        if let Some(fault) = fault {
            self.fault(fault, span, Expected::Word(found.word));
        }
        Some(found.word)
    }

    /// Takes a control and its values.
    fn control(&mut self, control: ControlId, span: Span, end: usize) -> usize {
        let index = u8::try_from(self.marking.controls.len()).unwrap_or(u8::MAX);
        self.marking.controls.push(ControlUse {
            control,
            span,
            value: Span::at(span.end),
        });
        self.last = Last::Control(control);
        let entry = self.scheme.control(control);
        let Some(parameter) = entry.parameter.as_ref() else {
            return end;
        };
        if parameter.side == Side::Before {
            return end;
        }
        let after = self.values(ValueOf::Control(index), parameter, end);
        match &entry.suffix {
            Some(suffix) if after > end => self.suffix(control, suffix, after),
            _ => after,
        }
    }

    /// The words that belong to a control after its value.
    fn suffix(&mut self, control: ControlId, suffix: &str, at: usize) -> usize {
        let start = self.word_start(at);
        if self.rest(start).starts_with(suffix) {
            self.gap(at, start, Expected::Blank);
            return start + suffix.len();
        }
        let place = self.span(at, at);
        self.fault(Fault::Suffix, place, Expected::Suffix(control));
        at
    }

    /// A suffix of a level that was not joined to it as it should.
    fn modifier(&mut self, id: ModifierId, span: Span) {
        let modifier = self.scheme.modifiers.get(usize::from(id.0));
        let level = self.marking.level;
        match (modifier, level) {
            (Some(modifier), Some(used)) if modifier.of == used.level => {
                self.marking.level = Some(LevelUse {
                    level: modifier.makes,
                    span: used.span.join(span),
                });
            }
            _ => self.fault(Fault::Modifier, span, Expected::Word(Word::Modifier(id))),
        }
    }

    /// What separator belongs before a word.
    pub(super) fn expected_before(&self, word: Word) -> Expected {
        let category = match word {
            Word::Control(id) => Some(self.scheme.control(id).category),
            _ => None,
        };
        match (self.last, category) {
            (Last::Unknown, None) | (Last::Start, _) => Expected::Nothing,
            (Last::Owner, _) => Expected::Blank,
            (Last::Level, None) => match word {
                Word::Modifier(id) => Expected::ModifierJoin(id),
                _ => Expected::Nothing,
            },
            (Last::Level | Last::Unknown, Some(next)) => Expected::Lead(next),
            (Last::Control(control), next) => {
                let own = self.scheme.control(control).category;
                match next {
                    Some(next) if next == own => Expected::Inner(own),
                    Some(next) if self.scheme.category(next).position == Position::AfterLevel => {
                        Expected::Lead(next)
                    }
                    _ => Expected::Lead(own),
                }
            }
        }
    }

    /// Compares what stands between two words with what should.
    pub(super) fn gap(&mut self, from: usize, to: usize, expected: Expected) {
        let found = self.text.get(from..to).unwrap_or_default();
        let wanted = expected.text(self.scheme, self.surface).unwrap_or_default();
        let free = self.last == Last::Unknown && expected == Expected::Nothing;
        if found != wanted && !free {
            self.gap_fault(from, to, expected);
        }
    }

    /// Says what is wrong with a separator: blanks beside it, or all of it.
    pub(super) fn gap_fault(&mut self, from: usize, to: usize, expected: Expected) {
        let found = self.text.get(from..to).unwrap_or_default();
        let wanted = expected.text(self.scheme, self.surface).unwrap_or_default();
        let letters = |text: &'s str| text.chars().filter(|letter| !letter.is_whitespace());
        let only_blanks = letters(found)
            .eq(wanted.chars().filter(|letter| !letter.is_whitespace()))
            && (wanted.trim() != "" || wanted.is_empty());
        let fault = if !found.chars().all(may_separate) {
            Fault::UnknownWord
        } else if only_blanks {
            Fault::Blank
        } else {
            Fault::Separator
        };
        self.fault(fault, self.span(from, to), expected);
    }

    fn trailing(&mut self, from: usize) {
        let found = self.rest(from);
        let fault = if found.trim().is_empty() {
            Fault::Blank
        } else if found.chars().all(may_separate) {
            Fault::Trailing
        } else {
            Fault::UnknownWord
        };
        self.fault(fault, self.span(from, self.text.len()), Expected::Nothing);
    }

    /// A word that no tree holds: a value before its control, a word outside a list, or nothing known.
    fn unlisted(&mut self, gap: usize, at: usize) -> usize {
        if let Some(end) = self
            .value_before(gap, at)
            .or_else(|| self.open_word(gap, at))
        {
            return end;
        }
        let end = self.unknown_end(at);
        let foreign = !self
            .text
            .get(gap..at)
            .unwrap_or_default()
            .chars()
            .all(may_separate);
        let start = if foreign { gap } else { at };
        self.fault(Fault::UnknownWord, self.span(start, end), Expected::Nothing);
        self.last = Last::Unknown;
        end
    }

    /// A word that a category allows without listing it, right after its separator.
    fn open_word(&mut self, gap: usize, at: usize) -> Option<usize> {
        let scheme = self.scheme;
        let found = self.text.get(gap..at)?;
        for (category, entry) in scheme.categories() {
            let Some(id) = entry.open else {
                continue;
            };
            // Behind the place of its category such a word is none of it.
            if let Last::Control(last) = self.last
                && scheme.control(last).category > category
            {
                continue;
            }
            let (shape, suspicious) = scheme.control(id).open?;
            let word = match shape.letters {
                Letters::Words | Letters::Any => self.free_text(at),
                _ => token(self.rest(at)),
            };
            let expected = self.expected_before(Word::Control(id));
            let levels = &scheme.control(id).levels;
            let level = self.marking.level.map(|used| used.level);
            let is_free = !suspicious || levels.is_empty();
            let is_allowed = is_free || level.is_none_or(|own| levels.contains(&own));
            let fits = is_allowed && super::parameter::fits(shape, word);
            let is_separated = expected.text(scheme, self.surface) == Some(found);
            if fits && is_separated {
                let end = at + word.len();
                let span = self.span(at, end);
                if suspicious {
                    self.fault(Fault::Unlisted, span, Expected::Nothing);
                }
                return Some(self.control(id, span, end));
            }
        }
        None
    }

    /// Where a word that is not known ends: at a mark, or before a known word.
    fn unknown_end(&self, at: usize) -> usize {
        let rest = self.rest(at);
        for (index, letter) in rest.char_indices() {
            let joins = letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\'' | '.');
            if letter == ' ' {
                let next = self.rest(at + index + 1);
                let stops = next.starts_with(['-', '/', '|', ' ']) || next.is_empty();
                if stops || self.lookup(at + index + 1).is_some() {
                    return at + index;
                }
            } else if !joins {
                return at + index;
            }
        }
        self.text.len()
    }

    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.base + offset(from), self.base + offset(to))
    }

    pub(super) fn fault(&mut self, fault: Fault, span: Span, expected: Expected) {
        self.marking
            .faults
            .push(MarkingFault::new(fault, span, expected));
    }
}

/// The letters and digits that a text begins with.
pub(super) fn token(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric());
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// Whether a character may be meant as a separator.
fn may_separate(letter: char) -> bool {
    letter.is_whitespace() || "/\\|-,;:+&\u{2013}\u{2014}".contains(letter)
}

pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
