//! `caveat roll-up`: the banner that portion marks require, and why.

use super::args::{AnswerFormat, RollUpArguments};
use super::exit::{CLEAN, FINDINGS};
use super::failure::Failure;
use super::marking::{answer_lines, bare, findings, scheme};
use super::scope::here;
use super::world::{Streams, Surroundings};
use crate::diagnostic::Severity;
use crate::marking::{Rolled, Scheme, Style, Surface, explain, roll_up as rolled_up};
use crate::report::json::Finding;
use serde::Serialize;
use std::path::Path;

/// Version of the JSON objects of this command.
const VERSION: u32 = 1;

/// Between two portions of a set on a line.
const BETWEEN: &str = " | ";

/// The answer as programs read it.
#[derive(Serialize)]
struct Answer<'a> {
    version: u32,
    banner: Option<String>,
    portion: Option<String>,
    because: Vec<Because<'a>>,
    diagnostics: Vec<Finding>,
}

/// A part of the banner, and the portions that force it.
#[derive(Serialize)]
struct Because<'a> {
    part: &'a str,
    from: &'a [usize],
}

pub(super) fn roll_up(
    arguments: &RollUpArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let project = here(&arguments.configured, around)?;
    let scheme = scheme(project.rules(), arguments.scheme.as_deref())?;
    let mut code = CLEAN;
    let of_file = arguments.file.as_deref().map(|file| set_of(file, around));
    let of_file = of_file.transpose()?;
    let given = of_file.as_ref().unwrap_or(&arguments.portions);
    if of_file.is_some() || !given.is_empty() {
        let portions: Vec<&str> = given.iter().map(String::as_str).collect();
        let format = arguments.format.unwrap_or(AnswerFormat::Text);
        let (answer, is_clean) = answer(&portions, format, scheme);
        writeln!(streams.out, "{answer}")?;
        return Ok(if is_clean { CLEAN } else { FINDINGS });
    }
    let format = arguments.format.unwrap_or(AnswerFormat::JsonLines);
    answer_lines(streams, |line| {
        let portions: Vec<&str> = line.split(BETWEEN).collect();
        let (answer, is_clean) = answer(&portions, format, scheme);
        if !is_clean {
            code = FINDINGS;
        }
        answer
    })?;
    Ok(code)
}

/// The portions of a file, as one set.
fn set_of(file: &Path, around: &Surroundings) -> Result<Vec<String>, Failure> {
    let bytes = std::fs::read(around.folder.join(file)).map_err(|error| {
        let cause = crate::input::said(&error);
        Failure::Usage(format!("`{}` cannot be read: {cause}", file.display()))
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let portions = text.lines().flat_map(|line| line.split(BETWEEN));
    let portions = portions
        .map(str::trim)
        .filter(|portion| !portion.is_empty());
    Ok(portions.map(str::to_owned).collect())
}

/// The answer on one set of portions, and whether nothing is wrong with them.
fn answer(portions: &[&str], format: AnswerFormat, scheme: &Scheme) -> (String, bool) {
    let inner: Vec<&str> = portions
        .iter()
        .map(|portion| bare(portion, scheme).0)
        .collect();
    let found = rolled_up(inner.iter().copied(), scheme);
    let mut problems = Vec::new();
    for (portion, text) in portions.iter().zip(&inner) {
        let offset = portion.find(text).unwrap_or(0);
        let explained = explain(text, scheme, Surface::Portion);
        problems.extend(findings(text, portion, offset, &explained, scheme));
    }
    let weighs = |found: &Finding| found.severity > Severity::Advice;
    let is_clean = found.demand.level.is_some() && !problems.iter().any(weighs);
    let text = match format {
        AnswerFormat::Text => text(&found, portions, &problems, scheme),
        AnswerFormat::Json | AnswerFormat::JsonLines => json(&found, problems, scheme),
    };
    (text, is_clean)
}

fn written(found: &Rolled, surface: Surface, scheme: &Scheme) -> Option<String> {
    found.demand.level?;
    let statement = &found.demand.statement;
    Some(statement.render(scheme, surface, Style::Canonical))
}

fn json(found: &Rolled, diagnostics: Vec<Finding>, scheme: &Scheme) -> String {
    let because = found
        .because
        .iter()
        .map(|(part, from)| Because { part, from });
    let answer = Answer {
        version: VERSION,
        banner: written(found, Surface::Banner, scheme),
        portion: written(found, Surface::Portion, scheme),
        because: because.collect(),
        diagnostics,
    };
    serde_json::to_string(&answer).expect("strings and numbers are always JSON")
}

fn text(found: &Rolled, portions: &[&str], problems: &[Finding], scheme: &Scheme) -> String {
    let mut lines = Vec::new();
    match written(found, Surface::Banner, scheme) {
        Some(banner) => lines.push(banner),
        None if found.demand.undecided => {
            lines.push("a person must decide between levels that do not compare".to_owned());
        }
        None => lines.push("no portion has a level".to_owned()),
    }
    for (part, from) in &found.because {
        let named = from.iter().filter_map(|&index| portions.get(index));
        let mut named: Vec<String> = named
            .take(3)
            .map(|portion| format!("`{portion}`"))
            .collect();
        if let Some(more) = from.len().checked_sub(3).filter(|&more| more > 0) {
            named.push(format!("{more} more"));
        }
        lines.push(format!("  {part}: {}", named.join(", ")));
    }
    let problem = |found: &Finding| {
        format!(
            "{}[{}] {}",
            found.severity.word(),
            found.rule,
            found.message
        )
    };
    lines.extend(problems.iter().map(problem));
    lines.join("\n")
}
