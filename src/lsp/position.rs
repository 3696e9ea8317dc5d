//! Places as an editor counts them: lines from 0, and columns in the unit that both sides agreed upon.

use crate::text::{LineIndex, Span};
use gen_lsp_types::{Position, PositionEncodingKind, Range};
use std::cell::Cell;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Unit {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16, which every editor must know.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Unit {
    /// The unit of a session: bytes where the editor knows them, else the first that it names.
    pub(super) fn agreed(offered: &[PositionEncodingKind]) -> Self {
        let known = |kind: &PositionEncodingKind| match kind {
            PositionEncodingKind::UTF8 => Some(Self::Utf8),
            PositionEncodingKind::UTF16 => Some(Self::Utf16),
            PositionEncodingKind::UTF32 => Some(Self::Utf32),
            PositionEncodingKind::Custom(_) => None,
        };
        if offered.contains(&PositionEncodingKind::UTF8) {
            return Self::Utf8;
        }
        offered.iter().find_map(known).unwrap_or_default()
    }

    /// The word of the protocol.
    pub(super) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    const fn width(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// Columns of a piece of a line.
    pub(super) fn columns(self, text: &str) -> u32 {
        let columns = match self {
            Self::Utf8 => text.len(),
            Self::Utf16 | Self::Utf32 if text.is_ascii() => text.len(),
            Self::Utf16 | Self::Utf32 => text.chars().map(|letter| self.width(letter)).sum(),
        };
        u32::try_from(columns).unwrap_or(u32::MAX)
    }
}

/// A text with its lines and the unit of the session.
#[derive(Clone)]
pub(super) struct Places<'t> {
    text: &'t str,
    lines: &'t LineIndex,
    unit: Unit,
    /// The place that was last asked for, from which a later one on the same line is counted: offset,
    /// line, column. Else a line of a megabyte would be counted anew for each of its marks.
    last: Cell<(u32, usize, u32)>,
}

// It holds a draft.
impl std::fmt::Debug for Places<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Places")
            .field("unit", &self.unit)
            .finish_non_exhaustive()
    }
}

impl<'t> Places<'t> {
    pub(super) const fn new(text: &'t str, lines: &'t LineIndex, unit: Unit) -> Self {
        Self {
            text,
            lines,
            unit,
            last: Cell::new((0, 0, 0)),
        }
    }

    /// The place of a byte; one inside a character is the place of its first byte.
    pub(super) fn position(&self, offset: u32) -> Position {
        let length = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let mut offset = offset.min(length);
        while !self.text.is_char_boundary(offset as usize) {
            offset -= 1;
        }
        let line = self.lines.line_of(offset);
        let (before, known, column) = self.last.get();
        let (from, column) = if known == line && before <= offset {
            (before, column)
        } else {
            (self.lines.line_span(line, self.text).start, 0)
        };
        let piece = self.text.get(from as usize..offset as usize);
        let column = column + self.unit.columns(piece.unwrap_or_default());
        self.last.set((offset, line, column));
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: column,
        }
    }

    /// The place of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        Range {
            start: self.position(span.start),
            end: self.position(span.end),
        }
    }

    /// The byte of a place: behind the end of a line it is that end, behind the last line the end of
    /// the text, and inside a character its first byte.
    pub(super) fn offset(&self, position: Position) -> u32 {
        let line = position.line as usize;
        let span = self.lines.line_span(line, self.text);
        let whole = self.text.get(span.range()).unwrap_or_default();
        let whole = whole.strip_suffix('\n').unwrap_or(whole);
        let whole = whole.strip_suffix('\r').unwrap_or(whole);
        let wanted = position.character as usize;
        let (mut column, mut bytes) = (0, 0);
        if self.unit != Unit::Utf8 && whole.is_ascii() {
            bytes = wanted.min(whole.len());
        } else {
            for letter in whole.chars() {
                column += self.unit.width(letter);
                if column > wanted {
                    break;
                }
                bytes += letter.len_utf8();
            }
        }
        span.start + u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    /// The bytes of a range; one that ends before it begins is turned round.
    pub(super) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }

    /// The bytes of the line, without its end, that an offset lies in.
    pub(super) fn line(&self, offset: u32) -> Span {
        let span = self.lines.line_span(self.lines.line_of(offset), self.text);
        let whole = self.text.get(span.range()).unwrap_or_default();
        let bare = whole.trim_end_matches(['\n', '\r']);
        Span::new(
            span.start,
            span.start + u32::try_from(bare.len()).unwrap_or(u32::MAX),
        )
    }

    /// The unit of the session.
    pub(super) const fn unit(&self) -> Unit {
        self.unit
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Unit};
    use crate::text::LineIndex;
    use gen_lsp_types::{Position, PositionEncodingKind as Kind};

    #[test]
    fn bytes_are_preferred_and_utf_16_is_the_rest() {
        assert_eq!(Unit::agreed(&[]), Unit::Utf16);
        assert_eq!(Unit::agreed(&[Kind::UTF16, Kind::UTF8]), Unit::Utf8);
        assert_eq!(Unit::agreed(&[Kind::UTF32, Kind::UTF16]), Unit::Utf32);
        assert_eq!(Unit::agreed(&[Kind::Custom("morse".into())]), Unit::Utf16);
    }

    #[test]
    fn places_go_there_and_back_in_each_unit() {
        let text = "a\r\n\u{1f6a2}\u{e9}(X)\rend";
        let lines = LineIndex::new(text);
        let mark = u32::try_from(text.find('(').unwrap()).unwrap();
        for (unit, column) in [(Unit::Utf8, 6), (Unit::Utf16, 3), (Unit::Utf32, 2)] {
            let places = Places::new(text, &lines, unit);
            let position = places.position(mark);
            assert_eq!((position.line, position.character), (1, column));
            assert_eq!(places.offset(position), mark);
            // Later on the same line, then before it.
            assert_eq!(places.position(mark + 3).character, column + 3);
            assert_eq!(places.position(mark).character, column);
            let far = Position {
                line: 1,
                character: 99,
            };
            assert_eq!(places.offset(far), mark + 3);
            let far = Position {
                line: 99,
                character: 0,
            };
            assert_eq!(places.offset(far) as usize, text.len());
            // Inside the ship.
            assert_eq!(places.position(4).character, 0);
        }
    }
}
