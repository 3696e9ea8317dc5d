//! `pointer`: what is pointed to must be there.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, ElementKind, KindSet, Value};
use schemars::JsonSchema;
use serde::Deserialize;

/// What the text points to, by a number or a letter, must be there. Silent where nothing is there that
/// could be pointed to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pointer {
    /// The pointers.
    pub what: Selector,
    /// What they point to: elements that say the same number, or the same letter.
    pub to: Selector,
    /// What must stand before the pointer in its paragraph; other pointers are let be.
    pub behind: Option<Selector>,
    /// What must stand in the paragraph that is pointed to, one of them.
    #[serde(default)]
    pub holding: Vec<Selector>,
}

#[derive(Debug)]
struct Pointers {
    what: Chosen,
    to: Chosen,
    behind: Option<Chosen>,
    holding: Vec<Chosen>,
}

impl Pointer {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let holding = self.holding.iter();
        Box::new(Pointers {
            what: self.what.compile(names),
            to: self.to.compile(names),
            behind: self.behind.as_ref().map(|behind| behind.compile(names)),
            holding: holding.map(|selector| selector.compile(names)).collect(),
        })
    }
}

/// The paragraph in which an element stands.
fn paragraph<'a>(element: &Element, draft: &Draft<'a>) -> Option<&'a Element> {
    draft
        .of(ElementKind::Paragraph)
        .find(|paragraph| paragraph.span.contains(element.span))
}

fn says_the_same(pointer: &Element, target: &Element, draft: &Draft<'_>) -> bool {
    match (&pointer.value, &target.value) {
        (Value::Number(own), Value::Number(other)) => own == other,
        _ => draft
            .slice(pointer.span)
            .eq_ignore_ascii_case(draft.slice(target.span)),
    }
}

impl Pointers {
    /// Whether the pointer is one of those that are meant.
    fn is_meant(&self, pointer: &Element, draft: &Draft<'_>) -> bool {
        let Some(behind) = &self.behind else {
            return true;
        };
        let Some(paragraph) = paragraph(pointer, draft) else {
            return false;
        };
        behind
            .all(draft)
            .any(|word| paragraph.span.contains(word.span) && word.span.start < pointer.span.start)
    }

    /// Whether the paragraph of a target holds what it must.
    fn holds(&self, target: &Element, draft: &Draft<'_>) -> bool {
        let Some(paragraph) = paragraph(target, draft).filter(|_| !self.holding.is_empty()) else {
            return true;
        };
        self.holding.iter().any(|chosen| {
            let mut all = chosen.all(draft);
            all.any(|word| paragraph.span.contains(word.span))
        })
    }
}

impl Run for Pointers {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        if !self.to.any(draft) {
            return;
        }
        for pointer in self.what.all(draft) {
            let mut targets = self.to.all(draft);
            let target = targets.find(|target| says_the_same(pointer, target, draft));
            if target.is_some_and(|target| self.holds(target, draft))
                || !self.is_meant(pointer, draft)
            {
                continue;
            }
            let finding = Finding::at(pointer, draft);
            findings.push(target.into_iter().fold(finding, Finding::beside));
        }
    }
}
