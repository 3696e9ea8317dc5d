//! Cuts the line with the level and the message reference number into its parts.

use super::is_digits;
use super::levels::{LevelAt, level_at, near_level};
use super::lexicon::{Kind, Lexicon};
use crate::marking::Scheme;
use std::ops::Range;

/// Places of the number of a section and of the number of all.
type Section = (Range<usize>, Range<usize>);

/// The parts of the line, as bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) level: Option<LevelAt>,
    /// Where the words that stand in place of a level end, before a section; zero where there are none.
    pub(super) head: usize,
    pub(super) section: Option<Section>,
    /// Empty where there is none.
    pub(super) station: Range<usize>,
    /// Empty where there is none.
    pub(super) serial: Range<usize>,
}

impl Parts {
    pub(super) const fn states_level(&self) -> bool {
        self.level.is_some()
    }

    /// Whether words stand behind the level that may be a station.
    pub(super) fn level_before_words(&self, text: &str) -> bool {
        let rest = self.level.and_then(|level| text.get(level.len..));
        let is_name = |letter: char| letter.is_ascii_uppercase() || " .'-".contains(letter);
        rest.is_some_and(|rest| !rest.trim().is_empty() && rest.chars().all(is_name))
    }

    /// Whether station and serial are there.
    pub(super) fn is_whole(&self) -> bool {
        !self.station.is_empty() && !self.serial.is_empty()
    }
}

/// Cuts a line into its parts; `None` where neither a level nor station and serial are there.
pub(super) fn split(text: &str, scheme: &Scheme, lexicon: &Lexicon) -> Option<Parts> {
    let level = level_at(text, scheme);
    if level.is_none() && !text.bytes().any(|byte| byte.is_ascii_digit()) {
        // Without a serial it is neither.
        return None;
    }
    let mut at = level.map_or(0, |found| found.len);
    at = skip_captions(text, at, lexicon);
    let mut section = section(text, at);
    let mut head = 0;
    if level.is_none()
        && section.is_none()
        && let Some((end, found)) = section_behind_words(text)
    {
        head = end;
        section = Some(found);
    }
    if let Some((_, total)) = &section {
        at = total.end;
    }
    let (station, serial) = station_and_serial(text, at, lexicon).unwrap_or((at..at, at..at));
    let parts = Parts {
        level,
        head,
        section,
        station,
        serial,
    };
    (parts.states_level() || parts.is_whole()).then_some(parts)
}

/// Behind the captions that stand between level and station.
fn skip_captions(text: &str, from: usize, lexicon: &Lexicon) -> usize {
    let captions = lexicon.words(Kind::Caption);
    let mut at = from;
    if at == 0 {
        return at;
    }
    while let Some(rest) = text.get(at..) {
        let lead = rest.len() - rest.trim_start_matches([' ', '/', ',']).len();
        let behind = rest.get(lead..).unwrap_or_default();
        let spaced = behind.get(..spaced_letters(behind)).unwrap_or_default();
        if spaced.len() > 2 && captions.find(spaced).is_some() {
            at += lead + spaced.len();
            continue;
        }
        let word = behind.split([' ', '/', ',']).next().unwrap_or_default();
        if word.len() < 3 || captions.word(word).is_none() {
            break;
        }
        at += lead + word.len();
    }
    at
}

/// Bytes of letters with blanks between them at the start of a text: `E F T O`.
pub(super) fn spaced_letters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let alone = |at: usize| {
        bytes.get(at).is_some_and(u8::is_ascii_uppercase)
            && bytes.get(at + 1).is_none_or(|&next| next == b' ')
    };
    let letters = (0..).step_by(2).take_while(|&at| alone(at)).count();
    (letters * 2).saturating_sub(1)
}

/// `ZENDA 000101`, with a year or a caption glued before it, or an O for a zero.
fn station_and_serial(
    text: &str,
    from: usize,
    lexicon: &Lexicon,
) -> Option<(Range<usize>, Range<usize>)> {
    let rest = text.get(from..)?;
    let mut start = from + rest.len() - rest.trim_start_matches([' ', '/']).len();
    let year = text
        .get(start..)?
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    if year == 2
        && text
            .get(start + 2..)?
            .starts_with(|next: char| next.is_ascii_uppercase())
    {
        start += 2;
    }
    start += glued_caption(text.get(start..)?, lexicon);
    let name = text.get(start..)?;
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let station = name.get(..digits)?.trim_end();
    let is_name = |letter: char| letter.is_ascii_alphabetic() || " .'-/".contains(letter);
    if station.is_empty() && digits == 0 && from > 0 && is_digits(name) && name.len() <= 6 {
        return Some((start..start, start..start + name.len()));
    }
    if station.is_empty()
        || station.len() == digits
        || station.len() > 40
        || !station.chars().all(is_name)
    {
        return None;
    }
    let serial = name.get(digits..)?;
    let is_serial = |letter: char| letter.is_ascii_digit() || letter == 'O' || letter == 'I';
    let len = serial
        .find(|letter: char| !is_serial(letter))
        .unwrap_or(serial.len());
    let ends = serial.get(len..)?.chars().next();
    let stands = ends.is_none_or(|next| !next.is_alphanumeric());
    (len <= 8 && stands).then(|| {
        (
            start..start + station.len(),
            start + digits..start + digits + len,
        )
    })
}

