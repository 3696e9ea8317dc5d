//! Problems in the keys of a configuration: names that mean nothing, and what may not be said.

use super::file::{DraftKeys, Placed, RuleLevel};
use super::layer::Layer;
use super::names::Known;
use crate::ceiling::{self, Ceiling};
use crate::marking::{LazyScheme, Surface};
use crate::problem::PackProblem;
use crate::rules::RuleSet;

/// The problem of a name that means no rule.
pub(super) fn problems_of_name(
    name: &Placed<String>,
    layer: &Layer,
    known: &Known<'_>,
    acc: &mut Vec<PackProblem>,
) {
    acc.extend(known.check(name, layer));
}

/// Every name in the keys must mean something.
pub(super) fn check_keys(
    keys: DraftKeys<'_>,
    layer: &Layer,
    rules: &RuleSet,
    known: &Known<'_>,
    acc: &mut Vec<PackProblem>,
) {
    let lists = [keys.select, keys.extend_select, keys.ignore];
    let listed = lists.into_iter().flatten().flat_map(Placed::value);
    for name in keys.rules.0.iter().map(|(name, _)| name).chain(listed) {
        problems_of_name(name, layer, known, acc);
    }
    check_ceiling(keys, layer, rules, acc);
    let schemes: Vec<&str> = rules.schemes().iter().map(LazyScheme::name).collect();
    if let Some(scheme) = keys
        .scheme
        .filter(|scheme| !schemes.contains(&scheme.value().as_str()))
    {
        let message = format!("no scheme is called `{}`", scheme.value());
        let problem = layer
            .problem(scheme.place(), message)
            .label("unknown scheme")
            .help(format!("known: {}", schemes.join(", ")));
        acc.push(problem.nearest(scheme.value(), schemes));
    }
}

/// A ceiling is a marking that nothing is wrong with, and nothing turns its findings off.
fn check_ceiling(keys: DraftKeys<'_>, layer: &Layer, rules: &RuleSet, acc: &mut Vec<PackProblem>) {
    let off = |level: &RuleLevel| *level != RuleLevel::Error;
    let weakened = keys.rules.0.iter().filter(|(_, level)| off(level.value()));
    let ignored = keys.ignore.into_iter().flat_map(Placed::value);
    let names = weakened.map(|(name, _)| name).chain(ignored);
    acc.extend(names.filter_map(|name| not_to_be_silenced(name, layer)));
    acc.extend(
        keys.ceiling
            .and_then(|words| check_ceiling_words(words, layer, rules)),
    );
}

/// The problem of a ceiling that is no marking.
pub(super) fn check_ceiling_words(
    words: &Placed<String>,
    layer: &Layer,
    rules: &RuleSet,
) -> Option<PackProblem> {
    Ceiling::parse(words.value(), rules.schemes())
        .is_none()
        .then(|| {
            let message = format!("`{}` is no marking of any scheme", words.value());
            let spellings = rules.schemes().iter();
            let spellings: Vec<&str> = spellings
                .flat_map(|scheme| scheme.levels())
                .filter_map(|(_, level)| level.spellings.canonical(Surface::Banner))
                .collect();
            let problem = layer
                .problem(words.place(), message)
                .label("unknown marking")
                .help("write a level as on a banner, with the controls that may stand beside it");
            problem.nearest(words.value(), spellings)
        })
}

/// The problem where a name means the finding that nothing silences.
pub(super) fn not_to_be_silenced(name: &Placed<String>, layer: &Layer) -> Option<PackProblem> {
    let problem = layer
        .problem(
            name.place(),
            format!("`{}` cannot be silenced", ceiling::ID),
        )
        .label("named here")
        .help("raise `ceiling` for the drafts that may hold more, or take the text out");
    (name.value() == ceiling::ID).then_some(problem)
}
