//! What is wrong with a marking, in words.

use super::fault::{Expected, Fault, MarkingFault};
use super::markings::Marking;
use super::scheme::Scheme;
use super::words::Word;
use crate::diagnostic::Severity;
use crate::pack::shared::Evidence;
use crate::pack::text::PackText;

/// Letters of a word outside every list from which it is taken for a misspelt one.
pub(super) const MISSPELT: usize = 5;

impl Fault {
    /// Its name, in kebab case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownWord => "unknown-word",
            Self::Unlisted => "unlisted",
            Self::Separator => "separator",
            Self::Blank => "blank",
            Self::Leading => "leading",
            Self::Trailing => "trailing",
            Self::Case => "case",
            Self::Form => "form",
            Self::Variant => "variant",
            Self::Obsolete => "obsolete",
            Self::SecondLevel => "second-level",
            Self::Duplicate => "duplicate",
            Self::Order => "order",
            Self::Modifier => "modifier",
            Self::Level => "level",
            Self::Owner => "owner",
            Self::SubOwner => "sub-owner",
            Self::LevelMissing => "level-missing",
            Self::Requires => "requires",
            Self::Excludes => "excludes",
            Self::Needless => "needless",
            Self::TooFew => "too-few",
            Self::TooMany => "too-many",
            Self::MissingValue => "missing-value",
            Self::UnknownValue => "unknown-value",
            Self::ValueShape => "value-shape",
            Self::ValueSeparator => "value-separator",
            Self::ValueOrder => "value-order",
            Self::DuplicateValue => "duplicate-value",
            Self::ValueMissing => "value-missing",
            Self::Suffix => "suffix",
        }
    }

    /// How much it weighs: form is a warning, meaning an error.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Unlisted => Severity::Advice,
            Self::Blank
            | Self::Trailing
            | Self::Case
            | Self::Form
            | Self::Variant
            | Self::Obsolete
            | Self::Duplicate
            | Self::Needless
            | Self::TooFew
            | Self::ValueShape
            | Self::ValueSeparator
            | Self::ValueOrder
            | Self::DuplicateValue => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl MarkingFault {
    /// How much it weighs: what rests on an authority that nobody read is no error, and a word outside
    /// every list that is near to a listed one is more than advice.
    pub fn severity(&self, marking: &Marking, text: &str, scheme: &Scheme) -> Severity {
        let own = self.fault.severity();
        let found = text.get(self.span.range()).unwrap_or_default();
        if self.fault == Fault::Unlisted {
            let misspelt = found.len() >= MISSPELT && scheme.near(found, marking.surface).is_some();
            return if misspelt { Severity::Warning } else { own };
        }
        let mut controls = marking
            .controls
            .iter()
            .filter(|used| used.span == self.span);
        let unread = controls.any(|used| {
            let citation = scheme.citation(Word::Control(used.control));
            citation.status == Evidence::Unverified
        });
        if unread {
            own.min(Severity::Warning)
        } else {
            own
        }
    }

    /// The document and section that the words at fault stand in, or the documents of the scheme.
    pub fn authority(&self, marking: &Marking, scheme: &Scheme) -> Vec<String> {
        let mut controls = marking
            .controls
            .iter()
            .filter(|used| used.span == self.span);
        let word = match (controls.next(), self.expected) {
            (Some(used), _) => Some(Word::Control(used.control)),
            (None, Expected::Word(word)) => Some(word),
            _ => None,
        };
        match word {
            Some(word) => vec![scheme.citation(word).text.to_string()],
            None => scheme.authority().iter().map(PackText::to_string).collect(),
        }
    }

    /// What stands there and what should; `text` is the decoded text that the marking's places refer to.
    pub fn message(&self, marking: &Marking, text: &str, scheme: &Scheme) -> String {
        let slice = |span: crate::text::Span| text.get(span.range()).unwrap_or_default();
        let found = slice(self.span);
        let surface = marking.surface;
        let expected = self.expected.text(scheme, surface).unwrap_or_default();
        let other = self.other.map(slice).unwrap_or_default();
        match self.fault {
            Fault::UnknownWord => match scheme.near(found, surface) {
                Some(near) => format!("`{found}` is no word of a marking; `{}` is", near.like),
                None => format!("`{found}` is no word of a marking"),
            },
            Fault::Unlisted => match scheme.near(found, surface) {
                Some(near) => format!("`{found}` is in no list; `{}` is", near.like),
                None => format!("`{found}` is in no list"),
            },
            Fault::Separator if expected.is_empty() => format!(
                "nothing belongs before `{}`",
                slice(crate::text::Span::new(self.span.end, marking.span.end))
            ),
            Fault::Separator | Fault::ValueSeparator => {
                format!("`{found}` stands where `{expected}` belongs")
            }
            Fault::Blank if expected.is_empty() => "a blank stands where none belongs".to_owned(),
            Fault::Blank => format!("`{found}` is written `{expected}`"),
            Fault::Leading => format!("`{expected}` belongs before another owner"),
            Fault::Trailing => format!("nothing follows `{found}`"),
            Fault::Case | Fault::Variant | Fault::Suffix => {
                format!("`{found}` is written `{expected}`")
            }
            Fault::Form => match self.expected {
                Expected::Nothing => format!("`{found}` is written otherwise here"),
                _ => format!("`{found}` is written `{expected}` here"),
            },
            Fault::Obsolete if expected.is_empty() => format!("`{found}` is no longer used"),
            Fault::Obsolete => format!("`{found}` is no longer used; `{expected}` is"),
            Fault::SecondLevel => format!("`{found}` is a second level"),
            Fault::Duplicate | Fault::DuplicateValue => format!("`{found}` stands twice"),
            Fault::Order if other.is_empty() => {
                format!("`{found}` stands on the wrong side of the level")
            }
            Fault::Order => format!("`{found}` goes before `{other}`"),
            Fault::Modifier => format!("`{found}` does not go with this level"),
            Fault::Level if other.is_empty() => format!("`{found}` does not go with its owner"),
            Fault::Level | Fault::Excludes => format!("`{found}` does not go with `{other}`"),
            Fault::Owner => format!("`{found}` needs an owner before it"),
            Fault::SubOwner => format!("`{found}` does not go with this owner"),
            Fault::LevelMissing => format!("`{found}` stands without a level"),
            Fault::Requires => format!("`{found}` requires `{expected}`"),
            Fault::Needless => format!("`{other}` makes `{found}` needless"),
            Fault::TooFew => format!("`{found}` wants more beside it"),
            Fault::TooMany => format!("`{found}` is one too many"),
            Fault::MissingValue => format!("`{found}` says not which"),
            Fault::UnknownValue => format!("`{found}` is not known here"),
            Fault::ValueShape => format!("`{found}` does not look as it should here"),
            Fault::ValueOrder if self.expected == Expected::Nothing => {
                format!("`{found}` goes before those in front of it")
            }
            Fault::ValueOrder => format!("`{found}` goes first"),
            Fault::ValueMissing => format!("`{expected}` is missing from the list"),
        }
    }
}
