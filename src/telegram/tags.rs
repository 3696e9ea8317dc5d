//! The line of tags: codes, names in brackets, and what does not belong there.

use super::Reader;
use super::furniture::Role;
use super::lexicon::Kind;
use crate::diagnostic::Confidence;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Letters of a subject tag, by which tags run together are cut.
const SUBJECT_LETTERS: usize = 4;

/// Letters of the shortest run of several tags.
const SHORTEST_RUN: usize = 8;

impl Reader<'_> {
    /// Reads the tags of a line and of the lines that continue it.
    pub(super) fn tags(&mut self, value: Span) {
        let first = self.at;
        let whole = self.wrapped_while(value, |text| {
            !text.contains(':') && !super::captions::is_attention(text)
        });
        self.push_text(ElementKind::TagsLine, whole);
        let mut pieces = smallvec::SmallVec::<[Span; 4]>::from_slice(&[value]);
        for index in first..self.at {
            if self.role(index) == Role::Read
                && let Some((text, span)) = self.line(index)
                && !text.is_empty()
                && whole.contains(span)
            {
                pieces.push(span);
            }
        }
        for piece in pieces {
            self.tags_of(piece);
        }
    }

    /// What stands between commas, with names in brackets taken out.
    fn tags_of(&mut self, place: Span) {
        let mut start = place.start;
        let mut depth = 0u32;
        let mut open = place.start;
        for (at, byte) in self.slice(place).bytes().enumerate() {
            let at = place.start + super::offset(at);
            match byte {
                b'(' => {
                    if depth == 0 {
                        self.segment(Span::new(start, at));
                        open = at + 1;
                    }
                    depth += 1;
                }
                b')' if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        self.person(Span::new(open, at));
                        start = at + 1;
                    }
                }
                b',' | b';' | b':' if depth == 0 => {
                    self.segment(Span::new(start, at));
                    start = at + 1;
                }
                _ => {}
            }
        }
        if depth == 0 {
            self.segment(Span::new(start, place.end));
        } else {
            self.person(Span::new(open, place.end));
        }
    }

    fn person(&mut self, span: Span) {
        let span = self.trim(span);
        if !span.is_empty() {
            self.push_text(ElementKind::TagPerson, span);
        }
    }

    /// One tag, or several with blanks between them.
    fn segment(&mut self, span: Span) {
        let text = self.slice(span).trim().trim_end_matches(['.', '/']);
        let span = self.trim(span);
        let span = Span::new(span.start, span.start + super::offset(text.len()));
        let tags = self.words_of(Kind::Tag);
        let captions = self.words_of(Kind::Caption);
        if text.is_empty() {
            return;
        }
        if let Some(term) = tags.word(text) {
            self.push_term(ElementKind::Tag, span, Some(term));
        } else if text.contains(' ') && captions.find(text).is_some() {
            self.push_term(ElementKind::CaptionInTags, span, captions.find(text));
        } else {
            for word in self.words(span) {
                self.tag(word);
            }
        }
    }

    fn tag(&mut self, span: Span) {
        let text = self.slice(span).trim_end_matches(['.', ':', '/']);
        let span = Span::new(span.start, span.start + super::offset(text.len()));
        let tags = self.words_of(Kind::Tag);
        let captions = self.words_of(Kind::Caption);
        if text.is_empty() {
            return;
        }
        if let Some(term) = tags.word(text) {
            self.push_term(ElementKind::Tag, span, Some(term));
        } else if let Some(term) = captions.word(text) {
            self.push_term(ElementKind::CaptionInTags, span, Some(term));
        } else if super::levels::level_at(text, self.scheme)
            .is_some_and(|found| found.len == text.len())
        {
            self.push_text(ElementKind::CaptionInTags, span);
        } else if text.len() >= SHORTEST_RUN && self.run_of_tags(span) {
        } else {
            let element = Element::new(ElementKind::Tag, span);
            let near = self.near_tag(text);
            self.push(match near {
                Some(term) => element.term(Some(term)).with(Value::NearMiss),
                None => element,
            });
        }
    }

    /// Tags written in one word, where each piece of four letters, and the tail of two or four, is known.
    fn run_of_tags(&mut self, span: Span) -> bool {
        let tags = self.words_of(Kind::Tag);
        let mut pieces = smallvec::SmallVec::<[Span; 8]>::new();
        let mut start = span.start;
        while start < span.end {
            let left = (span.end - start) as usize;
            let take = if left == SUBJECT_LETTERS / 2 {
                left
            } else {
                SUBJECT_LETTERS.min(left)
            };
            let piece = Span::new(start, start + super::offset(take));
            if tags.word(self.slice(piece)).is_none() {
                return false;
            }
            pieces.push(piece);
            start = piece.end;
        }
        for piece in pieces {
            let term = tags.word(self.slice(piece));
            self.push(
                Element::new(ElementKind::Tag, piece)
                    .term(term)
                    .sure(Confidence::Likely),
            );
        }
        true
    }

    /// The subject tag of which one letter is wrong, or two are swapped.
    fn near_tag(&self, text: &str) -> Option<crate::marking::TermId> {
        let text = text.to_ascii_uppercase();
        if !(SUBJECT_LETTERS - 1..=SUBJECT_LETTERS + 1).contains(&text.len()) {
            return None;
        }
        let tags = self.words_of(Kind::Tag).terms();
        let subjects = tags.filter(|(_, term)| term.is_in("subject"));
        let mut near = subjects.filter(|(_, term)| strsim::osa_distance(&term.word, &text) == 1);
        near.next().map(|(id, _)| id)
    }
}
