//! Which banner stands for the document, which for a page, and which is only mentioned.

use super::Draft;
use super::banner::BannerLine;
use super::block::{Block, BlockKind, Blocks};
use super::layout::{Layout, LineKind};
use crate::diagnostic::Confidence;
use crate::document::Line;
use crate::marking::{LevelId, Marking};
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Lines with something on them above which the banner of the top stands.
const TOP_WINDOW: usize = 12;

/// Lines with something on them that may follow the banner of the bottom.
const BOTTOM_WINDOW: usize = 8;

/// Lines between a banner and the page number or the other banner that belong to the same page break.
const NEAR: usize = 4;

/// Most banners behind a label, as at the top and bottom of a mail; more of them list other documents.
const MOST_LABELLED: usize = 2;

/// The banners of a document, each in its place.
#[derive(Debug, Default)]
pub(super) struct Pages {
    banners: Vec<(BannerLine, ElementKind, Confidence)>,
    /// Whether the banners by themselves make a marked document.
    pub(super) placed: bool,
}

/// Puts each banner in its place.
pub(super) fn place(layout: &Layout, found: &Blocks) -> Pages {
    let kept = without_lists(layout);
    let text_of = |block: &&Block| match block.kind {
        BlockKind::Subject | BlockKind::Heading | BlockKind::Label => false,
        _ => block.bracket.is_some() || block.is_body,
    };
    let bodies = || found.all.iter().filter(text_of).map(Block::line);
    let (first_body, last_body) = (
        bodies().next().unwrap_or(usize::MAX),
        bodies().next_back().unwrap_or(0),
    );
    let full = || {
        let lines = layout.kinds.iter().enumerate();
        lines.filter(|(_, kind)| **kind == LineKind::Text)
    };
    // The last full line above which the top may stand, and the first below which the bottom may.
    let top_window = full().nth(TOP_WINDOW - 1).map(|(line, _)| line);
    let bottom_window = full().rev().nth(BOTTOM_WINDOW).map(|(line, _)| line);
    let is_top = |line: usize| line < first_body && top_window.is_none_or(|last| line <= last);
    let is_bottom =
        |line: usize| line > last_body && bottom_window.is_none_or(|first| line >= first);
    let top = kept.iter().position(|banner| is_top(banner.line()));
    let bottom = kept
        .iter()
        .rposition(|banner| is_bottom(banner.line()))
        .filter(|&at| Some(at) != top);
    let near = |banner: &BannerLine| {
        let line = banner.line();
        let window = line.saturating_sub(NEAR)..=line + NEAR;
        let mut lines = window.clone();
        let page = lines.any(|at| layout.kinds.get(at) == Some(&LineKind::Page));
        let parted = layout.breaks.partition_point(|at| at < window.start());
        let parted = layout.breaks.get(parted);
        let first = kept.partition_point(|other| other.line() < *window.start());
        let others = kept.iter().skip(first);
        let mut others = others.take_while(|other| window.contains(&other.line()));
        page || parted.is_some_and(|at| window.contains(at))
            || !banner.plain && others.any(|other| other.line() != line)
    };
    let place = |(at, banner): (usize, &BannerLine)| {
        let (kind, confidence) = if Some(at) == top {
            (ElementKind::Banner, Confidence::Certain)
        } else if Some(at) == bottom {
            (ElementKind::BottomBanner, Confidence::Certain)
        } else if banner.beside_page {
            (ElementKind::PageBanner, Confidence::Certain)
        } else if near(banner) {
            (ElementKind::PageBanner, Confidence::Likely)
        } else {
            (ElementKind::PageBanner, Confidence::Possible)
        };
        (*banner, kind, confidence)
    };
    let banners = kept.iter().enumerate().map(place).collect();
    let mut pages = Pages {
        banners,
        placed: false,
    };
    pages.placed = pages.speak_for_themselves();
    pages
}

/// Adds what stands between two form feeds; nothing in a text without any, whose pages nobody can tell apart.
pub(super) fn sheets(text: &str, lines: &[Line], layout: &Layout, into: &mut Vec<Element>) {
    if layout.breaks.is_empty() {
        return;
    }
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let begins = |&line: &usize| lines.get(line).map_or(end, |line| line.span.start);
    let mut start = 0;
    for next in layout.breaks.iter().map(begins).chain([end]) {
        into.push(Element::new(ElementKind::Page, Span::new(start, next)));
        start = next;
    }
}

/// The banners without those that stand in a list of levels, one right below the other.
fn without_lists(layout: &Layout) -> Vec<BannerLine> {
    let listed = |at: usize, banner: &BannerLine| {
        let beside = |other: Option<&BannerLine>| {
            other.is_some_and(|other| {
                other.line().abs_diff(banner.line()) == 1
                    && (other.level != banner.level || other.plain && banner.plain)
                    && !other.beside_page
                    && layout
                        .breaks
                        .binary_search(&other.line().max(banner.line()))
                        .is_err()
            })
        };
        let before = at.checked_sub(1).and_then(|at| layout.banners.get(at));
        !banner.beside_page && (beside(before) || beside(layout.banners.get(at + 1)))
    };
    let labels = layout.banners.iter().filter(|banner| banner.labelled);
    let names_others = labels.count() > MOST_LABELLED;
    let banners = layout.banners.iter().enumerate();
    banners
        .filter(|&(at, banner)| !(listed(at, banner) || names_others && banner.labelled))
        .map(|(_, banner)| *banner)
        .collect()
}

impl Pages {
    fn of(&self, kind: ElementKind) -> Option<&BannerLine> {
        let (banner, ..) = self.banners.iter().find(|(_, own, _)| *own == kind)?;
        Some(banner)
    }

    /// Whether a banner stands where one belongs.
    pub(super) fn anchored(&self) -> bool {
        self.banners
            .iter()
            .any(|(_, _, confidence)| *confidence > Confidence::Possible)
    }

    /// A banner with controls in its place, the same level at top and bottom, or on several pages.
    fn speak_for_themselves(&self) -> bool {
        let mut anchored = self
            .banners
            .iter()
            .filter(|(_, _, confidence)| *confidence > Confidence::Possible);
        let strong = anchored.clone().any(|(banner, ..)| banner.strong);
        let first: Option<LevelId> = anchored.next().and_then(|(banner, ..)| banner.level);
        strong || first.is_some() && anchored.any(|(banner, ..)| banner.level == first)
    }

    /// The marking of the document.
    pub(super) fn header(&self, draft: Draft<'_>) -> Option<Marking> {
        let page = || {
            let mut pages = self
                .banners
                .iter()
                .filter(|(_, _, confidence)| *confidence > Confidence::Possible);
            pages.next().map(|(banner, ..)| banner)
        };
        let banner = self
            .of(ElementKind::Banner)
            .or_else(|| self.of(ElementKind::BottomBanner))
            .or_else(page)?;
        banner.marking(draft)
    }

    /// Adds the banners as elements; one that stands anywhere is a mention.
    pub(super) fn elements(&self, draft: Draft<'_>, into: &mut Vec<Element>) {
        let anchored = self
            .banners
            .iter()
            .filter(|(_, _, confidence)| *confidence > Confidence::Possible);
        into.extend(anchored.filter_map(|(banner, kind, confidence)| {
            let marking = Box::new(banner.marking(draft)?);
            let element = Element::new(*kind, marking.span);
            Some(element.with(Value::Marking(marking)).sure(*confidence))
        }));
    }
}
