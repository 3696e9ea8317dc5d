//! `length`: a text may be so many lines long, and its lines so many characters.

use super::{Chosen, Draft, Finding, Kinds, Names, Run, Selector};
use crate::reading::KindSet;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// A text may be so many lines long, and each of its lines so many characters. Blank lines do not count.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Length {
    /// Whose text it is.
    pub what: Selector,
    /// Most lines; the finding stands at the first one beyond.
    pub lines: Option<usize>,
    /// Most characters of a line. Silent where more than a quarter of the lines are longer: then they were
    /// broken at another width, or not at all.
    pub columns: Option<usize>,
    /// How many characters more are let pass, since a text may be broken a little wider throughout.
    #[serde(default)]
    pub slack: usize,
    /// Lines that hold one of these do not count.
    #[serde(default)]
    pub except: Kinds,
}

#[derive(Debug)]
struct Measured {
    what: Chosen,
    lines: Option<usize>,
    columns: Option<usize>,
    slack: usize,
    except: KindSet,
}

impl Length {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Measured {
            what: self.what.compile(names),
            lines: self.lines,
            columns: self.columns,
            slack: self.slack,
            except: self.except.set(),
        })
    }
}

/// The lines of a text with words, without the blanks behind them.
fn lines(text: &str, from: u32) -> impl Iterator<Item = (&str, Span)> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let mut start = 0;
    ends.filter_map(move |end| {
        let line = text.get(start..end).unwrap_or_default();
        let at = from.saturating_add(u32::try_from(start).unwrap_or(u32::MAX));
        start = end + 1;
        // Most lines end in a letter or a stop; any other end may be a blank of several bytes.
        let whole = line.as_bytes().last().is_some_and(u8::is_ascii_graphic);
        let shown = if whole { line } else { line.trim_end() };
        let end = at.saturating_add(u32::try_from(shown.len()).unwrap_or(u32::MAX));
        (!shown.is_empty()).then_some((shown, Span::new(at, end)))
    })
}

/// The lines of a block, but for those that hold an element of some kinds.
fn lines_of<'a>(
    block: Span,
    except: KindSet,
    draft: &Draft<'a>,
) -> impl Iterator<Item = (&'a str, Span)> {
    let barred: Vec<Span> = if draft.kinds.intersects(except) {
        draft.of_any(except).map(|own| own.span).collect()
    } else {
        Vec::new()
    };
    let text = draft.text.get(block.range()).unwrap_or_default();
    lines(text, block.start).filter(move |(_, line)| {
        let first = barred.partition_point(|own| own.start < line.start);
        let mut within = barred.iter().skip(first);
        let mut within = within.by_ref().take_while(|own| own.start < line.end);
        !within.any(|own| line.contains(*own))
    })
}

/// What of a line stands behind so many characters.
fn beyond(line: &str, span: Span, most: usize) -> Option<Span> {
    if line.len() <= most {
        return None;
    }
    let start = if line.is_ascii() {
        most
    } else {
        line.char_indices().nth(most)?.0
    };
    let start = span.start + u32::try_from(start).unwrap_or(u32::MAX);
    Some(Span::new(start, span.end))
}

impl Measured {
    /// What of the lines of a block is too much.
    fn too_wide(&self, block: Span, most: usize, draft: &Draft<'_>) -> Vec<Span> {
        if draft.reading.widest as usize <= most {
            return Vec::new();
        }
        let (mut all, mut wide, mut long) = (0usize, 0usize, Vec::new());
        for (line, span) in lines_of(block, self.except, draft) {
            all += 1;
            if let Some(place) = beyond(line, span, most) {
                wide += 1;
                if beyond(line, span, most + self.slack).is_some() {
                    long.push(place);
                }
            }
        }
        if wide * 4 > all {
            long.clear();
        }
        long
    }
}

impl Run for Measured {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let finding =
            |place: Span, most: usize| Finding::at_place(place, draft).expecting(most.to_string());
        for block in self.what.all(draft) {
            let few = |most: usize| draft.reading.lines as usize <= most;
            if let Some(most) = self.lines.filter(|&most| !few(most)) {
                let mut more = lines_of(block.span, self.except, draft).skip(most);
                findings.extend(more.next().map(|(_, place)| finding(place, most)));
            }
            if let Some(most) = self.columns {
                let places = self.too_wide(block.span, most, draft);
                findings.extend(places.into_iter().map(|place| finding(place, most)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_are_given_without_blanks_behind_them_and_blank_ones_not_at_all() {
        let found: Vec<_> = lines("ONE  \r\n\n  TWO", 10).collect();
        let places = found
            .iter()
            .map(|(line, span)| (*line, span.start, span.end));
        assert_eq!(
            places.collect::<Vec<_>>(),
            [("ONE", 10, 13), ("  TWO", 18, 23)]
        );
    }
}
