//! Hooks are put in beside those that are there, and taken out without a trace.

use super::repository::{CLEAN, FAULT, Scratch, executable, first_git, gits, write};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Everything in a folder: where links lead, or the bytes and the mode.
fn state(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, u32)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    let entry = |entry: fs::DirEntry| {
        let path = entry.path();
        let bytes = match fs::read_link(&path) {
            Ok(leads) => leads.into_os_string().into_encoded_bytes(),
            Err(_) => fs::read(&path).unwrap_or_default(),
        };
        let facts = path.symlink_metadata().expect("it is there");
        (path, (bytes, mode(&facts)))
    };
    entries.flatten().map(entry).collect()
}

#[cfg(unix)]
fn mode(facts: &fs::Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::mode(facts)
}

#[cfg(not(unix))]
fn mode(facts: &fs::Metadata) -> u32 {
    u32::from(facts.permissions().readonly())
}

#[test]
fn hooks_that_are_there_are_called_first_and_come_back_as_they_were() {
    for git in gits() {
        let scratch = Scratch::new(&git);
        let hooks = scratch.path(".git/hooks");
        // A hook of a shell that looks at its name, one that is a program, a link, and one that reads its input.
        let name = "#!/bin/sh\necho \"called as $(basename \"$0\") with $#\" >> log\nexit \"$(cat code)\"\n";
        executable(&hooks.join("pre-commit"), name);
        let perl =
            "#!/usr/bin/perl\nopen(F, '>>', 'log'); print F \"message $ARGV[0]\\n\"; exit 0;\n";
        executable(&hooks.join("commit-msg"), perl);
        executable(&hooks.join("shared-push"), "#!/bin/sh\ncat >> log\n");
        #[cfg(unix)]
        std::os::unix::fs::symlink("shared-push", hooks.join("pre-push"))
            .expect("links are possible");
        let before = state(&hooks);
        let said = scratch.caveat(&["hook", "install"]).done();
        assert!(
            said.out.contains("first calls `pre-commit.before-caveat`"),
            "{}",
            said.out
        );
        let installed = state(&hooks);
        scratch.caveat(&["hook", "install"]).done();
        assert_eq!(state(&hooks), installed, "a second time changes nothing");

        scratch.write("code", "0");
        scratch.stage("a.txt", CLEAN);
        scratch.commit("First").done();
        let log = || {
            let bytes = fs::read(scratch.path("log")).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        assert!(log().contains("called as pre-commit with 0\n"), "{}", log());
        assert!(log().contains("message .git/COMMIT_EDITMSG"), "{}", log());
        let remote = scratch.remote();
        let path = remote.as_str();
        scratch.git(&["push", "-q", path, "main"]).done();
        assert!(log().contains("refs/heads/main"), "{}", log());

        scratch.stage("b.txt", FAULT);
        scratch.commit("x").refused(&["b.txt:"]);
        scratch.stage("b.txt", CLEAN);
        scratch.write("code", "7");
        assert_ne!(
            scratch.commit("x").code,
            0,
            "the hook of before has its say"
        );

        let said = scratch.caveat(&["hook", "uninstall"]).done();
        assert_eq!(said.out.matches("restored").count(), 3, "{}", said.out);
        assert_eq!(state(&hooks), before);
        let said = scratch.caveat(&["hook", "uninstall"]).done();
        assert!(said.out.contains("no hook here is caveat's"));
        assert_eq!(state(&hooks), before);
    }
}

#[test]
fn hooks_can_be_chosen() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    let hooks = scratch.path(".git/hooks");
    let before = state(&hooks);
    scratch
        .caveat(&["hook", "install", "pre-push", "post-rewrite"])
        .done();
    let mut names: Vec<_> = state(&hooks)
        .into_keys()
        .filter(|path| !before.contains_key(path))
        .collect();
    names.sort();
    assert_eq!(names, [hooks.join("post-rewrite"), hooks.join("pre-push")]);
    scratch.caveat(&["hook", "uninstall", "pre-push"]).done();
    assert!(!hooks.join("pre-push").exists() && hooks.join("post-rewrite").exists());
    let said = scratch.caveat(&["hook", "install", "pre-pusch"]);
    assert!(
        said.code == 2 && said.err.contains("pre-push"),
        "{}",
        said.err
    );
}

