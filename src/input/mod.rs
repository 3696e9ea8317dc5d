//! L1: from the bytes of a file to a draft, or to the cause why it is none.

mod sniff;

use crate::text::{DecodeError, Encoding, Source, decode, decode_as, is_doubtful, other_readings};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// Why a path was not examined. The list is closed, and reports count by it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The configuration or `--exclude` leaves it out.
    Excluded,
    /// An ignore file names it, or it is hidden.
    Ignored,
    /// It is binary, or no regular file.
    NotADraft,
    /// It is not there, or may not be read.
    Unreadable,
    /// Its bytes are no text in the encoding that holds.
    Undecodable,
    /// It is locked by a password.
    Encrypted,
    /// It is larger than `max-file-size`.
    TooLarge,
    /// A container that is not read yet.
    Unsupported,
    /// A container that ends early or contradicts itself.
    Damaged,
}

impl Cause {
    /// The word used in every output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::Ignored => "ignored",
            Self::NotADraft => "not-a-draft",
            Self::Unreadable => "unreadable",
            Self::Undecodable => "undecodable",
            Self::Encrypted => "encrypted",
            Self::TooLarge => "too-large",
            Self::Unsupported => "unsupported",
            Self::Damaged => "damaged",
        }
    }

    /// Whether nobody knows what is in the draft, so that the run is not complete.
    pub const fn is_gap(self) -> bool {
        !matches!(self, Self::Excluded | Self::Ignored | Self::NotADraft)
    }
}

/// Why a draft could not be read; `detail` never holds a word of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The cause.
    pub cause: Cause,
    /// The circumstances, for people.
    pub detail: String,
}

impl Refusal {
    /// A cause with its circumstances.
    pub fn new(cause: Cause, detail: impl Into<String>) -> Self {
        Self {
            cause,
            detail: detail.into(),
        }
    }

    /// What the operating system said.
    pub fn of_io(error: &io::Error) -> Self {
        Self::new(Cause::Unreadable, said(error))
    }
}

/// How a draft is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// The encoding, where it is not to be found out.
    pub encoding: Option<Encoding>,
    /// Most bytes of a file.
    pub largest: u64,
    /// Whether bytes of a doubtful encoding are kept in each likely reading.
    pub every_reading: bool,
}

/// Bytes of room behind those of a file.
const ROOM: usize = 64;

/// Reads the file at `path`; `name` is what reports call it.
///
/// # Errors
/// The cause why it is no draft.
pub fn read(path: &Path, name: String, manner: Manner) -> Result<Source, Refusal> {
    from_bytes(bytes(path, manner.largest)?, name, manner)
}

/// The bytes of the file at `path`, at most so many.
///
/// Anything but a regular file is left unopened: a pipe would block, a device may do anything. What was
/// put in its place meanwhile is opened without waiting, and not read.
///
/// # Errors
/// It is no regular file, cannot be read, or is larger.
pub fn bytes(path: &Path, largest: u64) -> Result<Vec<u8>, Refusal> {
    let unreadable = |error: io::Error| Refusal::of_io(&error);
    let kind = fs::metadata(path).map_err(unreadable)?.file_type();
    if !kind.is_file() {
        return Err(Refusal::new(Cause::NotADraft, kind_of(kind)));
    }
    let file = opened(path).map_err(unreadable)?;
    let facts = file.metadata().map_err(unreadable)?;
    if !facts.is_file() {
        return Err(Refusal::new(Cause::NotADraft, kind_of(facts.file_type())));
    }
    let length = facts.len();
    if length > largest {
        return Err(too_large(length, largest));
    }
    let mut bytes = Vec::new();
    // With room to spare its end is seen without another look at how long it is.
    let room = usize::try_from(length).unwrap_or(usize::MAX);
    bytes
        .try_reserve_exact(room.saturating_add(ROOM))
        .map_err(|error| unreadable(error.into()))?;
    // It may grow while it is read: no more than tells that it is too large.
    let mut file = file.take(largest.saturating_add(1));
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Opens a file for reading; a pipe is opened at once, be there a writer or not.
fn opened(path: &Path) -> io::Result<fs::File> {
    let mut how = fs::OpenOptions::new();
    how.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = OFlags::NONBLOCK.bits();
        how.custom_flags(i32::try_from(flags).unwrap_or_default());
    }
    how.open(path)
}

