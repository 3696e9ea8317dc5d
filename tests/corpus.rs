//! The made-up corpus of the benches: sound telegrams raise nothing, faults mostly something, and the
//! same seed gives the same text.

#[path = "../benches/corpus/mod.rs"]
#[expect(
    dead_code,
    reason = "where a fault is found is the business of tests/mutations.rs"
)]
mod corpus;

use caveat::engine::{Options, check};
use caveat::reading::{ElementKind, Form, Rendering};
use caveat::rules::RuleSet;
use caveat::text::Source;

const SEED: u64 = 19_870_202;

fn findings(text: &str, rules: &RuleSet) -> Vec<String> {
    let source = Source::from_text("made up", text);
    let verdict = check(&source, rules, &Options::default());
    let found = verdict.diagnostics.iter();
    found
        .map(|found| format!("{} at `{}`", found.rule, source.slice(found.primary)))
        .collect()
}

#[test]
fn sound_drafts_raise_nothing() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    for number in 0..600 {
        for draft in [
            corpus::telegram(SEED, number),
            corpus::document(SEED, number),
        ] {
            assert!(draft.fault.is_none());
            let found = findings(&draft.text, &rules);
            let text = draft.text;
            assert!(
                found.is_empty(),
                "seed {SEED}, number {number}: {found:?}\n{text}"
            );
        }
    }
}

/// Otherwise silence would prove nothing.
#[test]
fn every_telegram_is_read_with_its_paragraphs() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    for number in 0..600 {
        let text = corpus::telegram(SEED, number).text;
        let source = Source::from_text("made up", text);
        let reading = check(&source, &rules, &Options::default()).reading;
        let paragraphs = reading.of(ElementKind::Paragraph).count();
        // Labelled fields may state no level.
        let header = reading.header.is_some() || reading.rendering == Some(Rendering::Fields);
        let read = reading.form == Form::Telegram && header && paragraphs >= 2;
        let dated = reading.date.is_some() == (reading.rendering != Some(Rendering::Extract));
        assert!(
            read && dated,
            "seed {SEED}, number {number}\n{}",
            source.text()
        );
    }
}

#[test]
fn a_fault_is_put_into_about_one_draft_of_twenty() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let drafts = (0..2_000).map(|number| (number, corpus::draft(SEED, number)));
    let faulty: Vec<_> = drafts.filter(|(_, draft)| draft.fault.is_some()).collect();
    assert!((60..=110).contains(&faulty.len()), "{}", faulty.len());
    for (number, draft) in &faulty {
        assert!(
            draft.text != corpus::telegram(SEED, *number).text,
            "number {number}"
        );
    }
    // How many kinds are found, and where, is held by tests/mutations.rs.
    assert!(
        faulty
            .iter()
            .any(|(_, draft)| !findings(&draft.text, &rules).is_empty())
    );
}

#[test]
fn a_number_of_a_seed_is_always_the_same_draft_and_no_other() {
    let text = |seed, number| corpus::draft(seed, number).text;
    assert_eq!(text(SEED, 3), text(SEED, 3));
    assert_ne!(text(SEED, 3), text(SEED, 5));
    assert_ne!(text(SEED, 3), text(SEED + 1, 3));
}

#[test]
fn sizes_and_renderings_are_those_of_circulated_telegrams() {
    let mut sizes: Vec<_> = (0..1_000)
        .map(|number| corpus::telegram(SEED, number).text)
        .collect();
    let whole = sizes
        .iter()
        .filter(|text| text.starts_with("VZCZC"))
        .count();
    assert!(
        (700..800).contains(&whole),
        "{whole} with a transmission header"
    );
    sizes.sort_by_key(String::len);
    let (median, largest) = (sizes[500].len(), sizes[999].len());
    assert!((4_500..6_000).contains(&median), "median {median}");
    assert!(
        sizes[0].len() >= 1_500 && largest < 14_500,
        "{} to {largest}",
        sizes[0].len()
    );
}

#[test]
fn levels_are_mixed_as_in_circulated_telegrams() {
    let texts = (0..1_000).map(|number| corpus::telegram(SEED, number).text);
    let texts: Vec<String> = texts.collect();
    let with = |words: &[&str]| {
        let shown = |text: &&String| {
            words
                .iter()
                .any(|word| text.contains(&format!("\n{word} ")))
        };
        texts.iter().filter(shown).count()
    };
    // In labelled fields there is no such line; they are unclassified.
    let fields = texts.iter().filter(|text| text.starts_with("MRN:")).count();
    let unclassified = with(&["UNCLAS"]) + fields;
    let confidential = with(&["C O N F I D E N T I A L"]);
    let secret = with(&["S E C R E T"]);
    assert!(
        (450..580).contains(&unclassified),
        "{unclassified} unclassified"
    );
    assert!(
        (320..430).contains(&confidential),
        "{confidential} confidential"
    );
    assert!((35..90).contains(&secret), "{secret} secret");
}
