//! What a hook says when it refuses: what was not done, and what to do.

use crate::cli::exit::{CLEAN, FINDINGS, INCOMPLETE};
use crate::git::Hook;

/// The sentences after the report, one line each; none where nothing is refused.
pub(super) fn told(hook: Hook, code: u8) -> Vec<String> {
    if code == CLEAN {
        return Vec::new();
    }
    let mut lines = vec![format!("caveat: {}", refused(hook))];
    match code {
        INCOMPLETE => lines.push(
            "  not everything could be examined, as said above; what is no draft, leave out with \
             `extend-exclude` in caveat.toml"
                .to_owned(),
        ),
        FINDINGS => {
            lines.extend(correction(hook).map(|line| format!("  {line}")));
            let accepted =
                "what the house accepts is an `[[allow]]` entry with a reason in caveat.toml";
            lines.push(format!("  {accepted}"));
        }
        _ => {}
    }
    lines
}

const fn refused(hook: Hook) -> &'static str {
    match hook {
        Hook::PreCommit | Hook::PreMergeCommit | Hook::CommitMsg => "nothing was committed",
        Hook::PreApplypatch | Hook::ApplypatchMsg => "the patch was not committed",
        Hook::PostRewrite => "the commits are rewritten, but must not be pushed as they are",
        Hook::PrePush => "nothing was pushed",
        Hook::PreReceive => "the push is refused",
    }
}

fn correction(hook: Hook) -> impl Iterator<Item = &'static str> {
    let lines: &[&str] = match hook {
        Hook::PreCommit | Hook::PreMergeCommit | Hook::PreApplypatch => &[
            "correct what is shown (the lines are those of what is staged), `git add` it, and commit again",
        ],
        Hook::CommitMsg => &[
            "the message leaves with the commit. Correct it: `git commit -e -F \"$(git rev-parse --git-path COMMIT_EDITMSG)\"`",
        ],
        Hook::ApplypatchMsg => &["correct the message of the patch, and apply it again"],
        Hook::PostRewrite | Hook::PrePush | Hook::PreReceive => &[
            "a name before a colon is a commit: correct it there, a later commit does not take it out of the history",
            "the last commit: `git commit --amend`; an earlier one: `git rebase -i COMMIT^`, with `edit` or `reword`",
        ],
    };
    lines.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::cli::exit::{BUG, CLEAN, FINDINGS, INCOMPLETE};
    use crate::git::Hook;

    #[test]
    fn every_refusal_says_what_was_not_done_and_what_to_do() {
        for hook in Hook::ALL {
            assert!(told(hook, CLEAN).is_empty());
            assert!(told(hook, FINDINGS).len() >= 3, "{hook:?}");
            assert_eq!(told(hook, INCOMPLETE).len(), 2);
            assert_eq!(told(hook, BUG).len(), 1);
        }
    }
}
