//! Which blocks carry no mark, though their neighbours do.

use super::block::{Block, BlockKind};
use super::evidence::Evidence;
use super::portions::Reader;
use crate::diagnostic::Confidence;
use crate::reading::{Element, ElementKind};
use crate::text::Span;

/// Most parts of one paragraph that are compared with each other.
const MOST_PARTS: usize = 400;

/// Most subjects of one document: those of a mail and the one that it answers.
const MOST_SUBJECTS: usize = 2;

/// Lines after a line of the authority block that still belong to it.
const BLOCK_LINES: usize = 3;

/// A block that others lie beneath.
#[derive(Debug, Clone, Copy)]
struct Above {
    rank: u32,
    indent: u32,
    marked: bool,
    announces: bool,
}

/// Parts of one paragraph that lie equally deep.
#[derive(Debug, Clone, Copy)]
struct Group {
    level: (u32, u32),
    /// Index of the block after the last of them.
    end: usize,
    marked: bool,
}

impl Above {
    /// Whether it announces what the block shows.
    const fn shows(self, block: &Block) -> bool {
        self.marked && self.announces && block.rank == 0
    }

    /// Whether its mark covers the block: a part of it, or what it announces.
    fn covers(self, block: &Block) -> bool {
        let part = block.kind == BlockKind::Item || self.rank > 0 || self.announces;
        self.marked && (self.shows(block) || block.is_beneath(self.rank, self.indent) && part)
    }
}

impl Reader<'_> {
    /// Blocks that carry no mark and lie beneath none that does: a mark covers the parts of its paragraph.
    pub(super) fn unmarked(&mut self) {
        let habit = self.heading_habit();
        let listed = self.lists_subjects();
        let confidence = self.confidence();
        let mut above: Vec<Above> = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        for (at, block) in self.found.all.iter().enumerate() {
            let marked = self.is_marked(block);
            let mixed = self.is_among_marked(at, block, &mut groups);
            match block.kind {
                BlockKind::Heading => {
                    above.clear();
                    let place = self.words_of(block);
                    if habit && !marked && !place.is_empty() {
                        self.push(ElementKind::UnmarkedHeading, place, Confidence::Likely);
                    }
                }
                BlockKind::Subject if !marked && !listed => {
                    let place = self.words_of(block);
                    if !place.is_empty() {
                        self.push(ElementKind::UnmarkedSubject, place, confidence);
                    }
                }
                BlockKind::Paragraph | BlockKind::Item if marked || block.is_body => {
                    let covered = is_covered(&mut above, block, marked, self.slice(block.span));
                    let sure = match (marked, covered, mixed) {
                        (true, ..) | (_, true, false) => continue,
                        (_, true, true) => confidence.min(Confidence::Likely),
                        (_, false, _) => confidence,
                    };
                    if !self.is_exempt(block) {
                        let place = Span::new(block.text.min(block.span.end), block.span.end);
                        self.push(ElementKind::UnmarkedPortion, place, sure);
                    }
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, kind: ElementKind, span: Span, confidence: Confidence) {
        let mut element = Element::new(kind, span);
        element.confidence = confidence;
        self.into.push(element);
    }

    /// How sure it is that a block without a mark should have one: by the share of those that do.
    fn confidence(&self) -> Confidence {
        let Evidence {
            marked,
            bodies,
            starts,
            ..
        } = *self.evidence;
        if marked * 10 >= bodies * 8 && marked > 2 {
            Confidence::Certain
        } else if marked * 2 >= bodies || starts == 0 {
            Confidence::Likely
        } else {
            Confidence::Possible
        }
    }

    /// Whether the subjects are those of other documents in a list: more than a mail and its answer have,
    /// and none of them marked.
    fn lists_subjects(&self) -> bool {
        let subjects = || {
            let all = self.found.all.iter();
            all.filter(|block| block.kind == BlockKind::Subject)
        };
        subjects().count() > MOST_SUBJECTS && !subjects().any(|block| self.is_marked(block))
    }

    /// Whether most headings are marked.
    fn heading_habit(&self) -> bool {
        let headings = self
            .found
            .all
            .iter()
            .filter(|block| block.kind == BlockKind::Heading);
        let (all, marked) = headings.fold((0, 0), |(all, marked), block| {
            (all + 1, marked + usize::from(self.is_marked(block)))
        });
        marked * 2 >= all && marked > 0
    }

    /// Whether one of the parts beside this one, beneath the same paragraph, carries a mark.
    fn is_among_marked(&self, at: usize, block: &Block, groups: &mut Vec<Group>) -> bool {
        groups.retain(|group| at < group.end);
        if block.rank == 0 {
            return false;
        }
        let level = (block.rank, block.indent);
        if let Some(group) = groups.iter().find(|group| group.level == level) {
            return group.marked;
        }
        let mut group = Group {
            level,
            end: at,
            marked: false,
        };
        let blocks = self.found.all.get(at..).unwrap_or_default();
        for part in blocks.iter().take(MOST_PARTS) {
            let beside = (part.rank, part.indent) == level;
            if !beside && !part.is_beneath(block.rank, block.indent) {
                break;
            }
            group.marked |= beside && self.is_marked(part);
            group.end += 1;
        }
        let marked = group.marked;
        groups.push(group);
        marked
    }

    /// Whether a block needs no mark: quoted, a line of contents, part of the authority block, a statement.
    fn is_exempt(&self, block: &Block) -> bool {
        let words = self.slice(block.span);
        let fields = &self.found.fields;
        let before = fields.partition_point(|field| field.line() <= block.line());
        let of_block = before
            .checked_sub(1)
            .and_then(|at| fields.get(at))
            .is_some_and(|field| field.of_block && block.line() <= field.line() + BLOCK_LINES);
        block.quoted || words.contains("......") || of_block || self.statement(block).is_some()
    }
}

/// Whether the mark of a block before covers this one; keeps those that this one lies beneath.
fn is_covered(above: &mut Vec<Above>, block: &Block, marked: bool, words: &str) -> bool {
    above.retain(|above| block.is_beneath(above.rank, above.indent) || above.shows(block));
    let covered = above.iter().any(|above| above.covers(block));
    if !(covered && block.rank == 0) {
        above.push(Above {
            rank: block.rank,
            indent: block.indent,
            marked,
            announces: words.trim_end().ends_with(':'),
        });
    }
    covered
}
