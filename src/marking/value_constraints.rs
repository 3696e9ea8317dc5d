//! What the values of a marking ask: their number, their order, and what stands beside them.

use super::constraints::{Checker, Faults};
use super::fault::{Expected, Fault, MarkingFault};
use super::markings::{ValueOf, ValueUse};
use super::parameter::{Limits, Parameter};
use super::scheme::{CodeId, Scheme};
use super::statement::StatedValue;
use super::words::Word;
use crate::pack::control_file::{ParameterKind, Sort};
use crate::text::Span;
use smallvec::SmallVec;
use std::cmp::Ordering;

impl Checker<'_> {
    /// The values of a control or an owner: their number, order, and what known ones ask for.
    pub(super) fn parameter(
        &self,
        of: ValueOf,
        parameter: &Parameter,
        (place, expected): (Span, Expected),
        faults: &mut Faults,
    ) {
        let values = || self.marking.values_of(of).filter(|value| value.depth == 0);
        let Some(first) = values().next() else {
            if !parameter.is_optional(self.marking.surface) && !self.is_bare(of) {
                faults.push(MarkingFault::new(Fault::MissingValue, place, expected));
            }
            return;
        };
        let is = |value: &ValueUse, text: &str| self.slice(value.span) == text;
        let wanted = parameter.first.as_ref().or(parameter.always.as_ref());
        if let Some(wanted) = wanted {
            let found = values().find(|value| is(value, wanted));
            match found {
                None => faults.push(MarkingFault::new(Fault::ValueMissing, first.span, expected)),
                Some(found) if parameter.first.is_some() && found.span != first.span => {
                    faults.push(MarkingFault::new(Fault::ValueOrder, found.span, expected));
                }
                Some(_) => {}
            }
        }
        let count = values().count();
        if count == 1 && parameter.first.as_deref() == Some(self.slice(first.span)) {
            // Whoever marks it has it already: a list of one names nobody else.
            faults.push(MarkingFault::new(Fault::MissingValue, place, expected));
        }
        if let Some(most) = parameter.at_most.filter(|&most| count > usize::from(most))
            && let Some(over) = values().nth(usize::from(most))
        {
            faults.push(MarkingFault::new(
                Fault::TooMany,
                over.span,
                Expected::Nothing,
            ));
        }
        if self.is_bare(of)
            && let ValueOf::Control(index) = of
            && let Some(used) = self.marking.controls.get(usize::from(index))
        {
            let expected = Expected::Word(Word::Control(used.control));
            faults.push(MarkingFault::new(Fault::Form, used.span, expected));
        }
        if !self.allowed(&parameter.levels) {
            let mut fault = MarkingFault::new(Fault::Level, first.span, Expected::Nothing);
            fault.other = self.marking.level.map(|level| level.span);
            faults.push(fault);
        }
        self.value_order(of, parameter, faults);
        if !parameter.values.is_empty() {
            self.known_values(of, parameter, faults);
        }
    }

    /// Whether a control is written as it is where its values are left out.
    fn is_bare(&self, of: ValueOf) -> bool {
        let ValueOf::Control(index) = of else {
            return false;
        };
        let used = self.marking.controls.get(usize::from(index));
        used.is_some_and(|used| {
            let bare = self
                .scheme
                .control(used.control)
                .bare
                .on(self.marking.surface);
            bare.iter().any(|own| own == self.slice(used.span))
        })
    }

    fn value_order(&self, of: ValueOf, parameter: &Parameter, faults: &mut Faults) {
        let all = || self.marking.values_of(of);
        let mut last: SmallVec<[Option<&ValueUse>; 3]> = SmallVec::new();
        for (index, value) in all().enumerate() {
            let depth = usize::from(value.depth);
            last.resize(depth + 1, None);
            if let Some(before) = last.get(depth).copied().flatten()
                && Some(self.slice(value.span)) != parameter.first.as_deref()
                && self.in_order(parameter, before, value) == Ordering::Greater
            {
                faults.push(MarkingFault::new(
                    Fault::ValueOrder,
                    value.span,
                    Expected::Nothing,
                ));
            } else if let Some(slot) = last.get_mut(depth) {
                *slot = Some(value);
            }
            let same = |other: &ValueUse| {
                parameter.kind != ParameterKind::Compartments
                    && other.depth == value.depth
                    && self.slice(other.span) == self.slice(value.span)
            };
            if all().take(index).any(same) {
                faults.push(MarkingFault::new(
                    Fault::DuplicateValue,
                    value.span,
                    Expected::Nothing,
                ));
            }
        }
    }

    fn in_order(&self, parameter: &Parameter, left: &ValueUse, right: &ValueUse) -> Ordering {
        let key = |value: &ValueUse| {
            let text = self.slice(value.span);
            let first = parameter.first.as_deref() == Some(text);
            let code = |code: CodeId| self.scheme.code_list(code.list)?.code(code.code);
            match value.code.and_then(code) {
                Some(code) if parameter.sort == Sort::Groups && !first => {
                    (usize::from(code.group) + 1, text)
                }
                _ => value_key(self.scheme, parameter, value.depth, text),
            }
        };
        key(left).cmp(&key(right))
    }

    /// What known values ask of level and controls.
    fn known_values(&self, of: ValueOf, parameter: &Parameter, faults: &mut Faults) {
        let mut above = None;
        for value in self.marking.values_of(of) {
            if value.depth == 0 {
                above = parameter.known(self.slice(value.span));
                if let Some(known) = above {
                    self.limits(value.span, &known.limits, faults);
                    let right = known.spellings.on(self.marking.surface);
                    let text = self.slice(value.span);
                    if !right.is_empty() && !right.iter().any(|own| own == text) {
                        faults.push(MarkingFault::new(
                            Fault::Form,
                            value.span,
                            Expected::Nothing,
                        ));
                    }
                }
            } else if value.depth == 1
                && let Some(beneath) = above.and_then(|known| known.beneath.as_ref())
            {
                self.limits(value.span, &beneath.limits, faults);
                let text = self.slice(value.span);
                if !beneath.only.is_empty() && !beneath.only.iter().any(|own| own == text) {
                    faults.push(MarkingFault::new(
                        Fault::UnknownValue,
                        value.span,
                        Expected::Nothing,
                    ));
                }
            }
        }
    }

    fn limits(&self, span: Span, limits: &Limits, faults: &mut Faults) {
        if !self.allowed(&limits.levels) {
            let mut fault = MarkingFault::new(Fault::Level, span, Expected::Nothing);
            fault.other = self.marking.level.map(|level| level.span);
            faults.push(fault);
        }
        self.companions(span, &limits.requires, &limits.excludes, faults);
    }
}

