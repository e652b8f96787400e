//! The strokes that a plan file is written with: indented lines, inline structs and maps, texts, numbers, days.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use jiff::civil::Date;

use crate::plan::{SplitDecision, TacticState, TrialDecision, steers};
use crate::store::disk::Take;

const BLANKS: &str = "                                ";

/// A text in the making.
pub(in crate::store) struct Ink {
    text: String,
    depth: usize,
    /// True before the first item of an inline struct, map or list.
    first: bool,
}

impl Ink {
    /// An empty text with room for `bytes`; its lines stand one step to the right, inside the file's own brackets.
    pub(in crate::store) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), depth: 1, first: true }
    }

    pub(in crate::store) fn into_text(self) -> String {
        self.text
    }

    pub(in crate::store) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn indent(&mut self) {
        self.raw(&BLANKS[..(4 * self.depth).min(BLANKS.len())]);
    }

    /// The beginning of a line: `name: `.
    pub(in crate::store) fn field(&mut self, name: &str) {
        self.indent();
        self.raw(name);
        self.raw(": ");
    }

    /// One whole line: `name: …,`.
    pub(in crate::store) fn line(&mut self, name: &str, value: impl FnOnce(&mut Self)) {
        self.field(name);
        value(self);
        self.raw(",\n");
    }

    pub(super) fn line_of_text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.line(name, |ink| ink.text(value));
        }
    }

    pub(super) fn line_of_number(&mut self, name: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.line(name, |ink| ink.number(value));
        }
    }

    pub(super) fn line_of_day(&mut self, name: &str, value: Option<Date>) {
        if let Some(value) = value {
            self.line(name, |ink| ink.day(value));
        }
    }

    /// Brackets with lines between them, and a comma. Where a field's name was written, on that line.
    pub(in crate::store) fn block(&mut self, open: &str, close: &str, body: impl FnOnce(&mut Self)) {
        self.open(open);
        body(self);
        self.close(close);
    }

    pub(super) fn open(&mut self, bracket: &str) {
        if self.text.ends_with('\n') {
            self.indent();
        }
        self.raw(bracket);
        self.raw("\n");
        self.depth += 1;
    }

    pub(super) fn close(&mut self, bracket: &str) {
        self.depth -= 1;
        self.indent();
        self.raw(bracket);
        self.raw(",\n");
    }

    /// Hands over what is written so far, but for the last character, which tells whether a line begins.
    pub(super) fn pour(&mut self, take: &mut Take<'_>) -> io::Result<()> {
        let last = self.text.pop();
        take(self.text.as_bytes())?;
        self.text.clear();
        self.text.extend(last);
        Ok(())
    }

    /// How many bytes are written and not handed over.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// A list of which every entry writes its own lines; nothing at all if it is empty.
    pub(super) fn list<T>(&mut self, name: &str, entries: impl Iterator<Item = T>, each: impl Fn(&mut Self, T)) {
        let mut entries = entries.peekable();
        if entries.peek().is_some() {
            self.field(name);
            self.block("[", "]", |ink| entries.for_each(|entry| each(ink, entry)));
        }
    }

    /// `(a: 1, b: 2)`, of [`Ink::item`]s.
    pub(super) fn inline(&mut self, body: impl FnOnce(&mut Self)) {
        self.raw("(");
        self.first = true;
        body(self);
        self.raw(")");
        self.first = false;
    }

    fn comma(&mut self) {
        if !std::mem::replace(&mut self.first, false) {
            self.raw(", ");
        }
    }

    /// The name of the next item of an inline struct.
    pub(super) fn item(&mut self, name: &str) {
        self.comma();
        self.raw(name);
        self.raw(": ");
    }

    pub(super) fn item_of_number(&mut self, name: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.item(name);
            self.number(value);
        }
    }

    /// `{a: 1, b: 2}`, in the map's order.
    pub(super) fn map<K, V>(
        &mut self,
        entries: &BTreeMap<K, V>,
        key: impl Fn(&mut Self, &K),
        value: impl Fn(&mut Self, &V),
    ) {
        self.raw("{");
        self.first = true;
        for (name, entry) in entries {
            self.comma();
            key(self, name);
            self.raw(": ");
            value(self, entry);
        }
        self.raw("}");
        self.first = false;
    }

    /// `["a", "b"]`
    pub(super) fn texts(&mut self, texts: &[String]) {
        self.raw("[");
        self.first = true;
        for text in texts {
            self.comma();
            self.text(text);
        }
        self.raw("]");
    }

    /// A text in quotes. What would break the line, or steer the terminal of whoever prints the file, is escaped.
    pub(in crate::store) fn text(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        while let Some(at) = rest.find(|character| matches!(character, '"' | '\\') || steers(character)) {
            let (plain, special) = rest.split_at(at);
            self.text.push_str(plain);
            let mut characters = special.chars();
            match characters.next() {
                Some(character @ ('"' | '\\')) => self.text.extend(['\\', character]),
                Some('\n') => self.text.push_str("\\n"),
                Some('\r') => self.text.push_str("\\r"),
                Some('\t') => self.text.push_str("\\t"),
                Some(character) => {
                    // Writing to a String cannot fail.
                    let _ = write!(self.text, "\\u{{{:x}}}", u32::from(character));
                }
                None => {}
            }
            rest = characters.as_str();
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    /// The shortest decimal number that reads back as the same: `3000`, `1250.5`, `1e300`.
    pub(in crate::store) fn number(&mut self, value: f64) {
        if (0.0..1e15).contains(&value) && value.fract() == 0.0 {
            self.whole(value as u64);
        } else if value != 0.0 && !(1e-7..1e17).contains(&value.abs()) {
            let _ = write!(self.text, "{value:e}");
        } else {
            let _ = write!(self.text, "{value}");
        }
    }

    /// The formatting machinery would take as long for one number as this for a whole record.
    fn whole(&mut self, mut value: u64) {
        let mut digits = [0_u8; 20];
        let mut start = digits.len();
        loop {
            start -= 1;
            digits[start] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.ascii(&digits[start..]);
    }

    /// A day in quotes: `"2026-09-01"`.
    pub(super) fn day(&mut self, day: Date) {
        let digit = |value: i16, unit: i16| b'0' + ((value / unit) % 10).unsigned_abs() as u8;
        let (year, month, date) = (day.year(), i16::from(day.month()), i16::from(day.day()));
        let [y1, y2, y3, y4] = [1000, 100, 10, 1].map(|unit| digit(year, unit));
        let [m1, m2, d1, d2] = [digit(month, 10), digit(month, 1), digit(date, 10), digit(date, 1)];
        self.ascii(&[b'"', y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'"']);
    }

    fn ascii(&mut self, bytes: &[u8]) {
        self.text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
    }
}

pub(super) const fn decision(decision: TrialDecision) -> &'static str {
    match decision {
        TrialDecision::Scale => "Scale",
        TrialDecision::Hold => "Hold",
        TrialDecision::Stop => "Stop",
    }
}

pub(super) const fn split_decision(decision: SplitDecision) -> &'static str {
    match decision {
        SplitDecision::Adopt => "Adopt",
        SplitDecision::Drop => "Drop",
    }
}

