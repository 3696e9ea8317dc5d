//! What may lie in a folder: links in circles, pipes, sockets, devices, odd names, a thousand folders deep.

use super::formats::FORMATS;
use super::program::{
    CLEAN, FAULT, FIXABLE, caveat, examined, is_root, not_examined, scratch, write,
};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};

/// The commands that go through folders.
const COMMANDS: [&[&str]; 2] = [
    &["check", ".", "--output-format", "json"],
    &["audit", ".", "--no-redact", "--output-format", "json"],
];

#[test]
fn links_in_a_circle_end_no_walk_and_hide_nothing() {
    let folder = scratch();
    let root = folder.path();
    write(root, "a/b/draft.txt", FAULT);
    symlink("../..", root.join("a/b/up")).expect("a link");
    symlink(".", root.join("a/self")).expect("a link");
    symlink("two", root.join("one")).expect("a link");
    symlink("one", root.join("two")).expect("a link");
    symlink("nowhere", root.join("gone.txt")).expect("a link");
    symlink("draft.txt", root.join("a/b/link.txt")).expect("a link");
    for words in COMMANDS {
        let report = caveat(root, words).ended(3).json();
        let paths: Vec<String> = examined(&report)
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        assert_eq!(paths, ["a/b/draft.txt", "a/b/link.txt"], "{words:?}");
        let gaps: Vec<String> = not_examined(&report)
            .into_iter()
            .filter(|(_, cause)| cause == "unreadable")
            .map(|(path, _)| path)
            .collect();
        assert_eq!(gaps, ["gone.txt", "one", "two"], "{words:?}");
    }
}

#[test]
fn pipes_sockets_and_devices_are_not_opened() {
    let folder = scratch();
    let root = folder.path();
    write(root, "draft.txt", FAULT);
    let pipe = root.join("pipe.txt");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "no pipe could be made"
    );
    let _socket = UnixListener::bind(root.join("socket.txt")).expect("a socket");
    symlink("/dev/zero", root.join("zero.txt")).expect("a link");
    if is_root() {
        let device = root.join("device.txt");
        // One that never ends, were it read.
        let made = Command::new("mknod")
            .arg(&device)
            .args(["c", "1", "5"])
            .status();
        println!("a device: {made:?}");
    }
    // It writes as soon as somebody opens the pipe, and not before.
    let mut writer = Command::new("/bin/sh")
        .args(["-c", "echo opened > pipe.txt"])
        .current_dir(root)
        .stderr(Stdio::null())
        .spawn()
        .expect("a writer");
    for words in COMMANDS.into_iter().chain([
        &["fix", "."][..],
        &["check", "pipe.txt", "zero.txt", "draft.txt"][..],
    ]) {
        let said = caveat(root, words);
        assert!(matches!(said.code, Some(0 | 1)), "{words:?}: {said:?}");
        if words.contains(&"json") {
            let report = said.json();
            assert_eq!(examined(&report), [("draft.txt".to_owned(), 1)]);
            let missed = not_examined(&report);
            assert!(missed.len() >= 3, "{missed:?}");
            assert!(
                missed.iter().all(|(_, cause)| cause == "not-a-draft"),
                "{missed:?}"
            );
        }
    }
    let waits = writer.try_wait().expect("the writer is ours").is_none();
    drop(writer.kill());
    drop(writer.wait());
    assert!(waits, "the pipe was opened");
}

/// A configuration that builds on a pipe or on a device is refused, not read for ever.
#[test]
fn a_configuration_that_builds_on_a_device_is_refused() {
    let folder = scratch();
    let root = folder.path();
    write(root, "a.txt", CLEAN);
    let made = Command::new("mkfifo").arg(root.join("pipe.toml")).status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "no pipe could be made"
    );
    for (name, said) in [("/dev/zero", "a device"), ("pipe.toml", "a named pipe")] {
        write(root, "caveat.toml", format!("extend = \"{name}\"\n"));
        let refused = caveat(root, &["check", "a.txt"]).ended(2);
        assert!(refused.err.contains("cannot be read"), "{}", refused.err);
        assert!(refused.err.contains(said), "{}", refused.err);
    }
}