/// Where a value stands among those at its depth.
pub(super) fn value_key<'t>(
    scheme: &Scheme,
    parameter: &Parameter,
    depth: u8,
    text: &'t str,
) -> (usize, &'t str) {
    if depth > 0 {
        return match parameter.sort {
            Sort::Free => (0, ""),
            _ => (0, text),
        };
    }
    if parameter.first.as_deref() == Some(text) {
        return (0, "");
    }
    match parameter.sort {
        Sort::Free => (1, ""),
        Sort::Listed => {
            let known = parameter.known(text);
            let place = known.and_then(|own| {
                parameter
                    .values
                    .iter()
                    .position(|other| other.name == own.name)
            });
            (place.map_or(usize::MAX, |place| place + 1), "")
        }
        Sort::Groups => {
            let list = parameter
                .codes
                .and_then(|list| scheme.code_lists.get(usize::from(list)));
            let code = list.and_then(|list| list.code(list.find(text)?));
            (
                code.map_or(usize::MAX, |code| usize::from(code.group) + 1),
                text,
            )
        }
        Sort::Alphabetical | Sort::FirstThenAlphabetical => (1, text),
    }
}

/// Values at a depth in their order, each once, with what stands beneath all its uses.
pub(super) fn sort_values(
    scheme: &Scheme,
    parameter: &Parameter,
    values: &[StatedValue],
    depth: u8,
) -> Vec<StatedValue> {
    let mut heads: Vec<(StatedValue, Vec<StatedValue>)> = Vec::new();
    let mut current = None;
    let same_word = |one: &str, other: &str| {
        let name = |text| {
            parameter
                .known(text)
                .filter(|_| depth == 0)
                .map(|own| &own.name)
        };
        one == other || name(one).is_some() && name(one) == name(other)
    };
    for value in values {
        if value.depth <= depth {
            let found = heads
                .iter()
                .position(|(head, _)| same_word(&head.text, &value.text));
            current = Some(found.unwrap_or(heads.len()));
            if found.is_none() {
                heads.push((value.clone(), Vec::new()));
            }
        } else if let Some((_, beneath)) = current.and_then(|at| heads.get_mut(at)) {
            beneath.push(value.clone());
        }
    }
    heads.sort_by(|(left, _), (right, _)| {
        let key = |value: &StatedValue| {
            let (place, text) = value_key(scheme, parameter, depth, &value.text);
            (place, text.to_owned())
        };
        key(left).cmp(&key(right))
    });
    let mut sorted = Vec::new();
    for (head, beneath) in heads {
        sorted.push(head);
        if !beneath.is_empty() {
            sorted.extend(sort_values(scheme, parameter, &beneath, depth + 1));
        }
    }
    sorted
}
