//! `control-in-header`: a control on a portion demands the same in the header.

use super::{Chosen, ControlSet, Draft, Finding, Names, Run, Selector, Words};
use crate::marking::{ControlId, Surface};
use crate::reading::{Element, ElementKind, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;

/// A control on a portion demands the same in the header, unless the header's level absorbs it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ControlInHeader {
    /// The control, or several of which each demands itself.
    pub control: Words,
    /// The marks that demand it, if not those of portions.
    pub of: Option<Selector>,
}

#[derive(Debug)]
struct Demanded {
    controls: ControlSet,
    of: Chosen,
}

impl ControlInHeader {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let portions = Selector::of(ElementKind::Portion);
        Box::new(Demanded {
            controls: names.controls(self.control.names()),
            of: self.of.as_ref().unwrap_or(&portions).compile(names),
        })
    }
}

impl Demanded {
    fn demanding<'d, 'a>(
        &'d self,
        control: ControlId,
        draft: &'d Draft<'a>,
    ) -> impl Iterator<Item = &'a Element> {
        let states = move |element: &&Element| {
            element.marking().is_some_and(|marking| {
                let implied =
                    |used: ControlId| draft.scheme.control(used).implies.contains(&control);
                marking.has(control) || marking.controls.iter().any(|used| implied(used.control))
            })
        };
        self.of.all(draft).filter(states)
    }
}

impl Run for Demanded {
    fn needs(&self) -> KindSet {
        self.of.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some(header) = draft.reading.header.as_ref() else {
            return;
        };
        let Some((level, place)) = draft.header_level() else {
            return;
        };
        for &control in self.controls.of(draft.scheme_index) {
            let known = draft.scheme.control(control);
            if header.has(control) || known.dropped_at.contains(&level) {
                continue;
            }
            let Some(first) = self.demanding(control, draft).next() else {
                continue;
            };
            let spelling = known
                .spellings
                .canonical(Surface::Header)
                .unwrap_or(&known.name);
            let finding = Finding {
                found: draft.slice(first.span).to_owned(),
                confidence: draft.reading.header_confidence,
                ..Finding::at_place(place, draft).expecting(spelling)
            };
            let demanding = self.demanding(control, draft).take(3);
            findings.push(demanding.fold(finding, Finding::beside));
        }
    }
}
