//! What of the gathered controls a banner leaves out, because others of them say it already.

use super::roll_up::{Path, Wanted};
use super::scheme::{ControlId, Scheme};
use std::collections::BTreeSet;

/// Takes out what others cover, and what stands behind another in a chain.
///
/// Values that the coverer knows too go over to it.
pub(super) fn settle(wanted: &mut Wanted, scheme: &Scheme) {
    let present: BTreeSet<ControlId> = wanted.keys().map(|(id, _)| *id).collect();
    let mut gone = BTreeSet::new();
    for &id in &present {
        let parameter = scheme.control(id).parameter.as_ref();
        for &covered in scheme
            .control(id)
            .covers
            .iter()
            .filter(|other| present.contains(other))
        {
            gone.insert(covered);
            let known = |path: &&Path| {
                let first = path.first().zip(parameter);
                first.is_some_and(|(first, own)| own.known(first).is_some())
            };
            let values = wanted.get(&(covered, String::new()));
            let values: Vec<Path> = values
                .into_iter()
                .flatten()
                .filter(known)
                .cloned()
                .collect();
            wanted
                .entry((id, String::new()))
                .or_default()
                .extend(values);
        }
    }
    for chain in &scheme.dominance {
        let first = chain.iter().position(|id| present.contains(id));
        gone.extend(
            chain
                .iter()
                .skip(first.map_or(usize::MAX, |first| first + 1))
                .copied(),
        );
    }
    wanted.retain(|(id, _), _| !gone.contains(id));
}
