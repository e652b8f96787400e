//! Days, months and ranges as exports write them.

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};

use super::columns::Vocabulary;
use super::fold::fold;
use super::options::DateOrder;

/// The days that a row, or a file, covers: both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Days {
    pub(super) fn one(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// From the first day of either to the last day of either.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// True if all of `other` lies within.
    pub fn cover(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

/// What the dates of a file say about the order of their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct DateEvidence {
    /// Dates such as `31/1/2026`.
    pub dmy: u64,
    /// Dates such as `1/31/2026`.
    pub mdy: u64,
    /// The first that may be either, and is not the same either way.
    pub unclear: Option<String>,
    /// From the first to the last of those, read either way: the day first, the month first.
    either: Option<(Days, Days)>,
    /// True where one of them is no first of a month with the day first, or with the month first.
    within_months: (bool, bool),
}

impl DateEvidence {
    /// The order of the file; `None` where nothing tells.
    pub(super) fn order(&self) -> Option<DateOrder> {
        match self.dmy.cmp(&self.mdy) {
            std::cmp::Ordering::Greater => Some(DateOrder::Dmy),
            std::cmp::Ordering::Less => Some(DateOrder::Mdy),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The only order in which all unclear dates lie within `range`, or, where `monthly`, begin months.
    pub(super) fn order_within(&self, range: Option<Days>, monthly: bool) -> Option<DateOrder> {
        let (dmy, mdy) = self.either?;
        let only = |dmy: bool, mdy: bool| match (dmy, mdy) {
            (true, false) => Some(DateOrder::Dmy),
            (false, true) => Some(DateOrder::Mdy),
            _ => None,
        };
        let within = range.and_then(|range| only(range.cover(dmy), range.cover(mdy)));
        let begin = || if monthly { only(!self.within_months.0, !self.within_months.1) } else { None };
        within.or_else(begin)
    }

    /// Notes a date that may be read either way.
    fn note_unclear(&mut self, dmy: Date, mdy: Date, written: impl FnOnce() -> String) {
        self.unclear.get_or_insert_with(written);
        let (one, other) = (Days::one(dmy), Days::one(mdy));
        self.either = Some(self.either.map_or((one, other), |(before, after)| (before.and(one), after.and(other))));
        self.within_months.0 |= dmy.day() > 1;
        self.within_months.1 |= mdy.day() > 1;
    }
}

/// Reads the dates of a file.
#[derive(Debug, Clone)]
pub(super) struct DateReader {
    vocabulary: &'static Vocabulary,
    /// The order of `1/2/2026`.
    pub order: DateOrder,
    /// True where dates are months: "Jan 26" is one of 2026, and its first day stands for all of it.
    pub monthly: bool,
    /// What was seen so far.
    pub evidence: DateEvidence,
}

/// A piece of a text: a number with its digits, or a word.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token<'a> {
    Number { value: i32, digits: usize },
    Word(&'a str),
    Sign(char),
}

impl DateReader {
    pub(super) fn new(vocabulary: &'static Vocabulary, order: DateOrder) -> Self {
        Self { vocabulary, order, monthly: false, evidence: DateEvidence::default() }
    }

    /// The days in a cell or title: one date, a month, or from the first date to the last.
    pub(super) fn read(&mut self, text: &str) -> Option<Days> {
        if text.len() > 300 {
            return None;
        }
        let folded = fold(text);
        let tokens = tokens(&folded);
        let mut found: Option<Days> = None;
        let mut at = 0;
        while at < tokens.len() {
            if let Some((days, used)) = self.at(&tokens[at..]) {
                found = Some(found.map_or(days, |before| before.and(days)));
                at += used;
            } else {
                at += 1;
            }
        }
        found
    }

    /// A cell of a date column: also the serial number of a spreadsheet's day.
    pub(super) fn read_cell(&mut self, text: &str) -> Option<Days> {
        // Microsoft's hours: "1/23/2019 12:00:00 AM|11"
        let text = text.split('|').next().unwrap_or(text).trim().trim_start_matches('\u{1}');
        let days = self.read(text).or_else(|| serial(text)).or_else(|| self.short_month(text))?;
        let begins_month = self.monthly && days.first == days.last && days.first.day() == 1;
        Some(if begins_month { Days { last: days.first.last_of_month(), ..days } } else { days })
    }

    /// `Jan 26`, `Sep-26` in a column of months.
    fn short_month(&self, text: &str) -> Option<Days> {
        let folded = fold(text);
        let mut tokens = tokens(&folded);
        tokens.retain(|token| !matches!(token, Token::Sign('.' | '-' | '/' | '\'')));
        let [Token::Word(word), Token::Number { value, digits: 2 }] = *tokens else { return None };
        let first = day(2000 + value, self.month(word)?.into(), 1).filter(|_| self.monthly)?;
        Some(Days { first, last: first.last_of_month() })
    }

    /// The date that begins here, and how many tokens it takes.
    fn at(&mut self, tokens: &[Token<'_>]) -> Option<(Days, usize)> {
        self.numeric(tokens).or_else(|| self.with_month_name(tokens)).or_else(|| whole_month(tokens))
    }

    /// `2026-09-01`, `20260901`, `1.9.2026`, `2026年9月1日`, `2026-W05`.
    fn numeric(&mut self, tokens: &[Token<'_>]) -> Option<(Days, usize)> {
        let Token::Number { value: a, digits } = *tokens.first()? else { return None };
        if digits == 8 {
            return Some((Days::one(day(a / 10_000, a / 100 % 100, a % 100)?), 1));
        }
        if digits == 10 && (1990..=2100).contains(&(a / 1_000_000)) {
            // GA4's hours: 2026090113
            return Some((Days::one(day(a / 1_000_000, a / 10_000 % 100, a / 100 % 100)?), 1));
        }
        if let Some(week) = iso_week(tokens) {
            return Some(week);
        }
        let (Token::Sign(one), Token::Number { value: b, digits: digits_b }) = (*tokens.get(1)?, *tokens.get(2)?)
        else {
            return None;
        };
        let (Token::Sign(two), Token::Number { value: c, digits: digits_c }) = (*tokens.get(3)?, *tokens.get(4)?)
        else {
            return None;
        };
        let cjk = (one, two) == ('年', '月');
        if !cjk && (one != two || !matches!(one, '-' | '/' | '.')) || digits_b > 2 {
            return None;
        }
        let used = if tokens.get(5) == Some(&Token::Sign('日')) { 6 } else { 5 };
        if digits == 4 && digits_c <= 2 {
            return Some((Days::one(day(a, b, c)?), used));
        }
        // Two digits are a year only in the last place.
        let year = match digits_c {
            4 => c,
            2 if c < 70 => 2000 + c,
            2 => 1900 + c,
            _ => return None,
        };
        if digits > 2 {
            return None;
        }
        Some((Days::one(self.ordered(a, b, year, one)?), used))
    }

    fn ordered(&mut self, a: i32, b: i32, year: i32, sign: char) -> Option<Date> {
        let (dmy, mdy) = (day(year, b, a), day(year, a, b));
        match (dmy, mdy) {
            (Some(read), None) => {
                self.evidence.dmy += 1;
                Some(read)
            }
            (None, Some(read)) => {
                self.evidence.mdy += 1;
                Some(read)
            }
            // Points part days from months from years, in that order, wherever they are used.
            (Some(read), Some(_)) if sign == '.' => Some(read),
            (Some(read), Some(other)) => {
                if read != other {
                    self.evidence.note_unclear(read, other, || format!("{a}{sign}{b}{sign}{year}"));
                }
                Some(if self.order == DateOrder::Dmy { read } else { other })
            }
            (None, None) => None,
        }
    }

    /// `5 Feb 2026`, `Feb 5, 2026`, `16 de febrero de 2026`, `5. März 2026`, `September 2026`.
    fn with_month_name(&self, tokens: &[Token<'_>]) -> Option<(Days, usize)> {
        let mut numbers = Vec::with_capacity(2);
        let mut month = None;
        for (at, token) in tokens.iter().enumerate().take(9) {
            match *token {
                Token::Number { value, digits } => numbers.push((value, digits)),
                Token::Word(word) => match self.month(word) {
                    Some(found) if month.is_none() && numbers.len() < 2 => month = Some(found),
                    _ if matches!(word, "de" | "del" | "of" | "st" | "nd" | "rd" | "th" | "er" | "den" | "le") => {}
                    _ => return None,
                },
                Token::Sign('.' | ',' | '-' | '/' | '\'') if at > 0 => {}
                Token::Sign(_) => return None,
            }
            match (month, numbers.as_slice()) {
                (Some(month), [(year, 4)]) => {
                    let first = day(*year, i32::from(month), 1)?;
                    // "2026 Feb 5" goes on
                    return Some((Days { first, last: first.last_of_month() }, at + 1));
                }
                (Some(month), [(number, 1 | 2), (year, digits @ (2 | 4))]) => {
                    let year = if *digits == 2 { 2000 + year } else { *year };
                    return Some((Days::one(day(year, i32::from(month), *number)?), at + 1));
                }
                (None, [_, _, ..]) => return None,
                _ => {}
            }
        }
        None
    }

    fn month(&self, word: &str) -> Option<i8> {
        let length = word.chars().count();
        if length < 3 {
            return None;
        }
        let months = &self.vocabulary.months;
        let whole = months.iter().find(|(name, _)| name == word);
        whole.or_else(|| months.iter().find(|(name, _)| name.starts_with(word))).map(|(_, month)| *month)
    }
}

/// `2026-09`, `2026/09`, `2026年9月`.
fn whole_month(tokens: &[Token<'_>]) -> Option<(Days, usize)> {
    let (Token::Number { value: year, digits: 4 }, Token::Sign(sign), Token::Number { value: month, digits: 1 | 2 }) =
        (*tokens.first()?, *tokens.get(1)?, *tokens.get(2)?)
    else {
        return None;
    };
    if !matches!(sign, '-' | '/' | '.' | '年') {
        return None;
    }
    let first = day(year, month, 1)?;
    let used = if tokens.get(3) == Some(&Token::Sign('月')) { 4 } else { 3 };
    Some((Days { first, last: first.last_of_month() }, used))
}

/// `2026-W05`, `2026w05`: Monday to Sunday.
fn iso_week(tokens: &[Token<'_>]) -> Option<(Days, usize)> {
    let Token::Number { value: year, digits: 4 } = *tokens.first()? else { return None };
    let at = if tokens.get(1) == Some(&Token::Sign('-')) { 2 } else { 1 };
    let (Token::Word("w"), Token::Number { value: week, digits: 1 | 2 }) = (*tokens.get(at)?, *tokens.get(at + 1)?)
    else {
        return None;
    };
    let week = ISOWeekDate::new(i16::try_from(year).ok()?, i8::try_from(week).ok()?, Weekday::Monday).ok()?;
    let first = week.date();
    Some((Days { first, last: first.checked_add(6.days()).ok()? }, at + 2))
}

/// The day with that serial number in a spreadsheet (45,000 is a day of 2023).
fn serial(text: &str) -> Option<Days> {
    let number: f64 = text.parse().ok()?;
    if !(20_000.0..80_000.0).contains(&number) {
        return None;
    }
    date(1899, 12, 30).checked_add((number as i64).days()).ok().map(Days::one)
}

fn day(year: i32, month: i32, day: i32) -> Option<Date> {
    if !(1970..=2199).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Latin and Cyrillic: the scripts in which months have names.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{400}'..='\u{4ff}')
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let length = end(|c| c.is_ascii_digit());
            tokens.push(Token::Number { value: rest[..length].parse().unwrap_or(-1), digits: length });
            length
        } else if is_letter(first) {
            let length = end(is_letter);
            tokens.push(Token::Word(&rest[..length]));
            length
        } else {
            match first {
                ' ' => {}
                '년' => tokens.push(Token::Sign('年')),
                '월' => tokens.push(Token::Sign('月')),
                '일' => tokens.push(Token::Sign('日')),
                sign => tokens.push(Token::Sign(sign)),
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}