/// Bytes of a caption that is written in one word with the station.
fn glued_caption(text: &str, lexicon: &Lexicon) -> usize {
    let captions = lexicon.words(Kind::Caption).terms();
    let glued = captions
        .map(|(_, term)| term.word.as_str())
        .filter(|word| word.len() > 4);
    let mut found = glued.filter(|word| {
        let rest = text.strip_prefix(word);
        rest.is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_uppercase()))
    });
    found.next().map_or(0, str::len)
}

/// Words in place of a level and the section behind them: where the words end, and the places of the numbers.
fn section_behind_words(text: &str) -> Option<(usize, Section)> {
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let name = text.get(..digits)?;
    let is_word = |letter: char| letter.is_ascii_uppercase() || " /".contains(letter);
    if !name.chars().all(is_word) {
        return None;
    }
    let mut blanks = name.match_indices(' ').map(|(at, _)| at);
    blanks.find_map(|at| Some((at, section(text, at)?)))
}

/// `SECTION 01 OF 02`, also run together or misspelt, or `FINAL SECTION OF 2`: places of the two numbers,
/// which are one place for the last section.
pub(super) fn section(text: &str, from: usize) -> Option<Section> {
    let mut at = from;
    let mut take = |accepts: fn(&u8) -> bool| -> Option<Range<usize>> {
        let rest = text.as_bytes().get(at..)?;
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        let run = rest
            .iter()
            .skip(blanks)
            .take_while(|byte| accepts(byte))
            .count();
        let start = at + blanks;
        at = start + run;
        (run > 0).then_some(start..at)
    };
    let word = take(u8::is_ascii_alphabetic)?;
    let is_last = text.get(word.clone())?.eq_ignore_ascii_case("FINAL");
    let word = if is_last {
        take(u8::is_ascii_alphabetic)?
    } else {
        word
    };
    let first = if is_last {
        None
    } else {
        Some(take(u8::is_ascii_digit)?)
    };
    let of = take(u8::is_ascii_alphabetic)?;
    let last = take(u8::is_ascii_digit)?;
    let first = first.unwrap_or_else(|| last.clone());
    let word = text.get(word)?.to_ascii_uppercase();
    let fits = word.len() > 4 && strsim::osa_distance(&word, "SECTION") <= 2;
    let short = |range: &Range<usize>| range.len() <= 2;
    (fits && of.len() == 2 && short(&first) && short(&last)).then_some((first, last))
}

/// Words before the station that misspell a level, where the line knows its station by no other sign.
pub(super) fn near_head(text: &str, parts: &Parts, scheme: &Scheme) -> Option<Range<usize>> {
    let end = if parts.head > 0 {
        parts.head
    } else {
        parts.station.end
    };
    let name = text.get(..end)?;
    let ends = name.match_indices(' ').map(|(at, _)| at);
    let whole = (parts.head > 0).then_some(end);
    let mut near = ends
        .chain(whole)
        .filter(|&at| near_level(name.get(..at).unwrap_or_default(), scheme).is_some());
    near.next_back().map(|end| 0..end)
}

#[cfg(test)]
mod tests {
    use super::{section, section_behind_words, spaced_letters};

    #[test]
    fn section_numbers_are_read_run_together_and_misspelt() {
        assert_eq!(section("SECTION 01 OF 02 ZENDA", 0), Some((8..10, 14..16)));
        assert_eq!(section("SECTION01GF02 ZENDA", 0), Some((7..9, 11..13)));
        assert_eq!(section("SETION 1 OF 2", 0), Some((7..8, 12..13)));
        assert_eq!(
            section("FINAL SECTION OF 2 ZENDA", 0),
            Some((17..18, 17..18))
        );
        assert_eq!(section("FINAL WORD OF 2", 0), None);
        assert_eq!(section("ANNEX 12 IN 34", 0), None);
        assert_eq!(section("ZENDA 000101", 0), None);
    }

    #[test]
    fn a_section_is_found_behind_words_in_place_of_a_level() {
        let behind = section_behind_words("GUARDE SECTION 01 OF 02 ZENDA 000101");
        assert_eq!(behind, Some((6, (15..17, 21..23))));
        assert_eq!(section_behind_words("Guarde SECTION 01 OF 02 ZENDA"), None);
        assert_eq!(section_behind_words("GUARDE ZENDA 000101"), None);
    }

    #[test]
    fn letters_with_blanks_between_them_end_before_a_word() {
        assert_eq!(spaced_letters("E F T O SECTION 01"), 7);
        assert_eq!(spaced_letters("E F T O"), 7);
        assert_eq!(spaced_letters("EFTO"), 0);
    }
}
