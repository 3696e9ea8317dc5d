//! `caveat audit`: examine whole holdings, whatever lies in them, and take stock.

use super::args::AuditArguments;
use super::check::{RunSettings, Said};
use super::failure::Failure;
use super::place::Files;
use super::reports::Wanted;
use super::select::{Selected, select};
use super::survey::Survey;
use super::typed::Typed;
use super::world::{Streams, Surroundings};

pub(super) fn audit(
    arguments: &AuditArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let AuditArguments {
        holdings,
        inventories,
        judging,
        configured,
        output,
    } = arguments;
    let selection = holdings.selection()?;
    let Selected { roots, .. } = select(&selection, streams)?;
    let typed = Typed::audited(&selection, judging, output);
    let survey = Survey::of(roots, typed.resolver(configured, around))?;
    let settings = RunSettings::of(&survey.project);
    let wanted = Wanted {
        output,
        inventories,
        format: settings.format,
        colour: settings.colour,
        around,
    };
    let job = settings.job(&wanted);
    let asked = survey.asked();
    let said = Said {
        projects: survey.projects,
        folders: survey.folders,
        narrowed: judging.narrows() || !selection.exclude.is_empty(),
    };
    said.keep(output, streams)?;
    let mut files = Files::default();
    let mut outputs = wanted.open(streams.out, &mut files)?;
    let code = job.run((asked, survey.all), &mut outputs, streams.err, || {
        said.remarks()
    })?;
    drop(outputs);
    files.keep()?;
    Ok(code)
}
