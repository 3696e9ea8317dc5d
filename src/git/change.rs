//! Changes, as git lists them in its raw form: what a path is now, and under which id its content is kept.

use super::repository::path_of;
use std::path::PathBuf;

/// What a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A symbolic link; its content is where it leads.
    Link,
    /// A commit of another repository.
    Submodule,
    /// Both sides of a merge, not settled yet.
    Unmerged,
}

impl Kind {
    /// The kind that a mode of git stands for; `None` where there is nothing any more.
    pub(super) fn of_mode(mode: &str) -> Option<Self> {
        match mode {
            "000000" => None,
            "120000" => Some(Self::Link),
            "160000" => Some(Self::Submodule),
            _ => Some(Self::File),
        }
    }
}

/// A path that was added or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is now.
    pub kind: Kind,
    /// The id of its content.
    pub id: String,
    /// The path from the root of the repository.
    pub path: PathBuf,
}

impl Change {
    /// A file.
    pub(super) fn file(id: &str, path: PathBuf) -> Self {
        Self {
            kind: Kind::File,
            id: id.to_owned(),
            path,
        }
    }
}

/// The changes of a raw listing with NUL between its fields, each with the commit that stands before it.
pub(super) fn changes(listed: &[u8]) -> impl Iterator<Item = (Option<String>, Change)> {
    let mut fields = listed.split(|&byte| byte == 0);
    let mut commit = None;
    std::iter::from_fn(move || {
        loop {
            let field = std::str::from_utf8(fields.next()?).unwrap_or_default();
            if !field.starts_with(':') {
                commit = Some(field.trim().to_owned()).filter(|field| !field.is_empty());
                continue;
            }
            let path = path_of(fields.next()?);
            if let Some((kind, id)) = state(field) {
                return Some((commit.clone(), Change { kind, id, path }));
            }
        }
    })
}

/// The last mode and the last id of a record: a merge has one more of each for every further parent.
fn state(record: &str) -> Option<(Kind, String)> {
    let parents = record.bytes().take_while(|&byte| byte == b':').count();
    let words: Vec<&str> = record.trim_start_matches(':').split(' ').collect();
    let (mode, id) = (words.get(parents)?, words.get(2 * parents + 1)?);
    let unmerged = words.last().is_some_and(|status| status.starts_with('U'));
    if unmerged {
        return Some((Kind::Unmerged, (*id).to_owned()));
    }
    Some((Kind::of_mode(mode)?, (*id).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Kind, changes};
    use std::path::Path;

    #[test]
    fn what_is_gone_is_left_out_and_the_rest_keeps_its_kind_and_commit() {
        let listed = b":000000 100644 00 aa A\0a b\n.txt\0:100644 000000 bb 00 D\0gone\0\
            :100644 120000 cc dd T\0link\0c0ffee\0::100644 100644 160000 e1 e2 e3 MM\0sub\0\
            :000000 000000 00 00 U\0both\0";
        let found: Vec<_> = changes(listed)
            .map(|(commit, change)| (commit, change.kind, change.id, change.path))
            .collect();
        let path = |name: &str| Path::new(name).to_owned();
        let commit = Some("c0ffee".to_owned());
        let expected = [
            (None, Kind::File, "aa".to_owned(), path("a b\n.txt")),
            (None, Kind::Link, "dd".to_owned(), path("link")),
            (
                commit.clone(),
                Kind::Submodule,
                "e3".to_owned(),
                path("sub"),
            ),
            (commit, Kind::Unmerged, "00".to_owned(), path("both")),
        ];
        assert_eq!(found, expected);
    }
}
