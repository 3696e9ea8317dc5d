//! One resolver for many threads: who asks about a folder that is known waits for nobody.

use crate::audit::{Bytes, Task};
use crate::config::{Project, Resolver};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};

/// A resolver that threads share.
#[derive(Clone)]
pub(super) struct Resolving(Arc<RwLock<Resolver>>);

impl Resolving {
    pub(super) fn new(resolver: Resolver) -> Self {
        Self(Arc::new(RwLock::new(resolver)))
    }

    /// The resolver, for this thread alone.
    pub(super) fn alone(&self) -> RwLockWriteGuard<'_, Resolver> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The path from the root of the file system.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        let resolver = self.0.read().unwrap_or_else(PoisonError::into_inner);
        resolver.absolute(path)
    }

    /// The configuration of drafts in a folder, as [`Resolver::project`] has it.
    pub(super) fn project(&self, folder: &Path) -> Option<Arc<Project>> {
        let resolver = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = resolver.known(folder) {
            return known;
        }
        drop(resolver);
        self.alone().project(folder)
    }

    /// A draft with what holds for it; `None` where its configuration is broken.
    pub(super) fn task(&self, path: PathBuf, bytes: Option<Vec<u8>>) -> Option<Task> {
        let place = self.absolute(&path);
        let project = self.project(place.parent().unwrap_or(&place))?;
        let settings = project.settings(&place);
        Some(Task {
            path,
            place,
            held: bytes.map(Bytes::new),
            project,
            settings,
        })
    }
}
