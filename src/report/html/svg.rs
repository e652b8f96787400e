//! What the pictures have in common: lengths as percentages, words cut to fit.

use maud::{Markup, html};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// A share of the width, 0..=1, as a percentage.
pub(super) fn percent(share: f64) -> String {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let hundredths = (share * 10_000.0).round() as u32;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// A picture that stretches with the page and is `height` pixels high: `title` stands above it, `caption` below it, and
/// `describe` says what it shows, for those who cannot see it.
pub(super) fn figure(id: &str, height: usize, title: &str, describe: &str, caption: &str, inside: &Markup) -> Markup {
    let (title_id, describe_id) = (format!("{id}-title"), format!("{id}-desc"));
    html! {
        figure {
            p.title id=(title_id) { (title) }
            svg width="100%" height=(height) role="img" aria-labelledby=(format!("{title_id} {describe_id}")) {
                desc id=(describe_id) { (describe) }
                (inside)
            }
            figcaption { (caption) }
        }
    }
}

/// `text` in at most `columns` columns as a terminal counts them, with `…` where it was cut.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        if kept.width() + grapheme.width() + 1 > columns {
            break;
        }
        kept.push_str(grapheme);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_percentages_within_the_width() {
        assert_eq!(percent(0.125), "12.50%");
        assert_eq!(percent(0.0101), "1.01%");
        assert_eq!(percent(f64::NAN), "0.00%");
        assert_eq!(percent(7.0), "100.00%");
    }

    #[test]
    fn wide_words_are_cut_between_characters() {
        assert_eq!(cut("百度推广", 8), "百度推广");
        assert_eq!(cut("百度推广", 7), "百度推…");
        assert_eq!(cut("abc", 2), "a…");
    }
}
