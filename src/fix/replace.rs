//! A file rewritten whole: in its encoding, with its permissions, in one step.

use crate::input::said;
use crate::text::{Encoding, Source};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Why a draft is left as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FixError {
    /// Its bytes cannot be made again from its text.
    #[error("its bytes do not lie in it as they are read")]
    Inexact,
    /// Somebody else wrote it in between.
    #[error("it changed on disk in between")]
    Changed,
    /// It cannot be read again or written.
    #[error("{0}")]
    Io(String),
}

impl From<io::Error> for FixError {
    fn from(error: io::Error) -> Self {
        Self::Io(said(&error))
    }
}

/// Whether an encoding has every sign of a text.
pub fn can_hold(encoding: Encoding, text: &str) -> bool {
    encoding != Encoding::Windows1252 || !encoding_rs::WINDOWS_1252.encode(text).2
}

/// A text as the file of a source would hold it, with the same byte order mark.
///
/// # Errors
/// The bytes of the source cannot be made again from its own text, or the encoding lacks a sign.
pub fn encoded(source: &Source, original: &[u8], text: &str) -> Result<Vec<u8>, FixError> {
    let encoding = source.encoding();
    let own = bytes(encoding, source.text()).ok_or(FixError::Inexact)?;
    let mark = original.strip_suffix(own.as_slice());
    // What stands before the text is a byte order mark or nothing: anything else was not read.
    let mark = mark
        .filter(|mark| mark.len() <= 3)
        .ok_or(FixError::Inexact)?;
    let mut whole = mark.to_vec();
    whole.extend(bytes(encoding, text).ok_or(FixError::Inexact)?);
    Ok(whole)
}

fn bytes(encoding: Encoding, text: &str) -> Option<Vec<u8>> {
    let units = text.encode_utf16();
    Some(match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16Le => units.flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => units.flat_map(u16::to_be_bytes).collect(),
        Encoding::Windows1252 => {
            let (bytes, _, lacking) = encoding_rs::WINDOWS_1252.encode(text);
            (!lacking).then(|| bytes.into_owned())?
        }
    })
}

/// Puts new bytes in the place of a file in one step, if it still holds the old ones. Its permissions
/// stay; where it is a link, what it leads to is replaced and the link stays.
///
/// # Errors
/// The file changed, or cannot be read or written; it is then as it was.
pub fn replace(path: &Path, original: &[u8], new: &[u8]) -> Result<(), FixError> {
    let path = fs::canonicalize(path)?;
    let folder = path.parent().ok_or(FixError::Changed)?;
    let facts = fs::metadata(&path)?;
    let mut file = tempfile::Builder::new()
        .prefix(".caveat-fix-")
        .tempfile_in(folder)?;
    file.write_all(new)?;
    file.as_file().set_permissions(facts.permissions())?;
    file.as_file().sync_all()?;
    // As late as can be: what was read is no longer what lies there.
    if fs::read(&path)? != original {
        return Err(FixError::Changed);
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{FixError, can_hold, encoded, replace};
    use crate::text::{Encoding, Source, decode};

    fn again(bytes: &[u8], text: &str) -> Result<Vec<u8>, FixError> {
        let (own, encoding, map) = decode(bytes.to_vec()).unwrap();
        encoded(&Source::new("a", own, encoding, map), bytes, text)
    }

    #[test]
    fn every_encoding_keeps_its_mark_and_its_signs() {
        assert_eq!(
            again(b"\xEF\xBB\xBFab\r\n", "ac\r\n").unwrap(),
            b"\xEF\xBB\xBFac\r\n"
        );
        assert_eq!(
            again(b"a\xB6\x93b", "\u{b6}\u{201c}c").unwrap(),
            b"\xB6\x93c"
        );
        let wide = b"\xFF\xFEa\0\xB6\0";
        assert_eq!(again(wide, "\u{b6}b").unwrap(), b"\xFF\xFE\xB6\0b\0");
        let high = b"\xFE\xFF\0a\0\xB6";
        assert_eq!(again(high, "b").unwrap(), b"\xFE\xFF\0b");
        assert_eq!(again(b"a\xB6", "\u{3b1}"), Err(FixError::Inexact));
        assert!(!can_hold(Encoding::Windows1252, "\u{3b1}"));
        assert!(can_hold(Encoding::Utf16Le, "\u{3b1}"));
    }

    #[test]
    fn a_file_that_changed_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "two").unwrap();
        assert_eq!(replace(&path, b"one", b"three"), Err(FixError::Changed));
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        replace(&path, b"two", b"three").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"three");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.txt"), folder.path().join("link"));
        std::fs::write(&path, "one").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.txt", &link).unwrap();
        replace(&link, b"one", b"two").unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
