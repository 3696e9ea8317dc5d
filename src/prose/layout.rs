//! What each line of a document is: text, code, front matter, a banner, the furniture of a page.

use super::Draft;
use super::banner::{BannerLine, Heads, PageLine, banner, page_line};
use super::field::Fields;
use crate::document::Line;
use crate::marking::Scheme;

/// The language in which the layout of a text is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    /// None: blank lines and indents.
    Plain,
    /// Markdown.
    Markdown,
    /// `AsciiDoc`.
    AsciiDoc,
    /// reStructuredText.
    Restructured,
}

impl Markup {
    /// By the ending of the file's name, else by a fence or a heading within the text.
    pub(super) fn of(name: &str, text: &str) -> Self {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(ending));
        if is(&["md", "markdown", "mdown", "mkd", "mdx"]) {
            Self::Markdown
        } else if is(&["adoc", "asciidoc", "asc"]) {
            Self::AsciiDoc
        } else if is(&["rst", "rest"]) {
            Self::Restructured
        } else if text.contains("\n```") || text.contains("\n## ") {
            Self::Markdown
        } else {
            Self::Plain
        }
    }
}

/// Most bytes of a line that holds only the number of a page.
const LONGEST_NUMBER: usize = 24;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Nothing on it.
    Blank,
    /// Text.
    Text,
    /// Code, comment or front matter: passed over.
    Skipped,
    /// A rule across the page, or the line below a heading.
    Rule,
    /// A page number or a page break.
    Page,
    /// A banner.
    Banner,
}

/// The lines of a document, told apart.
#[derive(Debug)]
pub(super) struct Layout {
    /// What each line is.
    pub(super) kinds: Vec<LineKind>,
    /// The banners among them.
    pub(super) banners: Vec<BannerLine>,
    /// Lines before which a form feed stands.
    pub(super) breaks: Vec<usize>,
}

/// What is passed over, and what ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Skipping {
    /// A line that begins with the same three or more characters.
    Fence(u8, usize),
    /// The end of front matter.
    Matter,
    /// The end of a comment.
    Comment,
    /// A line that is indented no deeper than this.
    Indent(u32),
}

/// Tells the lines of a text apart.
pub(super) fn layout(
    draft: Draft<'_>,
    lines: &[Line],
    markup: Markup,
    fields: Fields<'_>,
) -> Layout {
    let Draft { text, scheme, .. } = draft;
    let teller = Teller {
        heads: Heads::of(scheme),
        scheme,
        fields,
    };
    let mut layout = Layout {
        kinds: Vec::with_capacity(lines.len()),
        banners: Vec::new(),
        breaks: Vec::new(),
    };
    let mut skipping = None;
    let mut end = 0;
    for (index, line) in lines.iter().enumerate() {
        let between = text.get(end..line.span.start as usize).unwrap_or_default();
        if between.contains('\x0c') {
            layout.breaks.push(index);
        }
        end = line.span.end as usize;
        let words = text.get(line.span.range()).unwrap_or_default();
        let kind = match skipping {
            Some(inside) => skipped(inside, words, line, &mut skipping),
            None => None,
        };
        let kind = kind.unwrap_or_else(|| {
            skipping = opens(index, words, line, markup, &layout.kinds);
            // The line that announces a literal block in reStructuredText is itself text.
            if skipping.is_some() && markup != Markup::Restructured {
                return LineKind::Skipped;
            }
            teller.kind(words, line, index, &mut layout.banners)
        });
        layout.kinds.push(kind);
    }
    layout
}

/// A line within something that is passed over; `None` where it is outside again.
fn skipped(
    inside: Skipping,
    words: &str,
    line: &Line,
    skipping: &mut Option<Skipping>,
) -> Option<LineKind> {
    let ends = match inside {
        Skipping::Fence(letter, count) => {
            run(words, letter) >= count && words.bytes().all(|byte| byte == letter)
        }
        Skipping::Matter => words == "---" || words == "...",
        Skipping::Comment => words.contains("-->"),
        Skipping::Indent(indent) => {
            if words.is_empty() {
                return Some(LineKind::Blank);
            }
            if line.indent <= indent {
                *skipping = None;
                return None;
            }
            return Some(LineKind::Skipped);
        }
    };
    if ends {
        *skipping = None;
    }
    Some(LineKind::Skipped)
}

