//! One cause, one finding: a fault that brings others about is told, and those are not.

use caveat::diagnostic::Diagnostic;
use caveat::engine::{Options, check};
use caveat::rules::RuleSet;
use caveat::text::Source;
use std::fmt::Write as _;

/// A telegram of 2009 with this line of the reference number, these captions and these paragraphs.
fn telegram(mrn: &str, captions: &str, paragraphs: &str) -> String {
    format!(
        "R 021130Z FEB 09\nFM AMEMBASSY ZENDA\nTO RUEHC/SECSTATE WASHDC\nBT\n{mrn}\n\n{captions}\n\
         E.O. 12958: DECL: 02/02/2019\nTAGS: EAGR\nSUBJECT: (U) HARVEST\n\n\
         (U) Classified By: Black Michael, DCM.\nReason: 1.4 (d).\n\n{paragraphs}"
    )
}

fn findings(text: &str) -> Vec<Diagnostic> {
    let rules = RuleSet::shipped().unwrap_or_else(|problems| panic!("{problems:?}"));
    let verdict = check(
        &Source::from_text("draft", text),
        &rules,
        &Options::default(),
    );
    verdict.diagnostics
}

fn names(text: &str) -> Vec<String> {
    let found = findings(text);
    found
        .iter()
        .map(|finding| finding.rule.to_string())
        .collect()
}

#[test]
fn ten_unmarked_paragraphs_are_one_finding_with_ten_places() {
    let mut paragraphs = "1. (C) Talks began.\n\n".to_owned();
    for number in 2..12 {
        write!(paragraphs, "{number}. Talks went on.\n\n").expect("a String takes text");
    }
    let text = telegram("C O N F I D E N T I A L ZENDA 000101", "", &paragraphs);
    let found = findings(&text);
    let [only] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(&*only.rule, "telegram/portion-unmarked");
    let first = text
        .find("2. Talks")
        .expect("the second paragraph is there");
    assert_eq!(only.primary.start as usize, first);
    assert!(only.message.contains("10 such paragraphs"), "{only:?}");
    // The first three places behind it are shown, and the last note counts the six that follow.
    assert_eq!(only.related.len(), 3, "{only:?}");
    let last = only.related.last().map(|label| label.message.as_str());
    assert!(last.is_some_and(|text| text.contains("6 more")), "{last:?}");
}

#[test]
fn a_broken_mrn_line_silences_what_depends_on_it() {
    let paragraphs = "1. (S/NF) Talks began.\n\n2. (SBU) Wheat is short.\n";
    let broken = [
        ("ZENDA 000101", "telegram/level-missing"),
        ("RESTRICTED ZENDA 000101", "telegram/level-unknown"),
    ];
    for (mrn, rule) in broken {
        assert_eq!(names(&telegram(mrn, "", paragraphs)), [rule], "{mrn}");
    }
    // With a level each of the faults that hung on it is there.
    let sound = names(&telegram(
        "C O N F I D E N T I A L ZENDA 000101",
        "",
        paragraphs,
    ));
    for rule in ["telegram/portion-above-header", "telegram/noforn-missing"] {
        assert!(sound.iter().any(|found| found == rule), "{sound:?}");
    }
}

#[test]
fn a_missing_portion_mark_silences_header_too_high() {
    let secret = |paragraphs| telegram("S E C R E T ZENDA 000101", "", paragraphs);
    let marked = "1. (U) Rain fell.\n\n2. (C) Talks began.\n";
    assert_eq!(names(&secret(marked)), ["telegram/header-above-portions"]);
    let unmarked = "1. (U) Rain fell.\n\n2. (C) Talks began.\n\n3. Talks ended.\n";
    assert_eq!(names(&secret(unmarked)), ["telegram/portion-unmarked"]);
}
