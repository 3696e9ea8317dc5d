//! From paths to drafts with their settings, and the rest with the causes why it is left out.

use super::args::{Configured, Judging, Output, Selection};
use super::failure::Failure;
use super::select::{Selected, select};
use super::since::Since;
use super::typed::Typed;
use super::world::{Streams, Surroundings};
use crate::audit::{Bytes, Task};
use crate::config::{FILE_NAMES, Project, Resolver};
use crate::input::{Cause, Refusal};
use crate::walk::{Judge, Missed, Walked, walk};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a run is about.
pub(super) struct Scope {
    /// Drafts to examine, by path.
    pub(super) tasks: Vec<Task>,
    /// Paths that are left out, by path.
    pub(super) missed: Vec<Missed>,
    /// The configuration of the run as a whole: that of the first path.
    pub(super) project: Arc<Project>,
    /// Every configuration that holds for some draft.
    pub(super) projects: Vec<Arc<Project>>,
    /// Folders that are gone through whole, from the root of the file system.
    pub(super) folders: Vec<PathBuf>,
}

impl Scope {
    /// Finds the drafts. Every problem of every configuration is found before the first one is read.
    pub(super) fn find(
        selection: &Selection,
        judging: &Judging,
        configured: &Configured,
        output: Option<&Output>,
        (streams, around): (&mut Streams<'_>, &Surroundings),
    ) -> Result<Self, Failure> {
        let typed = Typed::new(selection, judging, output);
        Self::of(selection, typed, configured, (streams, around))
    }

    /// The same, with the settings as they were typed.
    pub(super) fn of(
        selection: &Selection,
        typed: Typed,
        configured: &Configured,
        (streams, around): (&mut Streams<'_>, &Surroundings),
    ) -> Result<Self, Failure> {
        let Selected { roots, held } = select(selection, streams)?;
        let resolver = Arc::new(Mutex::new(typed.resolver(configured, around)));
        let first = roots.first().map(PathBuf::as_path);
        let first = first.or(held.as_ref().map(|(name, _)| name.as_path()));
        let project = {
            let mut resolver = locked(&resolver);
            let place = resolver.absolute(first.unwrap_or(Path::new(".")));
            resolver.project(folder_of(&place))
        };
        let strict = project.as_ref().and_then(|project| {
            let found = project.last(|layer| layer.content.force_exclude.as_ref());
            found.map(|(_, strict)| *strict.value())
        });
        let judge = judge(Arc::clone(&resolver));
        let strict = strict.unwrap_or(false);
        let Walked { files, mut missed } = walk(&roots, strict, &judge);
        let absolute = |path: &Path| locked(&resolver).absolute(path);
        let places: Vec<PathBuf> = roots.iter().map(|root| absolute(root)).collect();
        let since = Since::of(selection.since.as_deref(), &places)?;
        let files = files
            .into_iter()
            .filter(|path| since.wants(&absolute(path)));
        let mut found: Vec<_> = files.map(|path| (path, None)).collect();
        missed.retain(|missed| since.wants(&absolute(&missed.path)));
        if let Some((path, bytes)) = held {
            match judge(None, &path, false).filter(|_| strict) {
                Some(refusal) => missed.push(Missed { path, refusal }),
                None => found.push((path, Some(bytes))),
            }
        }
        let mut resolver = locked(&resolver);
        let tasks = found
            .into_iter()
            .filter_map(|(path, bytes)| task(&mut resolver, path, bytes));
        let mut tasks: Vec<Task> = tasks.collect();
        tasks.sort_by(|left, right| left.path.cmp(&right.path));
        missed.sort_by(|left, right| left.path.cmp(&right.path));
        let problems = resolver.problems();
        let Some(project) = project.filter(|_| problems.is_empty()) else {
            return Err(Failure::Broken(problems));
        };
        let folders = roots.iter().map(|root| resolver.absolute(root));
        Ok(Self {
            tasks,
            missed,
            project,
            projects: resolver.projects().cloned().collect(),
            folders: folders.filter(|root| root.is_dir()).collect(),
        })
    }
}

/// The configuration of the working folder, for commands that examine no draft.
pub(super) fn here(
    configured: &Configured,
    around: &Surroundings,
) -> Result<Arc<Project>, Failure> {
    for_path(Path::new("."), configured, around).map(|(project, _)| project)
}

/// The configuration that a path falls under, and the path from the root of the file system.
pub(super) fn for_path(
    path: &Path,
    configured: &Configured,
    around: &Surroundings,
) -> Result<(Arc<Project>, PathBuf), Failure> {
    let mut resolver = Typed::default().resolver(configured, around);
    let place = resolver.absolute(path);
    let project = resolver.project(folder_of(&place));
    let problems = resolver.problems();
    match project.filter(|_| problems.is_empty()) {
        Some(project) => Ok((kept(project), place)),
        None => Err(Failure::Broken(problems)),
    }
}

/// The configuration of the working folder, with these packs where there are any.
pub(super) fn for_packs(
    folders: &[String],
    configured: &Configured,
    around: &Surroundings,
) -> Result<Arc<Project>, Failure> {
    let mut resolver = Typed::packs(folders).resolver(configured, around);
    let project = resolver.project(&around.folder);
    let problems = resolver.problems();
    let project = project.filter(|_| problems.is_empty());
    project.map(kept).ok_or(Failure::Broken(problems))
}

/// Keeps a configuration until the process ends: to free every rule would take longer than most answers.
pub(super) fn kept(project: Arc<Project>) -> Arc<Project> {
    std::mem::forget(Arc::clone(&project));
    project
}

/// A folder itself, or the folder of a draft.
pub(super) fn folder_of(place: &Path) -> &Path {
    if place.is_dir() {
        place
    } else {
        place.parent().unwrap_or(place)
    }
}

pub(super) fn locked(resolver: &Mutex<Resolver>) -> MutexGuard<'_, Resolver> {
    resolver.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A draft with what holds for it; `None` where its configuration is broken.
pub(super) fn task(resolver: &mut Resolver, path: PathBuf, bytes: Option<Vec<u8>>) -> Option<Task> {
    let place = resolver.absolute(&path);
    let project = resolver.project(place.parent().unwrap_or(&place))?;
    let settings = project.settings(&place);
    Some(Task {
        path,
        place,
        held: bytes.map(Bytes::new),
        project,
        settings,
    })
}

/// Says of each path whether its configuration leaves it out.
pub(super) fn judge(resolver: Arc<Mutex<Resolver>>) -> Judge {
    Arc::new(move |root, path, is_folder| {
        let mut resolver = locked(&resolver);
        let place = resolver.absolute(path);
        let root = root.map(|root| resolver.absolute(root));
        let project = resolver.project(place.parent()?)?;
        let excluded = || project.excluded(&place, root.as_deref());
        if let Some(why) = (!is_folder || !project.looks_everywhere())
            .then(excluded)
            .flatten()
        {
            return Some(Refusal::new(Cause::Excluded, why));
        }
        if project.is_of_a_pack(&place) {
            return Some(Refusal::new(Cause::NotADraft, "of a rule pack"));
        }
        if is_folder {
            return None;
        }
        let name = place.file_name().unwrap_or_default();
        if FILE_NAMES.iter().any(|known| name == *known) || project.is_read_from(&place) {
            return Some(Refusal::new(Cause::NotADraft, "a configuration file"));
        }
        if project.known().is_some_and(|known| known.path() == place) {
            return Some(Refusal::new(Cause::NotADraft, "a baseline"));
        }
        let why = project.not_included(&place)?;
        Some(Refusal::new(Cause::Excluded, why))
    })
}
