//! A place at fault, as a check reports it.

use super::Draft;
use crate::diagnostic::Confidence;
use crate::reading::Element;
use crate::text::Span;
use smallvec::SmallVec;

/// A place at fault, with what stands there and what should.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    /// Bytes of the decoded text.
    pub span: Span,
    /// What stands there.
    pub found: String,
    /// What should; empty where nothing can be said.
    pub expected: String,
    /// Whether that is quoted from the draft too.
    pub quotes: bool,
    /// Places that explain it.
    pub related: SmallVec<[Span; 3]>,
    /// How sure the reader is of all these places.
    pub confidence: Confidence,
}

// A finding quotes the draft, so `Debug` shows only where.
impl std::fmt::Debug for Finding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Finding")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

impl Finding {
    /// At an element, quoting it.
    pub fn at(element: &Element, draft: &Draft<'_>) -> Self {
        Self {
            confidence: element.confidence,
            ..Self::at_place(element.span, draft)
        }
    }

    /// At a place without its outer blanks, quoting it.
    pub fn at_place(span: Span, draft: &Draft<'_>) -> Self {
        let found = draft.slice(span);
        let text = draft.text.get(span.range()).unwrap_or_default();
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let start = span.start + length(text) - length(text.trim_start());
        Self {
            span: Span::new(start, start + length(found)),
            found: found.to_owned(),
            expected: String::new(),
            quotes: false,
            related: SmallVec::new(),
            confidence: Confidence::Certain,
        }
    }

    /// The same with what should stand there.
    #[must_use]
    pub fn expecting(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    /// The same with what should stand there by another place of the draft.
    #[must_use]
    pub fn expecting_as_at(mut self, span: Span, draft: &Draft<'_>) -> Self {
        draft.slice(span).clone_into(&mut self.expected);
        self.quotes = true;
        self
    }

    /// The same with an element that explains it.
    #[must_use]
    pub fn beside(mut self, element: &Element) -> Self {
        self.related.push(element.span);
        self.confidence = self.confidence.min(element.confidence);
        self
    }

    /// The same with a place that explains it.
    #[must_use]
    pub fn beside_place(mut self, span: Span) -> Self {
        self.related.push(span);
        self
    }
}
