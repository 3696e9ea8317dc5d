//! Findings for people: an excerpt with labels, help and authority.

use super::excerpt::{CONTEXT, Cut, Excerpt};
use super::{Ending, Place, Report, closing_text, harmless, one_line};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic};

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
    cut: Cut,
}

impl Terminal {
    /// A report for a terminal that looks so.
    pub fn new(look: Look) -> Self {
        Self {
            handler: look.handler(),
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
}

impl Report for Terminal {
    fn finding(&self, place: &Place<'_>, found: &Diagnostic) -> String {
        let code = format!("{}[{}]", found.severity.word(), found.rule);
        let diagnostic = MietteDiagnostic::new(one_line(&found.message))
            .with_severity(severity(found.severity))
            .with_help(help(place, found));
        let path = place.path.to_string_lossy();
        if place.redact {
            let at = place.line_column(found.primary.start);
            let code = format!("{code} {}:{}:{}", one_line(&path), at.line, at.column);
            return self.render(diagnostic.with_code(code), None);
        }
        let mut places: Vec<Span> = vec![found.primary];
        places.extend(found.related.iter().map(|label| label.span));
        let excerpt = Excerpt::new(&path, place.source, &places, self.cut);
        let primary = excerpt.place(place.source, found.primary);
        let label = |text: &str| Some(one_line(text).into_owned()).filter(|text| !text.is_empty());
        let labels = found.related.iter().map(|related| {
            let range = excerpt.place(place.source, related.span);
            LabeledSpan::new_with_span(label(&related.message), range)
        });
        let primary = LabeledSpan::new_primary_with_span(label(&found.label), primary);
        let labels: Vec<LabeledSpan> = std::iter::once(primary).chain(labels).collect();
        self.render(
            diagnostic.with_code(code).with_labels(labels),
            Some(excerpt),
        )
    }

    fn closing(&self, ending: &Ending<'_>) -> String {
        closing_text(ending)
    }
}

fn help(place: &Place<'_>, found: &Diagnostic) -> String {
    let mut lines = Vec::new();
    if let Some(help) = &found.help {
        lines.push(harmless(help).into_owned());
    }
    let authority = place.authority(&found.rule);
    if !authority.is_empty() {
        lines.push(format!("authority: {}", authority.join("; ")));
    }
    lines.push(format!("more: caveat explain {}", found.rule));
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
