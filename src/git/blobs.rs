//! Objects by their ids, from one `git cat-file` for a whole run.

use super::repository::{GitError, Repository};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

/// Ids that are asked for before the first answer is read. So many fit into a pipe.
const AHEAD: usize = 64;

/// What is kept under an id.
pub enum Object {
    /// Its content, and the word of git for its type.
    Here {
        /// `blob`, `commit`, `tag` or `tree`.
        kind: String,
        /// The content.
        bytes: Vec<u8>,
    },
    /// It has more bytes than were wanted: so many.
    TooLarge(u64),
    /// It is not here.
    Missing,
}

impl std::fmt::Debug for Object {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match self {
            Self::Here { .. } => "Here",
            Self::TooLarge(_) => "TooLarge",
            Self::Missing => "Missing",
        };
        formatter.debug_struct(name).finish_non_exhaustive()
    }
}

/// The objects of a repository.
#[derive(Debug)]
pub struct Blobs(Mutex<Pipe>);

#[derive(Debug)]
struct Pipe {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Blobs {
    /// Starts git.
    ///
    /// # Errors
    /// It is not there.
    pub fn of(repository: &Repository) -> Result<Self, GitError> {
        let mut command = repository.git(&["cat-file", "--batch"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let closed = || GitError::Broken("its pipe is closed".to_owned());
        let input = child.stdin.take().ok_or_else(closed)?;
        let output = child.stdout.take().ok_or_else(closed)?;
        Ok(Self(Mutex::new(Pipe {
            child,
            input: Some(input),
            output: BufReader::new(output),
        })))
    }

    /// The object of an id, if it has at most so many bytes.
    ///
    /// # Errors
    /// Git is gone.
    pub fn read(&self, id: &str, largest: u64) -> Result<Object, GitError> {
        let mut objects = self.read_all(&[(id, largest)])?;
        Ok(objects.pop().unwrap_or(Object::Missing))
    }

    /// The objects of ids, in their order.
    ///
    /// # Errors
    /// Git is gone.
    pub fn read_all(&self, wanted: &[(&str, u64)]) -> Result<Vec<Object>, GitError> {
        let mut pipe = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut objects = Vec::with_capacity(wanted.len());
        for some in wanted.chunks(AHEAD) {
            pipe.ask(some)?;
            for &(_, largest) in some {
                objects.push(pipe.answer(largest)?);
            }
        }
        Ok(objects)
    }
}

impl Pipe {
    fn ask(&mut self, wanted: &[(&str, u64)]) -> Result<(), GitError> {
        let mut lines = String::new();
        for (id, _) in wanted {
            lines.push_str(id);
            lines.push('\n');
        }
        if let Some(input) = &mut self.input {
            input.write_all(lines.as_bytes())?;
            input.flush()?;
        }
        Ok(())
    }

    /// `ID TYPE SIZE`, then the content and an end of line; or `ID missing`.
    fn answer(&mut self, largest: u64) -> Result<Object, GitError> {
        let mut header = Vec::new();
        self.output.read_until(b'\n', &mut header)?;
        let header = String::from_utf8_lossy(&header);
        let mut words = header.split_whitespace().skip(1);
        let (kind, size) = (words.next(), words.next());
        let size = size.and_then(|size| size.parse::<u64>().ok());
        let Some((kind, size)) = kind.zip(size) else {
            return match kind {
                Some(_) => Ok(Object::Missing),
                None => Err(GitError::Broken("it ended early".to_owned())),
            };
        };
        let mut content = self.output.by_ref().take(size + 1);
        if size > largest {
            std::io::copy(&mut content, &mut std::io::sink())?;
            return Ok(Object::TooLarge(size));
        }
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        let ended = bytes.pop();
        if bytes.len() as u64 != size || ended.is_none() {
            return Err(GitError::Broken("it ended early".to_owned()));
        }
        Ok(Object::Here {
            kind: kind.to_owned(),
            bytes,
        })
    }
}

impl Drop for Pipe {
    /// Git ends when nobody asks any more.
    fn drop(&mut self) {
        drop(self.input.take());
        // A process that was not waited for would stay in the table of processes.
        drop(self.child.wait());
    }
}
