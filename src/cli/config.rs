//! `caveat config`: every setting that holds for a draft, and where it was settled.

use super::args::ConfigArguments;
use super::exit::CLEAN;
use super::failure::Failure;
use super::scope::for_path;
use super::world::{Streams, Surroundings};

pub(super) fn config(
    arguments: &ConfigArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let (project, place) = for_path(&arguments.path, &arguments.configured, around)?;
    let chain = project.chain();
    let files = match chain.split_first() {
        None => "# no configuration file".to_owned(),
        Some((own, [])) => format!("# {own}"),
        Some((own, more)) => format!("# {own}, which builds on {}", more.join(", ")),
    };
    writeln!(streams.out, "{files}")?;
    for policy in project.policies() {
        writeln!(
            streams.out,
            "# {policy}, a policy that no configuration weakens"
        )?;
    }
    for shown in project.shown(&place) {
        if arguments.non_default && shown.origin.is_none() {
            continue;
        }
        let origin = shown.origin.as_deref().unwrap_or("built in");
        let line = match shown.value {
            Some(value) => format!("{} = {value}", shown.key),
            None => format!("# {} is not set", shown.key),
        };
        writeln!(streams.out, "{line:<44} # {origin}")?;
    }
    Ok(CLEAN)
}
