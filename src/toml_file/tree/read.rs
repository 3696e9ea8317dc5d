//! Reads a tree into a shape, as [`toml`] reads the text that it was made from.

use super::format::{ARRAY, DATE, FLOAT, INTEGER, TABLE, TEXT, TRUTH};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_spanned::de::{SpannedDeserializer, is_spanned};
use std::fmt;
use std::ops::Range;
use toml_datetime::de::{DatetimeDeserializer, is_datetime};

/// A tree, its keys at hand.
#[derive(Debug)]
pub struct Tree<'t> {
    keys: Vec<&'t str>,
    content: &'t [u8],
}

/// Why a tree has not the shape that is wanted, or is no tree.
#[derive(Debug)]
pub struct Unfit(String);

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

impl Error for Unfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl<'t> Tree<'t> {
    /// The tree that lies in some bytes.
    ///
    /// # Errors
    /// Where they are cut off.
    pub fn of(bytes: &'t [u8]) -> Result<Self, Unfit> {
        let mut bytes = Bytes(bytes);
        let count = bytes.number()?;
        let mut keys = Vec::new();
        for _ in 0..count {
            let len = bytes.number()?;
            keys.push(text(bytes.take(len)?)?);
        }
        let content = bytes.0;
        Ok(Self { keys, content })
    }

    /// Whether the file has something under a key.
    pub fn has(&self, key: &str) -> bool {
        let mut table = Table::of(self.content, &self.keys);
        std::iter::from_fn(|| table.pair().ok()?).any(|(own, _)| own == key)
    }

    /// Reads it into a shape.
    ///
    /// # Errors
    /// Where it has another one.
    pub fn read<T: Deserialize<'t>>(&self) -> Result<T, Unfit> {
        T::deserialize(Value {
            kind: TABLE,
            place: 0..0,
            content: self.content,
            keys: &self.keys,
        })
    }
}

/// Bytes that are yet to be read.
struct Bytes<'t>(&'t [u8]);

impl<'t> Bytes<'t> {
    fn byte(&mut self) -> Result<u8, Unfit> {
        let (&first, rest) = self.0.split_first().ok_or_else(cut_off)?;
        self.0 = rest;
        Ok(first)
    }

    fn number(&mut self) -> Result<usize, Unfit> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Unfit::custom("a number without end"))
    }

    fn take(&mut self, len: usize) -> Result<&'t [u8], Unfit> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or_else(cut_off)?;
        self.0 = rest;
        Ok(taken)
    }

    fn value<'k>(&mut self, keys: &'k [&'t str]) -> Result<Value<'k, 't>, Unfit> {
        let kind = self.byte()?;
        let start = self.number()?;
        let place = start..start.saturating_add(self.number()?);
        let len = self.number()?;
        Ok(Value {
            kind,
            place,
            content: self.take(len)?,
            keys,
        })
    }
}

#[cold]
fn cut_off() -> Unfit {
    Unfit::custom("the tree is cut off")
}

fn text(bytes: &[u8]) -> Result<&str, Unfit> {
    std::str::from_utf8(bytes).map_err(Unfit::custom)
}

/// A value that is read next.
struct Value<'k, 't> {
    kind: u8,
    /// Bytes of the file.
    place: Range<usize>,
    content: &'t [u8],
    keys: &'k [&'t str],
}

impl Value<'_, '_> {
    fn eight(&self) -> Result<[u8; 8], Unfit> {
        self.content.try_into().map_err(Unfit::custom)
    }

    fn date(&self) -> Result<toml_datetime::Datetime, Unfit> {
        text(self.content)?.parse().map_err(Unfit::custom)
    }
}

impl<'t> Deserializer<'t> for Value<'_, 't> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.kind {
            TEXT => visitor.visit_borrowed_str(text(self.content)?),
            INTEGER => visitor.visit_i64(i64::from_le_bytes(self.eight()?)),
            FLOAT => visitor.visit_f64(f64::from_le_bytes(self.eight()?)),
            TRUTH => visitor.visit_bool(self.content != [0]),
            DATE => visitor.visit_map(DatetimeDeserializer::new(self.date()?)),
            ARRAY => visitor.visit_seq(Array {
                rest: Bytes(self.content),
                keys: self.keys,
            }),
            TABLE => visitor.visit_map(Table::of(self.content, self.keys)),
            _ => Err(Unfit::custom("no such kind of value")),
        }
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        if is_spanned(name) {
            let place = self.place.clone();
            return visitor.visit_map(SpannedDeserializer::new(self, place));
        }
        if is_datetime(name) && self.kind == DATE {
            return visitor.visit_map(DatetimeDeserializer::new(self.date()?));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        if self.kind == TEXT {
            return visitor.visit_enum(BorrowedStrDeserializer::new(text(self.content)?));
        }
        let mut table = Table::of(self.content, self.keys);
        let first = table.pair()?.filter(|_| self.kind == TABLE);
        match first.filter(|_| table.rest.0.is_empty()) {
            Some((name, value)) => visitor.visit_enum(Variant { name, value }),
            None => Err(Unfit::custom("a word, or a table with one key, is wanted")),
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

impl<'t> IntoDeserializer<'t, Unfit> for Value<'_, 't> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Values in order.
struct Array<'k, 't> {
    rest: Bytes<'t>,
    keys: &'k [&'t str],
}

impl<'t> SeqAccess<'t> for Array<'_, 't> {
    type Error = Unfit;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        if self.rest.0.is_empty() {
            return Ok(None);
        }
        seed.deserialize(self.rest.value(self.keys)?).map(Some)
    }
}

/// Values by key.
struct Table<'k, 't> {
    rest: Bytes<'t>,
    keys: &'k [&'t str],
    /// What stands under the key that was read last.
    value: Option<Value<'k, 't>>,
}

impl<'k, 't> Table<'k, 't> {
    const fn of(content: &'t [u8], keys: &'k [&'t str]) -> Self {
        let (rest, value) = (Bytes(content), None);
        Self { rest, keys, value }
    }

    /// The next key with its value.
    fn pair(&mut self) -> Result<Option<(&'t str, Value<'k, 't>)>, Unfit> {
        if self.rest.0.is_empty() {
            return Ok(None);
        }
        let key = self.keys.get(self.rest.number()?);
        let key = *key.ok_or_else(|| Unfit::custom("no such key"))?;
        Ok(Some((key, self.rest.value(self.keys)?)))
    }
}

impl<'t> MapAccess<'t> for Table<'_, 't> {
    type Error = Unfit;

    fn next_key_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        let Some((key, value)) = self.pair()? else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(key))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Unfit> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(Unfit::custom("a value before its key")),
        }
    }
}

/// A word with what stands under it.
struct Variant<'k, 't> {
    name: &'t str,
    value: Value<'k, 't>,
}

impl<'k, 't> EnumAccess<'t> for Variant<'k, 't> {
    type Error = Unfit;
    type Variant = Value<'k, 't>;

    fn variant_seed<S: DeserializeSeed<'t>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), Unfit> {
        let name = seed.deserialize(BorrowedStrDeserializer::new(self.name))?;
        Ok((name, self.value))
    }
}

impl<'t> VariantAccess<'t> for Value<'_, 't> {
    type Error = Unfit;

    fn unit_variant(self) -> Result<(), Unfit> {
        if self.kind == TABLE && self.content.is_empty() {
            return Ok(());
        }
        Err(Unfit::custom("an empty table is wanted"))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<S::Value, Unfit> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        self.deserialize_any(visitor)
    }
}
