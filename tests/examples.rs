//! Every rule fires on its own examples, at the place named, and keeps quiet on the others.

use caveat::engine::{Options, check};
use caveat::rules::{PackFile, RuleSet};
use caveat::text::Source;

fn shipped() -> RuleSet {
    RuleSet::shipped().unwrap_or_else(|problems| panic!("{problems:?}"))
}

#[test]
fn every_rule_does_what_its_examples_say() {
    let rules = shipped();
    let mut wrong = Vec::new();
    for rule in rules.rules() {
        for example in &rule.entry.examples {
            let text = example
                .fires
                .as_deref()
                .or(example.quiet.as_deref())
                .unwrap();
            let source = Source::from_text("example", text);
            let verdict = check(&source, &rules, &Options::default());
            let found = verdict
                .diagnostics
                .iter()
                .filter(|found| found.rule == rule.id);
            let places: Vec<_> = found
                .map(|found| source.slice(found.primary).trim())
                .collect();
            let wanted: Vec<_> = example.at.iter().map(String::as_str).collect();
            if places != wanted {
                wrong.push(format!("{}: {places:?}, not {wanted:?}", rule.id));
            }
            let others = verdict
                .diagnostics
                .iter()
                .filter(|found| found.rule != rule.id);
            wrong.extend(others.map(|other| format!("{} beside {}", other.rule, rule.id)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_help_authority_explanation_and_both_examples() {
    for rule in shipped().rules() {
        let entry = &rule.entry;
        assert!(
            !entry.help.is_empty() && !entry.explain.trim().is_empty(),
            "{}",
            rule.id
        );
        assert!(!entry.authority.is_empty(), "{}", rule.id);
        assert!(
            entry.examples.iter().any(|example| example.fires.is_some()),
            "{}",
            rule.id
        );
        assert!(
            entry.examples.iter().any(|example| example.quiet.is_some()),
            "{}",
            rule.id
        );
    }
}

#[test]
fn the_clean_telegrams_are_clean() {
    let rules = shipped();
    for text in [
        include_str!("telegrams/sensitive.txt"),
        include_str!("telegrams/confidential.txt"),
        include_str!("telegrams/journal.txt"),
    ] {
        let verdict = check(
            &Source::from_text("clean", text),
            &rules,
            &Options::default(),
        );
        assert!(verdict.diagnostics.is_empty(), "{:?}", verdict.diagnostics);
    }
}

fn house(name: &str, text: &str) -> PackFile {
    PackFile {
        pack: "house".to_owned(),
        path: name.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn every_problem_of_every_file_is_told() {
    let rule = "[[rule]]\nname = 'x'\n";
    let files = vec![
        house("a.toml", rule),
        house("b.toml", "[rulez]\n"),
        house("c.toml", "= 1\n"),
    ];
    let problems = RuleSet::load(files).unwrap_err();
    for name in ["a.toml", "b.toml", "c.toml"] {
        assert!(
            problems.iter().any(|problem| problem.file() == name),
            "{name}: {problems:?}"
        );
    }
}

#[test]
fn a_file_is_known_by_what_it_holds_wherever_it_lies() {
    let mut files = RuleSet::shipped_files();
    for (index, file) in files.iter_mut().enumerate() {
        file.path = format!("{index}.toml");
    }
    let rules = RuleSet::load(files).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(rules.rules().len(), shipped().rules().len());
}
