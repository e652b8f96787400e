//! Text that may reach a terminal: what would steer it is shown, not sent.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with everything replaced that a terminal would obey instead of showing: control characters (ESC above
/// all, also the C1 ones of which one begins an escape sequence by itself), marks that turn the direction of writing,
/// separators of lines, and what takes no room, by which two names that look the same would differ. C0 controls become their pictures (`␛`), the others a code (`\u{9b}`).
pub fn printable(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(steers) else { return Cow::Borrowed(text) };
    let mut shown = String::with_capacity(text.len() + 8);
    shown.push_str(&text[..first]);
    for character in text[first..].chars() {
        match character {
            '\0'..='\x1f' => shown.push(picture(character)),
            '\x7f' => shown.push('␡'),
            _ if steers(character) => {
                // Writing to a String cannot fail.
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
            }
            _ => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

/// True for a character that must not reach a terminal as it is. Joiners may: names and emoji are written with them.
pub fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}

/// U+2400 and on hold one picture for each of the C0 controls, in their order.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_is_shown_and_not_sent() {
        assert_eq!(printable("\x1b[31mred\x1b[0m"), "␛[31mred␛[0m");
        assert_eq!(printable("a\u{9b}31mb\x07\n\t"), "a\\u{9b}31mb␇␊␉");
        assert_eq!(printable("\u{202e}evil\u{2066}"), "\\u{202e}evil\\u{2066}");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(printable("百度 ads, “quoted” — 5 €"), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_that_steers_is_left() {
        for code in 0..=0x1_ffff {
            if let Some(character) = char::from_u32(code) {
                assert!(!printable(&character.to_string()).contains(steers), "{code:x}");
            }
        }
    }
}
