//! The program, run as its users run it, cut off from the settings of the machine.

use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// A draft with a portion above the header.
pub(crate) const FAULT: &str = include_str!("../cli/check.in/folder/fault.txt");

/// A draft without a fault.
pub(crate) const CLEAN: &str = include_str!("../cli/check.in/clean.txt");

/// A draft in which a fix can be made, and the same after it.
pub(crate) const FIXABLE: &str = include_str!("../cli/fix.in/drafts/visit.txt");

/// The program under test.
const CAVEAT: &str = env!("CARGO_BIN_EXE_caveat");

/// How long a run may take before the test gives it up.
const PATIENCE: Duration = Duration::from_mins(10);

/// A user that owns nothing here.
const NOBODY: u32 = 65_534;

/// What the program said.
pub(crate) struct Said {
    /// The exit code; `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

impl std::fmt::Debug for Said {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let out = String::from_utf8_lossy(&self.out);
        write!(
            formatter,
            "code {:?}, signal {:?}\n{}\n{:.2000}",
            self.code, self.signal, self.err, out
        )
    }
}

impl Said {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            signal: output.status.signal(),
            out: output.stdout,
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Standard output as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("reports are UTF-8")
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// That it ended with this code.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}

/// The program in a folder, with these words, and nothing of the environment.
pub(crate) fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(CAVEAT);
    command.args(words).env_clear().current_dir(folder);
    command.stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program in a folder.
pub(crate) fn caveat(folder: &Path, words: &[&str]) -> Said {
    finish(command(folder, words))
}

/// Runs a command to its end; one that does not end is killed, and the test fails.
pub(crate) fn finish(mut command: Command) -> Said {
    let child = command.spawn().expect("the program starts");
    watched(child)
}

/// The end of a child; one that does not end is killed, and the test fails.
pub(crate) fn watched(child: Child) -> Said {
    let id = child.id().to_string();
    let (done, ended) = std::sync::mpsc::channel();
    let watch = std::thread::spawn(move || {
        let late = ended.recv_timeout(PATIENCE).is_err();
        if late {
            drop(Command::new("kill").args(["-9", &id]).status());
        }
        late
    });
    let output = child.wait_with_output().expect("its output is read");
    // Where the watch gave up, nobody listens.
    let _told = done.send(());
    assert!(
        !watch.join().expect("the watch ends"),
        "the program did not end"
    );
    Said::of(output)
}

/// Runs the program through a shell that first does something else; `"$@"` is the program with its words.
pub(crate) fn through_shell(folder: &Path, script: &str, words: &[&str]) -> Said {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script, "sh", CAVEAT]).args(words);
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .current_dir(folder);
    command.stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    finish(command)
}

/// Whether this process may do everything.
pub(crate) fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout == b"0\n")
}

/// The same command as a user that may read only what everybody may; as root alone is that another one.
pub(crate) fn as_nobody(mut command: Command) -> Command {
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// A scratch folder that everybody may look into.
pub(crate) fn scratch() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder");
    mode(folder.path(), 0o755);
    folder
}

/// Sets the permissions of a path.
pub(crate) fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}

/// Writes a file and the folders above it.
pub(crate) fn write(folder: &Path, name: impl AsRef<OsStr>, text: impl AsRef<[u8]>) {
    let path = folder.join(name.as_ref());
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("it is writable");
    fs::write(path, text).expect("it is writable");
}

/// The names in a folder, in order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it is a folder").flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The paths that a JSON report says were not examined, each with its cause.
pub(crate) fn not_examined(report: &Value) -> Vec<(String, String)> {
    let missed = report["not_examined"].as_array().expect("it is a list");
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    missed
        .iter()
        .map(|missed| (text(&missed["path"]), text(&missed["cause"])))
        .collect()
}

/// The paths that a JSON report says were examined, each with the number of its findings.
pub(crate) fn examined(report: &Value) -> Vec<(String, u64)> {
    let documents = report["documents"].as_array().expect("it is a list");
    let row = |document: &Value| {
        let path = document["path"].as_str().expect("it is text").to_owned();
        (path, document["diagnostics"].as_u64().expect("a number"))
    };
    documents.iter().map(row).collect()
}
