//! One source of settings: a file, the environment, or the command line; and the files it builds on.

use super::file::{ConfigFile, OneOrMany};
use super::tree::Tree;
use crate::input::said;
use crate::problem::{PackProblem, TextFile};
use crate::toml_file;
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Where settings come from. Later kinds win over earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LayerKind {
    /// A file that another one builds on.
    Extended,
    /// The file that holds for the draft.
    Own,
    /// An environment variable.
    Environment,
    /// A flag.
    CommandLine,
}

/// One source of settings.
#[derive(Debug)]
pub struct Layer {
    /// What it is.
    pub kind: LayerKind,
    /// Its name and text, for problems.
    pub file: TextFile,
    /// Its path from the root of the file system, where it is a file.
    pub path: Option<PathBuf>,
    /// The folder from which its paths and patterns are meant.
    pub base: PathBuf,
    /// What it says.
    pub content: ConfigFile,
}

impl Layer {
    /// Settings that somebody typed, as TOML; the problems are those of the text.
    pub fn typed(
        kind: LayerKind,
        name: &str,
        text: String,
        base: &Path,
    ) -> (Option<Self>, Vec<PackProblem>) {
        let file = TextFile::new(name, text);
        let (content, problems) = toml_file::read(&file);
        let layer = content.map(|content| Self {
            kind,
            file,
            path: None,
            base: base.to_owned(),
            content,
        });
        (layer, problems)
    }

    /// A problem in this source.
    pub(super) fn problem(&self, place: Range<usize>, message: impl Into<String>) -> PackProblem {
        PackProblem::new(&self.file, place, message)
    }

    /// The line, from 1, of a place.
    pub(super) fn line(&self, place: &Range<usize>) -> usize {
        let before = self.file.text().get(..place.start).unwrap_or_default();
        before.matches('\n').count() + 1
    }
}

/// How many files may build on each other in a row.
const DEEPEST: usize = 100;

/// Reads a configuration file and those it builds on, the farthest first.
pub(super) struct Chain<'c> {
    /// The working folder, which names of files are shown from.
    folder: &'c Path,
    tree: &'c dyn Tree,
    /// Files that are being read, the outermost first.
    open: Vec<PathBuf>,
    /// Files that were read, with all that each builds on and itself as the last.
    known: HashMap<PathBuf, Vec<Arc<Layer>>>,
    pub(super) layers: Vec<Arc<Layer>>,
    pub(super) problems: Vec<PackProblem>,
}

impl<'c> Chain<'c> {
    pub(super) fn new(tree: &'c dyn Tree, folder: &'c Path) -> Self {
        Self {
            folder,
            tree,
            open: Vec::new(),
            known: HashMap::new(),
            layers: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Reads a file; `asked` makes the problem where it cannot be read.
    pub(super) fn read(&mut self, path: &Path, asked: &dyn Fn(String) -> PackProblem) {
        let more = self.layers_of(path, asked);
        append(&mut self.layers, more);
    }

    /// What a file builds on, the farthest first, and itself as the last. Each file is read once, however
    /// many build on it.
    fn layers_of(&mut self, path: &Path, asked: &dyn Fn(String) -> PackProblem) -> Vec<Arc<Layer>> {
        let path = lexical(path);
        if self.open.contains(&path) {
            let problem = asked("this file builds on itself".to_owned());
            self.problems
                .push(problem.help("take out one `extend` of the circle"));
            return Vec::new();
        }
        if let Some(known) = self.known.get(&path) {
            return known.clone();
        }
        let mut layer = match self.layer(&path) {
            Ok(Some(layer)) => layer,
            Ok(None) => return Vec::new(),
            Err(message) => {
                self.problems.push(asked(message));
                return Vec::new();
            }
        };
        layer.path = Some(path.clone());
        let mut layers = Vec::new();
        self.open.push(path.clone());
        for (word, place) in extended(&layer.content) {
            let asked = |message| layer.problem(place.clone(), message);
            let more = self.layers_of(&layer.base.join(word), &asked);
            append(&mut layers, more);
        }
        self.open.pop();
        layers.push(Arc::new(layer));
        self.known.insert(path, layers.clone());
        layers
    }

    /// A file alone; `None` where it has no shape, which is among the problems then.
    fn layer(&mut self, path: &Path) -> Result<Option<Layer>, String> {
        let name = shown(path, self.folder);
        if self.open.len() >= DEEPEST {
            return Err(format!("more than {DEEPEST} files build on each other"));
        }
        let bytes = self.tree.read(path);
        let bytes = bytes.map_err(|error| format!("`{name}` cannot be read: {}", said(&error)))?;
        let text = String::from_utf8(bytes).map_err(|_| format!("`{name}` is no UTF-8"))?;
        let kind = if self.open.is_empty() {
            LayerKind::Own
        } else {
            LayerKind::Extended
        };
        let base = path.parent().unwrap_or(Path::new(""));
        let (layer, problems) = Layer::typed(kind, &name, text, base);
        self.problems.extend(problems);
        Ok(layer)
    }
}

/// Adds layers; one that is there already counts at its last place alone.
fn append(layers: &mut Vec<Arc<Layer>>, more: Vec<Arc<Layer>>) {
    layers.retain(|own| !more.iter().any(|new| Arc::ptr_eq(own, new)));
    layers.extend(more);
}

fn extended(content: &ConfigFile) -> Vec<(&str, Range<usize>)> {
    let Some(extend) = &content.extend else {
        return Vec::new();
    };
    match extend.value() {
        OneOrMany::One(word) => vec![(word, extend.place())],
        OneOrMany::Many(words) => words
            .iter()
            .map(|word| (word.value().as_str(), word.place()))
            .collect(),
    }
}

/// A path without `.` and `..`, as it is written: links are not followed.
pub fn lexical(path: &Path) -> PathBuf {
    if is_plain(path) {
        return path.to_owned();
    }
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Whether a path shows at its bytes that no part of it is this folder, or the one above.
fn is_plain(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let has = |part: &[u8]| memchr::memmem::find(bytes, part).is_some();
    bytes.starts_with(b"/") && !bytes.ends_with(b"/") && !has(b"/.") && !has(b"//")
}

/// A path as people know it: from the working folder where it lies below that.
pub(super) fn shown(path: &Path, folder: &Path) -> String {
    let near = path.strip_prefix(folder).unwrap_or(path);
    near.to_string_lossy().into_owned()
}
