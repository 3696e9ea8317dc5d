//! Messages are text that leaves.

use super::repository::{CLEAN, FAULT, Scratch, executable, first_git, gits};

const ABOVE: &str = "telegram/portion-above-header";

/// A repository in which an editor writes this text before what git proposes.
fn editing(scratch: &Scratch, text: &str) -> [String; 2] {
    let editor = scratch.beside("editor");
    let draft = scratch.beside("draft");
    super::repository::write(&draft, text);
    let draft = draft.to_str().expect("a plain name");
    let script = format!("#!/bin/sh\ncat '{draft}' \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"\n");
    executable(&editor, &script);
    let editor = editor.to_str().expect("a plain name");
    // The settings of the scratch repository say that no editor can be opened: git asks for this one first.
    ["-c".to_owned(), format!("core.editor={editor}")]
}

fn commented(text: &str, mark: char) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("{mark} {line}")).collect();
    lines.join(
        "
",
    )
}

#[test]
fn a_message_with_a_spill_is_refused() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    scratch.stage("a.txt", CLEAN);
    let words = [
        "commit message:",
        ABOVE,
        "nothing was committed",
        "COMMIT_EDITMSG",
    ];
    scratch.commit(FAULT).refused(&words);
    scratch.commit("Send the draft").done();
}

#[test]
fn lines_that_git_takes_out_of_a_message_do_not_count() {
    for git in gits() {
        let scratch = Scratch::hooked(&git);
        scratch.stage("a.txt", CLEAN);
        let commit = |scratch: &Scratch, text: &str, more: &[&str]| {
            let [flag, editor] = editing(scratch, text);
            let mut command = scratch.command("git", scratch.folder());
            command.env_remove("GIT_EDITOR").args([flag, editor]);
            command.arg("commit").arg("-q").args(more);
            super::repository::Said::of(&command.output().expect("git is there"))
        };
        commit(&scratch, FAULT, &[]).refused(&["commit message:"]);
        commit(
            &scratch,
            &format!("Edited\n\n{}", commented(FAULT, '#')),
            &[],
        )
        .done();
        // What `-v` shows below the scissors is the change, not the message.
        scratch.stage("b.txt", format!("{CLEAN}\n"));
        commit(&scratch, "Verbose\n", &["-v"]).done();
        scratch.git(&["config", "core.commentChar", ";"]).done();
        scratch.stage("c.txt", CLEAN);
        commit(&scratch, FAULT, &[]).refused(&["commit message:"]);
        commit(
            &scratch,
            &format!("Edited\n\n{}", commented(FAULT, ';')),
            &[],
        )
        .done();
    }
}

#[test]
fn comments_that_git_keeps_count() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    scratch.git(&["config", "core.commentChar", "2"]).done();
    scratch.stage("a.txt", CLEAN);
    // Every line of the fault that begins with a 2 would be a comment in an editor; here none was opened.
    scratch.commit(FAULT).refused(&["commit message:", ABOVE]);
    scratch.git(&["config", "commit.cleanup", "strip"]).done();
    // Now they are taken out, and with the portion what was wrong with it.
    let said = scratch.commit(FAULT);
    assert!(!said.all().contains(ABOVE), "{}", said.all());
}

#[test]
fn messages_of_commits_and_tags_leave_with_a_push() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    let remote = scratch.remote();
    let path = remote.as_str();
    scratch.caveat(&["hook", "install", "pre-push"]).done();
    scratch.stage("a.txt", CLEAN);
    scratch.commit(FAULT).done();
    let words = ["(message):", ABOVE, "`reword`"];
    scratch.git(&["push", "-q", path, "main"]).refused(&words);
    scratch
        .git(&["commit", "-q", "--amend", "-m", "Clean"])
        .done();
    scratch.git(&["tag", "-a", "v1", "-m", FAULT]).done();
    scratch.git(&["push", "-q", path, "main"]).done();
    scratch.git(&["push", "-q", path, "v1"]).refused(&words);
}

#[test]
fn a_message_need_not_be_marked() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    scratch.stage("caveat.toml", "require-marking = ['**']\n");
    scratch.commit("Settings").done();
    scratch.stage("notes.txt", "Nothing.\n");
    scratch.commit("x").refused(&["notes.txt:"]);
}
