//! `pointer`: what is pointed to must be there.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, ElementKind, KindSet, Value};
use crate::text::Span;
use rustc_hash::FxHashMap;
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
    draft.enclosing(ElementKind::Paragraph, element.span)
}

/// What is pointed to, by what it says; each the first that says it.
#[derive(Default)]
struct Targets<'a> {
    numbers: FxHashMap<u32, (usize, &'a Element)>,
    /// By their texts in small letters: those of numbers, and others.
    texts: [FxHashMap<String, (usize, &'a Element)>; 2],
}

impl<'a> Targets<'a> {
    fn of(elements: impl Iterator<Item = &'a Element>, draft: &Draft<'_>) -> Self {
        let mut targets = Self::default();
        let [of_numbers, others] = &mut targets.texts;
        for (index, element) in elements.enumerate() {
            let text = draft.slice(element.span).to_ascii_lowercase();
            let found = (index, element);
            if let Value::Number(number) = element.value {
                targets.numbers.entry(number).or_insert(found);
                of_numbers.entry(text).or_insert(found);
            } else {
                others.entry(text).or_insert(found);
            }
        }
        targets
    }

    /// The first that says the same as a pointer: the same number, or else the same text.
    fn said_by(&self, pointer: &Element, draft: &Draft<'_>) -> Option<&'a Element> {
        let text = draft.slice(pointer.span).to_ascii_lowercase();
        let [of_numbers, others] = &self.texts;
        let number = match pointer.value {
            Value::Number(number) => self.numbers.get(&number),
            _ => of_numbers.get(&text),
        };
        let found = [number, others.get(&text)].into_iter().flatten();
        let first = found.min_by_key(|(index, _)| *index)?;
        Some(first.1)
    }
}

/// Words in the order of the text, of which one may stand in some place.
struct Placed<'a>(Vec<&'a Element>);

impl Placed<'_> {
    /// Whether one stands in a place and begins before another.
    fn any_in(&self, place: Span, before: u32) -> bool {
        let first = self.0.partition_point(|word| word.span.start < place.start);
        let near = self.0.iter().skip(first);
        near.take_while(|word| word.span.start < before.min(place.end))
            .any(|word| place.contains(word.span))
    }
}

impl Run for Pointers {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        if !self.to.any(draft) || !self.what.any(draft) {
            return;
        }
        let targets = Targets::of(self.to.all(draft), draft);
        let placed = |chosen: &Chosen| Placed(chosen.all(draft).collect());
        let behind = self.behind.as_ref().map(placed);
        let holding: Vec<Placed<'_>> = self.holding.iter().map(placed).collect();
        let holds = |target: &Element| {
            // Whether the paragraph of a target holds what it must.
            let place = paragraph(target, draft).filter(|_| !holding.is_empty());
            place.is_none_or(|own| holding.iter().any(|all| all.any_in(own.span, u32::MAX)))
        };
        let is_meant = |pointer: &Element| {
            behind.as_ref().is_none_or(|words| {
                let place = paragraph(pointer, draft);
                place.is_some_and(|own| words.any_in(own.span, pointer.span.start))
            })
        };
        for pointer in self.what.all(draft) {
            let target = targets.said_by(pointer, draft);
            if target.is_some_and(holds) || !is_meant(pointer) {
                continue;
            }
            let finding = Finding::at(pointer, draft);
            findings.push(target.into_iter().fold(finding, Finding::beside));
        }
    }
}
