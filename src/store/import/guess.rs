//! How numbers and dates of a file are read: first by its titles, its first rows and its language, then by what all
//! rows say.

use super::columns::Vocabulary;
use super::date::{DateReader, Days};
use super::error::ImportError;
use super::fold::fold;
use super::layout::is_count;
use super::number::NumberReader;
use super::options::{DateOrder, Decimal, Role};
use super::pass::Pass;
use super::recognise::Found;

/// How figures and dates are read in a pass.
#[derive(Clone)]
pub(super) struct Conventions {
    pub numbers: NumberReader,
    pub dates: DateReader,
    pub line_by_line: bool,
    /// What cells other than figures say about decimals.
    pub elsewhere: Option<Decimal>,
}

/// How numbers and dates are read first: by the titles, the first rows and the language.
pub(super) fn first_guess(found: &mut Found<'_>) -> Conventions {
    let (vocabulary, options) = (found.vocabulary, found.options);
    let mut numbers = NumberReader::new(vocabulary, Decimal::Point);
    let mut elsewhere = NumberReader::new(vocabulary, Decimal::Point);
    for row in &found.head.sample {
        for column in &found.mapping.columns {
            let Some(cell) = row.cells.get(column.column) else { continue };
            match column.role {
                Role::Field(field) => _ = numbers.read(cell.as_bytes(), is_count(field)),
                Role::Result | Role::Ignored | Role::Reach => _ = elsewhere.read(cell.as_bytes(), false),
                _ => {}
            }
        }
    }
    let elsewhere = elsewhere.evidence.decimal();
    let decimal = options.decimal.or_else(|| numbers.evidence.decimal()).or(elsewhere);
    let numbers = NumberReader::new(vocabulary, decimal.unwrap_or_else(|| usual_decimal(&found.mapping.language)));
    let mut dates = DateReader::new(vocabulary, usual_order(&found.mapping.language));
    let titles = found.head.titles();
    found.title_range = title_range(vocabulary, &titles, &mut dates);
    if let Some(order) = options.date_order.or_else(|| dates.evidence.order()) {
        dates.order = order;
        found.title_range = title_range(vocabulary, &titles, &mut dates.clone());
    }
    Conventions { numbers, dates, line_by_line: false, elsewhere }
}

/// The days that the titles name, but for those that say when the file was made.
fn title_range(vocabulary: &Vocabulary, titles: &[String], dates: &mut DateReader) -> Option<Days> {
    let mut range: Option<Days> = None;
    for title in titles {
        let folded = fold(title);
        if vocabulary.made.iter().any(|word| folded.contains(word.as_str())) {
            continue;
        }
        if let Some(days) = dates.read(title) {
            range = Some(range.map_or(days, |before| before.and(days)));
        }
    }
    range
}

fn usual_decimal(language: &str) -> Decimal {
    match language {
        "de" | "fr" | "es" | "pt" | "it" | "nl" | "pl" | "ru" => Decimal::Comma,
        _ => Decimal::Point,
    }
}

fn usual_order(language: &str) -> DateOrder {
    if matches!(language, "en" | "zh" | "ja" | "ko") { DateOrder::Mdy } else { DateOrder::Dmy }
}

/// True where the rows say that numbers or dates must be read otherwise; the conventions are then the other ones.
pub(super) fn other_reading(
    found: &Found<'_>,
    pass: &Pass<'_>,
    conventions: &mut Conventions,
) -> Result<bool, ImportError> {
    let options = found.options;
    let evidence = &pass.numbers.evidence;
    let decimal = options.decimal.or_else(|| evidence.decimal()).or(conventions.elsewhere);
    let decimal = decimal.unwrap_or_else(|| usual_decimal(&found.mapping.language));
    let mut again = decimal != pass.numbers.decimal && evidence.ambiguous > 0;
    conventions.numbers.decimal = decimal;
    let dates = &pass.dates.evidence;
    if let Some(unclear) = &dates.unclear {
        match options.date_order.or_else(|| dates.order()) {
            Some(order) => {
                again |= order != pass.dates.order;
                conventions.dates.order = order;
            }
            // Only in English do people write both.
            None if matches!(found.mapping.language.as_str(), "en" | "zh" | "ja" | "ko") => {
                return Err(ImportError::DateOrder(unclear.clone()));
            }
            None => {}
        }
    }
    Ok(again)
}
