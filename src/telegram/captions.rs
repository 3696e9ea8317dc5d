//! The lines between reference number and order: captions, passing and attention lines.

use super::Reader;
use super::furniture::Role;
use super::lexicon::Kind;
use crate::diagnostic::Confidence;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Most lines between the reference number and the first labelled line.
const MOST_LINES: usize = 60;

/// Most words of a caption.
const MOST_WORDS: usize = 6;

/// Longest line that can be a caption or an attention line, in bytes.
const LONGEST: usize = 80;

/// Words that say for whom a telegram is.
const FOR_WHOM: [&str; 4] = ["FOR", "PASS", "ALSO", "FROM"];

impl Reader<'_> {
    /// Lines after the reference number, up to the first label or the text.
    pub(super) fn captions(&mut self) {
        let mut above = None;
        let last = (self.at + MOST_LINES).min(self.end);
        while self.at < last {
            let Some((text, span)) = self.open_line(self.at) else {
                self.at += 1;
                continue;
            };
            let begins_text =
                super::opening::paragraph_number(text).is_some() || text.starts_with('(');
            if self.label(text).is_some() || begins_text || text.len() > LONGEST {
                break;
            }
            if text.is_empty() {
                above = None;
            } else if self.caption_line(text, span) {
                above = Some(ElementKind::Caption);
            } else if is_attention(text) || above == Some(ElementKind::Attention) {
                self.attention(span);
                above = Some(ElementKind::Attention);
            } else if !is_capitals(text) || self.begins_prose(self.at) {
                break;
            } else {
                self.unknown_caption(text, span);
            }
            self.set_role(self.at, Role::Read);
            self.at += 1;
        }
    }

    /// Reads a line of captions; `false` where it is none.
    pub(super) fn caption_line(&mut self, text: &str, line: Span) -> bool {
        let captions = self.words_of(Kind::Caption);
        let bare = text.trim_end_matches(['/', '.', ' ', '-']);
        let place = Span::new(line.start, line.start + super::offset(bare.len()));
        let head = bare.split('(').next().unwrap_or_default();
        if let Some(term) = self.words_of(Kind::OperatingSignal).word(head) {
            self.push_term(ElementKind::OperatingSignal, place, Some(term));
            return true;
        }
        if let Some(term) = captions.find(bare) {
            self.push_term(ElementKind::Caption, place, Some(term));
            return true;
        }
        let pieces = self.split(place, |byte| matches!(byte, b' ' | b'/' | b',' | b'&'));
        let known = |span: &Span| captions.word(self.slice(*span)).is_some();
        if pieces.len() > 1 && pieces.iter().all(known) {
            for piece in pieces {
                let term = captions.word(self.slice(piece));
                self.push_term(ElementKind::Caption, piece, term);
            }
            self.push_text(ElementKind::SharedCaptionLine, place);
            return true;
        }
        self.caption_before(place)
    }

    /// A caption at the start of a line, and something else behind it: `EXDIS - ZENDA PASS …`.
    fn caption_before(&mut self, line: Span) -> bool {
        let captions = self.words_of(Kind::Caption);
        let words = self.words(line);
        for count in (1..=MOST_WORDS.min(words.len().saturating_sub(1))).rev() {
            let Some(&last) = words.get(count - 1) else {
                continue;
            };
            let head = Span::new(line.start, last.end);
            let written = self.slice(head).trim_end_matches(['/', ',', '-', ' ']);
            let Some(term) = captions.word(written).filter(|_| written.len() > 4) else {
                continue;
            };
            let head = Span::new(head.start, head.start + super::offset(written.len()));
            self.push_term(ElementKind::Caption, head, Some(term));
            let rest = self.trim(Span::new(head.end, line.end));
            let text = self.slice(rest).trim_start_matches(['-', '/', ',', ' ']);
            let rest = Span::new(rest.end - super::offset(text.len()), rest.end);
            if is_attention(text) {
                self.attention(rest);
            } else if !rest.is_empty() && !self.caption_line(text, rest) {
                self.push_text(ElementKind::UnknownCaption, rest);
            } else {
                self.push_text(ElementKind::SharedCaptionLine, line);
            }
            return true;
        }
        false
    }

    fn unknown_caption(&mut self, text: &str, span: Span) {
        match self.words_of(Kind::Caption).nearest(text) {
            Some(term) => {
                let element = Element::new(ElementKind::Caption, span).term(Some(term));
                self.push(element.with(Value::NearMiss).sure(Confidence::Likely));
            }
            None => self.push_text(ElementKind::UnknownCaption, span),
        }
    }

    /// `ZENDA FOR ECON`: the line, and who is addressed.
    pub(super) fn attention(&mut self, span: Span) {
        self.push_text(ElementKind::Attention, span);
        let words = self.split(span, |byte| matches!(byte, b' ' | b'\t' | b':'));
        let turn = words
            .iter()
            .position(|&word| FOR_WHOM.contains(&self.slice(word)));
        if let Some(turn) = turn.filter(|&turn| turn > 0)
            && let Some(&last) = words.get(turn - 1)
        {
            let target = Span::new(span.start, last.end);
            let term = self.words_of(Kind::Station).word(self.slice(target));
            self.push_term(ElementKind::AttentionTarget, target, term);
        }
    }

    /// Whether lines of text begin here: several of them together, or one that is long or ends a sentence.
    fn begins_prose(&self, index: usize) -> bool {
        let long = |text: &str| text.len() > 46 || text.ends_with('.') || text.ends_with(',');
        let here = self.line(index).is_some_and(|(text, _)| long(text));
        let next = self
            .open_line(index + 1)
            .is_some_and(|(text, _)| long(text) && self.label(text).is_none());
        here || next
    }
}

fn is_capitals(text: &str) -> bool {
    !text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether a line says for whom a telegram is. A notice that something is *not for* others says no such thing.
pub(super) fn is_attention(text: &str) -> bool {
    let mut words = text.split([' ', ':', ',']).peekable();
    let mut found = false;
    while let Some(word) = words.next() {
        if matches!(word, "NOT" | "ONLY") {
            return false;
        }
        found |= FOR_WHOM.contains(&word) && words.peek().is_some();
    }
    found && is_capitals_mostly(text)
}

/// Names in small letters may stand behind an attention word, a sentence may not.
fn is_capitals_mostly(text: &str) -> bool {
    let small = text.bytes().filter(u8::is_ascii_lowercase).count();
    small * 2 < text.len()
}
