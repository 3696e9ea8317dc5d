//! L6: reads a telegram: its rendering, its header, its captions, its paragraphs.
//!
//! The order of the elements is that of the traffic: transmission header, the line with level and
//! reference number, captions, administrative lines, text. Page lines, repeated levels and stamps of
//! release can fall anywhere, so they are set aside first.

mod addressee;
mod administrative;
mod authority;
mod body;
mod captions;
mod closing;
mod fields;
mod furniture;
mod labels;
mod levels;
mod lexicon;
mod mrn;
mod notices;
mod opening;
mod order;
mod parts;
mod phrases;
mod pointers;
mod portions;
mod references;
mod rendering;
mod sections;
mod tags;
mod transmission;
mod words;

pub use lexicon::Lexicon;

use crate::document::Document;
use crate::marking::{ControlUse, Scheme, TermId};
use crate::reading::{Element, ElementKind, Form, KindSet, Reading, Value};
use crate::text::Span;
use furniture::Role;
use lexicon::Kind;
use phrases::Hit;
use smallvec::SmallVec;
use std::num::NonZeroU32;
use words::Words;

/// Reads a telegram; `None` where the text is none.
pub fn read(document: &Document<'_>, scheme: &Scheme, lexicon: &Lexicon) -> Option<Reading> {
    let mut reader = Reader::new(document, scheme, lexicon);
    reader.recognise()?;
    reader.set_aside();
    if reader.reading.rendering == Some(crate::reading::Rendering::Fields) {
        reader.fields();
    } else {
        reader.transmission();
        reader.reference_number();
        reader.captions();
        reader.administrative();
    }
    reader.levels_between_pages();
    reader.body();
    reader.phrases();
    reader.compose_header();
    reader.reading.elements.sort_by_cached_key(|element| {
        let Span { start, end } = element.span;
        (u64::from(start) << u32::BITS | u64::from(end), element.kind)
    });
    Some(reader.reading)
}

/// Elements of a telegram of a page, for which there is room from the start.
const ELEMENTS: usize = 128;

/// Words of a line with their places.
type WordSpans = SmallVec<[Span; 12]>;

struct Reader<'t> {
    text: &'t str,
    document: &'t Document<'t>,
    scheme: &'t Scheme,
    level_letters: levels::FirstLetters,
    lexicon: &'t Lexicon,
    /// What each line is, as far as it was set aside or read.
    roles: Vec<Role>,
    /// Phrases of the vocabularies, by place.
    hits: Vec<Hit>,
    /// The lines that end a transmission, wherever they stand.
    ends: SmallVec<[usize; 4]>,
    /// The line to read next.
    at: usize,
    /// The line behind the telegram's last one.
    end: usize,
    body: body::Body,
    /// The captions that were read, each once.
    captions: SmallVec<[TermId; 8]>,
    /// Where the first element of each kind lies.
    firsts: [Option<NonZeroU32>; KindSet::MOST],
    reading: Reading,
}

impl<'t> Reader<'t> {
    fn new(document: &'t Document<'t>, scheme: &'t Scheme, lexicon: &'t Lexicon) -> Self {
        let mut reading = Reading::empty(Form::Telegram);
        reading.elements.reserve(ELEMENTS);
        Self {
            text: document.text(),
            end: document.lines().len(),
            document,
            scheme,
            level_letters: levels::FirstLetters::of(scheme),
            lexicon,
            roles: Vec::new(),
            hits: Vec::new(),
            ends: SmallVec::new(),
            at: 0,
            body: body::Body::default(),
            captions: SmallVec::new(),
            firsts: [None; KindSet::MOST],
            reading,
        }
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// A line up to the telegram's end.
    fn line(&self, index: usize) -> Option<(&'t str, Span)> {
        let span = self
            .document
            .lines()
            .get(index)
            .filter(|_| index < self.end)?
            .span;
        Some((self.slice(span), span))
    }

    fn role(&self, index: usize) -> Role {
        self.roles.get(index).copied().unwrap_or_default()
    }

    fn set_role(&mut self, index: usize, role: Role) {
        if let Some(own) = self.roles.get_mut(index) {
            *own = role;
        }
    }

    /// A line that was not set aside.
    fn open_line(&self, index: usize) -> Option<(&'t str, Span)> {
        self.line(index).filter(|_| self.role(index) == Role::Open)
    }

    fn words_of(&self, kind: Kind) -> &'t Words {
        self.lexicon.words(kind)
    }

