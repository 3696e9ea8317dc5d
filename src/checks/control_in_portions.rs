//! `control-in-portions`: a control in the header demands the same on a portion.

use super::{Chosen, ControlSet, Draft, Finding, Names, Run, Selector, Words};
use crate::reading::{ElementKind, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;

/// A control in the header demands the same on a portion. Silent while a portion is unmarked.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ControlInPortions {
    /// The control.
    pub control: Words,
    /// The marks of which one must hold it, if not those of portions.
    pub of: Option<Selector>,
}

#[derive(Debug)]
struct Borne {
    controls: ControlSet,
    of: Chosen,
}

impl ControlInPortions {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let portions = Selector::of(ElementKind::Portion);
        Box::new(Borne {
            controls: names.controls(self.control.names()),
            of: self.of.as_ref().unwrap_or(&portions).compile(names),
        })
    }
}

impl Run for Borne {
    fn needs(&self) -> KindSet {
        self.of.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some(header) = draft
            .reading
            .header
            .as_ref()
            .filter(|_| draft.is_all_marked())
        else {
            return;
        };
        for &control in self.controls.of(draft.scheme_index) {
            let used = header.controls.iter().find(|used| used.control == control);
            let Some(used) = used else { continue };
            let mut marks = self.of.all(draft).filter_map(|element| element.marking());
            if !marks.any(|marking| marking.has(control)) {
                let finding = Finding::at_place(used.span, draft);
                findings.push(finding.expecting(draft.scheme.control(control).name.clone()));
            }
        }
    }
}
