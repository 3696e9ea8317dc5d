//! The inventory: a row for each path, for tables and data bases.

use super::{DraftRecord, Ending, Found, MissedRecord, Report};
use crate::diagnostic::Severity;
use crate::input::Cause;
use crate::reading::Form;
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// How its rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InventoryFormat {
    /// A table with a line of column names.
    Csv,
    /// An object on each line.
    JsonLines,
}

/// The inventory of a run.
#[derive(Debug, Clone, Copy)]
pub struct Inventory(pub InventoryFormat);

/// A path, with what is known of its draft.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row<'r> {
    /// Version of this format: 1.
    version: u32,
    /// The file, or a folder that is left out.
    path: &'r str,
    /// Which kind of draft it is; null where it was not examined.
    form: Option<Form>,
    /// The marking scheme; null where the draft carries no marking.
    scheme: Option<&'r str>,
    /// The day by whose rules it was judged.
    date: Option<&'r str>,
    /// The level of its marking.
    level: Option<&'r str>,
    /// Its marking; in a redacted report in words of the scheme alone.
    header: Option<&'r str>,
    /// What the portions demand of the header, in the same manner; null where they cannot say.
    required_header: Option<&'r str>,
    /// How many portions carry a mark.
    portions: usize,
    /// Portions whose level is known, by level, the highest first.
    portions_by_level: Vec<Portions<'r>>,
    /// Findings of severity error.
    errors: usize,
    /// Findings of severity warning.
    warnings: usize,
    /// Findings of severity advice.
    advice: usize,
    /// Why it was not examined; null where it was.
    not_examined: Option<Cause>,
    /// The circumstances of that.
    detail: Option<&'r str>,
}

/// Portions of one level.
#[derive(Debug, Serialize, JsonSchema)]
struct Portions<'r> {
    /// The level.
    level: &'r str,
    /// How many.
    count: usize,
}

/// Names of the columns, in the order of [`Row::cells`].
const COLUMNS: [&str; 14] = [
    "path",
    "form",
    "scheme",
    "date",
    "level",
    "header",
    "required_header",
    "portions",
    "portions_by_level",
    "errors",
    "warnings",
    "advice",
    "not_examined",
    "detail",
];

impl<'r> Row<'r> {
    fn of_draft(draft: &'r DraftRecord) -> Self {
        let (document, words) = (&draft.document, &draft.words);
        let header = document.marking.as_ref().or(words.header.as_ref());
        let required = document.required.as_ref().or(words.required.as_ref());
        let levels = draft.levels.iter();
        Self {
            version: 1,
            path: &document.path,
            form: Some(document.form),
            scheme: document.scheme.as_deref(),
            date: document.date.as_deref(),
            level: document.level.as_deref(),
            header: header.or(document.level.as_ref()).map(String::as_str),
            required_header: required.map(String::as_str),
            portions: document.portions,
            portions_by_level: levels
                .map(|(level, count)| Portions {
                    level,
                    count: *count,
                })
                .collect(),
            errors: draft.count(Severity::Error),
            warnings: draft.count(Severity::Warning),
            advice: draft.count(Severity::Advice),
            not_examined: None,
            detail: None,
        }
    }

    fn of_missed(missed: &'r MissedRecord) -> Self {
        Self {
            version: 1,
            path: &missed.missed.path,
            form: None,
            scheme: None,
            date: None,
            level: None,
            header: None,
            required_header: None,
            portions: 0,
            portions_by_level: Vec::new(),
            errors: 0,
            warnings: 0,
            advice: 0,
            not_examined: Some(missed.missed.cause),
            detail: Some(&missed.missed.detail),
        }
    }

    /// The cells of a table.
    fn cells(&self) -> [Cow<'_, str>; COLUMNS.len()] {
        let text = |text: Option<&'r str>| unarmed(text.unwrap_or_default());
        // What was not examined has no counts: a zero would say that nothing was found.
        let count = |count: usize| match self.not_examined {
            Some(_) => Cow::Borrowed(""),
            None => Cow::Owned(count.to_string()),
        };
        let levels = self.portions_by_level.iter();
        let levels = levels.map(|portions| format!("{}: {}", portions.level, portions.count));
        [
            unarmed(self.path),
            text(self.form.map(Form::word)),
            text(self.scheme),
            text(self.date),
            text(self.level),
            text(self.header),
            text(self.required_header),
            count(self.portions),
            Cow::Owned(unarmed(&levels.collect::<Vec<_>>().join("; ")).into_owned()),
            count(self.errors),
            count(self.warnings),
            count(self.advice),
            text(self.not_examined.map(Cause::word)),
            text(self.detail),
        ]
    }

    fn write(&self, format: InventoryFormat, out: &mut dyn Write) -> io::Result<()> {
        match format {
            InventoryFormat::Csv => record(self.cells().iter().map(|cell| cell.as_bytes()), out),
            InventoryFormat::JsonLines => {
                serde_json::to_writer(&mut *out, self)?;
                out.write_all(b"\n")
            }
        }
    }
}

impl Report for Inventory {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.0 {
            InventoryFormat::Csv => record(COLUMNS.iter().map(|name| name.as_bytes()), out),
            InventoryFormat::JsonLines => Ok(()),
        }
    }

    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        Row::of_draft(draft).write(self.0, out)
    }

    fn missed(&mut self, missed: &MissedRecord, out: &mut dyn Write) -> io::Result<()> {
        Row::of_missed(missed).write(self.0, out)
    }

    fn configuration(&mut self, _found: &[Found], _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn close(&mut self, _ending: &Ending<'_>, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A cell that a spreadsheet does not take for a formula: names of files are chosen by strangers.
fn unarmed(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A line of the table.
fn record<'c>(cells: impl Iterator<Item = &'c [u8]>, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = csv::WriterBuilder::new()
        .buffer_capacity(512)
        .from_writer(out);
    lines.write_record(cells)?;
    lines.flush()
}

#[cfg(test)]
mod tests {
    use super::unarmed;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(unarmed(cell), format!("'{cell}"));
        }
        assert_eq!(unarmed("a=b"), "a=b");
    }
}
