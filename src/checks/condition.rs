//! Facts of a draft that decide whether a rule applies.

use super::names::{ControlSet, LevelSet, Names};
use super::selector::{Chosen, Selector};
use super::written::Words;
use super::{Draft, Profile};
use crate::marking::Scheme;
use crate::pack::shared::{Day, holds_on};
use crate::reading::{Form, Rendering};
use schemars::JsonSchema;
use serde::Deserialize;

/// Facts of a draft that must hold, all of them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Condition {
    /// Kinds of draft, of which it must be one.
    pub form: Vec<Form>,
    /// Renderings of a telegram, of which it must be one.
    pub rendering: Vec<Rendering>,
    /// Schemes, of which one must be the draft's.
    pub scheme: Words,
    /// Whether it is about to be sent or was sent long ago.
    pub profile: Option<Profile>,
    /// Whether the header's level is a classification.
    pub classified: Option<bool>,
    /// Levels, of which the header must state one.
    pub level: Words,
    /// Controls, of which the header must state one.
    pub control: Words,
    /// Whether every portion carries a mark.
    pub all_marked: Option<bool>,
    /// Elements of which each must be there.
    pub present: Vec<Selector>,
    /// Elements of which one must be there.
    pub any: Vec<Selector>,
    /// Elements of which none may be there.
    pub absent: Vec<Selector>,
    /// First day of the draft.
    pub since: Option<Day>,
    /// Last day of the draft.
    pub until: Option<Day>,
}

/// A condition with its names looked up.
#[derive(Debug)]
pub struct Facts {
    forms: Vec<Form>,
    renderings: Vec<Rendering>,
    schemes: Option<Vec<usize>>,
    profile: Option<Profile>,
    classified: Option<bool>,
    levels: Option<LevelSet>,
    controls: Option<ControlSet>,
    all_marked: Option<bool>,
    present: Vec<Chosen>,
    any: Vec<Chosen>,
    absent: Vec<Chosen>,
    since: Option<Day>,
    until: Option<Day>,
}

impl Condition {
    /// Looks up its names.
    pub fn compile(&self, names: &mut Names<'_>) -> Facts {
        let given = |words: &Words| !words.is_empty();
        let mut chosen = |selectors: &[Selector]| {
            let compiled = selectors.iter().map(|selector| selector.compile(names));
            compiled.collect::<Vec<_>>()
        };
        Facts {
            forms: self.form.clone(),
            renderings: self.rendering.clone(),
            present: chosen(&self.present),
            any: chosen(&self.any),
            absent: chosen(&self.absent),
            schemes: given(&self.scheme).then(|| names.schemes(self.scheme.names())),
            profile: self.profile,
            classified: self.classified,
            levels: given(&self.level).then(|| names.levels(self.level.names())),
            controls: given(&self.control).then(|| names.controls(self.control.names())),
            all_marked: self.all_marked,
            since: self.since,
            until: self.until,
        }
    }
}

impl Facts {
    /// Whether all of them hold. A draft without a date is in no range of days.
    pub fn hold(&self, draft: &Draft<'_>) -> bool {
        self.kind_holds(draft)
            && self.days_hold(draft)
            && self.marking_holds(draft)
            && self.present.iter().all(|chosen| chosen.any(draft))
            && !self.absent.iter().any(|chosen| chosen.any(draft))
            && (self.any.is_empty() || self.any.iter().any(|chosen| chosen.any(draft)))
    }

    /// Whether a draft of a form is one of those it speaks of.
    pub fn admits(&self, form: Form) -> bool {
        self.forms.is_empty() || self.forms.contains(&form)
    }

    fn kind_holds(&self, draft: &Draft<'_>) -> bool {
        let rendering = draft.reading.rendering;
        self.admits(draft.reading.form)
            && (self.renderings.is_empty()
                || rendering.is_some_and(|own| self.renderings.contains(&own)))
            && self
                .schemes
                .as_ref()
                .is_none_or(|all| all.contains(&draft.scheme_index))
            && self.profile.is_none_or(|wanted| wanted == draft.profile)
    }

    fn days_hold(&self, draft: &Draft<'_>) -> bool {
        let unbound = self.since.is_none() && self.until.is_none();
        unbound
            || draft.days().is_some_and(|(first, last)| {
                [first, last]
                    .iter()
                    .all(|&day| holds_on(self.since, self.until, day))
            })
    }

    fn marking_holds(&self, draft: &Draft<'_>) -> bool {
        let level = draft.header_level().map(|(level, _)| level);
        let of = |scheme: &Scheme| level.map(|level| scheme.level(level).classified);
        self.classified
            .is_none_or(|wanted| of(draft.scheme) == Some(wanted))
            && self.levels.as_ref().is_none_or(|set| {
                level.is_some_and(|level| set.contains(draft.scheme_index, level))
            })
            && self.controls.as_ref().is_none_or(|set| {
                let header = draft.reading.header.as_ref();
                let mut controls = set.of(draft.scheme_index).iter();
                header.is_some_and(|header| controls.any(|&control| header.has(control)))
            })
            && self
                .all_marked
                .is_none_or(|wanted| wanted == draft.is_all_marked())
    }
}
