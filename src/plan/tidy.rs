//! Records as a table of their own, one a line: the headings, and how texts stand in its cells so that they are read
//! back the same and no spreadsheet runs them. The report writes such tables, the import reads them.

use std::borrow::Cow;

use super::stage::Field;

/// The headings: channel, layer, period, the ten numbers, note.
pub fn tidy_headings() -> Vec<&'static str> {
    ["channel", "layer", "period"].into_iter().chain(Field::ALL.map(Field::key)).chain(["note"]).collect()
}

/// True for a text that a spreadsheet would run as a formula.
fn runs(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A text that a spreadsheet shows and does not run: one that it would run has an apostrophe before it, and so has one
/// that begins with an apostrophe, so that [`bared`] gives each back.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if runs(text) || text.starts_with('\'') { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`guarded`] was made of.
pub fn bared(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guarded_comes_back() {
        for text in ["", "SEO", "=1+1", "'=1+1", "''", "-5", "＠x", "\tx", "百度"] {
            assert_eq!(bared(&guarded(text)), text);
            assert!(!runs(&guarded(text)), "{text}");
        }
    }
}
