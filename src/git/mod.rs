//! L11: what git is about to let out: staged files, commits that leave, messages; and hooks.
//!
//! All of it is asked of the `git` program, so that an index, a filter of objects or a kind of repository
//! means here what it means there. Nothing is fetched: an object that is not here is a gap.

mod blobs;
mod change;
mod hook;
mod kept;
mod message;
mod outgoing;
mod pointer;
mod repository;
mod script;
mod since;

pub use blobs::{Blobs, Object};
pub use change::{Change, Kind};
pub use hook::{CHAINED, Hook, InstallError, Installed, Removed, install, uninstall};
pub use kept::Kept;
pub use message::{Cleanup, Commenting, as_git_keeps_it, message_of};
pub use outgoing::{Outgoing, Update, outgoing};
pub use pointer::Pointer;
pub use repository::{GitError, Repository};
pub use since::Unchanged;
