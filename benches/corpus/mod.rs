//! A corpus made up from a seed, with the statistics of circulated telegrams: sizes, eras, renderings,
//! levels. Every post, person and event in it is invented. It is never committed, only its maker is.
//!
//! Draft number `n` of a seed is always the same one, whatever was made before it.

mod body;
pub(crate) mod chance;
mod document;
pub(crate) mod faults;
mod plan;
mod prose;
mod telegram;

use chance::Chance;
use std::fmt::Write as _;

/// A made-up draft.
pub(crate) struct Draft {
    /// What is in it.
    pub(crate) text: String,
    /// The fault that was put in, by its name in [`faults::FAULTS`].
    pub(crate) fault: Option<&'static str>,
}

/// A telegram without fault.
pub(crate) fn telegram(seed: u64, number: u64) -> Draft {
    let mut chance = Chance::new(seed, number);
    let plan = plan::Plan::new(&mut chance);
    let text = telegram::write(&plan, &mut chance);
    Draft { text, fault: None }
}

/// A telegram with one fault, where one fits it.
pub(crate) fn faulty_telegram(seed: u64, number: u64) -> Draft {
    let mut draft = telegram(seed, number);
    let mut chance = Chance::new(!seed, number);
    for _ in 0..20 {
        let touched = chance.pick(faults::FAULTS);
        let fault = chance.pick(touched);
        if let Some(edit) = (fault.edit)(&draft.text) {
            draft.text = edit.apply(&draft.text);
            draft.fault = Some(fault.name);
            break;
        }
    }
    draft
}

/// A document in numbered and marked paragraphs, without fault.
pub(crate) fn document(seed: u64, number: u64) -> Draft {
    let text = document::write(&mut Chance::new(seed.rotate_left(17), number));
    Draft { text, fault: None }
}

/// A draft of the mixture: one of five is a document, about one of twenty has a fault.
pub(crate) fn draft(seed: u64, number: u64) -> Draft {
    match number % 20 {
        4 | 9 | 14 | 19 => document(seed, number),
        11 => faulty_telegram(seed, number),
        _ => telegram(seed, number),
    }
}

/// Appends formatted text.
fn put(into: &mut String, arguments: std::fmt::Arguments<'_>) {
    // A `String` takes any text.
    into.write_fmt(arguments).unwrap_or_default();
}
