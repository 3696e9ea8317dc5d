//! The other commands of git that make commits, and the other shapes of a work tree.

use super::repository::{CAVEAT, CLEAN, FAULT, Said, Scratch, first_git, gits, is_here, write};

const ABOVE: &str = "telegram/portion-above-header";

/// A commit that no hook has seen.
fn unseen(scratch: &Scratch, name: &str, text: &str, message: &str) {
    scratch.stage(name, text);
    let commit = ["commit", "-q", "--no-verify", "-m", message];
    scratch.git(&commit).done();
}

#[test]
fn a_patch_from_a_mail_is_examined_with_its_message() {
    for git in gits() {
        let scratch = Scratch::new(&git);
        scratch.stage("a.txt", CLEAN);
        scratch.commit("First").done();
        scratch.git(&["switch", "-q", "-c", "side"]).done();
        unseen(&scratch, "b.txt", FAULT, "Spill");
        unseen(&scratch, "b.txt", CLEAN, "Taken back");
        unseen(&scratch, "c.txt", CLEAN, &format!("Message\n\n{FAULT}"));
        let mails = scratch.beside("mails");
        let folder = mails.to_str().expect("a plain name");
        let format = ["format-patch", "-q", "-o", folder, "main"];
        scratch.git(&format).done();
        scratch.git(&["switch", "-q", "main"]).done();
        let hooks = ["hook", "install", "pre-applypatch", "applypatch-msg"];
        scratch.caveat(&hooks).done();
        let mail = |number: &str| {
            let mut all = std::fs::read_dir(&mails).expect("it is there").flatten();
            let own = all.find(|mail| mail.file_name().to_string_lossy().starts_with(number));
            own.expect("it was written").path()
        };
        let apply = |number: &str| {
            let path = mail(number);
            scratch.git(&["am", "-q", path.to_str().expect("a plain name")])
        };
        apply("0001").refused(&["b.txt:", ABOVE, "the patch was not committed"]);
        scratch.git(&["am", "--abort"]).done();
        apply("0003").refused(&["commit message:", ABOVE, "message of the patch"]);
        scratch.git(&["am", "--abort"]).done();
        let count = scratch.git(&["rev-list", "--count", "HEAD"]).done();
        assert_eq!(count.out.trim(), "1", "nothing was committed");
        // Both at once: a version that is taken back within the same mails is refused on its way.
        let both = [mail("0001"), mail("0002")].map(|path| path.display().to_string());
        scratch
            .git(&["am", "-q", &both[0], &both[1]])
            .refused(&["b.txt:"]);
        scratch.git(&["am", "--abort"]).done();
        scratch.write("clean.patch", "");
        scratch.git(&["switch", "-q", "side"]).done();
        unseen(&scratch, "d.txt", CLEAN, "Clean");
        let last = scratch.git(&["format-patch", "-q", "-1", "-o", folder]);
        last.done();
        scratch.git(&["switch", "-q", "main"]).done();
        let clean = mails.join("0001-Clean.patch");
        let said = scratch.git(&["am", "-q", clean.to_str().expect("a plain name")]);
        assert_eq!(said.done().all(), "", "a clean patch is silent");
    }
}

#[test]
fn what_a_rebase_and_a_cherry_pick_copy_is_seen_by_the_push_at_the_latest() {
    for git in gits() {
        let scratch = Scratch::new(&git);
        scratch.remote();
        scratch.stage("a.txt", CLEAN);
        scratch.commit("First").done();
        scratch.git(&["push", "-q", "origin", "main"]).done();
        scratch.git(&["switch", "-q", "-c", "side"]).done();
        unseen(&scratch, "b.txt", FAULT, "Spill");
        scratch.git(&["switch", "-q", "main"]).done();
        unseen(&scratch, "c.txt", CLEAN, "Second");
        let hooks = [
            "hook",
            "install",
            "pre-commit",
            "commit-msg",
            "pre-push",
            "post-rewrite",
        ];
        scratch.caveat(&hooks).done();
        let told = |said: Said| {
            assert_eq!(said.code, 0, "git goes on: {}", said.all());
            assert!(said.err.contains("must not be pushed"), "{}", said.all());
            assert!(said.all().contains("b.txt:"), "{}", said.all());
        };
        scratch.git(&["switch", "-q", "side"]).done();
        told(scratch.git(&["rebase", "-q", "main"]));
        scratch
            .git(&["push", "-q", "origin", "side"])
            .refused(&["b.txt:", "nothing was pushed"]);
        scratch
            .git(&["switch", "-q", "-c", "picked", "main"])
            .done();
        drop(scratch.git(&["cherry-pick", "side"]));
        scratch
            .git(&["push", "-q", "origin", "picked"])
            .refused(&["b.txt:", "nothing was pushed"]);
        // A clean one goes through without a word.
        scratch.git(&["switch", "-q", "-c", "clean", "main"]).done();
        scratch.stage("d.txt", CLEAN);
        scratch.commit("Clean").done();
        scratch
            .git(&["rebase", "-q", "--force-rebase", "HEAD^"])
            .done();
        let said = scratch.git(&["push", "-q", "origin", "clean"]).done();
        assert_eq!(said.all(), "");
    }
}