    fn push(&mut self, element: Element) {
        let (kind, term) = (element.kind, element.term);
        if let (ElementKind::Caption, Some(term)) = (kind, term)
            && !self.captions.contains(&term)
        {
            self.captions.push(term);
        }
        self.reading.elements.push(element);
        if let Some(first) = self.firsts.get_mut(kind as usize)
            && first.is_none()
        {
            *first = NonZeroU32::new(offset(self.reading.elements.len()));
        }
    }

    /// The first element of a kind that was read so far.
    fn first(&self, kind: ElementKind) -> Option<&Element> {
        let count = *self.firsts.get(kind as usize)?;
        self.reading.elements.get(count?.get() as usize - 1)
    }

    /// Whether a line above was read as this caption.
    fn states_caption(&self, term: TermId) -> bool {
        self.captions.contains(&term)
    }

    fn push_text(&mut self, kind: ElementKind, span: Span) {
        self.push(Element::new(kind, span));
    }

    fn push_term(&mut self, kind: ElementKind, span: Span, term: Option<TermId>) {
        self.push(Element::new(kind, span).term(term));
    }

    /// A number, pushed where it can be read.
    fn push_number(&mut self, kind: ElementKind, span: Span) {
        if let Ok(number) = self.slice(span).parse() {
            self.push(Element::new(kind, span).with(Value::Number(number)));
        }
    }

    fn has(&self, kind: ElementKind) -> bool {
        self.first(kind).is_some()
    }

    /// A word of a vocabulary, or the one that it misspells.
    fn known_or_near(&self, kind: Kind, text: &str) -> Option<(TermId, Value)> {
        let words = self.words_of(kind);
        match words.find(text) {
            Some(term) => Some((term, Value::Text)),
            None => words.nearest(text).map(|term| (term, Value::NearMiss)),
        }
    }

    /// The span without blanks at either end.
    fn trim(&self, span: Span) -> Span {
        let text = self.slice(span);
        let start = span.start + offset(text.len() - text.trim_start().len());
        Span::new(start, start + offset(text.trim().len()))
    }

    /// Words between blanks.
    fn words(&self, span: Span) -> WordSpans {
        self.split(span, |byte| byte.is_ascii_whitespace())
    }

    /// What stands between separators.
    fn split(&self, span: Span, separates: impl Fn(u8) -> bool) -> WordSpans {
        let mut words = WordSpans::new();
        let mut start = None;
        for (at, &byte) in self.slice(span).as_bytes().iter().enumerate() {
            let at = span.start + offset(at);
            match (separates(byte), start) {
                (true, Some(first)) => {
                    words.push(Span::new(first, at));
                    start = None;
                }
                (false, None) => start = Some(at),
                _ => {}
            }
        }
        words.extend(start.map(|first| Span::new(first, span.end)));
        words
    }

    /// The document's own marking: the level and the controls that the captions state.
    fn compose_header(&mut self) {
        let level = self.first(ElementKind::Level);
        let level = level.or_else(|| self.first(ElementKind::OpeningLevel));
        let stated = level.and_then(Element::marking).cloned();
        let Some(mut header) = stated.or_else(|| self.header_without_level()) else {
            return;
        };
        let captions = self.words_of(Kind::Caption);
        for element in self.reading.of(ElementKind::Caption) {
            let term = element.term.and_then(|id| captions.term(id));
            let control = term.and_then(|term| term.control.as_deref());
            if let Some(control) = control.and_then(|name| self.scheme.control_named(name))
                && !header.has(control)
            {
                let span = element.span;
                header.controls.push(ControlUse {
                    control,
                    span,
                    value: Span::at(span.end),
                });
                header.span = header.span.join(span);
            }
        }
        self.reading.header = Some(header);
    }
}

/// Whether a text is nothing but digits.
fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A part of a line that begins at `line`.
fn part(line: Span, range: &std::ops::Range<usize>) -> Span {
    Span::new(
        line.start + offset(range.start),
        line.start + offset(range.end),
    )
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
