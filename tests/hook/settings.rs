//! By which settings: those that are staged, and those of the work tree as well where they differ.

use super::repository::{CLEAN, FAULT, Scratch, first_git, write};

const OFF: &str = "[rules]\n'telegram/*' = 'off'\n'core/*' = 'off'\n";
const BESIDE: &str = "judged by the configuration in the work tree";

#[test]
fn settings_that_are_not_staged_do_not_weaken() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    scratch.stage("caveat.toml", "");
    scratch.commit("Settings").done();
    scratch.write("caveat.toml", OFF);
    scratch.stage("a.txt", FAULT);
    let said = scratch.commit("x").refused(&["a.txt:"]);
    assert!(!said.all().contains(BESIDE));
}

#[test]
fn settings_that_are_staged_and_taken_back_do_not_weaken() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    scratch.stage("caveat.toml", OFF);
    scratch.stage("a.txt", FAULT);
    scratch.write("caveat.toml", "");
    scratch.commit("x").refused(&["a.txt:", BESIDE]);
    scratch.write("caveat.toml", OFF.replace('\n', "\r\n"));
    scratch.commit("Both say so").done();
}

#[test]
fn settings_that_git_does_not_know_hold_too() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    scratch.write("caveat.toml", "require-marking = ['**']\n");
    scratch.stage("notes.txt", "The train leaves early.\n");
    scratch
        .commit("x")
        .refused(&["core/marking-missing", BESIDE]);
}

#[test]
fn house_packs_are_read_as_they_are_staged() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    let rules = include_str!("../../examples/house/palace/rules.toml");
    let captions = include_str!("../../examples/house/palace/captions.toml");
    scratch.stage("caveat.toml", "packs = ['palace']\n");
    scratch.write("palace/rules.toml", rules);
    scratch.write("palace/captions.toml", captions);
    scratch.stage("a.txt", CLEAN);
    let said = scratch.commit("The pack is not staged");
    said.refused(&["no TOML file lies in the pack `palace`"]);
    scratch.git(&["add", "palace"]).done();
    scratch.commit("The pack is staged").done();
    scratch.stage("palace/rules.toml", "[[rule]]\nname = 1\n");
    scratch.write("palace/rules.toml", rules);
    scratch.stage("b.txt", CLEAN);
    scratch
        .commit("Broken in the index")
        .refused(&["rules.toml"]);
}

#[cfg(unix)]
#[test]
fn a_configuration_behind_a_link_and_one_outside_are_found() {
    let git = first_git();
    let scratch = Scratch::hooked(&git);
    write(&scratch.beside("house.toml"), "require-marking = ['**']\n");
    scratch.stage("settings/drafts.toml", "extend = '../house.toml'\n");
    let link = scratch.path("caveat.toml");
    std::os::unix::fs::symlink("settings/drafts.toml", link).expect("links are possible");
    scratch.git(&["add", "caveat.toml"]).done();
    scratch.stage("notes.txt", "The train leaves early.\n");
    let said = scratch.commit("x").refused(&["core/marking-missing"]);
    assert!(!said.all().contains(BESIDE), "{}", said.all());
}

#[test]
fn a_configuration_that_is_named_is_read_from_the_disk() {
    let git = first_git();
    let scratch = Scratch::new(&git);
    scratch.stage("caveat.toml", "");
    scratch.write("other.toml", OFF);
    scratch.stage("a.txt", FAULT);
    scratch.caveat(&["hook", "run"]).refused(&["a.txt:"]);
    scratch
        .caveat(&["hook", "run", "--config", "other.toml"])
        .done();
}