#[test]
fn what_is_put_aside_is_no_commit_and_what_comes_back_is_examined() {
    for git in gits() {
        let scratch = Scratch::hooked(&git);
        scratch.stage("a.txt", CLEAN);
        scratch.commit("First").done();
        scratch.stage("b.txt", FAULT);
        scratch.write("a.txt", FAULT);
        scratch.git(&["stash", "push", "-q"]).done();
        scratch.stage("c.txt", CLEAN);
        scratch.commit("Second").done();
        scratch.git(&["stash", "pop", "-q", "--index"]).done();
        let said = scratch.commit("x").refused(&["b.txt:", ABOVE]);
        assert!(!said.all().contains("a.txt"), "it is not staged");
    }
}

#[test]
fn a_work_tree_that_lacks_most_files_is_judged_by_the_index() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    scratch.stage(
        "caveat.toml",
        "[rules]\n'telegram/portion-above-header' = 'off'\n",
    );
    scratch.stage("near/a.txt", CLEAN);
    scratch.stage("far/caveat.toml", "extend-exclude = ['b.txt']\n");
    scratch.stage("far/b.txt", "Nothing.\n");
    scratch.commit("First").done();
    for pattern in ["--cone", "--no-cone"] {
        let sparse = ["sparse-checkout", "set", pattern, "near"];
        scratch.git(&sparse).done();
        assert!(!scratch.path("far").exists());
        // Without the configuration, which need not be in the work tree, it would be refused.
        scratch.stage("near/a.txt", format!("{FAULT}\n{pattern}\n"));
        scratch.commit("Allowed by what is staged").done();
        scratch.write("far/b.txt", FAULT);
        scratch.git(&["add", "--sparse", "far/b.txt"]).done();
        scratch.commit("Left out by what is staged").done();
        let far = scratch.git(&["rm", "-q", "--sparse", "far/b.txt"]);
        far.done();
        scratch.commit("Gone").done();
    }
}

#[test]
fn the_content_behind_a_pointer_is_found_where_git_lfs_keeps_it() {
    if !is_here("git-lfs") {
        return;
    }
    let git = first_git();
    for store in [None, Some("relative/store"), Some("/absolute/store")] {
        let scratch = Scratch::new(&git);
        let installed = scratch.git(&["lfs", "install", "--local", "--skip-repo"]);
        installed.done();
        if let Some(store) = store {
            let beside = scratch.beside("store");
            let absolute = beside.to_str().expect("a plain name");
            let place = if store.starts_with('/') {
                absolute
            } else {
                store
            };
            scratch.git(&["config", "lfs.storage", place]).done();
        }
        scratch.caveat(&["hook", "install"]).done();
        scratch.git(&["lfs", "track", "*.txt"]).done();
        scratch.git(&["add", ".gitattributes"]).done();
        scratch.stage("a.txt", FAULT);
        let kept = scratch.git(&["cat-file", "-p", ":a.txt"]).done();
        assert!(
            kept.out.starts_with("version https://git-lfs"),
            "{}",
            kept.out
        );
        scratch.commit("x").refused(&["a.txt:", ABOVE]);
        scratch.stage("a.txt", CLEAN);
        scratch.commit("Clean").done();
    }
}

#[test]
fn a_folder_of_hooks_may_lie_in_the_home_of_the_user() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    scratch.git(&["config", "core.hooksPath", "~/hooks"]).done();
    scratch.caveat(&["hook", "install"]).done();
    assert!(scratch.beside("hooks").join("pre-commit").is_file());
    scratch.stage("a.txt", FAULT);
    scratch.commit("x").refused(&["a.txt:"]);
    scratch.caveat(&["hook", "uninstall"]).done();
    assert!(!scratch.beside("hooks").join("pre-commit").exists());
}

#[test]
fn a_relative_folder_of_hooks_is_that_of_each_work_tree() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    scratch.git(&["config", "core.hooksPath", "hooks"]).done();
    write(&scratch.path("deep/x"), "");
    // From a subfolder too, git looks from the root of the work tree.
    let deep = scratch.at(&scratch.path("deep"));
    deep.run(CAVEAT, &["hook", "install"], "").done();
    assert!(scratch.path("hooks/pre-commit").is_file());
    scratch.stage("deep/a.txt", FAULT);
    deep.git(&["commit", "-q", "-m", "x"]).refused(&["a.txt:"]);
}
