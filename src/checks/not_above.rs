//! `not-above`: no level may be above that of the header, or of the part of the draft that it stands in.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::diagnostic::Confidence;
use crate::marking::{LevelId, Surface};
use crate::reading::{Element, ElementKind, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;
use std::cmp::Ordering;

/// No level may be above that of the header, or of the part of the draft that it stands in. One below every
/// classification that headers of the draft cannot state is not held against them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotAbove {
    /// Markings that are compared.
    pub what: Selector,
    /// The parts of a draft with markings of their own; without this, the header is compared.
    pub parts: Option<Parts>,
}

/// Parts of a draft with markings of their own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Parts {
    /// What a part is, such as a page.
    pub of: ElementKind,
    /// The marking of a part, which is the place of the finding.
    pub marked: Selector,
}

#[derive(Debug)]
struct Ceiling(Chosen);

#[derive(Debug)]
struct PartCeiling {
    what: Chosen,
    part: ElementKind,
    marked: Chosen,
}

impl NotAbove {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let what = self.what.compile(names);
        match &self.parts {
            None => Box::new(Ceiling(what)),
            Some(parts) => Box::new(PartCeiling {
                what,
                part: parts.of,
                marked: parts.marked.compile(names),
            }),
        }
    }
}

impl Run for Ceiling {
    fn needs(&self) -> KindSet {
        self.0.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some((header, place)) = draft.header_level() else {
            return;
        };
        for element in self.0.all(draft) {
            let level = level(element).filter(|&own| can_be_stated(draft, own));
            let order = level.and_then(|own| draft.scheme.compare(own, header));
            if order == Some(Ordering::Greater) {
                let mut finding = Finding::at(element, draft).beside_place(place);
                let confidence = draft.reading.header_confidence;
                finding.confidence = finding.confidence.min(confidence);
                findings.push(match confidence {
                    Confidence::Certain => finding.expecting_as_at(place, draft),
                    // The header leaves its level unsaid: there is nothing to quote.
                    _ => finding.expecting(&*draft.scheme.level(header).name),
                });
            }
        }
    }
}

impl Run for PartCeiling {
    fn needs(&self) -> KindSet {
        self.marked.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        // Both stand in the order of the text, so that each is passed once.
        let mut marks = self.what.all(draft).peekable();
        let mut own = self.marked.all(draft).peekable();
        for part in draft.of(self.part).map(|part| part.span) {
            let before = |element: &&Element| element.span.start < part.end;
            let mut ceilings = Vec::new();
            while let Some(element) = own.next_if(before) {
                ceilings.extend(part.contains(element.span).then_some(element));
            }
            let mut inside = Vec::new();
            while let Some(element) = marks.next_if(before) {
                inside.extend(part.contains(element.span).then_some(element));
            }
            let pairs = ceilings.iter().filter_map(|ceiling| {
                let above = inside.iter().find(|mark| is_above(mark, ceiling, draft));
                above.map(|mark| (ceiling, mark))
            });
            findings.extend(pairs.take(1).map(|(ceiling, mark)| {
                let finding = Finding::at(ceiling, draft).beside(mark);
                finding.expecting_as_at(mark.span, draft)
            }));
        }
    }
}

fn level(element: &Element) -> Option<LevelId> {
    Some(element.marking()?.level?.level)
}

/// Whether the level of one is above that of the other.
fn is_above(one: &Element, other: &Element, draft: &Draft<'_>) -> bool {
    let levels = level(one).zip(level(other));
    let order = levels.and_then(|(one, other)| draft.scheme.compare(one, other));
    order == Some(Ordering::Greater)
}

/// Whether the header of a draft could state a level, or must not stay silent on it.
fn can_be_stated(draft: &Draft<'_>, level: LevelId) -> bool {
    let header = draft.reading.header.as_ref();
    let surface = header.map_or(Surface::Header, |header| header.surface);
    let level = draft.scheme.level(level);
    level.classified || !level.spellings.on(surface).is_empty()
}
