//! L4: what a draft holds: its elements, each with its place, whatever the form.

mod element;
mod kind_set;
pub mod moment;

pub use element::{Element, ElementKind, Value};
pub use kind_set::{KindSet, Numbers};

use crate::diagnostic::Confidence;
use crate::marking::Marking;
use jiff::civil::Date;

/// Portions that carry no mark, or none that can be read.
const UNMARKED: KindSet = KindSet::of(ElementKind::UnmarkedParagraph)
    .with(ElementKind::UnmarkedSubParagraph)
    .with(ElementKind::UnmarkedSummary)
    .with(ElementKind::UnmarkedPortion)
    .with(ElementKind::UnknownPortion);

/// Which kind of draft it is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A message in telegraphic form.
    Telegram,
    /// A document with banners or portion marks.
    Document,
    /// Any other text.
    Text,
}

impl Form {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Telegram, Self::Document, Self::Text];

    /// The word used in configuration and reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Document => "document",
            Self::Text => "text",
        }
    }
}

/// How a telegram was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rendering {
    /// With its full transmission header.
    Transmission,
    /// From the line of the date-time group on.
    FromDtg,
    /// From the line of the level on.
    Extract,
    /// A journal copy in pages, as of the 1970s.
    Journal,
    /// In labelled fields.
    Fields,
}

/// A draft as read: its elements in the order of the text.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Which kind of draft it is.
    pub form: Form,
    /// How it was written down, for a telegram.
    pub rendering: Option<Rendering>,
    /// The day by whose rules it is judged, if the draft says so.
    pub date: Option<Date>,
    /// The document's own marking: level and what the captions state.
    pub header: Option<Marking>,
    /// How sure its level is: less than certain where the draft leaves it unsaid.
    pub header_confidence: Confidence,
    /// Lines of the whole text; the most there can be until the engine has counted them.
    pub lines: u32,
    /// Bytes that no line of the text is longer than, where only a line feed ends a line; the most there can be
    /// until the engine has measured them.
    pub widest: u32,
    /// Everything recognised, in the order of the text.
    pub elements: Vec<Element>,
}

impl Reading {
    /// A draft in which nothing was recognised.
    pub const fn empty(form: Form) -> Self {
        Self {
            form,
            rendering: None,
            date: None,
            header: None,
            header_confidence: Confidence::Certain,
            lines: u32::MAX,
            widest: u32::MAX,
            elements: Vec::new(),
        }
    }

    /// Elements of a kind, in the order of the text.
    pub fn of(&self, kind: ElementKind) -> impl Iterator<Item = &Element> {
        self.elements
            .iter()
            .filter(move |element| element.kind == kind)
    }

    /// The marks whose contents the whole is to cover: of subjects, then of portions.
    pub fn marks(&self) -> impl Iterator<Item = &Marking> {
        let kinds = [ElementKind::SubjectMark, ElementKind::Portion];
        let elements = kinds.into_iter().flat_map(|kind| self.of(kind));
        elements.filter_map(Element::marking)
    }

    /// Whether every portion carries a mark, and there is at least one.
    pub fn is_all_marked(&self) -> bool {
        let unmarked = |element: &Element| {
            UNMARKED.contains(element.kind) && element.confidence > Confidence::Possible
        };
        self.first(ElementKind::Portion).is_some() && !self.elements.iter().any(unmarked)
    }

    /// The first element of a kind.
    pub fn first(&self, kind: ElementKind) -> Option<&Element> {
        self.of(kind).next()
    }
}
