//! `caveat explain`: everything about one rule.

use super::args::ExplainArguments;
use super::exit::CLEAN;
use super::failure::Failure;
use super::scope::here;
use super::world::{Streams, Surroundings};
use crate::config::{Colour, REMARKS};
use crate::problem::nearest;
use crate::report::rule_page;

pub(super) fn explain(
    arguments: &ExplainArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let project = here(&arguments.configured, around)?;
    let rules = project.rules();
    let id = arguments.rule.as_str();
    let Some(page) = rule_page(id, rules, around.look(Colour::Auto, false)) else {
        let near = nearest(id, rules.ids().chain(REMARKS.iter().map(|kind| kind.id)));
        let hint = near.map_or_else(
            || "; `caveat rules` lists them".to_owned(),
            |near| format!("; did you mean `{near}`?"),
        );
        return Err(Failure::Usage(format!("no rule is called `{id}`{hint}")));
    };
    streams.out.write_all(page.as_bytes())?;
    Ok(CLEAN)
}
