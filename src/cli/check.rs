//! `caveat check`: examine drafts and print findings.

use super::args::CheckArguments;
use super::exit::Leave;
use super::failure::Failure;
use super::place::Files;
use super::reports::Wanted;
use super::run::{Job, asked};
use super::scope::Scope;
use super::world::{Streams, Surroundings};
use crate::config::file::{ConfigFile, Placed};
use crate::config::{Colour, OutputFormat, Project, Remarked};
use std::path::Path;
use std::sync::Arc;

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
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
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
        format: settings.format,
        colour: settings.colour,
        around,
    };
    let (manner, terminal) = wanted.manner();
    // A run over some rules or some drafts cannot say that an entry is of no use.
    let narrowed =
        !judging.select.is_empty() || !judging.ignore.is_empty() || !selection.exclude.is_empty();
    let job = Job {
        threads: settings.threads,
        leave: settings.leave,
        progress: settings.progress && around.err_is_terminal,
        statistics: settings.statistics,
        quiet: output.quiet,
        verbose: output.verbose,
        manner,
        terminal,
    };
    let (projects, folders) = (scope.projects, scope.folders);
    // The run ends with the process, and to free every rule would take longer than to examine a draft.
    std::mem::forget(projects.clone());
    if output.verbose {
        for project in &projects {
            let chain = project.chain();
            let files = match chain.as_slice() {
                [] => "built in".to_owned(),
                files => files.join(", which builds on "),
            };
            writeln!(streams.err, "configuration: {files}")?;
        }
    }
    let remarks = || {
        let walked =
            |folder: &Path| !narrowed && folders.iter().any(|walked| folder.starts_with(walked));
        let remarked = |project: Arc<Project>| -> Vec<(Arc<Project>, Remarked)> {
            let remarks = project.remarks(walked).into_iter();
            remarks
                .map(|remarked| (Arc::clone(&project), remarked))
                .collect()
        };
        projects.into_iter().flat_map(remarked).collect()
    };
    let mut files = Files::default();
    let mut outputs = wanted.open(streams.out, &mut files)?;
    let asked = asked(scope.tasks, scope.missed);
    let code = job.run(asked, &mut outputs, streams.err, remarks)?;
    drop(outputs);
    files.keep()?;
    Ok(code)
}
