//! `caveat check`: examine drafts and print findings.

use super::args::{CheckArguments, Output};
use super::exit::Leave;
use super::failure::Failure;
use super::place::Files;
use super::reports::Wanted;
use super::run::Job;
use super::scope::Scope;
use super::told::Remarks;
use super::world::{Streams, Surroundings};
use crate::config::file::{ConfigFile, Placed};
use crate::config::{Colour, OutputFormat, Project, Remarked};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// How many threads run at the same time here; asking the system is a dozen calls, and done once.
fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// What holds for the run as a whole.
pub(super) struct RunSettings {
    pub(super) format: OutputFormat,
    pub(super) colour: Colour,
    pub(super) threads: usize,
    pub(super) leave: Leave,
    pub(super) progress: bool,
    pub(super) statistics: bool,
}

impl RunSettings {
    pub(super) fn of(project: &Project) -> Self {
        fn last<T: Copy>(
            project: &Project,
            key: impl Fn(&ConfigFile) -> Option<&Placed<T>>,
        ) -> Option<T> {
            let found = project.last(|layer| key(&layer.content));
            found.map(|(_, said)| *said.value())
        }
        let threads = last(project, |file| file.threads.as_ref());
        Self {
            format: last(project, |file| file.output_format.as_ref()).unwrap_or_default(),
            colour: last(project, |file| file.color.as_ref()).unwrap_or_default(),
            threads: threads.map_or_else(cores, usize::from),
            leave: Leave {
                empty: last(project, |file| file.allow_empty.as_ref()).unwrap_or(false),
                excluded: last(project, |file| file.force_exclude.as_ref()).unwrap_or(false),
            },
            progress: last(project, |file| file.progress.as_ref()).unwrap_or(true),
            statistics: last(project, |file| file.statistics.as_ref()).unwrap_or(false),
        }
    }

    /// The work, for these reports.
    pub(super) fn job(&self, wanted: &Wanted<'_>) -> Job {
        let (manner, terminal) = wanted.manner();
        Job {
            threads: self.threads,
            leave: self.leave,
            progress: self.progress && wanted.around.err_is_terminal,
            statistics: self.statistics,
            quiet: wanted.output.quiet,
            verbose: wanted.output.verbose,
            manner,
            terminal,
        }
    }
}

pub(super) fn check(
    arguments: &CheckArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let CheckArguments {
        selection,
        judging,
        configured,
        output,
    } = arguments;
    let surroundings = (&mut *streams, around);
    let scope = Scope::find(selection, judging, configured, Some(output), surroundings)?;
    let settings = RunSettings::of(&scope.project);
    let wanted = Wanted {
        output,
        inventories: &[],
        format: settings.format,
        colour: settings.colour,
        around,
    };
    let job = settings.job(&wanted);
    let said = Said {
        projects: scope.projects.clone(),
        folders: scope.folders.clone(),
        narrowed: judging.narrows() || !selection.exclude.is_empty() || selection.since.is_some(),
    };
    said.keep(output, streams)?;
    let mut files = Files::default();
    let mut outputs = wanted.open(streams.out, &mut files)?;
    let code = job.run(scope.asked(), &mut outputs, streams.err, || {
        said.remarks(|_| true)
    })?;
    drop(outputs);
    files.keep()?;
    Ok(code)
}

/// The configurations of a run, and what is to be said of them.
pub(super) struct Said {
    /// Every configuration that holds for some draft.
    pub(super) projects: Vec<Arc<Project>>,
    /// Folders that are gone through whole, from the root of the file system.
    pub(super) folders: Vec<PathBuf>,
    /// Whether only some rules or some drafts are asked: then nobody can say that an entry is of no use.
    pub(super) narrowed: bool,
}

impl Said {
    /// Keeps them until the process ends, as to free every rule would take longer than to examine a draft;
    /// and names them where more is to be said.
    pub(super) fn keep(&self, output: &Output, streams: &mut Streams<'_>) -> Result<(), Failure> {
        std::mem::forget(self.projects.clone());
        for project in self.projects.iter().filter(|_| output.verbose) {
            let chain = project.chain();
            let files = match chain.as_slice() {
                [] => "built in".to_owned(),
                files => files.join(", which builds on "),
            };
            writeln!(streams.err, "configuration: {files}")?;
        }
        Ok(())
    }

    /// What is found in the configurations once every draft is examined that the run `owns`.
    pub(super) fn remarks(self, owns: impl Fn(&Path) -> bool) -> Remarks {
        let (folders, narrowed) = (self.folders, self.narrowed);
        let walked =
            |folder: &Path| !narrowed && folders.iter().any(|walked| folder.starts_with(walked));
        let remarked = |(index, project): (usize, Arc<Project>)| -> Remarks {
            let remarks = project.remarks(walked, &owns).into_iter();
            remarks
                .map(|remarked| (index, Arc::clone(&project), remarked))
                .collect()
        };
        let projects = self.projects.into_iter().enumerate();
        let mut remarks: Remarks = projects.flat_map(remarked).collect();
        // What several configurations name, such as a baseline, is remarked on once.
        let mut said = HashSet::new();
        for (_, _, Remarked { source, findings }) in &mut remarks {
            findings.retain(|found| {
                let place = (source.name().to_owned(), found.primary);
                said.insert((place, Arc::clone(&found.rule), found.plain.clone()))
            });
        }
        remarks.retain(|(_, _, remarked)| !remarked.findings.is_empty());
        remarks
    }
}
