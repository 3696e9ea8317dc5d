//! The program run within the process of a test, with nothing of the machine but a folder.

use caveat::cli::{Streams, Surroundings};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::Path;

/// Surroundings that hold a folder, and nothing of the machine that runs the tests.
pub(crate) fn around(folder: impl AsRef<Path>) -> Surroundings {
    Surroundings {
        folder: folder.as_ref().to_owned(),
        ..Surroundings::default()
    }
}

/// Exit code, standard output and standard error of a run with these words.
pub(crate) fn run<W: Into<OsString>>(
    around: &Surroundings,
    words: impl IntoIterator<Item = W>,
) -> (u8, String, String) {
    let mut out = Vec::new();
    let (code, err) = exchange(around, words, &mut io::empty(), &mut out);
    let out = String::from_utf8(out).expect("reports are UTF-8");
    (code, out, err)
}

/// Exit code and standard error of a run that reads and writes elsewhere.
pub(crate) fn exchange<W: Into<OsString>>(
    around: &Surroundings,
    words: impl IntoIterator<Item = W>,
    input: &mut dyn Read,
    out: &mut dyn Write,
) -> (u8, String) {
    let mut err = Vec::new();
    let mut streams = Streams {
        input,
        out,
        err: &mut err,
    };
    let words = words.into_iter().map(Into::into);
    let words = std::iter::once(OsString::from("caveat")).chain(words);
    let code = caveat::cli::run(words, &mut streams, around);
    let err = String::from_utf8(err).expect("messages are UTF-8");
    (code, err)
}
