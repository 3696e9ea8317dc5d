//! `count`: so many must stand, and no more.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, KindSet};
use schemars::JsonSchema;
use serde::Deserialize;

/// So many must stand, and no more.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Count {
    /// What is counted.
    pub what: Selector,
    /// The least number.
    #[serde(default)]
    pub at_least: usize,
    /// The greatest number.
    pub at_most: Option<usize>,
    /// Where too few are missing, if not at the first of them.
    pub of: Option<Selector>,
    /// What each so many must stand in, if not in the whole draft.
    pub within: Option<Selector>,
}

#[derive(Debug)]
struct Counted {
    what: Chosen,
    least: usize,
    most: usize,
    of: Option<Chosen>,
    within: Option<Chosen>,
}

impl Count {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Counted {
            what: self.what.compile(names),
            least: self.at_least,
            most: self.at_most.unwrap_or(usize::MAX),
            of: self.of.as_ref().map(|of| of.compile(names)),
            within: self.within.as_ref().map(|outer| outer.compile(names)),
        })
    }
}

impl Run for Counted {
    fn needs(&self) -> KindSet {
        self.of.as_ref().map_or(self.what.kinds, |of| of.kinds)
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let all: Vec<&Element> = self.what.all(draft).collect();
        let Some(within) = &self.within else {
            findings.extend(self.judge(&all, draft));
            return;
        };
        for outer in within.all(draft) {
            let first = all.partition_point(|own| own.span.start < outer.span.start);
            let near = all.get(first..).unwrap_or_default().iter().copied();
            let near = near.take_while(|own| own.span.start <= outer.span.end);
            let own: Vec<&Element> = near.filter(|own| outer.span.contains(own.span)).collect();
            findings.extend(self.judge(&own, draft));
        }
    }
}

impl Counted {
    /// What is wrong with the number of those that stand in some part of a draft.
    fn judge(&self, all: &[&Element], draft: &Draft<'_>) -> Option<Finding> {
        if all.len() > self.most {
            let (kept, beyond) = all.split_at(self.most);
            let finding = Finding::at(beyond.first()?, draft).expecting(self.most.to_string());
            let others = kept.iter().take(3);
            return Some(others.fold(finding, |finding, own| finding.beside(own)));
        }
        if all.len() >= self.least {
            return None;
        }
        let place = match &self.of {
            Some(of) => of.first(draft),
            None => all.first().copied(),
        };
        place.map(|place| Finding::at(place, draft).expecting(self.least.to_string()))
    }
}
