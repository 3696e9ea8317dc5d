//! Where reports go: standard output, files that are replaced whole, or nowhere.

use super::failure::Failure;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Files that are written beside their places and moved there when all of them are done.
#[derive(Debug, Default)]
pub(super) struct Files {
    waiting: Vec<(NamedTempFile, PathBuf)>,
}

impl Files {
    /// A file to write that will stand at a path.
    pub(super) fn open(&mut self, path: &Path) -> Result<Box<dyn Write>, Failure> {
        let unwritable = |error: io::Error| unwritable(path, &error);
        if self.waiting.iter().any(|(_, known)| known == path) {
            let message = format!("`{}` is named for two reports", path.display());
            return Err(Failure::Usage(message));
        }
        // A pipe or a device cannot be replaced: it is written to.
        if path.exists() && !path.is_file() {
            let file = File::create(path).map_err(unwritable)?;
            return Ok(Box::new(BufWriter::new(file)));
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
        let draft = draft
            .prefix(".caveat-report-")
            .tempfile_in(folder.unwrap_or(Path::new(".")))
            .map_err(unwritable)?;
        let file = draft.as_file().try_clone().map_err(unwritable)?;
        self.waiting.push((draft, path.to_owned()));
        Ok(Box::new(BufWriter::new(file)))
    }

    /// The names of the files as long as they wait, which no folder has twice.
    pub(super) fn names(&self) -> BTreeSet<OsString> {
        let names = self
            .waiting
            .iter()
            .filter_map(|(draft, _)| draft.path().file_name());
        names.map(OsStr::to_owned).collect()
    }

    /// Moves every file to its place, once all that was written is flushed.
    pub(super) fn keep(self) -> Result<(), Failure> {
        for (draft, path) in self.waiting {
            draft
                .persist(&path)
                .map_err(|error| unwritable(&path, &error.error))?;
        }
        Ok(())
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let said = crate::input::said(error);
    Failure::Usage(format!("`{}` cannot be written: {said}", path.display()))
}
