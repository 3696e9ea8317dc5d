//! A draft as checks see it: its text, its elements by kind, and the scheme it is judged by.

use super::names::TermSet;
use crate::marking::{Level, LevelId, Scheme};
use crate::reading::{Element, ElementKind, Form, KindSet, Reading};
use crate::text::Span;
use jiff::civil::Date;
use smallvec::SmallVec;
use std::cell::OnceCell;
use std::ops::Range;

pub use crate::telegram::Lexicon;

/// Which rules of form a draft is held to.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// About to be sent: everything counts.
    Draft,
    /// Already sent: what is wrong with its form cannot be put right any more.
    Archive,
}

impl Profile {
    /// The word used in configuration and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Archive => "archive",
        }
    }
}

/// A draft as checks see it.
pub struct Draft<'a> {
    /// The decoded text.
    pub text: &'a str,
    /// What was read in it.
    pub reading: &'a Reading,
    /// The scheme it is judged by.
    pub scheme: &'a Scheme,
    /// Place of that scheme among those of the rule set.
    pub scheme_index: usize,
    /// The vocabularies.
    pub lexicon: &'a Lexicon,
    /// Which rules of form hold.
    pub profile: Profile,
    /// The days of which it must be one by whose rules it is judged, first and last.
    days: Option<(Date, Date)>,
    /// The kinds that occur.
    pub kinds: KindSet,
    /// The kinds of which some marking has faults.
    pub(super) faulty: KindSet,
    /// Indices of elements by kind, and within a kind in the order of the text.
    order: Vec<u32>,
    /// Where each kind begins in `order`, and where it ends.
    bounds: [(u32, u32); KindSet::MOST],
    /// A few bits for the words of each kind, as [`TermSet::bits`] gives them.
    words: [u64; KindSet::MOST],
    /// For each place in `order`, how far the elements of its kind reach up to there; made on first use.
    reach: OnceCell<Vec<u32>>,
}