#[test]
fn names_with_line_ends_and_bytes_that_are_no_text_stay_on_their_line() {
    let folder = scratch();
    let root = folder.path();
    let odd: [&[u8]; 5] = [
        b"<b onclick='x'>&\"bold.txt",
        b"two\nlines.txt",
        b"not-\xff\xfe-utf8.txt",
        b"\x1b[31mred.txt",
        b"tab\tand\rreturn.txt",
    ];
    for name in odd {
        write(root, OsStr::from_bytes(name), FAULT);
    }
    for format in FORMATS {
        let said = caveat(root, &["check", ".", "--output-format", format]).ended(1);
        let text = said.text();
        assert!(
            !text.contains('\x1b'),
            "{format}: a name steers the terminal"
        );
        assert!(
            !text.contains("two\nlines") && !text.contains('\r'),
            "{format}: a name breaks a line:\n{text}"
        );
        match format {
            "junit" => is_xml(text),
            "html" => assert!(!text.contains("<b onclick"), "a name is markup"),
            "json" | "sarif" | "gitlab" => drop(said.json()),
            _ => {}
        }
        if matches!(format, "concise" | "github") {
            let lines = text
                .lines()
                .filter(|line| line.contains("portion-above-header"));
            assert_eq!(lines.count(), odd.len(), "{format}:\n{text}");
        }
    }
    let report = caveat(root, COMMANDS[0]).ended(1).json();
    assert_eq!(examined(&report).len(), odd.len());
    // They are read and written by their own names, whatever is shown.
    for name in odd {
        write(root, OsStr::from_bytes(name), FIXABLE);
    }
    let said = caveat(root, &["fix", "."]).ended(0);
    assert!(said.err.contains("in 5 drafts"), "{}", said.err);
    for name in odd {
        let text = fs::read(root.join(OsStr::from_bytes(name))).expect("it is there");
        assert_ne!(text, FIXABLE.as_bytes());
    }
}

#[test]
fn a_thousand_nested_folders_are_gone_through() {
    let folder = scratch();
    let root = folder.path();
    let mut deep = root.to_owned();
    for _ in 0..1000 {
        deep.push("d");
    }
    fs::create_dir_all(&deep).expect("the path is short enough");
    write(&deep, "draft.txt", FAULT);
    let path = format!("{}draft.txt", "d/".repeat(1000));
    for words in COMMANDS {
        let report = caveat(root, words).ended(1).json();
        assert_eq!(examined(&report), [(path.clone(), 1)], "{words:?}");
    }
    remove(root, 1000);
}

/// Folders too deep for a path: those that can be named are gone through, the rest is a gap.
#[test]
fn folders_deeper_than_a_path_may_be_are_a_gap() {
    let folder = scratch();
    let root = folder.path();
    write(root, "draft.txt", FAULT);
    // Built from within, so that no path is too long for it.
    let (inner, outer) = (root.join("inner"), root.join("outer"));
    write(&inner, "end.txt", FAULT);
    for _ in 0..100 {
        fs::create_dir(&outer).expect("it is writable");
        fs::rename(&inner, outer.join("d".repeat(64))).expect("it is moved");
        fs::rename(&outer, &inner).expect("it is moved");
    }
    for words in COMMANDS {
        let said = caveat(root, words);
        let report = said.json();
        assert_eq!(
            examined(&report),
            [("draft.txt".to_owned(), 1)],
            "{words:?}"
        );
        assert_eq!(
            said.code,
            Some(3),
            "{words:?}: nobody knows what lies there"
        );
    }
    fs::remove_dir_all(&inner).expect("it is ours");
}

/// That a text is well-formed XML to its end.
fn is_xml(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{error}:\n{text}"),
        }
    }
}

/// Removes folders one in the other, from the innermost on.
fn remove(root: &Path, depth: usize) {
    let mut path = root.to_owned();
    (0..depth).for_each(|_| path.push("d"));
    fs::remove_dir_all(&path).expect("it is ours");
}
