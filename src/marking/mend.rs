//! One word of a broken marking, mended: what was meant where a word is misspelt, old, or two in one.

use super::fault::{Expected, Fault, MarkingFault};
use super::markings::{Marking, ValueOf};
use super::parameter::{KnownValue, fits};
use super::parse::parse;
use super::scheme::Scheme;
use super::surface::Surface;
use super::wording::MISSPELT;
use super::words::Word;
use crate::diagnostic::Confidence;
use crate::text::Span;

/// A place, the words in its stead, and how sure they are.
type Mended = (Span, String, Confidence);

/// The first word that can be mended: its place, the words in its stead, and how sure they are.
pub(super) fn mend(marking: &Marking, text: &str, scheme: &Scheme) -> Option<Mended> {
    let valueless = marking
        .faults
        .iter()
        .filter(|own| own.fault == Fault::MissingValue);
    // What stands behind a control that wants a value is that value before it is a word of its own.
    if let Some(mended) = valueless
        .into_iter()
        .find_map(|own| spaced_value(own, text, marking, scheme))
    {
        return Some(mended);
    }
    for found in &marking.faults {
        let mended = match found.fault {
            Fault::UnknownWord => unknown(found.span, text, marking, scheme),
            Fault::Unlisted => unlisted(found.span, text, marking, scheme),
            Fault::Obsolete => old(found, scheme, marking.surface),
            Fault::ValueShape | Fault::UnknownValue => value(found.span, text, marking, scheme),
            _ => None,
        };
        if mended.is_some() {
            return mended;
        }
    }
    None
}

/// A term whose successor may take its place.
fn old(found: &MarkingFault, scheme: &Scheme, surface: Surface) -> Option<Mended> {
    let Expected::Word(word) = found.expected else {
        return None;
    };
    let words = scheme.spelling(word, surface)?;
    Some((found.span, words.to_owned(), Confidence::Likely))
}

/// A word that no tree holds: misspelt, with the word after it, two words in one, or several.
fn unknown(span: Span, text: &str, marking: &Marking, scheme: &Scheme) -> Option<Mended> {
    let surface = marking.surface;
    // The first half of a level may be misspelt, and the rest of it read as a lower one.
    let level = marking.level.map(|used| used.span);
    let with_level = level
        .filter(|level| level.start == span.end + 1)
        .map(|level| span.join(level));
    // Without a level, a control must be all but written.
    let near_enough = |(_, _, sure): &Mended| level.is_some() || *sure > Confidence::Possible;
    // So may the last words of a long title be, and the first be read as another control.
    let mut before = marking.controls.iter().map(|own| own.span);
    let with_control = before
        .rfind(|own| own.end + 1 == span.start)
        .map(|own| own.join(span));
    with_level
        .or(with_control)
        .and_then(|joined| misspelt(joined, text, surface, scheme))
        .or_else(|| segment(span, text, surface, scheme))
        .or_else(|| misspelt(span, text, surface, scheme).filter(near_enough))
        .or_else(|| glued(span, text, surface, scheme))
        .or_else(|| one_of_several(span, text, surface, scheme))
        .or_else(|| owned_level(span, text, surface, scheme))
}

/// A value that a blank parts from its control: the separator of the control takes the blank's place.
fn spaced_value(
    found: &MarkingFault,
    text: &str,
    marking: &Marking,
    scheme: &Scheme,
) -> Option<Mended> {
    let used = marking.controls.iter().find(|own| own.span == found.span)?;
    let parameter = scheme.control(used.control).parameter.as_ref()?;
    let mut faults = marking.faults.iter();
    let behind = faults
        .find(|own| own.fault == Fault::UnknownWord && own.span.start == found.span.end + 1)?;
    let words = text.get(behind.span.range())?;
    let fitting = fits(parameter.shape, words);
    let other = words.len() + 1 >= MISSPELT && scheme.near(words, marking.surface).is_some();
    let blank = Span::new(found.span.end, behind.span.start);
    (fitting && !other && text.get(blank.range()) == Some(" "))
        .then(|| (blank, parameter.join.to_string(), Confidence::Likely))
}

/// An owner and a misspelt level, where nothing is left unknown once the level is mended.
fn owned_level(span: Span, text: &str, surface: Surface, scheme: &Scheme) -> Option<Mended> {
    let words = text.get(span.range())?;
    words.match_indices(' ').find_map(|(blank, _)| {
        let start = span.start + u32::try_from(blank + 1).ok()?;
        let place = Span::new(start, span.end);
        let mended = misspelt(place, text, surface, scheme)?;
        let mut whole = text.to_owned();
        whole.replace_range(place.range(), &mended.1);
        let again = parse(&whole, 0, scheme, surface);
        let known = again.owner.is_some()
            && again.level.is_some()
            && again
                .faults
                .iter()
                .all(|own| own.fault != Fault::UnknownWord);
        known.then_some(mended)
    })
}