/// Reads a draft that is in memory already.
///
/// # Errors
/// The cause why it is no draft.
pub fn from_bytes(bytes: Vec<u8>, name: String, manner: Manner) -> Result<Source, Refusal> {
    let length = bytes.len() as u64;
    if length > manner.largest {
        return Err(too_large(length, manner.largest));
    }
    if let Some(refusal) = sniff::container(&bytes, &name) {
        return Err(refusal);
    }
    let kept =
        (manner.every_reading && is_doubtful(&bytes, manner.encoding)).then(|| bytes.clone());
    let decoded = match manner.encoding {
        Some(encoding) => decode_as(bytes, encoding),
        None => decode(bytes),
    };
    let (text, encoding, map) = decoded.map_err(|error| refused(error, manner.encoding))?;
    let others = kept.map_or_else(Vec::new, |bytes| other_readings(&bytes, encoding));
    Ok(Source::new(name, text, encoding, map).with_other_readings(others))
}

fn refused(error: DecodeError, asked: Option<Encoding>) -> Refusal {
    let cause = match error {
        DecodeError::Binary => Cause::NotADraft,
        DecodeError::TooLarge => Cause::TooLarge,
        DecodeError::BrokenUtf16 | DecodeError::BrokenUtf8 => Cause::Undecodable,
    };
    match asked {
        Some(encoding) => {
            Refusal::new(cause, format!("{error}, though {} is set", encoding.word()))
        }
        None => Refusal::new(cause, error.to_string()),
    }
}

/// That a file has more bytes than are read.
pub fn too_large(length: u64, largest: u64) -> Refusal {
    let detail = format!("{length} bytes, at most {largest} are read; see `max-file-size`");
    Refusal::new(Cause::TooLarge, detail)
}

/// What an error of the operating system says, without its number.
pub fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => {
            let text = error.to_string();
            let end = text.find(" (os error").unwrap_or(text.len());
            text.get(..end).unwrap_or_default().to_lowercase()
        }
    }
}

/// What a thing is that is neither file nor folder.
pub fn kind_of(kind: fs::FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return "a named pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if kind.is_dir() {
        "a folder"
    } else {
        "no regular file"
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, Manner, from_bytes};
    use crate::text::Encoding;

    const ANY: Manner = Manner {
        encoding: None,
        largest: 1 << 20,
        every_reading: false,
    };

    fn cause(bytes: &[u8], name: &str) -> Cause {
        let refusal = from_bytes(bytes.to_vec(), name.to_owned(), ANY).unwrap_err();
        refusal.cause
    }

    #[test]
    fn containers_are_told_from_drafts_by_their_bytes() {
        assert_eq!(cause(b"%PDF-1.7\n1 0 obj\n", "a.txt"), Cause::Unsupported);
        assert_eq!(cause(b"%PDF-1.7\n/Encrypt 5 0 R\n", "a"), Cause::Encrypted);
        assert_eq!(cause(b"{\\rtf1 x}", "a.doc"), Cause::Unsupported);
        assert_eq!(
            cause(b"PK\x03\x04\x14\x00\x00\x00rest", "a.docx"),
            Cause::Damaged
        );
        assert_eq!(cause(b"\x89PNG\r\n\x1a\n\x00", "a.png"), Cause::NotADraft);
        assert_eq!(
            cause(b"From: a\nTo: b\n\nhello\n", "a.EML"),
            Cause::Unsupported
        );
    }

    #[test]
    fn an_encrypted_zip_says_so_and_a_whole_one_is_unsupported() {
        let mut zip = b"PK\x03\x04\x14\x00\x01\x00rest".to_vec();
        zip.extend_from_slice(b"PK\x05\x06");
        zip.extend_from_slice(&[0; 18]);
        assert_eq!(cause(&zip, "a.zip"), Cause::Encrypted);
        if let Some(flag) = zip.get_mut(6) {
            *flag = 0;
        }
        assert_eq!(cause(&zip, "a.docx"), Cause::Unsupported);
    }

    #[test]
    fn limits_and_encodings_that_are_set_hold() {
        let small = Manner { largest: 3, ..ANY };
        let refusal = from_bytes(b"abcd".to_vec(), "a".to_owned(), small).unwrap_err();
        assert_eq!(refusal.cause, Cause::TooLarge);
        let utf8 = Manner {
            encoding: Some(Encoding::Utf8),
            ..ANY
        };
        let refusal = from_bytes(b"\xB6".to_vec(), "a".to_owned(), utf8).unwrap_err();
        assert_eq!(refusal.cause, Cause::Undecodable);
        assert!(from_bytes(Vec::new(), "a".to_owned(), ANY).is_ok());
    }
}
