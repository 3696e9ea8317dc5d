//! From what leaves to drafts with their settings and bytes.

use super::parcel::{Content, Item, Parcel};
use crate::audit::{Bytes, Task};
use crate::cli::args::RunArguments;
use crate::cli::failure::Failure;
use crate::cli::resolving::Resolving;
use crate::cli::scope::{judge, kept};
use crate::cli::typed::Typed;
use crate::cli::world::Surroundings;
use crate::config::{FailOn, Project, Settings, Tree};
use crate::git::{Blobs, GitError, Kind, Object, Pointer, Repository, message_of};
use crate::input::{Cause, Refusal, too_large};
use crate::walk::{Judge, Missed};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most bytes of a commit with its message.
const LARGEST_MESSAGE: u64 = 1 << 24;

/// Drafts and what is left out, judged by one set of settings.
pub(super) struct Judged {
    pub(super) tasks: Vec<Task>,
    pub(super) missed: Vec<Missed>,
    /// The settings of the run as a whole.
    pub(super) project: Arc<Project>,
}

/// A draft whose bytes are yet to be read.
struct Waiting<'i> {
    item: &'i Item,
    id: &'i str,
    place: PathBuf,
    project: Arc<Project>,
    settings: Arc<Settings>,
}

/// Judges parcels by the settings of their trees, or all by those on the disk.
pub(super) fn judged(
    parcels: &[Parcel],
    arguments: &RunArguments,
    (repository, blobs): (&Repository, &Blobs),
    (around, by_disk): (&Surroundings, bool),
) -> Result<Judged, Failure> {
    let (mut tasks, mut missed, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    let mut project = None;
    for parcel in parcels {
        let tree = parcel.tree.clone().filter(|_| !by_disk);
        let tree = tree.map(|tree| tree as Arc<dyn Tree>);
        let typed = Typed::held(&arguments.judging, &arguments.output);
        let resolver = typed.resolver_over(tree, &arguments.configured, around);
        let resolver = Resolving::new(resolver);
        let sorter = Sorter {
            repository,
            judge: judge(resolver.clone()),
            resolver: &resolver,
        };
        let waiting = sorter.sort(&parcel.items, &mut tasks, &mut missed);
        let mut resolver = resolver.alone();
        let found = resolver.project(&repository.top);
        problems.extend(resolver.problems());
        if problems.is_empty() {
            project = project.or(found);
            read(waiting, (repository, blobs), &mut tasks, &mut missed)?;
        }
    }
    match project.filter(|_| problems.is_empty()) {
        Some(project) => Ok(Judged {
            tasks,
            missed,
            project: kept(project),
        }),
        None => Err(Failure::Broken(problems)),
    }
}

/// Sorts out what is to be read.
struct Sorter<'s> {
    repository: &'s Repository,
    judge: Judge,
    resolver: &'s Resolving,
}

