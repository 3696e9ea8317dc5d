//! What the file kinds share: dates and evidence.

use super::text::PackText;
use crate::toml_file::tree::PLACED;
use schemars::JsonSchema;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::ops::Range;
use toml::Spanned;

/// A calendar day, written as a TOML date: `since = 1995-10-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub jiff::civil::Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(deserializer)?;
        let (Some(date), None) = (written.date, written.time) else {
            return Err(D::Error::custom(
                "a day without a time is wanted, such as 1995-10-01",
            ));
        };
        let parts = (
            i16::try_from(date.year),
            i8::try_from(date.month),
            i8::try_from(date.day),
        );
        let (Ok(year), Ok(month), Ok(day)) = parts else {
            return Err(D::Error::custom("no such day"));
        };
        jiff::civil::Date::new(year, month, day)
            .map(Self)
            .map_err(D::Error::custom)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A calendar day, written as a TOML date without quotes",
            "type": "string",
            "format": "date"
        })
    }
}

/// A colour, written as `#RRGGBB`: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let digits = written.strip_prefix('#').filter(|own| own.len() == 6);
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let wrong = || D::Error::custom("a colour is written such as #0033A0");
        let [_, red, green, blue] = number.ok_or_else(wrong)?.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl JsonSchema for Color {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Color".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A colour, written as #RRGGBB",
            "type": "string",
            "pattern": "^#[0-9A-Fa-f]{6}$"
        })
    }
}

/// Whether the authority of a fact was read.
///
/// A fact that was not read never makes an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Read in the document named.
    #[default]
    Read,
    /// General knowledge, or seen in many samples.
    Unverified,
}

/// Whether a day lies in a lifetime, both ends included.
pub fn holds_on(since: Option<Day>, until: Option<Day>, day: jiff::civil::Date) -> bool {
    since.is_none_or(|first| first.0 <= day) && until.is_none_or(|last| day <= last.0)
}

/// A word of a file that is looked up later, with the bytes it stands at, so that a problem points at it.
#[derive(Debug, Clone)]
pub struct Name {
    word: PackText,
    place: Range<u32>,
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Placed;
        impl<'de> Visitor<'de> for Placed {
            type Value = Name;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }

            // Of TOML, word and place come by name; of a tree, one after the other.
            fn visit_newtype_struct<D: Deserializer<'de>>(self, of: D) -> Result<Name, D::Error> {
                let placed = Spanned::<PackText>::deserialize(of)?;
                let place = placed.span();
                Ok(Name::new(placed.into_inner(), place))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut of: A) -> Result<Name, A::Error> {
                let mut number = || {
                    of.next_element()?
                        .ok_or_else(|| A::Error::custom("no place"))
                };
                let (start, end) = (number()?, number()?);
                let word = of.next_element()?;
                let word = word.ok_or_else(|| A::Error::custom("no word"))?;
                let place = start..end;
                Ok(Name { word, place })
            }
        }
        deserializer.deserialize_newtype_struct(PLACED, Placed)
    }
}

impl Name {
    /// A word that stands at these bytes.
    pub fn new(word: PackText, place: Range<usize>) -> Self {
        let [start, end] = [place.start, place.end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        let place = start..end;
        Self { word, place }
    }

    /// The word.
    pub fn text(&self) -> &str {
        &self.word
    }

    /// The same, to be kept.
    pub fn to_text(&self) -> PackText {
        self.word.clone()
    }

    /// The word alone.
    pub fn into_text(self) -> PackText {
        self.word
    }

    /// Bytes of the file, with the quotes.
    pub fn place(&self) -> Range<usize> {
        self.place.start as usize..self.place.end as usize
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text())
    }
}

impl JsonSchema for Name {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Name".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}
