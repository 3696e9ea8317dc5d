//! Fixes of a whole draft: they settle, and no marking says less afterwards. Tests and fuzzing hold drafts to it;
//! what is less is written here apart from the code that it judges.

use caveat::engine::{Options, Verdict, check};
use caveat::fix::{Fixing, Settled};
use caveat::marking::{ControlId, Fault, Marking, Scheme};
use caveat::pack::control_file::RollUpOperator;
use caveat::reading::{ElementKind, Reading};
use caveat::rules::RuleSet;
use caveat::text::Source;
use std::collections::{BTreeMap, BTreeSet};

/// Controls, each with one that leaves it nothing to say: where nothing is released, nobody is named to whom.
const NEEDLESS: [(&str, &str); 4] = [
    ("REL TO", "NOFORN"),
    ("RELIDO", "NOFORN"),
    ("EYES ONLY", "NOFORN"),
    ("DISPLAY ONLY", "NOFORN"),
];

/// A marking with the text that it stands in.
pub(crate) type Written<'m> = (&'m Marking, &'m str);

/// Fixes a draft, safely and then with the rest, and looks at what came of it; gives how many fixes were made.
pub(crate) fn hold(text: &str, rules: &RuleSet) -> usize {
    let mut made = 0;
    for with_unsafe in [false, true] {
        let settled = settle(text, rules, with_unsafe);
        made += settled.made;
        is_no_weaker(&settled.text, text, rules);
        let again = settle(&settled.text, rules, with_unsafe);
        assert_eq!(again.made, 0, "not settled:\n{text}\n{}", settled.text);
    }
    made
}

/// That a draft has the markings that it had, none of which says less.
fn is_no_weaker(fixed: &str, text: &str, rules: &RuleSet) {
    let (before, after) = (judge(text, rules), judge(fixed, rules));
    let (old_header, old) = markings(&before.reading);
    let (new_header, new) = markings(&after.reading);
    let scheme = rules.scheme();
    let keeps = |new, old| is_at_least((new, fixed), (old, text), scheme);
    if let Some(old) = old_header {
        assert!(
            new_header.is_some_and(|new| keeps(new, old)),
            "the header is weaker:\n{text}\n{fixed}"
        );
    }
    assert!(
        new.len() >= old.len(),
        "a marking is lost:\n{text}\n{fixed}"
    );
    if new.len() == old.len() {
        for (new, old) in new.into_iter().zip(old) {
            let word = |own: &Marking, text: &str| text.get(own.span.range()).map(str::to_owned);
            assert!(
                keeps(new, old),
                "{:?} became {:?}:\n{text}\n{fixed}",
                word(old, text),
                word(new, fixed)
            );
        }
    }
}

fn judge(text: &str, rules: &RuleSet) -> Verdict {
    check(
        &Source::from_text("draft", text),
        rules,
        &Options::default(),
    )
}

/// Makes the fixes of a draft that are wanted.
fn settle(text: &str, rules: &RuleSet, with_unsafe: bool) -> Settled {
    let fixing = Fixing {
        judge: &|text| judge(text, rules),
        scheme: rules.scheme(),
        with_unsafe,
        can_hold: &|_| true,
    };
    fixing.settle(text)
}

/// The header and every marking, in the order of the text.
fn markings(reading: &Reading) -> (Option<&Marking>, Vec<&Marking>) {
    let elements = reading.elements.iter();
    let own = elements
        .filter(|element| element.kind != ElementKind::MalformedPortion)
        .filter_map(|element| element.marking());
    (reading.header.as_ref(), own.collect())
}

/// Whether a marking says at least what another said: no lower level, no control less unless one that
/// makes it needless stands there, and no value that limits less.
pub(crate) fn is_at_least(written: Written<'_>, before: Written<'_>, scheme: &Scheme) -> bool {
    let ((new, _), (old, _)) = (written, before);
    let level = match (old.level, new.level) {
        (Some(old), Some(new)) => scheme
            .compare(new.level, old.level)
            .is_some_and(std::cmp::Ordering::is_ge),
        (old, _) => old.is_none(),
    };
    let gone = old.controls.iter().filter(|used| !new.has(used.control));
    let is_needless = |gone: ControlId| {
        new.controls.iter().any(|used| {
            let used = scheme.control(used.control);
            let pair = (scheme.control(gone).name.as_str(), used.name.as_str());
            used.covers.contains(&gone) || NEEDLESS.contains(&pair)
        })
    };
    level
        && limits_as_much(written, before, scheme)
        && gone.map(|used| used.control).all(is_needless)
}

/// Whether the controls of a marking limit at least as much as those of another: lists of those to whom it
/// may go gain nobody, and compartments and programs lose none. Values that no list knows count for nothing.
fn limits_as_much(new: Written<'_>, old: Written<'_>, scheme: &Scheme) -> bool {
    let unread = |fault: Fault| {
        matches!(
            fault,
            Fault::UnknownValue | Fault::UnknownWord | Fault::ValueShape
        )
    };
    if old.0.faults.iter().any(|found| unread(found.fault)) {
        return true;
    }
    let (now, before) = (values(new, scheme), values(old, scheme));
    before.iter().all(|(control, before)| {
        let Some(now) = now.get(control) else {
            // That none may go is held apart from this.
            return true;
        };
        if scheme.control(*control).roll_up == RollUpOperator::Intersection {
            before.is_empty() || now.is_subset(before)
        } else {
            now.is_superset(before)
        }
    })
}

/// The values of each control, each known one by its name, with those that it stands beneath.
fn values(
    (marking, text): Written<'_>,
    scheme: &Scheme,
) -> BTreeMap<ControlId, BTreeSet<Vec<String>>> {
    let mut all: BTreeMap<ControlId, BTreeSet<Vec<String>>> = BTreeMap::new();
    for stated in marking.statement(text, scheme).controls {
        let parameter = scheme.control(stated.control).parameter.as_ref();
        let paths = all.entry(stated.control).or_default();
        let mut path: Vec<String> = Vec::new();
        for value in &stated.values {
            path.truncate(usize::from(value.depth));
            let known = parameter.and_then(|own| own.known(&value.text));
            let known = known.filter(|_| value.depth == 0);
            path.push(known.map_or(value.text.to_uppercase(), |known| known.name.to_string()));
            paths.insert(path.clone());
        }
    }
    all
}