/// A word outside every list that is long enough to be a misspelt one, or that the next separator makes one.
fn unlisted(span: Span, text: &str, marking: &Marking, scheme: &Scheme) -> Option<Mended> {
    let behind =
        |found: &MarkingFault| found.fault == Fault::Separator && found.span.start == span.end;
    let may_be_misspelt = span.len() as usize >= MISSPELT || marking.faults.iter().any(behind);
    let alone = || misspelt(span, text, marking.surface, scheme).filter(|_| may_be_misspelt);
    segment(span, text, marking.surface, scheme).or_else(alone)
}

/// All words from one to the next mark between controls, where they are one that was meant.
fn segment(span: Span, text: &str, surface: Surface, scheme: &Scheme) -> Option<Mended> {
    let rest = text.get(span.start as usize..)?;
    let words = rest.split(['/', ',', '|']).next()?.trim_end();
    let end = span.start + u32::try_from(words.len()).ok()?;
    if end <= span.end || words.len() < MISSPELT {
        return None;
    }
    misspelt(Span::new(span.start, end), text, surface, scheme)
}

/// A value of a control that is misspelt, or stands beneath the one before it.
fn value(span: Span, text: &str, marking: &Marking, scheme: &Scheme) -> Option<Mended> {
    let place = marking.values.iter().position(|own| own.span == span)?;
    let used = marking.values.get(place)?;
    let ValueOf::Control(index) = used.of else {
        return None;
    };
    let control = marking.controls.get(usize::from(index))?.control;
    let parameter = scheme.control(control).parameter.as_ref()?;
    let words = text.get(span.range())?;
    let before = place
        .checked_sub(1)
        .and_then(|before| marking.values.get(before));
    if let Some(before) = before.filter(|before| before.of == used.of && before.depth == 0)
        && let Some(known) = parameter.known(text.get(before.span.range())?)
        && known
            .beneath
            .as_ref()
            .is_some_and(|own| fits(own.shape, words))
    {
        let separator = Span::new(before.span.end, span.start);
        return Some((
            separator,
            parameter.separator(1).to_owned(),
            Confidence::Likely,
        ));
    }
    let near = |own: &&KnownValue| {
        let spellings = own.spellings.on(Surface::Banner).iter();
        let mut long = spellings.filter(|own| own.len() >= MISSPELT - 1);
        long.any(|own| strsim::damerau_levenshtein(own, words) == 1)
    };
    let mut known = parameter.values.iter().filter(near);
    let meant = known.next().filter(|_| known.next().is_none())?;
    let spelling = meant.spellings.best(marking.surface)?;
    Some((span, spelling.to_owned(), Confidence::Likely))
}

fn misspelt(span: Span, text: &str, surface: Surface, scheme: &Scheme) -> Option<Mended> {
    let words = text.get(span.range())?;
    let near = scheme.near(words, surface)?;
    if let Word::Level(level) = near.word
        && !scheme.level(level).classified
        && !words.get(..1)?.eq_ignore_ascii_case(near.like.get(..1)?)
    {
        // What is no classification is not guessed from the rest of a word that begins otherwise.
        return None;
    }
    let confidence = if near.distance <= 1 {
        Confidence::Likely
    } else {
        Confidence::Possible
    };
    Some((span, near.spelling.to_owned(), confidence))
}

/// Two known words without anything between them.
fn glued(span: Span, text: &str, surface: Surface, scheme: &Scheme) -> Option<Mended> {
    let words = text.get(span.range())?;
    let known = |word: &str| {
        let found = scheme.words_on(surface).whole(word);
        word.len() > 1
            && found.is_some_and(|found| matches!(found.word, Word::Level(_) | Word::Control(_)))
    };
    let mut splits = words.char_indices().skip(1).filter_map(|(at, _)| {
        let (left, right) = words.split_at_checked(at)?;
        (known(left) && known(right)).then(|| format!("{left}//{right}"))
    });
    let split = splits.next()?;
    splits
        .next()
        .is_none()
        .then_some((span, split, Confidence::Likely))
}

/// The first of several words with blanks between: as many of them as make a word that was meant.
fn one_of_several(span: Span, text: &str, surface: Surface, scheme: &Scheme) -> Option<Mended> {
    let words = text.get(span.range())?;
    let ends = words.match_indices(' ').map(|(at, _)| at).rev();
    let mut heads = ends.filter_map(|end| words.get(..end));
    heads.find_map(|head| {
        let place = Span::new(span.start, span.start + u32::try_from(head.len()).ok()?);
        misspelt(place, text, surface, scheme)
    })
}
