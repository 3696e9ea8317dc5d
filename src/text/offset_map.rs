//! The way from the decoded text back to the bytes of the file.

use super::{FileSpan, Span};

/// A run of text and the bytes it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// First byte in the decoded text.
    pub text: u32,
    /// First byte in the file.
    pub file: u32,
    /// Bytes of the file that the segment came from.
    pub file_len: u32,
    /// Bytes of the file for each byte of the text: 1 where they agree byte for byte, 0 where the
    /// segment is one character and can only be taken whole.
    pub stride: u8,
}

/// Sorted segments that cover the text without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffsetMap {
    part: u16,
    text_len: u32,
    segments: Vec<Segment>,
}

impl OffsetMap {
    /// Text that lies in the file as it is, `skipped` bytes (a byte order mark) after its start.
    pub fn identity(length: u32, skipped: u32) -> Self {
        let segment = Segment {
            text: 0,
            file: skipped,
            file_len: length,
            stride: 1,
        };
        Self {
            part: 0,
            text_len: length,
            segments: vec![segment],
        }
    }

    /// Segments in order, the first at text offset 0.
    pub fn from_segments(text_len: u32, segments: Vec<Segment>) -> Self {
        Self {
            part: 0,
            text_len,
            segments,
        }
    }

    /// The bytes of the file that the span came from. A byte inside a covering segment stands for the whole of it.
    pub fn file_span(&self, span: Span) -> FileSpan {
        let start = self.file_offset(span.start, false);
        let end = if span.is_empty() {
            start
        } else {
            self.file_offset(span.end, true)
        };
        FileSpan {
            part: self.part,
            start,
            end: end.max(start),
        }
    }

    /// Whether every byte of the span lies in exact segments.
    pub fn is_exact(&self, span: Span) -> bool {
        let first = self.index_of(span.start);
        let last = self.index_of(span.end.saturating_sub(1).max(span.start));
        self.segments
            .get(first..=last)
            .is_some_and(|run| run.iter().all(|segment| segment.stride == 1))
    }

    fn index_of(&self, offset: u32) -> usize {
        self.segments
            .partition_point(|segment| segment.text <= offset)
            .saturating_sub(1)
    }

    fn file_offset(&self, offset: u32, is_end: bool) -> u32 {
        let probe = if is_end {
            offset.saturating_sub(1)
        } else {
            offset
        };
        let Some(segment) = self.segments.get(self.index_of(probe)) else {
            return offset;
        };
        if segment.stride != 0 {
            let into = offset.min(self.text_len) - segment.text;
            segment.file + into * u32::from(segment.stride)
        } else if is_end || offset >= self.text_len {
            segment.file + segment.file_len
        } else {
            segment.file
        }
    }
}
