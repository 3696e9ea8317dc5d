//! Which files belong to which scheme.

use super::compile_merged;
use super::merge::Merged;
use super::names::Names;
use crate::marking::lazy::LazyScheme;
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
    /// Whether it is compiled in, and so known to be without a problem.
    pub shipped: bool,
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
/// Schemes stand in the order of their files, each before its profiles; the problems come beside them. A
/// scheme that is compiled in, with no part that is not, is set up when it is first asked for.
pub fn compile_all(files: Vec<SchemePart>) -> (Vec<LazyScheme>, Vec<PackProblem>) {
    let mut schemes: Vec<LazyScheme> = Vec::new();
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
fn compile_one(
    parts: Vec<SchemePart>,
    schemes: &mut Vec<LazyScheme>,
) -> Result<(), Vec<PackProblem>> {
    let late = parts.iter().all(|part| part.shipped);
    let files = parts.into_iter().map(|part| (part.file, part.entries));
    let whole = Merged::join(files)?;
    let as_profile = |name: &str| {
        let mut own = whole.clone();
        own.apply_profile(name);
        own
    };
    let entries = whole.profiles.iter();
    let others: Vec<Merged> = entries
        .map(|(_, entry)| as_profile(entry.name.text()))
        .collect();
    let mut code_lists = None;
    for merged in std::iter::once(whole).chain(others) {
        if late {
            let names = Names::new(&merged).known;
            schemes.push(LazyScheme::late(merged, names));
            continue;
        }
        let (scheme, names) = compile_merged(&merged, code_lists.as_ref())?;
        code_lists.get_or_insert_with(|| Arc::clone(&scheme.code_lists));
        schemes.push(LazyScheme::ready(scheme, names));
    }
    Ok(())
}
