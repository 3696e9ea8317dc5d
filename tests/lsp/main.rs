//! The language server, in process: every capability in each unit of columns, with an emoji before the place.

#![cfg(unix)]

mod actions;
mod completion;
mod configuration;
mod diagnostics;
mod hover;
#[path = "../in_process/mod.rs"]
mod in_process;
mod protocol;
mod robust;
mod session;
mod shown;
mod texts;
