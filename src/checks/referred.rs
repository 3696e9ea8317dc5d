//! `referred`: a message must not refer to itself, nor to one that is yet to come.

use super::{Draft, Finding, Names, Run};
use crate::reading::moment::full_year;
use crate::reading::{Element, ElementKind, KindSet, Value};
use schemars::JsonSchema;
use serde::Deserialize;

/// A message must not refer to itself, nor to one that is yet to come.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Referred {
    /// To which message it must not refer.
    pub to: Which,
}

/// Which message is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The one in which the reference stands.
    Itself,
    /// One of a later year, or a later one of the same station.
    Later,
}

/// First month in which a reference without a year is surely to this year: until then, people leave the
/// year out of references to the last one.
const YEAR_IS_SURE: i8 = 4;

#[derive(Debug)]
struct References(Which);

impl Referred {
    pub(super) fn compile(self, _: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(References(self.to))
    }
}

/// Number, station and year of a message.
struct Message<'a> {
    station: &'a Element,
    serial: u32,
    /// `None` where a reference does not say.
    year: Option<i16>,
    /// Whether it would say so if it were of another year.
    sure: bool,
}

const fn number(element: &Element) -> Option<u32> {
    match element.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

fn year(element: &Element) -> Option<i16> {
    let year = i16::try_from(number(element)?).ok()?;
    Some(if year < 100 { full_year(year) } else { year })
}

fn is_same_station(one: &Element, other: &Element, draft: &Draft<'_>) -> bool {
    if one.term.is_some() && other.term.is_some() {
        return one.term == other.term;
    }
    draft
        .slice(one.span)
        .eq_ignore_ascii_case(draft.slice(other.span))
}

/// The message at hand.
fn own<'a>(draft: &Draft<'a>) -> Option<Message<'a>> {
    Some(Message {
        station: draft.of(ElementKind::Station).next()?,
        serial: number(draft.of(ElementKind::Serial).next()?)?,
        year: draft.date().map(jiff::civil::Date::year),
        sure: true,
    })
}

/// Whether a reference without a year is to this year: none may stand behind it, and the year may not have
/// begun but lately.
fn is_of_this_year(item: &Element, next: Option<&Element>, draft: &Draft<'_>) -> bool {
    let late = draft
        .date()
        .is_some_and(|date| date.month() >= YEAR_IS_SURE);
    let rest = draft.text.get(item.span.end as usize..).unwrap_or_default();
    let line = rest.find('\n').unwrap_or(rest.len());
    let end = next.map_or(line, |next| {
        line.min(next.span.start.saturating_sub(item.span.end) as usize)
    });
    let behind = rest.get(..end).unwrap_or_default();
    late && !behind.contains(|letter: char| letter.is_ascii_digit())
}

impl References {
    fn is_at_fault(&self, item: &Message<'_>, own: &Message<'_>, draft: &Draft<'_>) -> bool {
        let same = is_same_station(item.station, own.station, draft);
        let this_year = item.year.is_some() && item.year == own.year;
        match self.0 {
            Which::Itself => {
                same && item.serial == own.serial && (this_year || item.year.is_none())
            }
            Which::Later => {
                let later_year = item.year.zip(own.year).is_some_and(|(own, at)| own > at);
                let comparable = this_year || item.year.is_none() && item.sure;
                later_year || same && comparable && item.serial > own.serial
            }
        }
    }
}

impl Run for References {
    fn needs(&self) -> KindSet {
        KindSet::of(ElementKind::ReferenceItem)
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let Some(own) = own(draft) else { return };
        let (mut station, mut year) = (None, None);
        let mut items = draft.of(ElementKind::ReferenceItem).peekable();
        while let Some(item) = items.next() {
            let inside = |kind| draft.within(kind, item.span).next();
            // `07 HARBOR 12 AND 14`: the second is of the same station and year.
            if let Some(own) = inside(ElementKind::ReferenceStation) {
                station = Some(own);
                year = inside(ElementKind::ReferenceYear).and_then(self::year);
            }
            let serial = inside(ElementKind::ReferenceSerial).and_then(number);
            let Some((station, serial)) = station.zip(serial) else {
                continue;
            };
            let message = Message {
                station,
                serial,
                year,
                sure: is_of_this_year(item, items.peek().copied(), draft),
            };
            if self.is_at_fault(&message, &own, draft) {
                findings.push(Finding::at(item, draft).beside(own.station));
            }
        }
    }
}
