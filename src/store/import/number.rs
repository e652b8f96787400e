//! Numbers as people and platforms write them, kept exactly: an integer of 10⁻¹⁶.
//!
//! Whether `1.234` is more than a thousand is decided for the file as a whole, never for a cell: every number that can
//! be read in one way only is evidence, the ambiguous ones follow.

use super::columns::Vocabulary;
use super::currency::currency_of;
use super::fold::narrow;
use super::options::Decimal;

/// Digits kept behind the point.
const PLACES: u32 = 16;
/// A number × 10¹⁶, exact.
pub(super) type Fixed = i128;
const ONE: Fixed = 10_i128.pow(PLACES);
/// Whole digits that a number may have: more is no figure of a campaign, and sums must not overflow.
const WHOLE_DIGITS: usize = 15;
/// Begins a cell that a spreadsheet keeps as a number, so that no convention applies to it.
pub(super) const TYPED_NUMBER: u8 = 1;

/// What a cell of figures holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// Not measured.
    Blank,
    /// A number.
    Number(Fixed),
    /// Something else.
    Text,
}

/// What the numbers of a file say about how they are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// Numbers that can only be read with a decimal point.
    pub point: u64,
    /// Numbers that can only be read with a decimal comma.
    pub comma: u64,
    /// Counts such as `1,234`, in which a fraction would make no sense.
    pub grouped_by_comma: u64,
    /// Counts such as `1.234`.
    pub grouped_by_point: u64,
    /// Numbers whose reading depends on the convention.
    pub ambiguous: u64,
    /// The first currency seen beside a number.
    pub currency: Option<&'static str>,
}

impl Evidence {
    /// The convention of the file; `None` where nothing tells.
    pub(super) fn decimal(&self) -> Option<Decimal> {
        let by = |point: u64, comma: u64| match point.cmp(&comma) {
            std::cmp::Ordering::Greater => Some(Decimal::Point),
            std::cmp::Ordering::Less => Some(Decimal::Comma),
            std::cmp::Ordering::Equal => None,
        };
        by(self.point, self.comma).or_else(|| by(self.grouped_by_comma, self.grouped_by_point))
    }

    fn note(&mut self, shape: Shape, count: bool) {
        match shape {
            Shape::Plain => {}
            Shape::Decimal(Decimal::Point) => self.point += 1,
            Shape::Decimal(Decimal::Comma) => self.comma += 1,
            Shape::Ambiguous(sign) => {
                self.ambiguous += 1;
                match sign {
                    b',' if count => self.grouped_by_comma += 1,
                    b'.' if count => self.grouped_by_point += 1,
                    _ => {}
                }
            }
        }
    }
}

/// How the separators of one number may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// There are none.
    Plain,
    /// Only with this decimal sign.
    Decimal(Decimal),
    /// `1,234` or `1.234`.
    Ambiguous(u8),
}

/// Reads the cells of a file.
#[derive(Debug, Clone)]
pub(super) struct NumberReader {
    vocabulary: &'static Vocabulary,
    /// The convention of the file.
    pub decimal: Decimal,
    /// What was seen so far.
    pub evidence: Evidence,
}

impl NumberReader {
    pub(super) fn new(vocabulary: &'static Vocabulary, decimal: Decimal) -> Self {
        Self { vocabulary, decimal, evidence: Evidence::default() }
    }

    /// Reads a cell; `count` where fractions would make no sense in its column.
    pub(super) fn read(&mut self, cell: &[u8], count: bool) -> Figure {
        match quick(cell) {
            Some((number, false)) => return Figure::Number(number),
            Some((number, true)) if self.decimal == Decimal::Point => {
                self.evidence.point += 1;
                return Figure::Number(number);
            }
            _ => {}
        }
        self.slow(cell, count)
    }

    #[inline(never)]
    fn slow(&mut self, cell: &[u8], count: bool) -> Figure {
        if let [TYPED_NUMBER, number @ ..] = cell {
            let read = std::str::from_utf8(number).ok().and_then(|text| scientific(text, Decimal::Point));
            return read.map_or(Figure::Text, Figure::Number);
        }
        let text = narrow(&String::from_utf8_lossy(cell));
        if self.is_blank(&text) {
            return Figure::Blank;
        }
        self.written(&text, count).map_or(Figure::Text, Figure::Number)
    }

    /// True for what says "not measured".
    pub(super) fn is_blank(&self, text: &str) -> bool {
        let text = text.trim();
        text.is_empty() || (text.len() < 16 && self.vocabulary.blanks.contains(&text.to_lowercase()))
    }

