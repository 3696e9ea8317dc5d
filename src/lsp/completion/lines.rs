//! Lines of a telegram: captions, the line of the executive order, TAGS.

use super::{Cursor, Offer, begins};
use crate::lsp::view::View;
use crate::marking::{Term, Vocabulary};
use crate::reading::{ElementKind, Form};
use crate::text::Span;
use jiff::ToSpan as _;

/// Years to the day of declassification that is offered: what the orders name where no earlier day is known.
const YEARS: i16 = 10;

/// What may be written on a line of a telegram.
pub(super) fn lines(view: &View<'_>, cursor: &Cursor<'_>) -> Option<(Span, Vec<Offer>)> {
    if view.reading().form != Form::Telegram {
        return None;
    }
    let labels = view.rules().vocabulary("label");
    let label = cursor.head.split_once(':');
    let of = |group: &str| {
        let label = labels?.find(label?.0)?;
        labels?.term(label).is_in(group).then_some(())
    };
    if of("tags").is_some() {
        return Some(tags(view, cursor));
    }
    if of("captions").is_some() {
        let typed = last_of(cursor);
        return Some((
            cursor.back(typed.len()),
            captions(view, cursor.offset, typed),
        ));
    }
    if of("order").is_some() || is_among_captions(view, cursor) {
        return Some(caption_line(view, cursor));
    }
    None
}

/// Whether the line stands below the reference line, and above everything that has a label.
fn is_among_captions(view: &View<'_>, cursor: &Cursor<'_>) -> bool {
    let reading = view.reading();
    let below = |kind| {
        let first = reading.first(kind);
        first.is_none_or(|element| element.span.start >= cursor.line.start)
    };
    let above = reading.first(ElementKind::MrnLine);
    let labelled = [
        ElementKind::OrderLine,
        ElementKind::TagsLine,
        ElementKind::Subject,
        ElementKind::Paragraph,
        ElementKind::TextBlock,
    ];
    above.is_some_and(|element| element.span.end < cursor.line.start)
        && labelled.into_iter().all(below)
}

fn offer(term: &Term, text: String) -> Offer {
    Offer {
        label: text.clone(),
        title: term.title.to_string(),
        authority: term.authority.to_string(),
        text,
    }
}

/// What is typed of the last of the values behind a label.
fn last_of<'v>(cursor: &Cursor<'v>) -> &'v str {
    let typed = cursor.head.rsplit([',', ':']).next();
    typed.unwrap_or_default().trim_start()
}

fn tags(view: &View<'_>, cursor: &Cursor<'_>) -> (Span, Vec<Offer>) {
    let typed = last_of(cursor);
    let there: Vec<&str> = view
        .reading()
        .of(ElementKind::Tag)
        .map(|tag| view.slice(tag.span))
        .filter(|tag| *tag != typed)
        .collect();
    let words = view.rules().vocabulary("tag");
    let terms = words.into_iter().flat_map(Vocabulary::terms);
    let free = terms.filter(|term| {
        term.holds_on(view.day()) && begins(&term.word, typed) && !there.contains(&&*term.word)
    });
    let offers = free.map(|term| offer(term, term.word.to_string()));
    (cursor.back(typed.len()), offers.collect())
}

/// A caption, or the line of the order.
fn caption_line(view: &View<'_>, cursor: &Cursor<'_>) -> (Span, Vec<Offer>) {
    let typed = cursor.head.trim_start();
    let mut offers = Vec::new();
    if !begins_with_label(view, typed) {
        offers = captions(view, cursor.offset, typed);
    }
    let orders = orders(view).into_iter();
    offers.extend(orders.filter(|own| begins(&own.text, typed)));
    (cursor.back(typed.len()), offers)
}

/// Captions of the day that the draft has not yet, but where they are being typed.
fn captions(view: &View<'_>, offset: u32, typed: &str) -> Vec<Offer> {
    let there: Vec<_> = view
        .reading()
        .of(ElementKind::Caption)
        .filter(|caption| !(caption.span.start <= offset && offset <= caption.span.end))
        .filter_map(|caption| caption.term)
        .collect();
    let words = view.vocabulary(ElementKind::Caption);
    let terms = words.into_iter().flat_map(|words| {
        let terms = words.terms().iter();
        terms.filter(|term| words.find(&term.word).is_none_or(|id| !there.contains(&id)))
    });
    let free = terms.filter(|term| {
        term.holds_on(view.day()) && term.pattern.is_empty() && begins(&term.word, typed)
    });
    free.map(|term| offer(term, term.word.to_string()))
        .collect()
}

/// Whether a line has its label already.
fn begins_with_label(view: &View<'_>, typed: &str) -> bool {
    let labels = view.rules().vocabulary("label");
    let label = typed.split_once(':').map(|(label, _)| label);
    label.is_some_and(|label| labels.is_some_and(|labels| labels.find(label).is_some()))
}

/// The lines of the order that is in force, where the draft has none yet or is about to get one.
fn orders(view: &View<'_>) -> Vec<Offer> {
    let first = |of: &str, group: &str| {
        let words = view.rules().vocabulary(of)?;
        words.terms().iter().find(|term| term.is_in(group))
    };
    let (Some(label), Some(declassify), Some(none)) = (
        first("label", "order"),
        first("label", "declassification"),
        first("declassification", "none"),
    ) else {
        return Vec::new();
    };
    let (day, words) = (view.day(), view.vocabulary(ElementKind::Order));
    let then = day.checked_add(YEARS.years()).unwrap_or(day);
    let then = then.strftime("%m/%d/%Y");
    let terms = words.into_iter().flat_map(Vocabulary::terms);
    let held = terms.filter(|term| term.holds_on(day) && !term.is_in("amendment"));
    held.flat_map(|term| {
        let (label, number) = (&label.word, &term.word);
        let dated = format!("{label} {number}: {}: {then}", declassify.word);
        let none = format!("{label} {number}: {}", none.word);
        [offer(term, dated), offer(term, none)]
    })
    .collect()
}
