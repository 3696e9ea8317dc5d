//! Markings read, written, mended and rolled up, in the shipped schemes and in some that do not exist.

use super::chosen;
use super::places::marking_lies_in;
use super::shipped::schemes;
use caveat::marking::{
    Control, Marking, RollUp, Scheme, Statement, Style, Surface, explain, parse, repair,
};
use std::cmp::Ordering;

/// Most portions that are rolled up.
const MOST: usize = 12;

pub(super) fn run(bytes: &[u8]) {
    let (first, bytes) = chosen(bytes);
    let all = schemes();
    let scheme = &all[first / Surface::ALL.len() % all.len()];
    let surface = Surface::ALL[first % Surface::ALL.len()];
    holds(&super::text(bytes), scheme, surface);
}

/// That what holds of every marking holds of each line, and of all as the portions of a draft.
pub(super) fn holds(text: &str, scheme: &Scheme, surface: Surface) {
    let mut portions = Vec::new();
    for line in text.split('\n').take(MOST) {
        let marking = one(line, scheme, surface);
        if marking.is_understood() {
            portions.push(marking.statement(line, scheme));
        }
    }
    rolls_up(&portions, scheme);
}

fn one(line: &str, scheme: &Scheme, surface: Surface) -> Marking {
    let base = u32::try_from(line.len()).expect("short");
    // The same text at another place has the same marking there.
    let twice = format!("{line}{line}");
    let moved = parse(line, base, scheme, surface);
    marking_lies_in(&moved, &twice);
    let marking = parse(line, 0, scheme, surface);
    marking_lies_in(&marking, line);
    assert_eq!(
        marking.faults.len(),
        moved.faults.len(),
        "`{line}` hangs on its place"
    );
    assert_eq!(
        marking.statement(line, scheme),
        moved.statement(&twice, scheme),
        "`{line}` hangs on its place"
    );
    let explained = explain(line, scheme, surface);
    if let Some(forms) = explained.forms(scheme) {
        assert!(
            forms.iter().all(|own| !own.is_empty()),
            "`{line}` is written {forms:?}"
        );
    }
    if marking.is_right() && marking.level.is_some() {
        writes_itself(line, &marking, scheme, surface);
    }
    mends(line, &marking, scheme, surface);
    marking
}

/// That a right marking is right when it is written again, says the same, and is then written the same.
fn writes_itself(line: &str, marking: &Marking, scheme: &Scheme, surface: Surface) {
    let written = marking.render(line, scheme, surface);
    let again = parse(&written, 0, scheme, surface);
    assert!(
        again.is_right(),
        "`{line}` is written `{written}`, and that is wrong: {:?}",
        again.faults
    );
    assert_eq!(again.render(&written, scheme, surface), written, "`{line}`");
    let level = |marking: &Marking| marking.level.as_ref().map(|own| own.level);
    assert_eq!(
        level(&again),
        level(marking),
        "`{line}` is written `{written}`"
    );
    for used in &marking.controls {
        assert!(again.has(used.control), "`{line}` is written `{written}`");
    }
}

/// That what was meant by a wrong marking is right, no lower, and lacks no control.
fn mends(line: &str, before: &Marking, scheme: &Scheme, surface: Surface) {
    let Some(found) = repair(line, scheme, surface) else {
        return;
    };
    let after = parse(&found.text, 0, scheme, surface);
    assert!(
        after.is_right(),
        "`{line}` is mended to `{}`: {:?}",
        found.text,
        after.faults
    );
    if let Some(level) = &before.level {
        let now = after.level.as_ref().map(|own| own.level);
        let order = now.and_then(|now| scheme.compare(now, level.level));
        assert!(
            order.is_some_and(Ordering::is_ge),
            "`{line}` is mended to `{}`, which is lower",
            found.text
        );
    }
    for used in &before.controls {
        let is_kept = scheme.control(used.control).open.is_some() || after.has(used.control);
        // What was read in the words of another control, one of them misspelt, was never there.
        let word = &line[used.span.range()];
        let mut others = after.controls.iter().map(|own| own.control);
        let is_part = |other| !before.has(other) && stands_in_words(word, scheme.control(other));
        let is_kept = is_kept || others.any(is_part);
        assert!(
            is_kept,
            "`{line}` is mended to `{}`, which lacks a control",
            found.text
        );
    }
}

/// Whether a word is one of several that a control is spelt with.
fn stands_in_words(word: &str, control: &Control) -> bool {
    let spellings = Surface::ALL
        .into_iter()
        .flat_map(|surface| control.spellings.on(surface));
    spellings
        .filter(|spelling| spelling.contains(' '))
        .any(|spelling| {
            spelling
                .split(' ')
                .any(|own| own.eq_ignore_ascii_case(word))
        })
}

/// That neither order nor repetition nor grouping of portions matters, and that the banner asked for
/// lacks nothing and keeps nothing back.
fn rolls_up(portions: &[Statement], scheme: &Scheme) {
    let of = |portions: &[&Statement]| {
        let mut state = RollUp::default();
        for portion in portions {
            state.add_statement(portion, scheme);
        }
        state
    };
    let all: Vec<&Statement> = portions.iter().collect();
    let whole = of(&all);
    let turned: Vec<&Statement> = portions.iter().rev().chain(portions).collect();
    assert_eq!(of(&turned), whole, "the order of portions matters");
    let (left, right) = all.split_at(all.len() / 2);
    let mut joined = of(left);
    joined.join(&of(right), scheme);
    assert_eq!(joined, whole, "the grouping of portions matters");
    let demand = whole.demand(scheme);
    if let Some(level) = demand.level {
        let differences = whole.differences(&demand.statement, scheme);
        let words: Vec<&str> = differences.iter().map(|own| own.words.as_str()).collect();
        assert!(
            words.is_empty(),
            "the banner that is demanded differs in {words:?}"
        );
        for portion in portions.iter().filter_map(|own| own.level) {
            // A level of another owner counts as one of the scheme where the banner has no owner.
            let counts_as = scheme.level(portion).counts_as;
            let portion = counts_as
                .filter(|_| demand.statement.owner.is_none())
                .unwrap_or(portion);
            let order = scheme.compare(level, portion);
            assert!(
                order.is_some_and(Ordering::is_ge),
                "`{}` of a portion is no lower than `{}` of the banner: {order:?}",
                scheme.level(portion).name,
                scheme.level(level).name
            );
        }
        let banner = demand
            .statement
            .render(scheme, Surface::Banner, Style::Canonical);
        let read = parse(&banner, 0, scheme, Surface::Banner);
        let found = read.level.as_ref().map(|own| own.level);
        assert_eq!(
            found,
            Some(level),
            "the banner `{banner}` is read otherwise"
        );
    }
}
