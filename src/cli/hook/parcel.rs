//! What a hook is to examine.

use crate::cli::failure::Failure;
use crate::cli::world::{Streams, Surroundings};
use crate::git::{
    Blobs, Cleanup, Commenting, GitError, Hook, Kept, Kind, Repository, Update, as_git_keeps_it,
    outgoing,
};
use crate::input::said;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::Arc;

/// Something that leaves.
pub(super) struct Item {
    /// What the report calls it.
    pub(super) name: PathBuf,
    /// Its path from the root of the repository; of a message none.
    pub(super) path: Option<PathBuf>,
    pub(super) content: Content,
    /// Whether a later commit that leaves with it has replaced it.
    pub(super) replaced: bool,
}

/// Where the bytes are.
pub(super) enum Content {
    /// In an object of this kind and id.
    Object(Kind, String),
    /// Below the fields of a commit or tag.
    Message(String),
    /// Here.
    Text(Vec<u8>),
}

/// Things that leave together, and are judged by the settings of one tree.
pub(super) struct Parcel {
    /// The tree; `None` where the disk is all there is.
    pub(super) tree: Option<Arc<Kept>>,
    pub(super) items: Vec<Item>,
}

/// What the hook is about.
pub(super) fn parcels(
    hook: Hook,
    given: &[OsString],
    (repository, blobs): (&Repository, &Arc<Blobs>),
    (streams, around): (&mut Streams<'_>, &Surroundings),
) -> Result<Vec<Parcel>, Failure> {
    let edited = || around.git_editor.as_deref() != Some(":");
    Ok(match hook {
        Hook::PreCommit | Hook::PreMergeCommit | Hook::PreApplypatch => {
            vec![staged(repository, blobs)?]
        }
        Hook::CommitMsg => {
            let cleanup = Cleanup::of(repository, edited());
            vec![message(given, cleanup, (repository, blobs), around)?]
        }
        // Git takes a mail as it is.
        Hook::ApplypatchMsg => {
            vec![message(
                given,
                Cleanup::Nothing,
                (repository, blobs),
                around,
            )?]
        }
        Hook::PrePush => {
            let known = sent_before(given);
            let updates = updates(Update::sent, streams)?;
            leaving(&updates, &known, repository, blobs)?
        }
        Hook::PreReceive => {
            let known = ["--not", "--all"].map(str::to_owned);
            let updates = updates(Update::received, streams)?;
            leaving(&updates, &known, repository, blobs)?
        }
        Hook::PostRewrite => {
            let alone = ["--no-walk".to_owned()];
            let updates = updates(Update::rewritten, streams)?;
            leaving(&updates, &alone, repository, blobs)?
        }
    })
}

/// What is staged and differs from the last commit.
fn staged(repository: &Repository, blobs: &Arc<Blobs>) -> Result<Parcel, GitError> {
    let changes = repository.staged()?;
    let tree = match changes.as_slice() {
        [] => None,
        _ => Some(Arc::new(Kept::staged(repository, blobs)?)),
    };
    let items = changes.into_iter().map(|change| Item {
        name: change.path.clone(),
        content: Content::Object(change.kind, change.id),
        path: Some(change.path),
        replaced: false,
    });
    Ok(Parcel {
        tree,
        items: items.collect(),
    })
}

/// The message in the file that git names.
fn message(
    given: &[OsString],
    cleanup: Cleanup,
    (repository, blobs): (&Repository, &Arc<Blobs>),
    around: &Surroundings,
) -> Result<Parcel, Failure> {
    let Some(file) = given.first() else {
        let message = "the file of the message is missing: `caveat hook run commit-msg FILE`";
        return Err(Failure::Usage(message.to_owned()));
    };
    let path = around.folder.join(file);
    let bytes = std::fs::read(&path).map_err(|error| {
        let said = said(&error);
        Failure::Usage(format!("`{}` cannot be read: {said}", path.display()))
    })?;
    let kept = as_git_keeps_it(&bytes, cleanup, &Commenting::of(repository));
    let item = Item {
        name: PathBuf::from("commit message"),
        path: None,
        content: Content::Text(kept),
        replaced: false,
    };
    Ok(Parcel {
        tree: Some(Arc::new(Kept::staged(repository, blobs)?)),
        items: vec![item],
    })
}

/// What the remote has, as far as this repository knows: it is given by its name, or by its address twice.
fn sent_before(given: &[OsString]) -> Vec<String> {
    let name = match given {
        [name, address, ..] if name == address => None,
        [name, ..] => name.to_str(),
        [] => None,
    };
    let remotes = name.map(|name| format!("--remotes={name}"));
    let not = remotes.is_some().then(|| "--not".to_owned());
    not.into_iter().chain(remotes).collect()
}

/// The lines on standard input, each of which names a reference.
fn updates(
    read: fn(&[u8]) -> Option<Update>,
    streams: &mut Streams<'_>,
) -> Result<Vec<Update>, Failure> {
    let mut bytes = Vec::new();
    streams.input.read_to_end(&mut bytes)?;
    let lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let lines = lines.filter(|line| !line.is_empty());
    let updates = lines.map(|line| {
        read(line).ok_or_else(|| {
            let message =
                "standard input is not what git gives this hook: ids and a reference a line";
            Failure::Usage(message.to_owned())
        })
    });
    updates.collect()
}

fn leaving(
    updates: &[Update],
    known: &[String],
    repository: &Repository,
    blobs: &Arc<Blobs>,
) -> Result<Vec<Parcel>, GitError> {
    let mut parcels = Vec::new();
    for (index, update) in updates.iter().enumerate() {
        let earlier = updates.iter().take(index);
        let again = earlier.into_iter().any(|other| {
            (&other.new, &other.old) == (&update.new, &update.old) && other.name != b"HEAD"
        });
        if update.is_removal() || again {
            continue;
        }
        let found = outgoing(repository, blobs, update, known)?;
        let files = found.changes.iter().map(|(commit, change)| Item {
            name: change.named(commit.as_deref()),
            path: Some(change.path.clone()),
            content: Content::Object(change.kind, change.id.clone()),
            replaced: !found.is_current(change),
        });
        let messages = found.told.iter().map(|id| Item {
            name: named(id),
            path: None,
            content: Content::Message(id.clone()),
            replaced: false,
        });
        parcels.push(Parcel {
            items: files.chain(messages).collect(),
            tree: found.tip.map(Arc::new),
        });
    }
    Ok(parcels)
}

/// How the message of a commit or tag is named in a report.
fn named(id: &str) -> PathBuf {
    let mut name = OsString::from(id.get(..10).unwrap_or(id));
    name.push(OsStr::new(" (message)"));
    name.into()
}
