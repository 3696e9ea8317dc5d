//! Which files belong to which scheme.

use super::compile_files;
use crate::marking::scheme::Scheme;
use crate::pack::shared::Name;
use crate::problem::PackProblem;
use miette::NamedSource;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the head of a file says, whatever else it holds.
#[derive(Deserialize)]
struct Head {
    scheme: Option<Header>,
    part: Option<Part>,
    #[serde(default)]
    profile: Vec<Header>,
}

#[derive(Deserialize)]
struct Header {
    name: Name,
}

#[derive(Deserialize)]
struct Part {
    of: Name,
}

/// Reads every scheme of some files, each with its parts, and each again as every profile of it describes.
///
/// Schemes stand in the order of their files, each before its profiles; the problems come beside them.
pub fn compile_all(files: &[Arc<NamedSource<String>>]) -> (Vec<Scheme>, Vec<PackProblem>) {
    let heads: Vec<Headed<'_>> = files
        .iter()
        .map(|file| (file, toml::from_str::<Head>(file.inner()).ok()))
        .collect();
    let mut schemes: Vec<Scheme> = Vec::new();
    let mut problems = Vec::new();
    let mut names = BTreeSet::new();
    for (file, head) in &heads {
        let Some(head) = head else {
            let own = [(file.name(), file.inner().as_str())];
            problems.extend(compile_files(&own, None).err().unwrap_or_default());
            continue;
        };
        if let Some(part) = &head.part {
            let known = heads
                .iter()
                .filter_map(|(_, head)| head.as_ref()?.scheme.as_ref());
            let known: Vec<_> = known.map(|header| header.name.text()).collect();
            if !known.contains(&part.of.text()) {
                let message = format!("no scheme is called `{}`", part.of.text());
                let problem = PackProblem::new(file, part.of.place(), message);
                problems.push(problem.nearest(part.of.text(), known));
            }
        }
        let Some(header) = &head.scheme else {
            continue;
        };
        let name = header.name.text();
        if !names.insert(name) {
            let message = format!("scheme `{name}` stands twice");
            let problem = PackProblem::new(file, header.name.place(), message);
            problems.push(problem.help("give one of them another name"));
            continue;
        }
        let (own, profiles) = parts(file, name, &heads);
        for profile in std::iter::once(None).chain(profiles.into_iter().map(Some)) {
            match compile_files(&own, profile) {
                Ok(scheme) => schemes.push(scheme),
                Err(found) => {
                    problems.extend(found);
                    break;
                }
            }
        }
    }
    (schemes, problems)
}

type Headed<'f> = (&'f Arc<NamedSource<String>>, Option<Head>);

/// The files of a scheme as names and texts, its own first, and the names of its profiles.
fn parts<'h>(
    scheme: &'h Arc<NamedSource<String>>,
    name: &str,
    heads: &'h [Headed<'h>],
) -> (Vec<(&'h str, &'h str)>, Vec<&'h str>) {
    let mut files = vec![(scheme.name(), scheme.inner().as_str())];
    let mut profiles = Vec::new();
    for (file, head) in heads {
        let Some(head) = head else {
            continue;
        };
        let own = Arc::ptr_eq(file, scheme);
        let part = head
            .part
            .as_ref()
            .is_some_and(|part| part.of.text() == name);
        if part && !own {
            files.push((file.name(), file.inner()));
        }
        if part || own {
            profiles.extend(head.profile.iter().map(|profile| profile.name.text()));
        }
    }
    (files, profiles)
}
