//! Currencies by their codes and signs.

/// Codes that are taken for currencies where they stand in a header or beside a number.
const CODES: [&str; 45] = [
    "USD", "EUR", "GBP", "JPY", "CNY", "RMB", "AUD", "CAD", "CHF", "HKD", "TWD", "SGD", "KRW", "INR", "BRL", "MXN",
    "ARS", "CLP", "COP", "PEN", "ZAR", "NGN", "KES", "EGP", "AED", "SAR", "ILS", "TRY", "RUB", "UAH", "PLN", "CZK",
    "HUF", "RON", "BGN", "SEK", "NOK", "DKK", "ISK", "THB", "VND", "IDR", "MYR", "PHP", "NZD",
];

/// Signs, longest first, and what they stand for. A bare `$` and `¥` stay signs: several countries use them.
const SIGNS: [(&str, &str); 28] = [
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("MX$", "MXN"),
    ("CN¥", "CNY"),
    ("JP¥", "JPY"),
    ("R$", "BRL"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("人民币", "CNY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₫", "VND"),
    ("zł", "PLN"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("원", "KRW"),
    ("kr", "kr"),
    ("¥", "¥"),
    ("$", "$"),
];

/// The currency that a text names, if it names one and nothing else: a code in capitals, or a sign.
pub(super) fn currency_of(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_end_matches('.');
    if text == "RMB" {
        return Some("CNY");
    }
    let code = CODES.iter().find(|code| **code == text).copied();
    let text = if text == "￥" { "¥" } else { text };
    code.or_else(|| SIGNS.iter().find(|(sign, _)| *sign == text).map(|(_, code)| *code))
}

/// The currency in a header's bracket: `USD`, `€`, `元`, `万元`, `in USD`.
pub(super) fn code_in_header(inside: &str) -> Option<String> {
    let inside = inside.trim().trim_start_matches("in ").trim_start_matches("単位:").trim_start_matches("单位:");
    let inside = inside.trim_start_matches(['万', '萬', '千', '亿', '億']);
    currency_of(inside).map(str::to_owned)
}

/// What the bracket of a header multiplies its numbers with.
pub(super) fn scale_in_header(inside: &str) -> Option<u32> {
    let inside = inside.trim().trim_start_matches("单位:").trim_start_matches("単位:");
    let unit = inside.trim_end_matches(['元', '円', '次', '人', '个', '回', '件']);
    match unit {
        "万" | "萬" => Some(10_000),
        "千" | "K" | "k" | "'000" | "000" | "thousands" | "in thousands" => Some(1000),
        "百万" => Some(1_000_000),
        "亿" | "億" => Some(100_000_000),
        _ => None,
    }
}

/// Whether a currency cell or title names a currency, with `¥` settled by the language of the headers.
pub(super) fn settled(currency: &str, language: &str) -> String {
    match (currency, language) {
        ("¥", "ja") => "JPY".to_owned(),
        ("¥", "zh") => "CNY".to_owned(),
        _ => currency.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_signs_name_currencies() {
        assert_eq!(currency_of("EUR"), Some("EUR"));
        assert_eq!(currency_of("US$"), Some("USD"));
        assert_eq!(currency_of("￥"), Some("¥"));
        assert_eq!(currency_of("all"), None);
        assert_eq!(settled("¥", "ja"), "JPY");
        assert_eq!(settled("$", "en"), "$");
    }
}
