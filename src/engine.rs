//! L9: one draft against a rule set. Dates, configuration and confidence are settled here and nowhere else.

use crate::checks::{Draft, Finding, Profile};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::marking::{Demand, RollUp, Scheme, Statement, Style, Surface};
use crate::prose;
use crate::reading::{ElementKind, Form, Reading, Rendering};
use crate::rules::file::Concern;
use crate::rules::{Fired, Rule, RuleSet};
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
    /// Whether it is about to be sent or was sent long ago, where that is not to be detected.
    pub profile: Option<Profile>,
    /// What the configuration says of each rule, by its index in the rule set; empty where it says nothing.
    pub settings: Vec<Setting>,
}

/// What the configuration says of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setting {
    /// Nothing: the rule's own severity counts, and one in preview is not asked.
    #[default]
    Own,
    /// It is asked, in preview or not.
    On,
    /// It is not asked.
    Off,
    /// It is asked, and its findings weigh this much, whatever the rule says.
    Fixed(Severity),
    /// It is asked, and its findings weigh what the rule says, but at least this much.
    AtLeast(Severity),
}

impl Setting {
    /// The same, but the rule is asked and its findings weigh no less than the rule says, and no less than this.
    #[must_use]
    pub fn at_least(self, least: Severity) -> Self {
        match self {
            Self::Own | Self::On | Self::Off => Self::AtLeast(least),
            Self::Fixed(own) | Self::AtLeast(own) => Self::AtLeast(own.max(least)),
        }
    }
}

/// What was read and found.
#[derive(Debug)]
pub struct Verdict {
    /// The draft as read.
    pub reading: Reading,
    /// What is wrong, by place and rule.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a draft as a whole states and what its portions demand of it, put into words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// The marking that the portions demand of the header; `None` where they cannot say.
    pub required: Option<String>,
    /// The same in words of the scheme alone, without values.
    pub demanded: Option<String>,
    /// The header in words of the scheme alone, without values.
    pub stated: Option<String>,
}

impl Wording {
    /// The words for a draft with a text that was read by a scheme.
    pub fn of(text: &str, reading: &Reading, scheme: &Scheme) -> Self {
        let written = |statement: &Statement| written(statement, scheme, reading.form);
        let demand = demand(text, reading, scheme);
        let decided = demand.as_ref().filter(|demand| demand.level.is_some());
        let header = reading.header.as_ref();
        let header = header.filter(|header| header.level.is_some());
        Self {
            required: decided.and_then(|demand| written(&demand.statement)),
            demanded: decided.and_then(|demand| written(&demand.statement.in_words())),
            stated: header.and_then(|own| written(&own.statement(text, scheme).in_words())),
        }
    }
}

/// Checks one draft.
pub fn check(source: &Source, rules: &RuleSet, options: &Options) -> Verdict {
    let (index, scheme) = scheme(rules, options);
    let reading = read(source, scheme, rules, options.form);
    let profile = options
        .profile
        .unwrap_or_else(|| profile(&reading, options.as_of));
    let draft = Draft::new(
        source.text(),
        &reading,
        (index, scheme),
        rules.lexicon(),
        profile,
    )
    .as_of(options.as_of);
    let diagnostics = judge(&draft, rules, &options.settings);
    Verdict {
        reading,
        diagnostics,
    }
}

/// Reads a draft as the kind that it is to be, or as the first kind that it can be read as.
pub fn read(source: &Source, scheme: &Scheme, rules: &RuleSet, form: Option<Form>) -> Reading {
    let (name, lexicon) = (source.name(), rules.lexicon());
    let lines = Document::of(source.text());
    let telegram = || telegram::read(&lines, scheme, lexicon);
    let document = || prose::read(&lines, name, scheme, lexicon.vocabularies());
    let reading = match form {
        Some(Form::Telegram) => telegram(),
        Some(Form::Document) => document(),
        Some(Form::Text) => None,
        None => telegram().or_else(document),
    };
    let mut reading = reading.unwrap_or(Reading::empty(Form::Text));
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    reading.lines = number(lines.lines().len());
    reading.widest = number(lines.widest());
    reading
}

