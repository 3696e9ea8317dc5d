//! An audit that is killed and gone on with, or done in parts on many machines, tells what one run tells.

mod formats;
mod holding;

use holding::{Holding, assert_same};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

/// Longer than a change of a draft is young.
const SETTLED: Duration = Duration::from_millis(2100);

fn lines(path: &Path) -> usize {
    let bytes = fs::read(path).unwrap_or_default();
    let ended = bytes.split(|&byte| byte == b'\n').count();
    ended.saturating_sub(1)
}

/// Drafts of which a journal has a whole line.
#[cfg(unix)]
fn drafts(journal: &Path) -> usize {
    let bytes = fs::read(journal).unwrap_or_default();
    let lines = bytes.split_inclusive(|&byte| byte == b'\n');
    let whole = lines.filter(|line| line.starts_with(b"{\"draft\"") && line.ends_with(b"\n"));
    whole.count()
}

/// Starts an audit and kills it once it has done enough; whether it was still at work.
#[cfg(unix)]
fn killed(holding: &Holding, words: &[&str], enough: impl Fn() -> bool) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    let mut child = holding
        .command(&[&["audit", ".", "--threads=1", "-s"], words].concat())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    while !enough() && child.try_wait().expect("it is ours").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("it is ours");
    child.wait().expect("it is ours").signal() == Some(9)
}

#[cfg(unix)]
#[test]
fn an_audit_that_is_killed_and_gone_on_with_tells_what_an_undisturbed_one_tells() {
    let holding = Holding::new(30);
    std::thread::sleep(SETTLED);
    let (journal, part) = (holding.aside("journal"), holding.aside("journal.part"));
    let word = format!("--journal={}", journal.display());
    let go_on = [word.as_str(), "--resume"];
    let too_fast = "the run was over before it was killed";
    let begun = || drafts(&journal) >= 100;
    assert!(killed(&holding, &[&word], begun), "{too_fast}");
    let first = drafts(&journal);
    let further = || drafts(&part) >= first + 60;
    assert!(killed(&holding, &go_on, further), "{too_fast}");
    let second = drafts(&part);
    assert!(drafts(&journal) == first);
    // The third one takes up what the second wrote, though it may not come as far itself.
    let joined = || drafts(&journal) == second && drafts(&part) > 0;
    assert!(killed(&holding, &go_on, joined), "{too_fast}");
    let expected = holding.undisturbed(&[]);
    let words = ["audit", ".", "--threads=4", &word, "--resume"];
    assert_same(&holding.reports(&words), &expected, "gone on with");
    assert!(!part.exists(), "it is put in its place");
    let all = lines(&journal);
    assert_same(&holding.reports(&words), &expected, "once more");
    assert_eq!(lines(&journal), all);
}

#[test]
fn what_the_journal_has_is_kept_and_what_changed_is_examined() {
    let holding = Holding::new(5);
    std::thread::sleep(SETTLED);
    let journal = holding.aside("journal");
    let word = format!("--journal={}", journal.display());
    let words = ["audit", ".", "--threads=2", &word, "--resume"];
    assert_same(
        &holding.reports(&words),
        &holding.undisturbed(&[]),
        "with a journal",
    );

    // A draft is changed, one gone, one new.
    let drafts = fs::read_dir(holding.path("desk/3"))
        .expect("it is there")
        .flatten();
    let mut drafts: Vec<PathBuf> = drafts.map(|entry| entry.path()).collect();
    drafts.sort();
    let text = fs::read(&drafts[0]).expect("it is readable");
    fs::write(&drafts[1], &text).expect("it is writable");
    fs::remove_file(&drafts[2]).expect("it is there");
    fs::write(holding.path("desk/3/new.txt"), &text).expect("it is writable");
    std::thread::sleep(SETTLED);
    assert_same(
        &holding.reports(&words),
        &holding.undisturbed(&[]),
        "with changes",
    );

    // What stands in the journal is told as it is: nothing was examined in its stead.
    let known = String::from_utf8(fs::read(&journal).expect("it is there")).expect("UTF-8");
    let of =
        |line: &&str| line.contains("desk/5/") && line.contains("telegram/portion-above-header");
    let line = known.lines().find(of).expect("there is such a finding");
    let forged = line.replacen("\"message\":\"", "\"message\":\"kept: ", 1);
    fs::write(&journal, known.replace(line, &forged)).expect("it is writable");
    let told = holding.run(&["audit", ".", "--output-format=concise", &word, "--resume"]);
    assert_eq!(told.1.matches("kept: ").count(), 1);
}

