//! Whether a document is marked at all, and how sure each mark is.
//!
//! One bracket or one word in capitals proves nothing: `(C)` is a list letter, a copyright sign or a
//! mark. Each needs a witness: another mark, a banner, a line of the classification authority block.

use super::Draft;
use super::block::{Block, BlockKind, Blocks, Candidate, Place};
use super::blocks::{ends_sentence, is_long};
use super::pages::Pages;
use crate::diagnostic::Confidence;
use crate::marking::{Fault, Marking, Scheme, Surface, parse};

/// Fewest words of a paragraph that says something; shorter ones are names, greetings and labels.
const FEWEST_WORDS: usize = 6;

/// Share of the paragraphs, in tenths, that must be marked where no banner speaks for the marks.
const SHARE_ALONE: usize = 6;

/// Words behind the sign of a right.
const RESERVED: &[u8] = b"all rights reserved";

/// What a bracket is.
#[derive(Debug, Clone)]
pub(super) enum Verdict {
    /// A mark; what it says goes over to its element.
    Mark(Option<Box<Marking>>, Confidence),
    /// It stands where a mark belongs, with words of no scheme.
    Unknown(Confidence),
    /// A list letter, a copyright sign, an aside.
    Aside,
}

/// What the whole says about its parts.
#[derive(Debug)]
pub(super) struct Evidence {
    /// One for each candidate.
    pub(super) verdicts: Vec<Verdict>,
    /// Paragraphs and items that say something.
    pub(super) bodies: usize,
    /// How many of these carry a mark.
    pub(super) marked: usize,
    /// How many blocks of any kind open with one.
    pub(super) starts: usize,
}

/// What a bracket is by itself, before its witnesses are heard.
struct First {
    marking: Option<Box<Marking>>,
    /// 0 nothing, 1 one letter, 2 a word, 3 a level with controls.
    weight: u8,
    /// Whether it is known to be something else.
    aside: bool,
}

impl Evidence {
    /// Whether a bracket is no mark.
    pub(super) fn is_aside(&self, bracket: usize) -> bool {
        matches!(self.verdicts.get(bracket), Some(Verdict::Aside))
    }
}

/// What the whole document says for a bracket in it.
#[derive(Clone, Copy)]
struct Whole {
    /// A banner, or marks on nearly every paragraph.
    surrounded: bool,
    /// Marks on half of the paragraphs.
    most: bool,
    /// How many blocks open with a mark.
    starts: usize,
}

/// Weighs what was found; `None` where it is not a marked document.
pub(super) fn weigh(draft: Draft<'_>, found: &Blocks, pages: &Pages) -> Option<Evidence> {
    let Draft { text, scheme, .. } = draft;
    let listed = list_letters(text, &found.candidates, scheme);
    let firsts: Vec<First> = found
        .candidates
        .iter()
        .zip(&listed)
        .map(|(candidate, listed)| first(text, candidate, *listed, scheme))
        .collect();
    let bodies = found.all.iter().filter(|block| block.is_body).count();
    let marks = |block: &Block| {
        block
            .bracket()
            .and_then(|at| firsts.get(at))
            .is_some_and(|first| first.weight > 0)
    };
    let marked = found
        .all
        .iter()
        .filter(|block| block.is_body && marks(block))
        .count();
    let starts = firsts.iter().filter(|first| first.weight > 0).count();
    let heavy = firsts.iter().filter(|first| first.weight > 2).count();
    let block = found.fields.iter().any(|field| field.of_block);
    let is_document = if !pages.anchored() {
        let share = marked * 10 >= bodies * SHARE_ALONE;
        starts >= 2 && (heavy > 0 || share) && (share || heavy >= 2 && marked * 3 >= bodies)
    } else {
        pages.placed || starts > 0 || block
    };
    if !is_document {
        return None;
    }
    let surrounded = pages.anchored() || marked * 10 >= bodies * 8;
    let whole = Whole {
        surrounded,
        most: marked * 2 >= bodies && marked > 0,
        starts,
    };
    let mut verdicts = Vec::with_capacity(firsts.len());
    for (candidate, first) in found.candidates.iter().zip(firsts) {
        verdicts.push(verdict(candidate, first, whole));
    }
    Some(Evidence {
        verdicts,
        bodies,
        marked,
        starts,
    })
}

/// Whether a block is a paragraph or item that says something.
pub(super) fn is_body(text: &str, block: &Block) -> bool {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
        return false;
    }
    let words = text
        .get(block.text as usize..block.span.end as usize)
        .unwrap_or_default();
    let many = words.split_whitespace().nth(FEWEST_WORDS - 1).is_some();
    many && (ends_sentence(words) || is_long(words))
}

/// Whether a marking is made of words of the scheme, with or without a level.
pub(super) fn is_known(marking: &Marking) -> bool {
    let foreign = |fault: Fault| {
        matches!(
            fault,
            Fault::UnknownWord | Fault::UnknownValue | Fault::SecondLevel
        )
    };
    let says = marking.level.is_some() || !marking.controls.is_empty();
    says && !marking.faults.iter().any(|found| foreign(found.fault))
}

