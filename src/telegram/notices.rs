//! What the phrases of the text say: notices, headings, telling words, and which blocks they make.

use super::Reader;
use super::lexicon::Kind;
use super::opening::LONGEST_MARK;
use super::phrases::Hit;
use crate::marking::{Surface, parse};
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Most bytes between two phrases of a notice.
const WIDEST: u32 = 160;

/// Most bytes of a block before the heading that makes it a summary.
const LATEST_HEADING: u32 = 16;

/// Most bytes of a line before or behind the words on the entire text in which its level can stand.
const LEVEL_ZONE: usize = 1024;

impl Reader<'_> {
    /// Names the phrases that were found.
    pub(super) fn phrases(&mut self) {
        self.authority();
        let zone = self.opening_zone();
        let notices = self.composed(Kind::Notice);
        self.notices(&notices, zone);
        let subject = self.first(ElementKind::Subject).map(|own| own.span);
        for hit in self.composed(Kind::Wording) {
            let mut places = [self.body.span, subject].into_iter().flatten();
            if places.any(|place| place.contains(hit.span)) {
                self.push_term(ElementKind::Wording, hit.span, Some(hit.term));
            }
        }
        self.headings();
        self.pointers();
        self.identity_numbers();
        self.blocks();
    }

    /// From the subject to the second paragraph: where notices about the whole telegram stand.
    pub(super) fn opening_zone(&self) -> Span {
        let head = self
            .first(ElementKind::MrnLine)
            .map_or(0, |line| line.span.end);
        let second = self.body.paragraphs.get(1).map(|second| second.span.start);
        let end = second.or(self.body.span.map(|text| text.end));
        Span::new(
            head,
            end.unwrap_or(super::offset(self.text.len())).max(head),
        )
    }

    /// Terms of which every phrase stands, in order and near each other.
    fn composed(&self, kind: Kind) -> Vec<Hit> {
        let words = self.words_of(kind);
        let hits: Vec<Hit> = self
            .hits
            .iter()
            .copied()
            .filter(|hit| hit.kind == kind)
            .collect();
        let mut found = Vec::new();
        for &first in hits.iter().filter(|hit| hit.phrase == 0) {
            let count = words.term(first.term).map_or(1, |term| term.phrases.len());
            let mut whole = first;
            for phrase in 1..count {
                let from = hits.partition_point(|hit| hit.span.start < whole.span.end);
                let mut near = hits
                    .iter()
                    .skip(from)
                    .take_while(|hit| hit.span.start - whole.span.end <= WIDEST);
                let next =
                    near.find(|hit| hit.term == first.term && usize::from(hit.phrase) == phrase);
                let Some(next) =
                    next.filter(|next| !self.is_parted(whole.span.end, next.span.start))
                else {
                    whole.span = Span::at(first.span.start);
                    break;
                };
                whole.span = whole.span.join(next.span);
                whole.near |= next.near;
            }
            if !whole.span.is_empty() {
                found.push(whole);
            }
        }
        found
    }

    /// Whether a blank line parts two places.
    fn is_parted(&self, from: u32, to: u32) -> bool {
        let between = self.slice(Span::new(from, to));
        between.contains("\n\n") || between.contains("\r\n\r\n")
    }

    fn notices(&mut self, notices: &[Hit], zone: Span) {
        let words = self.words_of(Kind::Notice);
        let longest = longest(notices);
        for hit in notices {
            let mut around = reaching(notices, hit.span, longest);
            let covered = |other: &Hit| {
                let larger = other.span.contains(hit.span) && other.span != hit.span;
                let better =
                    other.span == hit.span && (other.near, other.term) < (hit.near, hit.term);
                let group = |hit: &Hit| words.term(hit.term).and_then(|term| term.groups.first());
                (larger && other.near <= hit.near || better) && group(other) == group(hit)
            };
            let anywhere = words.is_in(hit.term, "anywhere");
            let stands = zone.contains(hit.span)
                || anywhere && self.body.span.is_some_and(|text| text.contains(hit.span));
            if !stands || around.any(covered) {
                continue;
            }
            if words.is_in(hit.term, "entire-text") {
                self.entire_text(hit);
                continue;
            }
            let element = Element::new(ElementKind::Notice, hit.span).term(Some(hit.term));
            self.push(if hit.near {
                element.with(Value::NearMiss)
            } else {
                element
            });
        }
    }

    /// One mark for the whole text: the level stands before the words or behind them.
    fn entire_text(&mut self, hit: &Hit) {
        let text = self.text;
        let start = hit.span.start as usize;
        let zone = text.floor_char_boundary(start.saturating_sub(LEVEL_ZONE));
        let before = text.get(zone..start).unwrap_or_default();
        let line = before.rsplit(['\n', '.']).next().unwrap_or_default();
        let head = line
            .trim_start_matches(['(', ' ', '\t'])
            .trim_end_matches(['-', ' ', '\u{2013}', ',']);
        let start = hit.span.start
            - super::offset(
                line.len() - (line.len() - line.trim_start_matches(['(', ' ', '\t']).len()),
            );
        let end = hit.span.end as usize;
        let zone = text.floor_char_boundary(end.saturating_add(LEVEL_ZONE));
        let rest = text.get(end..zone).unwrap_or_default();
        let line_end = rest.split(['\n', '.', ')']).next().unwrap_or_default();
        let tail = line_end.trim_start_matches([' ', '-', ':']);
        let tail = tail.strip_prefix("IS ").unwrap_or(tail).trim();
        let tail_start = hit.span.end + super::offset(line_end.find(tail).unwrap_or(0));
        let stated = [(head, start), (tail, tail_start)]
            .into_iter()
            .find_map(|(words, base)| {
                if words.is_empty() || words.len() > LONGEST_MARK {
                    return None;
                }
                let marking = parse(words, base, self.scheme, Surface::Portion);
                let level = marking.level.is_some() && marking.is_understood();
                level.then_some(marking)
            });
        let element = Element::new(ElementKind::EntireText, hit.span).term(Some(hit.term));
        self.push(match stated {
            Some(marking) => element.with(Value::Marking(Box::new(marking))),
            None => element,
        });
    }

    /// Headings: at the start of a line or a sentence, or with a colon behind them.
    fn headings(&mut self) {
        let words = self.words_of(Kind::Heading);
        let hits: Vec<Hit> = self
            .hits
            .iter()
            .copied()
            .filter(|hit| hit.kind == Kind::Heading)
            .collect();
        let text = self.body.span.unwrap_or_default();
        let longest = longest(&hits);
        for hit in &hits {
            let larger = |other: &Hit| other.span.contains(hit.span) && other.span != hit.span;
            if !text.contains(hit.span) || reaching(&hits, hit.span, longest).any(larger) {
                continue;
            }
            let free = words.is_in(hit.term, "closes") || words.is_in(hit.term, "anywhere");
            if free || self.opens_sentence(hit.span) {
                self.push_term(ElementKind::Heading, hit.span, Some(hit.term));
            }
        }
    }

    fn opens_sentence(&self, span: Span) -> bool {
        let before = self.text.get(..span.start as usize).unwrap_or_default();
        let after = self.text.get(span.end as usize..).unwrap_or_default();
        let head = before.trim_end_matches([' ', '\t', '-', '(']);
        let opens = head.is_empty() || head.ends_with(['\n', '\r', '.', ')', ':', '\u{b6}']);
        let stands = after.starts_with([':', '.', '-', ')', '\r', '\n'])
            || after.starts_with(" -")
            || after.is_empty();
        opens && stands
    }

    /// Blocks without a number: notices and authority are none of their own, a summary is one.
    fn blocks(&mut self) {
        let blocks = std::mem::take(&mut self.body.blocks);
        if blocks.is_empty() {
            return;
        }
        for (block, holds) in blocks.iter().zip(self.held_by(&blocks)) {
            if holds.authority {
                self.push_text(ElementKind::Authority, *block);
                continue;
            }
            if holds.summary && !holds.mark {
                self.push_text(ElementKind::UnmarkedSummary, *block);
            }
            if !holds.notice || holds.summary {
                self.push_text(ElementKind::UnnumberedParagraph, *block);
            }
        }
    }

    /// What begins in each of some blocks, which stand in the order of the text.
    fn held_by(&self, blocks: &[Span]) -> Vec<Held> {
        let words = self.words_of(Kind::Heading);
        let mut held = vec![Held::default(); blocks.len()];
        for element in &self.reading.elements {
            let start = element.span.start;
            let before = blocks.partition_point(|block| block.start <= start);
            let Some(at) = before.checked_sub(1) else {
                continue;
            };
            let Some((block, held)) = blocks.get(at).zip(held.get_mut(at)) else {
                continue;
            };
            if start > block.end {
                continue;
            }
            match element.kind {
                ElementKind::ClassifiedBy | ElementKind::DerivedFrom | ElementKind::Reason => {
                    held.authority = true;
                }
                ElementKind::Portion => held.mark = true,
                ElementKind::Notice | ElementKind::EntireText => held.notice = true,
                ElementKind::Heading if block.contains(element.span) => {
                    let opens = element.term.is_some_and(|term| words.is_in(term, "opens"));
                    held.summary |= opens && start - block.start <= LATEST_HEADING;
                }
                _ => {}
            }
        }
        held
    }
}

/// What begins in a block without a number.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    authority: bool,
    mark: bool,
    notice: bool,
    /// Whether the heading of a summary opens it.
    summary: bool,
}

/// How long the longest of some phrases is.
fn longest(hits: &[Hit]) -> u32 {
    let lengths = hits.iter().map(|hit| hit.span.len());
    lengths.max().unwrap_or_default()
}

/// The phrases that begin where a place does or before it, and can reach it: none that begins further
/// ahead than the longest is long does.
fn reaching(hits: &[Hit], place: Span, longest: u32) -> impl Iterator<Item = &Hit> {
    let ahead = place.start.saturating_sub(longest);
    let first = hits.partition_point(|other| other.span.start < ahead);
    let near = hits.iter().skip(first);
    near.take_while(move |other| other.span.start <= place.start)
}
