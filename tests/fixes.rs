//! Fixes of whole drafts: whatever the draft, no marking is weaker afterwards, and they settle.

#[path = "../benches/corpus/mod.rs"]
#[expect(dead_code, reason = "drafts and faults only")]
mod corpus;

use caveat::engine::{Options, Verdict, check};
use caveat::fix::{Fixing, Settled};
use caveat::marking::Marking;
use caveat::reading::{ElementKind, Reading};
use caveat::rules::RuleSet;
use caveat::text::{Source, decode};
use corpus::faults::FAULTS;
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;

const SEED: u64 = 20_261_124;

/// Made-up drafts of each kind.
const MADE_UP: u64 = 60;

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| RuleSet::shipped().expect("the shipped packs are valid"))
}

fn judge(text: &str) -> Verdict {
    check(
        &Source::from_text("draft", text),
        rules(),
        &Options::default(),
    )
}

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
    let mut gone = gone.map(|used| scheme.control(used.control).name.as_str());
    level
        && gone.all(|name| {
            name == "REL TO"
                && new
                    .controls
                    .iter()
                    .any(|used| scheme.control(used.control).name == "NOFORN")
        })
}

/// Fixes a draft, safely and then with the rest, and looks at what came of it.
fn hold(text: &str) -> usize {
    let mut made = 0;
    for with_unsafe in [false, true] {
        let settled = settle(text, with_unsafe);
        made += settled.made;
        let (before, after) = (judge(text), judge(&settled.text));
        let (old_header, old) = markings(&before.reading);
        let (new_header, new) = markings(&after.reading);
        if let Some(old) = old_header {
            assert!(
                new_header.is_some_and(|new| is_at_least(new, old)),
                "{text}\n{}",
                settled.text
            );
        }
        assert!(new.len() >= old.len(), "{text}\n{}", settled.text);
        if new.len() == old.len() {
            for (new, old) in new.iter().zip(&old) {
                assert!(is_at_least(new, old), "{text}\n{}", settled.text);
            }
        }
        let again = settle(&settled.text, with_unsafe);
        assert_eq!(again.made, 0, "{text}\n{}", settled.text);
    }
    made
}

#[test]
fn no_fix_of_a_made_up_draft_weakens_a_marking_and_all_settle() {
    let mut made = 0;
    for number in 0..MADE_UP {
        made += hold(&corpus::telegram(SEED, number).text);
        made += hold(&corpus::faulty_telegram(SEED, number).text);
        made += hold(&corpus::document(SEED, number).text);
    }
    for fault in FAULTS.iter().copied().flatten() {
        for number in 0..4 {
            let text = corpus::telegram(SEED, number).text;
            if let Some(edit) = (fault.edit)(&text) {
                made += hold(&edit.apply(&text));
            }
        }
    }
    assert!(made > 20, "{made}");
}

#[test]
fn no_fix_of_a_written_draft_weakens_a_marking() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "examples/telegrams",
        "tests/telegrams_irregular",
        "tests/documents",
        "../shared/corpus/telegrams-1970s",
    ];
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
            println!("skipped: {folder} is not here");
            continue;
        };
        for entry in entries.flatten() {
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            if let Ok((text, ..)) = decode(bytes) {
                hold(&text);
            }
        }
    }
}

#[test]
fn every_example_of_every_rule_settles() {
    for rule in rules().rules() {
        for example in &rule.entry.examples {
            for text in [&example.fires, &example.quiet].into_iter().flatten() {
                hold(text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Lines of a sound telegram or document taken out, doubled and swapped, and letters changed.
    #[test]
    fn a_draft_that_was_torn_settles_as_well(
        number in 0u64..40,
        is_document in any::<bool>(),
        changes in prop::collection::vec((0usize..200, 0u8..5), 1..8),
    ) {
        let draft = if is_document {
            corpus::document(SEED, number)
        } else {
            corpus::telegram(SEED, number)
        };
        let mut lines: Vec<String> = draft.text.lines().take(60).map(str::to_owned).collect();
        for (at, change) in changes {
            let at = at % lines.len().max(1);
            match change {
                0 if lines.len() > 3 => drop(lines.remove(at)),
                1 => lines.insert(at, lines[at].clone()),
                2 => lines[at] = lines[at].to_lowercase(),
                3 => lines[at] = lines[at].replace("//", "/").replace(", ", ","),
                _ => lines[at] = lines[at].replace(')', " )").replace("NOFORN", "SIPDIS"),
            }
        }
        hold(&(lines.join("\n") + "\n"));
    }
}
