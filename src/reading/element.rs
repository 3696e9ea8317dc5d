//! One recognised part of a draft.

use crate::diagnostic::Confidence;
use crate::marking::{Marking, TermId};
use crate::text::Span;
use jiff::civil::{Date, DateTime};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IntoDeserializer as _;
use serde::de::value::StrDeserializer;

/// What a part of a draft is. Rules name these in kebab case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ElementKind {
    /// Highest precedence in a transmission, as a digraph.
    PrecedenceDigraph,
    /// Station a copy goes to or comes from.
    RoutingIndicator,
    /// Station that files the message.
    CallingStation,
    /// Serial of the station that files the message.
    StationSerial,
    /// Section suffix of the station's serial.
    SerialSection,
    /// When the message was filed: day of the year and time.
    FilingTime,
    /// Signal before the security letters.
    SecuritySignal,
    /// Signal or word on how the message was handled: corrected, sent again, cancelled.
    OperatingSignal,
    /// Letters that say under which protection it is sent.
    SecurityLetters,
    /// Precedence for the action addressees.
    Precedence,
    /// Precedence for the information addressees.
    InfoPrecedence,
    /// Precedence word after an action addressee.
    AddresseePrecedence,
    /// Precedence word after an information addressee.
    InfoAddresseePrecedence,
    /// Date-time group.
    Dtg,
    /// Who sends it.
    Originator,
    /// Station of the originator, by the name that reference numbers use.
    OriginatorPost,
    /// Who is to act.
    ActionAddressee,
    /// Who is to know.
    InfoAddressee,
    /// An addressee of either kind, as a word of its vocabulary.
    Addressee,
    /// Running number of messages to one addressee.
    MessageNumber,
    /// Who is left out of a collective.
    Exemption,
    /// The line with level, station and serial.
    MrnLine,
    /// The level on that line.
    Level,
    /// Words that stand in the place of the level and are none.
    UnknownLevel,
    /// A level that is misspelt; the element of the level says which is meant.
    MisspeltLevel,
    /// The level above the first page line.
    OpeningLevel,
    /// The level below the text.
    ClosingLevel,
    /// Section number.
    Section,
    /// How many sections there are.
    SectionTotal,
    /// The line that repeats level and reference number in a later section.
    SectionLine,
    /// The level on that line.
    SectionLevel,
    /// The serial on that line.
    SectionSerial,
    /// Station of the message reference number.
    Station,
    /// Serial of the message reference number.
    Serial,
    /// Two-digit year of the message reference number.
    MrnYear,
    /// Handling line.
    Caption,
    /// Handling line that no vocabulary knows.
    UnknownCaption,
    /// A line with more than one caption.
    SharedCaptionLine,
    /// A caption that stands below the captions, where no caption belongs.
    MisplacedCaption,
    /// A caption repeated in the text, as at a page break.
    RepeatedCaption,
    /// For whose attention it is.
    Attention,
    /// Who is to pay it: the addressee before the word.
    AttentionTarget,
    /// A label with other letters or signs than it should have; the vocabulary of labels is that of its words.
    #[serde(alias = "label")]
    IrregularLabel,
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
    /// An event upon which it is to be declassified.
    DeclassificationEvent,
    /// The line of tags.
    TagsLine,
    /// One tag.
    Tag,
    /// The person that a tag names.
    TagPerson,
    /// A caption or level among the tags.
    CaptionInTags,
    /// The subject without its mark.
    Subject,
    /// The mark of the subject.
    SubjectMark,
    /// A mark at the end of the subject.
    TrailingSubjectMark,
    /// References to other messages.
    Reference,
    /// One message referred to.
    ReferenceItem,
    /// Its letter.
    ReferenceLetter,
    /// Its year.
    ReferenceYear,
    /// Its station.
    ReferenceStation,
    /// Its serial.
    ReferenceSerial,
    /// A caption or note in brackets behind it.
    ReferenceNote,
    /// Letter of a reference that the text points to.
    ReferencePointer,
    /// Number of a paragraph that the text points to.
    ParagraphPointer,
    /// A handling notice.
    Notice,
    /// The classification authority paragraph.
    Authority,
    /// The same where it is numbered, or stands below the first paragraph.
    MisplacedAuthority,
    /// Who classified it.
    ClassifiedBy,
    /// Name of who classified it.
    ClassifierName,
    /// Position of who classified it.
    ClassifierTitle,
    /// From what it was derived.
    DerivedFrom,
    /// The list of several sources.
    SourceList,
    /// Section of the order that gives the reason.
    Reason,
    /// Letter of the reason.
    ReasonLetter,
    /// The day of declassification that the authority paragraph names.
    AuthorityDay,
    /// A paragraph of the text.
    Paragraph,
    /// A paragraph of the text without a number.
    UnnumberedParagraph,
    /// A part of a paragraph that begins with a letter, a dash or a bullet.
    SubParagraph,
    /// One without a mark, though a part beside it is marked.
    UnmarkedSubParagraph,
    /// A numbered paragraph that carries no mark.
    UnmarkedParagraph,
    /// A subject that carries no mark.
    UnmarkedSubject,
    /// An unnumbered summary or comment that carries no mark.
    UnmarkedSummary,
    /// Its number.
    ParagraphNumber,
    /// Its mark.
    Portion,
    /// A mark whose brackets or blanks are wrong; the element of the portion says what is meant.
    MalformedPortion,
    /// Words in brackets where a mark must stand, and which are none.
    UnknownPortion,
    /// A statement that one mark covers the whole text.
    EntireText,
    /// A heading; in a telegram one that opens or closes a part of the text.
    Heading,
    /// Words that tell what the text is about.
    Wording,
    /// A number in the form of a personal identity number.
    IdentityNumber,
    /// A telegram quoted in the text.
    QuotedTelegram,
    /// The text from its first paragraph to its last.
    TextBlock,
    /// Who signs it.
    Signature,
    /// The end of the transmission.
    EndOfMessage,
    /// Serial repeated at the end of the transmission.
    ClosingSerial,
    /// A line between pages.
    PageLine,
    /// A level repeated between pages or at the end.
    RepeatedLevel,
    /// A stamp put on when the message was released.
    Stamp,
    /// The marking at the top of a document: that of the whole.
    Banner,
    /// The marking at the bottom of a document.
    BottomBanner,
    /// The marking of a page within a document.
    PageBanner,
    /// What stands between two form feeds.
    Page,
    /// The day of a document, where it says one.
    DocumentDate,
    /// The title of a document without its mark.
    Title,
    /// A bullet or a lettered or numbered part of a paragraph.
    ListItem,
    /// A cell of a table that carries a mark.
    TableCell,
    /// What stands above or below a figure or a table.
    FigureCaption,
    /// A note at the foot.
    Footnote,
    /// A statement about the whole that its vocabulary knows, such as that it is a compilation.
    Statement,
    /// A day that a statement names, as a word of the same vocabulary.
    StatementDate,
    /// A paragraph or a part of one that carries no mark among others that do.
    UnmarkedPortion,
    /// A title or a heading that carries no mark.
    UnmarkedHeading,
    /// To which level it is downgraded.
    DowngradeTo,
    /// When it is downgraded.
    DowngradeOn,
    /// The mark of a heading, or of the words of a figure, that stands behind them.
    TrailingPortion,
    /// A label of the authority block with nothing behind it.
    EmptyField,
    /// What stands behind the label of the captions, in a telegram of labelled fields.
    CaptionField,
}

