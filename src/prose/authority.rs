//! The classification authority block: labelled lines to elements.

use super::Draft;
use super::block::{BlockKind, Blocks};
use super::date::{whole, within};
use super::field::{Field, Fields};
use crate::document::Line;
use crate::marking::{LevelUse, Marking, Surface, Word};
use crate::reading::moment::written_date;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use jiff::civil::Date;

/// Lines between the reason and the rest of the block, at most.
const NEAR: usize = 8;

/// Most letters of a reason that are read.
const MOST_LETTERS: usize = 24;

/// Adds the block: who, from what, why, until when.
pub(super) fn elements(
    draft: Draft<'_>,
    found: &Blocks,
    lines: &[Line],
    day: Option<Date>,
    into: &mut Vec<Element>,
) {
    let fields = &found.fields;
    let of_block = fields.iter().filter(|field| field.of_block);
    let of_block: Vec<usize> = of_block.map(Field::line).collect();
    let is_near = |line: usize| {
        let first = of_block.partition_point(|own| own + NEAR < line);
        of_block.get(first).is_some_and(|&own| own <= line + NEAR)
    };
    let labels = Fields::of(draft.lexicon);
    for (at, field) in fields.iter().enumerate() {
        if is_near(field.line()) {
            let group = labels.group(field.term);
            let reader = Reader { draft, day };
            reader.field(field, group, into);
            let next = lines
                .get(field.line() + 1)
                .map(|line| draft.slice(line.span));
            let labelled = fields
                .get(at + 1)
                .is_some_and(|next| next.line() <= field.line() + 1);
            let ends = labelled || next.is_none_or(|next| next.trim().is_empty());
            if field.of_block && field.value.is_empty() && ends {
                into.push(Element::new(ElementKind::EmptyField, field.span));
            }
            if group == "derived-from" {
                sources(found, field, into);
            }
        }
    }
}

/// What is listed right below the line that names the source.
fn sources(found: &Blocks, field: &Field, into: &mut Vec<Element>) {
    let below = field.line() + 1;
    let before = found.all.partition_point(|block| block.line() < below);
    let mut blocks = found.all.iter().skip(before);
    let listed = blocks
        .by_ref()
        .take_while(|block| block.line() == below)
        .find(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item));
    into.extend(listed.map(|block| Element::new(ElementKind::SourceList, block.span)));
}

struct Reader<'t> {
    draft: Draft<'t>,
    day: Option<Date>,
}

