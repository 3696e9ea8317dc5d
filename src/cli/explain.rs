//! `caveat explain`: everything about one rule.

use super::args::ExplainArguments;
use super::exit::CLEAN;
use super::failure::Failure;
use super::scope::here;
use super::world::{Streams, Surroundings};
use crate::problem::nearest;

pub(super) fn explain(
    arguments: &ExplainArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let project = here(&arguments.configured, around)?;
    let rules = project.rules();
    let id = &arguments.rule;
    let Some(rule) = rules.rule(id) else {
        let near = nearest(id, rules.rules().iter().map(|rule| &*rule.id));
        let hint = near.map_or_else(
            || "; `caveat rules` lists them".to_owned(),
            |near| format!("; did you mean `{near}`?"),
        );
        return Err(Failure::Usage(format!("no rule is called `{id}`{hint}")));
    };
    let entry = &rule.entry;
    writeln!(
        streams.out,
        "{} ({})\n\n{}\nAuthority: {}\nTo put it right: {}",
        rule.id,
        entry.severity.word(),
        entry.explain,
        entry.authority.join("; "),
        entry.help
    )?;
    Ok(CLEAN)
}
