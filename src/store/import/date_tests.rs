//! Dates as they are read, in every form that exports have.

use super::columns::Vocabulary;
use super::date::*;
use super::options::DateOrder;
use jiff::civil::date;
use rstest::rstest;

fn read(text: &str, order: DateOrder) -> Option<(String, String)> {
    let mut reader = DateReader::new(Vocabulary::embedded().unwrap(), order);
    reader.read_cell(text).map(|days| (days.first.to_string(), days.last.to_string()))
}

#[rstest]
#[case("2026-09-01", "2026-09-01")]
#[case("2026/9/1", "2026-09-01")]
#[case("20260901", "2026-09-01")]
#[case("2026090113", "2026-09-01")]
#[case("2026年9月1日", "2026-09-01")]
#[case("1.08.2019", "2019-08-01")]
#[case("27/2/2026", "2026-02-27")]
#[case("1/23/2019 12:00:00 AM|11", "2019-01-23")]
#[case("1/23/19", "2019-01-23")]
#[case("Thu, 5 Feb 2026", "2026-02-05")]
#[case("August 8, 2020", "2020-08-08")]
#[case("Feb 5, 2026", "2026-02-05")]
#[case("16 de febrero de 2026 0:00", "2026-02-16")]
#[case("9 de abril de 2025", "2025-04-09")]
#[case("5. März 2026", "2026-03-05")]
#[case("1er août 2026", "2026-08-01")]
#[case("3 déc. 2025", "2025-12-03")]
#[case("2021-05-13 11:01:12 +0200", "2021-05-13")]
#[case("2021-05-13T11:01:12Z", "2021-05-13")]
#[case("45000", "2023-03-15")]
#[case("45000.75", "2023-03-15")]
fn a_day_is_read(#[case] text: &str, #[case] day: &str) {
    assert_eq!(read(text, DateOrder::Dmy), Some((day.to_owned(), day.to_owned())), "{text}");
}

#[rstest]
#[case("2017-06", "2017-06-01", "2017-06-30")]
#[case("2026年9月", "2026-09-01", "2026-09-30")]
#[case("Sept. 2026", "2026-09-01", "2026-09-30")]
#[case("2026-W05", "2026-01-26", "2026-02-01")]
#[case("2017-06-15至2017-06-16", "2017-06-15", "2017-06-16")]
#[case("27 January 2026 - 23 February 2026", "2026-01-27", "2026-02-23")]
#[case("August 8, 2020 - August 14, 2020", "2020-08-08", "2020-08-14")]
#[case("9 de abril de 2025 - 21 de abril de 2025", "2025-04-09", "2025-04-21")]
#[case("1. Januar 2026 – 31. Januar 2026", "2026-01-01", "2026-01-31")]
#[case("2026年1月1日～2026年1月31日", "2026-01-01", "2026-01-31")]
#[case("2026/01/01 - 2026/01/07", "2026-01-01", "2026-01-07")]
#[case("2026년 1월 1일 ~ 2026년 1월 31일", "2026-01-01", "2026-01-31")]
#[case("1 января 2026 г. - 31 января 2026 г.", "2026-01-01", "2026-01-31")]
fn a_range_is_read(#[case] text: &str, #[case] first: &str, #[case] last: &str) {
    assert_eq!(read(text, DateOrder::Dmy), Some((first.to_owned(), last.to_owned())), "{text}");
}

#[rstest]
#[case("")]
#[case("--")]
#[case("2026-13-01")]
#[case("31/31/2026")]
#[case("12:00")]
#[case("All time")]
#[case("1234567890123")]
#[case("Total")]
fn what_is_no_date_is_not_read_as_one(#[case] text: &str) {
    assert_eq!(read(text, DateOrder::Dmy), None, "{text}");
}

/// A cell of a column of months.
fn month(text: &str) -> Option<(String, String)> {
    let mut reader = DateReader::new(Vocabulary::embedded().unwrap(), DateOrder::Mdy);
    reader.monthly = true;
    reader.read_cell(text).map(|days| (days.first.to_string(), days.last.to_string()))
}

#[rstest]
#[case("Jan 26", "2026-01-01", "2026-01-31")]
#[case("Feb-26", "2026-02-01", "2026-02-28")]
#[case("März '26", "2026-03-01", "2026-03-31")]
#[case("9/1/2025", "2025-09-01", "2025-09-30")]
#[case("2026-01-01", "2026-01-01", "2026-01-31")]
#[case("2026-01-05", "2026-01-05", "2026-01-05")]
fn in_a_column_of_months_a_first_day_is_a_month(#[case] text: &str, #[case] first: &str, #[case] last: &str) {
    assert_eq!(month(text), Some((first.to_owned(), last.to_owned())), "{text}");
}

#[test]
fn a_month_without_its_year_is_no_date() {
    assert_eq!(month("April"), None);
    let mut reader = DateReader::new(Vocabulary::embedded().unwrap(), DateOrder::Mdy);
    assert_eq!(reader.read_cell("Jan 26"), None, "in a column of days it may be the 26th");
}

#[test]
fn the_days_of_the_titles_decide_the_order_where_dates_do_not() {
    let january = Days { first: date(2026, 1, 1), last: date(2026, 1, 31) };
    let mut reader = DateReader::new(Vocabulary::embedded().unwrap(), DateOrder::Dmy);
    reader.read("1/2/2026");
    reader.read("1/12/2026");
    assert_eq!(reader.evidence.order_within(None, false), None);
    assert_eq!(reader.evidence.order_within(Some(january), false), Some(DateOrder::Mdy));
    let year = Days { first: date(2026, 1, 1), last: date(2026, 12, 31) };
    assert_eq!(reader.evidence.order_within(Some(year), false), None);
}

#[test]
fn months_decide_the_order_by_their_first_days() {
    let mut reader = DateReader::new(Vocabulary::embedded().unwrap(), DateOrder::Dmy);
    reader.read("9/1/2025");
    reader.read("11/1/2025");
    assert_eq!(reader.evidence.order_within(None, true), Some(DateOrder::Mdy));
    assert_eq!(reader.evidence.order_within(None, false), None);
}

#[test]
fn the_order_is_decided_by_dates_that_can_be_read_one_way_only() {
    let mut reader = DateReader::new(Vocabulary::embedded().unwrap(), DateOrder::Dmy);
    reader.read("5/1/2025");
    assert_eq!(reader.evidence.order(), None);
    assert_eq!(reader.evidence.unclear.as_deref(), Some("5/1/2025"));
    reader.read("6/20/2025");
    assert_eq!(reader.evidence.order(), Some(DateOrder::Mdy));
    assert_eq!(read("5/1/2025", DateOrder::Mdy), Some(("2025-05-01".to_owned(), "2025-05-01".to_owned())));
}
