//! The language server, in process: every capability in each unit of columns, with an emoji before the place.

#![cfg(unix)]

mod actions;
mod configuration;
mod diagnostics;
mod hover;
mod protocol;
mod session;
mod texts;
