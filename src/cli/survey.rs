//! The drafts of an audit: gone through twice, and never all of them held.

use super::failure::Failure;
use super::resolving::Resolving;
use super::run::Asked;
use super::scope::{asked_of, folder_of, judge};
use crate::audit::{Counter, PathKey, Shard};
use crate::config::{Project, Resolver, lexical, seen_from};
use crate::walk::{Judge, Met, Trail};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What decides whose a path is.
#[derive(Clone)]
pub(super) struct Lot {
    /// The working folder.
    folder: PathBuf,
    shard: Shard,
}

impl Lot {
    /// What a path counts as.
    fn key(&self, path: &Path) -> PathKey {
        let place = lexical(&self.folder.join(path));
        PathKey::of(&seen_from(&place, &self.folder))
    }

    /// The working folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether it is examined in this run.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.shard.is_whole() || self.shard.holds(self.key(path))
    }
}

/// What an audit is about.
pub(super) struct Survey {
    roots: Vec<PathBuf>,
    strict: bool,
    judge: Judge,
    resolver: Resolving,
    pub(super) lot: Lot,
    /// The paths that are this run's own, and all that were met, counted while they are given out.
    pub(super) census: Arc<(Counter, Counter)>,
    /// How many paths there are, be they drafts or left out.
    pub(super) all: usize,
    /// The configuration of the run as a whole: that of the first path.
    pub(super) project: Arc<Project>,
    /// Every configuration that holds for some draft.
    pub(super) projects: Vec<Arc<Project>>,
    /// Folders that are gone through whole, from the root of the file system.
    pub(super) folders: Vec<PathBuf>,
}

impl Survey {
    /// Counts the paths, and finds every problem of every configuration before a draft is read.
    pub(super) fn of(
        roots: Vec<PathBuf>,
        resolver: Resolver,
        shard: Shard,
    ) -> Result<Self, Failure> {
        let folder = resolver.absolute(Path::new("."));
        let lot = Lot { folder, shard };
        let resolver = Resolving::new(resolver);
        let first = roots.first().map_or(Path::new("."), PathBuf::as_path);
        let project = resolver.project(folder_of(&resolver.absolute(first)));
        let strict = project.as_ref().and_then(|project| {
            let found = project.last(|layer| layer.content.force_exclude.as_ref());
            found.map(|(_, strict)| *strict.value())
        });
        let strict = strict.unwrap_or(false);
        let judge = judge(resolver.clone());
        let met = Trail::new(&roots, strict, &judge);
        let all = met.filter(|met| lot.holds(path_of(met))).count();
        let mut found = resolver.alone();
        let problems = found.problems();
        let Some(project) = project.filter(|_| problems.is_empty()) else {
            return Err(Failure::Broken(problems));
        };
        let projects = found.projects().cloned().collect();
        let folders = roots.iter().map(|root| found.absolute(root));
        let folders = folders.filter(|root| root.is_dir()).collect();
        drop(found);
        Ok(Self {
            roots,
            strict,
            judge,
            resolver,
            lot,
            census: Arc::default(),
            all,
            project,
            projects,
            folders,
        })
    }

    /// The paths of this run, by path, but for files of these names, which the run itself writes. They are
    /// counted where many runs are to be joined.
    pub(super) fn asked(
        &self,
        written: BTreeSet<OsString>,
        counted: bool,
    ) -> impl Iterator<Item = Asked> + Send + use<> {
        let resolver = self.resolver.clone();
        let (lot, census) = (self.lot.clone(), Arc::clone(&self.census));
        let trail = Trail::new(&self.roots, self.strict, &self.judge);
        let ours = move |path: &Path| path.file_name().is_some_and(|name| written.contains(name));
        let own = trail.filter(move |met| {
            if ours(path_of(met)) {
                return false;
            }
            if !counted {
                return lot.holds(path_of(met));
            }
            let key = lot.key(path_of(met));
            let holds = lot.shard.holds(key);
            census.1.count(key);
            if holds {
                census.0.count(key);
            }
            holds
        });
        own.map(move |met| asked_of(met, &resolver))
    }

    /// The paths that were asked for, each as it is seen from the working folder, in order.
    pub(super) fn named(&self) -> Vec<String> {
        let folder = &self.lot.folder;
        let roots = self.roots.iter();
        let named = roots.map(|root| seen_from(&lexical(&folder.join(root)), folder));
        let mut named: Vec<String> = named.collect();
        named.sort();
        named.dedup();
        named
    }
}

fn path_of(met: &Met) -> &Path {
    match met {
        Ok(path) => path,
        Err(missed) => &missed.path,
    }
}
