//! Editors of the terminal: Neovim, Emacs, and Vim with ALE.

use crate::scratch::{Scratch, answers, programs};
use crate::snippets::snippet;
use std::process::Command;

#[test]
fn neovim_shows_findings_and_a_hover_and_applies_a_fix() {
    let all = programs("nvim");
    if all.is_empty() {
        eprintln!("skipped: nvim is not installed");
    }
    for nvim in all {
        let said = Command::new(&nvim).arg("--version").output();
        let said = String::from_utf8(said.expect("it starts").stdout).expect("a version");
        let mut old = ["v0.7", "v0.8", "v0.9", "v0.10"].into_iter();
        let old = old.any(|old| said.contains(old));
        let name = if old { "lua nvim-0.7" } else { "lua nvim-0.11" };
        let scratch = Scratch::new();
        scratch.write("init.lua", snippet(name));
        scratch.write("drive.lua", include_str!("drive.lua"));
        let mut words = vec!["--headless", "-u", "init.lua", "--cmd", "filetype on"];
        words.extend(["draft.txt", "-c", "luafile drive.lua"]);
        scratch.run(&nvim, &words, "");
        scratch.holds();
    }
}

#[test]
fn emacs_shows_findings_and_a_hover_and_applies_a_fix() {
    // Debian keeps packages where `-Q` would not look.
    let bare = ["-q", "--no-site-file", "--batch", "--eval"];
    let has = [
        &bare[..],
        &["(progn (package-initialize) (require 'eglot))"],
    ]
    .concat();
    if !answers("emacs", &has) {
        return;
    }
    let scratch = Scratch::new();
    scratch.write("init.el", snippet("elisp eglot"));
    scratch.write("drive.el", include_str!("drive.el"));
    let rest = ["(package-initialize)", "-l", "init.el", "-l", "drive.el"];
    scratch.run("emacs", &[&bare[..], &rest[..]].concat(), "");
    scratch.holds();
}

#[test]
fn vim_with_ale_shows_findings_and_a_hover_and_applies_a_fix() {
    let bare = ["-N", "--not-a-term", "-i", "NONE"];
    let has = [&bare[..], &["-es", "-u", "NONE", "-c"]].concat();
    let has = [
        &has[..],
        &["try | packadd ale | qall! | catch | cquit | endtry"],
    ]
    .concat();
    if !answers("vim", &has) {
        return;
    }
    let scratch = Scratch::new();
    scratch.write("vimrc", snippet("vim ale"));
    scratch.write("drive.vim", include_str!("drive.vim"));
    let mut words = vec![
        "-u",
        "vimrc",
        "-c",
        "filetype on",
        "-c",
        "set filetype=text",
    ];
    words.extend(["draft.txt", "-S", "drive.vim"]);
    // The first of the actions that it lists.
    scratch.run("vim", &[&bare[..], &words].concat(), "1\n");
    scratch.holds();
}
