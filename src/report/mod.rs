//! L9: findings for people and for programs. Every path is accounted for in each form.

mod concise;
mod excerpt;
pub mod json;
mod rule_page;
mod terminal;

pub use concise::Concise;
pub use json::Json;
pub use rule_page::rule_page;
pub use terminal::{Look, Terminal};

use crate::audit::Examined;
use crate::diagnostic::{Diagnostic, Severity};
use crate::input::Cause;
use crate::rules::{Rule, RuleSet};
use crate::text::{LineColumn, Source};
use crate::walk::Missed;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// A form of report: it writes single findings, on many threads, and then the end.
pub trait Report: Sync {
    /// What stands before the first finding.
    fn opening(&self) -> &'static str {
        ""
    }

    /// What stands between two findings.
    fn between(&self) -> &'static str {
        ""
    }

    /// One finding.
    fn finding(&self, place: &Place<'_>, found: &Diagnostic) -> String;

    /// What is said of a draft as a whole, for the end of the report.
    fn document(&self, _draft: &Examined) -> Option<String> {
        None
    }

    /// The end: what was examined, and why the rest was not.
    fn closing(&self, ending: &Ending<'_>) -> String;
}

/// Where a finding stands: in a draft, or in a configuration file.
#[derive(Debug, Clone, Copy)]
pub struct Place<'r> {
    /// The path, as it was asked for or found.
    pub path: &'r Path,
    /// The text.
    pub source: &'r Source,
    /// The rules, which know the authorities.
    pub rules: &'r RuleSet,
    /// Whether no word of the text may be shown.
    pub redact: bool,
}

impl Place<'_> {
    fn authority(&self, rule: &str) -> &[String] {
        self.rules.rule(rule).map_or(&[], Rule::citations)
    }

    fn line_column(&self, offset: u32) -> LineColumn {
        self.source
            .line_index()
            .line_column(offset, self.source.text())
    }
}

/// What stands at the end of a report.
#[derive(Debug)]
pub struct Ending<'r> {
    /// What was counted.
    pub summary: &'r Summary,
    /// What [`Report::document`] said of each draft.
    pub documents: &'r [String],
    /// Every path that was not examined.
    pub missed: &'r [Missed],
    /// The closing sentence, and a line for each cause.
    pub sentences: &'r [String],
    /// Whether findings are to be counted by rule.
    pub statistics: bool,
}

/// What was counted in a run.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Drafts that were read and judged.
    pub examined: usize,
    /// Paths that were not, by cause.
    pub missed: BTreeMap<Cause, usize>,
    /// Findings by rule, with the highest weight that one had.
    pub rules: BTreeMap<Arc<str>, (Severity, usize)>,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity advice.
    pub advice: usize,
    /// Findings that an `[[allow]]` entry took out.
    pub suppressed: usize,
    /// Findings that weigh at least as much as `fail-on` says for their draft.
    pub failing: usize,
    /// Drafts whose examination ended in a panic.
    pub panics: usize,
    /// Drafts that were read as Windows-1252 because they are no UTF-8.
    pub guessed: usize,
}

impl Summary {
    /// Counts a finding.
    pub fn count(&mut self, found: &Diagnostic, fails: bool) {
        match found.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Advice => self.advice += 1,
        }
        self.failing += usize::from(fails);
        let entry = self
            .rules
            .entry(Arc::clone(&found.rule))
            .or_insert((found.severity, 0));
        *entry = (entry.0.max(found.severity), entry.1 + 1);
    }

    /// Counts what another part of the run counted.
    pub fn add(&mut self, other: &Self) {
        self.examined += other.examined;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.advice += other.advice;
        self.suppressed += other.suppressed;
        self.failing += other.failing;
        self.panics += other.panics;
        self.guessed += other.guessed;
        for (&cause, count) in &other.missed {
            *self.missed.entry(cause).or_default() += count;
        }
        for (rule, &(severity, count)) in &other.rules {
            let entry = self.rules.entry(Arc::clone(rule)).or_insert((severity, 0));
            *entry = (entry.0.max(severity), entry.1 + count);
        }
    }

    /// All findings.
    pub const fn findings(&self) -> usize {
        self.errors + self.warnings + self.advice
    }

    /// Paths that were not examined.
    pub fn not_examined(&self) -> usize {
        self.missed.values().sum()
    }
}