#[test]
fn a_torn_journal_counts_as_far_as_it_is_whole() {
    let holding = Holding::new(3);
    std::thread::sleep(SETTLED);
    let journal = holding.aside("journal");
    let word = format!("--journal={}", journal.display());
    let words = ["audit", ".", &word, "--resume"];
    let expected = holding.undisturbed(&[]);
    assert_same(&holding.reports(&words), &expected, "whole");
    let whole = fs::read(&journal).expect("it is there");
    let ends = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let ends: Vec<usize> = ends.map(|(at, _)| at).collect();
    let last = ends[ends.len() - 2];
    for at in [
        0,
        5,
        ends[0] - 1,
        ends[0],
        ends[0] + 1,
        ends[7] + 30,
        last,
        last + 5,
    ] {
        fs::write(&journal, &whole[..at]).expect("it is writable");
        assert_same(
            &holding.reports(&words),
            &expected,
            &format!("torn at {at}"),
        );
        assert!(
            fs::read(&journal).expect("it is there") == whole,
            "torn at {at}"
        );
    }
    // Zeros, as some file systems leave them after a power cut.
    let mut torn = whole[..ends[9] + 12].to_vec();
    torn.extend([0; 4096]);
    fs::write(&journal, torn).expect("it is writable");
    assert_same(&holding.reports(&words), &expected, "zeros");
}

#[test]
fn parts_that_are_joined_tell_what_one_run_tells() {
    let holding = Holding::new(5);
    for more in [&[][..], &["--no-redact", "--statistics"]] {
        let expected = holding.undisturbed(more);
        let text = |name: &str| {
            let found = expected.1.iter().find(|(known, _)| known == name);
            String::from_utf8_lossy(&found.expect("it is written").1).into_owned()
        };
        for remark in [
            "config/unused-allow",
            "config/unmatched-pattern",
            "config/stale-baseline",
        ] {
            assert!(text("concise").contains(remark), "{}", text("concise"));
        }
        for of in [1, 2, 7] {
            let part = |number: usize| {
                let threads = ["--threads=1", "--threads=4"][number % 2];
                holding.part(number, of, &[&[threads], more].concat())
            };
            let journals: Vec<String> = (1..=of).map(part).collect();
            let mut words = vec!["merge"];
            words.extend(journals.iter().rev().map(String::as_str));
            words.extend(more.iter().filter(|word| **word != "--no-redact"));
            assert_same(
                &holding.reports(&words),
                &expected,
                &format!("{of} parts, {more:?}"),
            );
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf8_are_gone_on_with_and_joined_in_order() {
    use std::os::unix::ffi::OsStrExt as _;
    let holding = Holding::new(4);
    for name in [
        &b"desk/1/a\xff.txt"[..],
        b"desk/1/a\xfe",
        b"desk/1/\xc3\xa9.txt",
        b"desk/2/\xff",
    ] {
        let name = Path::new(std::ffi::OsStr::from_bytes(name));
        let from = holding.path("desk/odd");
        let from = fs::read_dir(from)
            .expect("it is there")
            .flatten()
            .next()
            .expect("a draft");
        fs::copy(from.path(), holding.path("").join(name)).expect("it can be copied");
    }
    std::thread::sleep(SETTLED);
    let expected = holding.undisturbed(&[]);
    let mut words = vec!["merge".to_owned()];
    for number in 1..=2 {
        holding.part(number, 2, &[]);
        words.push(holding.part(number, 2, &[]));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_same(&holding.reports(&words), &expected, "joined");
}

#[test]
fn a_journal_holds_no_text_of_a_draft_unless_it_says_so_first_and_last() {
    let holding = Holding::new(3);
    let of = |more: &[&str]| {
        let journal = holding.aside(&format!("journal-{}", more.len()));
        let word = format!("--journal={}", journal.display());
        holding.run(&[&["audit", ".", "-s", &word], more].concat());
        String::from_utf8(fs::read(journal).expect("it is there")).expect("UTF-8")
    };
    // A word of a draft that stands on a line with a finding.
    let word = "Graustark";
    let (silent, quoting) = (of(&[]), of(&["--no-redact"]));
    assert!(!silent.contains(word) && !silent.contains("notice"));
    assert!(quoting.contains(word));
    let (first, last) = (quoting.lines().next(), quoting.lines().last());
    for line in [first, last] {
        assert!(
            line.is_some_and(|line| line.contains("\"notice\":\"this ")),
            "{line:?}"
        );
    }
}

#[test]
fn a_journal_has_one_writer_at_a_time() {
    let holding = Holding::new(3);
    let journal = holding.aside("journal");
    let word = format!("--journal={}", journal.display());
    holding.run(&["audit", ".", "-s", &word]);
    let before = fs::read(&journal).expect("it is there");
    let other = File::open(&journal).expect("it is there");
    other.lock().expect("nobody else has it");
    let (code, _, err) = holding.run(&["audit", ".", "-s", &word, "--resume"]);
    assert_eq!(code, 2);
    assert!(err.contains("is being written by another run"), "{err}");
    drop(other);
    assert!(fs::read(&journal).expect("it is there") == before);
    let (code, ..) = holding.run(&["audit", ".", "-s", &word, "--resume"]);
    assert_eq!(code, 1);
}

#[test]
fn parts_that_met_other_paths_are_not_joined() {
    let holding = Holding::new(3);
    let part = |number| holding.part(number, 2, &[]);
    let one = part(1);
    fs::write(holding.path("desk/new.txt"), "new\n").expect("it is writable");
    let two = part(2);
    let (code, out, err) = holding.run(&["merge", &one, &two]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("run both audits again with --resume"), "{err}");
    part(1);
    let (code, ..) = holding.run(&["merge", &one, &two]);
    assert_eq!(code, 1);
}
