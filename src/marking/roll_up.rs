//! What the portions demand of the banner.
//!
//! Markings are gathered into a state that is a join: the order and the number of times they are
//! added do not matter. Dropping and dominance act only when the demand is read from it.

use super::control::Control;
use super::intersection::{Shared, common_left, expanded, is_vague, say_the_same};
use super::markings::Marking;
use super::recent::Recent;
use super::scheme::{ControlId, LevelId, OwnerId, Scheme};
use super::settle::settle;
use super::statement::{Stated, StatedOwner, StatedValue, Statement, Style};
use super::surface::Surface;
use crate::pack::control_file::{ParameterKind, RollUpOperator};
use rustc_hash::FxHashSet;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A value with those that it stands beneath, outermost first.
pub(super) type Path = Vec<String>;

/// Controls, with the word where any may stand, and their values.
pub(super) type Wanted = BTreeMap<(ControlId, String), BTreeSet<Path>>;

/// The markings of the portions so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollUp {
    /// Highest levels seen; more than one where they do not compare.
    levels: BTreeSet<LevelId>,
    /// Controls seen on any portion, with the word where any may stand, and their values.
    any: BTreeMap<(ControlId, String), Values>,
    /// What every portion allows, by control that only counts where all have it.
    pub(super) shared: BTreeMap<ControlId, Shared>,
    /// Owners seen, with sub-owner and the codes that are their word, and the values of each.
    owners: BTreeMap<(OwnerId, String, Vec<String>), BTreeSet<Path>>,
    /// Whether some portion with a level has no owner.
    unowned: bool,
}

/// The values of a control on all portions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Values {
    /// Whether it stood somewhere without any.
    bare: bool,
    paths: BTreeSet<Path>,
}

/// What the portions demand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The level; `None` where no portion has one, or where the highest ones do not compare.
    pub level: Option<LevelId>,
    /// Whether a person must decide between levels that do not compare.
    pub undecided: bool,
    /// The highest levels: one, or those to decide between.
    pub highest: Vec<LevelId>,
    /// The controls, in the order of the scheme.
    pub controls: Vec<ControlId>,
    /// All of it, with owner and values.
    pub statement: Statement,
}

impl Demand {
    /// The marking in canonical form; `None` where a person must decide, or nothing is demanded.
    pub fn render(&self, scheme: &Scheme, surface: Surface) -> Option<String> {
        self.level?;
        Some(self.statement.render(scheme, surface, Style::Canonical))
    }
}

impl RollUp {
    /// Adds one portion; `text` is the decoded text that its places refer to.
    pub fn add(&mut self, marking: &Marking, text: &str, scheme: &Scheme) {
        let statement = marking.statement(text, scheme);
        self.add_statement(&statement, scheme);
    }