/// Writes pages one after another, with what belongs between them.
pub struct Printer<'r> {
    report: &'r dyn Report,
    out: &'r mut dyn Write,
    documents: Vec<String>,
    begun: bool,
}

impl<'r> Printer<'r> {
    /// Begins a report.
    ///
    /// # Errors
    /// The reader is gone.
    pub fn new(report: &'r dyn Report, out: &'r mut dyn Write) -> io::Result<Self> {
        out.write_all(report.opening().as_bytes())?;
        Ok(Self {
            report,
            out,
            documents: Vec::new(),
            begun: false,
        })
    }

    /// Writes findings, and keeps what is said of their draft for the end.
    ///
    /// # Errors
    /// The reader is gone.
    pub fn page(&mut self, findings: &[String], document: Option<String>) -> io::Result<()> {
        for finding in findings {
            if std::mem::replace(&mut self.begun, true) {
                self.out.write_all(self.report.between().as_bytes())?;
            }
            self.out.write_all(finding.as_bytes())?;
        }
        self.documents.extend(document);
        Ok(())
    }

    /// Writes the end.
    ///
    /// # Errors
    /// The reader is gone.
    pub fn close(
        self,
        summary: &Summary,
        missed: &[Missed],
        sentences: &[String],
        statistics: bool,
    ) -> io::Result<()> {
        let ending = Ending {
            summary,
            documents: &self.documents,
            missed,
            sentences,
            statistics,
        };
        let closing = self.report.closing(&ending);
        self.out.write_all(closing.as_bytes())?;
        self.out.flush()
    }
}

impl std::fmt::Debug for Printer<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Printer")
            .field("documents", &self.documents.len())
            .finish_non_exhaustive()
    }
}

/// Text that cannot move the cursor, colour the screen, or turn the reading direction of a terminal.
///
/// A draft may hold such characters, and reports quote drafts.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| shown(letter) == letter) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(shown).collect())
    }
}

/// The same on one line: line ends become blanks.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) {
        let lines: Vec<&str> = text.split(['\n', '\r']).map(str::trim).collect();
        Cow::Owned(harmless(&lines.join(" ")).into_owned())
    } else {
        harmless(text)
    }
}

/// What is written in place of a character: a picture of a control, a mark for one that turns the text.
pub(crate) fn shown(letter: char) -> char {
    match letter {
        '\t' | '\n' => letter,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => letter,
    }
}

/// The closing sentences as a text report ends with them.
fn closing_text(ending: &Ending<'_>) -> String {
    let mut lines = Vec::new();
    if ending.statistics {
        let mut rules: Vec<_> = ending.summary.rules.iter().collect();
        rules.sort_by_key(|&(rule, &(severity, count))| {
            (std::cmp::Reverse((severity, count)), rule)
        });
        for (rule, &(severity, count)) in rules {
            lines.push(format!("{count:>7} {:<7} {rule}", severity.word()));
        }
    }
    lines.extend_from_slice(ending.sentences);
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{harmless, one_line};

    #[test]
    fn a_draft_cannot_steer_the_terminal() {
        assert_eq!(harmless("plain \u{b6} text\n"), "plain \u{b6} text\n");
        assert_eq!(
            harmless("\u{1b}[2J\u{c}\u{202e}x"),
            "\u{241b}[2J\u{240c}\u{fffd}x"
        );
        assert_eq!(one_line("a\r\n  b\nc"), "a  b c");
    }
}
