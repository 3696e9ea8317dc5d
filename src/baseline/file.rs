//! The file of a baseline: JSON, sorted, one entry a line, so that two branches seldom clash in it.

use crate::fingerprint::Fingerprint;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Version of the format.
const VERSION: u32 = 1;

/// A baseline file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaselineFile {
    /// Version of this format: 1.
    pub version: u32,
    /// Known findings, by path, rule and fingerprint.
    pub findings: Vec<Entry>,
}

/// Findings of one rule in one draft that share a fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The draft, from the folder of this file, with slashes.
    pub path: String,
    /// The rule, `pack/name`.
    pub rule: String,
    /// The fingerprint.
    pub fingerprint: Fingerprint,
    /// How many such findings are known.
    #[schemars(range(min = 1))]
    pub count: usize,
}

impl BaselineFile {
    /// A file of entries, in order.
    pub fn new(mut findings: Vec<Entry>) -> Self {
        findings.retain(|entry| entry.count > 0);
        findings.sort();
        Self {
            version: VERSION,
            findings,
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it, and the byte at which.
    pub fn read(text: &str) -> Result<Self, (String, usize)> {
        let file: Self = serde_json::from_str(text).map_err(|error| {
            let before = text
                .split_inclusive('\n')
                .take(error.line().saturating_sub(1));
            let start: usize = before.map(str::len).sum();
            let at = (start + error.column().saturating_sub(1)).min(text.len());
            let message = error.to_string();
            let end = message.find(" at line ").unwrap_or(message.len());
            (message.get(..end).unwrap_or_default().to_owned(), at)
        })?;
        if file.version == VERSION {
            Ok(file)
        } else {
            Err((
                format!("version {} of a baseline is not known", file.version),
                0,
            ))
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = format!("{{\n  \"version\": {},\n  \"findings\": [", self.version);
        for (index, entry) in self.findings.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let line = serde_json::to_string(entry).expect("an entry is JSON");
            write!(text, "{comma}\n    {line}").expect("a string takes everything");
        }
        let end = if self.findings.is_empty() { "" } else { "\n  " };
        text + end + "]\n}\n"
    }

    /// Where an entry stands in the text of the file, for people; the start where it is written otherwise.
    pub fn place(entry: &Entry, text: &str) -> std::ops::Range<usize> {
        let line = serde_json::to_string(entry).unwrap_or_default();
        text.find(&line).map_or(0..0, |at| at..at + line.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{BaselineFile, Entry};
    use crate::fingerprint::Fingerprint;

    #[test]
    fn a_file_is_sorted_has_one_entry_a_line_and_reads_back() {
        let entry = |path: &str, count| Entry {
            path: path.to_owned(),
            rule: "house/one".to_owned(),
            fingerprint: Fingerprint::of([path]),
            count,
        };
        let file = BaselineFile::new(vec![entry("b.txt", 1), entry("a.txt", 2), entry("c", 0)]);
        let text = file.text();
        assert_eq!(text.lines().count(), 7);
        assert!(text.find("a.txt") < text.find("b.txt") && !text.contains("\"c\""));
        assert_eq!(BaselineFile::read(&text).unwrap(), file);
        let place = BaselineFile::place(&entry("b.txt", 1), &text);
        assert!(text.get(place).unwrap().contains("b.txt"));
        let empty = BaselineFile::new(Vec::new());
        assert_eq!(BaselineFile::read(&empty.text()).unwrap(), empty);
    }

    #[test]
    fn a_broken_file_is_told_at_its_place() {
        let (message, at) =
            BaselineFile::read("{\n  \"version\": 1,\n  \"lines\": []\n}").unwrap_err();
        assert!(
            message.contains("unknown field") && at > 18,
            "{message} {at}"
        );
        let (message, _) = BaselineFile::read("{\"version\": 9, \"findings\": []}").unwrap_err();
        assert!(message.contains('9'));
    }
}
