//! `conflict`: two must not stand together.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::KindSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// Two must not stand together.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Conflict {
    /// The one at fault: the place of the finding.
    pub what: Selector,
    /// Those that it must not stand with.
    pub with: Selector,
    /// Others that it must not stand with either.
    #[serde(default)]
    pub or: Vec<Selector>,
    /// What makes the two go together all the same.
    pub without: Option<Selector>,
    /// Other pairs that must not stand together either.
    #[serde(default)]
    pub also: Vec<Self>,
}

#[derive(Debug)]
struct Pair {
    what: Chosen,
    with: Vec<Chosen>,
    without: Option<Chosen>,
}

#[derive(Debug)]
struct Pairs {
    all: Vec<Pair>,
    kinds: KindSet,
}

impl Conflict {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let all: Vec<Pair> = std::iter::once(self)
            .chain(&self.also)
            .map(|pair| pair.pair(names))
            .collect();
        let kinds = all.iter().map(|pair| pair.what.kinds);
        Box::new(Pairs {
            kinds: kinds.fold(KindSet::EMPTY, KindSet::union),
            all,
        })
    }

    fn pair(&self, names: &mut Names<'_>) -> Pair {
        let with = std::iter::once(&self.with).chain(&self.or);
        Pair {
            with: with.map(|selector| selector.compile(names)).collect(),
            what: self.what.compile(names),
            without: self.without.as_ref().map(|peace| peace.compile(names)),
        }
    }
}

impl Run for Pairs {
    fn needs(&self) -> KindSet {
        self.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        findings.extend(self.all.iter().filter_map(|pair| pair.clash(draft)));
    }
}

impl Pair {
    fn clash(&self, draft: &Draft<'_>) -> Option<Finding> {
        let mut with = self.with.iter();
        if !self.what.may_be_in(draft) || !with.any(|chosen| chosen.may_be_in(draft)) {
            return None;
        }
        let one = self.what.first(draft)?;
        let others = || {
            let with = self.with.iter().flat_map(|chosen| chosen.all(draft));
            with.filter(|other| other.span != one.span)
        };
        let first = others().next()?;
        if self.without.as_ref().is_some_and(|peace| peace.any(draft)) {
            return None;
        }
        let finding = Finding::at(one, draft).expecting_as_at(first.span, draft);
        Some(others().take(3).fold(finding, Finding::beside))
    }
}
