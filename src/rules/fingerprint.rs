//! What a finding is known by: its rule, the marking concerned, the kind of element, and the markings
//! around it. Prose has no part in it, nor has the place, so that a finding that moved stays known.

use crate::checks::{Draft, Finding};
use crate::fingerprint::Fingerprint;
use crate::marking::{Marking, ValueOf};
use crate::reading::{Element, ElementKind};
use crate::text::Span;

/// Stands for what is not there.
const NOTHING: &str = "-";

/// Kinds whose text is a word of markings or of message traffic, and never prose.
const WORDS: [ElementKind; 17] = [
    ElementKind::SecurityLetters,
    ElementKind::RoutingIndicator,
    ElementKind::Level,
    ElementKind::UnknownLevel,
    ElementKind::MisspeltLevel,
    ElementKind::Caption,
    ElementKind::UnknownCaption,
    ElementKind::MisplacedCaption,
    ElementKind::RepeatedCaption,
    ElementKind::CaptionInTags,
    ElementKind::Order,
    ElementKind::DeclassificationCode,
    ElementKind::Tag,
    ElementKind::ReasonLetter,
    ElementKind::MalformedPortion,
    ElementKind::UnknownPortion,
    ElementKind::RepeatedLevel,
];

/// What a finding of a rule is known by; `places` says how many it gathers.
pub(super) fn fingerprint(
    rule: &str,
    finding: &Finding,
    places: usize,
    draft: &Draft<'_>,
) -> Fingerprint {
    let element = concerned(draft, finding.span);
    let kind = element.map_or_else(|| NOTHING.to_owned(), |found| format!("{:?}", found.kind));
    let place = element.map_or(finding.span, |found| found.span);
    let marking = element.and_then(Element::marking);
    let mut words = vec![rule.to_owned(), kind];
    match (marking, element) {
        (Some(marking), _) => words.extend(stated(marking, draft)),
        (None, Some(element)) if WORDS.contains(&element.kind) => {
            words.push(draft.slice(element.span).to_owned());
        }
        _ => words.push(NOTHING.to_owned()),
    }
    words.extend(neighbours(draft, place).map(str::to_owned));
    if marking.is_some() {
        words.push(header(draft).to_owned());
    }
    for &span in &finding.related {
        let other = concerned(draft, span).and_then(Element::marking);
        words.push(level(other, draft).to_owned());
    }
    words.push(places.to_string());
    Fingerprint::of(words.iter().map(String::as_str))
}

/// The smallest element that covers a place; of equal ones a marking, then the first.
fn concerned<'a>(draft: &Draft<'a>, place: Span) -> Option<&'a Element> {
    let elements = &draft.reading.elements;
    let behind = elements.partition_point(|element| element.span.start <= place.start);
    let mut best: Option<&Element> = None;
    for element in elements.get(..behind)?.iter().rev() {
        // Whatever begins further ahead and covers the place is longer than what was found.
        let reach = best.map_or(u32::MAX, |best| best.span.len());
        if element.span.start.saturating_add(reach) < place.end {
            break;
        }
        let key = |element: &Element| (element.span.len(), element.marking().is_none());
        if element.span.contains(place) && best.is_none_or(|best| key(element) <= key(best)) {
            best = Some(element);
        }
    }
    best
}

/// The words of a marking by their names, whatever their spelling: owner, level, controls and values.
fn stated(marking: &Marking, draft: &Draft<'_>) -> Vec<String> {
    let scheme = draft.scheme;
    let values = |of: ValueOf| {
        let values = marking.values_of(of);
        values.map(|value| draft.slice(value.span).to_owned())
    };
    let mut words = Vec::new();
    if let Some(used) = marking.owner {
        words.push(scheme.owner(used.owner).name.to_string());
        words.extend(values(ValueOf::Owner));
    }
    words.push(level(Some(marking), draft).to_owned());
    for (index, used) in (0u8..).zip(&marking.controls) {
        words.push(scheme.control(used.control).name.to_string());
        words.extend(values(ValueOf::Control(index)));
    }
    words
}

/// The levels of the markings before and after a place.
fn neighbours<'a>(draft: &Draft<'a>, place: Span) -> impl Iterator<Item = &'a str> {
    let marked = |element: &&Element| element.marking().is_some_and(|own| own.level.is_some());
    let elements = &draft.reading.elements;
    let from = |at: u32| elements.partition_point(|one| one.span.start < at);
    let ahead = elements.get(..from(place.start)).unwrap_or_default();
    let behind = elements.get(from(place.end)..).unwrap_or_default();
    let before = ahead.iter().rev().filter(marked);
    let before = before.filter(|one| one.span.end <= place.start);
    [before.into_iter().next(), behind.iter().find(marked)]
        .into_iter()
        .map(|found| level(found.and_then(Element::marking), draft))
}

fn level<'a>(marking: Option<&Marking>, draft: &Draft<'a>) -> &'a str {
    let used = marking.and_then(|marking| marking.level);
    used.map_or(NOTHING, |used| &draft.scheme.level(used.level).name)
}

fn header<'a>(draft: &Draft<'a>) -> &'a str {
    draft.level().map_or(NOTHING, |level| &level.name)
}
