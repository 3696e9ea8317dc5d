//! Levels and controls within a portion mark or a banner, as far as the scheme lets them stand there.

use super::{Cursor, Offer, begins};
use crate::diagnostic::Severity;
use crate::lsp::described::portions;
use crate::lsp::view::View;
use crate::marking::{ControlId, Fault, Marking, Surface, Word, parse};
use crate::reading::{ElementKind, Form};
use crate::text::Span;

/// Longest text that may be a mark, in bytes.
const LONGEST: usize = 160;

/// What may be written within a mark, or where one is to begin.
pub(super) fn marks(view: &View<'_>, cursor: &Cursor<'_>) -> Option<(Span, Vec<Offer>)> {
    if let Some((inner, surface)) = inner(view, cursor)
        && let Some(offered) = controls(view, cursor, inner, surface)
    {
        return Some(offered);
    }
    portion(view, cursor).or_else(|| banner(view, cursor))
}

/// The text of a mark that is being written, up to the cursor.
pub(super) fn inner<'v>(view: &View<'_>, cursor: &Cursor<'v>) -> Option<(&'v str, Surface)> {
    let [open, close] = &view.scheme().syntax().portion;
    if let Some((_, inner)) = cursor.head.rsplit_once(open.as_str())
        && !inner.contains(close.as_str())
        && inner.len() <= LONGEST
    {
        return Some((inner, Surface::Portion));
    }
    let whole = cursor.head.trim_start();
    let of_document = view.reading().form != Form::Telegram && whole.len() <= LONGEST;
    of_document.then_some((whole, Surface::Banner))
}

/// Where the last separator ends, and what it is.
fn separated<'t>(view: &View<'_>, inner: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
    let syntax = view.scheme().syntax();
    let (wide, narrow) = (&syntax.between_categories, &syntax.between_controls);
    let at = [wide, narrow]
        .into_iter()
        .filter_map(|sign| {
            let at = inner.rfind(sign.as_str())?;
            Some((at + sign.len(), std::cmp::Reverse(at)))
        })
        .max()?;
    let (end, std::cmp::Reverse(start)) = at;
    Some((
        inner.get(..start)?,
        inner.get(start..end)?,
        inner.get(end..)?,
    ))
}

/// Controls that may stand behind what stands.
fn controls(
    view: &View<'_>,
    cursor: &Cursor<'_>,
    inner: &str,
    surface: Surface,
) -> Option<(Span, Vec<Offer>)> {
    let scheme = view.scheme();
    let (base, sign, typed) = separated(view, inner)?;
    let before = parse(base, 0, scheme, surface);
    before.level?;
    let mut offers = Vec::new();
    for (id, control) in scheme.controls() {
        let Some(word) = control.spellings.canonical(surface) else {
            continue;
        };
        let had = before.has(id) || !scheme.control_holds(id, view.day());
        if had || !begins(word, typed) {
            continue;
        }
        let text = super::values::with_first(view, id, word, surface);
        let written = format!("{base}{sign}{}", text.trim_end_matches([',', ' ', '/']));
        if !may_stand(&written, id, &before, view) {
            continue;
        }
        offers.push(Offer {
            label: word.to_owned(),
            title: control.title.to_string(),
            authority: scheme.citation(Word::Control(id)).text.to_string(),
            text,
        });
    }
    Some((cursor.back(typed.len()), offers))
}

/// Whether a marking holds the control and is no more wrong for it; what it still wants beside it may follow.
fn may_stand(written: &str, control: ControlId, before: &Marking, view: &View<'_>) -> bool {
    let scheme = view.scheme();
    let marking = parse(written, 0, scheme, before.surface);
    let telegram = view.reading().form == Form::Telegram;
    let counts = |fault: Fault| match fault {
        Fault::Requires | Fault::MissingValue | Fault::TooFew | Fault::Unlisted => false,
        // Telegrams separate otherwise.
        Fault::Separator => !telegram,
        _ => true,
    };
    let worse = marking.faults.iter().any(|found| {
        let old = before.faults.iter().any(|old| old.fault == found.fault);
        !old && counts(found.fault) && found.severity(&marking, written, scheme) > Severity::Advice
    });
    marking.has(control) && !worse
}

