//! The patterns of a key, with the words and the source that they stand in.

use super::file::{Placed, Words};
use super::layer::Layer;
use super::pattern::Patterns;
use crate::problem::PackProblem;
use std::path::Path;
use std::sync::Arc;

/// Patterns of one key of one source.
#[derive(Debug)]
pub(super) struct PatternList {
    pub(super) layer: Arc<Layer>,
    pub(super) words: Words,
    pub(super) patterns: Patterns,
}

impl PatternList {
    /// The patterns, or a problem for each that cannot be read.
    pub(super) fn new(
        layer: &Arc<Layer>,
        words: &[Placed<String>],
        problems: &mut Vec<PackProblem>,
    ) -> Option<Self> {
        let texts = words.iter().map(|word| word.value().as_str());
        match Patterns::new(texts, &layer.base) {
            Ok(patterns) => Some(Self {
                layer: Arc::clone(layer),
                words: words.to_vec(),
                patterns,
            }),
            Err(bad) => {
                for bad in bad {
                    let place = words.get(bad.index).map_or(0..0, Placed::place);
                    problems.push(layer.problem(place, bad.message).label("in this pattern"));
                }
                None
            }
        }
    }

    /// The first pattern, as it is written, that covers a path and not its root; and the name of its source.
    pub(super) fn covering(&self, path: &Path, root: Option<&Path>) -> Option<(&str, &str)> {
        let named = root.map_or_else(Vec::new, |root| self.patterns.covering(root));
        let found = self.patterns.covering(path);
        let mut found = found.iter().filter(|index| !named.contains(index));
        let word = self.words.get(*found.next()?)?;
        Some((word.value(), self.layer.file.name()))
    }
}
