//! The reader of marked documents, with every shipped rule.

use super::chosen;
use super::telegram::holds;
use caveat::engine::Options;
use caveat::reading::Form;

/// Names by which the markup is told.
const NAMES: [&str; 4] = ["draft.txt", "draft.md", "draft.adoc", "draft.rst"];

pub(super) fn run(bytes: &[u8]) {
    let (first, bytes) = chosen(bytes);
    let options = Options {
        form: (first & 4 == 0).then_some(Form::Document),
        ..Options::default()
    };
    holds(NAMES[first % NAMES.len()], &super::text(bytes), &options);
}
