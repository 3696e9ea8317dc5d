//! From the files of a scheme to a scheme: looks up every name and collects every problem.

mod controls;
mod group;
mod levels;
mod merge;
mod names;
mod words;

use super::lazy::SchemeNames;
use super::parameter::CodeList;
use super::scheme::{Companion, ControlId, Deprecated, Punctuation, Scheme};
use super::surface::{Citation, Surface};
use super::words::Word;
use crate::pack::control_file::RollUpOperator;
use crate::pack::scheme_file::{CompanionEntry, DeprecatedEntry, SchemeFile, SyntaxEntry};
use crate::problem::{PackProblem, TextFile};
use crate::toml_file;
use controls::Built;
use names::Names;
use std::sync::Arc;

pub use group::{SchemePart, compile_all};
pub(super) use merge::Merged;

/// Reads a scheme that is one file.
///
/// # Errors
/// Every problem of the file, in the order of the places at fault.
pub fn compile(name: &str, text: &str) -> Result<Scheme, Vec<PackProblem>> {
    compile_files(&[(name, text)], None)
}

/// Reads a scheme that is one file with `[scheme]` and any number with `[part]`, as names and texts,
/// in the variant that a profile describes if one is named.
///
/// # Errors
/// Every problem of the files, in the order of the files and the places at fault.
pub fn compile_files(
    files: &[(&str, &str)],
    profile: Option<&str>,
) -> Result<Scheme, Vec<PackProblem>> {
    let mut parts = Vec::new();
    let mut broken = Vec::new();
    for &(name, text) in files {
        let file = TextFile::new(name, text.to_owned());
        let (entries, problems) = toml_file::read::<SchemeFile>(&file);
        broken.extend(problems);
        parts.extend(entries.map(|entries| (file, entries)));
    }
    if !broken.is_empty() {
        return Err(broken);
    }
    let mut merged = Merged::join(parts)?;
    if let Some(profile) = profile {
        merged.apply_profile(profile);
    }
    set_up(&merged)
}

/// The scheme of entries that were joined.
///
/// # Errors
/// Every problem of their files.
pub(super) fn set_up(merged: &Merged) -> Result<Scheme, Vec<PackProblem>> {
    compile_merged(merged, None).map(|(scheme, _)| scheme)
}

/// The same with its names, and with the code lists of the scheme that it is a profile of.
fn compile_merged(
    merged: &Merged,
    code_lists: Option<&Arc<[CodeList]>>,
) -> Result<(Scheme, SchemeNames), Vec<PackProblem>> {
    let mut names = Names::new(merged);
    let levels = names.levels(merged);
    let order = names.order(merged, &levels);
    let modifiers = levels::modifiers(merged);
    let owners = names.owners(merged);
    let Built {
        categories,
        controls,
    } = names.categories(merged);
    let homonyms = names.homonyms(merged);
    let numbered = (0u16..).map(ControlId).zip(&controls);
    let shared = numbered.filter(|(_, own)| own.roll_up == RollUpOperator::Intersection);
    let shared = shared.map(|(id, _)| id).collect();
    let code_lists = code_lists.cloned();
    let code_lists = code_lists.unwrap_or_else(|| names.code_lists(merged));
    let dominance = names.dominance(merged);
    let placement = merged.placement.clone();
    let portions_from = names.portions_from(merged);
    let block_fields = names.block_fields(merged);
    let companions = names.companions(merged);
    let deprecated = names.deprecated(merged);
    let mut scheme = Scheme {
        name: merged.name.clone(),
        title: merged.title.clone(),
        profile: merged.profile.clone(),
        authority: merged.authority.clone(),
        punctuation: punctuation(&merged.syntax),
        syntax: merged.syntax.clone(),
        levels,
        modifiers,
        owners,
        categories,
        controls,
        shared,
        code_lists,
        dominance,
        placement,
        portions_from,
        block_fields,
        companions,
        deprecated,
        order,
        homonyms,
        words: Default::default(),
        owner_words: Default::default(),
    };
    names.words(merged, &mut scheme);
    let mut problems = merged.problems.clone();
    problems.append(&mut names.problems);
    if problems.is_empty() {
        return Ok((scheme, names.known));
    }
    let place = |problem: &PackProblem| {
        let mut names = merged.sources.iter().map(TextFile::name);
        let file = names.position(|name| name == problem.file());
        (file, problem.offset())
    };
    problems.sort_by_key(place);
    Err(problems)
}

fn punctuation(syntax: &SyntaxEntry) -> [Punctuation; 6] {
    let mut punctuation: [Punctuation; 6] = Default::default();
    for entry in &syntax.surfaces {
        if let Some(own) = punctuation.get_mut(Surface::from(entry.of) as usize) {
            *own = Punctuation {
                own: Some((
                    entry.between_categories.clone(),
                    entry.between_controls.clone(),
                )),
                brackets: entry.brackets.clone(),
            };
        }
    }
    punctuation
}

impl Names {
    fn companions(&mut self, merged: &Merged) -> Vec<Companion> {
        let mut companions = Vec::new();
        for (file, entry) in &merged.companions {
            self.at(*file);
            let CompanionEntry {
                of,
                phrases,
                authority,
                status,
            } = &**entry;
            if let Some(of) = self.level_or_control(of) {
                companions.push(Companion {
                    of,
                    phrases: phrases.clone(),
                    citation: Citation {
                        text: authority.clone(),
                        status: *status,
                    },
                });
            }
        }
        companions
    }

    fn deprecated(&mut self, merged: &Merged) -> Vec<Deprecated> {
        let mut terms = Vec::new();
        for (file, entry) in &merged.deprecated {
            self.at(*file);
            terms.push(self.one_deprecated(entry));
        }
        terms
    }

    fn one_deprecated(&mut self, entry: &DeprecatedEntry) -> Deprecated {
        let replaced_by: Option<Word> = entry
            .replaced_by
            .as_ref()
            .and_then(|name| self.level_or_control(name));
        Deprecated {
            text: entry.text.to_text(),
            replaced_by,
            exact: entry.exact,
            warn_from: entry.warn_from,
            error_from: entry.error_from,
            until: entry.until,
            kept_in_records: entry.kept_in_records,
            reason: entry.reason.clone(),
            citation: Citation {
                text: entry.authority.clone(),
                status: entry.status,
            },
        }
    }
}
