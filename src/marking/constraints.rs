//! What the words of a marking ask of each other: levels, companions, exclusions, order, counts.

use super::control::Category;
use super::fault::{Expected, Fault, MarkingFault};
use super::markings::{ControlUse, Marking, ValueOf, ValueUse};
use super::scheme::{ControlId, LevelId, OwnerId, Scheme};
use super::words::Word;
use crate::pack::control_file::{Position, Side, Sort};
use crate::text::Span;
use smallvec::SmallVec;

/// Adds what is wrong between the words of a marking that begins at byte `base`.
pub(super) fn check(marking: &mut Marking, text: &str, base: u32, scheme: &Scheme) {
    let checker = Checker {
        marking,
        text,
        base,
        scheme,
    };
    let mut faults: SmallVec<[MarkingFault; 1]> = SmallVec::new();
    checker.level(&mut faults);
    checker.owner(&mut faults);
    for (index, used) in checker.marking.controls.iter().enumerate() {
        checker.control(index, used, &mut faults);
    }
    checker.order(&mut faults);
    checker.counts(&mut faults);
    marking.faults.extend(faults);
}

pub(super) type Faults = SmallVec<[MarkingFault; 1]>;

pub(super) struct Checker<'m> {
    pub(super) marking: &'m Marking,
    text: &'m str,
    base: u32,
    pub(super) scheme: &'m Scheme,
}

impl<'m> Checker<'m> {
    pub(super) fn slice(&self, span: Span) -> &'m str {
        let start = span.start.saturating_sub(self.base) as usize;
        let end = span.end.saturating_sub(self.base) as usize;
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether a control stands, or is stated by one that does, or by the level.
    fn states(&self, control: ControlId) -> bool {
        let by_control = |used: &ControlUse| {
            used.control == control || self.scheme.control(used.control).implies.contains(&control)
        };
        let by_level = self
            .marking
            .level
            .is_some_and(|used| self.scheme.level(used.level).implies.contains(&control));
        by_level || self.marking.controls.iter().any(by_control)
    }

    pub(super) fn allowed(&self, levels: &[LevelId]) -> bool {
        let level = self.marking.level;
        levels.is_empty() || level.is_none_or(|used| levels.contains(&used.level))
    }

    fn level(&self, faults: &mut Faults) {
        if let Some(used) = self.marking.level {
            let owners = &self.scheme.level(used.level).owners;
            let owned = self
                .marking
                .owner
                .is_some_and(|owner| owners.contains(&owner.owner));
            if !owners.is_empty() && !owned {
                let expected = owners.first().map_or(Expected::Nothing, |&owner| {
                    Expected::Word(Word::Owner(owner))
                });
                faults.push(MarkingFault::new(Fault::Owner, used.span, expected));
            }
            return;
        }
        let unknown = |found: &MarkingFault| found.fault == Fault::UnknownWord;
        if self.marking.faults.iter().any(unknown) {
            return;
        }
        let alone = |used: &ControlUse| self.scheme.control(used.control).stands_alone;
        let controls = &self.marking.controls;
        if let Some(first) = controls.first().filter(|_| !controls.iter().any(alone)) {
            faults.push(MarkingFault::new(
                Fault::LevelMissing,
                first.span,
                Expected::Nothing,
            ));
        }
    }

    fn owner(&self, faults: &mut Faults) {
        let Some(used) = self.marking.owner else {
            return;
        };
        let owner = self.scheme.owner(used.owner);
        let level = self.marking.level.map_or(used.span, |level| level.span);
        if !self.allowed(&owner.levels) {
            let expected = Expected::Word(Word::Owner(used.owner));
            let mut fault = MarkingFault::new(Fault::Level, level, expected);
            fault.other = Some(used.span);
            faults.push(fault);
        }
        if let Some(sub) = &owner.sub_owner
            && !used.sub_owner.is_empty()
            && !self.allowed(&sub.levels)
        {
            let mut fault = MarkingFault::new(Fault::SubOwner, used.sub_owner, Expected::Nothing);
            fault.other = Some(level);
            faults.push(fault);
        }
        self.companions(used.span, &owner.requires, &owner.excludes, faults);
        if owner.codes.is_some() {
            self.owner_order(faults);
        }
        if let Some(parameter) = &owner.parameter {
            let expected = Expected::OwnerValue(used.owner);
            let place = level;
            self.parameter(ValueOf::Owner, parameter, (place, expected), faults);
        }
    }

