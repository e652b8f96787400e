//! What may be typed where a number stands.
//!
//! ```text
//! 1200   1,200   1.2k   3m   5万        a number; a comma only before three digits
//! 12%                                   where a rate stands
//! $1,200   ¥1200                        where an amount stands
//! =3000/30+50                           an expression
//! +10%   -5%   *1.2   +50   -50         a change to what stands there
//! ```
//!
//! Full-width digits and signs, as a Chinese input method types them, are read as their narrow twins. Nothing that is
//! read is ever negative, infinite or no number.

mod expression;
#[cfg(test)]
mod tests;

use self::expression::Expression;
use crate::report::format;

/// What kind of number stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A count or an amount of money.
    Amount,
    /// A share, which may be typed as a percentage.
    Rate,
}

/// What a text comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing is typed: the cell becomes blank.
    Blank,
    /// A number, zero or more and finite, with the way to it where it was computed: "100 − 50 = 50".
    Value(f64, Option<String>),
    /// Not a number that may stand there, and why.
    Refused(String),
}

impl Reading {
    /// The number, or a blank; `None` where it was refused.
    pub fn accepted(&self) -> Option<Option<f64>> {
        match self {
            Self::Blank => Some(None),
            Self::Value(value, _) => Some(Some(*value)),
            Self::Refused(_) => None,
        }
    }

    /// The number, or a blank.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn taken(self) -> Result<Option<f64>, String> {
        match self {
            Self::Blank => Ok(None),
            Self::Value(value, _) => Ok(Some(value)),
            Self::Refused(reason) => Err(reason),
        }
    }
}

/// Reads what was typed where `old` stands.
pub fn read(text: &str, old: Option<f64>, kind: Kind) -> Reading {
    let text = narrow(text);
    match text.chars().next() {
        None => Reading::Blank,
        Some('=') => computed(&text[1..], kind),
        Some(sign @ ('+' | '-' | '*' | '/')) => changed(sign, text[1..].trim_start(), old, kind),
        Some(_) => typed(&text, kind),
    }
}

/// The narrow twins of full-width characters, without space around.
fn narrow(text: &str) -> String {
    let twin = |character: char| match character {
        // The full-width forms stand in the order of ASCII, from U+FF01 for '!'.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xff01 + 0x21).unwrap_or(character),
        '\u{3000}' => ' ',
        '。' => '.',
        '−' | '–' => '-',
        '×' => '*',
        '÷' => '/',
        other => other,
    };
    text.chars().map(twin).collect::<String>().trim().to_owned()
}

/// Signs of currencies that may stand before an amount.
pub const CURRENCY_SIGNS: [char; 6] = ['$', '¥', '€', '£', '￥', '＄'];

fn typed(text: &str, kind: Kind) -> Reading {
    let text = if kind == Kind::Amount { text.trim_start_matches(CURRENCY_SIGNS).trim_start() } else { text };
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    if percent && kind == Kind::Amount {
        return Reading::Refused("no rate stands here; +10% or -5% change what stands here".to_owned());
    }
    match number_of(number) {
        Ok(value) if percent => accept(tidy(value / 100.0), |value| Some(format!("= {}", format::plain(value)))),
        Ok(value) if number.ends_with(|last: char| last.is_ascii_digit() || last == '.') => accept(value, |_| None),
        Ok(value) => accept(tidy(value), |value| Some(format!("= {}", shown(value, kind)))),
        Err(_) if number.contains(['+', '-', '*', '/', '(']) && Expression::evaluate(text).is_ok() => {
            Reading::Refused("begin with = to compute".to_owned())
        }
        Err(reason) => Reading::Refused(reason),
    }
}

fn computed(expression: &str, kind: Kind) -> Reading {
    match Expression::evaluate(expression) {
        Ok(value) => accept(tidy(value), |value| Some(format!("= {}", shown(value, kind)))),
        Err(reason) => Reading::Refused(reason),
    }
}

