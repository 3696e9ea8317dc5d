//! One rule in full, for people: what it means, on whose authority, with examples.

use super::{Found, Look, Manner, Place, Terminal};
use crate::config::{REMARKS, RemarkKind};
use crate::diagnostic::Applicability;
use crate::engine::check;
use crate::rules::file::Example;
use crate::rules::{Rule, RuleSet};
use crate::text::Source;
use crate::trial::asking_for;
use std::path::Path;

/// How far the body of a section is set in.
const INDENT: &str = "  ";

/// Columns of running text.
const WIDEST: usize = 80;

/// The page of the rule of an id; `None` where there is none.
pub fn rule_page(id: &str, rules: &RuleSet, look: Look) -> Option<String> {
    let remark = || REMARKS.iter().find(|kind| kind.id == id).map(of_remark);
    let rule = rules.rule(id);
    rule.map(|rule| of_rule(rule, rules, look)).or_else(remark)
}

/// A page of sections.
struct Page {
    lines: Vec<String>,
}

impl Page {
    fn new(id: &str) -> Self {
        Self {
            lines: vec![id.to_owned(), String::new()],
        }
    }

    fn fact(&mut self, name: &str, value: &str) {
        self.lines.push(format!("{INDENT}{name:<10} {value}"));
    }

    fn section(&mut self, title: &str, body: &str) {
        self.lines.extend([String::new(), title.to_owned()]);
        let body = body.trim_end().lines();
        let lines = body.map(|line| format!("{INDENT}{line}").trim_end().to_owned());
        self.lines.extend(lines);
    }

    fn text(mut self) -> String {
        self.lines.push(String::new());
        self.lines.join("\n")
    }
}

fn of_remark(kind: &RemarkKind) -> String {
    let mut page = Page::new(kind.id);
    page.fact("severity", kind.severity.word());
    page.fact("on", kind.on);
    page.section("What is reported", kind.title);
    page.section("What it means", &filled(kind.explain));
    page.section("To put it right", &filled(kind.help));
    page.text()
}

fn of_rule(rule: &Rule, rules: &RuleSet, look: Look) -> String {
    let entry = &rule.entry;
    let mut page = Page::new(&rule.id);
    page.fact("severity", entry.severity.word());
    for (index, authority) in rule.citations().iter().enumerate() {
        page.fact(if index == 0 { "authority" } else { "" }, authority);
    }
    page.fact("holds", &lifetime(rule));
    if !rule.is_on() {
        page.fact("status", "in preview: off unless it is asked for");
    }
    page.fact("fix", fix_class(rule));
    for old in entry.aliases.names() {
        page.fact("was called", old.text());
    }
    page.section("What is reported", &rule.outline());
    page.section("What it means", &filled(rule.explain()));
    page.section("To put it right", &filled(&rule.advice()));
    let fires = entry
        .examples
        .iter()
        .find_map(|example| Some((example.fires.as_deref()?, example)));
    if let Some((text, example)) = fires {
        page.section("A draft in which it is found", text);
        let found = found(rule, rules, (text, example), look);
        page.section("What is shown then", &found);
    }
    let quiet = entry
        .examples
        .iter()
        .find_map(|example| example.quiet.as_deref());
    if let Some(text) = quiet {
        page.section("A draft in which it is not", text);
    }
    page.text()
}

/// Whether the finding can be put right without a person.
const fn fix_class(rule: &Rule) -> &'static str {
    match &rule.entry.fix {
        None => "none",
        Some(fix) => match fix.applicability {
            Applicability::Safe => "safe: changes form only",
            Applicability::Unsafe => "unsafe: changes meaning, a person decides",
            Applicability::Display => "shown, never applied: it needs a classification decision",
        },
    }
}

/// The days of drafts on which the rule is asked.
fn lifetime(rule: &Rule) -> String {
    let day = |day: crate::pack::shared::Day| day.0.to_string();
    match (rule.entry.since.map(day), rule.entry.until.map(day)) {
        (None, None) => "for drafts of every day".to_owned(),
        (Some(since), None) => format!("for drafts since {since}"),
        (None, Some(until)) => format!("for drafts until {until}"),
        (Some(since), Some(until)) => format!("for drafts from {since} to {until}"),
    }
}

/// What `check` shows of the rule's own example.
fn found(rule: &Rule, rules: &RuleSet, (text, example): (&str, &Example), look: Look) -> String {
    let source = Source::from_text("example", text);
    let verdict = check(&source, rules, &asking_for(rule, rules, example));
    let place = Place {
        path: Path::new("example"),
        source: &source,
        rules,
        redact: false,
    };
    let terminal = Terminal::new(look);
    let manner = Manner {
        excerpts: Some(terminal.cut()),
        ..Manner::default()
    };
    let found = verdict
        .diagnostics
        .iter()
        .filter(|found| found.rule == rule.id);
    found
        .map(|found| terminal.finding(&Found::new(&place, found, true, manner)))
        .collect()
}

/// Running text, with the line ends of its paragraphs alone.
fn filled(text: &str) -> String {
    let mut lines = Vec::new();
    for paragraph in text.trim().split("\n\n") {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDEST {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.extend([line, String::new()]);
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn running_text_is_filled_and_paragraphs_stay_apart() {
        let text = format!("{}\nend\n\nnext\n", "word ".repeat(30));
        let filled = filled(&text);
        assert!(filled.lines().all(|line| line.len() <= 80));
        assert!(filled.trim_end().ends_with("end\n\nnext"));
    }
}
