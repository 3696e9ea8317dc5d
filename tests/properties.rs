//! What holds for any input.
#![expect(clippy::string_slice, reason = "a test may stop at once")]

use caveat::checks::{Draft, Finding, Profile};
use caveat::engine::{Options, check, read};
use caveat::marking::{RollUp, Statement, Surface, explain, repair};
use caveat::rules::RuleSet;
use caveat::text::{LineIndex, Source, Span};
use proptest::prelude::*;
use std::sync::OnceLock;

/// The shipped packs, loaded once.
fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| RuleSet::shipped().expect("the shipped packs are valid"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pieces of telegrams in any order, with anything between them.
    #[test]
    fn no_text_panics_and_every_finding_lies_in_it(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("VZCZCXI0042\n".to_owned()), Just("DE RUEHZX #01/ 0331130\n".to_owned()),
                Just("ZNY \u{e9}SSSSS\n".to_owned()), Just("R 021130Z FEB 09\n".to_owned()),
                Just("FM ZENDA\nTO R/\n".to_owned()), Just("S E C R E T SECTION 1 OF 9 ZENDA 1 NOFORN\n".to_owned()),
                Just("E.O. 12958: DECL: 2/30/19\n".to_owned()), Just("TAGS: \u{b6},,A\n".to_owned()),
                Just("TAGS: OVIP (HENTZAU\n".to_owned()), Just("REF: (A) 07 ZENDA 1 (\u{e9}) AND 3\n".to_owned()),
                Just("PAGE 01 ZENDA 00101 \u{e9}Z\n".to_owned()), Just("MRN: \u{e9}\n".to_owned()), Just("MRN: 17 ZENDA 82\nFrom:\nAction: \u{e9} 1\n".to_owned()),
                Just("Classified By: \u{e9}. Reason: 1.4 (\u{e9}), (b\n".to_owned()), Just("SENSITIVE BUT\n UNCLASIFIED".to_owned()),
                Just("(C - ENTIRE TEXT\u{e9}".to_owned()), Just("2. (\n".to_owned()), Just("SBU) x. 3. (C) y\n".to_owned()), Just("PARA \u{e9}4 REF A".to_owned()),
                Just("UNCLAS".to_owned()), Just(" E F T O".to_owned()), Just("INFO /\u{e9} IMMEDIATE 1\n".to_owned()), Just("123-45-6789".to_owned()),
                Just("SUBJECT: (\n".to_owned()), Just("\u{b6}1. (S//REL TO USA, GBR) x\n".to_owned()), ".{0,12}\n?",
            ],
            0..14,
        ),
    ) {
        let rules = rules();
        let source = Source::from_text("any", parts.concat());
        let verdict = check(&source, rules, &Options::default());
        for element in &verdict.reading.elements {
            prop_assert!(source.text().get(element.span.range()).is_some());
        }
    }

    #[test]
    fn lines_and_columns_agree_with_a_count(text in "[a\u{e9}\r\n]{0,20}", at in 0usize..20) {
        prop_assume!(text.is_char_boundary(at.min(text.len())));
        let at = at.min(text.len());
        let mut line = 1;
        let mut column = 1;
        let mut letters = text[..at].chars().peekable();
        while let Some(letter) = letters.next() {
            let half = letter == '\r' && text[..].as_bytes().get(at) == Some(&b'\n') && letters.peek().is_none();
            if letter == '\n' || letter == '\r' && letters.peek() != Some(&'\n') && !half {
                line += 1;
                column = 1;
            } else {
                column += 1;
            }
        }
        let found = LineIndex::new(&text).line_column(u32::try_from(at).expect("short"), &text);
        prop_assert_eq!((found.line, found.column), (line, column));
    }
}

/// Whoever writes a log or reads a panic sees what kind of thing it was, and no word of the draft.
#[test]
fn what_quotes_a_draft_hides_it_when_it_is_shown_for_debugging() {
    let (text, scheme) = ("SERCET//REL TO USA, GBR", rules().scheme());
    let explained = explain(text, scheme, Surface::Banner);
    let repair = repair(text, scheme, Surface::Banner).expect("it can be mended");
    let mut portions = RollUp::default();
    portions.add_statement(&repair.statement, scheme);
    let differences = portions.differences(&Statement::default(), scheme);
    let source = Source::from_text("draft", text);
    let reading = read(&source, scheme, rules(), None);
    let (lexicon, profile) = (rules().lexicon(), Profile::Draft);
    let draft = Draft::new(source.text(), &reading, (0, scheme), lexicon, profile);
    let finding = Finding::at_place(Span::new(0, 6), &draft);
    let shown = [
        ("Explained", format!("{explained:?}")),
        ("Repair", format!("{repair:?}")),
        (
            "Difference",
            format!("{:?}", differences.first().expect("it lacks REL TO")),
        ),
        ("Draft", format!("{draft:?}")),
        ("Finding", format!("{finding:?}")),
    ];
    for (name, shown) in shown {
        assert!(shown.starts_with(name), "{shown}");
        let words = ["SERCET", "SECRET", "REL TO", "GBR"];
        assert!(!words.iter().any(|word| shown.contains(word)), "{shown}");
    }
}
