//! Blocks and their marks to elements.

use super::Draft;
use super::block::{Block, BlockKind, Blocks, Place};
use super::blocks::ends_sentence;
use super::bracket::{Shape, bracket};
use super::date;
use super::evidence::{Evidence, Verdict, is_known};
use crate::diagnostic::Confidence;
use crate::marking::{StandingPhrases, Surface, TermId, Vocabulary, parse};
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use smallvec::SmallVec;

/// Most bytes of a title in capitals that was run together with what it stands above.
const LONGEST_TITLE: usize = 120;

/// Adds every block, its mark, the marks within it, and what lacks a mark.
pub(super) fn elements(
    draft: Draft<'_>,
    found: &Blocks,
    evidence: &mut Evidence,
    into: &mut Vec<Element>,
) {
    let statements = draft.lexicon.get("statement");
    let statements = statements.map(|words| Statements {
        words,
        standing: words.standing_in(draft.text),
    });
    let mut reader = Reader {
        draft,
        found,
        evidence,
        statements,
        into,
    };
    let mut titled = false;
    for block in &found.all {
        reader.block(block, &mut titled);
        reader.mark(block);
        reader.within(block);
        reader.statements(block);
    }
    reader.unmarked();
}

/// What is read, and where the elements go.
pub(super) struct Reader<'t> {
    pub(super) draft: Draft<'t>,
    pub(super) found: &'t Blocks,
    pub(super) evidence: &'t mut Evidence,
    statements: Option<Statements<'t>>,
    pub(super) into: &'t mut Vec<Element>,
}

/// The statements that a document may make, and their phrases in its text.
struct Statements<'t> {
    words: &'t Vocabulary,
    standing: StandingPhrases,
}

impl Statements<'_> {
    /// Those that a block makes.
    fn made_in(&self, block: &Block, text: &str) -> SmallVec<[TermId; 2]> {
        self.words.stated_within(block.span, text, &self.standing)
    }
}

