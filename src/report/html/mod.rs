//! One page for a browser, for the head of an office: whole without any script, with no outside address.
//!
//! Rows are written as drafts finish and wait in files; totals stand above them, so that the page is
//! put together at the end. Rows stand in small tables that a browser lays out only when they are seen.

mod rows;
mod totals;

use super::json::NotExamined;
use super::spool::Spool;
use super::{DraftRecord, Ending, Found, MissedRecord, Report};
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
        self.documents.row(rows::document(draft, self.redact))?;
        for found in &draft.findings {
            self.findings.row(rows::finding(found, self.redact))?;
        }
        Ok(())
    }

    fn missed(&mut self, missed: &MissedRecord, _out: &mut dyn Write) -> io::Result<()> {
        let NotExamined {
            path,
            cause,
            detail,
        } = &missed.missed;
        self.missed.row(rows::missed(path, *cause, detail))
    }

    fn configuration(&mut self, found: &[Found], _out: &mut dyn Write) -> io::Result<()> {
        let mut found = found.iter();
        found.try_for_each(|found| self.findings.row(rows::finding(found, self.redact)))
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

    fn row(&mut self, row: Markup) -> io::Result<()> {
        if self.rows.is_multiple_of(ROWS) {
            if self.rows > 0 {
                self.waiting.write_all(b"</tbody></table></div>\n")?;
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

    fn pour(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.waiting.write_all(b"</tbody></table></div>\n")?;
        self.waiting.pour(out)
    }
}
