//! One page for a browser, for the head of an office: whole without any script, with no outside address.
//!
//! Rows are written as drafts finish and wait in files; totals stand above them, so that the page is
//! put together at the end. Rows stand in small tables, and behind the first ones in folds that a browser
//! lays out only when they are opened; the script draws one table's worth of rows at a time.

mod rows;
mod totals;

use super::json::NotExamined;
use super::spool::Spool;
use super::{DraftRecord, Ending, Found, MissedRecord, Report, one_line};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};
use totals::Totals;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Rows of one table.
const ROWS: usize = 200;

/// Rows that are seen at once, and rows of each fold behind them.
const FOLD: usize = 5 * ROWS;

/// The report as a page.
#[derive(Debug)]
pub struct Html {
    redact: bool,
    totals: Totals,
    documents: Table,
    findings: Table,
    missed: Table,
}

impl Html {
    /// A page; with `redact` it holds no text of a draft.
    pub fn new(redact: bool) -> Self {
        Self {
            redact,
            totals: Totals::default(),
            documents: Table::new(rows::document_head()),
            findings: Table::new(rows::finding_head()),
            missed: Table::new(rows::missed_head()),
        }
    }

    fn head(&self, ending: &Ending<'_>) -> Markup {
        let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
            hash(STYLE),
            hash(SCRIPT)
        );
        let summary = &ending.tally.summary;
        let figures = [
            (summary.examined, "examined", ""),
            (summary.not_examined(), "not examined", ""),
            (summary.errors, "errors", "error"),
            (summary.warnings, "warnings", "warning"),
            (summary.advice, "advice", "advice"),
            (summary.suppressed, "accepted", ""),
        ];
        html! {
            (DOCTYPE)
            (PreEscaped("<html lang=\"en\"><head><meta charset=\"utf-8\">"))
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="generator" content=(concat!("caveat ", env!("CARGO_PKG_VERSION")));
            title { "Report on markings" }
            style { (PreEscaped(STYLE)) }
            (PreEscaped("</head><body>"))
            (self.marking(ending))
            (PreEscaped("<main>"))
            header {
                h1 { "Report on markings" }
                (totals::verdict(ending))
            }
            ul.figures {
                @for (count, word, class) in figures {
                    li { b class=(class) { (count) } span.soft { (word) } }
                }
            }
            (self.totals.markup(&ending.tally.rules, summary))
        }
    }

    /// The line on how high the page is classified by what it quotes; nothing where it quotes nothing.
    fn marking(&self, ending: &Ending<'_>) -> Markup {
        let levels = ending.tally.quoted.levels().filter(|_| !self.redact);
        html! {
            @if let Some(levels) = levels {
                div.marking { (levels) }
            }
        }
    }
}

impl Report for Html {
    fn draft(&mut self, draft: &DraftRecord, _out: &mut dyn Write) -> io::Result<()> {
        self.totals.draft(draft);
        let path = &draft.document.path;
        self.documents
            .row(path, rows::document(draft, self.redact))?;
        for found in &draft.findings {
            self.findings.row(path, rows::finding(found, self.redact))?;
        }
        Ok(())
    }

    fn missed(&mut self, missed: &MissedRecord, _out: &mut dyn Write) -> io::Result<()> {
        let NotExamined {
            path,
            cause,
            detail,
        } = &missed.missed;
        self.missed.row(path, rows::missed(path, *cause, detail))
    }

    fn configuration(&mut self, found: &[Found], _out: &mut dyn Write) -> io::Result<()> {
        let mut found = found.iter();
        found.try_for_each(|found| {
            let path = &found.finding.path;
            self.findings.row(path, rows::finding(found, self.redact))
        })
    }

    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.head(ending).into_string().as_bytes())?;
        let redact = self.redact;
        let lists = [
            (&mut self.findings, "Findings"),
            (
                &mut self.documents,
                "Documents: the header against what the portions require",
            ),
            (&mut self.missed, "Not examined"),
        ];
        for (table, title) in lists {
            if table.is_empty() {
                continue;
            }
            let open = format!("<section data-list><h2>{title}</h2>");
            out.write_all(open.as_bytes())?;
            table.pour(out)?;
            out.write_all(b"</section>")?;
        }
        let note = if redact {
            "No text of a draft stands on this page. "
        } else {
            ""
        };
        let foot = html! {
            footer.soft {
                p { (note) "Written by caveat " (env!("CARGO_PKG_VERSION")) "; " code { "caveat explain RULE" } " has each rule in full." }
            }
            (PreEscaped("</main>"))
            (self.marking(ending))
            script { (PreEscaped(SCRIPT)) }
            (PreEscaped("</body></html>"))
        };
        writeln!(out, "{}", foot.into_string())
    }
}

/// Rows that wait, in small tables.
#[derive(Debug)]
struct Table {
    head: String,
    rows: usize,
    waiting: Spool,
}

impl Table {
    fn new(head: Markup) -> Self {
        Self {
            head: head.into_string(),
            rows: 0,
            waiting: Spool::default(),
        }
    }

    const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Adds a row on what lies at a path.
    fn row(&mut self, path: &str, row: Markup) -> io::Result<()> {
        if self.rows.is_multiple_of(ROWS) {
            self.end_table()?;
            if self.rows > 0 && self.rows.is_multiple_of(FOLD) {
                self.fold(path)?;
            }
            write!(
                self.waiting,
                "<div class=\"chunk\"><table>{}<tbody>",
                self.head
            )?;
        }
        self.rows += 1;
        writeln!(self.waiting, "{}", row.into_string())
    }

    fn end_table(&mut self) -> io::Result<()> {
        let end: &[u8] = if self.rows > 0 {
            b"</tbody></table></div>\n"
        } else {
            b""
        };
        self.waiting.write_all(end)
    }

    /// Ends the fold before this row, if there is one, and begins another.
    fn fold(&mut self, path: &str) -> io::Result<()> {
        if self.rows > FOLD {
            self.waiting.write_all(b"</details>\n")?;
        }
        let said = html! { "Rows from " (self.rows + 1) ", " (one_line(path)) };
        let said = said.into_string();
        writeln!(self.waiting, "<details><summary>{said}</summary>")
    }

    fn pour(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.end_table()?;
        if self.rows > FOLD {
            self.waiting.write_all(b"</details>\n")?;
        }
        self.waiting.pour(out)
    }
}

#[cfg(test)]
mod tests {
    use super::{FOLD, ROWS, Table};
    use maud::html;

    /// Tables, folds and rows of a list, all of them closed.
    fn counts(rows: usize) -> [usize; 3] {
        let mut table = Table::new(html! {});
        for number in 0..rows {
            let path = format!("<{number}>");
            table.row(&path, html! { tr { td { (path) } } }).unwrap();
        }
        let mut page = Vec::new();
        table.pour(&mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        ["table", "details", "tr"].map(|tag| {
            let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
            let open = page.matches(&open).count();
            assert_eq!(open, page.matches(&close).count(), "{tag} of {rows} rows");
            open
        })
    }

    #[test]
    fn rows_stand_in_small_tables_and_beyond_the_first_in_folds() {
        assert_eq!(counts(1), [1, 0, 1]);
        assert_eq!(counts(ROWS + 1), [2, 0, ROWS + 1]);
        assert_eq!(counts(FOLD), [5, 0, FOLD]);
        assert_eq!(counts(FOLD + 1), [6, 1, FOLD + 1]);
        assert_eq!(counts(3 * FOLD), [15, 2, 3 * FOLD]);
    }
}
