//! Codes of a control that names some, such as countries.

use super::marks::inner;
use super::{Cursor, Offer, begins};
use crate::lsp::view::View;
use crate::marking::{Code, ControlId, Parameter, Surface, Word};
use crate::pack::control_file::Side;
use crate::text::Span;

/// A control with the first of its codes, where one must stand first, ready for the next.
pub(super) fn with_first(
    view: &View<'_>,
    control: ControlId,
    word: &str,
    surface: Surface,
) -> String {
    let parameter = view.scheme().control(control).parameter.as_ref();
    let codes = parameter.filter(|own| own.codes.is_some() && own.side == Side::After);
    match codes.filter(|own| !own.is_optional(surface)) {
        Some(own) => {
            let first = own.first.as_deref().unwrap_or_default();
            let next = if first.is_empty() {
                ""
            } else {
                own.separator(0)
            };
            format!("{word}{}{first}{next}", own.join)
        }
        None => word.to_owned(),
    }
}

/// Codes that may follow those that stand; `None` where the cursor is not within a list of codes.
pub(super) fn values(view: &View<'_>, cursor: &Cursor<'_>) -> Option<(Span, Vec<Offer>)> {
    let (inner, surface) = inner(view, cursor).or_else(|| caption(cursor))?;
    let scheme = view.scheme();
    for (id, control) in scheme.controls() {
        let Some(parameter) = control.parameter.as_ref() else {
            continue;
        };
        let lists = parameter.codes.is_some() && parameter.side == Side::After;
        if !lists || !scheme.control_holds(id, view.day()) {
            continue;
        }
        let spellings = control.spellings.on(surface).iter();
        let written = spellings.filter_map(|word| {
            let lead = format!("{word}{}", parameter.join);
            let at = inner.rfind(lead.as_str())?;
            let apart = inner.get(..at)?.chars().next_back();
            let own = apart.is_none_or(|sign| !sign.is_alphanumeric());
            inner.get(at + lead.len()..).filter(|_| own)
        });
        let sign = &scheme.syntax().between_categories;
        let mut written = written.filter(|written| !written.contains(sign.as_str()));
        if let Some(written) = written.next() {
            return Some(codes(view, cursor, id, (parameter, written)));
        }
    }
    None
}

/// A line of a message that states a control in words.
fn caption<'v>(cursor: &Cursor<'v>) -> Option<(&'v str, Surface)> {
    let head = cursor.head.trim_start();
    (!head.is_empty()).then_some((head, Surface::Header))
}

fn codes(
    view: &View<'_>,
    cursor: &Cursor<'_>,
    control: ControlId,
    (parameter, written): (&Parameter, &str),
) -> (Span, Vec<Offer>) {
    let scheme = view.scheme();
    let sign = parameter.separator(0).trim();
    let mut named: Vec<&str> = if sign.is_empty() {
        written.split(' ').collect()
    } else {
        written.split(sign).collect()
    };
    let typed = named.pop().unwrap_or_default().trim_start();
    let list = parameter.codes.and_then(|list| scheme.code_list(list));
    let free = |code: &&Code| {
        let over = code.until.is_some_and(|last| last.0 < view.day());
        let there = named.iter().any(|own| own.trim() == code.code);
        !over && !there && begins(&code.code, typed)
    };
    let codes = list.into_iter().flat_map(|list| &list.codes).filter(free);
    let mut codes: Vec<&Code> = codes.collect();
    let first = parameter.first.as_deref();
    codes.sort_by_key(|code| Some(code.code.as_str()) != first);
    let authority = list.map_or_else(
        || scheme.citation(Word::Control(control)).text,
        |list| list.authority.clone(),
    );
    let offers = codes.into_iter().map(|code| Offer {
        label: code.code.to_string(),
        title: code.title.to_string(),
        authority: authority.to_string(),
        text: code.code.to_string(),
    });
    (cursor.back(typed.len()), offers.collect())
}
