//! Which files belong to which scheme.

use super::compile_merged;
use super::merge::Merged;
use crate::marking::scheme::Scheme;
use crate::pack::scheme_file::SchemeFile;
use crate::problem::{PackProblem, TextFile};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A file of a scheme as it was read.
#[derive(Debug)]
pub struct SchemePart {
    /// The file, for problems.
    pub file: TextFile,
    /// What stands in it.
    pub entries: SchemeFile,
    /// Whether all of it could be read; a scheme of which a part could not is left out.
    pub whole: bool,
}

impl SchemePart {
    /// The name of the scheme that it begins.
    fn begins(&self) -> Option<&str> {
        let header = self.entries.scheme.as_ref()?;
        Some(header.name.text())
    }

    /// The name of the scheme that it adds to.
    fn adds_to(&self) -> Option<&str> {
        let header = self.entries.part.as_ref()?;
        Some(header.of.text())
    }
}

/// Every scheme of some files, each with its parts, and each again as every profile of it describes.
///
/// Schemes stand in the order of their files, each before its profiles; the problems come beside them.
pub fn compile_all(files: Vec<SchemePart>) -> (Vec<Scheme>, Vec<PackProblem>) {
    let mut schemes: Vec<Scheme> = Vec::new();
    let mut problems = Vec::new();
    let begun = named(&files, &mut problems);
    let mut waiting: Vec<Option<SchemePart>> = files.into_iter().map(Some).collect();
    for (first, name) in begun {
        let own = parts(first, &name, &mut waiting);
        if own.iter().any(|part| !part.whole) {
            continue;
        }
        let compiled = compile_one(own, &mut schemes);
        problems.extend(compiled.err().unwrap_or_default());
    }
    (schemes, problems)
}

/// The places of the files that begin a scheme, with its name; a name that is not known or stands twice
/// is a problem.
fn named(files: &[SchemePart], problems: &mut Vec<PackProblem>) -> Vec<(usize, String)> {
    let known: Vec<&str> = files.iter().filter_map(SchemePart::begins).collect();
    let mut names = BTreeSet::new();
    let mut begun = Vec::new();
    for (place, SchemePart { file, entries, .. }) in files.iter().enumerate() {
        if let Some(part) = &entries.part
            && !known.contains(&part.of.text())
        {
            let message = format!("no scheme is called `{}`", part.of.text());
            let problem = PackProblem::new(file, part.of.place(), message);
            problems.push(problem.nearest(part.of.text(), known.iter().copied()));
        }
        let Some(header) = &entries.scheme else {
            continue;
        };
        let name = header.name.text();
        if names.insert(name) {
            begun.push((place, name.to_owned()));
        } else {
            let message = format!("scheme `{name}` stands twice");
            let problem = PackProblem::new(file, header.name.place(), message);
            problems.push(problem.help("give one of them another name"));
        }
    }
    begun
}

/// Takes out the files of a scheme, the one that begins it first.
fn parts(first: usize, name: &str, waiting: &mut [Option<SchemePart>]) -> Vec<SchemePart> {
    let begin = waiting.get_mut(first).and_then(Option::take);
    let others = waiting.iter_mut().filter_map(|part| {
        part.take_if(|part| part.begins() != Some(name) && part.adds_to() == Some(name))
    });
    begin.into_iter().chain(others).collect()
}

/// Adds a scheme, and then what each of its profiles makes of it.
fn compile_one(parts: Vec<SchemePart>, schemes: &mut Vec<Scheme>) -> Result<(), Vec<PackProblem>> {
    let files = parts.into_iter().map(|part| (part.file, part.entries));
    let mut merged = Merged::join(files)?;
    let scheme = compile_merged(&merged, None)?;
    let code_lists = Arc::clone(&scheme.code_lists);
    schemes.push(scheme);
    let profiles = merged.profiles.iter();
    let mut profiles: Vec<String> = profiles
        .map(|(_, profile)| profile.name.text().to_owned())
        .collect();
    let last = profiles.pop();
    for profile in &profiles {
        let mut own = merged.clone();
        own.apply_profile(profile);
        schemes.push(compile_merged(&own, Some(&code_lists))?);
    }
    if let Some(last) = last {
        merged.apply_profile(&last);
        schemes.push(compile_merged(&merged, Some(&code_lists))?);
    }
    Ok(())
}