    /// Every code of an owner that stands behind one that it goes before.
    fn owner_order(&self, faults: &mut Faults) {
        let key = |value: &ValueUse| {
            let code = value
                .code
                .and_then(|id| self.scheme.code_list(id.list)?.code(id.code));
            code.map(|code| (code.group, self.slice(value.span)))
        };
        let mut last = None;
        for value in self.marking.values_of(ValueOf::Owner) {
            let own = key(value);
            if own < last {
                faults.push(MarkingFault::new(
                    Fault::ValueOrder,
                    value.span,
                    Expected::Nothing,
                ));
            } else {
                last = own;
            }
        }
    }

    /// What must, and what may not, stand beside a word.
    pub(super) fn companions(
        &self,
        span: Span,
        requires: &[ControlId],
        excludes: &[ControlId],
        faults: &mut Faults,
    ) {
        for &wanted in requires {
            let expected = Expected::Word(Word::Control(wanted));
            // What is missing is missing once, whoever else requires it.
            let told =
                |found: &MarkingFault| found.fault == Fault::Requires && found.expected == expected;
            if !self.states(wanted) && !faults.iter().any(told) {
                faults.push(MarkingFault::new(Fault::Requires, span, expected));
            }
        }
        for other in &self.marking.controls {
            if excludes.contains(&other.control) {
                let (first, second) = if other.span < span {
                    (other.span, span)
                } else {
                    (span, other.span)
                };
                let mut fault = MarkingFault::new(Fault::Excludes, second, Expected::Nothing);
                fault.other = Some(first);
                let same = |found: &MarkingFault| {
                    found.fault == Fault::Excludes
                        && found.span == second
                        && found.other == Some(first)
                };
                if !faults.iter().any(same) {
                    faults.push(fault);
                }
            }
        }
    }

    fn control(&self, index: usize, used: &ControlUse, faults: &mut Faults) {
        let scheme = self.scheme;
        let control = scheme.control(used.control);
        if !self.allowed(&control.levels) {
            let mut fault = MarkingFault::new(Fault::Level, used.span, Expected::Nothing);
            fault.other = self.marking.level.map(|level| level.span);
            faults.push(fault);
        }
        // In a marking without an owner, the control that states one stands for it.
        let stated = |owner: &OwnerId| {
            let becomes = scheme.owner(*owner).becomes;
            becomes.is_some_and(|control| self.marking.has(control))
        };
        let owned = self.marking.owner.map_or_else(
            || control.owners.iter().any(stated),
            |own| control.owners.contains(&own.owner),
        );
        if !control.owners.is_empty() && !owned {
            faults.push(MarkingFault::new(
                Fault::Owner,
                used.span,
                Expected::Nothing,
            ));
        }
        let mut earlier = self.marking.controls.iter().take(index);
        let same_value = |other: &ControlUse| {
            control.open.is_none() || self.slice(other.span) == self.slice(used.span)
        };
        if let Some(first) =
            earlier.find(|other| other.control == used.control && same_value(other))
        {
            let mut fault = MarkingFault::new(Fault::Duplicate, used.span, Expected::Nothing);
            fault.other = Some(first.span);
            faults.push(fault);
        }
        self.companions(used.span, &control.requires, &control.excludes, faults);
        let one = &control.requires_one;
        if !one.is_empty() && !one.iter().any(|&wanted| self.states(wanted)) {
            let expected = one.first().map_or(Expected::Nothing, |&wanted| {
                Expected::Word(Word::Control(wanted))
            });
            faults.push(MarkingFault::new(Fault::Requires, used.span, expected));
        }
        for other in &self.marking.controls {
            if control.covers.contains(&other.control) && !control.excludes.contains(&other.control)
            {
                let mut fault = MarkingFault::new(Fault::Needless, other.span, Expected::Nothing);
                fault.other = Some(used.span);
                faults.push(fault);
            }
        }
        if let Some(parameter) = &control.parameter {
            let of = ValueOf::Control(u8::try_from(index).unwrap_or(u8::MAX));
            let expected = Expected::FirstValue(used.control);
            self.parameter(of, parameter, (used.span, expected), faults);
        }
    }

