//! Text filled and broken to a width: cells of tables, paragraphs. Widths are columns on screen: 百度 is four wide.

use unicode_segmentation::UnicodeSegmentation;

use super::text::{cut, width};
use crate::plan::printable;

/// The text cut and filled with spaces to exactly `columns`, flush left.
pub fn left(text: &str, columns: usize) -> String {
    let mut kept = cut(text, columns);
    let gap = columns.saturating_sub(width(&kept));
    kept.extend(std::iter::repeat_n(' ', gap));
    kept
}

/// The text cut and filled with spaces to exactly `columns`, flush right: for numbers.
pub fn right(text: &str, columns: usize) -> String {
    let kept = cut(text, columns);
    let mut filled = " ".repeat(columns.saturating_sub(width(&kept)));
    filled.push_str(&kept);
    filled
}

/// The first of the wordings that fits, else the last one cut.
pub fn first_that_fits<'a>(wordings: impl IntoIterator<Item = &'a str>, columns: usize) -> String {
    let mut last = "";
    for wording in wordings {
        if width(wording) <= columns {
            return wording.to_owned();
        }
        last = wording;
    }
    cut(last, columns)
}

/// The text broken at spaces into lines of at most `columns`; a word that is wider is broken where it must be.
/// Line ends in the text are kept. No lines where there is no room.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    wrap_hanging(text, columns, 0)
}

/// As [`wrap`], with all lines but the first set in by `indent` columns.
pub fn wrap_hanging(text: &str, columns: usize, indent: usize) -> Vec<String> {
    if columns == 0 {
        return Vec::new();
    }
    let indent = if indent < columns { indent } else { 0 };
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        wrap_paragraph(&printable(paragraph), columns, indent, &mut lines);
    }
    lines
}

fn wrap_paragraph(paragraph: &str, columns: usize, indent: usize, lines: &mut Vec<String>) {
    let start = lines.len();
    let mut line = String::new();
    let margin = |lines: &Vec<String>| if lines.len() == start { 0 } else { indent };
    let flush = |line: &mut String, lines: &mut Vec<String>| {
        let set_in = " ".repeat(if lines.len() == start { 0 } else { indent });
        lines.push(set_in + line.trim_end());
        line.clear();
    };
    for word in paragraph.split_inclusive(' ') {
        if width(&line) + width(word.trim_end()) > columns - margin(lines) && !line.is_empty() {
            flush(&mut line, lines);
        }
        let mut rest = word.to_owned();
        while width(rest.trim_end()) > columns - margin(lines) {
            let (mut head, tail) = split_at(&rest, columns - margin(lines));
            if head.is_empty() {
                // Not even one character fits: drop it rather than turn in a circle.
                rest = rest.graphemes(true).skip(1).collect();
                continue;
            }
            flush(&mut head, lines);
            rest = tail;
        }
        line.push_str(&rest);
    }
    if !line.is_empty() || lines.len() == start {
        flush(&mut line, lines);
    }
}

/// Splits before the first character that passes `columns`.
fn split_at(text: &str, columns: usize) -> (String, String) {
    let mut taken = 0;
    let mut head = String::new();
    let mut graphemes = text.graphemes(true);
    let mut tail = String::new();
    for grapheme in graphemes.by_ref() {
        let size = width(grapheme);
        if taken + size > columns {
            tail.push_str(grapheme);
            break;
        }
        taken += size;
        head.push_str(grapheme);
    }
    tail.extend(graphemes);
    (head, tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_character_is_never_halved() {
        assert_eq!(left("百度推广", 6), "百度… ");
        assert_eq!(right("百度", 6), "  百度");
    }

    #[test]
    fn padding_counts_columns() {
        assert_eq!(left("ab", 4), "ab  ");
        assert_eq!(right("ab", 4), "  ab");
        assert_eq!(width(&left("百度", 7)), 7);
    }

    #[test]
    fn the_longest_wording_that_fits_is_taken() {
        assert_eq!(first_that_fits(["per consultation", "per c."], 16), "per consultation");
        assert_eq!(first_that_fits(["per consultation", "per c."], 8), "per c.");
        assert_eq!(first_that_fits(["per consultation", "per c."], 4), "per…");
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_where_they_must() {
        assert_eq!(wrap("more pages than visitors", 10), ["more pages", "than", "visitors"]);
        assert_eq!(wrap("consultations", 5), ["consu", "ltati", "ons"]);
        assert_eq!(wrap("百度推广 is wide", 5), ["百度", "推广", "is", "wide"]);
        assert_eq!(wrap("", 5), Vec::<String>::new());
        assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(wrap("anything", 0), Vec::<String>::new());
    }

    #[test]
    fn lines_after_the_first_can_hang() {
        assert_eq!(wrap_hanging("! more pages than visitors", 14, 2), ["! more pages", "  than", "  visitors"]);
        assert_eq!(wrap_hanging("abc def", 3, 5), ["abc", "def"]);
    }

    #[test]
    fn a_character_wider_than_the_line_is_left_out() {
        assert_eq!(wrap("百a", 1), ["a"]);
    }

    #[test]
    fn nothing_is_ever_wider_than_asked() {
        let text = "百度推广 brings 12,860 visitors — e\u{301}, 👩‍👩‍👧 and averyveryverylongword";
        for columns in 0..60 {
            assert!(width(&cut(text, columns)) <= columns);
            assert_eq!(width(&left(text, columns)), columns);
            assert_eq!(width(&right(text, columns)), columns);
            assert!(wrap(text, columns).iter().all(|line| width(line) <= columns), "at {columns}");
            assert!(wrap_hanging(text, columns, 3).iter().all(|line| width(line) <= columns), "at {columns}");
        }
    }
}
