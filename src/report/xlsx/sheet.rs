//! A sheet, and what stands in its cells.

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::plan::steers;

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Words.
    Words,
    /// The plan's name.
    Title,
    /// Words that explain.
    Muted,
    /// A heading above a column.
    Heading,
    /// Money.
    Money,
    /// A count or hours: a fraction is shown where there is one.
    Count,
    /// A share.
    Percent,
    /// A ratio such as pages per visitor.
    Ratio,
    /// A date.
    Day,
}

impl Look {
    fn format(self, whole: bool) -> Format {
        let format = Format::new();
        let number = |pattern: &str| Format::new().set_num_format(pattern);
        match self {
            // Not right against the number beside it.
            Self::Words => format.set_align(FormatAlign::Top).set_indent(1),
            Self::Title => format.set_bold().set_font_size(14),
            Self::Muted => format.set_font_color(0x0057_606A),
            Self::Heading => {
                format.set_bold().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin)
            }
            Self::Count if !whole => number("#,##0.00"),
            Self::Count => number("#,##0"),
            Self::Percent => number("0.00%"),
            Self::Money | Self::Ratio => number("#,##0.00"),
            Self::Day => number("yyyy-mm-dd"),
        }
    }
}

/// The longest text that a cell takes, in UTF-16 units.
const LONGEST: usize = 32_767;
/// Two lines of letters, in points.
const HEADING: f64 = 32.0;
/// Columns of letters that a column of the sheet has at most.
const WIDEST: usize = 44;

/// A sheet that is being written. Rows and columns count from 0.
pub(super) struct Sheet {
    inner: Worksheet,
    /// The widest text of each column, in letters.
    widths: Vec<usize>,
    /// Those that were used: to make one takes longer than to write a cell.
    formats: Vec<(Dress, Format)>,
}

/// All that decides on a cell's format.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Dress {
    look: Look,
    /// False for a number with a fraction.
    whole: bool,
    forecast: bool,
}

impl Dress {
    fn new(look: Look, value: Option<f64>) -> Self {
        Self { look, whole: value.is_none_or(|value| value.fract() == 0.0), forecast: false }
    }

    fn format(self) -> Format {
        let format = self.look.format(self.whole);
        if self.forecast { format.set_italic().set_font_color(0x0000_62A3) } else { format }
    }

    /// The format, made once.
    fn of(self, formats: &mut Vec<(Self, Format)>) -> &Format {
        let at = formats.iter().position(|(dress, _)| *dress == self).unwrap_or_else(|| {
            formats.push((self, self.format()));
            formats.len() - 1
        });
        &formats[at].1
    }
}

impl Sheet {
    pub(super) fn new(name: &str) -> Result<Self, XlsxError> {
        Self::named(Worksheet::new(), name)
    }

    /// One of `rows` rows, to be written from the top down; where they are many, each goes to the disk as soon as the
    /// next one begins.
    pub(super) fn of_rows(book: &mut Workbook, name: &str, rows: usize) -> Result<Self, XlsxError> {
        let large = super::is_large(rows);
        Self::named(if large { book.new_worksheet_with_constant_memory()? } else { Worksheet::new() }, name)
    }

    fn named(mut inner: Worksheet, name: &str) -> Result<Self, XlsxError> {
        inner.set_name(name)?;
        // What a formula gives that has no result of its own: blank.
        inner.set_formula_result_default("");
        inner.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(Self { inner, widths: Vec::new(), formats: Vec::new() })
    }

    /// On paper upright and on one sheet.
    pub(super) fn upright(&mut self) {
        self.inner.set_portrait().set_print_fit_to_pages(1, 1);
    }

    /// Keeps that many rows and columns in sight; the rows stand on every sheet of paper.
    pub(super) fn freeze(&mut self, rows: usize, columns: usize) -> Result<(), XlsxError> {
        self.inner.set_freeze_panes(row_of(rows), column_of(columns))?;
        if rows > 0 {
            self.inner.set_repeat_rows(0, row_of(rows - 1))?;
        }
        Ok(())
    }

