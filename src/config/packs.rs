//! House packs: folders of TOML that are loaded with the shipped ones.

use super::file::Placed;
use super::layer::{Layer, lexical, shown};
use super::policy::Policy;
use super::tree::{Disk, Tree};
use crate::input::said;
use crate::problem::PackProblem;
use crate::rules::{PackFile, RuleSet};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every set of packs that was loaded, by the folders of the house packs in it.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    by_folders: HashMap<Vec<PathBuf>, Option<Packs>>,
}

/// Rules, and the files that they come from.
#[derive(Debug, Clone)]
pub(super) struct Packs {
    pub(super) rules: Arc<RuleSet>,
    pub(super) files: Arc<[LoadedFile]>,
}

/// A file of a pack that is loaded.
#[derive(Debug, Clone)]
pub struct LoadedFile {
    /// Name of the pack.
    pub pack: String,
    /// Its path, as problems show it.
    pub path: String,
    /// Whether it is a pack of the house, none of those that are shipped.
    pub house: bool,
}

impl Loaded {
    /// The shipped rules with those of the packs; `None` where a file is broken, which was reported then.
    pub(super) fn rules(
        &mut self,
        packs: &[Pack],
        (tree, folder): (&dyn Tree, &Path),
        problems: &mut Vec<PackProblem>,
    ) -> Option<Packs> {
        let key: Vec<PathBuf> = packs.iter().map(|pack| pack.folder.clone()).collect();
        if let Some(rules) = self.by_folders.get(&key) {
            return rules.clone();
        }
        let mut files = RuleSet::shipped_files();
        let shipped = files.len();
        for pack in packs {
            match pack.files(tree, folder) {
                Ok(found) => files.extend(found),
                Err(problem) => problems.push(*problem),
            }
        }
        let names = files.iter().enumerate().map(|(index, file)| LoadedFile {
            pack: file.pack.clone(),
            path: file.path.clone(),
            house: index >= shipped,
        });
        let names: Arc<[LoadedFile]> = names.collect();
        let rules = match RuleSet::load(files) {
            Ok(rules) => Some(Packs {
                rules: Arc::new(rules),
                files: names,
            }),
            Err(found) => {
                problems.extend(found);
                None
            }
        };
        self.by_folders.insert(key, rules.clone());
        rules
    }
}

/// A house pack that a configuration names.
#[derive(Debug, Clone)]
pub(super) struct Pack {
    /// Its folder, from the root of the file system.
    pub(super) folder: PathBuf,
    layer: Arc<Layer>,
    word: Placed<String>,
    /// Whether it lies on the disk, wherever the configuration is read from.
    on_disk: bool,
}

impl Pack {
    /// The packs that the last of the layers names.
    pub(super) fn of(layers: &[Arc<Layer>]) -> Vec<Self> {
        let named = layers
            .iter()
            .rev()
            .find_map(|layer| layer.content.packs.as_ref().map(|packs| (layer, packs)));
        let Some((layer, packs)) = named else {
            return Vec::new();
        };
        let pack = |word: &Placed<String>| Self {
            folder: lexical(&layer.base.join(word.value())),
            layer: Arc::clone(layer),
            word: word.clone(),
            on_disk: false,
        };
        packs.value().iter().map(pack).collect()
    }

    /// The packs that a policy names, which no configuration leaves out.
    pub(super) fn of_policy(policy: &Policy) -> Vec<Self> {
        let packs = policy.packs().map(|(folder, word)| Self {
            folder,
            layer: Arc::clone(&policy.layer),
            word: word.clone(),
            on_disk: true,
        });
        packs.collect()
    }

    fn problem(&self, message: String) -> Box<PackProblem> {
        Box::new(self.layer.problem(self.word.place(), message))
    }

    /// Its TOML files, by path.
    fn files(&self, tree: &dyn Tree, shown_from: &Path) -> Result<Vec<PackFile>, Box<PackProblem>> {
        let unreadable = |path: &Path, error: &std::io::Error| {
            let path = shown(path, shown_from);
            self.problem(format!("`{path}` cannot be read: {}", said(error)))
        };
        let tree = if self.on_disk { &Disk } else { tree };
        let paths = tree.toml_files(&self.folder);
        let paths = paths.map_err(|(path, error)| unreadable(&path, &error))?;
        if paths.is_empty() {
            let message = format!("no TOML file lies in the pack `{}`", self.word.value());
            return Err(self.problem(message));
        }
        let name = self.folder.file_name().unwrap_or_default();
        let mut files = Vec::new();
        for path in paths {
            let bytes = tree
                .read(&path)
                .map_err(|error| unreadable(&path, &error))?;
            let text = String::from_utf8(bytes).map_err(|_| {
                let path = shown(&path, shown_from);
                self.problem(format!("`{path}` is no UTF-8"))
            })?;
            let pack = name.to_string_lossy();
            files.push(PackFile::new(pack, shown(&path, shown_from), text));
        }
        Ok(files)
    }
}
