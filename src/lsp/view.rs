//! One open draft as a request sees it: text, places, what was read and found.

use super::client::Client;
use super::position::Places;
use crate::audit::Examined;
use crate::marking::{Scheme, Term, Vocabulary};
use crate::reading::{Element, ElementKind, Reading};
use crate::rules::RuleSet;
use crate::text::Span;
use gen_lsp_types::{Range, Uri};
use jiff::civil::Date;

/// An open draft with what was read and found in it.
#[derive(Debug)]
pub(super) struct View<'v> {
    /// Its address.
    pub(super) uri: &'v Uri,
    /// The version that was examined.
    pub(super) version: i32,
    /// What was read and found.
    pub(super) examined: &'v Examined,
    /// Places in it.
    pub(super) places: Places<'v>,
    /// The editor.
    pub(super) client: &'v Client,
    /// Today.
    pub(super) today: Date,
}

impl<'v> View<'v> {
    pub(super) fn text(&self) -> &'v str {
        self.examined.source.text()
    }

    pub(super) fn slice(&self, span: Span) -> &'v str {
        self.examined.source.slice(span)
    }

    pub(super) fn range(&self, span: Span) -> Range {
        self.places.range(span)
    }

    pub(super) const fn reading(&self) -> &'v Reading {
        &self.examined.verdict.reading
    }

    pub(super) fn rules(&self) -> &'v RuleSet {
        self.examined.project.rules()
    }

    /// The address of the page of a rule, where the configuration names one.
    pub(super) fn page_of(&self, rule: &str) -> Option<Uri> {
        self.examined.project.page_of(rule).map(Uri)
    }

    pub(super) fn scheme(&self) -> &'v Scheme {
        self.examined.scheme()
    }

    /// The day by whose rules the draft is judged: as is asked, its own, or today.
    pub(super) fn day(&self) -> Date {
        let asked = self.examined.settings.options.as_of;
        asked.or(self.reading().date).unwrap_or(self.today)
    }

    /// The words of a kind of element.
    pub(super) fn vocabulary(&self, of: ElementKind) -> Option<&'v Vocabulary> {
        let of = of.worded_as();
        let mut all = self.rules().lexicon().vocabularies().iter();
        let found = all.find(|(name, _)| ElementKind::named(name) == Some(of));
        found.map(|(_, words)| words)
    }

    /// The word that an element is.
    pub(super) fn term(&self, element: &Element) -> Option<&'v Term> {
        let words = self.vocabulary(element.kind)?;
        Some(words.term(element.term?))
    }

    /// Elements that cover an offset, the smallest first.
    pub(super) fn at(&self, offset: u32) -> Vec<&'v Element> {
        let covers = |element: &&Element| {
            element.span.start <= offset && offset <= element.span.end && !element.span.is_empty()
        };
        let mut found: Vec<&Element> = self.reading().elements.iter().filter(covers).collect();
        found.sort_by_key(|element| (element.span.len(), element.span));
        found
    }
}

/// Whether two spans share a byte or touch.
pub(super) const fn touch(left: Span, right: Span) -> bool {
    left.start <= right.end && right.start <= left.end
}
