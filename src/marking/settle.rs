//! What of the gathered controls a banner leaves out, because others of them say it already.

use super::intersection::{expanded, say_the_same};
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
    leave_out_wider(wanted, scheme);
}

/// Takes codes out of a list that a wider one beside it allows already: what is released may be shown.
fn leave_out_wider(wanted: &mut Wanted, scheme: &Scheme) {
    let allowed = |id: &ControlId, wanted: &Wanted| -> Vec<String> {
        let codes = wanted.iter().filter(|((other, _), _)| other == id);
        let codes = codes.flat_map(|(_, paths)| paths.iter().flatten());
        let codes = codes.flat_map(|code| expanded(scheme, *id, code));
        codes.map(str::to_owned).collect()
    };
    let ids: Vec<ControlId> = wanted.keys().map(|(id, _)| *id).collect();
    for id in ids {
        let wider = &scheme.control(id).widened_by;
        // Of two that say the same neither is the wider one.
        let said: BTreeSet<String> = wider
            .iter()
            .filter(|&&other| !say_the_same(id, other, scheme))
            .flat_map(|other| allowed(other, wanted))
            .collect();
        let left_out = |path: &Path| {
            let code = path.first();
            code.is_some_and(|code| {
                expanded(scheme, id, code)
                    .iter()
                    .skip(1)
                    .all(|own| said.contains(*own))
                    && (said.contains(code) || expanded(scheme, id, code).len() > 1)
            })
        };
        wanted.retain(|(other, _), paths| {
            let had_some = *other == id && !paths.is_empty();
            if had_some {
                paths.retain(|path| !left_out(path));
            }
            !had_some || !paths.is_empty()
        });
    }
}
