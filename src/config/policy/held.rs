//! What policies demand, resolved against the rules of a project.

use super::{Policy, PolicyFile};
use crate::ceiling::Ceiling;
use crate::config::file::{Placed, Words};
use crate::config::keys::check_ceiling_words;
use crate::config::layer::{Layer, LayerKind};
use crate::config::names::{Known, current, means};
use crate::config::pattern_list::PatternList;
use crate::config::remark::{MARKING_MISSING, REMARKS};
use crate::config::settings::{FailOn, LARGEST, Settings};
use crate::diagnostic::Severity;
use crate::engine::Setting;
use crate::problem::PackProblem;
use crate::rules::RuleSet;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// What the policies of a machine demand together.
#[derive(Debug, Default)]
pub(in crate::config) struct Held {
    pub(in crate::config) policies: Vec<Arc<Policy>>,
    /// How little a finding may weigh, by the rules that are always asked.
    rules: HashMap<String, Severity>,
    ceilings: Vec<Ceiling>,
    fail_on: Option<FailOn>,
    redact: bool,
    as_detected: bool,
    always_examine: Vec<PatternList>,
    require_marking: Vec<PatternList>,
}

impl Held {
    /// What the policies demand under a rule set; every problem in them is added to `acc`.
    pub(in crate::config) fn new(
        policies: &[Arc<Policy>],
        rules: &RuleSet,
        known: &Known<'_>,
        acc: &mut Vec<PackProblem>,
    ) -> Self {
        let mut held = Self {
            policies: policies.to_vec(),
            ..Self::default()
        };
        for policy in policies {
            let Policy { layer, content } = &**policy;
            for (name, level) in &content.rules.0 {
                acc.extend(known.check(name, layer));
                held.raise(current(name.value(), rules), level.value().least(), rules);
            }
            if let Some(words) = &content.ceiling {
                acc.extend(check_ceiling_words(words, layer, rules));
                held.ceilings
                    .extend(Ceiling::parse(words.value(), rules.schemes()));
            }
            let on = |flag: &Option<Placed<bool>>| flag.as_ref().is_some_and(|flag| *flag.value());
            held.redact |= on(&content.redact);
            held.as_detected |= on(&content.as_detected);
            let fail_on = content.fail_on.as_ref().map(|said| *said.value());
            held.fail_on = match (held.fail_on, fail_on) {
                (Some(one), Some(other)) => Some(one.stricter(other)),
                (one, other) => one.or(other),
            };
            let mut list = |words: &Option<Placed<Words>>| {
                let words = words.as_ref()?;
                PatternList::new(layer, words.value(), acc)
            };
            held.always_examine.extend(list(&content.always_examine));
            if let Some(list) = list(&content.require_marking) {
                held.require_marking.push(list);
                // What it demands of a draft, no entry accepts.
                held.raise(MARKING_MISSING.id, MARKING_MISSING.severity, rules);
            }
        }
        held
    }

    /// Holds every rule that a name means.
    fn raise(&mut self, name: &str, least: Severity, rules: &RuleSet) {
        let ids = rules.ids();
        for id in ids.chain(REMARKS.iter().map(|remark| remark.id)) {
            if means(name, id) {
                let own = self.rules.entry(id.to_owned()).or_insert(least);
                *own = least.max(*own);
            }
        }
    }

    /// How little the findings of a rule may weigh; `None` where no policy speaks of it.
    pub(in crate::config) fn least(&self, id: &str) -> Option<Severity> {
        self.rules.get(id).copied()
    }

    /// Whether no configuration leaves a draft out.
    pub(in crate::config) fn examines(&self, path: &Path) -> bool {
        self.always_examine
            .iter()
            .any(|list| list.patterns.covers(path))
    }

    /// Whether some drafts are examined that lie in folders that a configuration leaves out.
    pub(in crate::config) const fn looks_everywhere(&self) -> bool {
        !self.always_examine.is_empty()
    }

    /// Whether a draft must carry a marking.
    pub(in crate::config) fn wants_marked(&self, path: &Path) -> bool {
        self.require_marking
            .iter()
            .any(|list| list.patterns.covers(path))
    }

    /// Makes the settings of a draft as strict as the policies are, and leaves them so where they are stricter.
    pub(in crate::config) fn tighten(
        &self,
        settings: &mut Settings,
        rules: &RuleSet,
        wants_marked: bool,
    ) {
        let options = &mut settings.options;
        if !self.rules.is_empty() {
            options.settings.resize(rules.ids().len(), Setting::Own);
            for (setting, id) in options.settings.iter_mut().zip(rules.ids()) {
                if let Some(least) = self.least(id) {
                    *setting = setting.at_least(least);
                }
            }
        }
        if self.as_detected {
            options.as_of = None;
            options.form = None;
            options.scheme = None;
            options.profile = None;
            settings.encoding = None;
            settings.largest = settings.largest.max(LARGEST);
        }
        let least = self.least(MARKING_MISSING.id);
        let own = wants_marked.then_some(MARKING_MISSING.severity);
        let must = settings.must_be_marked.max(own);
        settings.must_be_marked =
            must.map(|severity| least.map_or(severity, |least| severity.max(least)));
        settings.ceilings.extend(self.ceilings.iter().cloned());
        settings.redact |= self.redact;
        if let Some(fail_on) = self.fail_on {
            settings.fail_on = settings.fail_on.stricter(fail_on);
        }
    }

    /// The policy that forces a key on every draft, with its place.
    pub(in crate::config) fn forcing<'h, T: 'h>(
        &'h self,
        key: impl Fn(&'h PolicyFile) -> Option<&'h Placed<T>>,
        forces: impl Fn(&T) -> bool,
    ) -> Option<(&'h Policy, &'h Placed<T>)> {
        self.policies.iter().find_map(|policy| {
            let said = key(&policy.content).filter(|said| forces(said.value()))?;
            Some((&**policy, said))
        })
    }

    /// Entries of configuration files that name a rule which is held, to weaken it; each with what is to be said.
    pub(in crate::config) fn overruled(
        &self,
        layers: &[Arc<Layer>],
        rules: &RuleSet,
    ) -> Vec<(Arc<Layer>, Range<usize>, String)> {
        let mut overruled = Vec::new();
        for layer in layers.iter().filter(|layer| layer.kind <= LayerKind::Own) {
            let held = |name: &Placed<String>| self.least(current(name.value(), rules));
            let allows = layer.content.allows.iter().map(|allow| &allow.rule);
            let allows = allows.filter(|name| held(name).is_some());
            let tables = layer.content.overrides.iter().map(|entry| &entry.rules);
            let entries = tables
                .chain([&layer.content.rules])
                .flat_map(|table| &table.0);
            let weakened = entries.filter(|(name, level)| {
                held(name).is_some_and(|least| level.value().severity() < Some(least))
            });
            for name in allows.chain(weakened.map(|(name, _)| name)) {
                let message = format!("the policy of this machine holds `{}`", name.value());
                overruled.push((Arc::clone(layer), name.place(), message));
            }
        }
        overruled
    }
}
