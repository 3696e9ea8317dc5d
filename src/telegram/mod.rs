//! L5: reads a telegram: its rendering, its header, its captions, its paragraphs.
//!
//! The order of the elements is that of the traffic: transmission header, the line with level and
//! reference number, captions, administrative lines, text.

mod administrative;
mod authority;
mod body;
mod lexicon;
mod mrn;
mod transmission;

pub use lexicon::Lexicon;

use crate::document::Document;
use crate::marking::{ControlUse, Marking, Scheme, Surface, Vocabulary};
use crate::reading::{Element, ElementKind, Form, Reading, Rendering, Value};
use crate::text::Span;

/// Lines within which a journal copy shows its first page line.
const JOURNAL_WINDOW: usize = 12;

/// Lines of text within which an extract shows its reference number.
const EXTRACT_WINDOW: usize = 12;

/// Reads a telegram; `None` where the text is none.
pub fn read(text: &str, scheme: &Scheme, lexicon: &Lexicon) -> Option<Reading> {
    let mut reader = Reader::new(text, scheme, lexicon);
    reader.rendering()?;
    reader.transmission();
    reader.reference_number()?;
    reader.captions();
    reader.administrative();
    reader.body();
    reader.authority();
    reader.compose_header();
    reader
        .reading
        .elements
        .sort_by_key(|element| (element.span, element.kind));
    Some(reader.reading)
}

struct Reader<'t> {
    text: &'t str,
    document: Document,
    /// The line to read next.
    at: usize,
    scheme: &'t Scheme,
    lexicon: &'t Lexicon,
    reading: Reading,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, scheme: &'t Scheme, lexicon: &'t Lexicon) -> Self {
        let reading = Reading::empty(Form::Telegram);
        Self {
            text,
            document: Document::of(text),
            at: 0,
            scheme,
            lexicon,
            reading,
        }
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn line(&self, index: usize) -> Option<(&'t str, Span)> {
        let span = self.document.lines().get(index)?.span;
        Some((self.slice(span), span))
    }

    fn push(&mut self, element: Element) {
        self.reading.elements.push(element);
    }

    fn vocabulary(&self, of: &str) -> Option<&'t Vocabulary> {
        self.lexicon.get(of)
    }

    /// Which rendering it is; `None` where nothing speaks for a telegram.
    fn rendering(&mut self) -> Option<()> {
        let shown: Vec<usize> = (0..self.document.lines().len().min(80))
            .filter(|&index| {
                self.document
                    .lines()
                    .get(index)
                    .is_some_and(|line| !line.span.is_empty())
            })
            .collect();
        let texts = || {
            shown
                .iter()
                .filter_map(|&index| self.line(index))
                .map(|(text, _)| text)
        };
        let rendering = if texts().next()?.starts_with("VZCZC") {
            Rendering::Transmission
        } else if texts()
            .take(JOURNAL_WINDOW)
            .any(|text| text.starts_with("PAGE 01"))
        {
            Rendering::Journal
        } else if texts()
            .take(EXTRACT_WINDOW)
            .any(|text| text.starts_with("MRN:"))
        {
            Rendering::Fields
        } else if texts().any(transmission::is_dtg_line)
            && texts().any(|text| text.starts_with("FM "))
        {
            Rendering::FromDtg
        } else {
            let labelled = texts().any(|text| administrative::label(text, self.lexicon).is_some());
            let numbered = texts().take(EXTRACT_WINDOW).any(|text| {
                mrn::split(text, self.scheme).is_some_and(|found| found.level.is_some())
            });
            (labelled && numbered).then_some(Rendering::Extract)?
        };
        self.reading.rendering = Some(rendering);
        Some(())
    }

    /// The document's own marking: the level and the controls that the captions state.
    fn compose_header(&mut self) {
        let Some(level) = self.reading.first(ElementKind::Level) else {
            return;
        };
        let Some(mut header) = level.marking().cloned() else {
            return;
        };
        let captions = self.vocabulary("caption");
        for element in self.reading.of(ElementKind::Caption) {
            let term = element
                .term
                .and_then(|id| captions.map(|captions| captions.term(id)));
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

    /// A marking written between brackets, pushed as an element where it is understood.
    fn mark(&mut self, kind: ElementKind, inner: Span) -> bool {
        let marking = crate::marking::parse(
            self.slice(inner),
            inner.start,
            self.scheme,
            Surface::Portion,
        );
        let understood = marking.is_understood();
        if understood {
            self.push(Element::new(kind, inner).with(Value::Marking(Box::new(marking))));
        }
        understood
    }
}

/// An empty marking at a level's place, for the reference line.
fn level_marking(level: crate::marking::LevelUse) -> Marking {
    let mut marking = Marking::empty(level.span, Surface::Header);
    marking.level = Some(level);
    marking
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
