//! Messages of commits and tags: text that leaves with them.

use super::repository::Repository;

/// Characters of which git chooses one to begin comments with, where it is to choose.
const CHOICE: &[u8] = b"#;@!$%^&|:";

/// What follows the beginning of a comment on the line below which git cuts.
const SCISSORS: &[u8] = b" ------------------------ >8 ------------------------";

/// What git takes out of a message before it is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleanup {
    /// Comments, and what stands below scissors that git put there.
    Comments,
    /// What stands below scissors.
    Scissors,
    /// No line.
    Nothing,
}

impl Cleanup {
    /// What holds in a repository for a message that somebody wrote in an editor, or gave on the command line.
    pub fn of(repository: &Repository, edited: bool) -> Self {
        let setting = repository.setting("commit.cleanup", "--type=path");
        match (setting.as_deref(), edited) {
            (Some(b"strip"), _) => Self::Comments,
            (Some(b"verbatim" | b"whitespace"), _) | (_, false) => Self::Nothing,
            (Some(b"scissors"), true) => Self::Scissors,
            (_, true) => Self::Comments,
        }
    }
}

/// What a comment begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Commenting {
    /// This.
    With(Vec<u8>),
    /// A character that git chose: the last line begins with it, since that is a comment.
    Chosen,
}

impl Commenting {
    /// What holds in a repository.
    pub fn of(repository: &Repository) -> Self {
        let mut keys = ["core.commentString", "core.commentChar"].into_iter();
        match keys.find_map(|key| repository.setting(key, "--no-type")) {
            Some(word) if word == b"auto" => Self::Chosen,
            Some(word) => Self::With(word),
            None => Self::With(b"#".to_vec()),
        }
    }

    fn mark(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::With(mark) => mark.clone(),
            Self::Chosen => {
                let mut lines = message.rsplit(|&byte| byte == b'\n');
                let last = lines.find_map(|line| line.first());
                let chosen = last.filter(|byte| CHOICE.contains(byte));
                vec![chosen.copied().unwrap_or(b'#')]
            }
        }
    }
}

/// A message as git will keep it. Lines that git takes out are left empty, so that places stay what they are.
pub fn as_git_keeps_it(message: &[u8], cleanup: Cleanup, commenting: &Commenting) -> Vec<u8> {
    if cleanup == Cleanup::Nothing {
        return message.to_owned();
    }
    let mark = commenting.mark(message);
    let scissors = [&mark, SCISSORS].concat();
    let mut kept = Vec::with_capacity(message.len());
    let mut lines = message.split_inclusive(|&byte| byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let comment = line.starts_with(&mark);
        if comment && line.trim_ascii_end() == scissors {
            // Git explains its scissors in a comment right below; what somebody drew stays.
            let explained = lines.peek().is_some_and(|next| next.starts_with(&mark));
            if explained || cleanup == Cleanup::Scissors {
                break;
            }
        }
        if comment && cleanup == Cleanup::Comments {
            kept.push(b'\n');
        } else {
            kept.extend_from_slice(line);
        }
    }
    kept
}

/// The message of a commit or a tag: what stands below its fields.
pub fn message_of(object: &[u8]) -> &[u8] {
    let below = memchr::memmem::find(object, b"\n\n");
    below
        .and_then(|at| object.get(at + 2..))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Cleanup, Commenting, as_git_keeps_it, message_of};

    const CUT: &str = "# ------------------------ >8 ------------------------\n";

    fn kept(message: &str, cleanup: Cleanup, commenting: &Commenting) -> String {
        String::from_utf8(as_git_keeps_it(message.as_bytes(), cleanup, commenting)).unwrap()
    }

    #[test]
    fn comments_and_what_git_cut_off_are_no_part_of_a_message() {
        let hash = Commenting::With(b"#".to_vec());
        let message = format!("a\n# b\n#c\nd # e\n{CUT}# told\nf\n");
        assert_eq!(kept(&message, Cleanup::Comments, &hash), "a\n\n\nd # e\n");
        assert_eq!(
            kept(&message, Cleanup::Scissors, &hash),
            "a\n# b\n#c\nd # e\n"
        );
        assert_eq!(kept(&message, Cleanup::Nothing, &hash), message);
    }

    #[test]
    fn scissors_that_git_does_not_explain_cut_nothing_unless_they_are_asked_for() {
        let hash = Commenting::With(b"#".to_vec());
        let message = format!("a\n{CUT}b\n");
        assert_eq!(kept(&message, Cleanup::Comments, &hash), "a\n\nb\n");
        assert_eq!(kept(&message, Cleanup::Scissors, &hash), "a\n");
    }

    #[test]
    fn the_mark_of_a_comment_is_that_of_the_repository() {
        let long = Commenting::With(b"//".to_vec());
        assert_eq!(kept("# a\n// b\n", Cleanup::Comments, &long), "# a\n\n");
        let message = "# a\n; b\n; c\n\n";
        assert_eq!(
            kept(message, Cleanup::Comments, &Commenting::Chosen),
            "# a\n\n\n\n"
        );
        assert_eq!(
            kept("# a\nb\n", Cleanup::Comments, &Commenting::Chosen),
            "\nb\n"
        );
    }

    #[test]
    fn a_message_stands_below_the_fields() {
        let commit = b"tree 00\ngpgsig -----BEGIN\n \n -----END\n\nsubject\n\nbody\n";
        assert_eq!(message_of(commit), b"subject\n\nbody\n");
        assert_eq!(message_of(b"tree 00\n"), b"");
    }
}
