//! A finding that moves stays known by its fingerprint; one that is swapped for another does not.

use caveat::engine::{Options, check};
use caveat::fingerprint::Fingerprint;
use caveat::rules::RuleSet;
use caveat::text::Source;

/// A telegram whose third paragraph is marked above its header.
const TELEGRAM: &str = "\
R 021402Z FEB 09
FM AMEMBASSY ZENDA
TO RUEHC/SECSTATE WASHDC
BT
C O N F I D E N T I A L ZENDA 000102

SIPDIS

E.O. 12958: DECL: 02/02/2019
TAGS: PREL
SUBJECT: COUNT HENTZAU TO VISIT

Classified By: Black Michael, DCM, Reason 1.4 (b), (d).

1. (C) The Count will travel on Sunday.

2. (U) The palace announced no date.

3. (S) His host is not yet informed.

4. (C) The chamberlain will take the early train.
SAPT
";

const RULE: &str = "telegram/portion-above-header";

/// Fingerprints of the rule's findings in a text.
fn found(text: &str, rules: &RuleSet) -> Vec<Fingerprint> {
    let verdict = check(
        &Source::from_text("draft", text),
        rules,
        &Options::default(),
    );
    let findings = verdict.diagnostics.iter();
    let own = findings.filter(|found| &*found.rule == RULE);
    own.map(|found| found.fingerprint).collect()
}

#[test]
fn it_follows_the_marking_and_not_the_place_or_the_prose() {
    let rules = RuleSet::shipped().unwrap();
    let known = found(TELEGRAM, &rules);
    assert_eq!(known.len(), 1);
    let same = [
        ("(C) The Count will travel", "(C) No count will ever travel"),
        ("1. (C) The", "1. (C) The king is away.\n\n2. (C) The"),
        ("His host is not", "His hosts, all three of them, are not"),
        ("4. (C) The", "4. (C) Rain fell.\n\n5. (C) The"),
        ("SUBJECT: COUNT", "SUBJECT: THE COUNT"),
    ];
    for (old, new) in same {
        assert_eq!(found(&TELEGRAM.replace(old, new), &rules), known, "{new}");
    }
}

#[test]
fn another_marking_in_its_place_is_another_finding() {
    let rules = RuleSet::shipped().unwrap();
    let known = found(TELEGRAM, &rules);
    let swapped = [
        // The mark itself.
        ("3. (S)", "3. (TS)"),
        ("3. (S)", "3. (S//NF)"),
        // Its neighbours.
        ("2. (U)", "2. (C)"),
        ("4. (C)", "4. (U)"),
        // The header that it is compared with.
        ("C O N F I D E N T I A L", "UNCLAS"),
    ];
    for (old, new) in swapped {
        let found = found(&TELEGRAM.replace(old, new), &rules);
        assert!(!found.is_empty(), "{new}");
        assert!(!found.contains(&known[0]), "{new}");
    }
    let moved = TELEGRAM
        .replace("3. (S)", "3. (U)")
        .replace("1. (C)", "1. (S)");
    assert_ne!(found(&moved, &rules), known);
}

#[test]
fn it_is_the_same_in_the_next_version() {
    // A change here makes baselines stale: it must be meant, and stand in the changelog.
    let rules = RuleSet::shipped().unwrap();
    let known: Vec<String> = found(TELEGRAM, &rules)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(known, ["ae373e2a06d8e98c"]);
}
