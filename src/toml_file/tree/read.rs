//! Reads a tree into a shape, as [`toml`] reads the text that it was made from.

use super::access::{Array, Date, Placed, Table, Variant};
use super::format::{ARRAY, DATE, FLOAT, INTEGER, TABLE, TEXT, TRUTH};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_spanned::de::{SpannedDeserializer, is_spanned};
use std::fmt;
use std::ops::Range;
use toml_datetime::de::is_datetime;

/// The name of a shape that takes a value behind the place where it stands, start and end. Read from TOML, such
/// a shape asks for the place in the way of [`toml`].
pub static PLACED: &str = "a value and its place";

/// Bytes that the head of a value takes.
const HEAD: usize = 17;

/// A tree as it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tree<'t> {
    /// Its values.
    pub values: &'t [u8],
    /// The words that they point to.
    pub words: &'t str,
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
    /// Whether the file has something under a key.
    pub fn has(&self, key: &str) -> bool {
        self.under(key).is_some()
    }

    /// What it has under a key.
    fn under(&self, key: &str) -> Option<Value<'t>> {
        let mut table = Values::of(*self).next().and_then(Value::table).ok()?;
        let mut pairs = std::iter::from_fn(|| table.pair().ok()?);
        pairs.find_map(|(own, value)| (own == key).then_some(value))
    }

    /// How many values stand in the list under a key.
    pub fn len_of(&self, key: &str) -> usize {
        self.array(key).map_or(0, |value| value.count())
    }

    fn array(&self, key: &str) -> Option<Value<'t>> {
        self.under(key).filter(|value| value.kind == ARRAY)
    }

    /// What stands in the list under a key, each by itself; nothing where there is no list.
    pub fn list(&self, key: &str) -> impl Iterator<Item = Result<Self, Unfit>> + use<'t> {
        let below = self.array(key).map(|value| value.below);
        let mut below = below.unwrap_or(Values {
            rest: &[],
            words: "",
        });
        std::iter::from_fn(move || {
            (!below.rest.is_empty()).then(|| {
                let before = below.rest;
                below.next()?;
                let len = before.len() - below.rest.len();
                let values = before.get(..len).ok_or_else(cut_off)?;
                let words = below.words;
                Ok(Self { values, words })
            })
        })
    }

    /// Reads it into a shape.
    ///
    /// # Errors
    /// Where it has another one.
    pub fn read<T: Deserialize<'t>>(&self) -> Result<T, Unfit> {
        T::deserialize(Values::of(*self).next()?)
    }
}

/// Values that are yet to be read.
#[derive(Clone, Copy)]
pub(super) struct Values<'t> {
    pub(super) rest: &'t [u8],
    words: &'t str,
}

impl<'t> Values<'t> {
    const fn of(tree: Tree<'t>) -> Self {
        Self {
            rest: tree.values,
            words: tree.words,
        }
    }

    #[inline]
    pub(super) fn two_numbers(&mut self) -> Result<[u32; 2], Unfit> {
        let (bytes, rest) = self.rest.split_first_chunk::<8>().ok_or_else(cut_off)?;
        let (&[first, second], _) = bytes.as_chunks() else {
            return Err(cut_off());
        };
        self.rest = rest;
        Ok([u32::from_le_bytes(first), u32::from_le_bytes(second)])
    }

    #[inline]
    pub(super) fn next(&mut self) -> Result<Value<'t>, Unfit> {
        let (&kind, rest) = self.rest.split_first().ok_or_else(cut_off)?;
        self.rest = rest;
        let (place, rest) = (self.two_numbers()?, self.two_numbers()?);
        let mut below = *self;
        if matches!(kind, ARRAY | TABLE) {
            let [len, _] = rest;
            let (own, after) = self
                .rest
                .split_at_checked(len as usize)
                .ok_or_else(cut_off)?;
            (below.rest, self.rest) = (own, after);
        }
        Ok(Value {
            kind,
            place,
            rest,
            below,
        })
    }

    #[inline]
    pub(super) fn word(&self, [start, len]: [u32; 2]) -> Result<&'t str, Unfit> {
        let start = start as usize;
        self.words
            .get(start..start.saturating_add(len as usize))
            .ok_or_else(cut_off)
    }
}

#[cold]
fn cut_off() -> Unfit {
    Unfit::custom("the tree is cut off")
}

/// A value.
pub(super) struct Value<'t> {
    pub(super) kind: u8,
    /// Where it stands in the file: start and length.
    place: [u32; 2],
    /// What its kind makes of them.
    rest: [u32; 2],
    /// What it holds, where it is an array or a table.
    pub(super) below: Values<'t>,
}

impl<'t> Value<'t> {
    fn place(&self) -> Range<u32> {
        let [start, len] = self.place;
        start..start.saturating_add(len)
    }

    /// How many values there are, if it is an array; no more than have room.
    fn count(&self) -> usize {
        let [_, count] = self.rest;
        (count as usize).min(self.below.rest.len() / HEAD)
    }

    fn word(&self) -> Result<&'t str, Unfit> {
        self.below.word(self.rest)
    }

    fn eight_bytes(&self) -> u64 {
        let [low, high] = self.rest.map(u64::from);
        low | high << u32::BITS
    }

    fn table(self) -> Result<Table<'t>, Unfit> {
        if self.kind != TABLE {
            return Err(Unfit::custom("a table is wanted"));
        }
        Ok(Table {
            rest: self.below,
            value: None,
        })
    }
}

impl<'t> Deserializer<'t> for Value<'t> {
    type Error = Unfit;

    #[inline]
    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.kind {
            TEXT => visitor.visit_borrowed_str(self.word()?),
            INTEGER => visitor.visit_i64(self.eight_bytes().cast_signed()),
            FLOAT => visitor.visit_f64(f64::from_bits(self.eight_bytes())),
            TRUTH => visitor.visit_bool(self.rest != [0, 0]),
            ARRAY => {
                let (rest, count) = (self.below, self.count());
                visitor.visit_seq(Array { rest, count })
            }
            TABLE => visitor.visit_map(self.table()?),
            DATE => Err(Unfit::custom("a date where none is wanted")),
            _ => Err(Unfit::custom("no such kind of value")),
        }
    }

    /// What a shape leaves out is passed over whole.
    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        if std::ptr::eq(name, PLACED) {
            return visitor.visit_seq(Placed {
                place: self.place(),
                given: 0,
                value: Some(self),
            });
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        if is_spanned(name) {
            let place = self.place();
            let place = place.start as usize..place.end as usize;
            return visitor.visit_map(SpannedDeserializer::new(self, place));
        }
        match fields {
            [field] if is_datetime(name) && self.kind == DATE => visitor.visit_map(Date {
                field: Some(field),
                written: self.word()?,
            }),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        if self.kind == TEXT {
            return visitor.visit_enum(BorrowedStrDeserializer::new(self.word()?));
        }
        let mut table = self.table()?;
        match table.pair()?.filter(|_| table.rest.rest.is_empty()) {
            Some((name, value)) => visitor.visit_enum(Variant { name, value }),
            None => Err(Unfit::custom("a table with one key is wanted")),
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}

impl<'t> IntoDeserializer<'t, Unfit> for Value<'t> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
