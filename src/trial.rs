//! L10: tries every rule on its own examples.

use crate::engine::{Options, Setting, check};
use crate::rules::file::Example;
use crate::rules::{Rule, RuleSet};
use crate::text::Source;

/// An example on which a rule does not do what the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Id of the rule.
    pub rule: String,
    /// Which example of the rule, from 1.
    pub example: usize,
    /// Texts at which it should find something.
    pub wanted: Vec<String>,
    /// Texts at which it does.
    pub found: Vec<String>,
}

/// What came of trying rules.
#[derive(Debug, Clone, Default)]
pub struct Trial {
    /// Rules that were tried.
    pub rules: usize,
    /// Examples that were tried.
    pub examples: usize,
    /// Examples on which a rule does not do what the file says, by rule.
    pub disagreements: Vec<Disagreement>,
}

/// Tries every rule that `wanted` names on its own examples.
pub fn try_rules(rules: &RuleSet, wanted: impl Fn(&Rule) -> bool) -> Trial {
    let mut trial = Trial::default();
    for rule in rules.rules().filter(|rule| wanted(rule)) {
        trial.rules += 1;
        for (index, example) in rule.entry.examples.iter().enumerate() {
            let quiet = [&example.quiet, &example.fixed].into_iter().flatten();
            let texts = example.fires.iter().map(|text| (text, true));
            for (text, fires) in texts.chain(quiet.map(|text| (text, false))) {
                trial.examples += 1;
                let found = found(rule, rules, example, text);
                let at = example.at.iter().filter(|_| fires);
                let wanted: Vec<String> = at.map(ToString::to_string).collect();
                let anywhere = fires && wanted.is_empty();
                let agrees = if anywhere {
                    !found.is_empty()
                } else {
                    found == wanted
                };
                if !agrees {
                    trial.disagreements.push(Disagreement {
                        rule: rule.id.to_string(),
                        example: index + 1,
                        wanted,
                        found,
                    });
                }
            }
        }
    }
    trial
}

/// The texts at which a rule finds something in an example.
fn found(rule: &Rule, rules: &RuleSet, example: &Example, text: &str) -> Vec<String> {
    let source = Source::from_text("example", text);
    let verdict = check(&source, rules, &asking_for(rule, rules, example));
    let own = verdict
        .diagnostics
        .iter()
        .filter(|found| found.rule == rule.id);
    own.map(|found| source.slice(found.primary).trim().to_owned())
        .collect()
}

/// Options by which a rule is asked about one of its examples, in preview or not.
pub fn asking_for(rule: &Rule, rules: &RuleSet, example: &Example) -> Options {
    let setting = |other: &str| {
        if *other == *rule.id {
            Setting::On
        } else {
            Setting::Own
        }
    };
    Options {
        settings: rules.ids().map(setting).collect(),
        profile: example.profile,
        ..Options::default()
    }
}
