//! How numbers are written, on screen and on paper alike. Rounding happens here and nowhere else.
//!
//! A blank is `—` everywhere; nothing here ever writes NaN or inf.

use crate::engine::Per;
use crate::plan::Link;

/// What stands for a number that is not known.
pub const BLANK: &str = "—";

/// Writes a known number with `write`, a blank as `—`.
pub fn known(value: Option<f64>, write: impl Fn(f64) -> String) -> String {
    value.filter(|number| number.is_finite()).map_or_else(|| BLANK.to_owned(), write)
}

/// From here on a number is written by its first digits and its power of ten: nobody reads more commas than five.
const LONGEST: f64 = 1e15;

/// `1.00e23`: what is too large, or too small, to be written out.
fn powers(value: f64) -> String {
    format!("{value:.2e}").replace('-', "−")
}

/// A count: `12,860`, `0.35`, at most two decimals and none from 100 up.
pub fn count(value: f64) -> String {
    if value.abs() >= LONGEST {
        return powers(value);
    }
    let decimals = if value.fract() == 0.0 || value.abs() >= 100.0 { 0 } else { 2 };
    trimmed(grouped(value, decimals))
}

/// Money: `41,850`, two decimals below 100: `8.22`.
pub fn money(value: f64) -> String {
    if value.abs() >= LONGEST {
        return powers(value);
    }
    let whole = value.abs() >= 100.0 || value.fract() == 0.0;
    grouped(value, if whole { 0 } else { 2 })
}

/// A change: always with its sign, `+12,400`, `−37`.
pub fn signed(value: f64, write: impl Fn(f64) -> String) -> String {
    let size = write(value.abs());
    if !size.contains(|digit| matches!(digit, '1'..='9')) {
        size
    } else if value < 0.0 {
        format!("−{size}")
    } else {
        format!("+{size}")
    }
}

/// A short count for narrow places: `12.9k`, `3.4M`, `720`.
pub fn short(value: f64) -> String {
    if value.abs() >= LONGEST {
        return powers(value);
    }
    for (limit, unit, suffix) in [(1e12, 1e12, "T"), (1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e4, 1e3, "k")] {
        // 999,950 would round to 1,000.0k.
        if value.abs() >= limit * 0.9995 {
            return format!("{}{suffix}", digits3(value / unit));
        }
    }
    count(value)
}

/// A share as a percentage with three meaning digits: `8.55%`, `25.0%`, `0.042%`.
pub fn percent(value: f64) -> String {
    let hundred = value * 100.0;
    let decimals = match hundred.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 || size == 0.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    format!("{}%", grouped(hundred, decimals))
}

/// A difference of two shares in percentage points, with the digits of a percentage: `1.20 pt`.
pub fn points(value: f64) -> String {
    percent(value).replace('%', " pt")
}

/// A probability: `91%`, but `>99%` and `<1%` at the ends: counts never make anything certain.
pub fn probability(value: f64) -> String {
    match value * 100.0 {
        hundred if hundred >= 99.5 => ">99%".to_owned(),
        hundred if hundred < 0.5 => "<1%".to_owned(),
        hundred => format!("{hundred:.0}%"),
    }
}

/// A p-value: `0.150`, `0.0042`, and `<0.001` where it is smaller.
pub fn p_value(value: f64) -> String {
    if value < 0.001 { "<0.001".to_owned() } else { digits3(value) }
}

/// A time in whole days, begun ones counted: `12 days`, `1 day`.
pub fn days(value: f64) -> String {
    let days = value.ceil().max(1.0);
    format!("{} day{}", short(days), if days == 1.0 { "" } else { "s" })
}

/// A share of a whole: `91%`, and `100%` only where it is all of it.
pub fn share(value: f64) -> String {
    // Sums of parts may miss the whole by their last digit.
    if value >= 1.0 - 1e-9 { "100%".to_owned() } else { probability(value) }
}

/// What one comes back as: `1.55`.
pub fn multiple(value: f64) -> String {
    grouped(value, if value.abs() >= 100.0 { 0 } else { 2 })
}

