//! Periods: a day, a week from Monday, a month; each named by the ISO date of its first day.

use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Cadence {
    /// One day.
    Day,
    /// Seven days from Monday.
    Week,
    /// A calendar month.
    Month,
}

impl Cadence {
    /// All three, finest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// The name in plan files: `Month`.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Week => "Week",
            Self::Month => "Month",
        }
    }

    /// The name in reports and sentences: `month`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the period that holds `day`.
    pub fn start_of(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let back = i32::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(back.days()).unwrap_or(day)
            }
            Self::Month => day.first_of_month(),
        }
    }

    /// True if a period of this cadence starts on `day`.
    pub fn starts_on(self, day: Date) -> bool {
        self.start_of(day) == day
    }

    /// The first day of the next period; `None` past the end of the calendar (the year 9999).
    pub fn next(self, start: Date) -> Option<Date> {
        start.checked_add(self.span()).ok()
    }

    /// The first day of the period before; `None` before the calendar's beginning.
    pub fn previous(self, start: Date) -> Option<Date> {
        start.checked_sub(self.span()).ok()
    }

    /// How many periods lie from one start to a later one: 0 for the same, 1 for neighbours.
    pub fn periods_between(self, from: Date, to: Date) -> usize {
        let days = to.duration_since(from).as_hours() / 24;
        let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month() - from.month());
        let periods = match self {
            Self::Day => days,
            Self::Week => days / 7,
            Self::Month => months,
        };
        usize::try_from(periods).unwrap_or(0)
    }

    /// A number of periods in words: "1 month", "3 weeks".
    pub fn count(self, periods: usize) -> String {
        format!("{periods} {}{}", self.key(), if periods == 1 { "" } else { "s" })
    }

    fn span(self) -> jiff::Span {
        match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
        }
    }

    /// A short name of the period that starts on `start`: `Oct 2026`, `5 Oct 2026`, `week of 5 Oct 2026`.
    pub fn label(self, start: Date) -> String {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let month = MONTHS[usize::from(start.month().unsigned_abs() - 1) % 12];
        match self {
            Self::Day => format!("{} {month} {}", start.day(), start.year()),
            Self::Week => format!("week of {} {month} {}", start.day(), start.year()),
            Self::Month => format!("{month} {}", start.year()),
        }
    }
}

/// Reads an ISO date, `2026-09-01` and nothing else; `None` if it is not one.
pub fn parse_day(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if shape { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_starts_on_monday() {
        assert_eq!(Cadence::Week.start_of(date(2026, 10, 4)), date(2026, 9, 28));
        assert!(Cadence::Week.starts_on(date(2026, 9, 28)));
    }

    #[test]
    fn the_month_after_january_is_february() {
        assert_eq!(Cadence::Month.next(date(2026, 1, 1)), Some(date(2026, 2, 1)));
        assert_eq!(Cadence::Month.previous(date(2026, 1, 1)), Some(date(2025, 12, 1)));
    }

    #[test]
    fn the_calendar_ends_without_a_panic() {
        assert_eq!(Cadence::Month.next(date(9999, 12, 1)), None);
    }

    #[test]
    fn only_iso_dates_are_days() {
        assert_eq!(parse_day("2026-09-01"), Some(date(2026, 9, 1)));
        for bad in ["2026-9-1", "20260901", "2026-02-30", "2026-09-01T00:00", "+026-09-01", ""] {
            assert_eq!(parse_day(bad), None, "{bad}");
        }
    }
}
