//! Reading a journal, as far as it is whole.

use super::{Begin, End, Entry, Named};
use serde::Deserialize;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

/// How a journal begins.
const HEAD: &[u8] = b"{\"begin\":{";

/// The last bytes of a file, in which its last line is looked for.
const TAIL: u64 = 1 << 16;

/// Why a file cannot be read as a journal.
#[derive(Debug, thiserror::Error)]
pub enum NoJournal {
    /// It cannot be read.
    #[error("cannot be read: {}", crate::input::said(.0))]
    Unreadable(#[from] io::Error),
    /// It is something else.
    #[error("is no journal of an audit")]
    Other,
    /// It is the journal of another version.
    #[error("was written by another version of caveat")]
    Version,
}

/// A journal that is read line by line.
#[derive(Debug)]
pub struct Reader {
    lines: BufReader<File>,
    /// The first line; none where the journal ends before that does.
    begin: Option<Begin>,
    /// The path of the last line that was given out.
    last: Option<PathBuf>,
}

/// A line, as far as its path goes.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Glance {
    draft: Option<OfPath>,
    missed: Option<OfPath>,
}

#[derive(Deserialize)]
struct OfPath {
    named: Named,
}

impl Reader {
    /// Reads how a journal begins.
    ///
    /// # Errors
    /// It is none, or none of this version.
    pub fn new(file: File) -> Result<Self, NoJournal> {
        let mut lines = BufReader::new(file);
        let mut first = Vec::new();
        lines.read_until(b'\n', &mut first)?;
        let begin = match serde_json::from_slice::<Entry>(&first) {
            Ok(Entry::Begin(begin)) if begin.format == Begin::FORMAT => Some(*begin),
            _ if first.ends_with(b"\n") && first.starts_with(HEAD) => {
                return Err(NoJournal::Version);
            }
            // It was torn off while it was begun.
            _ if !first.ends_with(b"\n")
                && (HEAD.starts_with(&first) || first.starts_with(HEAD)) =>
            {
                None
            }
            _ => return Err(NoJournal::Other),
        };
        Ok(Self {
            lines,
            begin,
            last: None,
        })
    }

    /// What the journal goes by; none where it was torn off before that was written.
    pub const fn begin(&self) -> Option<&Begin> {
        self.begin.as_ref()
    }

    /// How the journal ended; none where it is not finished.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn end(&mut self) -> io::Result<Option<End>> {
        let place = self.lines.stream_position()?;
        let length = self.lines.seek(SeekFrom::End(0))?;
        self.lines
            .seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut tail = Vec::new();
        self.lines.read_to_end(&mut tail)?;
        self.lines.seek(SeekFrom::Start(place))?;
        let whole = tail.strip_suffix(b"\n");
        let last = whole.and_then(|tail| tail.rsplit(|&byte| byte == b'\n').next());
        Ok(
            match last.and_then(|last| serde_json::from_slice(last).ok()) {
                Some(Entry::End(end)) => Some(end),
                _ => None,
            },
        )
    }

    /// The next line of a path, with that; none once the journal ends, is torn, or out of order.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn next_path(&mut self) -> io::Result<Option<(PathBuf, String)>> {
        while let Some(line) = self.line()? {
            let Ok(glance) = serde_json::from_str::<Glance>(&line) else {
                return Ok(None);
            };
            let Some(of) = glance.draft.or(glance.missed) else {
                continue;
            };
            let path = of.named.path();
            return Ok(self.follows(&path).then_some((path, line)));
        }
        Ok(None)
    }

    /// The next line whole; none where the journal ends, is torn, or out of order.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn next_entry(&mut self) -> io::Result<Option<Entry>> {
        let Some(line) = self.line()? else {
            return Ok(None);
        };
        let entry = serde_json::from_str(&line).ok();
        let path = match &entry {
            Some(Entry::Draft(draft)) => Some(draft.named.path()),
            Some(Entry::Missed(missed)) => Some(missed.named.path()),
            _ => None,
        };
        let in_order = path.is_none_or(|path| self.follows(&path));
        Ok(entry.filter(|_| in_order))
    }

    /// The next line, where it is not torn.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        self.lines.read_until(b'\n', &mut line)?;
        let whole = line.ends_with(b"\n");
        Ok(String::from_utf8(line).ok().filter(|_| whole))
    }

    /// Whether a path comes after the last one; then it is the last one.
    fn follows(&mut self, path: &PathBuf) -> bool {
        let follows = self.last.as_ref().is_none_or(|last| last < path);
        if follows {
            self.last = Some(path.clone());
        }
        follows
    }
}
