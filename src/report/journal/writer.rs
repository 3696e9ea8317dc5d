//! Writing a journal: each line at once and whole, so that little is lost however the run ends.

use super::{Begin, DraftEntry, End, Entry, MissedEntry, Remark};
use crate::report::{Found, RuleRecord};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Write as _};

/// A journal that grows.
#[derive(Debug)]
pub struct Writer {
    file: File,
    /// Rules on which there is a line.
    told: BTreeSet<String>,
    lines: u64,
}

impl Writer {
    /// Begins a journal in an empty file.
    ///
    /// # Errors
    /// It cannot be written; so it is with the others.
    pub fn new(file: File, begin: Begin) -> io::Result<Self> {
        let mut writer = Self {
            file,
            told: BTreeSet::new(),
            lines: 0,
        };
        writer.write(&line(&Entry::Begin(Box::new(begin))))?;
        Ok(writer)
    }

    /// Tells of the rules of some findings that were not told of before.
    ///
    /// # Errors
    /// See [`Writer::new`].
    pub fn rules<'f>(
        &mut self,
        found: impl IntoIterator<Item = &'f Found>,
        known: &BTreeMap<String, RuleRecord>,
    ) -> io::Result<()> {
        for found in found {
            let id = &found.finding.rule;
            if self.told.contains(id) {
                continue;
            }
            self.told.insert(id.clone());
            if let Some(rule) = known.get(id) {
                let entry = Entry::Rule(id.clone(), Box::new(rule.clone()));
                self.write(&line(&entry))?;
            }
        }
        Ok(())
    }

    /// Adds the line of a path, which [`DraftEntry::line`] or [`MissedEntry::line`] made.
    ///
    /// # Errors
    /// See [`Writer::new`].
    pub fn path(&mut self, line: &str) -> io::Result<()> {
        self.lines += 1;
        self.write(line)
    }

    /// Adds what is found in a configuration file.
    ///
    /// # Errors
    /// See [`Writer::new`].
    pub fn remark(&mut self, remark: Remark) -> io::Result<()> {
        self.write(&line(&Entry::Remark(Box::new(remark))))
    }

    /// Ends the journal.
    ///
    /// # Errors
    /// See [`Writer::new`].
    pub fn end(mut self, end: impl FnOnce(u64) -> End) -> io::Result<()> {
        let end = end(self.lines);
        self.write(&line(&Entry::End(end)))?;
        self.file.sync_all()
    }

    fn write(&mut self, line: &str) -> io::Result<()> {
        self.file.write_all(line.as_bytes())
    }
}

impl DraftEntry {
    /// Its line.
    pub fn line(&self) -> String {
        line(&OfPath::Draft(self))
    }
}

impl MissedEntry {
    /// Its line.
    pub fn line(&self) -> String {
        line(&OfPath::Missed(self))
    }
}

/// The line of a path, as [`Entry`] has it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum OfPath<'e> {
    Draft(&'e DraftEntry),
    Missed(&'e MissedEntry),
}

fn line(entry: &impl Serialize) -> String {
    let mut line = serde_json::to_string(entry).expect("strings and numbers are always JSON");
    line.push('\n');
    line
}
