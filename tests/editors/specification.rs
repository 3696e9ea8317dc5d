//! Every message against the specification.

use crate::scratch::{Scratch, answers};

#[test]
fn every_message_is_as_the_specification_wants_it() {
    if !answers("python3", &["-c", "import pytest_lsp"]) {
        return;
    }
    let scratch = Scratch::new();
    scratch.write("test_session.py", include_str!("test_session.py"));
    let words = "-m pytest -q -o asyncio_mode=auto -p no:cacheprovider test_session.py";
    let words: Vec<&str> = words.split(' ').collect();
    let status = scratch.run("python3", &words, "");
    assert!(status.success(), "{}", scratch.text("log"));
}
