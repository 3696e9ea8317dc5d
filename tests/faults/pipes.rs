//! A reader that goes away.

use super::formats::FORMATS;
use super::large::with_tags;
use super::program::{FAULT, command, scratch, watched, write};
use std::io::{BufRead as _, BufReader, Read as _};

/// Bytes that a pipe takes before somebody reads them; the reports here are longer.
const PIPE: usize = 1 << 16;

#[test]
fn a_reader_that_takes_one_line_is_no_fault() {
    let folder = scratch();
    for number in 0..12 {
        write(folder.path(), format!("{number}.txt"), with_tags(100));
    }
    for format in FORMATS {
        let words = ["check", ".", "--output-format", format];
        let whole = watched(
            command(folder.path(), &words)
                .spawn()
                .expect("the program starts"),
        );
        assert!(
            whole.out.len() > PIPE,
            "{format}: {} bytes go into a pipe",
            whole.out.len()
        );
        let mut child = command(folder.path(), &words)
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::with_capacity(64, child.stdout.take().expect("a pipe"));
        let mut line = Vec::new();
        out.by_ref()
            .take(200)
            .read_until(b'\n', &mut line)
            .expect("a line");
        drop(out);
        let said = watched(child);
        assert!(said.signal.is_none(), "{format}: {said:?}");
        // What was known by then: findings, or none so far.
        assert!(matches!(said.code, Some(0 | 1)), "{format}: {said:?}");
        assert!(said.err.is_empty(), "{format}: {}", said.err);
    }
}

#[test]
fn other_commands_mind_a_gone_reader_as_little() {
    let folder = scratch();
    write(folder.path(), "a.txt", FAULT);
    let commands: [&[&str]; 7] = [
        &["rules"],
        &["explain", "telegram/tag-unknown"],
        &["marking", "TS//SI//NF"],
        &["files", "."],
        &["schema", "config"],
        &["man"],
        &["--help"],
    ];
    for words in commands {
        let mut child = command(folder.path(), words)
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let said = watched(child);
        assert!(matches!(said.code, Some(0 | 1)), "{words:?}: {said:?}");
        assert!(said.err.is_empty(), "{words:?}: {}", said.err);
    }
}
