//! A panic is a bug of caveat, and its message may hold text of a draft: only its place is kept.

use std::cell::RefCell;

thread_local! {
    /// Where in caveat's own source the last panic of this thread arose.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A piece of work ended in a panic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panicked {
    /// File and line of caveat's own source, where that was kept.
    pub place: Option<String>,
}

impl Panicked {
    /// The panic that was just caught in this thread.
    pub fn here() -> Self {
        Self {
            place: PLACE.take(),
        }
    }
}

/// From now on panics write nothing: the message could hold text of a draft.
pub fn remember_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map(|at| format!("{}:{}", at.file(), at.line()));
        PLACE.set(place);
    }));
}

/// Panics with the text of the draft where its name asks for that: for the tests of what is then said.
#[cfg(test)]
pub(super) fn on_purpose(draft: &crate::text::Source) {
    assert!(!draft.name().ends_with("panics.txt"), "{}", draft.text());
}