    fn written(&mut self, text: &str, count: bool) -> Option<Fixed> {
        let text = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        let text = text.trim_matches(['"', ' ']).trim_start_matches('\'');
        let (text, in_brackets) = match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
            Some(inner) => (inner, true),
            None => (text, false),
        };
        let first = text.find(|c: char| c.is_ascii_digit())?;
        let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
        // A point or comma before the first digit belongs to the number: ".5"
        let first = if text[..first].ends_with(['.', ',']) { first - 1 } else { first };
        let (before, body, after) = (&text[..first], &text[first..last], &text[last..]);
        let negative = self.sign_before(before)? ^ in_brackets;
        let (divisor, factor, negative_after) = self.sign_after(after)?;
        let number = self.body(body, count)?;
        let number = number.checked_mul(factor)? / divisor;
        Some(if negative ^ negative_after { -number } else { number })
    }

    /// What stands before the digits: a sign, a currency. Gives whether the number is negative; `None`: no number.
    fn sign_before(&mut self, before: &str) -> Option<bool> {
        let negative = before.contains(['-', '−', '–']);
        let rest = before.replace(['-', '−', '–', '+'], "");
        self.currency(rest.trim())?;
        Some(negative)
    }

    /// What stands behind them: percent, a currency, 万. Gives divisor, factor and whether a minus stands there.
    fn sign_after(&mut self, after: &str) -> Option<(Fixed, Fixed, bool)> {
        let mut rest = after.trim();
        let mut negative = false;
        if let Some(shorter) = rest.strip_suffix('-') {
            (rest, negative) = (shorter.trim(), true);
        }
        if rest == "%" {
            return Some((100, 1, negative));
        }
        let mut factor = 1;
        for (unit, times) in [("万", 10_000), ("萬", 10_000), ("亿", 100_000_000), ("億", 100_000_000), ("千", 1000)]
        {
            if let Some(shorter) = rest.strip_prefix(unit) {
                (rest, factor) = (shorter, times);
            }
        }
        match rest {
            "K" | "k" => (rest, factor) = ("", 1000),
            "M" => (rest, factor) = ("", 1_000_000),
            _ => {}
        }
        let rest = rest.trim().trim_end_matches(['次', '人', '个', '回', '件']);
        self.currency(rest.trim_matches([',', ' ', '-', '.']))?;
        Some((1, factor, negative))
    }

    fn currency(&mut self, text: &str) -> Option<()> {
        if text.is_empty() {
            return Some(());
        }
        let found = currency_of(text)?;
        self.evidence.currency = self.evidence.currency.or(Some(found));
        Some(())
    }

    /// Digits with their separators.
    fn body(&mut self, body: &str, count: bool) -> Option<Fixed> {
        if let Some(number) = body.contains(['e', 'E']).then(|| scientific(body, self.decimal)).flatten() {
            return Some(number);
        }
        let joined = without_spaces(body)?;
        let shape = shape(joined.as_bytes())?;
        self.evidence.note(shape, count);
        let decimal = match shape {
            Shape::Plain | Shape::Ambiguous(_) => self.decimal,
            Shape::Decimal(decimal) => decimal,
        };
        fixed(&joined, decimal)
    }
}

/// The sums and numbers of a plan are floating-point: the nearest one.
pub(super) fn as_number(fixed: Fixed) -> f64 {
    let (whole, rest) = (fixed / ONE, (fixed % ONE).abs());
    let sign = if fixed < 0 && whole == 0 { "-" } else { "" };
    // Through its digits, so that a sum of cents is written as cents.
    format!("{sign}{whole}.{rest:016}").parse().unwrap_or(fixed as f64 / ONE as f64)
}

/// A number of a plan, by the digits that it is written with; `None` where it is too large.
pub(super) fn of_number(number: f64) -> Option<Fixed> {
    scientific(&number.to_string(), Decimal::Point)
}

/// A whole number.
pub(super) const fn whole(number: Fixed) -> Fixed {
    number * ONE
}

/// Half a unit of the second place, the most that rounding to cents takes away.
pub(super) const HALF_CENT: Fixed = ONE / 200;