#[test]
fn the_folder_of_the_hooks_is_the_one_that_git_looks_in() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    scratch
        .git(&["config", "core.hooksPath", ".githooks"])
        .done();
    scratch.caveat(&["hook", "install"]).done();
    assert!(scratch.path(".githooks/pre-commit").is_file());
    assert!(!scratch.path(".git/hooks/pre-commit").exists());
    scratch.stage("a.txt", FAULT);
    scratch.commit("x").refused(&["a.txt:"]);
    scratch.caveat(&["hook", "uninstall"]).done();
    assert_eq!(state(&scratch.path(".githooks")), BTreeMap::new());
}

#[test]
fn hooks_of_every_repository_are_touched_by_consent_alone() {
    for git in gits() {
        let scratch = Scratch::new(&git);
        let shared = scratch.beside("hooks");
        let path = shared.to_str().expect("a plain name");
        scratch
            .git(&["config", "--global", "core.hooksPath", path])
            .done();
        let said = scratch.caveat(&["hook", "install"]);
        assert_eq!(said.code, 2);
        assert!(said.err.contains("--shared"), "{}", said.err);
        assert!(!shared.exists());
        scratch.caveat(&["hook", "install", "--shared"]).done();
        scratch.stage("a.txt", FAULT);
        scratch.commit("x").refused(&["a.txt:"]);
    }
}

#[test]
fn hooks_that_call_a_common_program_by_their_own_name_still_find_it() {
    // As husky does it: every hook reads one file, which looks up what to run by the name of the hook.
    let git = first_git();
    let scratch = Scratch::new(&git);
    let dispatch = "#!/usr/bin/env sh\ns=\"$(dirname \"$(dirname \"$0\")\")/$(basename \"$0\")\"\n[ ! -f \"$s\" ] && exit 0\nsh -e \"$s\" \"$@\"\n";
    executable(&scratch.path(".husky/_/h"), dispatch);
    executable(
        &scratch.path(".husky/_/pre-commit"),
        "#!/usr/bin/env sh\n. \"$(dirname \"$0\")/h\"\n",
    );
    write(
        &scratch.path(".husky/pre-commit"),
        "echo of the house >> log\n",
    );
    scratch
        .git(&["config", "core.hooksPath", ".husky/_"])
        .done();
    scratch.caveat(&["hook", "install"]).done();
    scratch.stage("a.txt", CLEAN);
    scratch.commit("First").done();
    assert!(scratch.path("log").is_file(), "the hook of the house ran");
}

#[test]
fn hooks_that_somebody_changed_are_left() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    let hook = scratch.path(".git/hooks/pre-commit");
    let mut text = fs::read(&hook).expect("it is there");
    text.extend_from_slice(b"echo more\n");
    fs::write(&hook, &text).expect("it is ours");
    for action in ["install", "uninstall"] {
        let said = scratch.caveat(&["hook", action]);
        assert!(
            said.code == 2 && said.err.contains("was changed"),
            "{}",
            said.all()
        );
        assert_eq!(fs::read(&hook).expect("it is there"), text);
    }
    // Another tool has put its own hook over ours, and the hook of before is still kept.
    write(&scratch.path(".git/hooks/pre-push.before-caveat"), "kept\n");
    executable(&scratch.path(".git/hooks/pre-push"), "#!/bin/sh\n");
    let said = scratch.caveat(&["hook", "install", "pre-push"]);
    assert!(
        said.code == 2 && said.err.contains("is there already"),
        "{}",
        said.all()
    );
}

#[test]
fn a_program_that_is_gone_lets_nothing_through() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    let copy = scratch.beside("it's here").join("caveat");
    fs::create_dir(copy.parent().expect("a folder")).expect("it is writable");
    fs::copy(super::repository::CAVEAT, &copy).expect("it is readable");
    let program = copy.to_str().expect("a plain name");
    scratch
        .at(scratch.folder())
        .run(program, &["hook", "install"], "")
        .done();
    scratch.stage("a.txt", CLEAN);
    scratch.commit("First").done();
    fs::remove_file(&copy).expect("it is ours");
    scratch.stage("a.txt", FAULT);
    scratch.commit("x").refused(&["caveat hook install"]);
}
