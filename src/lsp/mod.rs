//! L14: the language server: open drafts, what editors ask about them, and what they are told.
//!
//! One thread reads what the editor says, keeps the text, and answers; before it answers it takes
//! everything that waits, so that of many changes only the last text is examined, and what was
//! cancelled is not begun. A capability is a room of its own that knows one draft as a `view::View`.

mod actions;
mod allow;
mod banner;
mod capabilities;
mod client;
mod colours;
mod completion;
mod described;
mod diagnostics;
mod documents;
mod fixes;
mod hover;
mod inlay;
mod lens;
mod outline;
mod position;
mod routes;
mod server;
mod standing;
mod status;
mod tokens;
mod uri;
mod view;
mod workspace;

pub use server::{Ended, Explain, Host, serve};
