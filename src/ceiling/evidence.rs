//! What makes a word of a scheme a marking: controls behind it, or a line, an element or a cell of its own.

use super::watch::Seen;
use crate::marking::{LazyScheme, Marking, Scheme, Surface, Word, parse};
use crate::text::Span;

/// Longest marking that is looked at, in bytes.
const LONGEST: usize = 200;

/// Most words that are cut off the end of what may be a marking.
const CUTS: usize = 24;

/// Fewest letters of a control's word that tells a marking though another sign stands before it.
const TELLING: u32 = 4;

/// Fewest letters of one that tells a marking in small letters.
const TELLING_IN_SMALL: u32 = 5;

/// What may stand around a banner on its line: comments, rules, emphasis. No comma and no quotation
/// mark: between these stand words of a list.
const SETS_OFF: [char; 13] = [
    '*', '_', '#', '=', '|', '>', '~', '-', '/', '%', '!', '<', '\u{feff}',
];

/// What stands around a quoted text.
const QUOTES: [char; 3] = ['"', '\'', '`'];

/// A word of the guard in a text.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) text: &'t str,
    pub(super) name: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'t> Place<'t> {
    pub(super) fn word(self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    pub(super) fn before(self) -> &'t str {
        self.text.get(..self.start).unwrap_or_default()
    }

    pub(super) fn after(self) -> &'t str {
        self.text.get(self.end..).unwrap_or_default()
    }

    /// The level behind the bracket of a portion mark, where that is how a banner writes it too.
    pub(super) fn banner_within(self, schemes: &[LazyScheme]) -> Option<Self> {
        schemes.iter().find_map(|scheme| {
            let [open, _] = &scheme.syntax().portion;
            let inner = self.word().strip_prefix(open.as_str())?;
            let level = inner.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            let is_level = matches!(scheme.word(level, Surface::Banner), Some(Word::Level(_)));
            let start = self.start + open.len();
            let end = start + level.len();
            is_level.then_some(Self { start, end, ..self })
        })
    }

    /// What stands before and behind the word on its line. In a quoted text an escaped line end ends
    /// a line, and so does a quotation mark where the other end is an escaped one.
    fn line(self) -> (&'t str, &'t str) {
        let (before, after) = (self.before(), self.after());
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let end = after.find(['\n', '\r']).unwrap_or(after.len());
        let before = before.get(start..).unwrap_or_default();
        let after = after.get(..end).unwrap_or_default();
        let escaped = ["\\n", "\\r"];
        let starts = escaped
            .iter()
            .filter_map(|escape| before.rfind(escape))
            .max();
        let ends = escaped.iter().filter_map(|escape| after.find(escape)).min();
        let starts = starts.map(|at| at + 2).or_else(|| {
            let quote = ends.and_then(|_| before.rfind(QUOTES));
            quote.map(|at| at + 1)
        });
        let ends = ends.or_else(|| starts.and_then(|_| after.find(QUOTES)));
        let before = starts.and_then(|at| before.get(at..)).unwrap_or(before);
        let after = ends.and_then(|at| after.get(..at)).unwrap_or(after);
        (before, after)
    }

    /// Whether it is a word of its own, and no part of a name.
    fn is_whole(self) -> bool {
        let of_a_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        // The letter of an escaped blank is no letter of a word.
        let escapes = ["\\n", "\\r", "\\t"];
        let before = self.before();
        let parted =
            !before.ends_with(of_a_name) || escapes.iter().any(|one| before.ends_with(one));
        parted && !self.after().starts_with(of_a_name)
    }

    pub(super) fn seen(self, end: usize, scheme: usize, marking: Marking) -> Seen {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Seen {
            span: Span::new(offset(self.start), offset(end)),
            scheme,
            marking,
        }
    }
}

/// A level with controls behind it, anywhere: `LEVEL//CONTROL`, also with other signs between where the
/// control's word can hardly be another.
pub(super) fn with_controls(place: Place<'_>, schemes: &[LazyScheme]) -> Option<Seen> {
    let next = place.after().trim_start_matches(' ').bytes().next()?;
    if !(matches!(next, b'/' | b'\\' | b'-') || next.is_ascii_uppercase()) || !place.is_whole() {
        return None;
    }
    let run = run(place.text.get(place.start..)?);
    let mut cut = run;
    for _ in 0..CUTS {
        cut = cut.trim_end_matches([' ', '/', ',', '-', '\\', '.']);
        if cut.len() <= place.word().len() {
            return None;
        }
        let plain = cut.replace("\\/", "/");
        let read = schemes.iter().enumerate().find_map(|(index, scheme)| {
            let marking = parse(&plain, 0, scheme, Surface::Banner);
            is_told_by_controls(&marking, &plain, scheme).then_some((index, marking))
        });
        if let Some((index, marking)) = read {
            return Some(place.seen(place.start + cut.len(), index, marking));
        }
        let last = cut.rfind([' ', '/', ',', '-'])?;
        cut = cut.get(..last)?;
    }
    None
}