fn changed(sign: char, operand: &str, old: Option<f64>, kind: Kind) -> Reading {
    let Some(old) = old else {
        return Reading::Refused(format!("nothing stands here that {sign} could change: type a number"));
    };
    if operand.is_empty() {
        return Reading::Refused(format!("{sign} how much? {sign}10% or {sign}50"));
    }
    let share = operand.strip_suffix('%').map(|number| number_of(number.trim_end()));
    let (by, outcome) = match (share, sign) {
        (Some(Ok(share)), '+') => (percents(share), old * (1.0 + share / 100.0)),
        (Some(Ok(share)), '-') => (percents(share), old * (1.0 - share / 100.0)),
        (Some(Ok(share)), '*') => (percents(share), old * share / 100.0),
        (Some(Ok(share)), _) => (percents(share), old / (share / 100.0)),
        _ => match Expression::evaluate(operand) {
            Ok(by) => (
                shown(by, kind),
                match sign {
                    '+' => old + by,
                    '-' => old - by,
                    '*' => old * by,
                    _ => old / by,
                },
            ),
            Err(reason) => return Reading::Refused(reason),
        },
    };
    let sign = match sign {
        '-' => '−',
        '*' => '×',
        '/' => '÷',
        other => other,
    };
    accept(tidy(outcome), |value| Some(format!("{} {sign} {by} = {}", shown(old, kind), shown(value, kind))))
}

fn percents(share: f64) -> String {
    format!("{}%", format::plain(share))
}

fn shown(value: f64, kind: Kind) -> String {
    match kind {
        Kind::Amount => format::count(value),
        Kind::Rate => format::percent(value),
    }
}

/// Without the noise of binary fractions: 100 × 1.1 shall be 110, not 110.00000000000001.
fn tidy(value: f64) -> f64 {
    format!("{value:.13e}").parse().unwrap_or(value)
}

/// Accepts what may stand in a plan: finite and not negative.
fn accept(value: f64, way: impl Fn(f64) -> Option<String>) -> Reading {
    if value.is_nan() {
        return Reading::Refused("this divides nothing by nothing".to_owned());
    }
    if value.is_infinite() {
        return Reading::Refused("this is too large, or divides by 0".to_owned());
    }
    // Minus nothing is nothing.
    let value = value + 0.0;
    if value < 0.0 {
        let amount = format::count(value);
        return Reading::Refused(match way(value) {
            Some(way) if !way.starts_with('=') => format!("{way}: it may not be negative"),
            _ => format!("{amount}: it may not be negative"),
        });
    }
    Reading::Value(value, way(value))
}

/// A number with commas and a suffix: `1,200`, `1.2k`, `5万`.
fn number_of(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let (digits, unit) = match text.char_indices().next_back() {
        Some((at, 'k' | 'K' | '千')) => (&text[..at], 1e3),
        Some((at, 'm' | 'M')) => (&text[..at], 1e6),
        Some((at, '万' | '萬')) => (&text[..at], 1e4),
        Some((at, '亿' | '億')) => (&text[..at], 1e8),
        _ => (text, 1.0),
    };
    let digits = without_commas(digits.trim_end())?;
    let well_formed = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1;
    if !well_formed {
        let shown: String = text.chars().filter(|character| !character.is_control()).take(24).collect();
        return Err(format!("{shown:?} is no number: 1200, 1.2k, =3000/30 or +10%"));
    }
    digits.parse::<f64>().map(|value| value * unit).map_err(|_| "this is no number".to_owned())
}

/// Takes commas out where each stands before three digits, and refuses them elsewhere: `0,5` is never 5.
fn without_commas(text: &str) -> Result<String, String> {
    if !text.contains(',') {
        return Ok(text.to_owned());
    }
    let (whole, fraction) = text.split_once('.').map_or((text, ""), |(whole, fraction)| (whole, fraction));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let fine = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3)
        && !fraction.contains(',');
    if fine {
        Ok(text.replace(',', ""))
    } else {
        Err("a comma stands only before three digits: 1,200 or 0.5".to_owned())
    }
}