/// A link's rate in its own unit: a percentage for what is counted per page view, consultation, deal or visitor,
/// pages for Depth, visitors for Reach, money for Value. Invest is shown as cost per method.
pub fn rate(link: Link, per: Per, value: f64) -> String {
    match link {
        Link::Invest => money(if value == 0.0 { 0.0 } else { 1.0 / value }),
        Link::Value => money(value),
        Link::Depth => grouped(value, 2),
        Link::Reach if per == Per::Cost => digits3(value),
        Link::Reach => count(value),
        _ => percent(value),
    }
}

/// Three meaning digits: `12.9`, `0.0321`, `129`.
pub fn digits3(value: f64) -> String {
    if value != 0.0 && !(0.001..LONGEST).contains(&value.abs()) {
        return powers(value);
    }
    let decimals = match value.abs() {
        size if size >= 99.95 || size == 0.0 => 0,
        size if size >= 9.995 => 1,
        size if size >= 0.9995 => 2,
        size if size >= 0.1 => 3,
        _ => 4,
    };
    grouped(value, decimals)
}

/// Money to the cent, for comparing with what somebody else shows.
pub fn cents(value: f64) -> String {
    grouped(value, 2)
}

/// A number as a person would type it again: no grouping, no rounding, no needless fraction.
pub fn plain(value: f64) -> String {
    format!("{value}")
}

/// The same to twelve digits: 0.07 × 100 is 7.000000000000001.
pub fn tidy(value: f64) -> String {
    plain(format!("{value:.12e}").parse().unwrap_or(value))
}

/// A share as a person would type it again: 0.07 is `7%`.
pub fn plain_share(share: f64) -> String {
    format!("{}%", tidy(share * 100.0))
}

/// Fixed decimals with commas between thousands; what rounds to nothing has no sign.
fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    let mut out = String::with_capacity(text.len() + text.len() / 3 + 1);
    if value < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        out.push('−');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn trimmed(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(count(12860.0), "12,860");
        assert_eq!(count(0.35), "0.35");
        assert_eq!(count(0.5), "0.5");
        assert_eq!(money(8.219), "8.22");
        assert_eq!(money(-41850.4), "−41,850");
        assert_eq!(money(-0.001), "0.00");
        assert_eq!(short(12860.0), "12.9k");
        assert_eq!(short(999_999.0), "1.00M");
        assert_eq!(short(720.0), "720");
        assert_eq!(money(1e23), "1.00e23");
        assert_eq!(digits3(0.000_012_3), "1.23e−5");
        assert_eq!(percent(0.0855), "8.55%");
        assert_eq!(percent(0.25), "25.0%");
        assert_eq!(signed(-0.012, points), "−1.20 pt");
        assert_eq!(multiple(1.55), "1.55");
    }

    #[test]
    fn changes_carry_their_sign_and_nothing_carries_none() {
        assert_eq!(signed(12400.0, money), "+12,400");
        assert_eq!(signed(-37.0, money), "−37");
        assert_eq!(signed(0.0, money), "0");
        assert_eq!(signed(-0.001, money), "0.00");
    }

    #[test]
    fn a_probability_is_never_certain() {
        assert_eq!(probability(0.999), ">99%");
        assert_eq!(probability(0.001), "<1%");
        assert_eq!(probability(1.0), ">99%");
    }

    #[test]
    fn small_p_values_and_times_read_well() {
        assert_eq!((p_value(0.14964), p_value(0.000_04)), ("0.150".to_owned(), "<0.001".to_owned()));
        assert_eq!((days(0.2), days(11.1), days(24_000.0)), ("1 day".into(), "12 days".into(), "24.0k days".into()));
    }

    #[test]
    fn a_share_may_be_all_of_it() {
        assert_eq!(share(1.0), "100%");
        assert_eq!(share(0.999), ">99%");
        assert_eq!(share(0.8), "80%");
    }

    #[test]
    fn blanks_and_what_is_no_number_are_dashes() {
        assert_eq!(known(None, count), "—");
        assert_eq!(known(Some(f64::NAN), count), "—");
        assert_eq!(known(Some(f64::INFINITY), money), "—");
    }
}
