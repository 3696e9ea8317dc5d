//! `caveat rules`: the list of rules.

use super::args::{ListFormat, RulesArguments};
use super::exit::CLEAN;
use super::failure::Failure;
use super::scope::here;
use super::world::{Streams, Surroundings};
use crate::config::REMARKS;
use crate::diagnostic::Severity;
use crate::rules::{Rule, RuleSet};
use serde::Serialize;
use std::borrow::Cow;

/// A rule as programs read it.
#[derive(Serialize)]
struct Row<'r> {
    rule: &'r str,
    severity: Severity,
    message: Cow<'r, str>,
    help: Cow<'r, str>,
    explain: &'r str,
    authority: &'r [String],
    since: Option<String>,
    until: Option<String>,
}

pub(super) fn rules(
    arguments: &RulesArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let project = here(&arguments.configured, around)?;
    let rows = rows(project.rules());
    let lines: Vec<String> = match arguments.format {
        ListFormat::Text => {
            let width = rows.iter().map(|row| row.rule.len()).max().unwrap_or(0);
            let line = |row: &Row<'_>| {
                let (rule, severity) = (row.rule, row.severity.word());
                format!("{rule:<width$}  {severity:<7}  {}", row.message)
            };
            rows.iter().map(line).collect()
        }
        ListFormat::Md => {
            let head = [
                "| Rule | Severity | What is wrong | Authority |",
                "|---|---|---|---|",
            ];
            let line = |row: &Row<'_>| {
                let authority = cell(&row.authority.join("; "));
                let (severity, meaning) = (row.severity.word(), cell(&row.message));
                format!("| `{}` | {severity} | {meaning} | {authority} |", row.rule)
            };
            let head = head.into_iter().map(str::to_owned);
            head.chain(rows.iter().map(line)).collect()
        }
        ListFormat::Json => {
            vec![serde_json::to_string_pretty(&rows).expect("strings are always JSON")]
        }
    };
    writeln!(streams.out, "{}", lines.join("\n"))?;
    Ok(CLEAN)
}

/// Every rule, and every remark on configuration, by id.
fn rows(rules: &RuleSet) -> Vec<Row<'_>> {
    let remarks = REMARKS.iter().map(|kind| Row {
        rule: kind.id,
        severity: kind.severity,
        message: kind.title.into(),
        help: kind.help.into(),
        explain: kind.explain,
        authority: &[],
        since: None,
        until: None,
    });
    let mut rows: Vec<Row<'_>> = rules.rules().map(row).chain(remarks).collect();
    rows.sort_by_key(|row| row.rule);
    rows
}

fn row(rule: &Rule) -> Row<'_> {
    let entry = &rule.entry;
    Row {
        rule: &rule.id,
        severity: entry.severity,
        message: rule.outline().into(),
        help: rule.advice().into(),
        explain: &entry.explain,
        authority: rule.citations(),
        since: entry.since.map(|day| day.0.to_string()),
        until: entry.until.map(|day| day.0.to_string()),
    }
}

/// Text that fits into a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