/// What may belong to a marking from its first word on.
fn run(text: &str) -> &str {
    let belongs = |letter: char| {
        letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '/' | ',' | '-' | '\\' | '.')
    };
    let end = text.find(|letter| !belongs(letter)).unwrap_or(text.len());
    text.get(..end.min(LONGEST)).unwrap_or_default()
}

/// Whether the controls of a marking leave no doubt that it is one.
fn is_told_by_controls(marking: &Marking, text: &str, scheme: &Scheme) -> bool {
    if marking.level.is_none() || marking.controls.is_empty() || !marking.is_understood() {
        return false;
    }
    // What is an ordinary word too tells nothing where no separator of markings stands before it.
    let telling = marking.controls.iter();
    let telling = telling.filter(|used| !scheme.control(used.control).ordinary);
    let longest = telling
        .map(|used| used.span.len())
        .max()
        .unwrap_or_default();
    let capital = !text.bytes().any(|byte| byte.is_ascii_lowercase());
    let separated = text.contains(scheme.syntax().between_categories.as_str());
    match (capital, separated) {
        (true, true) => true,
        (true, false) => longest >= TELLING,
        (false, true) => longest >= TELLING_IN_SMALL,
        (false, false) => false,
    }
}

/// A portion mark that says more than a level, such as `(L//CONTROL)`.
pub(super) fn in_brackets(place: Place<'_>, schemes: &[LazyScheme]) -> Option<Seen> {
    let rest = place.text.get(place.start..)?;
    schemes.iter().enumerate().find_map(|(index, scheme)| {
        let [open, close] = &scheme.syntax().portion;
        let inner = rest.strip_prefix(open.as_str())?;
        let (inner, _) = inner.split_once(close.as_str())?;
        if inner.len() > LONGEST
            || inner
                .bytes()
                .any(|byte| byte.is_ascii_lowercase() || byte == b'\n')
        {
            return None;
        }
        let plain = inner.replace("\\/", "/");
        let marking = parse(&plain, 0, scheme, Surface::Portion);
        let separated = plain.contains(scheme.syntax().between_categories.as_str());
        let says_more = marking.owner.is_some() || !marking.controls.is_empty();
        let told = marking.level.is_some()
            && says_more
            && marking.is_understood()
            && (separated && marking.is_right());
        let end = place.start + open.len() + inner.len() + close.len();
        told.then(|| place.seen(end, index, marking))
    })
}

/// A level with blanks between its letters, as messages write it.
pub(super) fn letters_apart(place: Place<'_>, schemes: &[LazyScheme]) -> Option<Seen> {
    let capital = !place.word().bytes().any(|byte| byte.is_ascii_lowercase());
    // Another single letter on either side makes it part of something else.
    let single = |text: &str| {
        let mut letters = text.chars();
        letters.next() == Some(' ')
            && letters.next().is_some_and(char::is_alphabetic)
            && letters.next().is_none_or(|letter| letter == ' ')
    };
    let before: String = place.before().chars().rev().take(3).collect();
    if !capital || !place.is_whole() || single(&before) || single(place.after()) {
        return None;
    }
    schemes.iter().enumerate().find_map(|(index, scheme)| {
        let letters = |text: &str| text.split(' ').collect::<String>();
        let written = letters(place.word());
        let levels = scheme.levels().flat_map(|(_, level)| {
            let spellings = level.spellings.on(Surface::Header).iter();
            spellings.chain(level.spellings.on(Surface::Banner))
        });
        let mut levels =
            levels.filter(|spelling| letters(&spelling.to_ascii_uppercase()) == written);
        let marking = level_of(levels.next()?, scheme)?;
        Some(place.seen(place.end, index, marking))
    })
}

/// The marking that a level alone is.
pub(super) fn level_of(word: &str, scheme: &Scheme) -> Option<Marking> {
    let surfaces = [Surface::Banner, Surface::Header];
    let mut read = surfaces.map(|on| parse(word, 0, scheme, on)).into_iter();
    read.find(|marking| marking.level.is_some() && marking.is_understood())
}

