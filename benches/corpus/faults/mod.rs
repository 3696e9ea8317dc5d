//! Single faults: each changes one place of a sound telegram, as a drafter in a hurry does, and names
//! the rule that is to find it.

mod captions;
mod layout;
mod level;
mod order;
mod portions;
mod transmission;

use caveat::reading::ElementKind;
use std::ops::Range;

/// One replacement of bytes of a text.
pub(crate) struct Edit {
    /// What is replaced; empty for an insertion.
    pub(crate) place: Range<usize>,
    /// What stands there afterwards.
    pub(crate) with: String,
}

impl Edit {
    fn new(place: Range<usize>, with: impl Into<String>) -> Self {
        let with = with.into();
        Self { place, with }
    }

    /// The text after it.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut after = text.to_owned();
        after.replace_range(self.place.clone(), &self.with);
        after
    }
}

/// Where a fault is to be reported.
#[derive(Clone, Copy)]
pub(crate) enum At {
    /// At the place of the edit, or touching it.
    Here,
    /// On the line of the edit.
    Line,
    /// At an element of this kind.
    On(ElementKind),
    /// At an element of one of two kinds.
    OnEither(ElementKind, ElementKind),
}

/// A kind of fault.
#[derive(Clone, Copy)]
pub(crate) struct Fault {
    /// A few words in kebab case.
    pub(crate) name: &'static str,
    /// The rule that finds it.
    pub(crate) by: &'static str,
    /// Where it is found.
    pub(crate) at: At,
    /// What changes; `None` where the telegram has nothing that could go wrong in this way.
    pub(crate) edit: fn(&str) -> Option<Edit>,
}

const fn fault(
    name: &'static str,
    by: &'static str,
    at: At,
    edit: fn(&str) -> Option<Edit>,
) -> Fault {
    Fault { name, by, at, edit }
}

/// Every kind of fault, by what it touches.
pub(crate) const FAULTS: &[&[Fault]] = &[
    level::FAULTS,
    captions::FAULTS,
    portions::FAULTS,
    order::FAULTS,
    transmission::FAULTS,
    layout::FAULTS,
];

/// The first line that passes, without its end.
fn line(text: &str, passes: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split('\n') {
        if passes(line) {
            return Some(start..start + line.len());
        }
        start += line.len() + 1;
    }
    None
}

/// The first line that begins so.
fn line_from(text: &str, start: &str) -> Option<Range<usize>> {
    line(text, |line| line.starts_with(start))
}

/// The first line that passes goes, with its end.
fn drop(text: &str, passes: impl Fn(&str) -> bool) -> Option<Edit> {
    let place = line(text, passes)?;
    Some(Edit::new(place.start..(place.end + 1).min(text.len()), ""))
}

/// In the first line that begins with `start`, the first `from` becomes `to`.
fn swap(text: &str, start: &str, from: &str, to: &str) -> Option<Edit> {
    let place = line_from(text, start)?;
    let at = place.start + text.get(place)?.find(from)?;
    Some(Edit::new(at..at + from.len(), to))
}

/// Lines put before the first line that begins with `start`.
fn before(text: &str, start: &str, with: &str) -> Option<Edit> {
    let at = line_from(text, start)?.start;
    Some(Edit::new(at..at, with))
}

/// A paragraph put before the first numbered one.
fn before_the_text(text: &str, with: &str) -> Option<Edit> {
    let at = line(text, |line| number(line) == Some(1))?.start;
    given(has_room(text), Some(Edit::new(at..at, with)))
}

/// The number that a line of the text begins with.
fn number(line: &str) -> Option<u32> {
    let (number, _) = line.trim_start_matches('\u{b6}').split_once(". ")?;
    number.parse().ok()
}

/// Levels as the reference line writes them; the longest of a kind first.
const LEVELS: &[&str] = &[
    "C O N F I D E N T I A L",
    "T O P  S E C R E T",
    "S E C R E T",
    "CONFIDENTIAL",
    "SECRET",
    "LIMITED OFFICIAL USE",
    "UNCLAS E F T O",
    "UNCLAS",
];

/// The level on the reference line: its place and its words.
fn level(text: &str) -> Option<(Range<usize>, &'static str)> {
    let numbered = |line: &str| line.split(' ').any(is_serial);
    let opens = |line: &str| {
        let levels = LEVELS.iter().copied();
        levels.into_iter().find(|level| {
            line.strip_prefix(level)
                .is_some_and(|rest| rest.starts_with(' '))
        })
    };
    let place = line(text, |line| numbered(line) && opens(line).is_some())?;
    let level = opens(text.get(place.clone())?)?;
    Some((place.start..place.start + level.len(), level))
}

/// Whether a word may be the serial of a reference number.
fn is_serial(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the level is a classification.
fn classified(text: &str) -> bool {
    let field = line_from(text, "Classification: ").and_then(|place| text.get(place.start + 16..));
    let open = |level: &str| level.starts_with("UNCLAS") || level.starts_with("LIMITED");
    match (level(text), field) {
        (Some((_, level)), _) => !open(level),
        (None, Some(field)) => !open(field),
        (None, None) => false,
    }
}

/// Whether a paragraph carries the mark of a classification.
fn marked_classified(text: &str) -> bool {
    ["C", "S", "TS"].iter().any(|mark| {
        let marks = |after: &str| text.contains(&format!(". ({mark}{after}"));
        marks(")") || marks("/")
    })
}

/// Whether lines may be added before a summary is called for.
fn has_room(text: &str) -> bool {
    text.contains("SUMMARY") || text.lines().count() < 60
}

/// The line of the order, with the one that continues it.
fn order_lines(text: &str) -> Option<Range<usize>> {
    let first = line_from(text, "E.O. ")?;
    let below = text.get(first.end + 1..)?.lines().next()?;
    let goes_on = !below.is_empty() && !below.starts_with("TAGS") && !below.contains(": ");
    let more = if goes_on { below.len() + 1 } else { 0 };
    Some(first.start..first.end + more)
}

/// The reference line.
fn reference(text: &str) -> Option<Range<usize>> {
    let (level, _) = level(text)?;
    let length = text.get(level.start..)?.find('\n')?;
    Some(level.start..level.start + length)
}

/// The year of the date-time group.
fn year(text: &str) -> Option<u32> {
    let dtg = line(text, |line| {
        let mut words = line.rsplit(' ');
        let (year, _, clock) = (words.next(), words.next(), words.next());
        year.is_some_and(|year| year.len() == 2)
            && clock.is_some_and(|clock| clock.len() == 7 && clock.ends_with('Z'))
    })?;
    let year: u32 = text.get(dtg.end - 2..dtg.end)?.parse().ok()?;
    Some(if year > 65 { 1900 + year } else { 2000 + year })
}

/// Runs an edit where a condition holds.
fn given(condition: bool, edit: Option<Edit>) -> Option<Edit> {
    edit.filter(|_| condition)
}