    /// Adds many portions, each a marking of `text`. One that is written like another adds nothing, and costs little.
    pub fn add_all<'m>(
        &mut self,
        portions: impl IntoIterator<Item = &'m Marking>,
        text: &str,
        scheme: &Scheme,
    ) {
        let mut recent = Recent::default();
        let mut written: FxHashSet<&str> = FxHashSet::default();
        for marking in portions {
            let words = text.get(marking.span.range()).unwrap_or_default();
            if recent.has(words) {
                continue;
            }
            if written.insert(words) {
                self.add(marking, text, scheme);
            }
        }
    }

    /// Adds what one portion says.
    pub fn add_statement(&mut self, portion: &Statement, scheme: &Scheme) {
        if let Some(level) = portion.level {
            raise(&mut self.levels, level, scheme);
            for &implied in &scheme.level(level).implies {
                let values = self.any.entry((implied, String::new())).or_default();
                values.bare = true;
            }
        }
        match &portion.owner {
            Some(owner) => {
                let own = paths(&owner.values);
                let by_code = scheme.owner(owner.owner).codes.is_some();
                let codes: BTreeSet<String> =
                    own.iter().flatten().filter(|_| by_code).cloned().collect();
                let codes = codes.into_iter().collect();
                let key = (owner.owner, owner.sub_owner.clone(), codes);
                self.owners.entry(key).or_default().extend(own);
            }
            None => self.unowned |= portion.level.is_some(),
        }
        for stated in &portion.controls {
            let values = self
                .any
                .entry((stated.control, stated.word.clone()))
                .or_default();
            values.bare |= stated.values.is_empty();
            values.paths.extend(paths(&stated.values));
        }
        for &id in &scheme.shared {
            self.share(id, portion, scheme);
        }
    }

    /// Narrows what every portion allows of a control.
    fn share(&mut self, id: ControlId, portion: &Statement, scheme: &Scheme) {
        let control = scheme.control(id);
        let silent = portion
            .level
            .is_some_and(|level| control.silent_at.contains(&level));
        let stated = |id: ControlId| portion.controls.iter().find(move |own| own.control == id);
        let own = stated(id);
        let speaks = |own: &Stated| {
            let other = scheme.control(own.control);
            own.control == id
                || other.allows_nothing
                || other.roll_up == RollUpOperator::Intersection
        };
        if silent && !portion.controls.iter().any(speaks) {
            return;
        }
        let shared = self.shared.entry(id).or_default();
        shared.seen |= own.is_some();
        let with_codes = control.parameter.is_some();
        let mut allowed: BTreeSet<&str> = BTreeSet::new();
        let widening = control.widened_by.iter().filter_map(|&other| stated(other));
        let same = widening
            .clone()
            .filter(|own| say_the_same(id, own.control, scheme));
        let mut lists = own.into_iter().chain(same).peekable();
        if with_codes && lists.peek().is_some() && lists.all(|own| own.values.is_empty()) {
            // The portion says that its list is the banner's: it limits nothing.
            return;
        }
        let first = |id: ControlId| scheme.control(id).parameter.as_ref()?.first.as_deref();
        // Whoever stands first in every list of the other control is no guest that it lets in.
        let host = |other: ControlId| first(other).filter(|_| first(id).is_none());
        for stated in own.into_iter().chain(widening) {
            if stated.values.is_empty() && !with_codes {
                allowed.insert("");
            }
            let host = host(stated.control);
            for value in stated
                .values
                .iter()
                .filter(|own| Some(own.text.as_str()) != host)
            {
                shared.vague = shared.vague || is_vague(scheme, stated.control, &value.text);
                if !(shared.closed && shared.is_spent()) {
                    allowed.extend(expanded(scheme, stated.control, &value.text));
                }
            }
        }
        let undecided = control.bare_undecided && portion.controls.is_empty();
        shared.vague |= undecided;
        shared.closed |= allowed.is_empty() && !undecided;
        shared.limit(&allowed);
    }

    /// Joins two states.
    pub fn join(&mut self, other: &Self, scheme: &Scheme) {
        for &level in &other.levels {
            raise(&mut self.levels, level, scheme);
        }
        for (key, values) in &other.any {
            let own = self.any.entry(key.clone()).or_default();
            own.bare |= values.bare;
            own.paths.extend(values.paths.iter().cloned());
        }
        for (&id, shared) in &other.shared {
            let own = self.shared.entry(id).or_default();
            own.seen |= shared.seen;
            own.vague |= shared.vague;
            own.closed |= shared.closed;
            if let Some(common) = &shared.common {
                own.limit(&common.iter().map(String::as_str).collect());
            }
        }
        for (key, values) in &other.owners {
            let own = self.owners.entry(key.clone()).or_default();
            own.extend(values.iter().cloned());
        }
        self.unowned |= other.unowned;
    }

    /// What the portions added so far demand of the banner.
    pub fn demand(&self, scheme: &Scheme) -> Demand {
        self.demand_at(None, self.owner(), scheme)
    }

    /// What they demand of a banner of a level that may be higher, and that has an owner or none.
    pub(super) fn demand_at(
        &self,
        banner: Option<LevelId>,
        owner: Option<StatedOwner>,
        scheme: &Scheme,
    ) -> Demand {
        let mut highest: BTreeSet<LevelId> = banner.into_iter().collect();
        for &level in &self.levels {
            let counts_as = scheme.level(level).counts_as.filter(|_| owner.is_none());
            raise(&mut highest, counts_as.unwrap_or(level), scheme);
        }
        let level = highest.first().copied().filter(|_| highest.len() == 1);
        let mut wanted = self.gathered(level, scheme);
        if owner.is_none() {
            self.owners_as_controls(&mut wanted, scheme);
        }
        settle(&mut wanted, scheme);
        let controls: BTreeSet<ControlId> = wanted.keys().map(|(id, _)| *id).collect();
        let stated = wanted.into_iter().map(|((control, word), paths)| Stated {
            control,
            word,
            values: flattened(&paths),
        });
        Demand {
            level,
            undecided: highest.len() > 1,
            highest: highest.into_iter().collect(),
            controls: controls.into_iter().collect(),
            statement: Statement {
                owner,
                level,
                controls: stated.collect(),
            },
        }
    }

    /// Whether some portion has a control.
    pub(super) fn has(&self, control: ControlId) -> bool {
        self.any.keys().any(|(other, _)| *other == control)
    }

    /// The owner of all portions, where they have the same.
    pub(super) fn owner(&self) -> Option<StatedOwner> {
        let mut owners = self.owners.iter().filter(|_| !self.unowned);
        let ((owner, sub_owner, _), values) = owners.next()?;
        if owners.next().is_some() {
            return None;
        }
        Some(StatedOwner {
            owner: *owner,
            sub_owner: sub_owner.clone(),
            values: flattened(values),
        })
    }

    /// The controls that the operators of each let through.
    fn gathered(&self, level: Option<LevelId>, scheme: &Scheme) -> Wanted {
        let mut wanted = Wanted::new();
        let mut survivors = 0;
        let mut fallbacks = BTreeSet::new();
        for ((id, word), values) in &self.any {
            let control = scheme.control(*id);
            let becomes = self.in_banner(control, level);
            if becomes.is_some() || control.in_banner.is_none() {
                for &implied in &control.implies {
                    wanted.entry((implied, String::new())).or_default();
                }
            }
            if level.is_some_and(|level| control.dropped_at.contains(&level)) {
                continue;
            }
            let codes =
                control.parameter.as_ref().map(|own| own.kind) == Some(ParameterKind::Codes);
            let key = (becomes.unwrap_or(*id), word.clone());
            match control.roll_up {
                RollUpOperator::None => {}
                RollUpOperator::Presence => {
                    wanted.entry(key).or_default();
                }
                RollUpOperator::Intersection => {
                    let common = self
                        .shared
                        .get(id)
                        .and_then(|shared| shared.common.as_ref());
                    if let Some(left) = common_left(common, *id, scheme) {
                        survivors += 1;
                        wanted.entry(key).or_default().extend(left);
                    } else {
                        fallbacks.extend(control.empty_becomes);
                    }
                }
                // Where one source is concealed, none is named.
                RollUpOperator::Union | RollUpOperator::Dominance if values.bare && codes => {
                    wanted.insert(key, BTreeSet::new());
                }
                RollUpOperator::Union | RollUpOperator::Dominance => {
                    wanted
                        .entry(key)
                        .or_default()
                        .extend(values.paths.iter().cloned());
                }
            }
        }
        if survivors == 0 && level.is_some() {
            for fallback in fallbacks {
                wanted.entry((fallback, String::new())).or_default();
            }
        }
        wanted
    }

    /// The control that stands in a banner in place of one.
    fn in_banner(&self, control: &Control, level: Option<LevelId>) -> Option<ControlId> {
        let own = control.in_banner.as_ref()?;
        let seen = |id: &ControlId| self.any.keys().any(|(other, _)| other == id);
        let always = own.beside.is_empty() && own.at.is_empty();
        let at = level.is_some_and(|level| own.at.contains(&level));
        (always || at || own.beside.iter().any(seen)).then_some(own.becomes)
    }

    /// Owners of some portions, as the controls that state them in a banner.
    fn owners_as_controls(&self, wanted: &mut Wanted, scheme: &Scheme) {
        let mut concealed = BTreeSet::new();
        for ((owner, ..), values) in &self.owners {
            let entry = scheme.owner(*owner);
            let Some(control) = entry.becomes else {
                continue;
            };
            let named = entry
                .becomes_code
                .as_ref()
                .map(|code| vec![code.to_string()]);
            let always = entry
                .parameter
                .as_ref()
                .and_then(|own| own.always.as_deref());
            let listed = values
                .iter()
                .filter(|path| path.first().map(String::as_str) != always);
            let codes: Vec<Path> = named.into_iter().chain(listed.cloned()).collect();
            if codes.is_empty() {
                concealed.insert(control);
            }
            let known = wanted
                .get(&(control, String::new()))
                .is_some_and(BTreeSet::is_empty);
            if known {
                concealed.insert(control);
            }
            wanted
                .entry((control, String::new()))
                .or_default()
                .extend(codes);
        }
        for control in concealed {
            wanted.insert((control, String::new()), BTreeSet::new());
        }
    }
}