// It holds a draft's text.
impl std::fmt::Debug for Draft<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Draft")
            .field("bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Draft<'a> {
    /// Sorts the elements of a draft by kind.
    pub fn new(
        text: &'a str,
        reading: &'a Reading,
        (scheme_index, scheme): (usize, &'a Scheme),
        lexicon: &'a Lexicon,
        profile: Profile,
    ) -> Self {
        let mut bounds = [(0, 0); KindSet::MOST];
        let mut words = [0; KindSet::MOST];
        let (mut kinds, mut faulty) = (KindSet::EMPTY, KindSet::EMPTY);
        for element in &reading.elements {
            kinds.insert(element.kind);
            let marking = element.marking();
            if marking.is_some_and(|own| !own.faults.is_empty()) {
                faulty.insert(element.kind);
            }
            if let Some((_, count)) = bounds.get_mut(element.kind as usize) {
                *count += 1;
            }
            if let Some(term) = element.term
                && let Some(words) = words.get_mut(element.kind as usize)
            {
                *words |= TermSet::bit(term);
            }
        }
        let mut next = 0;
        for kind in kinds.numbers() {
            if let Some((start, end)) = bounds.get_mut(kind) {
                let count = *end;
                (*start, *end) = (next, next);
                next += count;
            }
        }
        let mut order = vec![0; reading.elements.len()];
        for (index, element) in (0u32..).zip(&reading.elements) {
            if let Some((_, end)) = bounds.get_mut(element.kind as usize) {
                if let Some(place) = order.get_mut(*end as usize) {
                    *place = index;
                }
                *end += 1;
            }
        }
        Self {
            text,
            reading,
            scheme,
            scheme_index,
            lexicon,
            profile,
            days: days(reading, lexicon),
            kinds,
            faulty,
            order,
            bounds,
            words,
            reach: OnceCell::new(),
        }
    }

    /// Elements of a kind, in the order of the text.
    pub fn of(&self, kind: ElementKind) -> impl Iterator<Item = &'a Element> + use<'_, 'a> {
        self.numbered(kind as usize)
    }

    /// Elements of a kind, by its number.
    pub(super) fn numbered(&self, kind: usize) -> impl Iterator<Item = &'a Element> + use<'_, 'a> {
        let indices = self.indices(kind).iter();
        indices.filter_map(|&index| self.reading.elements.get(index as usize))
    }

    /// Elements of any of some kinds, in the order of the text.
    pub fn of_any(&self, kinds: KindSet) -> impl Iterator<Item = &'a Element> + use<'_, 'a> {
        let elements = &self.reading.elements;
        let places = self.places(kinds.both(self.kinds));
        places.filter_map(|index| elements.get(index as usize))
    }

    /// Indices of the elements of some kinds, all of which occur.
    fn places(&self, kinds: KindSet) -> Places<'_> {
        let mut numbers = kinds.numbers();
        let (first, second) = (numbers.next(), numbers.next());
        let one = first.map_or(Default::default(), |kind| self.indices(kind));
        let Some(second) = second else {
            return Places::OfOne(one.iter());
        };
        let mut indices = SmallVec::from_slice(one);
        for kind in std::iter::once(second).chain(numbers) {
            indices.extend_from_slice(self.indices(kind));
        }
        indices.sort_unstable();
        Places::OfSeveral(indices.into_iter())
    }

    /// Whether some element of these kinds may be a word whose bits these are.
    pub(super) fn may_hold(&self, kinds: KindSet, bits: u64) -> bool {
        let mut kinds = kinds.both(self.kinds).numbers();
        kinds.any(|kind| self.words.get(kind).is_some_and(|own| own & bits != 0))
    }

    /// Indices of the elements of a kind, by its number.
    fn indices(&self, kind: usize) -> &[u32] {
        self.order.get(self.bounds(kind)).unwrap_or_default()
    }

    /// Where the elements of a kind lie in `order`.
    fn bounds(&self, kind: usize) -> Range<usize> {
        let (start, end) = self.bounds.get(kind).copied().unwrap_or_default();
        start as usize..end as usize
    }

    /// The first element of a kind that encloses a place.
    pub fn enclosing(&self, kind: ElementKind, place: Span) -> Option<&'a Element> {
        let reach = self.reach.get_or_init(|| self.reaches());
        let reach = reach.get(self.bounds(kind as usize))?;
        // The first that reaches so far: those before it end too early, those after it begin later.
        let first = reach.partition_point(|&end| end < place.end);
        let index = *self.indices(kind as usize).get(first)?;
        let element = self.reading.elements.get(index as usize)?;
        element.span.contains(place).then_some(element)
    }

    fn reaches(&self) -> Vec<u32> {
        let mut reach = Vec::with_capacity(self.order.len());
        for kind in self.kinds.numbers() {
            let elements = self.numbered(kind);
            reach.extend(elements.scan(0, |furthest: &mut u32, element| {
                *furthest = element.span.end.max(*furthest);
                Some(*furthest)
            }));
        }
        reach
    }

    /// Elements of a kind that lie within a place, in the order of the text.
    pub fn within(
        &self,
        kind: ElementKind,
        place: Span,
    ) -> impl Iterator<Item = &'a Element> + use<'_, 'a> {
        let elements = &self.reading.elements;
        let indices = self.indices(kind as usize);
        let first = indices.partition_point(|&index| {
            let element = elements.get(index as usize);
            element.is_some_and(|own| own.span.start < place.start)
        });
        let behind = indices.iter().skip(first);
        let behind = behind.filter_map(|&index| elements.get(index as usize));
        behind
            .take_while(move |element| element.span.start <= place.end)
            .filter(move |element| place.contains(element.span))
    }

    /// The same, judged by the rules of another day than its own.
    #[must_use]
    pub const fn as_of(mut self, day: Option<Date>) -> Self {
        if let Some(day) = day {
            self.days = Some((day, day));
        }
        self
    }

    /// Its own day; the day by whose rules it is judged where it states none.
    pub fn date(&self) -> Option<Date> {
        self.reading.date.or_else(|| self.judged_on())
    }

    /// The day by whose rules it is judged, where that is known.
    pub fn judged_on(&self) -> Option<Date> {
        self.days
            .filter(|(first, last)| first == last)
            .map(|(day, _)| day)
    }

    /// The first and the last of the days of which one is that by whose rules it is judged: the same
    /// day twice where it is known, and those of its order where it states no date.
    pub const fn days(&self) -> Option<(Date, Date)> {
        self.days
    }

    /// The text of a place, without outer blanks.
    pub fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default().trim()
    }

    /// The level of the header and where it stands.
    pub fn header_level(&self) -> Option<(LevelId, Span)> {
        let used = self.reading.header.as_ref()?.level?;
        Some((used.level, used.span))
    }

    /// The level of the header as the scheme describes it.
    pub fn level(&self) -> Option<&'a Level> {
        self.header_level()
            .map(|(level, _)| self.scheme.level(level))
    }

    /// Whether every portion carries a mark, and there is at least one.
    pub fn is_all_marked(&self) -> bool {
        self.kinds.contains(ElementKind::Portion) && self.reading.is_all_marked()
    }

    /// The mark that governs a place: the nearest one before it, unless an unmarked portion began in between.
    pub fn mark_above(&self, place: Span) -> Option<&'a Element> {
        let mark = self.last_before(ElementKind::Portion, place)?;
        let unmarked = self.last_before(ElementKind::UnmarkedParagraph, place);
        let between = unmarked.is_some_and(|own| mark.span.start < own.span.start);
        (!between).then_some(mark)
    }

    /// The last element of a kind that begins where a place does, or before it.
    fn last_before(&self, kind: ElementKind, place: Span) -> Option<&'a Element> {
        let elements = &self.reading.elements;
        let of_kind = self.indices(kind as usize);
        let begins = |&index: &u32| {
            let element = elements.get(index as usize);
            element.is_some_and(|own| own.span.start <= place.start)
        };
        let behind = of_kind.partition_point(begins);
        elements.get(*of_kind.get(behind.checked_sub(1)?)? as usize)
    }
}

/// Indices of elements in the order of the text.
enum Places<'d> {
    /// Of one kind.
    OfOne(std::slice::Iter<'d, u32>),
    /// Of several.
    OfSeveral(smallvec::IntoIter<[u32; 32]>),
}

impl Iterator for Places<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        match self {
            Self::OfOne(indices) => indices.next().copied(),
            Self::OfSeveral(indices) => indices.next(),
        }
    }
}

/// The day of a draft, or the days between which the order that a message names was in force. In
/// other documents an order may be that of a later release.
fn days(reading: &Reading, lexicon: &Lexicon) -> Option<(Date, Date)> {
    let own = reading.date.map(|day| (day, day));
    let message = reading.form == Form::Telegram;
    own.or_else(|| {
        let reading = message.then_some(reading)?;
        let order = reading.first(ElementKind::Order)?;
        let term = lexicon.get("order")?.term(order.term?);
        let last = term.until.map_or(Date::MAX, |day| day.0);
        Some((term.since?.0, last))
    })
}
