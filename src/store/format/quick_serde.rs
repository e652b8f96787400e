//! How the quick reader meets serde: which of its types are read, and which are left to the full reader.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::quick::Reader;

/// The text needs the full reader.
#[derive(Debug)]
pub(super) struct Beyond;

impl fmt::Display for Beyond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("beyond the quick reader")
    }
}

impl std::error::Error for Beyond {}

impl de::Error for Beyond {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

pub(super) type Quick<T> = Result<T, Beyond>;

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Beyond;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Quick<V::Value> {
        Err(Beyond)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Quick<V::Value> {
        match self.word()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Beyond),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Quick<V::Value> {
        let digits = self.run(|byte| byte.is_ascii_digit());
        visitor.visit_u64(digits.parse().map_err(|_| Beyond)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Quick<V::Value> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Quick<V::Value> {
        let (token, escapes) = self.quoted()?;
        if escapes {
            return visitor.visit_string(ron::from_str(token).map_err(|_| Beyond)?);
        }
        visitor.visit_borrowed_str(token.get(1..token.len() - 1).ok_or(Beyond)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Quick<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Quick<V::Value> {
        visitor.visit_borrowed_str(self.word()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Quick<V::Value> {
        if self.rest().starts_with(b"Some") || self.rest().starts_with(b"None") {
            return Err(Beyond);
        }
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Quick<V::Value> {
        self.take(b'[')?;
        let value = visitor.visit_seq(Entries { reader: self, close: b']', first: true })?;
        self.take(b']')?;
        Ok(value)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Quick<V::Value> {
        self.take(b'{')?;
        let value = visitor.visit_map(Entries { reader: self, close: b'}', first: true })?;
        self.take(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Quick<V::Value> {
        self.take(b'(')?;
        let value = visitor.visit_map(Entries { reader: self, close: b')', first: true })?;
        self.take(b')')?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Quick<V::Value> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct
        ignored_any
    }
}

/// The entries between two brackets.
struct Entries<'a, 'de> {
    reader: &'a mut Reader<'de>,
    close: u8,
    first: bool,
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = Beyond;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Quick<Option<S::Value>> {
        if self.reader.another(self.close, &mut self.first)? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Beyond;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Quick<Option<S::Value>> {
        if self.reader.another(self.close, &mut self.first)? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Quick<S::Value> {
        self.reader.skip_blanks()?;
        self.reader.take(b':')?;
        self.reader.skip_blanks()?;
        seed.deserialize(&mut *self.reader)
    }
}

impl<'de> EnumAccess<'de> for &mut Reader<'de> {
    type Error = Beyond;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Quick<(S::Value, Self)> {
        let name = seed.deserialize(&mut *self)?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for &mut Reader<'de> {
    type Error = Beyond;

    fn unit_variant(self) -> Quick<()> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Quick<S::Value> {
        Err(Beyond)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Quick<V::Value> {
        Err(Beyond)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Quick<V::Value> {
        self.deserialize_struct("", fields, visitor)
    }
}