/// What a line opens that is to be passed over.
fn opens(
    index: usize,
    words: &str,
    line: &Line,
    markup: Markup,
    kinds: &[LineKind],
) -> Option<Skipping> {
    if index == 0 && words == "---" {
        return Some(Skipping::Matter);
    }
    let first = words.bytes().next()?;
    let count = run(words, first);
    match markup {
        Markup::AsciiDoc => {
            let delimits = matches!(first, b'-' | b'.' | b'+') && count >= 4;
            (delimits && count == words.len()).then_some(Skipping::Fence(first, count))
        }
        Markup::Restructured => (words.ends_with("::") || words.starts_with(".. code"))
            .then_some(Skipping::Indent(line.indent)),
        Markup::Markdown | Markup::Plain => {
            if words.starts_with("<!--") && !words.contains("-->") {
                return Some(Skipping::Comment);
            }
            if matches!(first, b'`' | b'~') && count >= 3 {
                return Some(Skipping::Fence(first, count));
            }
            let before = kinds.last();
            let code = markup == Markup::Markdown
                && line.indent >= 4
                && matches!(before, None | Some(LineKind::Blank))
                && !in_list(kinds);
            code.then_some(Skipping::Indent(3))
        }
    }
}

/// Whether the last text above was not left by a blank line and an outdent: kept simple on purpose, as
/// an indented line after a list item belongs to it.
fn in_list(kinds: &[LineKind]) -> bool {
    kinds
        .iter()
        .rev()
        .take_while(|kind| !matches!(kind, LineKind::Skipped | LineKind::Page))
        .any(|kind| *kind == LineKind::Text)
}

/// How often a byte is repeated at the start of a text.
fn run(text: &str, letter: u8) -> usize {
    text.bytes().take_while(|byte| *byte == letter).count()
}

/// What a line is told by.
struct Teller<'s> {
    heads: Heads<'s>,
    scheme: &'s Scheme,
    fields: Fields<'s>,
}

impl Teller<'_> {
    fn kind(
        &self,
        words: &str,
        line: &Line,
        index: usize,
        banners: &mut Vec<BannerLine>,
    ) -> LineKind {
        let Some(first) = words.bytes().next() else {
            return LineKind::Blank;
        };
        if words.len() >= 3 && !first.is_ascii_alphanumeric() && run(words, first) == words.len() {
            return LineKind::Rule;
        }
        let (marking, beside_page, labelled) = match self.page(words, line) {
            Some(PageLine::Banner(marking, beside_page)) => (marking, beside_page, false),
            Some(PageLine::Labelled(marking)) => (marking, false, true),
            Some(PageLine::Number) => return LineKind::Page,
            None => return LineKind::Text,
        };
        let mut banner = BannerLine::of(index, &marking);
        let level = banner.level.map(|level| self.scheme.level(level));
        banner.plain = !banner.strong && level.is_some_and(|level| level.ordinary);
        if banner.plain && !marking.faults.is_empty() {
            return LineKind::Text;
        }
        (banner.beside_page, banner.labelled) = (beside_page, labelled);
        banners.push(banner);
        LineKind::Banner
    }

    /// What a line is to the pages; a mail names the marking of the whole behind a label.
    fn page(&self, words: &str, line: &Line) -> Option<PageLine> {
        if !self.heads.may_be_banner(words) && words.len() > LONGEST_NUMBER {
            return None;
        }
        page_line(words, line.span.start, self.scheme).or_else(|| {
            let (group, start) = self.fields.at_start(words)?;
            let value = words.get(start..).filter(|_| group == "classification")?;
            let place = line.span.start + u32::try_from(start).ok()?;
            let marking = banner(value, place, self.scheme)?;
            Some(PageLine::Labelled(Box::new(marking)))
        })
    }
}
