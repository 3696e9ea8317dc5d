//! Markings, words and rules described for people, in Markdown or in plain text.

use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::marking::{Marking, Part, Rolled, Term, explain, roll_up};
use crate::reading::{Element, ElementKind};
use crate::rules::Rule;
use jiff::civil::Date;

/// Portions that are named for each part that they force.
const NAMED: usize = 3;

/// Paragraphs and lists, in Markdown or without its signs.
#[derive(Debug)]
pub(super) struct Page {
    markdown: bool,
    sections: Vec<String>,
}

impl Page {
    pub(super) const fn new(markdown: bool) -> Self {
        Self {
            markdown,
            sections: Vec::new(),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    pub(super) fn text(self) -> String {
        let between = if self.markdown { "\n\n" } else { "\n" };
        self.sections.join(between)
    }

    fn strong(&self, text: &str) -> String {
        if self.markdown {
            format!("**{text}**")
        } else {
            text.to_owned()
        }
    }

    fn paragraph(&mut self, text: String) {
        self.sections.push(text);
    }

    fn list(&mut self, lines: &[String]) {
        let lines = lines.iter().map(|line| format!("- {line}"));
        self.sections.push(lines.collect::<Vec<_>>().join("\n"));
    }

    /// A marking: how it is written in full, each part, and what is wrong with it.
    pub(super) fn marking(&mut self, marking: &Marking, view: &View<'_>) {
        let (text, scheme) = (view.slice(marking.span), view.scheme());
        let explained = explain(text, scheme, marking.surface);
        let title = match explained.forms(scheme) {
            Some([long, ..]) => format!("{}, {}", self.strong(&long), scheme.title()),
            None => format!("{}, {}", self.strong(text), scheme.title()),
        };
        self.paragraph(title);
        let day = view.day();
        let parts = explained.parts.iter();
        let lines: Vec<String> = parts.map(|part| line_of_part(part, text, day)).collect();
        if !lines.is_empty() {
            self.list(&lines);
        }
        let wrong = explained.marking.faults.iter().map(|fault| {
            let said = fault.message(&explained.marking, text, scheme);
            let authority = fault.authority(&explained.marking, scheme).join("; ");
            format!("{said} ({authority})")
        });
        let wrong: Vec<String> = wrong.collect();
        if !wrong.is_empty() {
            self.paragraph(self.strong("what is wrong with it"));
            self.list(&wrong);
        }
    }

    /// What the portions require of the whole, and which of them force each part.
    pub(super) fn required(&mut self, view: &View<'_>) {
        let portions = portions(view);
        let Some(required) = &view.examined.wording().required else {
            let why = if portions.is_empty() {
                "no portion is marked, so that nothing is required of the whole"
            } else {
                "not every portion is marked, so that it is not known what they require"
            };
            return self.paragraph(why.to_owned());
        };
        let said = format!("the portions require {}", self.strong(required));
        self.paragraph(said);
        let texts = portions.iter().map(|(_, marking)| view.slice(marking.span));
        let Rolled { because, .. } = roll_up(texts, view.scheme());
        let lines = because.iter().map(|(part, from)| {
            let mut named: Vec<String> = from
                .iter()
                .filter_map(|&index| portions.get(index))
                .take(NAMED)
                .map(|(element, marking)| {
                    let line = view.places.position(element.span.start).line + 1;
                    format!("`{}` in line {line}", view.slice(marking.span))
                })
                .collect();
            if let Some(more) = from.len().checked_sub(NAMED).filter(|&more| more > 0) {
                named.push(format!("{more} more"));
            }
            format!("`{part}`: {}", named.join(", "))
        });
        self.list(&lines.collect::<Vec<_>>());
    }

    /// A word of a vocabulary.
    pub(super) fn term(&mut self, term: &Term, view: &View<'_>) {
        let mut line = self.strong(&term.word);
        if !term.title.is_empty() {
            line.push_str(": ");
            line.push_str(&term.title);
        }
        self.paragraph(line);
        let mut lines = lifetime(
            term.since.map(|day| day.0),
            term.until.map(|day| day.0),
            view.day(),
        );
        if let Some(next) = &term.replaced_by {
            lines.push(format!("`{next}` is used in its place"));
        }
        let control = term.control.as_deref();
        let control = control.and_then(|name| view.scheme().control_named(name));
        if let Some(control) = control.map(|id| view.scheme().control(id)) {
            lines.push(format!(
                "states the control `{}`: {}",
                control.name, control.title
            ));
        }
        let level = term.level.as_deref();
        let level = level.and_then(|name| view.scheme().level_named(name));
        if let Some(level) = level.map(|id| view.scheme().level(id)) {
            lines.push(format!(
                "states the level `{}`: {}",
                level.name, level.title
            ));
        }
        if !term.authority.is_empty() {
            lines.push(format!("authority: {}", term.authority));
        }
        if !lines.is_empty() {
            self.list(&lines);
        }
    }

    /// A plain sentence.
    pub(super) fn sentence(&mut self, text: String) {
        self.paragraph(text);
    }

    /// A finding with its rule.
    pub(super) fn finding(&mut self, found: &Diagnostic, view: &View<'_>) {
        if self.markdown && !self.is_empty() {
            self.paragraph("---".to_owned());
        }
        let id = format!("`{}`", found.rule);
        let said = format!("{} {id}: {}", found.severity.word(), found.message);
        self.paragraph(said);
        if let Some(help) = &found.help {
            self.paragraph(format!("{}: {help}", self.strong("help")));
        }
        let Some(rule) = view.rules().rule(&found.rule) else {
            return;
        };
        let authority = rule.citations().join("; ");
        if !authority.is_empty() {
            self.paragraph(format!("{}: {authority}", self.strong("authority")));
        }
        self.paragraph(meaning(rule));
        if let Some(page) = view.page_of(&found.rule) {
            self.paragraph(page.0);
        }
    }
}

/// What a rule means, a line a paragraph.
fn meaning(rule: &Rule) -> String {
    let paragraphs = rule.explain().split("\n\n");
    let filled = paragraphs.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    filled.collect::<Vec<_>>().join("\n\n")
}

/// The marks of a draft that count towards what is required of the whole, as the engine counts them.
pub(super) fn portions<'v>(view: &View<'v>) -> Vec<(&'v Element, &'v Marking)> {
    let reading = view.reading();
    let kinds = [ElementKind::SubjectMark, ElementKind::Portion];
    let all = kinds.into_iter().flat_map(|kind| reading.of(kind));
    all.filter_map(|element| Some((element, element.marking()?)))
        .collect()
}

fn line_of_part(part: &Part, text: &str, day: Date) -> String {
    let written = text.get(part.span.range()).unwrap_or_default();
    let mut line = format!("`{written}`, {}: {}", part.category, part.name);
    if !part.title.is_empty() {
        line.push_str(", ");
        line.push_str(&part.title);
    }
    for said in lifetime(part.since, part.until, day) {
        line.push_str("; ");
        line.push_str(&said);
    }
    if !part.authority.is_empty() {
        line = format!("{line} ({})", part.authority);
    }
    line
}

/// Whether something may be used on a day, where that is limited.
fn lifetime(since: Option<Date>, until: Option<Date>, day: Date) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(since) = since {
        let early = if day < since {
            "not used before"
        } else {
            "used since"
        };
        said.push(format!("{early} {since}"));
    }
    if let Some(until) = until {
        let over = if until < day {
            "obsolete: not used after"
        } else {
            "used until"
        };
        said.push(format!("{over} {until}"));
    }
    said
}
