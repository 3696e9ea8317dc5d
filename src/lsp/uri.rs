//! File addresses as editors write them, and the paths that they mean.

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use std::path::{Path, PathBuf};

/// Bytes that stand as they are in the path of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// The path of a file address; `None` for an address of any other kind, such as a buffer without a file.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let path: Vec<u8> = percent_decode_str(path).collect();
    of_bytes(host, path)
}

#[cfg(unix)]
fn of_bytes(host: &str, path: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    let here = host.is_empty() || host == "localhost";
    here.then(|| PathBuf::from(std::ffi::OsString::from_vec(path)))
}

#[cfg(not(unix))]
fn of_bytes(host: &str, path: Vec<u8>) -> Option<PathBuf> {
    let path = String::from_utf8(path).ok()?;
    if !host.is_empty() && host != "localhost" {
        return Some(PathBuf::from(format!("//{host}{path}")));
    }
    // A drive stands behind the first slash.
    let drive = path.get(1..).filter(|rest| rest.get(1..2) == Some(":"));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// The address of a file, given from the root of the file system.
pub(super) fn of_path(path: &Path) -> Uri {
    let bytes = path.as_os_str().as_encoded_bytes();
    let written = percent_encode(bytes, PLAIN).to_string();
    if cfg!(windows) {
        let written = written.replace("%5C", "/");
        return Uri(format!("file:///{}", written.trim_start_matches('/')));
    }
    Uri(format!("file://{written}"))
}

/// The last part of an address, for a buffer that is no file.
pub(super) fn name(uri: &Uri) -> String {
    let name = uri.0.rsplit(['/', ':', '\\']).next().unwrap_or_default();
    percent_decode_str(name).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::{name, of_path, path};
    use std::path::Path;

    #[test]
    #[cfg(unix)]
    fn paths_and_addresses_answer_each_other() {
        let there = Path::new("/lake house/\u{e9}#1?.txt");
        let uri = of_path(there);
        assert_eq!(uri.0, "file:///lake%20house/%C3%A9%231%3F.txt");
        assert_eq!(path(&uri).as_deref(), Some(there));
        assert_eq!(
            path(&"file://localhost/a".into()).as_deref(),
            Some(Path::new("/a"))
        );
        assert_eq!(path(&"untitled:Untitled-1".into()), None);
        assert_eq!(path(&"file://far/a".into()), None);
        assert_eq!(path(&"file:".into()), None);
    }

    #[test]
    fn a_buffer_without_a_file_has_a_name() {
        assert_eq!(name(&"untitled:Untitled-1".into()), "Untitled-1");
        assert_eq!(name(&String::new().into()), "");
    }
}
