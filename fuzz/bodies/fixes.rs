//! Fixes: they settle, never weaken a marking, and change nothing beside their places.

use super::chosen;
use super::shipped::rules;
use caveat::diagnostic::Edit;
use caveat::engine::{Options, Verdict, check};
use caveat::fix::{Fixing, Settled, apply};
use caveat::marking::{ControlId, Marking};
use caveat::reading::{ElementKind, Reading};
use caveat::text::{Source, Span};

pub(super) fn run(bytes: &[u8]) {
    let (first, bytes) = chosen(bytes);
    if first & 1 == 0 {
        hold(&super::text(bytes));
    } else {
        edits_keep_the_rest(bytes);
    }
}

fn judge(text: &str) -> Verdict {
    check(
        &Source::from_text("draft", text),
        rules(),
        &Options::default(),
    )
}

/// Makes the fixes of a draft that are wanted.
fn settle(text: &str, with_unsafe: bool) -> Settled {
    let fixing = Fixing {
        judge: &judge,
        scheme: rules().scheme(),
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

/// Controls, each with one that leaves it nothing to say: where nothing is released, nobody is named to whom.
const NEEDLESS: [(&str, &str); 4] = [
    ("REL TO", "NOFORN"),
    ("RELIDO", "NOFORN"),
    ("EYES ONLY", "NOFORN"),
    ("DISPLAY ONLY", "NOFORN"),
];

/// Whether a marking says at least what another said: no lower level, and no control less unless one
/// that makes it needless stands there. Written apart from the code that it tests.
fn is_at_least(new: &Marking, old: &Marking) -> bool {
    let scheme = rules().scheme();
    let level = match (old.level, new.level) {
        (Some(old), Some(new)) => scheme
            .compare(new.level, old.level)
            .is_some_and(std::cmp::Ordering::is_ge),
        (old, _) => old.is_none(),
    };
    let gone = old.controls.iter().filter(|used| !new.has(used.control));
    let is_needless = |gone: ControlId| {
        new.controls.iter().any(|used| {
            let (gone, used) = (gone, scheme.control(used.control));
            let pair = (scheme.control(gone).name.as_str(), used.name.as_str());
            used.covers.contains(&gone) || NEEDLESS.contains(&pair)
        })
    };
    level && gone.map(|used| used.control).all(is_needless)
}

/// Fixes a draft, safely and then with the rest, and looks at what came of it.
fn hold(text: &str) {
    for with_unsafe in [false, true] {
        let settled = settle(text, with_unsafe);
        let (before, after) = (judge(text), judge(&settled.text));
        let (old_header, old) = markings(&before.reading);
        let (new_header, new) = markings(&after.reading);
        if let Some(old) = old_header {
            assert!(
                new_header.is_some_and(|new| is_at_least(new, old)),
                "the header is weaker:\n{text}\n{}",
                settled.text
            );
        }
        assert!(
            new.len() >= old.len(),
            "a marking is lost:\n{text}\n{}",
            settled.text
        );
        if new.len() == old.len() {
            for (new, old) in new.iter().zip(&old) {
                let word =
                    |own: &Marking, text: &str| text.get(own.span.range()).map(str::to_owned);
                assert!(
                    is_at_least(new, old),
                    "{:?} became {:?}:\n{text}\n{}",
                    word(old, text),
                    word(new, &settled.text),
                    settled.text
                );
            }
        }
        let again = settle(&settled.text, with_unsafe);
        assert_eq!(again.made, 0, "not settled:\n{text}\n{}", settled.text);
    }
}

/// Edits from the bytes, six for each: what is made of a text is what a slow count makes of it.
fn edits_keep_the_rest(bytes: &[u8]) {
    let (count, bytes) = chosen(bytes);
    let (raw, text) = bytes.split_at(bytes.len().min(6 * (count % 12)));
    let text = super::text(text);
    let edits: Vec<Edit> = raw
        .chunks_exact(6)
        .map(|own| {
            let start = u32::from(u16::from_le_bytes([own[0], own[1]]));
            let span = Span::new(start, start + u32::from(own[2] % 16));
            let replacement = super::text(&own[3..6]);
            Edit { span, replacement }
        })
        .collect();
    let (fixed, made) = apply(&text, &edits);
    let mut wanted: Vec<&Edit> = edits.iter().collect();
    wanted.sort_by_key(|edit| (edit.span, &edit.replacement));
    wanted.dedup();
    let (mut slow, mut at, mut count) = (String::new(), 0, 0);
    for edit in wanted {
        let place = edit.span.range();
        if place.start >= at && text.get(place.clone()).is_some() {
            slow.push_str(&text[at..place.start]);
            slow.push_str(&edit.replacement);
            (at, count) = (place.end, count + 1);
        }
    }
    slow.push_str(&text[at..]);
    assert_eq!((fixed, made), (slow, count));
}
