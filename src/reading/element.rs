//! One recognised part of a draft.

use crate::diagnostic::Confidence;
use crate::marking::{Marking, TermId};
use crate::text::Span;
use jiff::civil::{Date, DateTime};
use schemars::JsonSchema;
use serde::Deserialize;

/// What a part of a draft is. Rules name these in kebab case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ElementKind {
    /// Highest precedence in a transmission, as a digraph.
    PrecedenceDigraph,
    /// Station a copy goes to or comes from.
    RoutingIndicator,
    /// Serial of the station that files the message.
    StationSerial,
    /// Section suffix of the station's serial.
    SerialSection,
    /// When the message was filed: day of the year and time.
    FilingTime,
    /// Letters that say under which protection it is sent.
    SecurityLetters,
    /// Precedence for the action addressees.
    Precedence,
    /// Precedence for the information addressees.
    InfoPrecedence,
    /// Date-time group.
    Dtg,
    /// Who sends it.
    Originator,
    /// Who is to act.
    ActionAddressee,
    /// Who is to know.
    InfoAddressee,
    /// The line with level, station and serial.
    MrnLine,
    /// The level on that line.
    Level,
    /// Words that stand in the place of the level and are none.
    UnknownLevel,
    /// Section number.
    Section,
    /// How many sections there are.
    SectionTotal,
    /// Station of the message reference number.
    Station,
    /// Serial of the message reference number.
    Serial,
    /// Handling line.
    Caption,
    /// Handling line that no vocabulary knows.
    UnknownCaption,
    /// For whose attention it is.
    Attention,
    /// The line of the executive order.
    OrderLine,
    /// Number of the executive order.
    Order,
    /// What stands after the order: when it is to be declassified.
    Declassification,
    /// A day on which it is to be declassified.
    DeclassifyOn,
    /// A code that stands for such a day.
    DeclassificationCode,
    /// The line of tags.
    TagsLine,
    /// One tag.
    Tag,
    /// The subject without its mark.
    Subject,
    /// The mark of the subject.
    SubjectMark,
    /// References to other messages.
    Reference,
    /// A handling notice.
    Notice,
    /// The classification authority paragraph.
    Authority,
    /// Who classified it.
    ClassifiedBy,
    /// From what it was derived.
    DerivedFrom,
    /// Section of the order that gives the reason.
    Reason,
    /// Letter of the reason.
    ReasonLetter,
    /// A paragraph of the text.
    Paragraph,
    /// A numbered paragraph that carries no mark.
    UnmarkedParagraph,
    /// A subject that carries no mark.
    UnmarkedSubject,
    /// Its number.
    ParagraphNumber,
    /// Its mark.
    Portion,
    /// A statement that one mark covers the whole text.
    EntireText,
    /// Serial repeated at the end of the transmission.
    ClosingSerial,
    /// A line between pages.
    PageLine,
    /// A level repeated between pages or at the end.
    RepeatedLevel,
    /// A stamp put on when the message was released.
    Stamp,
}

/// What an element says, where that can be read.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing beyond its text.
    Text,
    /// A number.
    Number(u32),
    /// A day.
    Day(Date),
    /// A moment.
    Moment(DateTime),
    /// The shape of a value, and there is no such one, such as the 30th of February.
    Impossible,
    /// A marking.
    Marking(Box<Marking>),
}

/// One recognised part of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// Bytes of the decoded text.
    pub span: Span,
    /// What it says.
    pub value: Value,
    /// The word of its vocabulary that it is.
    pub term: Option<TermId>,
    /// How sure the reader is.
    pub confidence: Confidence,
}

impl Element {
    /// An element that says nothing beyond its text.
    pub const fn new(kind: ElementKind, span: Span) -> Self {
        Self {
            kind,
            span,
            value: Value::Text,
            term: None,
            confidence: Confidence::Certain,
        }
    }

    /// The same with a value.
    #[must_use]
    pub fn with(mut self, value: Value) -> Self {
        self.value = value;
        self
    }

    /// The same with the word of its vocabulary.
    #[must_use]
    pub const fn term(mut self, term: Option<TermId>) -> Self {
        self.term = term;
        self
    }

    /// The marking it holds.
    pub const fn marking(&self) -> Option<&Marking> {
        match &self.value {
            Value::Marking(marking) => Some(marking),
            _ => None,
        }
    }
}
