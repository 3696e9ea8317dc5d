//! `--since`: what changed against a revision of git is examined, and nothing else.

mod in_process;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A telegram with a portion above its header.
const FAULT: &str = include_str!("cli/check.in/folder/fault.txt");

/// Git in a folder, without anything of the machine; gives its first line.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=x", "-c", "user.email=x@example.org"])
        .args([
            "-c",
            "protocol.file.allow=always",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git is here");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    let out = String::from_utf8_lossy(&output.stdout);
    out.lines().next().unwrap_or_default().to_owned()
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn has_git() -> bool {
    let found = Command::new("git").arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: git is not here");
    }
    found
}

fn commit_all(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "x", "--allow-empty"]);
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("it is writable");
    fs::write(path, text).expect("it is writable");
}

/// A repository with a commit of four drafts.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder");
    git(folder.path(), &["init", "-q"]);
    for name in ["a.txt", "b.txt", "deep/c.txt", "deep/d.txt"] {
        write(folder.path(), name, FAULT);
    }
    commit_all(folder.path());
    folder
}

/// Exit code, paths examined from the folder, and standard error.
fn run(folder: &Path, arguments: &[&str]) -> (u8, Vec<String>, String) {
    let words = ["check", "--output-format", "json"];
    let words = words.iter().chain(arguments);
    let (code, out, err) = in_process::run(&in_process::around(folder), words);
    let report: Value = serde_json::from_str(&out).unwrap_or_default();
    let documents = report["documents"].as_array().cloned().unwrap_or_default();
    let paths = documents
        .iter()
        .filter_map(|document| document["path"].as_str());
    let paths = paths.map(|path| {
        let path = Path::new(path);
        let below = path.strip_prefix(folder).unwrap_or(path);
        below.to_string_lossy().into_owned()
    });
    (code, paths.collect(), err)
}

/// Paths examined since a revision.
fn since(folder: &Path, revision: &str) -> Vec<String> {
    let root = folder.to_str().expect("a plain name");
    run(folder, &[root, "--since", revision]).1
}

#[test]
fn what_changed_is_examined_whole_and_the_rest_is_not_counted() {
    if !has_git() {
        return;
    }
    let folder = repository();
    let root = folder.path();
    let path = root.to_str().expect("a plain name");
    // Nothing changed: nothing is wrong.
    let (code, examined, err) = run(root, &[path, "--since", "HEAD"]);
    assert_eq!((code, examined.len(), err.as_str()), (0, 0, ""));
    // Changed in the work tree, staged, new to git, moved, gone.
    write(root, "a.txt", &format!("{FAULT}\n"));
    write(root, "b.txt", &format!("{FAULT}\n\n"));
    git(root, &["add", "b.txt"]);
    write(root, "new.txt", FAULT);
    fs::rename(root.join("deep/c.txt"), root.join("deep/moved.txt")).expect("it is there");
    fs::remove_file(root.join("deep/d.txt")).expect("it is there");
    let wanted = ["a.txt", "b.txt", "deep/moved.txt", "new.txt"];
    assert_eq!(since(root, "HEAD"), wanted);
    // Every finding of a changed draft is reported: a portion may contradict a header that nobody touched.
    let (code, ..) = run(
        root,
        &[&root.join("a.txt").to_string_lossy(), "--since", "HEAD"],
    );
    assert_eq!(code, 1);
    commit_all(root);
    assert_eq!(since(root, "HEAD"), [""; 0]);
    assert_eq!(since(root, "HEAD~1"), wanted);
    // A folder, or a draft, narrows it; a draft that did not change is not examined though it is named.
    assert_eq!(since(&root.join("deep"), "HEAD~1"), ["moved.txt"]);
    write(root, "a.txt", FAULT);
    let named = root.join("b.txt");
    let (code, examined, _) = run(root, &[&named.to_string_lossy(), "--since", "HEAD"]);
    assert_eq!((code, examined.len()), (0, 0));
}

#[test]
fn what_git_only_takes_for_unchanged_is_examined() {
    if !has_git() {
        return;
    }
    let folder = repository();
    let root = folder.path();
    git(root, &["update-index", "--assume-unchanged", "a.txt"]);
    git(root, &["update-index", "--skip-worktree", "b.txt"]);
    write(root, "a.txt", &format!("{FAULT}\n"));
    write(root, "b.txt", &format!("{FAULT}\n"));
    assert_eq!(since(root, "HEAD"), ["a.txt", "b.txt"]);
    // No longer known to git, and still there.
    git(root, &["rm", "-q", "--cached", "deep/c.txt"]);
    assert_eq!(since(root, "HEAD"), ["a.txt", "b.txt", "deep/c.txt"]);
}

#[test]
fn a_submodule_is_compared_with_the_commit_that_was_named_of_it() {
    if !has_git() {
        return;
    }
    let inner = repository();
    let folder = repository();
    let root = folder.path();
    let source = inner.path().to_str().expect("a plain name");
    git(root, &["submodule", "--quiet", "add", source, "sub"]);
    commit_all(root);
    assert_eq!(since(root, "HEAD"), [""; 0]);
    write(root, "sub/b.txt", &format!("{FAULT}\n"));
    assert_eq!(since(root, "HEAD"), ["sub/b.txt"]);
    commit_all(&root.join("sub"));
    assert_eq!(since(root, "HEAD"), ["sub/b.txt"]);
    commit_all(root);
    assert_eq!(since(root, "HEAD"), [""; 0]);
    assert_eq!(since(root, "HEAD~1"), ["sub/b.txt"]);
    // Before it was there, all of it is new.
    let sub: Vec<String> = since(root, "HEAD~2");
    assert_eq!(
        sub.iter().filter(|path| path.starts_with("sub/")).count(),
        4
    );
}

#[test]
fn what_cannot_be_told_is_said_and_nothing_is_examined() {
    if !has_git() {
        return;
    }
    let folder = repository();
    let root = folder.path().to_str().expect("a plain name");
    for revision in ["nowhere", "--output=x", ""] {
        let flag = format!("--since={revision}");
        let (code, examined, err) = run(folder.path(), &[root, &flag]);
        assert_eq!((code, examined.len()), (2, 0));
        assert!(
            err.contains(&format!("no commit is called `{revision}`")),
            "{err}"
        );
    }
    let outside = tempfile::tempdir().expect("a scratch folder");
    write(outside.path(), "a.txt", FAULT);
    let path = outside.path().to_str().expect("a plain name");
    let (code, _, err) = run(outside.path(), &[path, "--since", "HEAD"]);
    assert_eq!(code, 2);
    assert!(err.contains("not a git repository"), "{err}");
    let bare = tempfile::tempdir().expect("a scratch folder");
    git(bare.path(), &["init", "-q", "--bare"]);
    let path = bare.path().to_str().expect("a plain name");
    let (code, _, err) = run(bare.path(), &[path, "--since", "HEAD"]);
    assert_eq!(code, 2);
    assert!(err.contains("bare"), "{err}");
}
