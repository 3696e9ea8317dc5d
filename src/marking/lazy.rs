//! A scheme among others: its names are known at once, the rest where it is first asked for.

use super::compile::{Merged, set_up};
use super::scheme::{ControlId, LevelId, OwnerId, Scheme};
use crate::pack::text::PackText;
use rustc_hash::FxHashMap;
use std::ops::Deref;
use std::sync::OnceLock;

/// What a scheme and its parts are called.
#[derive(Debug, Clone, Default)]
pub(super) struct SchemeNames {
    /// The scheme itself.
    pub(super) name: PackText,
    pub(super) levels: FxHashMap<PackText, LevelId>,
    pub(super) controls: FxHashMap<PackText, ControlId>,
    pub(super) owners: FxHashMap<PackText, OwnerId>,
}

/// A scheme that is set up when it is first asked for more than its names, if it is one that is compiled in.
#[derive(Debug)]
pub struct LazyScheme {
    names: SchemeNames,
    scheme: OnceLock<Scheme>,
    /// What it is made of, where it is not set up yet: tests hold that nothing is wrong with it.
    entries: Option<Box<Merged>>,
}

impl LazyScheme {
    /// A scheme that is set up.
    pub(super) fn ready(scheme: Scheme, names: SchemeNames) -> Self {
        Self {
            names,
            scheme: OnceLock::from(scheme),
            entries: None,
        }
    }

    /// One that is set up from these entries.
    pub(super) fn late(entries: Merged, names: SchemeNames) -> Self {
        Self {
            names,
            scheme: OnceLock::new(),
            entries: Some(Box::new(entries)),
        }
    }

    /// The name used in configuration and reports.
    pub fn name(&self) -> &str {
        &self.names.name
    }

    /// The level of a name.
    pub fn level_named(&self, name: &str) -> Option<LevelId> {
        self.names.levels.get(name).copied()
    }

    /// The control of a name.
    pub fn control_named(&self, name: &str) -> Option<ControlId> {
        self.names.controls.get(name).copied()
    }

    /// Whether it has an owner of a name.
    pub fn has_owner(&self, name: &str) -> bool {
        self.names.owners.contains_key(name)
    }

    /// Whether it is set up.
    pub fn is_ready(&self) -> bool {
        self.scheme.get().is_some()
    }
}

impl Deref for LazyScheme {
    type Target = Scheme;

    fn deref(&self) -> &Scheme {
        self.scheme.get_or_init(|| {
            let entries = self
                .entries
                .as_deref()
                .expect("one without entries is ready");
            set_up(entries).expect("the tests set up every scheme that is compiled in")
        })
    }
}
