//! What leaves with a push, and what a server takes.

use super::repository::{CAVEAT, CLEAN, FAULT, Scratch, executable, first_git, gits};
use std::path::PathBuf;

const ABOVE: &str = "telegram/portion-above-header";

/// A repository with a remote that has its first commit, and the hook of a push.
fn pushing(git: &std::path::Path) -> Scratch {
    let scratch = Scratch::new(git);
    scratch.remote();
    scratch.stage("a.txt", CLEAN);
    scratch.commit("First").done();
    scratch.git(&["push", "-q", "origin", "main"]).done();
    scratch.caveat(&["hook", "install", "pre-push"]).done();
    scratch
}

fn head(scratch: &Scratch, what: &str) -> String {
    let said = scratch.git(&["rev-parse", "--short=10", what]).done();
    said.out.trim().to_owned()
}

#[test]
fn every_commit_that_leaves_is_examined_and_no_other() {
    for git in gits() {
        let scratch = pushing(&git);
        scratch.stage("b.txt", FAULT);
        scratch.commit("Spill").done();
        let spill = head(&scratch, "HEAD");
        scratch.stage("b.txt", CLEAN);
        scratch.commit("Taken back").done();
        let named = format!("{spill}:b.txt:");
        let words = [named.as_str(), ABOVE, "nothing was pushed", "git rebase -i"];
        scratch
            .git(&["push", "-q", "origin", "main"])
            .refused(&words);
        scratch
            .git(&["push", "-q", "origin", "main:refs/heads/new"])
            .refused(&words);
        // What the remote has already is not examined again.
        scratch
            .git(&["push", "-q", "--no-verify", "origin", "main"])
            .done();
        scratch.stage("c.txt", CLEAN);
        scratch.commit("Clean").done();
        let said = scratch
            .git(&["push", "-q", "origin", "main", "main:refs/heads/new"])
            .done();
        assert_eq!(said.all(), "");
        scratch.git(&["push", "-q", "origin", ":new"]).done();
    }
}

#[test]
fn a_forced_push_and_an_unknown_remote_history_are_examined() {
    let git = first_git();
    let scratch = pushing(&git);
    let second = scratch.beside("second");
    let (from, to) = (
        scratch.beside("remote.git"),
        second.to_str().expect("a plain name"),
    );
    scratch
        .git(&["clone", "-q", from.to_str().expect("a plain name"), to])
        .done();
    let place = scratch.at(&second);
    super::repository::write(&second.join("d.txt"), CLEAN);
    place.git(&["add", "."]).done();
    place.git(&["commit", "-q", "-m", "Elsewhere"]).done();
    place.git(&["push", "-q"]).done();
    scratch.stage("b.txt", FAULT);
    scratch.commit("Spill").done();
    scratch
        .git(&["push", "-q", "--force", "origin", "main"])
        .refused(&["b.txt:"]);
    scratch.stage("b.txt", CLEAN);
    scratch
        .git(&["commit", "-q", "--amend", "-m", "Clean"])
        .done();
    scratch
        .git(&["push", "-q", "--force", "origin", "main"])
        .done();
}

#[test]
fn the_form_of_a_version_that_was_replaced_holds_nobody_up() {
    let git = first_git();
    let scratch = pushing(&git);
    scratch.stage(
        "caveat.toml",
        "[rules]\n'telegram/portion-above-header' = 'warning'\n",
    );
    scratch.stage("b.txt", FAULT);
    scratch.commit("Draft").done();
    scratch
        .git(&["push", "-q", "origin", "main"])
        .refused(&["b.txt:"]);
    scratch.stage("b.txt", CLEAN);
    scratch.commit("Better").done();
    scratch.git(&["push", "-q", "origin", "main"]).done();
}

#[test]
fn merges_tags_and_single_files_leave_too() {
    for git in gits() {
        let scratch = pushing(&git);
        scratch.git(&["switch", "-q", "-c", "side"]).done();
        scratch.stage("side.txt", CLEAN);
        scratch.commit("Side").done();
        scratch.git(&["switch", "-q", "main"]).done();
        scratch.stage("b.txt", CLEAN);
        scratch.commit("Main").done();
        scratch.git(&["merge", "-q", "--no-commit", "side"]).done();
        scratch.stage("evil.txt", FAULT);
        scratch.commit("Merge").done();
        let merge = format!("{}:evil.txt:", head(&scratch, "HEAD"));
        scratch
            .git(&["push", "-q", "origin", "main"])
            .refused(&[&merge]);
        scratch.git(&["tag", "-a", "v1", "-m", "Tag"]).done();
        scratch
            .git(&["push", "-q", "origin", "v1"])
            .refused(&[&merge]);
        scratch.git(&["reset", "-q", "--hard", "HEAD^"]).done();
        scratch.write("loose.txt", FAULT);
        let blob = scratch.git(&["hash-object", "-w", "loose.txt"]).done();
        let refspec = format!("{}:refs/loose/draft", blob.out.trim());
        scratch
            .git(&["push", "-q", "origin", &refspec])
            .refused(&["refs/loose/draft:"]);
        let tree = scratch.git(&["rev-parse", "v1^{tree}"]).done();
        let refspec = format!("{}:refs/loose/tree", tree.out.trim());
        scratch
            .git(&["push", "-q", "origin", &refspec])
            .refused(&["evil.txt:"]);
    }
}

