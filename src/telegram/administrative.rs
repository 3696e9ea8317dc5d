//! The labelled lines between captions and text: order, tags, subject, references.

use super::Reader;
use super::furniture::Role;
use super::labels::{Label, Which};
use super::lexicon::Kind;
use crate::marking::Surface;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use smallvec::SmallVec;

/// Most lines that a label can have above it before it is taken for text.
const LOOK_AHEAD: usize = 14;

/// Most lines of a page break.
const BREAK: usize = 14;

/// Most lines of one value.
const MOST_WRAPPED: usize = 40;

impl Reader<'_> {
    /// The labelled lines, up to the text.
    pub(super) fn administrative(&mut self) {
        let mut seen = SmallVec::<[Which; 8]>::new();
        while self.at < self.end {
            let Some((text, span)) = self.open_line(self.at) else {
                self.at += 1;
                continue;
            };
            if super::opening::paragraph_number(text).is_some() {
                break;
            }
            if text.is_empty() {
                self.at += 1;
            } else if let Some(found) = self.label(text) {
                let again = seen.contains(&found.which) && found.which == Which::Reference;
                if again && !found.regular {
                    break;
                }
                self.set_role(self.at, Role::Read);
                self.at += 1;
                self.labelled(found, span);
                seen.push(found.which);
            } else if !self.between_labels(text, span, &seen) {
                break;
            }
        }
    }

    /// A line among the labelled ones that has no label: `false` where the text begins.
    fn between_labels(&mut self, text: &str, span: Span, seen: &[Which]) -> bool {
        let captions = self.words_of(Kind::Caption);
        if let Some(term) = captions.find(text) {
            if self.states_caption(term) && self.follows_break(self.at) {
                self.push_term(ElementKind::RepeatedCaption, span, Some(term));
            } else {
                self.push_term(ElementKind::Caption, span, Some(term));
                self.push_term(ElementKind::MisplacedCaption, span, Some(term));
            }
        } else if !self.label_ahead(seen) {
            return false;
        } else if self.head_in_text(text).is_some() {
            self.section_line(self.at);
        } else if super::captions::is_attention(text) {
            self.attention(span);
        }
        self.set_role(self.at, Role::Read);
        self.at += 1;
        true
    }

    /// Whether the line before, blank ones left out, was set aside.
    pub(super) fn follows_break(&self, index: usize) -> bool {
        let before = (0..index)
            .rev()
            .find(|&at| self.line(at).is_some_and(|(text, _)| !text.is_empty()));
        before.is_some_and(|at| matches!(self.role(at), Role::Page | Role::Level | Role::Stamp))
    }

    /// Whether a label that was not there yet follows before the text can have begun.
    fn label_ahead(&self, seen: &[Which]) -> bool {
        let next = (self.at + 1..self.end).filter_map(|index| self.open_line(index));
        let lines = next.filter(|(text, _)| !text.is_empty()).take(LOOK_AHEAD);
        for (text, _) in lines {
            if super::opening::paragraph_number(text).is_some() || text.starts_with('(') {
                return false;
            }
            let missing = |found: Label| {
                let written = found.regular || found.which == Which::Order;
                written && !seen.contains(&found.which)
            };
            if self.label(text).is_some_and(missing) {
                return true;
            }
        }
        false
    }

    /// Reads the value of a label.
    pub(super) fn labelled(&mut self, found: Label, line: Span) {
        let value = Span::new(
            (line.start + super::offset(found.value)).min(line.end),
            line.end,
        );
        let value = self.trim(value);
        let label = Span::new(line.start, line.start + super::offset(found.len));
        if !found.regular && found.which != Which::Order {
            self.push_term(ElementKind::IrregularLabel, label, Some(found.term));
        }
        match found.which {
            Which::Order => self.order_line(found, line, value),
            Which::Tags => self.tags(value),
            Which::Subject => {
                let whole = self.wrapped(value);
                self.subject(whole);
            }
            Which::Reference => {
                let whole = self.wrapped(value);
                self.push_text(ElementKind::Reference, whole);
                self.references(whole);
            }
            Which::Field | Which::Authority => {}
        }
    }

    /// The value of a line with the lines that continue it, up to a blank one, a label, or the text.
    pub(super) fn wrapped(&mut self, value: Span) -> Span {
        self.wrapped_while(value, |_| true)
    }

    /// The same, as long as the lines look like such a value.
    pub(super) fn wrapped_while(&mut self, value: Span, looks: impl Fn(&str) -> bool) -> Span {
        let mut whole = value;
        let mut broken = false;
        for _ in 0..MOST_WRAPPED {
            let Some((text, span)) = self.line(self.at) else {
                break;
            };
            let role = self.role(self.at);
            let set_aside = matches!(role, Role::Stamp | Role::Page | Role::Level);
            let section = role == Role::Open
                && self.head_in_text(text) == Some(super::sections::Head::Section);
            if set_aside || section || text.is_empty() {
                // A page may break inside a value; a blank line alone ends it.
                if !self.goes_on_behind_break(broken, &looks) {
                    break;
                }
                broken |= set_aside || section;
                if section {
                    self.section_line(self.at);
                }
                self.at += 1;
                continue;
            }
            let caption = self.words_of(Kind::Caption).word(text);
            if role == Role::Read || self.ends_value(text, &looks) || caption.is_some() && !broken {
                break;
            }
            match caption {
                Some(term) => self.push_term(ElementKind::RepeatedCaption, span, Some(term)),
                None if whole.is_empty() => whole = span,
                None => whole = whole.join(span),
            }
            broken &= caption.is_some();
            self.set_role(self.at, Role::Read);
            self.at += 1;
        }
        whole
    }

    fn ends_value(&self, text: &str, looks: impl Fn(&str) -> bool) -> bool {
        !looks(text)
            || super::opening::bracketed(text).is_some_and(|inner| self.states_marking(inner))
            || self.label(text).is_some()
            || super::opening::paragraph_number(text).is_some()
    }

    /// Whether a page breaks here, and the first line of text behind the break continues a value.
    fn goes_on_behind_break(&self, broken: bool, looks: impl Fn(&str) -> bool) -> bool {
        let mut broken = broken;
        for index in self.at..(self.at + BREAK).min(self.end) {
            let Some((text, _)) = self.line(index) else {
                break;
            };
            match self.role(index) {
                Role::Page | Role::Level | Role::Stamp => broken = true,
                Role::Open if text.is_empty() => {}
                Role::Open if self.head_in_text(text).is_some() => broken = true,
                Role::Open if self.words_of(Kind::Caption).word(text).is_some() => {}
                _ => return broken && !self.ends_value(text, looks),
            }
        }
        false
    }

    /// The subject: a mark before it, one behind it, or none.
    pub(super) fn subject(&mut self, whole: Span) {
        let text = self.slice(whole);
        let mut marked = false;
        if let Some(inner) = text.strip_prefix('(')
            && let Some((mark, _)) = inner.split_once(')')
        {
            let start = whole.start + 1;
            marked = self.mark(
                ElementKind::SubjectMark,
                Span::new(start, start + super::offset(mark.len())),
            );
        }
        if !marked
            && let Some(inner) = text.strip_suffix(')')
            && let Some((_, mark)) = inner.rsplit_once('(')
        {
            let end = whole.end - 1;
            let place = Span::new(end - super::offset(mark.len()), end);
            marked = self.mark(ElementKind::TrailingSubjectMark, place);
            if marked {
                self.mark(ElementKind::SubjectMark, place);
            }
        }
        if !marked && !whole.is_empty() {
            self.push_text(ElementKind::UnmarkedSubject, whole);
        }
        if !whole.is_empty() {
            self.push_text(ElementKind::Subject, whole);
        }
    }

    /// A marking between brackets, pushed as an element where it is understood.
    pub(super) fn mark(&mut self, kind: ElementKind, inner: Span) -> bool {
        let text = self.slice(inner);
        if text.len() > super::opening::LONGEST_MARK {
            return false;
        }
        let marking = crate::marking::parse(text, inner.start, self.scheme, Surface::Portion);
        let understood = marking.is_understood();
        if understood {
            self.push(Element::new(kind, inner).with(Value::Marking(Box::new(marking))));
        }
        understood
    }
}