impl Reader<'_> {
    fn field(&self, field: &Field, group: &str, into: &mut Vec<Element>) {
        let value = field.value;
        match group {
            "classified-by" => {
                into.push(Element::new(ElementKind::ClassifiedBy, field.span));
                if !value.is_empty() {
                    into.push(Element::new(ElementKind::ClassifierName, value));
                }
            }
            "derived-from" => {
                let words = self.draft.slice(value).trim_end_matches(['.', ':']);
                let sources = self.draft.lexicon.get("derived-from");
                let term = sources.and_then(|sources| sources.find(words));
                let day = within(words).map_or(Value::Text, Value::Day);
                let element = Element::new(ElementKind::DerivedFrom, field.span).with(day);
                into.push(element.term(term));
            }
            "reason" => self.reason(field, into),
            "declassify-on" => {
                into.push(Element::new(ElementKind::Declassification, field.span));
                self.until(value, into);
            }
            "downgrade-to" => self.downgrade(field, into),
            "downgrade-on" => {
                let day = within(self.draft.slice(value)).map_or(Value::Text, Value::Day);
                into.push(Element::new(ElementKind::DowngradeOn, field.span).with(day));
            }
            _ => {}
        }
    }

    /// The section that gives the reason, the order before it, and the letters behind it.
    fn reason(&self, field: &Field, into: &mut Vec<Element>) {
        let lexicon = self.draft.lexicon;
        let (sections, orders) = (lexicon.get("reason"), lexicon.get("order"));
        let text = self.draft.slice(field.value);
        let first = into.len();
        let mut letters = None;
        let mut start = 0;
        for part in text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.')) {
            let number = part.trim_matches('.');
            let at = start + part.find(number).unwrap_or(0);
            start += part.len();
            start += text
                .get(start..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
            let place = Span::new(
                field.value.start + offset(at),
                field.value.start + offset(at + number.len()),
            );
            if let Some(term) = orders.and_then(|orders| orders.find(number)) {
                into.push(Element::new(ElementKind::Order, place).term(Some(term)));
            } else if let Some(term) = sections.and_then(|sections| sections.find(number)) {
                into.push(Element::new(ElementKind::Reason, place).term(Some(term)));
                letters.get_or_insert(at + number.len());
            } else if number.contains('.') && letters.is_none() {
                letters = Some(at + number.len());
            }
        }
        match letters {
            Some(at) => {
                let from = Span::new(field.value.start + offset(at), field.value.end);
                self.letters(from, into);
                let named = |element: &Element| {
                    element.kind == ElementKind::Reason && field.span.contains(element.span)
                };
                let mut own = into.iter().skip(first);
                if !own.any(named) {
                    into.push(Element::new(ElementKind::Reason, field.span));
                }
            }
            None => into.push(Element::new(ElementKind::Reason, field.span)),
        }
    }

    /// The letters after the number of the section: `(c)`, ` (b), (d)`.
    fn letters(&self, value: Span, into: &mut Vec<Element>) {
        let text = self.draft.slice(value);
        let mut before = ' ';
        for (at, letter) in text.char_indices().take(MOST_LETTERS) {
            let next = text
                .get(at + letter.len_utf8()..)
                .and_then(|rest| rest.chars().next());
            let alone = (!before.is_alphanumeric() || before.is_ascii_digit())
                && next.is_none_or(|next| !next.is_alphanumeric());
            if letter.is_ascii_alphabetic() && alone {
                let start = value.start + offset(at);
                into.push(Element::new(
                    ElementKind::ReasonLetter,
                    Span::new(start, start + 1),
                ));
            }
            before = letter;
        }
    }

    /// A day, codes, or an event that says until when.
    fn until(&self, value: Span, into: &mut Vec<Element>) {
        let text = self.draft.slice(value);
        if let Some(day) = whole(text) {
            into.push(Element::new(ElementKind::DeclassifyOn, value).with(Value::Day(day)));
            return;
        }
        let codes = self.draft.lexicon.get("declassification");
        let find = |word: &str| codes.and_then(|codes| codes.find(word));
        if let Some(code) = find(text.trim_end_matches('.')) {
            into.push(Element::new(ElementKind::DeclassificationCode, value).term(Some(code)));
            return;
        }
        let first = into.len();
        let mut rest = value.start;
        // A day behind a code that takes none is that of a source.
        let mut dated = true;
        let mut start = 0;
        for word in text.split([' ', ',', ';']) {
            let at = start;
            start += word.len() + 1;
            let bare = word.trim_matches(['.', '(', ')']);
            if bare.is_empty() {
                continue;
            }
            let at = value.start + offset(at + word.find(bare).unwrap_or(0));
            let place = Span::new(at, at + offset(bare.len()));
            if let Some(code) = find(bare) {
                dated = codes.is_some_and(|codes| codes.term(code).is_in("dated"));
                rest = place.end;
                into.push(Element::new(ElementKind::DeclassificationCode, place).term(Some(code)));
            } else if let Some(found) = written_date(bare, self.day).filter(|_| dated) {
                let day = found.map_or(Value::Impossible, Value::Day);
                into.push(Element::new(ElementKind::DeclassifyOn, place).with(day));
            }
        }
        let found = into.get(first..).unwrap_or_default();
        let has_day = found
            .iter()
            .any(|own| own.kind == ElementKind::DeclassifyOn);
        let bare = found.is_empty();
        let rest = Span::new(rest, value.end);
        let words = self.draft.slice(rest).split_whitespace();
        let says = words.filter(|word| word.len() > 1).count() > 1;
        if let Some(day) = within(text).filter(|_| dated && !has_day) {
            into.push(Element::new(ElementKind::DeclassifyOn, value).with(Value::Day(day)));
        } else if bare && !text.is_empty() {
            into.push(Element::new(ElementKind::DeclassificationEvent, value));
        } else if !bare && !has_day && dated && says {
            into.push(Element::new(ElementKind::DeclassificationEvent, rest));
        }
    }

    /// The level to which it falls, and the day, where the line says it.
    fn downgrade(&self, field: &Field, into: &mut Vec<Element>) {
        let text = self.draft.slice(field.value);
        let mut element = Element::new(ElementKind::DowngradeTo, field.span);
        let mut ends = text.match_indices(' ').map(|(at, _)| at).take(2);
        let ends = [ends.next(), ends.next(), Some(text.len())];
        let level = ends.into_iter().flatten().rev().find_map(|end| {
            let words = text
                .get(..end)?
                .trim_end_matches([',', '.', ' '])
                .to_ascii_uppercase();
            match self.draft.scheme.word(&words, Surface::Banner)? {
                Word::Level(level) => Some((level, end)),
                _ => None,
            }
        });
        if let Some((level, end)) = level {
            let span = Span::new(field.value.start, field.value.start + offset(end));
            let mut marking = Marking::empty(span, Surface::Banner);
            marking.level = Some(LevelUse { level, span });
            element.value = Value::Marking(Box::new(marking));
        }
        into.push(element);
        if let Some(day) = within(text) {
            let element = Element::new(ElementKind::DowngradeOn, field.value);
            into.push(element.with(Value::Day(day)));
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
