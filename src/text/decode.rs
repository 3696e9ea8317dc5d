//! Bytes to text, with the map back.

use super::{OffsetMap, Segment};

/// How the bytes of a file were read.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, low byte first.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Windows-1252, of which Latin-1 is the printable part.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1252];

    /// The word used in configuration and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Zeros stand in it, and no byte order mark says why.
    #[error("binary")]
    Binary,
    /// Offsets are counted in 32 bits.
    #[error("larger than 4 GiB")]
    TooLarge,
    /// The byte order mark, or the caller, says UTF-16, and the bytes are none.
    #[error("broken UTF-16")]
    BrokenUtf16,
    /// The caller says UTF-8, and the bytes are none.
    #[error("broken UTF-8")]
    BrokenUtf8,
}

const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
const UTF16_LE_MARK: &[u8] = &[0xFF, 0xFE];
const UTF16_BE_MARK: &[u8] = &[0xFE, 0xFF];

/// Bytes in which UTF-16 without a byte order mark shows itself.
const SAMPLE: usize = 4096;

/// Fewest letters with a zero that show UTF-16.
const FEWEST: usize = 8;

/// Decodes a whole file: by its byte order mark, else as UTF-16 where the zeros say so, else as UTF-8,
/// else as Windows-1252.
///
/// A byte order mark is no part of the text.
///
/// # Errors
/// The bytes are binary, too many, or not what their byte order mark says.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Encoding, OffsetMap), DecodeError> {
    let length = u32::try_from(bytes.len()).map_err(|_| DecodeError::TooLarge)?;
    if let Some(units) = bytes.strip_prefix(UTF16_LE_MARK) {
        return utf16(units, 2, Encoding::Utf16Le);
    }
    if let Some(units) = bytes.strip_prefix(UTF16_BE_MARK) {
        return utf16(units, 2, Encoding::Utf16Be);
    }
    if memchr::memchr(0, &bytes).is_some() {
        let (encoding, sure) = wide(&bytes).ok_or(DecodeError::Binary)?;
        let decoded = utf16(&bytes, 0, encoding).map_err(|_| DecodeError::Binary)?;
        let steers = |letter: char| letter.is_control() && !"\t\n\r\u{c}".contains(letter);
        let zero = memchr::memchr(0, decoded.0.as_bytes()).is_some();
        return if zero || !sure && decoded.0.contains(steers) {
            Err(DecodeError::Binary)
        } else {
            Ok(decoded)
        };
    }
    let skipped = if bytes.starts_with(UTF8_MARK) {
        UTF8_MARK.len()
    } else {
        0
    };
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..skipped);
            let skipped = if skipped == 0 { 0 } else { 3 };
            let map = OffsetMap::identity(length - skipped, skipped);
            Ok((text, Encoding::Utf8, map))
        }
        Err(error) => windows_1252(error.as_bytes()),
    }
}

/// Decodes a whole file in an encoding that the caller knows, whatever the bytes look like.
///
/// # Errors
/// The bytes are too many, or no text in that encoding.
pub fn decode_as(
    bytes: Vec<u8>,
    encoding: Encoding,
) -> Result<(String, Encoding, OffsetMap), DecodeError> {
    let length = u32::try_from(bytes.len()).map_err(|_| DecodeError::TooLarge)?;
    let mark = match encoding {
        Encoding::Utf8 => UTF8_MARK,
        Encoding::Utf16Le => UTF16_LE_MARK,
        Encoding::Utf16Be => UTF16_BE_MARK,
        Encoding::Windows1252 => return windows_1252(&bytes),
    };
    let skipped = if bytes.starts_with(mark) {
        mark.len()
    } else {
        0
    };
    let skipped_bytes = u32::try_from(skipped).unwrap_or(0);
    if encoding != Encoding::Utf8 {
        let units = bytes.get(skipped..).unwrap_or_default();
        return utf16(units, skipped_bytes, encoding);
    }
    let mut text = String::from_utf8(bytes).map_err(|_| DecodeError::BrokenUtf8)?;
    text.drain(..skipped);
    let map = OffsetMap::identity(length - skipped_bytes, skipped_bytes);
    Ok((text, Encoding::Utf8, map))
}

