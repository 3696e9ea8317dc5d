//! `docs/git.md` as its reader follows it.

use super::repository::{CAVEAT, Scratch, executable, first_git};

const GUIDE: &str = include_str!("../../docs/git.md");

/// The telegram that its reader is told to copy.
const FAULTY: &str = include_str!("../../examples/telegrams/noforn-missing.txt");

/// A block of the guide, by the words behind its fence.
pub(crate) fn block(language: &str) -> &'static str {
    let (_, rest) = GUIDE
        .split_once(&format!("```{language}\n"))
        .unwrap_or_else(|| panic!("the guide has a block of {language}"));
    rest.split_once("```").expect("the fence is closed").0
}

/// Puts the program under test on the path of the scratch repository.
pub(crate) fn on_path(scratch: &Scratch) {
    let program = format!("#!/bin/sh\nexec '{CAVEAT}' \"$@\"\n");
    executable(&scratch.programs().join("caveat"), &program);
}

#[test]
fn the_two_minutes_go_as_they_are_told() {
    let scratch = Scratch::new(&first_git());
    on_path(&scratch);
    scratch.write("zenda.txt", FAULTY);
    let place = scratch.at(scratch.folder());
    let run = |command: &str| place.run("sh", &["-c", &format!("{command} 2>&1")], "").out;
    run("caveat hook install");
    for story in ["console", "console fixed"] {
        let commands = block(story)
            .lines()
            .filter_map(|line| line.strip_prefix("$ "));
        let told = commands.map(|command| format!("$ {command}\n{}", run(command)));
        let told: String = told.collect();
        assert_eq!(told, block(story), "what the guide shows is on the right");
    }
    assert_eq!(run("git log --format=%s"), "Draft\n");
    run("caveat hook uninstall");
    assert!(!scratch.path(".git/hooks/pre-commit").exists());
}
