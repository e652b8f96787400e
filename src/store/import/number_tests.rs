//! Numbers as they are read, one by one and by the evidence of many.

use super::columns::Vocabulary;
use super::number::*;
use super::options::Decimal;
use rstest::rstest;

fn read(text: &str, decimal: Decimal) -> Option<f64> {
    let mut reader = NumberReader::new(Vocabulary::embedded().unwrap(), decimal);
    match reader.read(text.as_bytes(), false) {
        Figure::Number(number) => Some(as_number(number)),
        _ => None,
    }
}

#[rstest]
#[case("1164.10", 1164.1)]
#[case("31,193", 31193.0)]
#[case("1,234,567.89", 1_234_567.89)]
#[case("US$50.00", 50.0)]
#[case("$1,050.5", 1050.5)]
#[case("1,234円", 1234.0)]
#[case("￥１，２３４", 1234.0)]
#[case("1'234.50", 1234.5)]
#[case("CHF 1’234.50", 1234.5)]
#[case("18\u{a0}158", 18158.0)]
#[case("1\u{202f}234,56 €", 1234.56)]
#[case("₹1,23,456.00", 123_456.0)]
#[case("1,23,45,678", 12_345_678.0)]
#[case("1,2345,6789", 123_456_789.0)]
#[case("1.2万", 12000.0)]
#[case("(5.00)", -5.0)]
#[case("-5", -5.0)]
#[case("5.263 %", 0.05263)]
#[case("1.2E+05", 120_000.0)]
#[case("=\"0012\"", 12.0)]
#[case("0.0084448104450560285288", 0.008_444_810_445_056)]
#[case(".5", 0.5)]
#[case("12 USD", 12.0)]
#[case("\u{1}1234.5", 1234.5)]
#[case("\u{1}1e-7", 1e-7)]
fn a_number_is_read(#[case] text: &str, #[case] number: f64) {
    assert_eq!(read(text, Decimal::Point), Some(number), "{text}");
}

#[rstest]
#[case("1.234", 1234.0)]
#[case("1.234,56 €", 1234.56)]
#[case("2473,94", 2473.94)]
#[case("5.5360625", 5.536_062_5)]
#[case("R$ 1.234,5", 1234.5)]
#[case("\u{1}1.234", 1.234)]
fn with_a_decimal_comma(#[case] text: &str, #[case] number: f64) {
    assert_eq!(read(text, Decimal::Comma), Some(number), "{text}");
}

#[rstest]
#[case("")]
#[case("--")]
#[case(" --")]
#[case("NULL")]
#[case("(blank)")]
#[case("—")]
fn a_blank_is_no_zero(#[case] text: &str) {
    let mut reader = NumberReader::new(Vocabulary::embedded().unwrap(), Decimal::Point);
    assert_eq!(reader.read(text.as_bytes(), false), Figure::Blank, "{text}");
}

#[rstest]
#[case("< 10%")]
#[case("1.08.2019")]
#[case("00:01:30")]
#[case("abc")]
#[case("5 6")]
#[case("12345678901234567890")]
#[case("Test 5")]
#[case("inf")]
fn what_is_no_number_is_not_read_as_one(#[case] text: &str) {
    assert_eq!(read(text, Decimal::Point), None, "{text}");
}

#[test]
fn the_evidence_of_all_numbers_decides() {
    let evidence = |texts: &[&str], count| {
        let mut reader = NumberReader::new(Vocabulary::embedded().unwrap(), Decimal::Point);
        for text in texts {
            reader.read(text.as_bytes(), count);
        }
        reader.evidence.decimal()
    };
    assert_eq!(evidence(&["1.234", "0,5"], false), Some(Decimal::Comma));
    assert_eq!(evidence(&["1.234.567"], false), Some(Decimal::Comma));
    assert_eq!(evidence(&["1,234"], false), None);
    assert_eq!(evidence(&["1,234"], true), Some(Decimal::Point));
    assert_eq!(evidence(&["1.234"], true), Some(Decimal::Comma));
}

#[test]
fn a_sum_of_cents_is_cents() {
    let mut reader = NumberReader::new(Vocabulary::embedded().unwrap(), Decimal::Point);
    let mut sum = 0;
    for _ in 0..3 {
        if let Figure::Number(number) = reader.read(b"0.1", false) {
            sum += number;
        }
    }
    assert_eq!(as_number(sum), 0.3);
    assert_eq!(as_number(-sum), -0.3);
}
