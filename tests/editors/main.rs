//! Real editors, without a screen, against the real server, with the snippets of `docs/editors.md`; and
//! every message against the specification with `pytest-lsp`.
//!
//! A test whose editor is not installed says that it skips.

#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "a test that skips says so")]

mod kate;
mod scratch;
mod snippets;
mod specification;
mod terminal;
mod vscode;
