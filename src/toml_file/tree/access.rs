//! How a shape asks for what a value holds: its place, its date, its values in order or by key.

use super::format::TABLE;
use super::read::{Unfit, Value, Values};
use serde::de::value::{BorrowedStrDeserializer, U32Deserializer};
use serde::de::{
    DeserializeSeed, Deserializer as _, EnumAccess, Error as _, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use std::ops::Range;

/// A value behind the place where it stands: start and end.
pub(super) struct Placed<'t> {
    pub(super) place: Range<u32>,
    /// How many of the three were given.
    pub(super) given: u8,
    pub(super) value: Option<Value<'t>>,
}

impl<'t> SeqAccess<'t> for Placed<'t> {
    type Error = Unfit;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        self.given = self.given.saturating_add(1);
        match self.given {
            1 => seed
                .deserialize(U32Deserializer::new(self.place.start))
                .map(Some),
            2 => seed
                .deserialize(U32Deserializer::new(self.place.end))
                .map(Some),
            _ => self
                .value
                .take()
                .map(|value| seed.deserialize(value))
                .transpose(),
        }
    }
}

/// A date as it is written, under the one field of the shape of dates.
pub(super) struct Date<'t> {
    pub(super) field: Option<&'static str>,
    pub(super) written: &'t str,
}

impl<'t> MapAccess<'t> for Date<'t> {
    type Error = Unfit;

    fn next_key_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        let Some(field) = self.field.take() else {
            return Ok(None);
        };
        seed.deserialize(BorrowedStrDeserializer::new(field))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Unfit> {
        seed.deserialize(BorrowedStrDeserializer::new(self.written))
    }
}

/// Values in order.
pub(super) struct Array<'t> {
    pub(super) rest: Values<'t>,
    /// How many there are at first.
    pub(super) count: usize,
}

impl<'t> SeqAccess<'t> for Array<'t> {
    type Error = Unfit;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        if self.rest.rest.is_empty() {
            return Ok(None);
        }
        seed.deserialize(self.rest.next()?).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.count)
    }
}

/// Values by key.
pub(super) struct Table<'t> {
    pub(super) rest: Values<'t>,
    /// What stands under the key that was read last.
    pub(super) value: Option<Value<'t>>,
}

impl<'t> Table<'t> {
    /// The next key with its value.
    #[inline]
    pub(super) fn pair(&mut self) -> Result<Option<(&'t str, Value<'t>)>, Unfit> {
        if self.rest.rest.is_empty() {
            return Ok(None);
        }
        let key = self.rest.two_numbers()?;
        let key = self.rest.word(key)?;
        Ok(Some((key, self.rest.next()?)))
    }
}

impl<'t> MapAccess<'t> for Table<'t> {
    type Error = Unfit;

    #[inline]
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

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Unfit> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(Unfit::custom("a value before its key")),
        }
    }
}

/// A word with what stands under it.
pub(super) struct Variant<'t> {
    pub(super) name: &'t str,
    pub(super) value: Value<'t>,
}

impl<'t> EnumAccess<'t> for Variant<'t> {
    type Error = Unfit;
    type Variant = Value<'t>;

    fn variant_seed<S: DeserializeSeed<'t>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), Unfit> {
        let name = seed.deserialize(BorrowedStrDeserializer::new(self.name))?;
        Ok((name, self.value))
    }
}

impl<'t> VariantAccess<'t> for Value<'t> {
    type Error = Unfit;

    fn unit_variant(self) -> Result<(), Unfit> {
        if self.kind == TABLE && self.below.rest.is_empty() {
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
