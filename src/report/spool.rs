//! Text that must wait until the end of a report: in memory while it is short, else in a file without a name.

use std::io::{self, BufRead as _, Read as _, Seek as _, Write};
use tempfile::SpooledTempFile;

/// Bytes that are kept in memory.
const SHORT: usize = 1 << 20;

/// Text that waits. Nobody else can open the file, and it is gone with the process.
#[derive(Debug)]
pub(super) struct Spool {
    held: io::BufWriter<SpooledTempFile>,
    empty: bool,
}

impl Default for Spool {
    fn default() -> Self {
        Self {
            held: io::BufWriter::new(SpooledTempFile::new(SHORT)),
            empty: true,
        }
    }
}

impl Spool {
    /// Whether nothing waits.
    pub(super) const fn is_empty(&self) -> bool {
        self.empty
    }

    /// Writes all of it, and is empty again.
    pub(super) fn pour(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let held = std::mem::take(self).held;
        let mut held = held.into_inner().map_err(io::IntoInnerError::into_error)?;
        held.rewind()?;
        let mut bytes = vec![0; 1 << 16];
        loop {
            match held.read(&mut bytes)? {
                0 => return Ok(()),
                read => out.write_all(bytes.get(..read).unwrap_or_default())?,
            }
        }
    }
}

impl Spool {
    /// Writes so many of its lines at most, with a comma before each but the first of all; gives how many, and
    /// is empty again.
    pub(super) fn pour_lines(
        &mut self,
        most: usize,
        mut first: bool,
        out: &mut dyn Write,
    ) -> io::Result<usize> {
        let held = std::mem::take(self).held;
        let mut held = held.into_inner().map_err(io::IntoInnerError::into_error)?;
        held.rewind()?;
        let mut poured = 0;
        for line in io::BufReader::new(held).split(b'\n').take(most) {
            if !std::mem::replace(&mut first, false) {
                out.write_all(b",\n")?;
            }
            out.write_all(&line?)?;
            poured += 1;
        }
        Ok(poured)
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.empty &= bytes.is_empty();
        self.held.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.held.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::{SHORT, Spool};
    use std::io::Write as _;

    #[test]
    fn what_was_written_comes_out_once_however_long_it_is() {
        for length in [0, 10, SHORT * 3 + 7] {
            let mut spool = Spool::default();
            assert!(spool.is_empty());
            let text: Vec<u8> = (0..=255).cycle().take(length).collect();
            spool.write_all(&text).unwrap();
            let mut out = Vec::new();
            spool.pour(&mut out).unwrap();
            assert!(out == text, "{length}");
            spool.pour(&mut out).unwrap();
            assert_eq!(out.len(), length);
        }
    }
}
