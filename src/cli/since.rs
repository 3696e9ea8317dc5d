//! `--since`: only what changed against a revision of git.

use super::failure::Failure;
use crate::git::{Repository, Unchanged};
use std::fs;
use std::path::{Path, PathBuf};

/// What is left out because it did not change.
pub(super) struct Since(Vec<Unchanged>);

impl Since {
    /// Asks git about the repositories that the roots lie in, each given from the root of the file system.
    pub(super) fn of(revision: Option<&str>, roots: &[PathBuf]) -> Result<Self, Failure> {
        let mut unchanged: Vec<Unchanged> = Vec::new();
        let mut tops: Vec<PathBuf> = Vec::new();
        let Some(revision) = revision else {
            return Ok(Self(unchanged));
        };
        let refused = |root: &Path, error: &dyn std::fmt::Display| {
            let root = root.display();
            Failure::Usage(format!(
                "what changed in `{root}` since `{revision}` cannot be told: {error}"
            ))
        };
        for root in roots {
            let folder = if root.is_dir() {
                Some(root.as_path())
            } else {
                root.parent().filter(|_| root.exists())
            };
            // What is not there is reported as such.
            let Some(folder) = folder else { continue };
            let repository = Repository::of(folder).map_err(|error| refused(root, &error))?;
            if !tops.contains(&repository.top) {
                let found = Unchanged::since(&repository, revision);
                unchanged.push(found.map_err(|error| refused(root, &error))?);
                tops.push(repository.top);
            }
        }
        Ok(Self(unchanged))
    }

    /// Whether nothing is left out.
    pub(super) const fn is_everything(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a file, given from the root of the file system, is to be examined.
    pub(super) fn wants(&self, path: &Path) -> bool {
        if self.is_everything() {
            return true;
        }
        // Git gives its folders without links.
        let folder = path
            .parent()
            .and_then(|folder| fs::canonicalize(folder).ok());
        let real = folder
            .zip(path.file_name())
            .map(|(folder, name)| folder.join(name));
        let path = real.as_deref().unwrap_or(path);
        !self.0.iter().any(|unchanged| unchanged.has(path))
    }
}
