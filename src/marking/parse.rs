//! Text to a marking. It never fails: what it did not understand is listed beside what it did.

use super::scheme::{ControlId, LevelId, Scheme, Surface, Word};
use crate::text::Span;
use smallvec::SmallVec;

/// A level as it stands in a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelUse {
    /// Which one.
    pub level: LevelId,
    /// Bytes of the decoded text.
    pub span: Span,
}

/// A control as it stands in a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ControlUse {
    /// Which one.
    pub control: ControlId,
    /// Bytes of the control's own words.
    pub span: Span,
    /// Bytes of its value, such as a list of codes; empty where it has none.
    pub value: Span,
}

/// What is wrong with a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// No word of the scheme on this surface.
    UnknownWord,
    /// Another separator belongs here.
    Separator,
    /// Capitals are wanted.
    Case,
    /// A second level.
    SecondLevel,
    /// The same control again.
    Duplicate,
}

/// One thing wrong, at the words at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkingFault {
    /// What is wrong.
    pub fault: Fault,
    /// Bytes of the decoded text.
    pub span: Span,
}

/// A level and its controls, wherever written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marking {
    /// The whole of it, without brackets.
    pub span: Span,
    /// Where it is written.
    pub surface: Surface,
    /// Its level, if it states one.
    pub level: Option<LevelUse>,
    /// Its controls, as they stand.
    pub controls: SmallVec<[ControlUse; 4]>,
    /// What is wrong with it.
    pub faults: SmallVec<[MarkingFault; 1]>,
}

impl Marking {
    /// A marking that says nothing yet.
    pub fn empty(span: Span, surface: Surface) -> Self {
        Self {
            span,
            surface,
            level: None,
            controls: SmallVec::new(),
            faults: SmallVec::new(),
        }
    }

    /// Whether it states a control.
    pub fn has(&self, control: ControlId) -> bool {
        self.controls.iter().any(|used| used.control == control)
    }

    /// Whether it holds a word of the scheme and none from outside.
    pub fn is_understood(&self) -> bool {
        let known = self.level.is_some() || !self.controls.is_empty();
        known
            && !self
                .faults
                .iter()
                .any(|found| found.fault == Fault::UnknownWord)
    }
}

/// Reads the marking that is the whole of `text`, which begins at byte `base` of the decoded text.
///
/// A well-formed marking in capitals allocates nothing.
pub fn parse(text: &str, base: u32, scheme: &Scheme, surface: Surface) -> Marking {
    let span = Span::new(base, base + length(text));
    let mut parser = Parser {
        scheme,
        surface,
        marking: Marking::empty(span, surface),
    };
    let inner = scheme.syntax().between_controls.as_str();
    let mut start = 0;
    for (at, _) in text.match_indices(inner) {
        // A doubled inner separator is the outer one: nothing stands between its halves.
        if at > start {
            parser.segment(
                text.get(start..at).unwrap_or_default(),
                base + offset(start),
            );
        }
        start = at + inner.len();
    }
    parser.segment(text.get(start..).unwrap_or_default(), base + offset(start));
    parser.marking
}

struct Parser<'s> {
    scheme: &'s Scheme,
    surface: Surface,
    marking: Marking,
}

impl Parser<'_> {
    /// Reads what stands between two separators.
    fn segment(&mut self, text: &str, base: u32) {
        let lead = text.len() - text.trim_start().len();
        let text = text.trim();
        let base = base + offset(lead);
        if text.is_empty() {
            return;
        }
        let span = Span::new(base, base + length(text));
        if let Some(word) = self.lookup(text, span) {
            self.push(word, span, Span::at(span.end));
        } else if !self.prefix(text, base) && !self.split(text, base) {
            self.fault(Fault::UnknownWord, span);
        }
    }

    fn lookup(&mut self, text: &str, span: Span) -> Option<Word> {
        if let Some(word) = self.scheme.word(text, self.surface) {
            return Some(word);
        }
        if !text.bytes().any(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let word = self.scheme.word(&text.to_ascii_uppercase(), self.surface)?;
        self.fault(Fault::Case, span);
        Some(word)
    }

    /// A known word, then its value or the next word: the longest known one.
    fn prefix(&mut self, text: &str, base: u32) -> bool {
        let most = usize::from(self.scheme.longest(self.surface));
        let mut ends: SmallVec<[usize; 8]> = text.match_indices(' ').map(|(at, _)| at).collect();
        ends.truncate(most);
        while let Some(end) = ends.pop() {
            let head = text.get(..end).unwrap_or_default();
            let span = Span::new(base, base + length(head));
            let Some(word) = self.lookup(head, span) else {
                continue;
            };
            let rest = text.get(end..).unwrap_or_default();
            let lead = rest.len() - rest.trim_start().len();
            let rest_base = base + offset(end + lead);
            let value = Span::new(rest_base, rest_base + length(rest.trim()));
            match word {
                Word::Control(id) if self.scheme.control(id).parameter.is_some() => {
                    self.push(word, span, value);
                }
                _ => {
                    self.push(word, span, Span::at(span.end));
                    self.fault(Fault::Separator, Span::new(span.end, value.start));
                    self.segment(rest, base + offset(end));
                }
            }
            return true;
        }
        false
    }

    /// Two words joined by a separator that belongs elsewhere.
    fn split(&mut self, text: &str, base: u32) -> bool {
        let scheme = self.scheme;
        for separator in &scheme.syntax().tolerated {
            if let Some((left, right)) = text.split_once(separator.as_str()) {
                let at = base + length(left);
                self.segment(left, base);
                self.fault(Fault::Separator, Span::new(at, at + length(separator)));
                self.segment(right, at + length(separator));
                return true;
            }
        }
        false
    }

    fn push(&mut self, word: Word, span: Span, value: Span) {
        match word {
            Word::Level(level) if self.marking.level.is_none() => {
                self.marking.level = Some(LevelUse { level, span });
            }
            Word::Level(_) => self.fault(Fault::SecondLevel, span),
            Word::Control(control) => {
                if self.marking.has(control) {
                    self.fault(Fault::Duplicate, span);
                }
                self.marking.controls.push(ControlUse {
                    control,
                    span,
                    value,
                });
            }
        }
    }

    fn fault(&mut self, fault: Fault, span: Span) {
        self.marking.faults.push(MarkingFault { fault, span });
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
