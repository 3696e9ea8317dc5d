//! Files that change while they are read: they vanish, shrink, grow, turn unreadable or into something else.

use super::program::{
    CLEAN, FAULT, as_nobody, caveat, command, examined, finish, is_root, mode, not_examined,
    scratch, write,
};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

const JSON: [&str; 4] = ["check", ".", "--output-format", "json"];

/// Drafts that nobody touches.
const STILL: usize = 40;

/// Rounds of a race.
const ROUNDS: usize = 5;

/// What is done to a file, again and again, while the program reads.
type Unrest = fn(&Path);

/// Runs the program over still and restless drafts; whatever becomes of the latter, nothing else may change.
fn race(unrest: Unrest) {
    let folder = scratch();
    for number in 0..STILL {
        let text = if number % 2 == 0 { FAULT } else { CLEAN };
        write(folder.path(), format!("still/{number:02}.txt"), text);
    }
    let restless: Vec<_> = (0..8)
        .map(|number| folder.path().join(format!("restless/{number}.txt")))
        .collect();
    for path in &restless {
        write(folder.path(), path, FAULT.repeat(20));
    }
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                for path in &restless {
                    unrest(path);
                }
            }
        });
        for _ in 0..ROUNDS {
            let said = caveat(folder.path(), &JSON);
            if said.code != Some(1) && said.code != Some(3) {
                ended.store(true, Ordering::Relaxed);
                panic!("{said:?}");
            }
            let report = said.json();
            let still = examined(&report).into_iter();
            let still: Vec<_> = still
                .filter(|(path, _)| path.starts_with("still"))
                .collect();
            let expected = (0..STILL)
                .map(|number| (format!("still/{number:02}.txt"), 1 - (number as u64) % 2));
            if !still.iter().cloned().eq(expected) {
                ended.store(true, Ordering::Relaxed);
                panic!("{still:?}");
            }
            // A gap is told by the code.
            let gaps = not_examined(&report);
            let is_gap = |cause: &str| cause != "not-a-draft" && cause != "ignored";
            let gap = gaps.iter().any(|(_, cause)| is_gap(cause));
            assert_eq!(said.code == Some(3), gap, "{gaps:?}");
        }
        ended.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_file_that_vanishes_is_a_gap_and_no_other_result_is_lost() {
    race(|path| {
        drop(fs::remove_file(path));
        drop(fs::write(path, FAULT));
    });
}

#[test]
fn a_file_that_shrinks_and_grows_is_read_as_it_is_then() {
    race(|path| {
        let Ok(mut file) = fs::OpenOptions::new().append(true).open(path) else {
            return;
        };
        drop(file.set_len(10));
        for _ in 0..4 {
            drop(file.write_all(FAULT.repeat(10).as_bytes()));
        }
    });
}

#[test]
fn a_file_that_turns_into_a_folder_or_a_link_is_a_gap_or_none() {
    race(|path| {
        drop(fs::remove_file(path));
        drop(fs::create_dir(path));
        drop(fs::remove_dir(path));
        drop(std::os::unix::fs::symlink(path, path));
        drop(fs::remove_file(path));
        drop(fs::write(path, FAULT));
    });
}

/// A pipe would wait for its writer for ever.
#[test]
fn a_file_that_turns_into_a_pipe_does_not_hold_up_the_run() {
    race(|path| {
        drop(fs::remove_file(path));
        drop(Command::new("mkfifo").arg(path).status());
        drop(fs::remove_file(path));
        drop(fs::write(path, FAULT));
    });
}

#[test]
fn a_file_that_may_not_be_read_is_a_gap_with_its_reason() {
    let folder = scratch();
    write(folder.path(), "a.txt", FAULT);
    write(folder.path(), "b.txt", FAULT);
    write(folder.path(), "locked/c.txt", FAULT);
    mode(&folder.path().join("b.txt"), 0);
    mode(&folder.path().join("locked"), 0);
    let said = finish(as_nobody(command(folder.path(), &JSON))).ended(3);
    mode(&folder.path().join("locked"), 0o755);
    let report = said.json();
    assert_eq!(examined(&report), [("a.txt".to_owned(), 1)]);
    let gaps = [("b.txt", "unreadable"), ("locked", "unreadable")];
    let gaps = gaps.map(|(path, cause)| (path.to_owned(), cause.to_owned()));
    assert_eq!(not_examined(&report), gaps);
    assert!(
        said.err.is_empty() || said.err.contains("permission denied"),
        "{}",
        said.err
    );
}

/// A disk that fails while it is read, as Linux has one for everybody.
#[test]
fn an_error_of_the_disk_is_a_gap_with_its_reason() {
    let broken = Path::new("/proc/self/mem");
    if !broken.is_file() {
        println!("skipped: this machine has no /proc");
        return;
    }
    let folder = scratch();
    write(folder.path(), "a.txt", FAULT);
    let words = [
        "check",
        "a.txt",
        "/proc/self/mem",
        "--output-format",
        "json",
    ];
    let said = caveat(folder.path(), &words).ended(3);
    assert_eq!(examined(&said.json()), [("a.txt".to_owned(), 1)]);
    let gap = ("/proc/self/mem".to_owned(), "unreadable".to_owned());
    assert_eq!(not_examined(&said.json()), [gap]);
}

/// Files of /proc have no length until they are read, as one has that grows.
#[test]
fn a_file_that_grows_beyond_the_limit_is_too_large() {
    if !Path::new("/proc/self/maps").is_file() {
        println!("skipped: this machine has no /proc");
        return;
    }
    let folder = scratch();
    write(folder.path(), "caveat.toml", "max-file-size = \"64\"\n");
    let words = [
        "check",
        "/proc/self/maps",
        "--config",
        "caveat.toml",
        "--output-format",
        "json",
    ];
    let said = caveat(folder.path(), &words).ended(3);
    let gap = ("/proc/self/maps".to_owned(), "too-large".to_owned());
    assert_eq!(not_examined(&said.json()), [gap]);
}

#[test]
fn a_draft_that_may_not_be_replaced_is_left_as_it_is() {
    let folder = scratch();
    write(folder.path(), "a.txt", super::program::FIXABLE);
    mode(&folder.path().join("a.txt"), 0o644);
    mode(folder.path(), 0o555);
    let said = finish(as_nobody(command(folder.path(), &["fix", "a.txt"])));
    mode(folder.path(), 0o755);
    // Who owns the folder could write to it after all.
    assert!(is_root() || said.code == Some(3), "{said:?}");
    let said = said.ended(3);
    assert!(said.err.contains("left as it is: a.txt"), "{}", said.err);
    let text = fs::read(folder.path().join("a.txt")).expect("it is there");
    assert_eq!(text, super::program::FIXABLE.as_bytes());
}