#[test]
fn a_rebase_is_told_of_afterwards() {
    for git in gits() {
        let scratch = Scratch::new(&git);
        scratch.caveat(&["hook", "install", "post-rewrite"]).done();
        scratch.stage("a.txt", CLEAN);
        scratch.commit("First").done();
        scratch.stage("b.txt", FAULT);
        let said = scratch.git(&["commit", "-q", "--amend", "--no-edit"]);
        assert!(
            said.err.contains("must not be pushed") && said.all().contains("b.txt:"),
            "{}",
            said.all()
        );
    }
}

/// A bare repository with the recipe of `docs/git.md`, and a clone of it.
fn served(git: &std::path::Path, settings: &str) -> (Scratch, PathBuf) {
    let scratch = Scratch::new(git);
    let server = scratch.beside("server.git");
    let path = server.to_str().expect("a plain name");
    scratch.git(&["init", "-q", "--bare", path]).done();
    super::repository::write(&scratch.beside("house.toml"), settings);
    let guide = include_str!("../../docs/git.md");
    let recipe = guide
        .split("```sh pre-receive\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("the guide has the recipe");
    let house = scratch.beside("house.toml");
    let house = house.to_str().expect("a plain name");
    let recipe = recipe
        .replace("/etc/caveat/house.toml", house)
        .replace("caveat hook run", &format!("'{CAVEAT}' hook run"));
    executable(&server.join("hooks/pre-receive"), &recipe);
    scratch.git(&["remote", "add", "origin", path]).done();
    (scratch, server)
}

#[test]
fn a_server_takes_no_spill_and_is_not_swayed_by_the_settings_of_the_push() {
    for git in gits() {
        let (scratch, server) = served(&git, "");
        scratch.stage("a.txt", CLEAN);
        scratch.commit("First").done();
        scratch.git(&["push", "-q", "origin", "main"]).done();
        scratch.stage("caveat.toml", "[rules]\n'*' = 'off'\n");
        scratch.stage("b.txt", FAULT);
        scratch.commit("Spill").done();
        let spill = head(&scratch, "HEAD");
        // Enough objects that they come as a pack, in quarantine.
        for number in 0..120 {
            scratch.write(&format!("many/{number}.txt"), format!("{number}\n"));
        }
        scratch.git(&["add", "."]).done();
        scratch.commit("Many").done();
        let named = format!("{spill}:b.txt:");
        scratch
            .git(&["push", "-q", "origin", "main"])
            .refused(&[&named, "the push is refused"]);
        scratch
            .git(&["push", "-q", "origin", "main:refs/heads/new"])
            .refused(&[&named]);
        let place = scratch.at(&server);
        assert_ne!(
            place.git(&["cat-file", "-e", &spill]).code,
            0,
            "nothing of it stays"
        );
        scratch.git(&["reset", "-q", "--hard", "HEAD~2"]).done();
        scratch.stage("c.txt", CLEAN);
        scratch.commit("Clean").done();
        scratch
            .git(&["push", "-q", "origin", "main", "main:refs/heads/new"])
            .done();
        scratch.git(&["push", "-q", "origin", ":new"]).done();
    }
}

#[test]
fn the_hook_of_a_bare_repository_goes_by_the_settings_of_what_comes() {
    let git = first_git();
    let (scratch, server) = served(&git, "");
    std::fs::remove_file(server.join("hooks/pre-receive")).expect("it is ours");
    let said = scratch
        .at(&server)
        .run(CAVEAT, &["hook", "install"], "")
        .done();
    assert!(
        said.out.contains("pre-receive") && said.out.lines().count() == 1,
        "{}",
        said.out
    );
    scratch.stage("a.txt", FAULT);
    scratch.commit("Spill").done();
    scratch
        .git(&["push", "-q", "origin", "main"])
        .refused(&["a.txt:", ABOVE]);
    scratch.stage("caveat.toml", "[rules]\n'telegram/*' = 'off'\n");
    scratch.commit("Accepted").done();
    scratch.git(&["push", "-q", "origin", "main"]).done();
}

#[test]
fn what_git_would_never_give_is_wrong_usage() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    let place = scratch.at(scratch.folder());
    let said = place.run(CAVEAT, &["hook", "run", "pre-push"], "nonsense\n");
    assert!(
        said.code == 2 && said.err.contains("standard input"),
        "{}",
        said.all()
    );
    place.run(CAVEAT, &["hook", "run", "pre-push"], "").done();
    let gone = format!("x {} x {}\n", "ab".repeat(20), "0".repeat(40));
    let said = place.run(CAVEAT, &["hook", "run", "pre-push"], &gone);
    assert!(
        said.code == 2 && said.err.contains("is not here"),
        "{}",
        said.all()
    );
    let said = place.run(CAVEAT, &["hook", "run", "commit-msg"], "");
    assert!(
        said.code == 2 && said.err.contains("commit-msg FILE"),
        "{}",
        said.all()
    );
}
