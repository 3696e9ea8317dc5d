//! The baseline that a configuration names.

use super::layer::{Layer, LayerKind, lexical, shown};
use super::policy::Held;
use super::project::Project;
use super::tree::Tree;
use crate::baseline::{Baseline, BaselineFile};
use crate::diagnostic::Diagnostic;
use crate::input::said;
use crate::problem::{PackProblem, TextFile};
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The baseline that is in force, with its file.
#[derive(Debug)]
pub struct KnownFindings {
    /// The file as a source, in which stale entries have places.
    pub(super) layer: Arc<Layer>,
    path: PathBuf,
    /// Shared by the configurations that name it: a finding counts whichever of them a draft falls under.
    baseline: Arc<Baseline>,
    /// What policies demand: no baseline knows a finding of a rule that they hold.
    held: Arc<Held>,
}

impl Project {
    /// Where the baseline lies that the configuration names, if it names one.
    pub fn baseline_path(&self) -> Option<PathBuf> {
        let (layer, said) = self.last(|layer| layer.content.baseline.as_ref())?;
        Some(lexical(&layer.base.join(said.value())))
    }
}

impl KnownFindings {
    /// Reads the baseline of a configuration; `None` where it names none.
    pub(super) fn read(
        project: &Project,
        (tree, folder): (&dyn Tree, &Path),
        others: &mut HashMap<PathBuf, Arc<Baseline>>,
    ) -> Result<Option<Self>, Box<PackProblem>> {
        let Some(path) = project.baseline_path() else {
            return Ok(None);
        };
        let name = shown(&path, folder);
        let asked = |message: String| {
            let found = project.last(|layer| layer.content.baseline.as_ref());
            let (layer, said) = found.expect("the path was read from it");
            let problem = layer.problem(said.place(), message);
            Box::new(problem.help("`caveat baseline write` makes the file"))
        };
        let bytes = tree
            .read(&path)
            .map_err(|error| asked(format!("`{name}` cannot be read: {}", said(&error))))?;
        let text = String::from_utf8(bytes).map_err(|_| asked(format!("`{name}` is no UTF-8")))?;
        let file = BaselineFile::read(&text).map_err(|(message, at)| {
            let source = TextFile::json(&name, text.clone());
            Box::new(PackProblem::new(&source, at..at, message))
        })?;
        let base = path.parent().unwrap_or(Path::new("")).to_owned();
        let (layer, _) = Layer::typed(LayerKind::Own, &name, String::new(), &base);
        let mut layer = layer.expect("an empty text is a configuration that says nothing");
        layer.file = TextFile::json(&name, text);
        let baseline = others
            .entry(path.clone())
            .or_insert_with(|| Arc::new(Baseline::new(&file, &base)));
        Ok(Some(Self {
            layer: Arc::new(layer),
            baseline: Arc::clone(baseline),
            path,
            held: Arc::clone(&project.held),
        }))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the known findings of a draft, given from the root of the file system, out of a list that
    /// is ordered by place, and gives them.
    pub fn take_out(&self, path: &Path, found: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
        let may = |rule: &str| self.held.least(rule).is_none();
        self.baseline.take_out(path, found, may)
    }

    /// Entries that cover more than there is, each with its place in the file and what is to be said.
    pub(super) fn stale(&self, walked: impl Fn(&Path) -> bool) -> Vec<(Range<usize>, String)> {
        let text = self.layer.file.text();
        let stale = self.baseline.stale(walked).into_iter();
        let told = stale.map(|stale| {
            let message = format!(
                "the baseline knows {} of `{}` in `{}`, and {} there",
                stale.entry.count,
                stale.entry.rule,
                stale.entry.path,
                match stale.found {
                    0 => "none is".to_owned(),
                    1 => "one is".to_owned(),
                    more => format!("{more} are"),
                }
            );
            (BaselineFile::place(&stale.entry, text), message)
        });
        told.collect()
    }
}