/// Plain digits, perhaps with one point: nearly all cells. The flag says that the point can only be a decimal one;
/// `None` for all that needs a closer look.
fn quick(cell: &[u8]) -> Option<(Fixed, bool)> {
    if cell.is_empty() || cell.len() > 17 {
        return None;
    }
    let mut value: u64 = 0;
    let mut point = None;
    for (at, &byte) in cell.iter().enumerate() {
        match byte {
            b'0'..=b'9' => value = value * 10 + u64::from(byte - b'0'),
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let Some(at) = point else {
        return (cell.len() <= WHOLE_DIGITS).then(|| (whole(Fixed::from(value)), false));
    };
    let places = cell.len() - at - 1;
    let ambiguous = places == 3 && at <= 3 && cell[0] != b'0';
    if places == 0 || ambiguous || at > WHOLE_DIGITS {
        return None;
    }
    let power = 10_i128.pow(PLACES.saturating_sub(places as u32));
    Some((Fixed::from(value) * power, true))
}

/// The same without spaces and apostrophes between its digits, which must part groups of three (or four, or two in
/// India).
fn without_spaces(body: &str) -> Option<String> {
    if !body.contains([' ', '\'']) {
        return Some(body.to_owned());
    }
    let whole_end = body.find([',', '.']).unwrap_or(body.len());
    let groups: Vec<&str> = body[..whole_end].split([' ', '\'']).filter(|group| !group.is_empty()).collect();
    let sound = groups.iter().skip(1).all(|group| matches!(group.len(), 2..=4)) && groups.last()?.len() >= 3;
    sound.then(|| body.replace([' ', '\''], ""))
}

fn shape(body: &[u8]) -> Option<Shape> {
    let (mut points, mut commas, mut last) = (0_usize, 0_usize, None);
    // The lengths of the groups between two signs: of three digits, of two in India, of four in China.
    let mut groups = [0_usize; 5];
    for (at, &byte) in body.iter().enumerate() {
        match byte {
            b'0'..=b'9' => continue,
            b'.' => points += 1,
            b',' => commas += 1,
            _ => return None,
        }
        if let Some((before, _)) = last {
            *groups.get_mut(at - before - 1)? += 1;
        }
        last = Some((at, byte));
    }
    let Some((at, sign)) = last else { return Some(Shape::Plain) };
    let decimal = if sign == b'.' { Decimal::Point } else { Decimal::Comma };
    let other = if sign == b'.' { Decimal::Comma } else { Decimal::Point };
    let behind = body.len() - at - 1;
    let signs = points + commas;
    let grouped = |last: usize| {
        let [none, one, two, three, four] = groups;
        let three_or_two = last == 3 && four == 0 && (two == 0 || three == 0);
        none + one == 0 && (three_or_two || (last == 4 && four + 1 == signs))
    };
    match (points, commas) {
        (1, 0) | (0, 1) => {
            let ambiguous = behind == 3 && (1..=3).contains(&at) && body[0] != b'0';
            Some(if ambiguous { Shape::Ambiguous(sign) } else { Shape::Decimal(decimal) })
        }
        (0, _) | (_, 0) => grouped(behind).then_some(Shape::Decimal(other)),
        _ => {
            // The groups before the decimal sign end where it stands.
            let once = if sign == b'.' { points == 1 } else { commas == 1 };
            (once && groups[0] + groups[1] == 0).then_some(Shape::Decimal(decimal))
        }
    }
}

/// Digits with a decimal sign; the other sign parts groups. What is behind the sixteenth place is cut off.
fn fixed(body: &str, decimal: Decimal) -> Option<Fixed> {
    let (sign, group) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (before, behind) = body.split_once(sign).unwrap_or((body, ""));
    let mut number: Fixed = 0;
    let mut digits = 0;
    for byte in before.bytes().filter(|&byte| char::from(byte) != group) {
        number = number * 10 + Fixed::from(char::from(byte).to_digit(10)?);
        digits += usize::from(number != 0);
        if digits > WHOLE_DIGITS {
            return None;
        }
    }
    let mut unit = ONE;
    number *= ONE;
    for byte in behind.bytes() {
        unit /= 10;
        number += unit * Fixed::from(char::from(byte).to_digit(10)?);
    }
    Some(number)
}

/// `1.2E+05`, and everything that a spreadsheet's number may be printed as.
fn scientific(body: &str, decimal: Decimal) -> Option<Fixed> {
    let body = if decimal == Decimal::Comma { body.replace(',', ".") } else { body.to_owned() };
    let plain = body.trim_start_matches('-');
    if plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && plain.len() < body.len() + 1 {
        let read = fixed(plain, Decimal::Point)?;
        return Some(if body.starts_with('-') { -read } else { read });
    }
    let number: f64 = body.parse().ok()?;
    let fits = number.is_finite() && number.abs() < 1e15;
    fits.then(|| format!("{:.16}", number.abs()))
        .and_then(|text| fixed(&text, Decimal::Point))
        .map(|read| if number < 0.0 { -read } else { read })
}