    /// Every word that stands behind one that it goes before.
    fn order(&self, faults: &mut Faults) {
        let level = self.marking.level.map(|used| used.span.start);
        let mut last: Option<&ControlUse> = None;
        for used in &self.marking.controls {
            let category = self
                .scheme
                .category(self.scheme.control(used.control).category);
            let before = category.position == Position::BeforeLevel;
            let wrong_side = level.is_some_and(|level| (used.span.start < level) != before);
            let behind = last.is_some_and(|last| self.goes_before(used, last));
            if wrong_side || behind {
                let mut fault = MarkingFault::new(Fault::Order, used.span, Expected::Nothing);
                fault.other = last.map(|last| last.span).filter(|_| behind);
                faults.push(fault);
            } else {
                last = Some(used);
            }
        }
    }

    /// Whether a control goes before one that stands before it.
    fn goes_before(&self, used: &ControlUse, last: &ControlUse) -> bool {
        let own = self.scheme.control(used.control).category;
        let other = self.scheme.control(last.control).category;
        if own != other {
            let position = |id| self.scheme.category(id).position == Position::AfterLevel;
            return (position(own), own) < (position(other), other);
        }
        let category = self.scheme.category(own);
        let words = |used: &ControlUse| {
            let parameter = self.scheme.control(used.control).parameter.as_ref();
            let before = parameter.is_some_and(|own| own.side == Side::Before);
            let span = if before {
                used.span.join(used.value)
            } else {
                used.span
            };
            self.slice(span)
        };
        let one = sort_key(self.scheme, category, used.control, words(used));
        let two = sort_key(self.scheme, category, last.control, words(last));
        one < two
    }

    fn counts(&self, faults: &mut Faults) {
        for (id, category) in self.scheme.categories() {
            if category.at_least == 0 && category.at_most.is_none() {
                continue;
            }
            let own = || {
                let controls = self.marking.controls.iter();
                controls.filter(|used| self.scheme.control(used.control).category == id)
            };
            let count = own().count();
            if let Some(most) = category.at_most
                && let Some(over) = own().nth(usize::from(most))
            {
                faults.push(MarkingFault::new(
                    Fault::TooMany,
                    over.span,
                    Expected::Nothing,
                ));
            }
            if let Some(level) = self
                .marking
                .level
                .filter(|_| count < usize::from(category.at_least))
            {
                faults.push(MarkingFault::new(
                    Fault::TooFew,
                    level.span,
                    Expected::Lead(id),
                ));
            }
        }
    }
}

/// Where a control stands within its category.
pub(super) fn sort_key<'t>(
    scheme: &Scheme,
    category: &Category,
    id: ControlId,
    words: &'t str,
) -> (usize, &'t str) {
    let control = scheme.control(id);
    match category.sort {
        Sort::Free => (0, ""),
        Sort::Listed => (usize::from(id.0), ""),
        Sort::Alphabetical => (0, words),
        Sort::FirstThenAlphabetical => {
            let place = category.first.iter().position(|&first| first == id);
            (place.unwrap_or(usize::MAX), words)
        }
        Sort::Groups => {
            let place = category
                .groups
                .iter()
                .position(|own| Some(own) == control.group.as_ref());
            (place.unwrap_or(usize::MAX), words)
        }
    }
}
