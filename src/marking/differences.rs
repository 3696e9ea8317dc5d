//! How a banner differs from what the portions demand of it.

use super::intersection::expanded;
use super::roll_up::{Demand, Path, RollUp, paths};
use super::scheme::{ControlId, Scheme};
use super::statement::{Stated, StatedValue, Statement, Style};
use super::surface::Surface;
use crate::pack::control_file::{ParameterKind, RollUpOperator};
use std::collections::BTreeSet;

/// Which way a banner differs from what the portions demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// It lacks a control or a value that some portion has.
    Lacks,
    /// It releases to somebody to whom not every portion does.
    Releases,
    /// It has a control or a value that no portion demands.
    Exceeds,
    /// It keeps back what every portion releases.
    Withholds,
}

/// One control or value in which a banner differs.
#[derive(Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which way.
    pub direction: Direction,
    /// The control.
    pub control: ControlId,
    /// It, or the value of it, as a banner writes it.
    pub words: String,
    /// The value with those that it stands beneath; empty where the whole control differs.
    path: Path,
}

// Its words are those of the draft, so `Debug` shows only which way.
impl std::fmt::Debug for Difference {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Difference")
            .field("direction", &self.direction)
            .finish_non_exhaustive()
    }
}

impl Difference {
    /// Whether a portion by itself is a reason for it.
    pub fn is_forced_by(&self, portion: &Statement, banner: &Statement, scheme: &Scheme) -> bool {
        let mut alone = RollUp::default();
        alone.add_statement(portion, scheme);
        let same = |other: &Self| {
            let is_whole = other.path.is_empty() || self.path.is_empty();
            other.direction == self.direction
                && other.control == self.control
                && (is_whole || other.path == self.path)
        };
        alone.differences(banner, scheme).iter().any(same)
    }
}

impl RollUp {
    /// Every difference between a banner and what the portions added so far demand of it, levels aside.
    pub fn differences(&self, banner: &Statement, scheme: &Scheme) -> Vec<Difference> {
        let owner = self.owner().filter(|_| banner.owner.is_some());
        let comparison = Comparison {
            rolled: self,
            banner,
            demand: self.demand_at(banner.level, owner, scheme),
            scheme,
        };
        let mut differences = Vec::new();
        for wanted in &comparison.demand.statement.controls {
            comparison.wanted(wanted, &mut differences);
        }
        for stated in &banner.controls {
            comparison.stated(stated, &mut differences);
        }
        differences.sort_by_key(|own| (own.direction, own.control));
        differences
    }
}

struct Comparison<'c> {
    rolled: &'c RollUp,
    banner: &'c Statement,
    demand: Demand,
    scheme: &'c Scheme,
}

