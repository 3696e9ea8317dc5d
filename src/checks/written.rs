//! Lists as rule files write them: one word, or several in brackets.

use crate::marking::Fault;
use crate::pack::shared::Name;
use crate::pack::text::PackText;
use crate::reading::{ElementKind, KindSet};
use schemars::JsonSchema;
use serde::de::value::StrDeserializer;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;
use toml::Spanned;

/// Words that are looked up later: one, or several in brackets.
#[derive(Debug, Clone, Default)]
pub struct Words(Vec<Name>);

impl Words {
    /// Each with its place in the file.
    pub fn names(&self) -> &[Name] {
        &self.0
    }

    /// Whether none is given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What was written: a word by itself has its place outside.
enum OneOrMany {
    One(PackText),
    Many(Vec<Name>),
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = OneOrMany;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a word, or several in brackets")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(word.to_owned().into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<OneOrMany, A::Error> {
                let mut all = Vec::new();
                while let Some(word) = words.next_element::<Name>()? {
                    all.push(word);
                }
                Ok(OneOrMany::Many(all))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Spanned::<OneOrMany>::deserialize(deserializer)?;
        let place = written.span();
        Ok(Self(match written.into_inner() {
            OneOrMany::One(word) => vec![Name::new(word, place)],
            OneOrMany::Many(words) => words,
        }))
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A word, or several in brackets",
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
        })
    }
}

/// Kinds of element: one, or several in brackets.
#[derive(Debug, Clone, Default)]
pub struct Kinds(Vec<ElementKind>);

impl Kinds {
    /// A single kind.
    pub fn one(kind: ElementKind) -> Self {
        Self(vec![kind])
    }

    /// Whether none is given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first one.
    pub fn first(&self) -> ElementKind {
        *self
            .0
            .first()
            .expect("a selector without a kind is no selector")
    }

    /// All of them.
    pub fn set(&self) -> KindSet {
        self.0.iter().copied().collect()
    }

    /// All of them, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = ElementKind> {
        self.0.iter().copied()
    }
}

impl<'de> Deserialize<'de> for Kinds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Kinds;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a kind of element, or several in brackets")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Kinds, E> {
                ElementKind::deserialize(StrDeserializer::new(word)).map(Kinds::one)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut kinds: A) -> Result<Kinds, A::Error> {
                let mut all = Vec::new();
                while let Some(kind) = kinds.next_element()? {
                    all.push(kind);
                }
                Ok(Kinds(all))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Kinds {
    fn schema_name() -> Cow<'static, str> {
        "Kinds".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let kind = generator.subschema_for::<ElementKind>();
        schemars::json_schema!({
            "description": "A kind of element, or several in brackets",
            "anyOf": [kind.clone(), {"type": "array", "items": kind}]
        })
    }
}

/// Faults of a marking: one, or several in brackets, by their names in kebab case.
#[derive(Debug, Clone, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// All of them, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = Fault> {
        self.0.iter().copied()
    }
}

impl<'de> Deserialize<'de> for Faults {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let named = |name: &str| {
            let unknown = || D::Error::custom(format!("no fault of a marking is called `{name}`"));
            Fault::named(name).ok_or_else(unknown)
        };
        let faults = match OneOrMany::deserialize(deserializer)? {
            OneOrMany::One(word) => vec![named(&word)?],
            OneOrMany::Many(words) => {
                let all = words.iter().map(|word| named(word.text()));
                all.collect::<Result<_, _>>()?
            }
        };
        Ok(Self(faults))
    }
}

impl JsonSchema for Faults {
    fn schema_name() -> Cow<'static, str> {
        "Faults".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names = Fault::ALL.map(Fault::name);
        schemars::json_schema!({
            "description": "A fault of a marking, or several in brackets",
            "anyOf": [
                {"enum": names},
                {"type": "array", "items": {"enum": names}}
            ]
        })
    }
}
