//! `caveat merge`: the reports of an audit from its journals, as one run over everything would write them.

use super::args::{Configured, MergeArguments};
use super::check::RunSettings;
use super::exit::some;
use super::failure::Failure;
use super::journal::{failed, other, reader};
use super::place::Files;
use super::progress::Progress;
use super::reports::Wanted;
use super::run::Job;
use super::typed::Typed;
use super::world::{Streams, Surroundings};
use crate::audit::{Census, Shard};
use crate::report::journal::{Begin, DraftEntry, End, Entry, MissedEntry, Reader, Remark};
use crate::report::{Found, Outputs};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Parts that a message names.
const NAMED: usize = 8;

/// The journal of one part.
struct Part<'m> {
    path: &'m Path,
    begin: Begin,
    end: End,
    reader: Reader,
    /// What comes next.
    head: Option<(PathBuf, Head)>,
    /// Lines of paths that were read.
    lines: u64,
}

/// A line of a path.
enum Head {
    Draft(Box<DraftEntry>),
    Missed(Box<MissedEntry>),
}

pub(super) fn merge(
    arguments: &MergeArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let paths = arguments.journals.iter();
    let mut parts = paths
        .map(|path| Part::open(path))
        .collect::<Result<Vec<_>, _>>()?;
    let begin = fit(&parts)?;
    let output = arguments.output(begin.quotes);
    let isolated = Configured {
        config: Vec::new(),
        baseline: None,
        isolated: true,
        policy: Vec::new(),
    };
    let mut resolver = Typed::reported(&output).resolver(&isolated, around);
    let project = resolver.project(&around.folder);
    let problems = resolver.problems();
    let project = project.filter(|_| problems.is_empty());
    let settings = RunSettings::of(&*project.ok_or(Failure::Broken(problems))?);
    let wanted = Wanted {
        output: &output,
        inventories: &arguments.inventories.asked,
        format: settings.format,
        colour: settings.colour,
        around,
    };
    let mut job = settings.job(&wanted);
    job.leave.empty = begin.allow_empty;
    job.leave.excluded = begin.force_exclude;
    let mut files = Files::default();
    let mut outputs = wanted.open(streams.out, &mut files)?;
    let code = joined(&mut parts, &job, &mut outputs)?;
    drop(outputs);
    files.keep()?;
    Ok(code)
}

/// Tells the reports of every path, and ends them.
fn joined(parts: &mut [Part<'_>], job: &Job, outputs: &mut Outputs<'_>) -> Result<u8, Failure> {
    let all: u64 = parts.iter().map(|part| part.end.lines).sum();
    let mut progress = Progress::new(usize::try_from(all).unwrap_or(usize::MAX), job.progress);
    let mut remarks = Remarks::default();
    for part in &mut *parts {
        part.advance(outputs, &mut remarks)?;
    }
    while let Some(next) = first(parts)? {
        let Some((_, head)) = next.head.take() else {
            break;
        };
        let told = progress.aside(|| match head {
            Head::Draft(entry) => outputs.draft(&entry.record),
            Head::Missed(entry) => outputs.missed(&entry.record),
        });
        if let Err(error) = told {
            return job.broken(outputs, error);
        }
        next.advance(outputs, &mut remarks)?;
        progress.advance(1);
    }
    drop(progress);
    for found in remarks.of_all(parts.len()) {
        if let Err(error) = outputs.configuration(&found) {
            return job.broken(outputs, error);
        }
    }
    job.close(outputs)
}

/// The part whose next path comes first.
fn first<'p, 'm>(parts: &'p mut [Part<'m>]) -> Result<Option<&'p mut Part<'m>>, Failure> {
    let mut first: Option<(usize, &Path)> = None;
    for (index, part) in parts.iter().enumerate() {
        let Some((path, _)) = &part.head else {
            continue;
        };
        match first {
            Some((other, known)) if known == path => {
                let other = parts.get(other).map_or(Path::new(""), |part| part.path);
                let why = format!("and `{}` have the same draft", other.display());
                return Err(failed(part.path, &why));
            }
            Some((_, known)) if known < path.as_path() => {}
            _ => first = Some((index, path)),
        }
    }
    let index = first.map(|(index, _)| index);
    Ok(index.and_then(|index| parts.get_mut(index)))
}

impl<'m> Part<'m> {
    /// Opens a journal that is finished.
    fn open(path: &'m Path) -> Result<Self, Failure> {
        let mut reader = reader(path)?;
        let unreadable = |error: &io::Error| {
            failed(
                path,
                &format!("cannot be read: {}", crate::input::said(error)),
            )
        };
        let end = reader.end().map_err(|error| unreadable(&error))?;
        let (Some(begin), Some(end)) = (reader.begin().cloned(), end) else {
            let why = "is not finished: run its audit again with --resume";
            return Err(failed(path, why));
        };
        Ok(Self {
            path,
            begin,
            end,
            reader,
            head: None,
            lines: 0,
        })
    }

