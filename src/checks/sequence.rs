//! `sequence`: numbers run from one, step one.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, KindSet, Value};
use schemars::JsonSchema;
use serde::Deserialize;

/// Numbers run from one, step one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sequence {
    /// The numbers.
    pub what: Selector,
    /// The number up to which they must run.
    pub total: Option<Selector>,
}

#[derive(Debug)]
struct Numbers {
    what: Chosen,
    total: Option<Chosen>,
}

impl Sequence {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Numbers {
            what: self.what.compile(names),
            total: self.total.as_ref().map(|total| total.compile(names)),
        })
    }
}

const fn number(element: &Element) -> Option<u32> {
    match element.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

impl Run for Numbers {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        // One wrong number is one finding: the next may follow it, or what it should have been.
        let (mut expected, mut intended) = (1, 1);
        let mut last: Option<&Element> = None;
        for element in self.what.all(draft) {
            let Some(number) = number(element) else {
                continue;
            };
            if number == expected || number == intended {
                intended = number.saturating_add(1);
            } else {
                let finding = Finding::at(element, draft).expecting(intended.to_string());
                findings.push(last.into_iter().fold(finding, Finding::beside));
                intended = intended.saturating_add(1);
            }
            expected = number.saturating_add(1);
            last = Some(element);
        }
        let total = self.total.as_ref().and_then(|total| total.first(draft));
        if let (Some(total), Some(last)) = (total, last)
            && number(total).is_some_and(|total| total != expected - 1)
        {
            let finding = Finding::at(last, draft).beside(total);
            findings.push(finding.expecting_as_at(total.span, draft));
        }
    }
}
