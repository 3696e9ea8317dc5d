//! `caveat rules`: the list of rules.

use super::args::{ListFormat, RulesArguments};
use super::exit::CLEAN;
use super::failure::Failure;
use super::scope::here;
use super::world::{Streams, Surroundings};
use crate::rules::RuleSet;
use serde_json::json;

pub(super) fn rules(
    arguments: &RulesArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let project = here(&arguments.configured, around)?;
    let rules = project.rules();
    let lines: Vec<String> = match arguments.format {
        ListFormat::Text => list(rules, |rule, severity| format!("{rule:<40} {severity}")),
        ListFormat::Md => list(rules, |rule, severity| format!("| `{rule}` | {severity} |")),
        ListFormat::Json => {
            let list = rules.rules().iter().map(|rule| {
                json!({"rule": &*rule.id, "severity": rule.entry.severity, "authority": rule.entry.authority})
            });
            vec![serde_json::Value::Array(list.collect()).to_string()]
        }
    };
    let text = lines.join("\n") + "\n";
    streams.out.write_all(text.as_bytes())?;
    Ok(CLEAN)
}

fn list(rules: &RuleSet, line: impl Fn(&str, &str) -> String) -> Vec<String> {
    let rules = rules.rules().iter();
    rules
        .map(|rule| line(&rule.id, rule.entry.severity.word()))
        .collect()
}