/// What else bytes may be meant as that were read in `chosen`: none where they are UTF-8 and were read so.
///
/// What does not fit an encoding is replaced, so that nothing hides behind one broken letter.
pub fn other_readings(bytes: &[u8], chosen: Encoding) -> Vec<(Encoding, String)> {
    let likely = if is_plain(bytes) {
        &[Encoding::Utf8][..]
    } else {
        &[Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252]
    };
    // A mark may be a lie: it is no letter in any reading.
    let mut marks = [UTF8_MARK, UTF16_LE_MARK, UTF16_BE_MARK].into_iter();
    let rest = marks.find_map(|mark| bytes.strip_prefix(mark));
    let bytes = rest.unwrap_or(bytes);
    let others = likely.iter().filter(|encoding| **encoding != chosen);
    let read = |encoding: &Encoding| {
        let (text, _) = match encoding {
            Encoding::Utf8 => encoding_rs::UTF_8.decode_without_bom_handling(bytes),
            Encoding::Utf16Le => encoding_rs::UTF_16LE.decode_without_bom_handling(bytes),
            Encoding::Utf16Be => encoding_rs::UTF_16BE.decode_without_bom_handling(bytes),
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes),
        };
        (*encoding, text.into_owned())
    };
    others.map(read).collect()
}

/// Whether bytes may be meant otherwise than they are read.
pub fn is_doubtful(bytes: &[u8], asked: Option<Encoding>) -> bool {
    asked.is_some_and(|asked| asked != Encoding::Utf8) || !is_plain(bytes)
}

fn is_plain(bytes: &[u8]) -> bool {
    memchr::memchr(0, bytes).is_none() && std::str::from_utf8(bytes).is_ok()
}

/// The UTF-16 that bytes are without saying so, and whether that is sure: in prose of Latin letters nearly
/// every letter has a zero on the same side.
fn wide(bytes: &[u8]) -> Option<(Encoding, bool)> {
    let (pairs, _) = bytes.get(..SAMPLE).unwrap_or(bytes).as_chunks::<2>();
    let zeros = |side: usize| {
        pairs
            .iter()
            .filter(|pair| pair.get(side) == Some(&0))
            .count()
    };
    let (first, second) = (zeros(0), zeros(1));
    let most = (pairs.len() * 3 / 4).max(FEWEST);
    match (first, second) {
        (0, zeros) if zeros >= FEWEST => Some((Encoding::Utf16Le, zeros >= most)),
        (zeros, 0) if zeros >= FEWEST => Some((Encoding::Utf16Be, zeros >= most)),
        _ => None,
    }
}

/// Gathers text with the segments it came from; neighbours of one kind become one segment.
struct Gatherer {
    text: String,
    segments: Vec<Segment>,
    file: u32,
}

impl Gatherer {
    fn push(&mut self, letter: char, file_len: u32) -> Result<(), DecodeError> {
        let text = u32::try_from(self.text.len()).map_err(|_| DecodeError::TooLarge)?;
        // Letters of one text byte can share a segment: the stride tells where each lies.
        let stride = if letter.is_ascii() {
            u8::try_from(file_len).unwrap_or(0)
        } else {
            0
        };
        match self.segments.last_mut() {
            Some(last) if stride != 0 && last.stride == stride => last.file_len += file_len,
            _ => self.segments.push(Segment {
                text,
                file: self.file,
                file_len,
                stride,
            }),
        }
        self.text.push(letter);
        self.file += file_len;
        Ok(())
    }

    fn finish(self, encoding: Encoding) -> Result<(String, Encoding, OffsetMap), DecodeError> {
        let length = u32::try_from(self.text.len()).map_err(|_| DecodeError::TooLarge)?;
        Ok((
            self.text,
            encoding,
            OffsetMap::from_segments(length, self.segments),
        ))
    }
}

fn utf16(
    bytes: &[u8],
    skipped: u32,
    encoding: Encoding,
) -> Result<(String, Encoding, OffsetMap), DecodeError> {
    let unit = match encoding {
        Encoding::Utf16Be => u16::from_be_bytes,
        _ => u16::from_le_bytes,
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(DecodeError::BrokenUtf16);
    }
    let text = String::with_capacity(pairs.len());
    let mut gatherer = Gatherer {
        text,
        segments: Vec::new(),
        file: skipped,
    };
    for letter in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        let letter = letter.map_err(|_| DecodeError::BrokenUtf16)?;
        gatherer.push(letter, if letter.len_utf16() == 1 { 2 } else { 4 })?;
    }
    gatherer.finish(encoding)
}

