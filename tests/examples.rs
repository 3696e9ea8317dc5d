//! Every rule fires on its own examples, at the place named, and keeps quiet on the others.

use caveat::engine::{Options, check};
use caveat::fix::{apply, weakens};
use caveat::rules::file::Example;
use caveat::rules::{PackFile, Rule, RuleSet};
use caveat::text::Source;
use caveat::trial::asking_for;

fn shipped() -> RuleSet {
    RuleSet::shipped().unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// What a rule finds wrong with an example of it, and what others find there.
fn wrong_with(
    rule: &Rule,
    example: &Example,
    text: &str,
    at: Option<&str>,
    rules: &RuleSet,
) -> Vec<String> {
    let source = Source::from_text("example", text);
    let verdict = check(&source, rules, &asking_for(rule, rules, example));
    let (own, others): (Vec<_>, Vec<_>) = verdict
        .diagnostics
        .iter()
        .partition(|found| found.rule == rule.id);
    let places: Vec<_> = own
        .iter()
        .map(|found| source.slice(found.primary).trim())
        .collect();
    let wanted: Vec<_> = at.into_iter().collect();
    let mut wrong = Vec::new();
    if places != wanted {
        wrong.push(format!("{}: {places:?}, not {wanted:?}", rule.id));
    }
    let beside = others
        .iter()
        .map(|other| format!("{} beside {}", other.rule, rule.id));
    wrong.extend(beside);
    wrong
}

#[test]
fn every_rule_does_what_its_examples_say() {
    let rules = shipped();
    let mut wrong = Vec::new();
    for rule in rules.rules() {
        for example in &rule.entry.examples {
            if let Some(text) = &example.fires {
                wrong.extend(wrong_with(
                    rule,
                    example,
                    text,
                    example.at.as_deref(),
                    &rules,
                ));
            }
            for quiet in [&example.quiet, &example.fixed].into_iter().flatten() {
                wrong.extend(wrong_with(rule, example, quiet, None, &rules));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fix_does_what_its_example_says_and_weakens_nothing() {
    let rules = shipped();
    for rule in rules.rules().filter(|rule| rule.entry.fix.is_some()) {
        let mut shown = 0;
        for example in &rule.entry.examples {
            let (Some(text), Some(fixed)) = (&example.fires, &example.fixed) else {
                continue;
            };
            shown += 1;
            let options = asking_for(rule, &rules, example);
            let before = check(&Source::from_text("example", text), &rules, &options);
            let found = before
                .diagnostics
                .iter()
                .find(|found| found.rule == rule.id);
            let fix = found.and_then(|found| found.fix.as_ref());
            let fix = fix.unwrap_or_else(|| panic!("{} offers no fix", rule.id));
            let (text, made) = apply(text, &fix.edits);
            let all = fix.edits.len();
            assert_eq!((text.as_str(), made), (fixed.as_str(), all), "{}", rule.id);
            let after = check(&Source::from_text("example", text), &rules, &options);
            let weaker = weakens(&before.reading, &after.reading, rules.scheme());
            assert!(!weaker, "{} weakens the marking", rule.id);
        }
        assert!(shown > 0, "no example of {} shows its fix", rule.id);
    }
}

#[test]
fn every_stable_rule_has_help_authority_explanation_and_both_examples() {
    for rule in shipped().rules().filter(|rule| rule.is_on()) {
        let (entry, id) = (&rule.entry, &rule.id);
        assert!(entry.help.is_some(), "{id} has no help");
        assert!(!entry.explain.trim().is_empty(), "{id} has no page");
        assert!(!entry.authority.is_empty(), "{id} has no authority");
        let mut examples = entry.examples.iter();
        assert!(examples.any(|example| example.fires.is_some()), "{id}");
        let mut examples = entry.examples.iter();
        assert!(examples.any(|example| example.quiet.is_some()), "{id}");
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
    PackFile::new("house", name, text.to_owned())
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
