//! The text of a hook that calls caveat, after the hook that was there before.

use super::hook::{CHAINED, Hook};
use std::ffi::OsStr;
use std::path::Path;

/// What the second line of every hook of ours begins with; its checksum follows.
const MARK: &str = "# written by `caveat hook install`, taken out by `caveat hook uninstall`: ";

/// A hook that lets everything through because its program is gone would be worse than none.
const LOOK_FOR_IT: &str = r#"
[ -x "$program" ] || program=caveat
if ! command -v "$program" >/dev/null 2>&1; then
  echo 'caveat is not where it was when this hook was installed, so nothing was checked:' >&2
  echo "install it and run 'caveat hook install', or remove $0" >&2
  exit 2
fi
"#;

/// How the hook that was there before is called.
pub(super) enum Before<'b> {
    /// There was none.
    None,
    /// By this shell, which reads it under the name that it had: many look at their own name.
    Shell(&'b str),
    /// As a program.
    Program,
}

impl<'b> Before<'b> {
    /// How a hook of this text is called.
    pub(super) fn of(text: &'b [u8]) -> Self {
        let first = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let called = first
            .strip_prefix(b"#!")
            .and_then(|line| std::str::from_utf8(line).ok());
        let called = called.map(str::trim).unwrap_or_default();
        let plain = !called.contains(|letter: char| letter == '\'' || letter.is_control());
        let program = called.split_whitespace().last().unwrap_or_default();
        let program = program.rsplit('/').next().unwrap_or_default();
        if plain && matches!(program, "sh" | "bash" | "dash" | "ash" | "ksh" | "zsh") {
            Self::Shell(called)
        } else {
            Self::Program
        }
    }

    fn call(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Shell(shell) => Some(format!("{shell} -c '. \"$0{CHAINED}\"' \"$0\" \"$@\"")),
            Self::Program => Some(format!("\"$0{CHAINED}\" \"$@\"")),
        }
    }
}

/// The whole text. `program` is where caveat is now.
pub(super) fn script(hook: Hook, program: &Path, before: &Before<'_>) -> Vec<u8> {
    let word = hook.word();
    let mut body = b"program=".to_vec();
    body.extend(quoted(program.as_os_str()));
    body.extend_from_slice(LOOK_FOR_IT.as_bytes());
    let (read, feed) = if hook.reads_input() {
        let read = "input=$(cat)\nfeed() { [ -z \"$input\" ] || printf '%s\\n' \"$input\"; }\n";
        (read, "feed | ")
    } else {
        ("", "")
    };
    body.extend_from_slice(read.as_bytes());
    if let Some(call) = before.call() {
        let chained = format!("if [ -x \"$0{CHAINED}\" ]; then\n  {feed}{call} || exit\nfi\n");
        body.extend_from_slice(chained.as_bytes());
    }
    body.extend_from_slice(format!("{feed}\"$program\" hook run {word} -- \"$@\"\n").as_bytes());
    let mut text = format!("#!/bin/sh\n{MARK}{:016x}\n", checksum(&body)).into_bytes();
    text.extend(body);
    text
}

/// Whose work a hook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Author {
    /// Ours, as it was written.
    Caveat,
    /// Ours, changed since.
    Changed,
    /// Somebody else's.
    Other,
}

/// Whose work a text is.
pub(super) fn author(text: &[u8]) -> Author {
    let Some(rest) = text.strip_prefix(b"#!/bin/sh\n") else {
        return Author::Other;
    };
    let Some(rest) = rest.strip_prefix(MARK.as_bytes()) else {
        return Author::Other;
    };
    let end = rest.iter().position(|&byte| byte == b'\n');
    let (sum, body) = rest.split_at(end.unwrap_or(rest.len()));
    let body = body.get(1..).unwrap_or_default();
    if sum == format!("{:016x}", checksum(body)).as_bytes() {
        Author::Caveat
    } else {
        Author::Changed
    }
}

/// FNV-1a: it tells an edited hook from one that was not, and nothing hangs on it being hard to forge.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A word as a shell takes it for one.
fn quoted(word: &OsStr) -> Vec<u8> {
    let mut quoted = b"'".to_vec();
    for &byte in word.as_encoded_bytes() {
        match byte {
            b'\'' => quoted.extend_from_slice(b"'\\''"),
            _ => quoted.push(byte),
        }
    }
    quoted.push(b'\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{Author, Before, author, quoted, script};
    use crate::git::Hook;
    use std::ffi::OsStr;
    use std::path::Path;

    #[test]
    fn a_hook_of_ours_is_known_as_long_as_nobody_changed_it() {
        for hook in Hook::ALL {
            let text = script(hook, Path::new("/opt/it's/caveat"), &Before::Program);
            assert_eq!(author(&text), Author::Caveat);
            let more = [text.as_slice(), b"echo more\n"].concat();
            assert_eq!(author(&more), Author::Changed);
        }
        assert_eq!(author(b"#!/bin/sh\necho\n"), Author::Other);
        assert_eq!(author(b""), Author::Other);
    }

    #[test]
    fn a_shell_reads_the_hook_of_before_under_its_own_name() {
        let call = |text: &[u8]| Before::of(text).call().unwrap();
        assert!(call(b"#!/usr/bin/env bash\n").starts_with("/usr/bin/env bash -c"));
        assert!(call(b"#! /bin/sh -e\n").starts_with("\"$0"));
        assert!(call(b"#!/usr/bin/env python3\n").starts_with("\"$0"));
        assert!(call(b"\x7fELF").starts_with("\"$0"));
        assert!(Before::None.call().is_none());
    }

    #[test]
    fn quotes_in_a_path_stay() {
        assert_eq!(quoted(OsStr::new("a'b")), b"'a'\\''b'");
    }
}