/// A whole portion mark at the beginning of a paragraph.
fn portion(view: &View<'_>, cursor: &Cursor<'_>) -> Option<(Span, Vec<Offer>)> {
    let [open, close] = &view.scheme().syntax().portion;
    let (lead, typed) = match cursor.head.rsplit_once(open.as_str()) {
        Some((lead, typed)) => (lead, Some(typed)),
        None => (cursor.head, None),
    };
    let number = lead.trim().trim_end_matches('.');
    let numbered = lead.trim().ends_with('.')
        && !number.is_empty()
        && number.len() <= 3
        && (number.bytes().all(|byte| byte.is_ascii_digit()) || number.len() == 1);
    let alone = number.is_empty() && typed.is_some();
    if !numbered && !alone || typed.is_some_and(|typed| typed.len() > LONGEST) {
        return None;
    }
    let blank = if typed.is_none() && !cursor.head.ends_with(' ') {
        " "
    } else {
        ""
    };
    let (open, typed) = match typed {
        Some(typed) => ("", typed),
        None => (open.as_str(), ""),
    };
    let closed = cursor.tail.starts_with(close.as_str());
    let close = if closed { "" } else { close.as_str() };
    let known = known(view);
    let offers = known.into_iter().filter(|(word, ..)| begins(word, typed));
    let offers = offers.map(|(word, title, authority)| Offer {
        text: format!("{blank}{open}{word}{close}"),
        label: format!("({word})"),
        title,
        authority,
    });
    Some((cursor.back(typed.len()), offers.collect()))
}

/// Marks that the draft has already, the most frequent first, then the levels of the scheme.
fn known(view: &View<'_>) -> Vec<(String, String, String)> {
    let scheme = view.scheme();
    let mut counted: Vec<(usize, String)> = Vec::new();
    for (_, marking) in portions(view).iter().filter(|(_, own)| own.is_right()) {
        let word = view.slice(marking.span);
        match counted.iter_mut().find(|(_, own)| own == word) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, word.to_owned())),
        }
    }
    counted.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    let mut known: Vec<_> = counted
        .into_iter()
        .map(|(count, word)| (word, format!("{count} in this draft"), String::new()))
        .collect();
    for (id, level) in scheme.levels() {
        let held = scheme.level_holds(id, view.day()) && level.owners.is_empty();
        let word = level.spellings.canonical(Surface::Portion);
        if let Some(word) = word.filter(|_| held)
            && known.iter().all(|(own, ..)| own != word)
        {
            let authority = scheme.citation(Word::Level(id)).text;
            known.push((
                word.to_owned(),
                level.title.to_string(),
                authority.to_string(),
            ));
        }
    }
    known
}

/// The level of a banner, on the first line that holds something.
fn banner(view: &View<'_>, cursor: &Cursor<'_>) -> Option<(Span, Vec<Offer>)> {
    let scheme = view.scheme();
    let above = view.slice(Span::new(0, cursor.line.start));
    let marked = view.reading().first(ElementKind::Banner);
    let first = above.trim().is_empty() && cursor.tail.trim().is_empty();
    let free = marked.is_none_or(|element| element.span.start >= cursor.line.start);
    if view.reading().form == Form::Telegram || !first || !free {
        return None;
    }
    let typed = cursor.head.trim_start();
    let levels = scheme.levels().filter_map(|(id, level)| {
        let word = level.spellings.canonical(Surface::Banner)?;
        let holds = scheme.level_holds(id, view.day()) && level.owners.is_empty();
        (holds && begins(word, typed)).then(|| Offer {
            label: word.to_owned(),
            title: level.title.to_string(),
            authority: scheme.citation(Word::Level(id)).text.to_string(),
            text: word.to_owned(),
        })
    });
    let levels: Vec<Offer> = levels.collect();
    (!levels.is_empty()).then(|| (cursor.back(typed.len()), levels))
}
