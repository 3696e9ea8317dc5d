//! `length`: a text may be so many lines long, and its lines so many characters.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::KindSet;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// A text may be so many lines long, and each of its lines so many characters.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Length {
    /// Whose text it is.
    pub what: Selector,
    /// Most lines that are not blank.
    pub lines: Option<usize>,
    /// Most characters of a line. Silent where most lines are far longer: such a copy was unwrapped.
    pub columns: Option<usize>,
}

#[derive(Debug)]
struct Measured {
    what: Chosen,
    lines: Option<usize>,
    columns: Option<usize>,
}

impl Length {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Measured {
            what: self.what.compile(names),
            lines: self.lines,
            columns: self.columns,
        })
    }
}

/// The lines of a place that are not blank, each with its place and its length in characters.
fn lines(text: &str, span: Span) -> impl Iterator<Item = (Span, usize)> {
    let own = text.get(span.range()).unwrap_or_default();
    let mut start = span.start;
    own.split_inclusive('\n').filter_map(move |line| {
        let first = start;
        start += u32::try_from(line.len()).unwrap_or(u32::MAX);
        let bare = line.trim_end();
        let end = first + u32::try_from(bare.len()).unwrap_or(u32::MAX);
        (!bare.is_empty()).then(|| (Span::new(first, end), bare.chars().count()))
    })
}

impl Run for Measured {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        for element in self.what.all(draft) {
            let own = || lines(draft.text, element.span);
            if let Some(most) = self.lines
                && own().count() > most
                && let Some((first, _)) = own().next()
            {
                findings.push(Finding::at_place(first, draft).expecting(most.to_string()));
            }
            let Some(most) = self.columns else { continue };
            let count = own().count();
            let long = own().filter(|(_, length)| *length > most).count();
            if long * 2 <= count {
                let over = own().filter(|(_, length)| *length > most);
                findings.extend(
                    over.map(|(line, _)| {
                        Finding::at_place(line, draft).expecting(most.to_string())
                    }),
                );
            }
        }
    }
}
