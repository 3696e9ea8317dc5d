//! Rules that give way to others, which must be asked before them.

use super::listed::{Closer, Listed};
use crate::checks::Words;
use crate::pack::shared::Name;
use crate::problem::{PackProblem, nearest};

/// Looks up the rules that name the cause of each more closely. Rules stand by id.
pub(super) fn find_closer(rules: &mut [Listed], problems: &mut Vec<PackProblem>) {
    let of = |listed: &Listed| {
        let [whole, here] = listed.named_closer();
        Closer {
            whole: named(whole, listed, rules, problems),
            here: named(here, listed, rules, problems),
        }
    };
    let closer: Vec<Closer> = rules.iter().map(of).collect();
    for (listed, closer) in rules.iter_mut().zip(closer) {
        listed.set_closer(closer);
    }
}

/// The places of the rules that a rule names, by their ids or by their names in its own pack.
fn named(
    names: &Words,
    of: &Listed,
    rules: &[Listed],
    problems: &mut Vec<PackProblem>,
) -> Vec<usize> {
    let pack = of.id.split_once('/').map_or("", |(pack, _)| pack);
    let place = |id: &str| rules.binary_search_by(|own| (*own.id).cmp(id)).ok();
    let mut found = Vec::new();
    for name in names.names() {
        let word = name.text();
        match place(word).or_else(|| place(&[pack, "/", word].concat())) {
            Some(place) => found.push(place),
            None => problems.push(unknown(name, of, rules)),
        }
    }
    found
}

fn unknown(name: &Name, of: &Listed, rules: &[Listed]) -> PackProblem {
    let bare = |id: &str| id.split_once('/').map_or(id, |(_, name)| name).to_owned();
    let word = name.text();
    let names: Vec<String> = rules.iter().map(|rule| bare(&rule.id)).collect();
    let near = nearest(&bare(word), names.iter().map(String::as_str));
    let meant = near.and_then(|near| rules.iter().find(|rule| bare(&rule.id) == near));
    let message = format!("no rule is called `{word}`");
    let problem = PackProblem::new(&of.file, name.place(), message).label("unknown rule");
    match meant {
        Some(meant) => problem.help(format!("did you mean `{}`?", meant.id)),
        None => problem,
    }
}

/// The order in which rules are asked: those that others wait for come first.
pub(super) fn order(rules: &[Listed], problems: &mut Vec<PackProblem>) -> Vec<usize> {
    let mut waiting: Vec<usize> = rules
        .iter()
        .map(|rule| rule.closer().all().count())
        .collect();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); rules.len()];
    for (index, rule) in rules.iter().enumerate() {
        for other in rule.closer().all() {
            if let Some(own) = followers.get_mut(other) {
                own.push(index);
            }
        }
    }
    let ready = |(index, &count): (usize, &usize)| (count == 0).then_some(index);
    let mut order: Vec<usize> = waiting.iter().enumerate().filter_map(ready).collect();
    let mut at = 0;
    while let Some(&next) = order.get(at) {
        at += 1;
        for follower in followers
            .get_mut(next)
            .map(std::mem::take)
            .unwrap_or_default()
        {
            if let Some(count) = waiting.get_mut(follower) {
                *count -= 1;
                order.extend((*count == 0).then_some(follower));
            }
        }
    }
    let mut stuck = rules.iter().zip(&waiting).filter(|(_, count)| **count > 0);
    if let Some((rule, _)) = stuck.next() {
        let mut names = rule.named_closer().into_iter().flat_map(Words::names);
        let place = names.next().map_or(0..0, Name::place);
        let message = format!("`{}` waits for a rule that waits for it", rule.id);
        problems.push(PackProblem::new(&rule.file, place, message));
    }
    order
}