fn windows_1252(bytes: &[u8]) -> Result<(String, Encoding, OffsetMap), DecodeError> {
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    let capacity = String::with_capacity(text.len());
    let mut gatherer = Gatherer {
        text: capacity,
        segments: Vec::new(),
        file: 0,
    };
    for letter in text.chars() {
        gatherer.push(letter, 1)?;
    }
    gatherer.finish(Encoding::Windows1252)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may stop at once")]
mod tests {
    use super::{DecodeError, Encoding, decode, decode_as};
    use crate::text::Span;
    use proptest::prelude::*;

    #[test]
    fn each_encoding_is_known_and_its_places_lead_back() {
        let wide = |unit: fn(u16) -> [u8; 2]| {
            "\u{feff}1 \u{b6}x"
                .encode_utf16()
                .flat_map(unit)
                .collect::<Vec<u8>>()
        };
        let cases = [
            (
                b"\xEF\xBB\xBF1 \xC2\xB6x".to_vec(),
                Encoding::Utf8,
                5..7,
                7..8,
            ),
            (b"1 \xB6x".to_vec(), Encoding::Windows1252, 2..3, 3..4),
            (wide(u16::to_le_bytes), Encoding::Utf16Le, 6..8, 8..10),
            (wide(u16::to_be_bytes), Encoding::Utf16Be, 6..8, 8..10),
        ];
        for (bytes, wanted, pilcrow, letter) in cases {
            let (text, encoding, map) = decode(bytes).unwrap();
            assert_eq!((text.as_str(), encoding), ("1 \u{b6}x", wanted));
            let place = |start, end| {
                let span = map.file_span(Span::new(start, end));
                span.start..span.end
            };
            assert_eq!((place(2, 4), place(4, 5)), (pilcrow, letter), "{wanted:?}");
        }
    }

    #[test]
    fn wide_text_without_a_mark_is_known_by_its_zeros() {
        let wide = |unit: fn(u16) -> [u8; 2]| {
            "1. (X) A \u{201c}ship\u{201d} left."
                .encode_utf16()
                .flat_map(unit)
                .collect::<Vec<u8>>()
        };
        for (bytes, wanted) in [
            (wide(u16::to_le_bytes), Encoding::Utf16Le),
            (wide(u16::to_be_bytes), Encoding::Utf16Be),
        ] {
            let (text, encoding, map) = decode(bytes.clone()).unwrap();
            assert_eq!(encoding, wanted);
            assert!(text.starts_with("1. (X)"));
            assert_eq!(map.file_span(Span::new(3, 6)).start, 6);
            assert_eq!(decode_as(bytes, wanted).unwrap().0, text);
        }
    }

    #[test]
    fn an_encoding_that_is_given_holds_and_its_mark_is_no_text() {
        let bytes = b"\xEF\xBB\xBFab".to_vec();
        let (text, _, map) = decode_as(bytes.clone(), Encoding::Utf8).unwrap();
        assert_eq!(
            (text.as_str(), map.file_span(Span::new(0, 1)).start),
            ("ab", 3)
        );
        let (text, encoding, _) = decode_as(bytes, Encoding::Windows1252).unwrap();
        assert_eq!((text.chars().count(), encoding), (5, Encoding::Windows1252));
        let broken = decode_as(b"\xB6".to_vec(), Encoding::Utf8).unwrap_err();
        assert_eq!(broken, DecodeError::BrokenUtf8);
    }

    #[test]
    fn what_is_no_text_is_said_to_be_none() {
        assert_eq!(decode(b"a\0b".to_vec()).unwrap_err(), DecodeError::Binary);
        assert_eq!(
            decode(b"\xFF\xFEa".to_vec()).unwrap_err(),
            DecodeError::BrokenUtf16
        );
        assert_eq!(
            decode(b"\xFE\xFF\xD8\x00".to_vec()).unwrap_err(),
            DecodeError::BrokenUtf16
        );
        assert_eq!(decode(Vec::new()).unwrap().0, "");
    }

    proptest! {
        #[test]
        fn places_keep_their_order_and_exact_ones_their_bytes(bytes in any::<Vec<u8>>()) {
            let Ok((text, _, map)) = decode(bytes.clone()) else { return Ok(()) };
            let mut last = 0;
            for (at, letter) in text.char_indices() {
                let end = u32::try_from(at + letter.len_utf8()).unwrap();
                let span = Span::new(u32::try_from(at).unwrap(), end);
                let file = map.file_span(span);
                prop_assert!(last <= file.start && file.start < file.end);
                let found = &bytes[file.start as usize..file.end as usize];
                if map.is_exact(span) {
                    prop_assert_eq!(found, text[span.range()].as_bytes());
                }
                last = file.end;
            }
            prop_assert_eq!(last as usize, if text.is_empty() { 0 } else { bytes.len() });
        }
    }
}
