//! `caveat hook run`: what git is about to let out, examined before it does.

use super::judged::{Judged, judged};
use super::parcel::{Parcel, parcels};
use super::told::told;
use crate::cli::args::RunArguments;
use crate::cli::check::RunSettings;
use crate::cli::exit::{CLEAN, Leave};
use crate::cli::failure::Failure;
use crate::cli::place::Files;
use crate::cli::reports::Wanted;
use crate::cli::run::{Job, asked};
use crate::cli::world::{Streams, Surroundings};
use crate::git::{Blobs, Hook, Repository};
use std::sync::Arc;

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
            tasks,
            missed,
            project,
        } = found;
        let output = &self.arguments.output;
        let settings = RunSettings::of(&project);
        let wanted = Wanted {
            output,
            inventories: &[],
            format: settings.format,
            colour: settings.colour,
            around: self.around,
        };
        let (manner, terminal) = wanted.manner();
        let job = Job {
            threads: settings.threads,
            leave: Leave {
                empty: true,
                excluded: true,
            },
            progress: settings.progress && self.around.err_is_terminal,
            statistics: settings.statistics,
            quiet: output.quiet,
            verbose: output.verbose,
            manner,
            terminal,
        };
        let (mut page, mut files) = (Vec::new(), Files::default());
        let mut outputs = wanted.open(&mut page, &mut files)?;
        let asked = asked(tasks, missed);
        let code = job.run(asked, &mut outputs, streams.err, Vec::new)?;
        let found = outputs.tally.summary.findings() > 0 && !self.looks_back();
        drop(outputs);
        files.keep()?;
        // Git's own words are not to be drowned: where nothing is amiss there is nothing to say.
        if code != CLEAN || found || settings.format.is_for_programs() || output.verbose {
            streams.out.write_all(&page)?;
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
