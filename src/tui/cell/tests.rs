//! What may be typed, and what may not.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn amount(text: &str) -> Option<f64> {
    read(text, Some(100.0), Kind::Amount).accepted().flatten()
}

#[rstest]
#[case("1200", 1200.0)]
#[case("1,200", 1200.0)]
#[case("12,345,678.5", 12_345_678.5)]
#[case("1.2k", 1200.0)]
#[case("3m", 3e6)]
#[case("5万", 5e4)]
#[case("2亿", 2e8)]
#[case(".5", 0.5)]
#[case("7.", 7.0)]
#[case("=3000/30+50", 150.0)]
#[case("=2+3*4", 14.0)]
#[case("=(2+3)*4", 20.0)]
#[case("= -2 + 5", 3.0)]
#[case("=3000*10%", 300.0)]
#[case("=1.2k/2", 600.0)]
#[case("+10%", 110.0)]
#[case("-5%", 95.0)]
#[case("*1.2", 120.0)]
#[case("+50", 150.0)]
#[case("-50", 50.0)]
#[case("/4", 25.0)]
#[case("１２３", 123.0)]
#[case("＋１０％", 110.0)]
#[case("＝３０００／３０＋５０", 150.0)]
#[case("1，200", 1200.0)]
#[case("－50", 50.0)]
fn what_people_type_is_read(#[case] text: &str, #[case] expected: f64) {
    assert_eq!(amount(text), Some(expected), "{text}");
}

#[rstest]
#[case("0,5", "comma")]
#[case("0,500", "comma")]
#[case("1,20", "comma")]
#[case("1,2000", "comma")]
#[case("1200,", "comma")]
#[case("12%", "no rate")]
#[case("-150", "negative")]
#[case("=2-3", "negative")]
#[case("=1/0", "too large")]
#[case("=0/0", "nothing by nothing")]
#[case("=", "= what?")]
#[case("+", "how much")]
#[case("=(2", "without its )")]
#[case("=2)", "without its (")]
#[case("=2 3", "not expected")]
#[case("3000/30", "begin with =")]
#[case("abc", "no number")]
#[case("1e5", "no number")]
#[case("NaN", "no number")]
#[case("inf", "no number")]
fn what_cannot_stand_there_is_refused_with_the_reason(#[case] text: &str, #[case] reason: &str) {
    match read(text, Some(100.0), Kind::Amount) {
        Reading::Refused(said) => assert!(said.contains(reason), "{text}: {said}"),
        other => panic!("{text} was read as {other:?}"),
    }
}

#[test]
fn a_change_shows_its_outcome() {
    let shown = |text| match read(text, Some(100.0), Kind::Amount) {
        Reading::Value(_, Some(way)) => way,
        other => panic!("{other:?}"),
    };
    assert_eq!(shown("-50"), "100 − 50 = 50");
    assert_eq!(shown("+10%"), "100 + 10% = 110");
    assert_eq!(shown("*1.2"), "100 × 1.2 = 120");
    assert_eq!(shown("1.2k"), "= 1,200");
}

#[test]
fn a_percentage_is_a_share_where_a_rate_stands() {
    assert_eq!(read("12%", None, Kind::Rate).accepted(), Some(Some(0.12)));
    assert_eq!(read("0.12", None, Kind::Rate).accepted(), Some(Some(0.12)));
}

#[test]
fn nothing_typed_is_a_blank_and_a_blank_cannot_be_changed_by_a_sign() {
    assert_eq!(read("  ", Some(3.0), Kind::Amount), Reading::Blank);
    assert!(matches!(read("+10%", None, Kind::Amount), Reading::Refused(_)));
}

#[test]
fn deep_nesting_is_refused() {
    for text in [format!("={}", "(".repeat(100_000)), format!("={}1", "-".repeat(100_000))] {
        assert!(matches!(read(&text, None, Kind::Amount), Reading::Refused(_)));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_never_as_what_a_plan_may_not_hold(
        text in "\\PC{0,20}", old in proptest::option::of(0.0..1e300_f64), rate: bool,
    ) {
        let kind = if rate { Kind::Rate } else { Kind::Amount };
        if let Some(Some(value)) = read(&text, old, kind).accepted() {
            prop_assert!(value.is_finite() && value >= 0.0 && !value.is_sign_negative());
        }
    }

    #[test]
    fn sums_of_signs_and_digits_never_panic(text in "[-=+*/()%.,0-9km万 ]{0,24}", old in proptest::option::of(0.0..1e9_f64)) {
        if let Some(Some(value)) = read(&text, old, Kind::Amount).accepted() {
            prop_assert!(value.is_finite() && value >= 0.0);
        }
    }

    #[test]
    fn a_plain_number_is_read_back(value in 0.0..1e12_f64) {
        let value: f64 = format!("{value:.6}").parse().unwrap();
        prop_assert_eq!(amount(&format::plain(value)), Some(value));
    }
}