    /// Goes on to the next path, and takes up what stands before it.
    fn advance(&mut self, outputs: &mut Outputs<'_>, remarks: &mut Remarks) -> Result<(), Failure> {
        loop {
            let entry = self.reader.next_entry().map_err(|error| {
                let said = crate::input::said(&error);
                failed(self.path, &format!("cannot be read: {said}"))
            })?;
            self.head = match entry {
                Some(Entry::Draft(entry)) => Some((entry.named.path(), Head::Draft(entry))),
                Some(Entry::Missed(entry)) => Some((entry.named.path(), Head::Missed(entry))),
                Some(Entry::Rule(id, rule)) => {
                    outputs.tally.rules.entry(id).or_insert(*rule);
                    continue;
                }
                Some(Entry::Remark(remark)) => {
                    remarks.add(*remark);
                    continue;
                }
                Some(Entry::End(_)) if self.lines == self.end.lines => None,
                Some(Entry::Begin(_) | Entry::End(_)) | None => {
                    return Err(failed(self.path, "is damaged: some of its lines are gone"));
                }
            };
            self.lines += u64::from(self.head.is_some());
            return Ok(());
        }
    }
}

/// What is said of the configuration in all parts.
#[derive(Default)]
struct Remarks(BTreeMap<Key, (usize, Remark)>);

/// Configuration, file, place and rule.
type Key = (usize, String, (u32, u32), String);

impl Remarks {
    fn add(&mut self, remark: Remark) {
        let finding = &remark.found.finding;
        let key = (
            remark.project,
            finding.path.clone(),
            (finding.span.start, finding.span.end),
            finding.rule.clone(),
        );
        self.0.entry(key).or_insert((0, remark)).0 += 1;
    }

    /// What holds for the whole, file by file.
    fn of_all(self, parts: usize) -> Vec<Vec<Found>> {
        let mut files: Vec<((usize, String), Vec<Found>)> = Vec::new();
        for ((project, file, ..), (said, remark)) in self.0 {
            if remark.needs_every_part && said < parts {
                continue;
            }
            let of = (project, file);
            match files.last_mut().filter(|(known, _)| *known == of) {
                Some((_, found)) => found.push(remark.found),
                None => files.push((of, vec![remark.found])),
            }
        }
        files.into_iter().map(|(_, found)| found).collect()
    }
}

/// What all parts go by, where they are the parts of one audit, each once.
fn fit<'p>(parts: &'p [Part<'_>]) -> Result<&'p Begin, Failure> {
    let Some(first) = parts.first() else {
        return Err(Failure::Usage("no journal is named".to_owned()));
    };
    let (this, wrote) = (env!("CARGO_PKG_VERSION"), &first.begin.caveat);
    if wrote != this {
        let why = format!("was written by caveat {wrote}, and this is {this}");
        return Err(failed(first.path, &why));
    }
    let mut known: BTreeMap<Shard, &Path> = BTreeMap::new();
    for part in parts {
        if let Some(why) = apart(&part.begin, &first.begin) {
            let why = format!("{why}, unlike `{}`", first.path.display());
            return Err(failed(part.path, &why));
        }
        let shard = part.begin.shard;
        if let Some(twice) = known.insert(shard, part.path) {
            let why = format!("and `{}` are both part {shard}", part.path.display());
            return Err(failed(twice, &why));
        }
    }
    let of = first.begin.shard.of;
    let all = (1..=of).map(|number| Shard { number, of });
    let missing = all.filter(|shard| !known.contains_key(shard));
    let missing: Vec<String> = missing.map(|shard| shard.to_string()).collect();
    if !missing.is_empty() {
        let message = format!("not all parts are here: {} missing", listed(&missing));
        return Err(Failure::Usage(message));
    }
    same_paths(parts)?;
    Ok(&first.begin)
}

/// Why a part is none of the audit that another one is of.
fn apart(part: &Begin, first: &Begin) -> Option<String> {
    if part.shard.of != first.shard.of {
        return Some(format!("is part {}", part.shard));
    }
    let alike = Begin {
        shard: first.shard,
        ..part.clone()
    };
    other(&alike, first)
}

/// Every part must have met the same paths, and each of these be that of one part.
fn same_paths(parts: &[Part<'_>]) -> Result<(), Failure> {
    let mut own = Census::default();
    let mut known: Option<&Part<'_>> = None;
    for part in parts {
        own = own.with(part.end.own);
        if let Some(first) = known.filter(|first| first.end.all != part.end.all) {
            let why = format!(
                "met {}, and `{}` {}, or others: run both audits again with --resume",
                some(count(part.end.all), "path", "paths"),
                first.path.display(),
                count(first.end.all),
            );
            return Err(failed(part.path, &why));
        }
        known = known.or(Some(part));
    }
    match known {
        Some(first) if first.end.all != own => Err(failed(
            first.path,
            "and the others do not make a whole: run their audits again with --resume",
        )),
        _ => Ok(()),
    }
}

fn count(census: Census) -> usize {
    usize::try_from(census.paths).unwrap_or(usize::MAX)
}

/// `1/4, 3/4`, and how many more.
fn listed(words: &[String]) -> String {
    let shown: Vec<&str> = words.iter().take(NAMED).map(String::as_str).collect();
    let more = words.len() - shown.len();
    let list = shown.join(", ");
    let verb = if words.len() == 1 { "is" } else { "are" };
    if more > 0 {
        format!("{list} and {more} more {verb}")
    } else {
        format!("{list} {verb}")
    }
}
