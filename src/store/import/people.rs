//! Personal data by its look: what must not become a channel's name, whatever its column is called.

/// True for a mail address or a telephone number.
pub(super) fn personal(text: &str) -> bool {
    has_address(text) || is_telephone(text)
}

fn has_address(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '(' | ')')).any(|word| {
        let Some((name, host)) = word.split_once('@') else { return false };
        let host = host.trim_end_matches(['.', ':']);
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
    })
}

/// `+49 30 1234567`, `(030) 123-4567`, `13812345678`: numbers of campaigns are longer, or shorter and bare.
fn is_telephone(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let only = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.' | '/'));
    if !only || !(9..=15).contains(&digits) {
        return false;
    }
    let mobile_of_china = digits == 11 && text.len() == 11 && text.starts_with('1') && !text.starts_with("10");
    let dated = text.starts_with("20") && text.get(4..5).is_some_and(|sign| matches!(sign, "-" | "/" | "."));
    (text.starts_with('+') || text.starts_with('(') || mobile_of_china || text.split([' ', '-']).count() >= 3) && !dated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_telephones_are_told_from_campaigns() {
        for text in ["anna@example.com", "Anna <anna@example.co.uk>", "+49 30 1234567", "(030) 123-4567", "13812345678"]
        {
            assert!(personal(text), "{text}");
        }
        for text in [
            "brand @ 50% off",
            "23843210987654321",
            "916",
            "2026-09-01 - 2026-09-30",
            "@handle",
            "Sale 2026",
            "1178 F 30-34",
        ] {
            assert!(!personal(text), "{text}");
        }
    }
}
