//! Findings for people: an excerpt with labels, help and authority.

use super::excerpt::{CONTEXT, Cut, Excerpt};
use super::json::Finding;
use super::{DraftRecord, Ending, Found, Report, close_text, harmless, one_line};
use crate::diagnostic::Severity;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic};
use std::io::{self, Write};
use std::sync::Arc;

/// Columns that line numbers and their frame take.
const FRAME: usize = 8;

/// Narrowest excerpt.
const NARROWEST: usize = 60;

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether frames may be drawn with other characters than those of ASCII.
    pub unicode: bool,
    /// Whether to colour.
    pub colour: bool,
}

impl Look {
    /// A renderer that draws so.
    pub fn handler(self) -> GraphicalReportHandler {
        let theme = match (self.unicode, self.colour) {
            (true, true) => GraphicalTheme::unicode(),
            (true, false) => GraphicalTheme::unicode_nocolor(),
            (false, true) => GraphicalTheme::ascii(),
            (false, false) => GraphicalTheme::none(),
        };
        GraphicalReportHandler::new_themed(theme)
            .with_width(self.width)
            .with_context_lines(CONTEXT)
            .with_links(false)
    }
}

/// The report for people.
pub struct Terminal {
    handler: GraphicalReportHandler,
    look: Look,
    cut: Cut,
}

impl Terminal {
    /// A report for a terminal that looks so.
    pub fn new(look: Look) -> Self {
        Self {
            handler: look.handler(),
            look,
            cut: Cut {
                width: look.width.saturating_sub(FRAME).max(NARROWEST),
                mark: if look.unicode { '\u{2026}' } else { '~' },
            },
        }
    }

    fn render(&self, diagnostic: MietteDiagnostic, excerpt: Option<Excerpt>) -> String {
        let mut page = String::new();
        let report = miette::Report::new(diagnostic);
        let report = match excerpt {
            Some(excerpt) => report.with_source_code(excerpt),
            None => report,
        };
        // Writing to a String cannot fail, and an excerpt holds every place that is asked of it.
        if self
            .handler
            .render_report(&mut page, report.as_ref())
            .is_err()
        {
            page.push('\n');
        }
        page.push('\n');
        page
    }

    /// How excerpts are cut for it.
    pub const fn cut(&self) -> Cut {
        self.cut
    }

    /// Draws the findings of a draft, so that it need not be done when they are written.
    pub fn draw(&self, draft: &mut DraftRecord) {
        for found in &mut draft.findings {
            found.page = Some((self.look, self.finding(found)));
        }
    }

    /// One finding, with its excerpt where it has one.
    pub fn finding(&self, found: &Found) -> String {
        let finding = &found.finding;
        let code = format!("{}[{}]", finding.severity.word(), finding.rule);
        let diagnostic = MietteDiagnostic::new(one_line(&finding.message))
            .with_severity(severity(finding.severity))
            .with_help(help(finding));
        let Some(quotation) = &found.excerpt else {
            let (path, at) = (one_line(&finding.path), &finding.start);
            let code = format!("{code} {path}:{}:{}", at.line, at.column);
            return self.render(diagnostic.with_code(code), None);
        };
        let label = |text: &str| Some(one_line(text).into_owned()).filter(|text| !text.is_empty());
        let related = finding.related.iter().zip(&quotation.related);
        let labels = related.map(|(related, range)| {
            LabeledSpan::new_with_span(label(&related.message), range.clone())
        });
        let primary = quotation.primary.clone();
        let primary = LabeledSpan::new_primary_with_span(label(&quotation.label), primary);
        let labels: Vec<LabeledSpan> = std::iter::once(primary).chain(labels).collect();
        self.render(
            diagnostic.with_code(code).with_labels(labels),
            Some(quotation.excerpt.clone()),
        )
    }
}

impl Report for Arc<Terminal> {
    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        self.configuration(&draft.findings, out)
    }

    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
        for found in found {
            match &found.page {
                Some((look, page)) if *look == self.look => out.write_all(page.as_bytes())?,
                _ => out.write_all(self.finding(found).as_bytes())?,
            }
        }
        Ok(())
    }

    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        close_text(ending, out)
    }
}

fn help(finding: &Finding) -> String {
    let mut lines = Vec::new();
    if let Some(help) = &finding.help {
        lines.push(harmless(help).into_owned());
    }
    if !finding.authority.is_empty() {
        lines.push(format!("authority: {}", finding.authority.join("; ")));
    }
    lines.push(format!("more: caveat explain {}", finding.rule));
    lines.join("\n")
}

