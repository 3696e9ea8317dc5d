//! L8: one draft against a rule set.

use crate::checks::{Context, Finding, holds, run};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::reading::{Form, Reading};
use crate::rules::{Rule, RuleSet};
use crate::telegram;
use crate::text::Source;
use jiff::civil::Date;

/// How a draft is to be judged.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The day by whose rules, in place of the draft's own.
    pub as_of: Option<Date>,
    /// The kind of draft, where it is not to be detected.
    pub form: Option<Form>,
    /// The scheme by name, where it is not to be detected.
    pub scheme: Option<String>,
    /// What the configuration says of each rule, by its index in the rule set; empty where it says nothing.
    pub settings: Vec<Setting>,
}

/// What the configuration says of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setting {
    /// Nothing: the rule's own severity counts.
    #[default]
    Own,
    /// It is not asked.
    Off,
    /// Its findings weigh this much, whatever the rule says.
    Fixed(Severity),
}

/// What was read and found.
#[derive(Debug)]
pub struct Verdict {
    /// The draft as read.
    pub reading: Reading,
    /// What is wrong, by place and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// The marking that the portions demand of the header; `None` where they cannot say.
    pub required: Option<String>,
}

/// Checks one draft.
pub fn check(source: &Source, rules: &RuleSet, options: &Options) -> Verdict {
    let chosen = options.scheme.as_deref();
    let scheme = chosen
        .and_then(|name| rules.scheme_named(name))
        .unwrap_or(rules.scheme());
    let reading = telegram::read(source.text(), scheme, rules.lexicon());
    let mut reading = reading.unwrap_or(Reading::empty(Form::Text));
    reading.date = options.as_of.or(reading.date);
    let ctx = Context {
        text: source.text(),
        reading: &reading,
        scheme,
        rules,
    };
    let mut diagnostics = Vec::new();
    for (index, rule) in rules.rules().iter().enumerate() {
        let entry = &rule.entry;
        let setting = options.settings.get(index).copied().unwrap_or_default();
        if setting == Setting::Off {
            continue;
        }
        let in_time = match reading.date {
            Some(day) => crate::pack::shared::holds_on(entry.since, entry.until, day),
            None => entry.since.is_none() && entry.until.is_none(),
        };
        if in_time && holds(&entry.when, ctx) && !entry.unless.iter().any(|not| holds(not, ctx)) {
            let weight = entry.weighs.iter().find(|weight| holds(&weight.when, ctx));
            let own = weight.map_or(entry.severity, |weight| weight.severity);
            let severity = match setting {
                Setting::Fixed(severity) => severity,
                Setting::Own | Setting::Off => own,
            };
            let findings = run(&entry.check, ctx);
            diagnostics.extend(
                findings
                    .into_iter()
                    .map(|found| diagnostic(rule, severity, found)),
            );
        }
    }
    diagnostics
        .sort_by(|left, right| (left.primary, &left.rule).cmp(&(right.primary, &right.rule)));
    Verdict {
        reading,
        diagnostics,
        required: None,
    }
}

fn diagnostic(rule: &Rule, severity: Severity, found: Finding) -> Diagnostic {
    let entry = &rule.entry;
    let mut diagnostic = Diagnostic::new(rule.id.clone(), found.span);
    let fill = |found_words: &str, expected: &str| {
        entry
            .message
            .replace("{found}", found_words)
            .replace("{expected}", expected)
    };
    diagnostic.severity = severity;
    diagnostic.message = fill(&found.found, &found.expected);
    diagnostic.plain = fill("…", "…");
    diagnostic.label.clone_from(&entry.label);
    diagnostic.help = Some(entry.help.clone());
    let label = |span| Label {
        message: "compare".to_owned(),
        span,
    };
    diagnostic.related = found.related.into_iter().take(3).map(label).collect();
    diagnostic
}
