//! L0: text, places in it, and the way back to the bytes of the file.

mod decode;
mod known_words;
mod line_index;
mod offset_map;
mod span;

pub use decode::{DecodeError, Encoding, decode, decode_as, is_doubtful, other_readings};
pub use known_words::KnownWords;
pub use line_index::{LineColumn, LineIndex};
pub use offset_map::{OffsetMap, Segment};
pub use span::{FileSpan, Span};

use std::sync::OnceLock;

/// A draft: its name, its text as decoded, and the way back to the bytes of the file.
pub struct Source {
    name: String,
    text: String,
    encoding: Encoding,
    map: OffsetMap,
    lines: OnceLock<LineIndex>,
    others: Vec<(Encoding, String)>,
}

impl Source {
    /// A draft whose text was decoded by [`decode`].
    pub fn new(name: impl Into<String>, text: String, encoding: Encoding, map: OffsetMap) -> Self {
        Self {
            name: name.into(),
            text,
            encoding,
            map,
            lines: OnceLock::new(),
            others: Vec::new(),
        }
    }

    /// The same with what its bytes may be meant as besides.
    #[must_use]
    pub fn with_other_readings(mut self, others: Vec<(Encoding, String)>) -> Self {
        self.others = others;
        self
    }

    /// What its bytes may be meant as besides: empty where their encoding is not in doubt.
    pub fn other_readings(&self) -> &[(Encoding, String)] {
        &self.others
    }

    /// A draft that is plain UTF-8 in memory, such as a test or an editor's buffer.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self::new(name, text, Encoding::Utf8, OffsetMap::identity(length, 0))
    }

    /// The path as given, or what stands for one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text, otherwise as it lies in the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the bytes were read.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The text of a span; empty where the span is not one of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The same place in the bytes of the file.
    pub fn file_span(&self, span: Span) -> FileSpan {
        self.map.file_span(span)
    }

    /// Whether every byte of the span lies in the file as it does in the text, so that it can be edited.
    pub fn is_exact(&self, span: Span) -> bool {
        self.map.is_exact(span)
    }

    /// Lines and columns, made on first use.
    pub fn line_index(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

// A draft is classified text: `Debug` shows its name and length, never a word of it.
impl std::fmt::Debug for Source {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Source")
            .field("name", &self.name)
            .field("bytes", &self.text.len())
            .field("encoding", &self.encoding)
            .finish_non_exhaustive()
    }
}
