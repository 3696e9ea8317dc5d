//! The policy of a machine: what its releasing officer demands of every draft on it.
//!
//! A policy only tightens. There may be several: each holds, and none takes back what another demands.

mod file;
mod held;

pub use file::{PolicyFile, PolicyLevel};
pub(super) use held::Held;

use super::file::Placed;
use super::layer::{Layer, LayerKind, lexical, shown};
use crate::input::said;
use crate::problem::{PackProblem, TextFile};
use crate::toml_file;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the policy of a machine lies: where its administrator alone writes. No variable moves it.
pub const OF_THE_MACHINE: &str = if cfg!(windows) {
    r"C:\ProgramData\caveat\policy.toml"
} else if cfg!(target_os = "macos") {
    "/Library/Application Support/caveat/policy.toml"
} else {
    "/etc/caveat/policy.toml"
};

/// A policy that was read.
#[derive(Debug)]
pub(super) struct Policy {
    /// Its file as a source, from the root of the file system.
    pub(super) layer: Arc<Layer>,
    pub(super) content: PolicyFile,
}

impl Policy {
    /// Reads the policy of a machine; `None` where it has none. One that is there and cannot be read is a problem.
    pub(super) fn of_the_machine(
        path: &Path,
        folder: &Path,
    ) -> Result<Option<Self>, Vec<PackProblem>> {
        // A link to nowhere is there: whatever took its target away took no policy back.
        if fs::symlink_metadata(path).is_err_and(|error| {
            let kind = error.kind();
            matches!(
                kind,
                std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
            )
        }) {
            return Ok(None);
        }
        let file = TextFile::new(shown(path, folder), "");
        let asked = |message| PackProblem::new(&file, 0..0, message);
        Self::read(path, folder, &asked).map(Some)
    }

    /// Reads a policy; `asked` makes the problem where it cannot be read.
    pub(super) fn read(
        path: &Path,
        folder: &Path,
        asked: &dyn Fn(String) -> PackProblem,
    ) -> Result<Self, Vec<PackProblem>> {
        let name = shown(path, folder);
        let bytes = fs::read(path).map_err(|error| {
            let message = format!("the policy `{name}` cannot be read: {}", said(&error));
            vec![
                asked(message).help("a policy holds for every run: nothing is examined without it"),
            ]
        })?;
        let text = String::from_utf8(bytes)
            .map_err(|_| vec![asked(format!("the policy `{name}` is no UTF-8"))])?;
        let file = TextFile::new(&name, text);
        let (content, problems) = toml_file::read(&file);
        let Some(content) = content.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        let root = path.ancestors().last().unwrap_or(path);
        let (layer, _) = Layer::typed(LayerKind::Own, &name, String::new(), root);
        let mut layer = layer.expect("an empty text is a configuration that says nothing");
        layer.file = file;
        layer.path = Some(path.to_owned());
        Ok(Self {
            layer: Arc::new(layer),
            content,
        })
    }

    /// Its folders of packs, each with its word.
    pub(super) fn packs(&self) -> impl Iterator<Item = (PathBuf, &Placed<String>)> {
        let folder = self.layer.path.as_deref().and_then(Path::parent);
        let folder = folder.unwrap_or(Path::new(""));
        let packs = self.content.packs.iter().flat_map(Placed::value);
        packs.map(move |word| (lexical(&folder.join(word.value())), word))
    }
}