impl Comparison<'_> {
    /// Whether a control counts only where all portions have it, and so releases.
    fn grants(&self, id: ControlId) -> bool {
        self.scheme.control(id).roll_up == RollUpOperator::Intersection
    }

    /// What the banner does not say, or not all of it.
    fn wanted(&self, wanted: &Stated, into: &mut Vec<Difference>) {
        let same = |own: &&Stated| own.control == wanted.control && own.word == wanted.word;
        let found = self.banner.controls.iter().find(same);
        let direction = if self.grants(wanted.control) {
            Direction::Withholds
        } else {
            Direction::Lacks
        };
        let Some(found) = found else {
            if !self.is_said(wanted.control) {
                into.push(self.whole(direction, wanted));
            }
            return;
        };
        if direction == Direction::Withholds {
            let held = self.held(wanted, found);
            into.extend(held.map(|path| self.part(direction, wanted, path)));
        } else if !(found.values.is_empty() && self.is_coded(wanted.control)) {
            let missing = self.beyond(wanted, found);
            into.extend(missing.map(|path| self.part(direction, wanted, path)));
        }
    }

    /// What the banner says and the portions do not demand.
    fn stated(&self, stated: &Stated, into: &mut Vec<Difference>) {
        if self.grants(stated.control) {
            self.released(stated, into);
            return;
        }
        let direction = Direction::Exceeds;
        let same = |own: &&Stated| own.control == stated.control && own.word == stated.word;
        match self.demand.statement.controls.iter().find(same) {
            Some(wanted) if wanted.values.is_empty() && self.is_coded(stated.control) => {
                into.extend((!stated.values.is_empty()).then(|| self.whole(direction, stated)));
            }
            Some(wanted) => {
                let more = self.beyond(stated, wanted);
                into.extend(more.map(|path| self.part(direction, stated, path)));
            }
            None if self.has_reason(stated.control) => {}
            None => into.push(self.whole(direction, stated)),
        }
    }

    /// What the banner releases beyond what every portion does.
    fn released(&self, stated: &Stated, into: &mut Vec<Difference>) {
        let direction = Direction::Releases;
        let shared = self.rolled.shared.get(&stated.control);
        let limit = shared.and_then(|shared| Some((shared, shared.common.as_ref()?)));
        let Some((shared, common)) = limit else {
            return;
        };
        let Some(parameter) = &self.scheme.control(stated.control).parameter else {
            let is_wrong = common.is_empty() && (shared.closed || !shared.vague);
            into.extend(is_wrong.then(|| self.whole(direction, stated)));
            return;
        };
        if shared.closed {
            into.push(self.whole(direction, stated));
            return;
        }
        if shared.vague {
            return;
        }
        let others = || {
            let first = parameter.first.as_deref();
            let texts = stated.values.iter().map(|value| value.text.as_str());
            texts.filter(move |&text| Some(text) != first)
        };
        let wrong = |text: &&str| {
            let members = expanded(self.scheme, stated.control, text);
            let by_members =
                members.len() > 1 && members.iter().skip(1).all(|own| common.contains(*own));
            !common.contains(*text) && !by_members
        };
        let count = others().filter(wrong).count();
        if count > 0 && count == others().count() {
            into.push(self.whole(direction, stated));
            return;
        }
        let path = |text: &str| vec![text.to_owned()];
        into.extend(
            others()
                .filter(wrong)
                .map(|text| self.part(direction, stated, path(text))),
        );
    }

    /// Codes that every portion releases to and the banner does not.
    fn held<'v>(&self, wanted: &'v Stated, found: &Stated) -> impl Iterator<Item = Path> + use<'v> {
        let id = wanted.control;
        let said = found
            .values
            .iter()
            .flat_map(|own| expanded(self.scheme, id, &own.text));
        let said: BTreeSet<&str> = said.collect();
        let scheme_members: Vec<bool> = wanted
            .values
            .iter()
            .map(|own| {
                let members = expanded(self.scheme, id, &own.text);
                let by_members =
                    members.len() > 1 && members.iter().skip(1).all(|own| said.contains(own));
                !said.contains(own.text.as_str()) && !by_members
            })
            .collect();
        let held = wanted.values.iter().zip(scheme_members);
        held.filter(|(_, held)| *held)
            .map(|(own, _)| vec![own.text.clone()])
    }

    /// Values of the one that the other has not: of those beneath one another the innermost.
    fn beyond(&self, one: &Stated, other: &Stated) -> impl Iterator<Item = Path> + use<> {
        let known = self.paths(other);
        let mut more: Vec<Path> = self
            .paths(one)
            .into_iter()
            .filter(|path| !known.contains(path))
            .collect();
        let all = more.clone();
        more.retain(|path| {
            !all.iter()
                .any(|other| other.len() > path.len() && other.starts_with(path))
        });
        more.into_iter()
    }

    /// The values of a control, each known one by its banner form.
    fn paths(&self, stated: &Stated) -> BTreeSet<Path> {
        let parameter = self.scheme.control(stated.control).parameter.as_ref();
        let named = |mut path: Path| {
            if let Some(first) = path.first_mut()
                && let Some(known) = parameter.and_then(|own| own.known(first))
                && let Some(best) = known.spellings.best(Surface::Banner)
            {
                best.clone_into(first);
            }
            path
        };
        paths(&stated.values).into_iter().map(named).collect()
    }

    fn is_coded(&self, id: ControlId) -> bool {
        let parameter = self.scheme.control(id).parameter.as_ref();
        parameter.is_some_and(|own| own.kind == ParameterKind::Codes)
    }

    /// Whether the banner says a control by other words, or what it says instead is reported already.
    fn is_said(&self, id: ControlId) -> bool {
        let level = self.banner.level.map(|level| self.scheme.level(level));
        let by_level = level.is_some_and(|level| level.implies.contains(&id));
        let has = |id: &ControlId| self.banner.controls.iter().any(|own| own.control == *id);
        let by_control = self.banner.controls.iter().any(|own| {
            let own = self.scheme.control(own.control);
            own.implies.contains(&id) || own.covers.contains(&id)
        });
        // The words that a banner with other portions has for it say all of it.
        let own = self.scheme.control(id);
        let by_parts = own
            .in_banner
            .as_ref()
            .is_some_and(|parts| has(&parts.becomes) && own.implies.iter().all(has));
        let mut chains = self
            .scheme
            .dominance
            .iter()
            .filter(|chain| chain.contains(&id));
        by_level || by_control || by_parts || chains.any(|chain| chain.iter().any(has))
    }

    /// Whether a control stands for one that some portion has, or belongs to what the portions demand.
    fn has_reason(&self, id: ControlId) -> bool {
        let control = self.scheme.control(id);
        let level = self.banner.level;
        let dropped = level.is_some_and(|level| control.dropped_at.contains(&level));
        let implied = level.is_some_and(|level| self.scheme.level(level).implies.contains(&id));
        let required = |wanted: &Stated| {
            let wanted = self.scheme.control(wanted.control);
            wanted.requires.contains(&id) || wanted.requires_one.contains(&id)
        };
        let required = self.demand.statement.controls.iter().any(required);
        // Portions say nothing about it, neither for the banner nor against it.
        let is_free = control.roll_up == RollUpOperator::None;
        is_free || dropped || implied || required || self.rolled.has(id) || self.is_fallback(id)
    }

    /// Whether a control stands where nothing is released, and some portion releases nothing.
    fn is_fallback(&self, id: ControlId) -> bool {
        let mut wanted = self.demand.statement.controls.iter();
        let is_released = wanted.any(|own| self.grants(own.control));
        let mut shared = self.rolled.shared.iter();
        !is_released
            && shared.any(|(other, shared)| {
                shared.closed && self.scheme.control(*other).empty_becomes == Some(id)
            })
    }

    fn whole(&self, direction: Direction, stated: &Stated) -> Difference {
        self.difference(direction, stated.clone(), Path::new())
    }

    fn part(&self, direction: Direction, stated: &Stated, path: Path) -> Difference {
        let depths = 0u8..;
        let values = depths.zip(&path).map(|(depth, text)| StatedValue {
            depth,
            text: text.clone(),
        });
        let stated = Stated {
            values: values.collect(),
            ..stated.clone()
        };
        if self.is_coded(stated.control) {
            return Difference {
                direction,
                control: stated.control,
                words: path.join(" "),
                path,
            };
        }
        self.difference(direction, stated, path)
    }

    fn difference(&self, direction: Direction, stated: Stated, path: Path) -> Difference {
        let control = stated.control;
        let alone = Statement {
            controls: vec![stated],
            ..Statement::default()
        };
        Difference {
            direction,
            control,
            words: alone.render(self.scheme, Surface::Banner, Style::Canonical),
            path,
        }
    }
}
