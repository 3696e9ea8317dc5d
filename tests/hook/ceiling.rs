//! A ceiling holds for everything that leaves: drafts, other files, and messages.

use super::repository::{Scratch, first_git};

const CEILING: &str = "core/ceiling";
const SPILL: &str = "// SECRET//NOFORN\nfn convoy() {}\n";

/// A repository with a ceiling and the usual hooks.
fn guarded() -> Scratch {
    let scratch = Scratch::hooked(&first_git());
    scratch.stage("caveat.toml", "ceiling = 'UNCLASSIFIED'\n");
    scratch.commit("Settings").done();
    scratch
}

#[test]
fn a_file_above_the_ceiling_is_not_committed_whatever_it_is() {
    let scratch = guarded();
    scratch.stage("src/convoy.rs", SPILL);
    let said = scratch
        .commit("Convoy")
        .refused(&["src/convoy.rs:1:", CEILING]);
    assert!(!said.all().contains("fn convoy"), "{}", said.all());
    scratch.stage("src/convoy.rs", "fn convoy() {}\n");
    scratch.commit("Convoy").done();
}

#[test]
fn a_message_above_the_ceiling_is_not_committed() {
    let scratch = guarded();
    scratch.stage("a.rs", "fn a() {}\n");
    let words = ["commit message:1:", CEILING, "nothing was committed"];
    scratch
        .commit("Quote SECRET//NOFORN in the log")
        .refused(&words);
    scratch.commit("Quote nothing").done();
}

#[test]
fn a_ceiling_that_is_lifted_in_one_half_alone_still_holds() {
    let scratch = guarded();
    scratch.stage("caveat.toml", "ceiling = 'TOP SECRET'\n");
    scratch.write("caveat.toml", "ceiling = 'UNCLASSIFIED'\n");
    scratch.stage("a.rs", "// SECRET\n");
    scratch
        .commit("Staged alone")
        .refused(&["a.rs:1:", CEILING]);
    scratch.git(&["restore", "--staged", "caveat.toml"]).done();
    scratch.write("caveat.toml", "ceiling = 'TOP SECRET'\n");
    scratch.commit("Not staged").refused(&["a.rs:1:", CEILING]);
}

#[test]
fn neither_a_later_commit_nor_a_message_takes_a_spill_through_a_push() {
    let scratch = guarded();
    let remote = scratch.remote();
    let path = remote.as_str();
    let commit = |message: &str| {
        scratch.git(&["add", "."]).done();
        let commit = [
            "commit",
            "-q",
            "--no-verify",
            "--allow-empty",
            "-m",
            message,
        ];
        scratch.git(&commit).done();
    };
    scratch.write("a.rs", SPILL);
    commit("Spill");
    scratch.write("a.rs", "");
    commit("Taken back");
    scratch
        .git(&["push", "-q", path, "main"])
        .refused(&[":a.rs:1:", CEILING]);
    scratch.git(&["reset", "-q", "--hard", "HEAD~2"]).done();
    commit("Quote SECRET//NOFORN");
    scratch
        .git(&["push", "-q", path, "main"])
        .refused(&["(message):1:", CEILING]);
    scratch.git(&["reset", "-q", "--hard", "HEAD^"]).done();
    scratch.git(&["push", "-q", path, "main"]).done();
}
