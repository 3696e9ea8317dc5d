//! What leaves with a push: commits that the other side has not, what they changed, and their messages.

use super::blobs::{Blobs, Object};
use super::change::{Change, changes};
use super::kept::Kept;
use super::repository::{GitError, Repository, path_of};
use std::path::Path;
use std::sync::Arc;

/// Most bytes of a commit or a tag.
const LARGEST: u64 = 1 << 24;

/// Tags of tags that are followed.
const TAGS: usize = 16;

/// A reference that is to be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Its name on the side that receives.
    pub name: Vec<u8>,
    /// Where it is to lead.
    pub new: String,
    /// Where it leads so far on the side that receives.
    pub old: String,
}

impl Update {
    /// A line that `pre-push` is given: local name, new id, name, old id.
    pub fn sent(line: &[u8]) -> Option<Self> {
        let mut words = line.rsplitn(3, |&byte| byte == b' ');
        let (old, name) = (words.next()?, words.next()?);
        let new = words.next()?.rsplit(|&byte| byte == b' ').next()?;
        Self::new(name, new, old)
    }

    /// A line that `pre-receive` is given: old id, new id, name.
    pub fn received(line: &[u8]) -> Option<Self> {
        let mut words = line.splitn(3, |&byte| byte == b' ');
        let (old, new) = (words.next()?, words.next()?);
        Self::new(words.next()?, new, old)
    }

    /// A line that `post-rewrite` is given: old id, new id, and what else there may be.
    pub fn rewritten(line: &[u8]) -> Option<Self> {
        let mut words = line.splitn(3, |&byte| byte == b' ');
        let (old, new) = (words.next()?, words.next()?);
        Self::new(b"HEAD", new, old)
    }

    fn new(name: &[u8], new: &[u8], old: &[u8]) -> Option<Self> {
        let id = |bytes: &[u8]| {
            let plain = !bytes.is_empty() && bytes.iter().all(u8::is_ascii_hexdigit);
            plain.then(|| String::from_utf8_lossy(bytes).into_owned())
        };
        Some(Self {
            name: name.to_owned(),
            new: id(new)?,
            old: id(old)?,
        })
    }

    /// Whether the reference is to be taken away: nothing leaves.
    pub fn is_removal(&self) -> bool {
        is_none(&self.new)
    }
}

/// Whether an id stands for nothing.
fn is_none(id: &str) -> bool {
    id.bytes().all(|digit| digit == b'0')
}

/// What leaves with one reference.
#[derive(Debug)]
pub struct Outgoing {
    /// The tree that it leads to; `None` where it leads to a single file.
    pub tip: Option<Kept>,
    /// What was changed, with the commit that did; the latest first.
    pub changes: Vec<(Option<String>, Change)>,
    /// Commits and tags, whose messages leave.
    pub told: Vec<String>,
}

impl Outgoing {
    /// Whether a change is still there at the end of what leaves.
    pub fn is_current(&self, change: &Change) -> bool {
        let tip = self.tip.as_ref();
        tip.is_none_or(|tip| tip.id(&change.path) == Some(&change.id))
    }
}

/// What leaves with an update; `known` names for `git rev-list` what the other side has already.
///
/// # Errors
/// Git is not there, or an object is missing.
pub fn outgoing(
    repository: &Repository,
    blobs: &Arc<Blobs>,
    update: &Update,
    known: &[String],
) -> Result<Outgoing, GitError> {
    let mut found = Outgoing {
        tip: None,
        changes: Vec::new(),
        told: Vec::new(),
    };
    let mut id = update.new.clone();
    for _ in 0..TAGS {
        let (kind, next) = kind_of(blobs, &id)?;
        match (kind.as_str(), next) {
            ("tag", Some(next)) => {
                found.told.push(id);
                id = next;
            }
            ("commit", _) => {
                add_commits(repository, (update, known), &id, &mut found)?;
                found.tip = Some(Kept::of_commit(repository, blobs, &id)?);
                break;
            }
            ("tree", _) => {
                let tip = Kept::of_commit(repository, blobs, &id)?;
                found.changes = tip.all().map(|change| (None, change)).collect();
                found.tip = Some(tip);
                break;
            }
            _ => {
                let path = path_of(&update.name);
                found.changes.push((None, Change::file(&id, path)));
                break;
            }
        }
    }
    Ok(found)
}

/// The type of an object, and what it leads to where it is a tag.
fn kind_of(blobs: &Blobs, id: &str) -> Result<(String, Option<String>), GitError> {
    match blobs.read(id, LARGEST)? {
        Object::Here { kind, bytes } => {
            let text = String::from_utf8_lossy(&bytes);
            let next = text.lines().next();
            let next = next.and_then(|line| line.strip_prefix("object "));
            Ok((kind, next.map(str::to_owned)))
        }
        // Nothing but a file is as large as that.
        Object::TooLarge(_) => Ok(("blob".to_owned(), None)),
        Object::Missing => Err(GitError::Failed {
            command: "cat-file".to_owned(),
            said: format!("the object {id} is not here"),
        }),
    }
}

fn add_commits(
    repository: &Repository,
    (update, known): (&Update, &[String]),
    tip: &str,
    found: &mut Outgoing,
) -> Result<(), GitError> {
    let mut list = vec!["rev-list".to_owned(), "--topo-order".to_owned()];
    // Where the other side was forced to another history, the old end of it need not be here.
    list.push("--ignore-missing".to_owned());
    list.push(tip.to_owned());
    if !is_none(&update.old) {
        list.push(format!("^{}", update.old));
    }
    list.extend(known.iter().cloned());
    let commits = repository.ask(&list)?;
    let lines = String::from_utf8_lossy(&commits);
    found.told.extend(lines.lines().map(str::to_owned));
    let diff = [
        "diff-tree",
        "--stdin",
        "--root",
        "--raw",
        "-c",
        "-r",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "--no-ext-diff",
    ];
    let listed = repository.tell(&diff, commits)?;
    found.changes = changes(&listed).collect();
    Ok(())
}

/// The beginning of an id that people know it by.
pub(super) fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

impl Change {
    /// How a change is named in a report: `COMMIT:PATH` where it is one of a commit, as git itself names it.
    pub fn named(&self, commit: Option<&str>) -> std::path::PathBuf {
        match commit {
            Some(commit) => {
                let mut name = std::ffi::OsString::from(format!("{}:", short(commit)));
                name.push(Path::as_os_str(&self.path));
                name.into()
            }
            None => self.path.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Update;

    #[test]
    fn updates_are_read_as_the_hooks_get_them() {
        let expected = Update {
            name: b"refs/heads/a".to_vec(),
            new: "aa".to_owned(),
            old: "00".to_owned(),
        };
        let sent = Update::sent(b"HEAD~1 aa refs/heads/a 00");
        assert_eq!(sent.as_ref(), Some(&expected));
        assert_eq!(Update::sent(b"a b aa refs/heads/a 00"), sent);
        assert_eq!(Update::received(b"00 aa refs/heads/a"), sent);
        assert!(Update::sent(b"(delete) 00 refs/heads/a aa").is_some_and(|gone| gone.is_removal()));
        let rewritten = Update::rewritten(b"aa bb\n".trim_ascii_end());
        assert_eq!(rewritten.map(|update| update.new), Some("bb".to_owned()));
        for broken in ["", "aa", "x y z", "-- -- --", "aa --all x"] {
            assert_eq!(Update::received(broken.as_bytes()), None, "{broken}");
        }
    }
}
