//! L13: findings for people and for programs. Every path is accounted for in each form.
//!
//! A draft becomes a [`DraftRecord`], plain data, on the thread that examined it; every report is
//! written from such records, in the order of the paths, be they fresh or read from a journal.

mod concise;
mod excerpt;
mod github;
mod gitlab;
mod grouped;
mod html;
mod inventory;
pub mod journal;
pub mod json;
mod json_lines;
mod junit;
mod marked;
mod outputs;
mod quoted;
mod record;
mod rule_page;
mod sarif;
mod spool;
mod statistics;
mod summary;
mod terminal;

pub use concise::Concise;
pub use excerpt::{Cut, Quotation};
pub use github::GitHub;
pub use gitlab::GitLab;
pub use grouped::Grouped;
pub use html::Html;
pub use inventory::{Inventory, InventoryFormat, Row as InventoryRow};
pub use json::Json;
pub use json_lines::{JsonLines, Line};
pub use junit::Junit;
pub use marked::Marked;
pub use outputs::{Outputs, Tally};
pub use quoted::Quoted;
pub use record::{DraftRecord, Found, InWords, Manner, MissedRecord, Place, RuleRecord};
pub use rule_page::rule_page;
pub use sarif::Sarif;
pub use statistics::{LevelCount, RuleCount, Statistics};
pub use summary::Summary;
pub use terminal::{Look, Terminal};

use std::borrow::Cow;
use std::io::{self, Write};

/// A form of report. It hears of every path in order, and writes what it can say at once.
pub trait Report {
    /// What stands before everything else.
    ///
    /// # Errors
    /// Nothing can be written any more; so it is with the others.
    fn open(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Whether it shows what a rule means.
    fn shows_pages(&self) -> bool {
        false
    }

    /// A draft with its findings.
    ///
    /// # Errors
    /// See [`Report::open`].
    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()>;

    /// A path that was not examined.
    ///
    /// # Errors
    /// See [`Report::open`].
    fn missed(&mut self, _missed: &MissedRecord, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What is found in the configuration itself, after the drafts.
    ///
    /// # Errors
    /// See [`Report::open`].
    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()>;

    /// The end: what was examined, and why the rest was not.
    ///
    /// # Errors
    /// See [`Report::open`].
    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()>;
}

/// What stands at the end of a report.
#[derive(Debug)]
pub struct Ending<'r> {
    /// What was counted, and which rules found something.
    pub tally: &'r Tally,
    /// The closing sentence, and a line for each cause.
    pub sentences: &'r [String],
    /// Whether findings are to be counted by rule.
    pub statistics: bool,
    /// Whether every path that was asked for was examined.
    pub complete: bool,
    /// The exit code.
    pub code: u8,
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

/// Writes the closing sentences as a text report ends with them.
fn close_text(ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Vec::new();
    if ending.statistics {
        let summary = &ending.tally.summary;
        lines.extend(Statistics::of(summary).lines(summary));
    }
    lines.extend_from_slice(ending.sentences);
    lines.push(String::new());
    out.write_all(lines.join("\n").as_bytes())
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
