//! `caveat explain`: everything about one rule.

use super::args::ExplainArguments;
use super::exit::CLEAN;
use super::failure::Failure;
use super::world::Streams;
use crate::problem::nearest;
use crate::rules::RuleSet;

pub(super) fn explain(
    arguments: &ExplainArguments,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let rules = RuleSet::shipped().map_err(Failure::Broken)?;
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
