//! What all portions have in common: the codes that each of them allows.

use super::roll_up::Path;
use super::scheme::{ControlId, Scheme};
use std::collections::BTreeSet;

/// What every portion allows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// Whether any portion has the control.
    pub(super) seen: bool,
    /// Codes that all allow; `None` while none has limited them.
    pub(super) common: Option<BTreeSet<String>>,
    /// Whether a portion names a group of which the scheme does not know the members.
    pub(super) vague: bool,
    /// Whether a portion allows nothing.
    pub(super) closed: bool,
}

impl Shared {
    /// Keeps what these codes and the ones so far have in common.
    pub(super) fn limit(&mut self, allowed: &BTreeSet<String>) {
        self.common = Some(match self.common.take() {
            Some(common) => common.intersection(allowed).cloned().collect(),
            None => allowed.clone(),
        });
    }
}

/// Whether two controls widen each other: they say the same in other words, and what one allows the other does.
pub(super) fn say_the_same(one: ControlId, other: ControlId, scheme: &Scheme) -> bool {
    let widens = |one, other| scheme.control(one).widened_by.contains(&other);
    widens(one, other) && widens(other, one)
}

/// Whether a code stands for others that the scheme does not know.
pub(super) fn is_vague(scheme: &Scheme, control: ControlId, code: &str) -> bool {
    let parameter = scheme.control(control).parameter.as_ref();
    let list = parameter.and_then(|own| scheme.code_lists.get(usize::from(own.codes?)));
    let found = list.and_then(|list| Some((list, list.code(list.find(code)?)?)));
    found.is_some_and(|(list, own)| {
        let mut others = list.codes.iter().filter(|code| code.group == own.group);
        own.members.is_empty() && others.any(|code| !code.members.is_empty())
    })
}

/// A code with those that it stands for.
pub(super) fn expanded(scheme: &Scheme, control: ControlId, code: &str) -> Vec<String> {
    let mut all = vec![code.to_owned()];
    let parameter = scheme.control(control).parameter.as_ref();
    let list = parameter.and_then(|own| scheme.code_lists.get(usize::from(own.codes?)));
    if let Some((list, entry)) = list.and_then(|list| Some((list, list.code(list.find(code)?)?))) {
        let members = entry.members.iter().filter_map(|&member| list.code(member));
        all.extend(members.map(|member| member.code.to_string()));
    }
    all
}

/// What is left of an intersection, as values; `None` where it is empty.
pub(super) fn common_left(
    common: Option<&BTreeSet<String>>,
    id: ControlId,
    scheme: &Scheme,
) -> Option<BTreeSet<Path>> {
    let Some(common) = common else {
        return Some(BTreeSet::new());
    };
    let control = scheme.control(id);
    let Some(parameter) = &control.parameter else {
        return (!common.is_empty()).then(BTreeSet::new);
    };
    let first = parameter.first.as_deref();
    if !common.iter().any(|code| Some(code.as_str()) != first) {
        return None;
    }
    // A code that another one stands for is not named beside it.
    let covered = |code: &String| {
        let by = |other: &String| other != code && expanded(scheme, id, other).contains(code);
        Some(code.as_str()) != first && common.iter().any(by)
    };
    let left = common.iter().filter(|code| !covered(code));
    let left = left.chain(common.iter().filter(|code| Some(code.as_str()) == first));
    Some(left.map(|code| vec![code.clone()]).collect())
}