/// The scheme that the options name, or the first.
fn scheme<'r>(rules: &'r RuleSet, options: &Options) -> (usize, &'r Scheme) {
    let named = |name: &str| {
        let mut schemes = rules.schemes().iter().enumerate();
        schemes.find(|(_, scheme)| scheme.name() == name)
    };
    let chosen = options.scheme.as_deref().and_then(named);
    chosen.map_or((0, rules.scheme()), |(index, scheme)| (index, scheme))
}

/// Days after which a draft is taken to have been sent, where the day of judging is given.
const SENT_BY_THEN: i32 = 366;

/// A journal copy, one with a stamp of its release, or one much older than the day by whose rules it
/// is judged was sent long ago.
fn profile(reading: &Reading, as_of: Option<Date>) -> Profile {
    let journal = reading.rendering == Some(Rendering::Journal);
    let old = reading.date.zip(as_of).is_some_and(|(own, today)| {
        own.saturating_add(jiff::Span::new().days(SENT_BY_THEN)) < today
    });
    if journal || old || reading.first(ElementKind::Stamp).is_some() {
        Profile::Archive
    } else {
        Profile::Draft
    }
}

fn judge(draft: &Draft<'_>, rules: &RuleSet, settings: &[Setting]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut findings: Vec<Finding> = Vec::new();
    let mut fired: Vec<Fired> = Vec::new();
    for (index, rule) in rules.concerned(draft.reading.form, draft.kinds) {
        let setting = settings.get(index).copied().unwrap_or_default();
        let asked = match setting {
            Setting::Own => rule.is_on(),
            Setting::On | Setting::Fixed(_) | Setting::AtLeast(_) => true,
            Setting::Off => false,
        };
        if !asked || !rule.is_in_time(draft.days()) || rule.gives_way_to(&fired) {
            continue;
        }
        rule.examine(draft, &mut findings);
        rule.give_way_at_places(&fired, &mut findings);
        if findings.is_empty() {
            continue;
        }
        fired.extend(Fired::at(index, &findings));
        let severity = severity(rule, draft, setting);
        let found = rule.diagnostics(draft, &findings).into_iter();
        diagnostics.extend(found.map(|diagnostic| Diagnostic {
            severity,
            ..diagnostic
        }));
        findings.clear();
    }
    diagnostics
        .sort_by(|left, right| (left.primary, &left.rule).cmp(&(right.primary, &right.rule)));
    diagnostics.dedup_by(|left, right| left.primary == right.primary && left.rule == right.rule);
    diagnostics
}

fn severity(rule: &Rule, draft: &Draft<'_>, setting: Setting) -> Severity {
    if let Setting::Fixed(severity) = setting {
        return severity;
    }
    let own = rule.severity_in(draft);
    let own = match (rule.entry.about, draft.profile) {
        (Concern::Form, Profile::Archive) => own.min(Severity::Advice),
        _ => own,
    };
    match setting {
        Setting::AtLeast(least) => own.max(least),
        _ => own,
    }
}

/// What the portions demand of the header; `None` where nothing is marked, or a mark is missing.
fn demand(text: &str, reading: &Reading, scheme: &Scheme) -> Option<Demand> {
    if !reading.is_all_marked() {
        return None;
    }
    let mut state = RollUp::default();
    state.add_all(reading.marks(), text, scheme);
    Some(state.demand(scheme))
}

/// A marking as a draft of its form states it: a message has the level on the reference line, and the
/// rest in captions below it.
fn written(statement: &Statement, scheme: &Scheme, form: Form) -> Option<String> {
    if form == Form::Document {
        return Some(statement.render(scheme, Surface::Banner, Style::Canonical));
    }
    let written = statement.render(scheme, Surface::Header, Style::Canonical);
    let syntax = scheme.syntax();
    let mut segments = written.split(syntax.between_categories.as_str());
    let level = segments.next()?;
    let captions: Vec<&str> = segments
        .flat_map(|segment| segment.split(syntax.between_controls.as_str()))
        .collect();
    Some(match captions.as_slice() {
        [] => level.to_owned(),
        captions => format!("{level} // {}", captions.join(", ")),
    })
}