const fn severity(severity: Severity) -> miette::Severity {
    match severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
        Severity::Advice => miette::Severity::Advice,
    }
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Terminal")
            .field("cut", &self.cut)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Cut, Look, Terminal};
    use crate::diagnostic::{Diagnostic, Label, Severity};
    use crate::report::{Found, Manner, Place, concise};
    use crate::rules::RuleSet;
    use crate::text::{Source, Span};
    use std::path::Path;
    use std::sync::OnceLock;

    static RULES: OnceLock<RuleSet> = OnceLock::new();

    const PLAIN: Look = Look {
        width: 72,
        unicode: true,
        colour: false,
    };

    /// A draft of which every line but the last is short, and a finding with two places.
    fn shown(excerpts: Option<Cut>, report: &dyn Fn(&Found) -> String, redact: bool) -> String {
        let text = format!(
            "SEALED\n\nA \u{1b}[31m line.\n\n(S) {} end\n",
            "word ".repeat(100)
        );
        let source = Source::from_text("a.txt", text);
        let start = u32::try_from(source.text().find("(S)").unwrap()).unwrap();
        let mut found = Diagnostic::new("house/rule".into(), Span::new(start + 1, start + 2));
        found.severity = Severity::Warning;
        found.message = "`S` stands\nunder `SEALED`".to_owned();
        found.plain = "`…` stands under `…`".to_owned();
        found.label = "too low".to_owned();
        found.help = Some("raise it".to_owned());
        found.related.push(Label {
            message: "the banner".to_owned(),
            span: Span::new(0, 6),
        });
        if redact {
            found.redact();
        }
        let rules = RuleSet::shipped().unwrap();
        let place = Place {
            path: Path::new("a.txt"),
            source: &source,
            rules: &rules,
            redact,
        };
        let manner = Manner {
            excerpts,
            ..Manner::default()
        };
        report(&Found::new(&place, &found, true, manner))
    }

    /// The same as a terminal of that look shows it.
    fn seen(look: Look, redact: bool) -> String {
        let terminal = Terminal::new(look);
        shown(
            Some(terminal.cut()),
            &|found| terminal.finding(found),
            redact,
        )
    }

    #[test]
    fn a_finding_shows_its_places_help_and_page_and_cuts_long_lines() {
        let expected = "\
warning[house/rule]

  ⚠ `S` stands under `SEALED`
   ╭─[a.txt:1:1]
 1 │ SEALED
   · ───┬──
   ·    ╰── the banner
 2 │\x20
   ╰────
   ╭─[a.txt:5:2]
 4 │\x20
 5 │ (S) word word word word word word word word word word word word …
   ·  ┬
   ·  ╰── too low
   ╰────
  help: raise it
        more: caveat explain house/rule

";
        assert_eq!(seen(PLAIN, false), expected);
    }

    #[test]
    fn without_unicode_and_in_colour_the_same_words_stand() {
        let ascii = Look {
            unicode: false,
            ..PLAIN
        };
        let plain = seen(ascii, false);
        assert!(plain.is_ascii(), "{plain}");
        let colour = Look {
            colour: true,
            ..ascii
        };
        let coloured = seen(colour, false);
        assert!(coloured.contains("\u{1b}["));
        let parts = coloured.split('\u{1b}').map(|part| {
            let code = part.strip_prefix('[').and_then(|rest| rest.split_once('m'));
            code.map_or(part, |(_, rest)| rest)
        });
        assert_eq!(parts.collect::<String>(), plain);
    }

    #[test]
    fn a_redacted_finding_has_its_place_and_no_word_of_the_draft() {
        let expected = "\
warning[house/rule] a.txt:5:2

  ⚠ `…` stands under `…`
  help: raise it
        more: caveat explain house/rule

";
        assert_eq!(seen(PLAIN, true), expected);
        let line = "a.txt:5:2: warning house/rule `…` stands under `…`\n";
        assert_eq!(shown(None, &|found| concise::line(found), true), line);
    }

    proptest::proptest! {
        #[test]
        fn any_text_with_any_places_is_shown_and_cannot_steer_the_terminal(
            text in "([a-z\u{e9}\u{4e00}\t \r\n\u{c}\u{1b}\u{202e}]|word word ){0,80}",
            places in proptest::collection::vec((0..400_usize, 0..400_usize), 1..4),
            width in 20..100_usize,
        ) {
            let source = Source::from_text("a.txt", text);
            let text = source.text();
            let spans = places.iter().map(|&(start, end)| {
                let inside = |at: usize| text.floor_char_boundary(at.min(text.len()));
                let (start, end) = (inside(start.min(end)), inside(start.max(end)));
                Span::new(u32::try_from(start).unwrap(), u32::try_from(end).unwrap())
            });
            let spans: Vec<Span> = spans.collect();
            let mut found = Diagnostic::new("house/rule".into(), spans[0]);
            found.message = "message".to_owned();
            found.related = spans[1..]
                .iter()
                .map(|&span| Label { message: "label".to_owned(), span })
                .collect();
            let rules = RULES.get_or_init(|| RuleSet::shipped().unwrap());
            let place = Place { path: Path::new("a.txt"), source: &source, rules, redact: false };
            let terminal = Terminal::new(Look { width, ..PLAIN });
            let manner = Manner { excerpts: Some(terminal.cut()), ..Manner::default() };
            let shown = terminal.finding(&Found::new(&place, &found, true, manner));
            proptest::prop_assert!(shown.contains("a.txt:"), "{}", shown);
            let steers = shown.contains(['\u{1b}', '\u{c}', '\u{202e}', '\r']);
            proptest::prop_assert!(!steers);
        }
    }
}
