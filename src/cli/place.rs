//! Where a report goes: standard output, a file that is replaced whole, or nowhere.

use super::args::Output;
use super::failure::Failure;
use super::world::Streams;
use std::fs::File;
use std::io::{self, BufWriter, IntoInnerError, Write};
use std::path::Path;

/// Runs with the stream that the report goes to, and with standard error.
pub(super) fn to_its_place(
    output: &Output,
    streams: &mut Streams<'_>,
    run: impl FnOnce(&mut dyn Write, &mut dyn Write) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    match &output.file {
        Some(path) => to_file(path, streams, run),
        None if output.silent => run(&mut io::sink(), streams.err),
        None => run(streams.out, streams.err),
    }
}

fn to_file(
    path: &Path,
    streams: &mut Streams<'_>,
    run: impl FnOnce(&mut dyn Write, &mut dyn Write) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    let unwritable = |error: &io::Error| {
        let said = crate::input::said(error);
        Failure::Usage(format!("`{}` cannot be written: {said}", path.display()))
    };
    // A pipe or a device cannot be replaced: it is written to.
    if path.exists() && !path.is_file() {
        let mut file = File::create(path).map_err(|error| unwritable(&error))?;
        return run(&mut file, streams.err);
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut draft = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file that the user makes: the mask of the process takes off what it takes off.
        draft.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = draft
        .prefix(".caveat-report-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(|error| unwritable(&error))?;
    let mut buffered = BufWriter::new(file);
    let code = run(&mut buffered, streams.err)?;
    let file = buffered.into_inner().map_err(IntoInnerError::into_error)?;
    file.persist(path)
        .map_err(|error| unwritable(&error.error))?;
    Ok(code)
}
