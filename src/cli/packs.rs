//! `caveat packs`: which packs are loaded, whether they are sound, whether their rules do as their examples say.

use super::args::{PacksAction, PacksArguments};
use super::exit::{CLEAN, FINDINGS, some};
use super::failure::Failure;
use super::scope::for_packs;
use super::world::{Streams, Surroundings};
use crate::config::Project;
use crate::report::one_line;
use crate::trial::{Trial, try_rules};
use std::collections::BTreeMap;

pub(super) fn packs(
    arguments: &PacksArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let project = for_packs(&arguments.folders, &arguments.configured, around)?;
    let counted = counted(&project);
    match arguments.action {
        PacksAction::List => {
            for (pack, count) in &counted {
                writeln!(streams.out, "{}", count.line(pack))?;
            }
            for scheme in project.rules().schemes() {
                writeln!(
                    streams.out,
                    "\nscheme {}: {}",
                    scheme.name(),
                    scheme.title()
                )?;
                for authority in scheme.authority() {
                    writeln!(streams.out, "  {authority}")?;
                }
            }
            Ok(CLEAN)
        }
        PacksAction::Validate => {
            let files: usize = counted.values().map(|count| count.files).sum();
            let packs = some(counted.len(), "pack", "packs");
            let files = some(files, "file", "files");
            writeln!(streams.out, "{packs} of {files}: no problem")?;
            Ok(CLEAN)
        }
        PacksAction::Test => {
            let trial = try_rules(project.rules(), |_| true);
            tell(&trial, streams)
        }
    }
}

/// What a pack holds.
#[derive(Default)]
struct Count {
    files: usize,
    rules: usize,
    house: bool,
}

impl Count {
    fn line(&self, pack: &str) -> String {
        let kind = if self.house { "house" } else { "shipped" };
        let files = some(self.files, "file", "files");
        let rules = some(self.rules, "rule", "rules");
        format!("{pack:<16} {kind:<8} {files}, {rules}")
    }
}

fn counted(project: &Project) -> BTreeMap<&str, Count> {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for file in project.pack_files() {
        let count = counts.entry(&file.pack).or_default();
        count.files += 1;
        count.house |= file.house;
    }
    for rule in project.rules().rules() {
        let pack = rule.id.split_once('/').map_or("", |(pack, _)| pack);
        if let Some(count) = counts.get_mut(pack) {
            count.rules += 1;
        }
    }
    counts
}

fn tell(trial: &Trial, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let quoted = |texts: &[String]| {
        let texts = texts.iter().map(|text| format!("`{}`", one_line(text)));
        let texts: Vec<String> = texts.collect();
        if texts.is_empty() {
            "nothing".to_owned()
        } else {
            texts.join(", ")
        }
    };
    for wrong in &trial.disagreements {
        writeln!(
            streams.out,
            "{}: example {}: found {}, not {}",
            wrong.rule,
            wrong.example,
            quoted(&wrong.found),
            quoted(&wrong.wanted)
        )?;
    }
    writeln!(
        streams.out,
        "{} tried on {}, {}",
        some(trial.rules, "rule", "rules"),
        some(trial.examples, "example", "examples"),
        some(trial.disagreements.len(), "disagreement", "disagreements")
    )?;
    Ok(if trial.disagreements.is_empty() {
        CLEAN
    } else {
        FINDINGS
    })
}
