//! The journal of an audit on the disk: begun, gone on with, and put in place.
//!
//! A run that goes on writes a journal of its own beside the old one, and puts it in its place at the end.
//! Where it is broken off as well, the next one joins both before it begins.

use super::failure::Failure;
use super::run::Asked;
use crate::audit::Shard;
use crate::input::said;
use crate::report::Cut;
use crate::report::journal::{Begin, NoJournal, Reader, Writer};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::iter::Peekable;
use std::path::{Path, PathBuf};

/// A journal that a run writes.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    /// Where it is written, if not in its place.
    beside: Option<PathBuf>,
    /// Nobody else writes it while this is open.
    _lock: File,
}

/// What a journal is opened for.
pub(super) struct Opened {
    pub(super) journal: Journal,
    pub(super) writer: Writer,
    /// What an earlier run wrote.
    pub(super) old: Option<Reader>,
}

/// Opens the journal at a path, to go on with it where that is asked for. Excerpts are then cut as the
/// earlier run cut them, which `excerpts` is told.
pub(super) fn open(
    path: &Path,
    resume: bool,
    mut begin: Begin,
    excerpts: &mut Option<Cut>,
) -> Result<Opened, Failure> {
    *excerpts = begin.excerpts;
    let unwritable =
        |error: &io::Error| failed(path, &format!("cannot be written: {}", said(error)));
    let file = match File::create_new(path) {
        Ok(file) => {
            let lock = locked(path, file.try_clone().map_err(|error| unwritable(&error))?)?;
            let writer = Writer::new(file, begin).map_err(|error| unwritable(&error))?;
            return Ok(Opened {
                journal: Journal {
                    path: path.to_owned(),
                    beside: None,
                    _lock: lock,
                },
                writer,
                old: None,
            });
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => File::open(path),
        Err(error) => Err(error),
    };
    let file = file.map_err(|error| unwritable(&error))?;
    if !resume {
        let why = "is there already: --resume goes on with it, another name begins a new one";
        return Err(failed(path, why));
    }
    let lock = locked(path, file)?;
    let old = reader(path)?;
    if let Some(known) = old.begin() {
        if let Some(why) = other(known, &begin) {
            return Err(failed(path, &format!("{why}; begin a new journal")));
        }
        begin.excerpts = known.excerpts;
        *excerpts = known.excerpts;
    }
    let old = joined(path, old)?;
    let beside = beside(path, "part");
    let file = File::create(&beside).map_err(|error| unwritable(&error))?;
    let writer = Writer::new(file, begin).map_err(|error| unwritable(&error))?;
    Ok(Opened {
        journal: Journal {
            path: path.to_owned(),
            beside: Some(beside),
            _lock: lock,
        },
        writer,
        old: old.begin().is_some().then_some(old),
    })
}

impl Journal {
    /// Puts it in its place, once it is ended.
    pub(super) fn keep(self) -> Result<(), Failure> {
        if let Some(beside) = &self.beside {
            fs::rename(beside, &self.path).map_err(|error| {
                failed(&self.path, &format!("cannot be written: {}", said(&error)))
            })?;
        }
        Ok(())
    }
}

/// Opens a journal to read it.
pub(super) fn reader(path: &Path) -> Result<Reader, Failure> {
    let read = File::open(path)
        .map_err(NoJournal::from)
        .and_then(Reader::new);
    read.map_err(|why| failed(path, &why.to_string()))
}

/// Why what a journal has of a draft need not be what a run would find.
pub(super) fn other(known: &Begin, begin: &Begin) -> Option<String> {
    let mut why = Vec::new();
    if known.caveat != begin.caveat {
        why.push(format!("was written by caveat {}", known.caveat));
    }
    if known.paths != begin.paths {
        why.push("is of an audit of other paths".to_owned());
    }
    // Other paths may fall under other files.
    if known.settings != begin.settings && known.paths == begin.paths {
        let what = "goes by other settings (a flag, a configuration file, a baseline, or an entry ran out)";
        why.push(what.to_owned());
    }
    if known.packs != begin.packs {
        why.push("goes by other rule packs".to_owned());
    }
    if known.shard != begin.shard {
        let (is, asked) = (of_what(known.shard), of_what(begin.shard));
        why.push(format!("is {is}, not {asked}"));
    }
    (!why.is_empty()).then(|| why.join(", and "))
}

/// `of part 3/4`, or of the whole.
fn of_what(shard: Shard) -> String {
    if shard.is_whole() {
        "of a whole audit".to_owned()
    } else {
        format!("of part {shard}")
    }
}

/// That something is the matter with a journal.
pub(super) fn failed(path: &Path, why: &str) -> Failure {
    Failure::Usage(format!("`{}` {why}", path.display()))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// The file, for this run alone where the system can grant that.
fn locked(path: &Path, file: File) -> Result<File, Failure> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(failed(path, "is being written by another run")),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// The journal with what a run wrote beside it that went on and was broken off in its turn.
fn joined(path: &Path, mut old: Reader) -> Result<Reader, Failure> {
    let part = beside(path, "part");
    let Some(begin) = old.begin().cloned() else {
        return Ok(old);
    };
    let newer = File::open(&part)
        .map_err(NoJournal::from)
        .and_then(Reader::new);
    let same = |known: &Begin| other(known, &begin).is_none() && known.excerpts == begin.excerpts;
    let Some(mut newer) = newer.ok().filter(|newer| newer.begin().is_some_and(same)) else {
        return Ok(old);
    };
    let whole = beside(path, "join");
    let mut join = || -> io::Result<()> {
        let mut writer = Writer::new(File::create(&whole)?, begin.clone())?;
        let mut last = None;
        while let Some((path, line)) = newer.next_path()? {
            writer.path(&line)?;
            last = Some(path);
        }
        while let Some((path, line)) = old.next_path()? {
            if last.as_ref().is_none_or(|last| *last < path) {
                writer.path(&line)?;
            }
        }
        fs::rename(&whole, path)?;
        fs::remove_file(&part)
    };
    join().map_err(|error| failed(path, &format!("cannot be written: {}", said(&error))))?;
    reader(path)
}

/// Paths of which those that an earlier run examined come with what the journal has of them.
pub(super) struct Recalled<I> {
    asked: I,
    old: Option<Peekable<Lines>>,
}

/// The lines of a journal, by path, as far as they can be read.
struct Lines(Option<Reader>);

impl Iterator for Lines {
    type Item = (PathBuf, String);

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.0.as_mut()?.next_path().ok().flatten();
        if line.is_none() {
            self.0 = None;
        }
        line
    }
}

impl<I> Recalled<I> {
    /// The paths that are asked for, with the journal of an earlier run.
    pub(super) fn new(asked: I, old: Option<Reader>) -> Self {
        let old = old.map(|old| Lines(Some(old)).peekable());
        Self { asked, old }
    }
}

impl<I: Iterator<Item = Asked>> Iterator for Recalled<I> {
    type Item = Asked;

    fn next(&mut self) -> Option<Asked> {
        let asked = self.asked.next()?;
        let Some(old) = &mut self.old else {
            return Some(asked);
        };
        while old
            .next_if(|(path, _)| path.as_path() < asked.path())
            .is_some()
        {}
        let line = old.next_if(|(path, _)| path == asked.path());
        Some(match (asked, line) {
            (Asked::Draft(task), Some((_, line))) => Asked::Before(task, line),
            (asked, _) => asked,
        })
    }
}