pub(super) const fn state(state: TacticState) -> &'static str {
    match state {
        TacticState::Idea => "Idea",
        TacticState::Doing => "Doing",
        TacticState::Done => "Done",
        TacticState::Proven => "Proven",
        TacticState::Rejected => "Rejected",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn written(stroke: impl FnOnce(&mut Ink)) -> String {
        let mut ink = Ink::with_capacity(16);
        stroke(&mut ink);
        ink.into_text()
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be_and_read_back_the_same() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (3000.0, "3000"),
            (1250.5, "1250.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e15, "1000000000000000"),
            (1e300, "1e300"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (-0.25, "-0.25"),
        ] {
            assert_eq!(written(|ink| ink.number(value)), text);
            assert_eq!(text.parse::<f64>().unwrap(), value);
        }
    }

    #[test]
    fn texts_hold_no_raw_control_character() {
        let text = "say \"百度\"\\\n\t\x1b[0m\u{9b}\u{202e}";
        let written = written(|ink| ink.text(text));
        assert_eq!(written, r#""say \"百度\"\\\n\t\u{1b}[0m\u{9b}\u{202e}""#);
        assert_eq!(ron::from_str::<String>(&written).unwrap(), text);
    }

    #[test]
    fn days_have_ten_characters() {
        assert_eq!(written(|ink| ink.day(date(2026, 9, 1))), "\"2026-09-01\"");
        assert_eq!(written(|ink| ink.day(date(33, 12, 31))), "\"0033-12-31\"");
    }
}