/// What a bracket is by itself.
fn first(text: &str, candidate: &Candidate, listed: bool, scheme: &Scheme) -> First {
    let mut none = First {
        marking: None,
        weight: 0,
        aside: false,
    };
    let inner = text.get(candidate.inner.range()).unwrap_or_default();
    let alone = candidate.place == Place::Start && candidate.after >= candidate.end;
    if listed || alone || is_copyright(text, candidate) {
        none.aside = true;
        return none;
    }
    let outer = scheme.syntax().between_categories.as_str();
    let joined = inner.contains(outer);
    if !candidate.capitals && !joined && inner.trim().len() > 5 {
        return none;
    }
    let marking = parse(inner, candidate.inner.start, scheme, Surface::Portion);
    let known = is_known(&marking) || joined && marking.level.is_some();
    if !known {
        return none;
    }
    let spelt_out = marking
        .faults
        .iter()
        .any(|found| found.fault == Fault::Form);
    if spelt_out && is_alone_on_line(text, candidate) {
        none.aside = true;
        return none;
    }
    let weight = match (candidate.capitals, joined && marking.level.is_some()) {
        (true, true) => 3,
        (true, false) if inner.trim().len() > 1 => 2,
        (true, false) => 1,
        (false, _) => 0,
    };
    First {
        marking: Some(Box::new(marking)),
        weight,
        aside: false,
    }
}

/// Whether nothing stands on the line behind a bracket: words of a banner there head what follows.
fn is_alone_on_line(text: &str, candidate: &Candidate) -> bool {
    let rest = text.get(candidate.inner.end as usize..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    line.trim_matches([')', ' ', '\t']).is_empty() && candidate.place == Place::Start
}

fn verdict(candidate: &Candidate, first: First, whole: Whole) -> Verdict {
    let Whole {
        surrounded,
        most,
        starts,
    } = whole;
    let expected = most || surrounded && starts > 1;
    let confidence = match (candidate.place, first.weight) {
        (_, 0) => Confidence::Possible,
        (Place::Start, 3) => Confidence::Certain,
        (Place::Start, _) if surrounded && (most || starts > 2) => Confidence::Certain,
        (Place::Start, 2) if surrounded => Confidence::Certain,
        (Place::End, 2..) => Confidence::Likely,
        _ if surrounded || most => Confidence::Likely,
        _ => Confidence::Possible,
    };
    match first.marking {
        // A mark in small letters is one only among many in capitals.
        Some(_) if first.weight == 0 && !most => Verdict::Aside,
        Some(marking) => Verdict::Mark(Some(marking), confidence),
        None if !first.aside
            && candidate.place == Place::Start
            && candidate.capitals
            && expected =>
        {
            Verdict::Unknown(Confidence::Possible)
        }
        None => Verdict::Aside,
    }
}

/// Which brackets are letters of a list: those in a run of the alphabet that begins with its first
/// letter or holds a letter that marks nothing.
fn list_letters(text: &str, candidates: &[Candidate], scheme: &Scheme) -> Vec<bool> {
    let mut listed = vec![false; candidates.len()];
    let mut run: Vec<(usize, u8)> = Vec::new();
    let mut close = |run: &mut Vec<(usize, u8)>| {
        let foreign = |&(_, letter): &(usize, u8)| {
            let letter = char::from(letter).to_ascii_uppercase();
            letter == 'A'
                || scheme
                    .word(letter.encode_utf8(&mut [0; 4]), Surface::Portion)
                    .is_none()
        };
        if run.len() > 1 && run.iter().any(foreign) {
            for &(at, _) in run.iter() {
                if let Some(flag) = listed.get_mut(at) {
                    *flag = true;
                }
            }
        }
        run.clear();
    };
    for (at, candidate) in candidates.iter().enumerate() {
        let inner = text.get(candidate.inner.range()).unwrap_or_default();
        let &[letter] = inner.as_bytes() else {
            continue;
        };
        if candidate.place != Place::Start || !letter.is_ascii_alphabetic() {
            continue;
        }
        if run.last().is_some_and(|&(_, last)| last + 1 != letter) {
            close(&mut run);
        }
        run.push((at, letter));
    }
    close(&mut run);
    listed
}

/// Whether what follows one letter makes it the sign of a right: a year, or the word itself.
fn is_copyright(text: &str, candidate: &Candidate) -> bool {
    if candidate.inner.len() != 1 {
        return false;
    }
    let after = text.get(candidate.after as usize..).unwrap_or_default();
    let end = memchr::memchr2(b'\n', b'\r', after.as_bytes());
    let line = after.get(..end.unwrap_or(after.len()));
    let line = line.unwrap_or_default();
    let year = line
        .split(|letter: char| !letter.is_ascii_digit())
        .next()
        .unwrap_or_default();
    let years = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    let rest = line.get(year.len()..).unwrap_or_default();
    let listed =
        rest.is_empty() || rest.starts_with([',', '-', '\u{2013}']) || rest.starts_with(" by ");
    let reserves = || {
        let bytes = line.as_bytes();
        memchr::memchr2_iter(b'a', b'A', bytes).any(|at| {
            let here = bytes.get(at..at + RESERVED.len());
            here.is_some_and(|here| here.eq_ignore_ascii_case(RESERVED))
        })
    };
    let names = || {
        let mut words = rest.split_whitespace();
        let capital = words
            .next()
            .is_some_and(|word| word.starts_with(char::is_uppercase));
        capital && rest.len() < 60 && !ends_sentence(rest)
    };
    let opens = line
        .get(..9)
        .is_some_and(|word| word.eq_ignore_ascii_case("copyright"));
    years && (listed || names()) || opens || line.len() < 200 && reserves()
}
