//! A path in a journal, whatever its bytes.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A path: as text, or as bytes where it is no UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    /// As text.
    Path(String),
    /// Its bytes, percent-encoded.
    Bytes(String),
}

impl Named {
    /// A path under its name.
    pub fn new(path: &Path) -> Self {
        if let Some(text) = path.to_str() {
            return Self::Path(text.to_owned());
        }
        let bytes = path.as_os_str().as_encoded_bytes();
        Self::Bytes(percent_encode(bytes, NON_ALPHANUMERIC).to_string())
    }

    /// The path.
    pub fn path(&self) -> PathBuf {
        match self {
            Self::Path(text) => PathBuf::from(text),
            Self::Bytes(encoded) => {
                let bytes: Vec<u8> = percent_decode_str(encoded).collect();
                PathBuf::from(&*os_string(&bytes))
            }
        }
    }
}

#[cfg(unix)]
fn os_string(bytes: &[u8]) -> std::borrow::Cow<'_, OsStr> {
    use std::os::unix::ffi::OsStrExt as _;
    OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> std::ffi::OsString {
    // Such a path is not found again, and its draft is examined anew.
    OsStr::new(&*String::from_utf8_lossy(bytes)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::Named;
    use std::path::{Path, PathBuf};

    fn there_and_back(path: &Path) -> PathBuf {
        let line = serde_json::to_string(&Named::new(path)).unwrap();
        serde_json::from_str::<Named>(&line).unwrap().path()
    }

    #[test]
    fn a_path_comes_back() {
        for path in ["a b/c.txt", "%41", "\u{e9}\n\"", "/"] {
            assert_eq!(there_and_back(Path::new(path)), Path::new(path));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_utf8_comes_back() {
        use std::os::unix::ffi::OsStrExt as _;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"a/\xff%41\n"));
        assert_eq!(there_and_back(path), path);
    }
}
