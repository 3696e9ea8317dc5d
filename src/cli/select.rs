//! From what was typed to the paths that are to be walked.

use super::args::Selection;
use super::failure::Failure;
use super::world::Streams;
use std::path::{Path, PathBuf};

/// What stands for standard input.
const STDIN: &str = "-";

/// What is to be examined.
#[derive(Default)]
pub(super) struct Selected {
    /// Files and folders.
    pub(super) roots: Vec<PathBuf>,
    /// A draft from standard input, with its name.
    pub(super) held: Option<(PathBuf, Vec<u8>)>,
}

/// Reads the list of paths and the draft from standard input, where they are asked for.
pub(super) fn select(
    selection: &Selection,
    streams: &mut Streams<'_>,
) -> Result<Selected, Failure> {
    let mut selected = Selected::default();
    let listed = selection.files_from.as_deref();
    if let Some(list) = listed {
        let bytes = read_list(list, streams)?;
        selected.roots.extend(paths(&bytes));
    }
    for path in &selection.paths {
        if path != Path::new(STDIN) {
            selected.roots.push(path.clone());
        } else if listed == Some(Path::new(STDIN)) {
            let message = "`-` and `--files-from -` both want standard input";
            return Err(Failure::Usage(message.to_owned()));
        } else if selected.held.is_none() {
            let mut bytes = Vec::new();
            streams.input.read_to_end(&mut bytes).map_err(|error| {
                let said = crate::input::said(&error);
                Failure::Usage(format!("standard input cannot be read: {said}"))
            })?;
            let name = selection.stdin_filename.clone();
            selected.held = Some((name.unwrap_or_else(|| "<stdin>".into()), bytes));
        }
    }
    if selected.held.is_none() && selection.stdin_filename.is_some() {
        let message = "`--stdin-filename` names a draft from standard input: give `-` as a path";
        return Err(Failure::Usage(message.to_owned()));
    }
    if selection.paths.is_empty() && listed.is_none() {
        selected.roots.push(PathBuf::from("."));
    }
    Ok(selected)
}

fn read_list(list: &Path, streams: &mut Streams<'_>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if list == Path::new(STDIN) {
        streams.input.read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(list)
    };
    read.map_err(|error| {
        let said = crate::input::said(&error);
        Failure::Usage(format!("`{}` cannot be read: {said}", list.display()))
    })
}

/// The paths of a list: separated by NUL where there is one, else one a line.
fn paths(list: &[u8]) -> Vec<PathBuf> {
    let nul = list.contains(&0);
    let ends = |&byte: &u8| if nul { byte == 0 } else { byte == b'\n' };
    list.split(ends)
        .map(|path| {
            if nul {
                path
            } else {
                path.strip_suffix(b"\r").unwrap_or(path)
            }
        })
        .filter(|path| !path.is_empty())
        .map(path_of)
        .collect()
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::paths;
    use std::path::Path;

    #[test]
    fn a_list_is_one_path_a_line_or_separated_by_nul() {
        assert_eq!(paths(b"a b\r\nc\n\n"), [Path::new("a b"), Path::new("c")]);
        assert_eq!(paths(b"a\nb\0c\0"), [Path::new("a\nb"), Path::new("c")]);
        assert!(paths(b"").is_empty());
    }
}
