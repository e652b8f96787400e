//! A reader for the plain part of RON that plans are written in, many times as fast as the full one: half a million
//! records open within a second. Whatever it does not understand, and whatever is wrong, it leaves to the full
//! reader; what it does read, the full one reads just the same (`tests` holds both against each other).

use serde::Deserialize;

use super::quick_serde::{Beyond, Quick};

/// The value in `text` and whether comments stand beside it; `None` where the full reader must look at it.
pub(super) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Option<(T, bool)> {
    let mut reader = Reader { text, at: 0, comments: false };
    reader.skip_blanks().ok()?;
    reader.skip("#![enable(implicit_some)]");
    reader.skip_blanks().ok()?;
    let value = T::deserialize(&mut reader).ok()?;
    reader.skip_blanks().ok()?;
    (reader.at == text.len()).then_some((value, reader.comments))
}

/// A place in a text.
pub(super) struct Reader<'de> {
    text: &'de str,
    at: usize,
    comments: bool,
}

impl<'de> Reader<'de> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    pub(super) fn rest(&self) -> &'de [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, expected: &str) {
        if self.rest().starts_with(expected.as_bytes()) {
            self.at += expected.len();
        }
    }

    pub(super) fn skip_blanks(&mut self) -> Quick<()> {
        loop {
            match self.peek() {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                b'/' if self.rest().starts_with(b"//") => {
                    self.comments = true;
                    self.at += self.rest().iter().position(|&byte| byte == b'\n').ok_or(Beyond)?;
                }
                b'/' => return Err(Beyond),
                _ => return Ok(()),
            }
        }
    }

    pub(super) fn take(&mut self, byte: u8) -> Quick<()> {
        if self.peek() == byte {
            self.at += 1;
            Ok(())
        } else {
            Err(Beyond)
        }
    }

    /// The run of bytes from here on that are `inside`.
    pub(super) fn run(&mut self, inside: impl Fn(u8) -> bool) -> &'de str {
        let start = self.at;
        while self.text.as_bytes().get(self.at).is_some_and(|&byte| inside(byte)) {
            self.at += 1;
        }
        // All that is `inside` is ASCII, so both ends are boundaries.
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// A name. One that begins or goes on with anything but ASCII letters ends in front of a byte that nothing expects.
    pub(super) fn word(&mut self) -> Quick<&'de str> {
        let starts = self.peek().is_ascii_alphabetic() || self.peek() == b'_';
        if !starts {
            return Err(Beyond);
        }
        let word = self.run(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let ends = matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' | b'(' | b')' | b']' | b'}');
        if ends { Ok(word) } else { Err(Beyond) }
    }

    pub(super) fn number(&mut self) -> Quick<f64> {
        let text = self.run(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
        if !matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t' | b',' | b')' | b']' | b'}') {
            return Err(Beyond);
        }
        if text.len() < 16 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // Fifteen digits are exact in a float.
            return Ok(text.bytes().fold(0, |sum, byte| 10 * sum + u64::from(byte - b'0')) as f64);
        }
        text.parse().map_err(|_| Beyond)
    }

    /// The raw token of a text in quotes, with the quotes, and whether it holds escapes.
    pub(super) fn quoted(&mut self) -> Quick<(&'de str, bool)> {
        let start = self.at;
        self.take(b'"')?;
        let mut escapes = false;
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escapes = true;
                    self.at += 2;
                }
                Some(_) => self.at += 1,
                None => return Err(Beyond),
            }
        }
        self.at += 1;
        self.text.get(start..self.at).map(|token| (token, escapes)).ok_or(Beyond)
    }

    /// True if another entry follows inside brackets that end with `close`; moves past the comma before it.
    pub(super) fn another(&mut self, close: u8, first: &mut bool) -> Quick<bool> {
        self.skip_blanks()?;
        if !std::mem::replace(first, false) && self.peek() != close {
            self.take(b',')?;
            self.skip_blanks()?;
        }
        Ok(self.peek() != close)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    #[test]
    fn what_it_does_not_know_is_left_to_the_full_reader() {
        let plan = |tail: &str| format!("#![enable(implicit_some)]\n(version: 1, name: \"p\", cadence: Month{tail})");
        for plain in ["", ",", ", // note\n", ", channels: [(name: \"a\\n\", doubling: 1.5, active: false)]"] {
            assert!(read::<Plan>(&plan(plain)).is_some(), "{plain}");
        }
        assert!(read::<Plan>(&plan(", // note\n")).unwrap().1, "a comment is seen");
        for beyond in [
            ", /* note */",
            ", hours_per_person: Some(5)",
            ", hours_per_person: 5f64",
            ", hours_per_person: 0x5",
            ", hours_per_person: 1_000",
            ", hours_per_person: inf",
            ", note: r\"x\"",
            ", nota: \"x\"",
            ", note: \"x",
            ",,",
        ] {
            assert!(read::<Plan>(&plan(beyond)).is_none(), "{beyond}");
        }
    }
}
