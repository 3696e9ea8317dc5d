//! `caveat hook run`: what git is about to let out, examined before it does.

use super::judged::{Judged, judged};
use super::parcel::{Parcel, parcels};
use super::told::{Noticed, told};
use crate::cli::args::RunArguments;
use crate::cli::check::{RunSettings, report};
use crate::cli::exit::{CLEAN, Leave};
use crate::cli::failure::Failure;
use crate::cli::place::to_its_place;
use crate::cli::run::Job;
use crate::cli::world::{Streams, Surroundings};
use crate::config::OutputFormat;
use crate::git::{Blobs, Hook, Repository};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) fn run(
    arguments: &RunArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let repository = Repository::of(&around.folder)?;
    let blobs = Arc::new(Blobs::of(&repository)?);
    let hook = arguments.hook;
    let parcels = parcels(
        hook,
        &arguments.given,
        (&repository, &blobs),
        (&mut *streams, around),
    )?;
    if parcels.iter().all(|parcel| parcel.items.is_empty()) {
        return Ok(CLEAN);
    }
    let pass = Pass {
        parcels: &parcels,
        arguments,
        repository: &repository,
        blobs: &blobs,
        around,
    };
    let mut code = pass.run(false, streams)?;
    if code == CLEAN && pass.settings_differ() {
        code = pass.run(true, streams)?;
        if code != CLEAN {
            let why = "caveat: judged by the configuration in the work tree, which is not the one that leaves";
            writeln!(streams.err, "{why}")?;
        }
    }
    for line in told(hook, code) {
        writeln!(streams.err, "{line}")?;
    }
    Ok(code)
}

/// One way over everything that leaves.
struct Pass<'p> {
    parcels: &'p [Parcel],
    arguments: &'p RunArguments,
    repository: &'p Repository,
    blobs: &'p Blobs,
    around: &'p Surroundings,
}

impl Pass<'_> {
    /// Whether the work tree has other settings than what leaves: neither may weaken the other.
    fn settings_differ(&self) -> bool {
        let mut trees = self
            .parcels
            .iter()
            .filter_map(|parcel| parcel.tree.as_ref());
        trees.any(|tree| tree.differs_from_disk())
    }

    fn run(&self, by_disk: bool, streams: &mut Streams<'_>) -> Result<u8, Failure> {
        let git = (self.repository, self.blobs);
        let around = (self.around, by_disk);
        let found = judged(self.parcels, self.arguments, git, around)?;
        let Judged {
            mut tasks,
            mut missed,
            project,
        } = found;
        tasks.sort_by(|left, right| left.path.cmp(&right.path));
        missed.sort_by(|left, right| left.path.cmp(&right.path));
        let output = &self.arguments.output;
        let settings = RunSettings::of(&project);
        let inner = report(&settings, output, self.around);
        let noticed = Noticed {
            report: inner.as_ref(),
            any: AtomicBool::new(false),
        };
        let job = Job {
            tasks: &tasks,
            missed,
            report: &noticed,
            threads: settings.threads,
            leave: Leave {
                empty: true,
                excluded: true,
            },
            progress: settings.progress && self.around.err_is_terminal,
            statistics: settings.statistics,
            quiet: output.quiet,
            verbose: output.verbose,
            marked: output.no_redact && settings.format != OutputFormat::Json,
        };
        let mut page = Vec::new();
        let code = job.run(&mut page, streams.err, Vec::new)?;
        // Git's own words are not to be drowned: where nothing is amiss there is nothing to say.
        let found = noticed.any.load(Ordering::Relaxed) && !self.looks_back();
        let machine = settings.format == OutputFormat::Json || output.file.is_some();
        if code != CLEAN || found || machine || output.verbose {
            to_its_place(output, streams, |out, _| {
                out.write_all(&page)?;
                Ok(code)
            })?;
        }
        streams.out.flush()?;
        Ok(code)
    }

    /// Whether earlier versions are examined too, whose form nobody can change any more without need.
    const fn looks_back(&self) -> bool {
        matches!(
            self.arguments.hook,
            Hook::PrePush | Hook::PreReceive | Hook::PostRewrite
        )
    }
}