impl Sorter<'_> {
    fn sort<'i>(
        &self,
        items: &'i [Item],
        tasks: &mut Vec<Task>,
        missed: &mut Vec<Missed>,
    ) -> Vec<Waiting<'i>> {
        let mut waiting = Vec::new();
        for item in items {
            let place = self.place(item);
            let refusal = item.path.as_ref().and_then(|_| self.refusal(item, &place));
            if let Some(refusal) = refusal {
                let path = item.name.clone();
                missed.push(Missed { path, refusal });
                continue;
            }
            let Some((project, settings)) = self.settings(item, &place) else {
                continue;
            };
            match &item.content {
                Content::Object(_, id) | Content::Message(id) => waiting.push(Waiting {
                    item,
                    id,
                    place,
                    project,
                    settings,
                }),
                Content::Text(bytes) => tasks.push(Task {
                    path: item.name.clone(),
                    place,
                    held: Some(Bytes::new(bytes.clone())),
                    project,
                    settings,
                }),
            }
        }
        waiting
    }

    /// The place by which the settings go; a message has one beside the files.
    fn place(&self, item: &Item) -> PathBuf {
        match &item.path {
            Some(path) => self.repository.top.join(path),
            None => self.repository.own.join("COMMIT_EDITMSG"),
        }
    }

    fn refusal(&self, item: &Item, place: &Path) -> Option<Refusal> {
        match item.content {
            Content::Object(Kind::Submodule, _) => {
                let why = "a submodule, which is checked where it is committed";
                Some(Refusal::new(Cause::NotADraft, why))
            }
            Content::Object(Kind::Link, _) => {
                Some(Refusal::new(Cause::NotADraft, "a symbolic link"))
            }
            Content::Object(Kind::Unmerged, _) => {
                let why = "a merge that is not settled: resolve it and stage the file";
                Some(Refusal::new(Cause::Unreadable, why))
            }
            _ => (self.judge)(None, place, false),
        }
    }

    /// What holds for an item; `None` where its configuration is broken.
    fn settings(&self, item: &Item, place: &Path) -> Option<(Arc<Project>, Arc<Settings>)> {
        let top = &self.repository.top;
        let folder = match item.path {
            Some(_) => place.parent().unwrap_or(top),
            None => top,
        };
        let project = self.resolver.project(folder)?;
        let mut settings = project.settings(place);
        if item.path.is_none() {
            let settings = Arc::make_mut(&mut settings);
            // A message is no draft that must be marked, and git knows its encoding.
            (settings.must_be_marked, settings.encoding) = (None, None);
        }
        if item.replaced && settings.fail_on != FailOn::Never {
            // The form of a draft is what its last version is; what may not be released may not in any.
            Arc::make_mut(&mut settings).fail_on = FailOn::Error;
        }
        Some((project, settings))
    }
}

/// Reads the objects; what git writes in another encoding into the work tree is UTF-8 among them.
fn read(
    mut waiting: Vec<Waiting<'_>>,
    (repository, blobs): (&Repository, &Blobs),
    tasks: &mut Vec<Task>,
    missed: &mut Vec<Missed>,
) -> Result<(), GitError> {
    let paths = waiting
        .iter()
        .filter(|waiting| waiting.settings.encoding.is_some())
        .filter_map(|waiting| waiting.item.path.as_deref());
    let encoded: HashSet<PathBuf> = repository.reencoded(paths)?;
    for waiting in &mut waiting {
        let path = waiting.item.path.as_ref();
        if path.is_some_and(|path| encoded.contains(path)) {
            Arc::make_mut(&mut waiting.settings).encoding = None;
        }
    }
    let wanted: Vec<(&str, u64)> = waiting.iter().map(Waiting::wanted).collect();
    let objects = blobs.read_all(&wanted)?;
    for (waiting, object) in waiting.into_iter().zip(objects) {
        let path = waiting.item.name.clone();
        match waiting.bytes(object, repository) {
            Ok(bytes) => tasks.push(Task {
                path,
                place: waiting.place,
                held: Some(Bytes::new(bytes)),
                project: waiting.project,
                settings: waiting.settings,
            }),
            Err(refusal) => missed.push(Missed { path, refusal }),
        }
    }
    Ok(())
}

impl Waiting<'_> {
    /// The id, and the most bytes of the object.
    fn wanted(&self) -> (&str, u64) {
        match self.item.path {
            Some(_) => (self.id, self.settings.largest),
            None => (self.id, LARGEST_MESSAGE),
        }
    }

    fn bytes(&self, object: Object, repository: &Repository) -> Result<Vec<u8>, Refusal> {
        let gone = |why: &str| Refusal::new(Cause::Unreadable, why);
        let bytes = match object {
            Object::Here { bytes, .. } => bytes,
            Object::TooLarge(size) => return Err(too_large(size, self.wanted().1)),
            Object::Missing => return Err(gone("its object is not in this repository")),
        };
        if self.item.path.is_none() {
            return Ok(message_of(&bytes).to_owned());
        }
        match Pointer::of(&bytes) {
            None => Ok(bytes),
            Some(pointer) => pointer.content(repository).ok_or_else(|| {
                gone("a pointer of Git LFS to a content that is not on this machine")
            }),
        }
    }
}
