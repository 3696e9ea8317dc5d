//! The drafts of an audit: gone through twice, and never all of them held.

use super::failure::Failure;
use super::run::Asked;
use super::scope::{folder_of, judge, locked, task};
use crate::config::{Project, Resolver};
use crate::input::{Cause, Refusal};
use crate::walk::{Judge, Missed, Trail};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What an audit is about.
pub(super) struct Survey {
    roots: Vec<PathBuf>,
    strict: bool,
    judge: Judge,
    resolver: Arc<Mutex<Resolver>>,
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
    pub(super) fn of(roots: Vec<PathBuf>, resolver: Resolver) -> Result<Self, Failure> {
        let resolver = Arc::new(Mutex::new(resolver));
        let project = {
            let mut resolver = locked(&resolver);
            let first = roots.first().map_or(Path::new("."), PathBuf::as_path);
            let place = resolver.absolute(first);
            resolver.project(folder_of(&place))
        };
        let strict = project.as_ref().and_then(|project| {
            let found = project.last(|layer| layer.content.force_exclude.as_ref());
            found.map(|(_, strict)| *strict.value())
        });
        let strict = strict.unwrap_or(false);
        let judge = judge(Arc::clone(&resolver));
        let all = Trail::new(&roots, strict, &judge).count();
        let mut found = locked(&resolver);
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
            all,
            project,
            projects,
            folders,
        })
    }

    /// The paths, by path.
    pub(super) fn asked(&self) -> impl Iterator<Item = Asked> + Send + use<> {
        let resolver = Arc::clone(&self.resolver);
        Trail::new(&self.roots, self.strict, &self.judge).map(move |met| match met {
            Ok(path) => match task(&mut locked(&resolver), path.clone(), None) {
                Some(task) => Asked::Draft(Box::new(task)),
                // It came after the paths were counted.
                None => Asked::Missed(Missed {
                    path,
                    refusal: Refusal::new(Cause::Unreadable, "its configuration is broken"),
                }),
            },
            Err(missed) => Asked::Missed(missed),
        })
    }
}