/// A level alone: on its line, in an element, or in the cell of a table.
pub(super) fn bare(place: Place<'_>, schemes: &[LazyScheme]) -> Option<Seen> {
    let capital = !place.word().bytes().any(|byte| byte.is_ascii_lowercase());
    if !capital || !place.is_whole() {
        return None;
    }
    let own = is_own_element(place) || is_own_cell(place) || is_own_text(place);
    let line = own.then(|| place.word()).or_else(|| own_line(place))?;
    schemes.iter().enumerate().find_map(|(index, scheme)| {
        let found = scheme.word(place.word(), Surface::Banner);
        let found = found.or_else(|| scheme.word(place.word(), Surface::Header));
        let Some(Word::Level(level)) = found else {
            return None;
        };
        if scheme.level(level).ordinary && (own || !is_at_an_edge(place)) {
            return None;
        }
        let marking = parse(line, 0, scheme, Surface::Banner);
        let right = marking.is_right() || marking.owner.is_some();
        let marking = if marking.is_understood() && right {
            marking
        } else {
            level_of(line, scheme).filter(|_| line == place.word())?
        };
        let owned = scheme.level(level).owners.is_empty() || marking.owner.is_some();
        owned.then(|| place.seen(place.end, index, marking))
    })
}

/// Whether a line of its own is the first or the last one of the text, or of a page, with something on it:
/// elsewhere an ordinary word is no banner.
fn is_at_an_edge(place: Place<'_>) -> bool {
    let (before, after) = place.line();
    let above = place.text.get(..place.start - before.len());
    let below = place.text.get(place.end + after.len()..);
    let (above, below) = (above.unwrap_or_default(), below.unwrap_or_default());
    let gap_above = above.get(above.trim_end().len()..).unwrap_or_default();
    let gap_below = below.len() - below.trim_start().len();
    let gap_below = below.get(..gap_below).unwrap_or_default();
    let is_edge = |gap: &str, side: &str| gap.len() == side.len() || gap.contains('\u{c}');
    own_line(place).is_some() && (is_edge(gap_above, above) || is_edge(gap_below, below))
}

/// The line without what only sets it off, where nothing in small letters stands on it.
fn own_line(place: Place<'_>) -> Option<&str> {
    let (before, after) = place.line();
    if before.len() + after.len() > LONGEST {
        return None;
    }
    let start = place.start - before.len();
    let line = place.text.get(start..place.end + after.len())?;
    if line.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let set_off = |letter: char| letter.is_whitespace() || SETS_OFF.contains(&letter);
    let listed = line.trim_start();
    let listed = ["- ", "+ "].iter().any(|dash| listed.starts_with(dash));
    let line = line
        .trim_start_matches([';', '.', '\'', '"'])
        .trim_matches(set_off);
    (!listed && !line.is_empty()).then_some(line)
}

/// Elements of HTML and Word that hold text; other formats have elements of which a level is a value.
const ELEMENTS: [&str; 26] = [
    "a", "b", "big", "body", "caption", "center", "dd", "div", "dt", "em", "font", "footer", "h1",
    "h2", "h3", "h4", "header", "i", "li", "p", "small", "span", "strong", "td", "th", "w:t",
];

/// Whether it is all the text of an element, as in HTML.
fn is_own_element(place: Place<'_>) -> bool {
    let before = place.before().trim_end_matches([' ', '\t']);
    let after = place.after().trim_start_matches([' ', '\t']);
    let name = after
        .strip_prefix("</")
        .and_then(|rest| rest.split_once('>'));
    before.ends_with('>')
        && name.is_some_and(|(name, _)| ELEMENTS.contains(&name.to_ascii_lowercase().as_str()))
}

/// Whether it is all of a quoted text of more than one word.
fn is_own_text(place: Place<'_>) -> bool {
    let before = place.before().chars().next_back();
    let quoted = before.filter(|letter| QUOTES.contains(letter));
    quoted.is_some_and(|quote| place.word().contains(' ') && place.after().starts_with(quote))
}

/// Whether it is all of a cell of a table in which columns are separated.
fn is_own_cell(place: Place<'_>) -> bool {
    let name = place.name.to_ascii_lowercase();
    if ![".csv", ".tsv"].iter().any(|ending| name.ends_with(ending)) {
        return false;
    }
    let edge = |letter: Option<char>| letter.is_none_or(|letter| ",;\t|\n\r".contains(letter));
    let blanks = [' ', '"'];
    let before = place.before().trim_end_matches(blanks).chars().next_back();
    let after = place.after().trim_start_matches(blanks).chars().next();
    edge(before) && edge(after)
}
