//! A marking behind its label: `"classification": "LEVEL"`, `Classification: LEVEL//CONTROL`, `classification="L"`.

use super::evidence::{Place, level_of};
use super::watch::Seen;
use crate::marking::{LazyScheme, Marking, Scheme, Surface, parse};

/// Longest marking that is looked at, in bytes.
const LONGEST: usize = 200;

/// Longest rest of a key behind the label, such as `_level`, in bytes.
const LONGEST_REST: usize = 12;

/// The marking behind a label.
pub(super) fn labelled(place: Place<'_>, schemes: &[LazyScheme]) -> Option<Seen> {
    if place.before().ends_with(char::is_alphanumeric) {
        return None;
    }
    let after = place.after();
    let is_rest = |letter: char| letter.is_ascii_alphabetic() || letter == '_' || letter == '-';
    let rest = after.len() - after.trim_start_matches(is_rest).len();
    let is_key = rest == 0 || rest <= LONGEST_REST && after.starts_with(['_', '-']);
    let tail = after.get(rest..).filter(|_| is_key)?;
    let tail = tail.strip_prefix(['"', '\'']).unwrap_or(tail);
    let tail = tail.trim_start_matches([' ', '\t', '*']);
    let tail = tail.strip_prefix([':', '='])?;
    let tail = tail.trim_start_matches([' ', '\t', '*']);
    let quote = tail.chars().next().filter(|letter| "\"'".contains(*letter));
    let (value, at) = match quote {
        Some(quote) => {
            let inner = tail.get(1..)?;
            (inner.get(..inner.find(quote)?)?, tail.len() - 1)
        }
        None => (
            tail.get(..tail.find(['\n', '\r', '<', '|']).unwrap_or(tail.len()))?,
            tail.len(),
        ),
    };
    let value = value.trim_end_matches([' ', '\t', '*', ',', '.']);
    if value.is_empty() || value.len() > LONGEST {
        return None;
    }
    let plain = value.replace("\\/", "/");
    let end = place.text.len() - at + value.len();
    schemes.iter().enumerate().find_map(|(index, scheme)| {
        let surfaces = [Surface::Banner, Surface::Portion];
        let written = surfaces
            .into_iter()
            .filter(|on| quote.is_some() || *on == Surface::Banner);
        let mut read = written.map(|on| parse(&plain, 0, scheme, on));
        let right = read.find(|marking| {
            marking.level.is_some() && marking.is_understood() && marking.is_right()
        });
        let whole = right.or_else(|| level_of(&plain, scheme));
        let begun = || level_in_capitals(&plain, scheme).filter(|_| quote.is_none());
        Some(place.seen(end, index, whole.or_else(begun)?))
    })
}

/// The level in capitals that a value begins with, whatever stands behind it.
fn level_in_capitals(value: &str, scheme: &Scheme) -> Option<Marking> {
    let spellings = scheme
        .levels()
        .flat_map(|(_, level)| level.spellings.on(Surface::Banner));
    let begins = spellings.filter(|spelling| {
        let rest = value.strip_prefix(spelling.as_str());
        rest.is_some_and(|rest| {
            !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_')
        })
    });
    level_of(begins.max_by_key(|spelling| spelling.len())?, scheme)
}