impl Reader<'_> {
    pub(super) fn slice(&self, span: Span) -> &str {
        self.draft.slice(span)
    }

    fn verdict(&self, block: &Block) -> Option<(&Verdict, usize)> {
        let at = block.bracket()?;
        Some((self.evidence.verdicts.get(at)?, at))
    }

    /// Whether a mark, known or not, stands where the block's own belongs.
    pub(super) fn is_marked(&self, block: &Block) -> bool {
        matches!(
            self.verdict(block),
            Some((Verdict::Mark(..) | Verdict::Unknown(_), _))
        )
    }

    /// Every statement that a block makes: each phrase of it stands there, or it is a heading that is its name.
    fn statements(&mut self, block: &Block) {
        let Some(statements) = &self.statements else {
            return;
        };
        let made = statements.made_in(block, self.draft.text);
        let words = statements.words;
        let named = words.find(self.slice(self.words_of(block)));
        let named = named.filter(|&id| words.term(id).is_in("heading") && !made.contains(&id));
        for id in made.into_iter().chain(named) {
            let element = Element::new(ElementKind::Statement, block.span);
            self.into.push(element.term(Some(id)));
            if let Some((day, at)) = date::of_statement(self.slice(block.span)) {
                let place = Span::new(
                    block.span.start + offset(at.start),
                    block.span.start + offset(at.end),
                );
                self.into.push(
                    Element::new(ElementKind::StatementDate, place)
                        .term(Some(id))
                        .with(Value::Day(day)),
                );
            }
        }
    }

    /// The first statement that a block makes.
    pub(super) fn statement(&self, block: &Block) -> Option<TermId> {
        let statements = self.statements.as_ref()?;
        let made = statements.made_in(block, self.draft.text);
        made.first().copied()
    }

    /// Whether a block says that the marks in it are shown for training.
    fn shows_marks(&self, block: &Block) -> bool {
        let made = self.statement(block).zip(self.statements.as_ref());
        made.is_some_and(|(id, statements)| statements.words.term(id).is_in("training"))
    }

    /// The block itself, and its number.
    fn block(&mut self, block: &Block, titled: &mut bool) {
        let kind = match block.kind {
            BlockKind::Paragraph => ElementKind::Paragraph,
            BlockKind::Heading if !*titled => {
                *titled = true;
                ElementKind::Title
            }
            BlockKind::Heading => ElementKind::Heading,
            BlockKind::Item => ElementKind::ListItem,
            BlockKind::Subject => ElementKind::Subject,
            BlockKind::Figure => ElementKind::FigureCaption,
            BlockKind::Footnote => ElementKind::Footnote,
            BlockKind::Cell if self.is_marked(block) => ElementKind::TableCell,
            BlockKind::Cell | BlockKind::Label => return,
        };
        let span = match kind {
            ElementKind::Title | ElementKind::Heading | ElementKind::Subject => {
                self.words_of(block)
            }
            _ => block.span,
        };
        self.into.push(Element::new(kind, span));
        if let Some(number) = block.number {
            let value = self
                .slice(number)
                .parse()
                .map_or(Value::Text, Value::Number);
            self.into
                .push(Element::new(ElementKind::ParagraphNumber, number).with(value));
        }
    }

    /// The words of a block without number, label and mark.
    pub(super) fn words_of(&self, block: &Block) -> Span {
        let mut span = Span::new(block.text.min(block.span.end), block.span.end);
        if let Some((Verdict::Mark(..), at)) = self.verdict(block)
            && let Some(candidate) = self.found.candidates.get(at)
        {
            if candidate.place == Place::End {
                span.end = candidate.inner.start.saturating_sub(1).max(span.start);
            } else {
                span.start = candidate.after.min(span.end);
            }
        }
        let words = self.slice(span);
        span.end = span.start + offset(words.trim_end().len());
        span
    }

    fn mark(&mut self, block: &Block) {
        let Some(at) = block.bracket() else {
            return;
        };
        let verdict = self.evidence.verdicts.get_mut(at);
        let Some((verdict, candidate)) = verdict.zip(self.found.candidates.get(at)) else {
            return;
        };
        let inner = candidate.inner;
        let trailing = match (candidate.place, block.kind) {
            (Place::Start, _) => None,
            (Place::End, BlockKind::Subject) => Some(ElementKind::TrailingSubjectMark),
            (Place::End, _) => Some(ElementKind::TrailingPortion),
        };
        let trailing = trailing.filter(|_| matches!(verdict, Verdict::Mark(..)));
        let element = match verdict {
            Verdict::Mark(marking, confidence) => {
                let kind = match block.kind {
                    BlockKind::Subject => ElementKind::SubjectMark,
                    _ => ElementKind::Portion,
                };
                let value = marking.take().map_or(Value::Text, Value::Marking);
                Element::new(kind, inner).with(value).sure(*confidence)
            }
            Verdict::Unknown(confidence) => {
                Element::new(ElementKind::UnknownPortion, inner).sure(*confidence)
            }
            Verdict::Aside => return,
        };
        let trailing = trailing.map(|kind| Element::new(kind, inner).sure(element.confidence));
        self.into.push(element);
        self.into.extend(trailing);
    }

    /// Marks between the sentences of a block, where paragraphs were run together.
    fn within(&mut self, block: &Block) {
        if self.evidence.marked == 0 || block.kind == BlockKind::Label || self.shows_marks(block) {
            return;
        }
        let own = block.bracket().and_then(|at| self.found.candidates.get(at));
        let start = own.map_or(block.text, |own| own.after).max(block.text);
        let end = block.span.end as usize;
        let words = self.draft.text.get(start as usize..end).unwrap_or_default();
        for at in memchr::memchr_iter(b'(', words.as_bytes()) {
            let rest = words.get(at..).unwrap_or_default();
            let Some(mark) = bracket(rest).filter(|mark| mark.shape == Shape::Capitals) else {
                continue;
            };
            let before = words.get(..at).unwrap_or_default();
            let after = rest.get(mark.after..).unwrap_or_default();
            if !follows_sentence(before) || !opens_sentence(after) {
                continue;
            }
            let base = start + offset(at);
            let inner = Span::new(
                base + offset(mark.inner.start),
                base + offset(mark.inner.end),
            );
            let marking = parse(
                self.slice(inner),
                inner.start,
                self.draft.scheme,
                Surface::Portion,
            );
            if is_known(&marking) {
                let mut element = Element::new(ElementKind::Portion, inner);
                element.value = Value::Marking(Box::new(marking));
                element.confidence = Confidence::Likely;
                self.into.push(element);
            }
        }
    }
}

/// Whether a text ends in a sentence, a number or a caption's stop, with a blank after it, or is a title
/// in capitals.
fn follows_sentence(before: &str) -> bool {
    let bare = before.trim_end();
    if bare.len() == before.len() {
        return false;
    }
    let closing = |letter: char| "\"')]\u{201d}\u{2019}*".contains(letter);
    let numbered = bare
        .strip_suffix(':')
        .is_some_and(|rest| rest.ends_with(|last: char| last.is_ascii_digit()));
    let title = bare.len() <= LONGEST_TITLE && !bare.chars().any(char::is_lowercase);
    numbered
        || title
        || ends_sentence(bare.trim_end_matches(closing)) && !bare.ends_with([':', ';'])
}

/// Whether a text begins as a sentence does.
fn opens_sentence(after: &str) -> bool {
    after.starts_with(|first: char| {
        first.is_uppercase() || first.is_ascii_digit() || "\"'\u{201c}\u{2018}[*".contains(first)
    })
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
