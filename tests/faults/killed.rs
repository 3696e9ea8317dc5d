//! A fix that is killed leaves the old file or the new one, whole.

use super::program::{FIXABLE, caveat, command, names, scratch, write};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::time::{Duration, Instant};

/// How often a fix is killed.
const KILLS: u32 = 40;

/// Names of what a fix writes before it has its place.
const BESIDE: &str = ".caveat-fix-";

/// A draft of two thousand paragraphs, so that fixing it takes a while.
fn long() -> String {
    let more = "\n\n1. (U) Rain fell, and then it did not.".repeat(2000);
    FIXABLE.replace("SAPT", &format!("{more}\nSAPT"))
}

#[test]
fn a_fix_that_is_killed_leaves_the_old_file_or_the_new_one() {
    let folder = scratch();
    let path = folder.path().join("a.txt");
    let old = long();
    write(folder.path(), "a.txt", &old);
    let began = Instant::now();
    caveat(folder.path(), &["fix", "a.txt"]).ended(0);
    let whole = began.elapsed();
    let new = fs::read(&path).expect("it is there");
    assert_ne!(new, old.as_bytes());
    let (mut before, mut after) = (0, 0);
    // The same moments in every run, spread over the time that a fix takes and a little more: each step is
    // the golden section of the whole further on.
    let mut part = 0.0_f64;
    for _ in 0..KILLS {
        part = (part + 0.618_034).fract();
        write(folder.path(), "a.txt", &old);
        let mut child = command(folder.path(), &["fix", "a.txt"])
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * part * 1.1));
        drop(child.kill());
        child.wait().expect("it ends");
        let found = fs::read(&path).expect("the draft is there");
        if found == old.as_bytes() {
            before += 1;
        } else {
            assert!(
                found == new,
                "{} bytes, neither the old nor the new draft",
                found.len()
            );
            after += 1;
        }
    }
    println!("killed {KILLS} times: {before} before the fix was made, {after} after");
    // What was being written lies beside the draft at most, and who may not read that may not read this.
    let draft = fs::metadata(&path).expect("it is there").mode();
    for name in names(folder.path()).iter().filter(|name| *name != "a.txt") {
        assert!(name.starts_with(BESIDE), "{name}");
        let facts = fs::metadata(folder.path().join(name)).expect("it is there");
        assert_eq!(
            facts.mode() & !draft & 0o777,
            0,
            "{name} may be read by more"
        );
    }
    // And it is in nobody's way.
    write(folder.path(), "a.txt", &old);
    caveat(folder.path(), &["fix", "."]).ended(0);
    assert!(fs::read(&path).expect("it is there") == new);
}

/// The file that somebody else holds by another name stays as it was: it is replaced, never written to.
#[test]
fn a_draft_is_replaced_and_never_written_to() {
    let folder = scratch();
    write(folder.path(), "a.txt", FIXABLE);
    let (path, other) = (folder.path().join("a.txt"), folder.path().join("other"));
    fs::hard_link(&path, &other).expect("a second name");
    caveat(folder.path(), &["fix", "a.txt"]).ended(0);
    assert_eq!(fs::read(&other).expect("it is there"), FIXABLE.as_bytes());
    assert_ne!(fs::read(&path).expect("it is there"), FIXABLE.as_bytes());
    assert_eq!(names(folder.path()), ["a.txt", "other"]);
}

/// A report that is killed leaves that of yesterday or that of today.
#[test]
fn a_report_that_is_killed_leaves_the_old_one_or_the_new_one() {
    let folder = scratch();
    for number in 0..80 {
        write(
            folder.path(),
            format!("drafts/{number}.txt"),
            super::program::FAULT,
        );
    }
    let report = folder.path().join("report");
    let words = ["check", "drafts", "-o", "report", "--output-format", "json"];
    let began = Instant::now();
    caveat(folder.path(), &words).ended(1);
    let whole = began.elapsed();
    let new = fs::read(&report).expect("it is there");
    let mut part = 0.0_f64;
    for _ in 0..20 {
        part = (part + 0.618_034).fract();
        write(folder.path(), "report", "of yesterday");
        let mut child = command(folder.path(), &words)
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * part * 1.1));
        drop(child.kill());
        child.wait().expect("it ends");
        let found = fs::read(&report).expect("it is there");
        assert!(found == b"of yesterday" || found == new, "half a report");
    }
}
