//! Bytes to text, with the map back.

use super::OffsetMap;

/// How the bytes of a file were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, of which Latin-1 is the printable part.
    Windows1252,
}

/// Decodes a whole file.
pub fn decode(bytes: Vec<u8>) -> Option<(String, Encoding, OffsetMap)> {
    let length = u32::try_from(bytes.len()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    Some((text, Encoding::Utf8, OffsetMap::identity(length, 0)))
}