    /// A text as it is, whatever it begins with.
    pub(super) fn text(&mut self, row: usize, column: usize, text: &str, look: Look) -> Result<(), XlsxError> {
        let text = harmless(text);
        if text.is_empty() {
            return Ok(());
        }
        if look == Look::Heading {
            // A heading may be broken in two between its words.
            let word = text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
            self.widen(column, word.max(text.width().div_ceil(2) + 1));
        } else if !matches!(look, Look::Title | Look::Muted) {
            self.widen(column, text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0));
        }
        let format = Dress::new(look, None).of(&mut self.formats);
        self.inner.write_string_with_format(row_of(row), column_of(column), text, format)?;
        Ok(())
    }

    /// A row of headings.
    pub(super) fn headings<'a>(
        &mut self,
        row: usize,
        titles: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), XlsxError> {
        self.inner.set_row_height(row_of(row), HEADING)?;
        titles.into_iter().enumerate().try_for_each(|(column, title)| self.text(row, column, title, Look::Heading))
    }

    /// A number; nothing where it is blank.
    pub(super) fn number(
        &mut self,
        row: usize,
        column: usize,
        value: Option<f64>,
        look: Look,
    ) -> Result<(), XlsxError> {
        let Some(value) = value.filter(|value| value.is_finite()) else { return Ok(()) };
        self.dressed(row, column, value, Dress::new(look, Some(value)))
    }

    /// A number that was forecast, which looks unlike a typed one.
    pub(super) fn forecast(&mut self, row: usize, column: usize, value: f64, look: Look) -> Result<(), XlsxError> {
        self.dressed(row, column, value, Dress { forecast: true, ..Dress::new(look, Some(value)) })
    }

    fn dressed(&mut self, row: usize, column: usize, value: f64, dress: Dress) -> Result<(), XlsxError> {
        let format = dress.of(&mut self.formats);
        self.inner.write_number_with_format(row_of(row), column_of(column), value, format)?;
        self.widen(column, width_of(value));
        Ok(())
    }

    /// A date; one that a spreadsheet does not know, as a text.
    pub(super) fn day(&mut self, row: usize, column: usize, day: jiff::civil::Date) -> Result<(), XlsxError> {
        self.widen(column, 10);
        let Some(known) = super::date(day) else { return self.text(row, column, &day.to_string(), Look::Words) };
        let format = Dress::new(Look::Day, None).of(&mut self.formats);
        self.inner.write_datetime_with_format(row_of(row), column_of(column), &known, format)?;
        Ok(())
    }

    /// A formula with its result, for programs that do not calculate.
    pub(super) fn formula(
        &mut self,
        row: usize,
        column: usize,
        formula: &str,
        result: Option<f64>,
        look: Look,
    ) -> Result<(), XlsxError> {
        let result = result.filter(|value| value.is_finite());
        let shown = result.map_or_else(String::new, |value| value.to_string());
        let formula = Formula::new(formula).set_result(shown);
        let format = Dress::new(look, result).of(&mut self.formats);
        self.inner.write_formula_with_format(row_of(row), column_of(column), formula, format)?;
        self.widen(column, result.map_or(0, width_of));
        Ok(())
    }

    /// The sheet with its columns as wide as what stands in them.
    pub(super) fn into_worksheet(mut self) -> Worksheet {
        for (column, width) in self.widths.iter().enumerate() {
            // A column that is there can be set.
            let _ = self.inner.set_column_width(column_of(column), (width.clamp(&8, &WIDEST) + 2) as f64);
        }
        self.inner
    }

    fn widen(&mut self, column: usize, width: usize) {
        if self.widths.len() <= column {
            self.widths.resize(column + 1, 0);
        }
        self.widths[column] = self.widths[column].max(width);
    }
}

/// `B7`: a cell by its row and column, which count from 0.
pub(super) fn cell(row: usize, column: usize) -> String {
    format!("{}{}", letter(column), row + 1)
}

/// `AB`: a column's name.
pub(super) fn letter(column: usize) -> String {
    column_number_to_name(column_of(column))
}

/// `one / other` where both are numbers and the second is not 0, else blank.
pub(super) fn ratio(one: &str, other: &str) -> String {
    format!("=IF(AND(ISNUMBER({one}),ISNUMBER({other})),IF({other}=0,\"\",{one}/{other}),\"\")")
}

/// The sum of a range; blank where it holds no number.
pub(super) fn sum(range: &str) -> String {
    format!("=IF(COUNT({range})=0,\"\",SUM({range}))")
}

/// What another cell holds; blank where that is.
pub(super) fn same(cell: &str) -> String {
    format!("=IF({cell}=\"\",\"\",{cell})")
}

/// About how many letters a number has.
fn width_of(value: f64) -> usize {
    let whole = value.abs().max(1.0).log10() as usize + 1;
    whole + whole / 3 + 3
}

fn row_of(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn column_of(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// A text as a cell takes it: what would steer a terminal or turn the direction of writing is replaced, lines stay, and
/// what is too long is cut.
fn harmless(text: &str) -> String {
    let mut units = 0;
    text.replace("\r\n", "\n")
        .chars()
        .map(|each| if steers(each) && !matches!(each, '\n' | '\t') { '\u{fffd}' } else { each })
        .take_while(|each| {
            units += each.len_utf16();
            units <= LONGEST
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_columns_have_the_names_of_a_spreadsheet() {
        assert_eq!((cell(0, 0), cell(9, 27)), ("A1".to_owned(), "AB10".to_owned()));
    }

    #[test]
    fn texts_are_harmless_and_never_too_long() {
        assert_eq!(harmless("=1+1"), "=1+1");
        assert_eq!(harmless("a\u{1b}[31m\u{202e}\nb"), "a\u{fffd}[31m\u{fffd}\nb");
        assert_eq!(harmless(&"𝄞".repeat(20_000)).encode_utf16().count(), 32_766);
    }
}
