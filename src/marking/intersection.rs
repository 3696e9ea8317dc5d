//! What all portions have in common: the codes that each of them allows.

use super::roll_up::Path;
use super::scheme::{ControlId, Scheme};
use smallvec::{SmallVec, smallvec};
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
    pub(super) fn limit(&mut self, allowed: &BTreeSet<&str>) {
        if let Some(common) = &mut self.common {
            common.retain(|code| allowed.contains(code.as_str()));
        } else {
            let allowed = allowed.iter().map(|&code| code.to_owned());
            self.common = Some(allowed.collect());
        }
    }

    /// Whether nothing is left that all allow.
    pub(super) fn is_spent(&self) -> bool {
        self.common.as_ref().is_some_and(BTreeSet::is_empty)
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
    found.is_some_and(|(list, own)| own.members.is_empty() && list.collective.contains(&own.group))
}

/// A code with those that it stands for.
pub(super) fn expanded<'s>(
    scheme: &'s Scheme,
    control: ControlId,
    code: &'s str,
) -> SmallVec<[&'s str; 6]> {
    let mut all: SmallVec<[&str; 6]> = smallvec![code];
    let parameter = scheme.control(control).parameter.as_ref();
    let list = parameter.and_then(|own| scheme.code_lists.get(usize::from(own.codes?)));
    if let Some((list, entry)) = list.and_then(|list| Some((list, list.code(list.find(code)?)?))) {
        let members = entry.members.iter().filter_map(|&member| list.code(member));
        all.extend(members.map(|member| member.code.as_str()));
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
        let by =
            |other: &String| other != code && expanded(scheme, id, other).contains(&code.as_str());
        Some(code.as_str()) != first && common.iter().any(by)
    };
    let left = common.iter().filter(|code| !covered(code));
    let left = left.chain(common.iter().filter(|code| Some(code.as_str()) == first));
    Some(left.map(|code| vec![code.clone()]).collect())
}