/// Adds a level to the highest ones.
fn raise(levels: &mut BTreeSet<LevelId>, level: LevelId, scheme: &Scheme) {
    let covers = |seen: &LevelId| {
        matches!(scheme.compare(*seen, level), Some(Ordering::Greater))
            || scheme.compare(*seen, level) == Some(Ordering::Equal) && *seen <= level
    };
    if !levels.iter().any(covers) {
        let lower = |seen: &LevelId| {
            matches!(
                scheme.compare(*seen, level),
                Some(Ordering::Less | Ordering::Equal)
            )
        };
        levels.retain(|seen| !lower(seen));
        levels.insert(level);
    }
}

/// Values with those that each stands beneath.
pub(super) fn paths(values: &[StatedValue]) -> Vec<Path> {
    let mut paths = Vec::new();
    let mut open: Path = Vec::new();
    for value in values {
        open.truncate(usize::from(value.depth));
        open.push(value.text.clone());
        paths.push(open.clone());
    }
    paths
}

/// Paths as values, each behind the one that it stands beneath.
fn flattened(paths: &BTreeSet<Path>) -> Vec<StatedValue> {
    let last = |path: &Path| {
        let depth = u8::try_from(path.len().saturating_sub(1)).unwrap_or(u8::MAX);
        path.last().map(|text| StatedValue {
            depth,
            text: text.clone(),
        })
    };
    paths.iter().filter_map(last).collect()
}
