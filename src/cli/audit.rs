//! `caveat audit`: examine whole holdings, whatever lies in them, and take stock.

use super::args::{AuditArguments, Course};
use super::check::{RunSettings, Said};
use super::failure::Failure;
use super::journal::{self, Journal, Opened, Recalled};
use super::place::Files;
use super::reports::{ON_PAPER, Wanted};
use super::run::Job;
use super::select::{Selected, select};
use super::survey::Survey;
use super::told::{Noted, Told};
use super::typed::Typed;
use super::world::{Streams, Surroundings};
use crate::audit::Shard;
use crate::config::{Imprint, digest};
use crate::report::journal::{Begin, Reader};
use std::fs;
use std::path::Path;
use std::sync::Arc;

pub(super) fn audit(
    arguments: &AuditArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let AuditArguments {
        holdings,
        inventories,
        course,
        judging,
        configured,
        output,
    } = arguments;
    let selection = holdings.selection()?;
    let Selected { roots, .. } = select(&selection, streams)?;
    let typed = Typed::audited(&selection, judging, output);
    let shard = course.shard.unwrap_or(Shard::WHOLE);
    let survey = Survey::of(roots, typed.resolver(configured, around), shard)?;
    let settings = RunSettings::of(&survey.project);
    let wanted = Wanted {
        output,
        inventories: &inventories.asked,
        format: settings.format,
        colour: settings.colour,
        around,
    };
    let mut job = settings.job(&wanted);
    let (journal, noted, old) = opened(course, &survey, &mut job, output.no_redact)?;
    // There may well be no draft in one part of many.
    job.leave.empty |= !shard.is_whole();
    let said = Said {
        projects: survey.projects.clone(),
        folders: survey.folders.clone(),
        narrowed: judging.narrows() || !selection.exclude.is_empty(),
    };
    said.keep(output, streams)?;
    let mut files = Files::default();
    let mut outputs = wanted.open(streams.out, &mut files)?;
    if noted.is_some() {
        outputs.with_pages();
    }
    let told = Told {
        outputs: &mut outputs,
        err: streams.err,
        journal: noted,
        part: !shard.is_whole(),
    };
    let asked = survey.asked(files.names(), journal.is_some());
    let asked = Recalled::new(asked, old);
    let code = job.run_and_note((asked, survey.all), told, || {
        said.remarks(|draft| survey.lot.holds(draft))
    })?;
    drop(outputs);
    files.keep()?;
    if let Some(journal) = journal {
        journal.keep()?;
    }
    Ok(code)
}

/// A journal, what is noted in it, and what an earlier run noted.
type Notes = (Option<Journal>, Option<Noted>, Option<Reader>);

/// The journal that is asked for. Excerpts are then cut as it has them.
fn opened(course: &Course, survey: &Survey, job: &mut Job, quotes: bool) -> Result<Notes, Failure> {
    let Some(path) = &course.journal else {
        return Ok((None, None, None));
    };
    stands_apart(path, survey)?;
    let imprint = Imprint::of(&survey.projects, survey.lot.folder());
    let named = survey.named();
    // What is told of a draft later, in whatever form, is told from its line.
    job.manner.wording = true;
    let Opened {
        journal,
        writer,
        old,
    } = journal::open(
        path,
        course.resume,
        Begin {
            format: Begin::FORMAT,
            caveat: env!("CARGO_PKG_VERSION").to_owned(),
            settings: imprint.settings,
            packs: imprint.packs,
            paths: digest(named.iter().map(String::as_bytes)),
            shard: course.shard.unwrap_or(Shard::WHOLE),
            excerpts: quotes.then(|| job.manner.excerpts.unwrap_or(ON_PAPER)),
            quotes,
            allow_empty: job.leave.empty,
            force_exclude: job.leave.excluded,
            notice: quotes.then(|| Begin::NOTICE.to_owned()),
        },
        &mut job.manner.excerpts,
    )?;
    let census = Arc::clone(&survey.census);
    Ok((Some(journal), Some(Noted { writer, census }), old))
}

/// Refuses a journal that would be examined with the drafts, while it grows.
fn stands_apart(path: &Path, survey: &Survey) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let folder = survey.lot.folder().join(folder);
    let Ok(folder) = fs::canonicalize(folder) else {
        return Ok(());
    };
    let mut walked = survey.folders.iter();
    let inside = walked.any(|walked| {
        let walked = fs::canonicalize(walked);
        walked.is_ok_and(|walked| folder.starts_with(walked))
    });
    if inside {
        let why = "lies among the drafts of the audit: name a place outside";
        return Err(journal::failed(path, why));
    }
    Ok(())
}
