//! The drafts that are open, with the text as the editor has it.

use super::position::{Places, Unit};
use crate::audit::Examined;
use crate::text::LineIndex;
use gen_lsp_types::{TextDocumentContentChangeEvent as Change, Uri};
use std::collections::HashMap;
use std::rc::Rc;

/// What came of examining a draft.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// It was examined.
    Examined(Rc<Examined>),
    /// It is none: a file of the configuration, or one that the configuration leaves out.
    NoDraft,
    /// It could not be examined, and why.
    Refused(String),
}

/// One open draft.
pub(super) struct Document {
    /// Its version, as the editor counts.
    pub(super) version: i32,
    text: String,
    lines: LineIndex,
    /// What came of this version; `None` where it was not examined yet.
    pub(super) outcome: Option<Outcome>,
    /// Whether its findings are still to be told.
    pub(super) untold: bool,
}

// It holds a draft: `Debug` shows its version and length.
impl std::fmt::Debug for Document {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Document")
            .field("version", &self.version)
            .field("bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl Document {
    pub(super) fn new(version: i32, text: String) -> Self {
        Self {
            version,
            lines: LineIndex::new(&text),
            text,
            outcome: None,
            untold: true,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) const fn places(&self, unit: Unit) -> Places<'_> {
        Places::new(self.text.as_str(), &self.lines, unit)
    }

    /// Makes the changes of a new version, one after the other.
    pub(super) fn change(&mut self, version: i32, changes: Vec<Change>, unit: Unit) {
        for change in changes {
            match change {
                Change::TextDocumentContentChangePartial(change) => {
                    let span = self.places(unit).span(change.range);
                    self.text.replace_range(span.range(), &change.text);
                }
                Change::TextDocumentContentChangeWholeDocument(change) => self.text = change.text,
            }
            self.lines = LineIndex::new(&self.text);
        }
        self.version = version;
        self.forget();
    }

    /// What was found holds no longer.
    pub(super) fn forget(&mut self) {
        self.outcome = None;
        self.untold = true;
    }
}

/// Every open draft by its address.
#[derive(Debug, Default)]
pub(super) struct Documents(HashMap<Uri, Document>);

impl Documents {
    pub(super) fn open(&mut self, uri: Uri, document: Document) {
        self.0.insert(uri, document);
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        self.0.remove(uri);
    }

    pub(super) fn get(&self, uri: &Uri) -> Option<&Document> {
        self.0.get(uri)
    }

    pub(super) fn get_mut(&mut self, uri: &Uri) -> Option<&mut Document> {
        self.0.get_mut(uri)
    }

    /// Every address, in order.
    pub(super) fn addresses(&self) -> Vec<Uri> {
        let mut all: Vec<Uri> = self.0.keys().cloned().collect();
        all.sort_by(|left, right| left.0.cmp(&right.0));
        all
    }

    /// What was found in any draft holds no longer.
    pub(super) fn forget(&mut self) {
        self.0.values_mut().for_each(Document::forget);
    }
}
