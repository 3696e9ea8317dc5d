//! The texts of packs. One that is compiled in is lent and never copied.

use crate::toml_file::tree::lent;
use schemars::JsonSchema;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

/// A text of a pack.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PackText(Cow<'static, str>);

impl PackText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for PackText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for PackText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for PackText {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<String> for PackText {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl From<&'static str> for PackText {
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<PackText> for String {
    fn from(text: PackText) -> Self {
        text.0.into_owned()
    }
}

impl From<&PackText> for String {
    fn from(text: &PackText) -> Self {
        text.as_str().to_owned()
    }
}

impl PartialEq<PackText> for str {
    fn eq(&self, other: &PackText) -> bool {
        *self == *other.0
    }
}

impl PartialEq<PackText> for &str {
    fn eq(&self, other: &PackText) -> bool {
        **self == *other.0
    }
}

impl PartialEq<PackText> for String {
    fn eq(&self, other: &PackText) -> bool {
        **self == *other.0
    }
}

impl PartialEq<String> for PackText {
    fn eq(&self, other: &String) -> bool {
        *self.0 == **other
    }
}

impl PartialEq<str> for PackText {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for PackText {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl fmt::Debug for PackText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for PackText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PackText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lent;
        impl<'de> Visitor<'de> for Lent {
            type Value = PackText;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<PackText, E> {
                Ok(lent(text).map_or_else(|| text.to_owned().into(), PackText::from))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<PackText, E> {
                Ok(text.to_owned().into())
            }

            fn visit_string<E: Error>(self, text: String) -> Result<PackText, E> {
                Ok(text.into())
            }
        }
        deserializer.deserialize_str(Lent)
    }
}

impl JsonSchema for PackText {
    fn schema_name() -> Cow<'static, str> {
        "PackText".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}
