//! A disk that is full, while a draft is fixed and while a report is written.

use super::formats::FORMATS;
use super::program::{
    FAULT, FIXABLE, caveat, command, finish, names, scratch, through_shell, watched, write,
};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A draft longer than a file may be under the limit of the tests.
fn long() -> String {
    let more = "\n\n1. (U) Rain fell.".repeat(4000);
    FIXABLE.replace("SAPT", &format!("{more}\nSAPT"))
}

/// One block of 512 or 1024 bytes: nothing of use can be written.
const LIMIT: &str = "trap '' XFSZ; ulimit -f 1; exec \"$@\"";

#[test]
fn a_full_disk_leaves_the_draft_and_nothing_beside_it() {
    let folder = scratch();
    let text = long();
    write(folder.path(), "a.txt", &text);
    write(folder.path(), "b.txt", FIXABLE);
    let said = through_shell(folder.path(), LIMIT, &["fix", "."]).ended(3);
    assert!(said.err.contains("left as it is: a.txt"), "{}", said.err);
    assert!(said.err.contains("file too large"), "{}", said.err);
    assert!(
        said.err.contains("1 fix made in 1 draft") || said.err.contains("fixes made in 1 draft"),
        "{}",
        said.err
    );
    assert_eq!(
        fs::read(folder.path().join("a.txt")).expect("it is there"),
        text.as_bytes()
    );
    assert_ne!(
        fs::read(folder.path().join("b.txt")).expect("it is there"),
        FIXABLE.as_bytes()
    );
    assert_eq!(names(folder.path()), ["a.txt", "b.txt"]);
}

/// The signal for it ends the program, if nobody ignores that.
#[test]
fn the_signal_of_a_full_disk_leaves_the_draft() {
    let folder = scratch();
    let text = long();
    write(folder.path(), "a.txt", &text);
    let said = through_shell(folder.path(), "ulimit -f 1; exec \"$@\"", &["fix", "a.txt"]);
    assert_ne!(said.code, Some(0), "{said:?}");
    assert_eq!(
        fs::read(folder.path().join("a.txt")).expect("it is there"),
        text.as_bytes()
    );
}

#[test]
fn a_full_disk_leaves_the_report_of_yesterday() {
    for format in FORMATS {
        let folder = scratch();
        for number in 0..60 {
            write(folder.path(), format!("drafts/{number}.txt"), FAULT);
        }
        write(folder.path(), "report", "of yesterday");
        let words = ["check", "drafts", "-o", "report", "--output-format", format];
        let said = through_shell(folder.path(), LIMIT, &words);
        assert!(matches!(said.code, Some(2 | 3)), "{format}: {said:?}");
        assert!(
            said.err.contains("cannot be written"),
            "{format}: {}",
            said.err
        );
        assert_eq!(
            fs::read(folder.path().join("report")).expect("it is there"),
            b"of yesterday",
            "{format}"
        );
        assert_eq!(names(folder.path()), ["drafts", "report"], "{format}");
    }
}

#[test]
fn standard_output_on_a_full_disk_is_told_and_never_clean() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: this machine has no /dev/full");
        return;
    };
    let folder = scratch();
    write(folder.path(), "a.txt", FAULT);
    for format in FORMATS {
        let mut command = command(
            folder.path(),
            &["check", "a.txt", "--output-format", format],
        );
        command.stdout(Stdio::from(full.try_clone().expect("it is open")));
        let said = watched(command.spawn().expect("the program starts")).ended(3);
        assert!(
            said.err.contains("cannot be written"),
            "{format}: {}",
            said.err
        );
    }
}

/// A file system of sixteen blocks, which only root can make.
#[test]
fn a_file_system_that_fills_up_leaves_every_draft_whole() {
    let folder = scratch();
    let small = folder.path().join("small");
    fs::create_dir(&small).expect("it is writable");
    let size = "size=64k,mode=0755";
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", size, "caveat-test"])
        .arg(&small)
        .output();
    if !mount.is_ok_and(|output| output.status.success()) {
        println!("skipped: no file system can be mounted here");
        return;
    }
    let _mounted = Mounted(&small);
    let text = FIXABLE.replace("Sunday", &"day ".repeat(3000));
    for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
        write(&small, name, &text);
    }
    write(&small, "fill", "");
    let fill = vec![b'x'; 1 << 20];
    drop(fs::write(small.join("fill"), fill));
    let said = caveat(&small, &["fix", "."]).ended(3);
    assert!(said.err.contains("left as it is"), "{}", said.err);
    assert!(said.err.contains("no space left on device"), "{}", said.err);
    for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
        assert_eq!(
            fs::read(small.join(name)).expect("it is there"),
            text.as_bytes(),
            "{name}"
        );
    }
    assert_eq!(names(&small), ["a.txt", "b.txt", "c.txt", "d.txt", "fill"]);
    // With room again, all is made.
    fs::remove_file(small.join("fill")).expect("it is ours");
    finish(command(&small, &["fix", "."])).ended(0);
}

struct Mounted<'m>(&'m Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(self.0).status());
    }
}