impl ElementKind {
    /// The kind of a name, as rules and vocabularies write it.
    pub fn named(name: &str) -> Option<Self> {
        let written: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
        Self::deserialize(written).ok()
    }

    /// The kind under whose name the vocabulary of its words stands.
    #[must_use]
    pub const fn worded_as(self) -> Self {
        match self {
            Self::UnknownCaption
            | Self::MisplacedCaption
            | Self::RepeatedCaption
            | Self::CaptionInTags
            | Self::ReferenceNote => Self::Caption,
            Self::InfoPrecedence
            | Self::AddresseePrecedence
            | Self::InfoAddresseePrecedence
            | Self::PrecedenceDigraph => Self::Precedence,
            Self::CallingStation => Self::RoutingIndicator,
            Self::SecuritySignal => Self::OperatingSignal,
            Self::DeclassificationCode | Self::DeclassificationEvent => Self::Declassification,
            Self::OriginatorPost | Self::ReferenceStation | Self::AttentionTarget => Self::Station,
            Self::Originator | Self::ActionAddressee | Self::InfoAddressee => Self::Addressee,
            Self::MisplacedAuthority => Self::Authority,
            Self::StatementDate => Self::Statement,
            other => other,
        }
    }
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
    /// Nearly a word of its vocabulary, which the element names: a misspelling.
    NearMiss,
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

    /// The same, less sure.
    #[must_use]
    pub const fn sure(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
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
