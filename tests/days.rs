//! By the rules of which day a draft is judged: its own, another that is asked for, or those of its order.

use caveat::diagnostic::Severity;
use caveat::engine::{Options, check};
use caveat::rules::RuleSet;
use caveat::text::Source;
use jiff::civil::date;

const UNMARKED: &str = "\
C O N F I D E N T I A L ZENDA 000101

E.O. 12958: DECL: 02/02/2019
TAGS: EAGR
SUBJECT: (U) HARVEST

(U) Classified By: Black Michael, DCM.
Reason: 1.4 (d).

1. (C) Talks began.

2. Talks ended.
";

fn found(text: &str, options: &Options) -> Vec<String> {
    let rules = RuleSet::shipped().unwrap_or_else(|problems| panic!("{problems:?}"));
    let verdict = check(&Source::from_text("draft", text), &rules, options);
    let ids = verdict.diagnostics.iter();
    ids.map(|found| found.rule.to_string()).collect()
}

#[test]
fn a_draft_without_a_date_is_judged_by_the_days_of_its_order() {
    let rule = "telegram/authority-missing".to_owned();
    let authority = "(U) Classified By: Black Michael, DCM.\nReason: 1.4 (d).\n\n";
    let bare = UNMARKED.replace(authority, "");
    assert!(found(&bare, &Options::default()).contains(&rule));
    let old = bare.replace("12958: DECL: 02/02/2019", "11652: GDS");
    assert!(!found(&old, &Options::default()).contains(&rule));
    let none = bare.replace("E.O. 12958: DECL: 02/02/2019\n", "");
    assert!(!found(&none, &Options::default()).contains(&rule));
}

#[test]
fn another_day_changes_the_rules_and_not_the_date_of_the_draft() {
    let dated = format!("R 021130Z FEB 09\nFM AMEMBASSY ZENDA\nTO SECSTATE WASHDC\nBT\n{UNMARKED}");
    let as_of = |year| Options {
        as_of: Some(date(year, 2, 2)),
        ..Options::default()
    };
    let rule = "telegram/order-not-in-force".to_owned();
    assert!(!found(&dated, &Options::default()).contains(&rule));
    let later = found(&dated, &as_of(2015));
    assert!(later.contains(&rule), "{later:?}");
    // Ten years after the telegram lie within what its own day allows, whichever rules are asked for.
    assert!(
        !later.iter().any(|id| id.contains("beyond-25-years")),
        "{later:?}"
    );
}

#[test]
fn a_telegram_much_older_than_the_day_of_judging_is_one_of_an_archive() {
    let dated = format!("R 021130Z FEB 09\nFM AMEMBASSY ZENDA\nTO SECSTATE WASHDC\nBT\n{UNMARKED}");
    let twice = dated.replace("TAGS: EAGR", "TAGS: EAGR, KXYZ");
    let rules = RuleSet::shipped().unwrap_or_else(|problems| panic!("{problems:?}"));
    let severity = |as_of| {
        let options = Options {
            as_of: Some(as_of),
            ..Options::default()
        };
        let verdict = check(
            &Source::from_text("draft", twice.as_str()),
            &rules,
            &options,
        );
        let mut found = verdict.diagnostics.into_iter();
        let tag = found.find(|found| &*found.rule == "telegram/tag-unknown");
        tag.expect("the TAG is unknown").severity
    };
    assert_eq!(severity(date(2009, 2, 3)), Severity::Warning);
    assert_eq!(severity(date(2019, 2, 3)), Severity::Advice);
}
