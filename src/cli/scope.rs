//! From paths to drafts with their settings, and the rest with the causes why it is left out.

use super::args::{Configured, Judging, Output, Selection};
use super::check::RunSettings;
use super::failure::Failure;
use super::resolving::Resolving;
use super::run::Asked;
use super::select::{Selected, select};
use super::since::Since;
use super::typed::Typed;
use super::world::{Streams, Surroundings};
use crate::audit::Task;
use crate::config::{FILE_NAMES, Project};
use crate::input::{Cause, Refusal};
use crate::walk::{Judge, Met, Missed, Walked, walk};
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a run is about.
pub(super) struct Scope {
    walked: Walked,
    /// A draft from standard input, or why it is left out.
    held: Option<Asked>,
    since: Since,
    resolver: Resolving,
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
        let resolver = Resolving::new(typed.resolver(configured, around));
        let first = roots.first().map(PathBuf::as_path);
        let first = first.or(held.as_ref().map(|(name, _)| name.as_path()));
        let place = resolver.absolute(first.unwrap_or(Path::new(".")));
        let project = resolver.project(folder_of(&place));
        let of_run = project.as_ref().map(|project| RunSettings::of(project));
        let strict = of_run.as_ref().is_some_and(|own| own.leave.excluded);
        let threads = of_run.map_or(1, |own| own.threads);
        let judge = judge(resolver.clone());
        let walked = walk(&roots, strict, &judge, threads);
        let places = roots.iter().map(|root| resolver.absolute(root));
        let places: Vec<PathBuf> = places.collect();
        let since = Since::of(selection.since.as_deref(), &places)?;
        let held =
            held.and_then(
                |(path, bytes)| match judge(None, &path, false).filter(|_| strict) {
                    Some(refusal) => Some(Asked::Missed(Missed { path, refusal })),
                    None => resolver.task(path, Some(bytes)).map(Asked::draft),
                },
            );
        let mut found = resolver.alone();
        let problems = found.problems();
        let Some(project) = project.filter(|_| problems.is_empty()) else {
            return Err(Failure::Broken(problems));
        };
        let projects = found.projects().cloned().collect();
        drop(found);
        Ok(Self {
            walked,
            held,
            since,
            resolver,
            project,
            projects,
            folders: places.into_iter().filter(|root| root.is_dir()).collect(),
        })
    }

    /// Drafts and paths that are left out one after the other, by path, and how many there are at most.
    ///
    /// Of all of them only names are held.
    pub(super) fn asked(self) -> (impl Iterator<Item = Asked> + Send, usize) {
        let Self {
            walked,
            held,
            since,
            resolver,
            ..
        } = self;
        let all = walked.count() + usize::from(held.is_some());
        let everything = since.is_everything();
        let of = resolver.clone();
        let wanted = walked.trail().filter(move |met| {
            let path = met.as_ref().unwrap_or_else(|missed| &missed.path);
            everything || since.wants(&of.absolute(path))
        });
        let asked = wanted.map(move |met| asked_of(met, &resolver));
        let asked = InOrder {
            rest: asked.peekable(),
            held,
            single: all == 1 && everything,
        };
        (asked, all)
    }

    /// The same as drafts and as paths that are left out, each by path.
    pub(super) fn sorted_out(self) -> (Vec<Task>, Vec<Missed>) {
        let (mut tasks, mut missed) = (Vec::new(), Vec::new());
        for asked in self.asked().0 {
            match asked {
                Asked::Draft(task) | Asked::Before(task, _) => tasks.push(*task),
                Asked::Missed(left) => missed.push(left),
            }
        }
        (tasks, missed)
    }
}

/// A path that was met, with what holds for it where it is a draft.
pub(super) fn asked_of(met: Met, resolver: &Resolving) -> Asked {
    match met {
        Ok(path) => match resolver.task(path.clone(), None) {
            Some(task) => Asked::draft(task),
            // It came after the paths were counted.
            None => Asked::Missed(Missed {
                path,
                refusal: Refusal::new(Cause::Unreadable, "its configuration is broken"),
            }),
        },
        Err(missed) => Asked::Missed(missed),
    }
}

/// Paths in their order, with one more in its place.
struct InOrder<I: Iterator<Item = Asked>> {
    rest: Peekable<I>,
    held: Option<Asked>,
    /// Whether there is no more than one.
    single: bool,
}

impl<I: Iterator<Item = Asked>> Iterator for InOrder<I> {
    type Item = Asked;

    fn next(&mut self) -> Option<Asked> {
        let comes_first =
            |held: &Asked, next: Option<&Asked>| next.is_none_or(|next| held.path() < next.path());
        let next = self.rest.peek();
        let held = self.held.take_if(|held| comes_first(held, next));
        let next = held.or_else(|| self.rest.next());
        self.single &= next.is_none();
        next
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.single { (1, Some(1)) } else { (0, None) }
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

/// Says of each path whether its configuration leaves it out.
pub(super) fn judge(resolver: Resolving) -> Judge {
    Arc::new(move |root, path, is_folder| {
        let place = resolver.absolute(path);
        let project = resolver.project(place.parent()?)?;
        let excluded = || {
            let root = root.filter(|_| project.excludes_some());
            let root = root.map(|root| resolver.absolute(root));
            project.excluded(&place, root.as_deref())
        };
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
