//! Rows of totals: told by what they say, and checked against the rows.

use crate::plan::{Cadence, Field};

use super::columns::{Vocabulary, has_form};
use super::fold::fold;
use super::number::{Fixed, HALF_CENT, as_number, whole};
use super::tally::{DayNumber, Tally, UNDATED};

/// The words that rows of totals begin with.
pub(super) struct TotalWords {
    vocabulary: &'static Vocabulary,
    /// Places of the first three bytes of all of them: nearly every cell is told by those.
    beginnings: Vec<bool>,
}

/// The place of three bytes among the beginnings; a few share one.
fn place(beginning: [u8; 3]) -> usize {
    let [a, b, c] = beginning.map(usize::from);
    (a << 7 ^ b << 4 ^ c) & 0x7fff
}

impl TotalWords {
    pub(super) fn new(vocabulary: &'static Vocabulary) -> Self {
        let words = vocabulary.totals.iter().chain(&vocabulary.total_forms);
        let mut beginnings = vec![false; 1 << 15];
        for beginning in words.filter_map(|word| word.as_bytes().first_chunk().copied()) {
            beginnings[place(beginning)] = true;
        }
        Self { vocabulary, beginnings }
    }

    /// True if a cell says that its row is a total.
    pub(super) fn say_total(&self, cell: &[u8]) -> bool {
        let signs = cell.iter().take_while(|byte| matches!(byte, b'-' | b'*' | b'=' | b' ' | b'"' | b'[')).count();
        let Some(first) = cell[signs..].first() else { return false };
        let possible = match first {
            b'0'..=b'9' => !cell.is_ascii(),
            // Accents and Cyrillic capitals are folded first.
            0xc2..=0xdf => true,
            _ => {
                let mut beginning = [0; 3];
                for (to, byte) in beginning.iter_mut().zip(&cell[signs..]) {
                    *to = byte.to_ascii_lowercase();
                }
                self.beginnings[place(beginning)]
            }
        };
        possible && cell.len() <= 120 && std::str::from_utf8(cell).is_ok_and(|text| says_total(self.vocabulary, text))
    }
}

fn says_total(vocabulary: &Vocabulary, text: &str) -> bool {
    let text = fold(text);
    let text = text.trim_matches(['-', '*', '=', ' ', '"', '[', ']']);
    let word = |word: &String| {
        let Some(rest) = text.strip_prefix(word.as_str()) else { return false };
        let rest = rest.trim_start();
        // "Total: Account", "Total (12)", "Total - 5 campaigns" and no "Total Wine".
        rest.is_empty() || rest.starts_with([':', '(', '-', '–', '—']) || rest.trim().parse::<u64>().is_ok()
    };
    vocabulary.totals.iter().any(word) || vocabulary.total_forms.iter().any(|form| has_form(text, form))
}

/// A row of totals, as it was left out.
#[derive(Debug, Clone)]
pub(super) struct Total {
    pub line: u64,
    pub label: String,
    pub channel: Option<u32>,
    pub day: Option<DayNumber>,
    /// True where other columns divide it: a total by device.
    pub divided: bool,
    pub values: Vec<Option<Fixed>>,
}

/// What the platform's own totals say about the rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum TotalsCheck {
    /// The file has no totals.
    #[default]
    None,
    /// The rows add up to a total.
    Agree {
        /// What the row of that total says.
        label: String,
    },
    /// They add up to none.
    Differ {
        /// What the row of the nearest total says.
        label: String,
        /// Its line.
        line: u64,
        /// The field that differs most.
        field: Field,
        /// What the platform says.
        total: f64,
        /// What the rows add up to.
        sum: f64,
    },
}

/// How far a sum may lie from a total: each of `rows` rows is rounded for itself.
fn tolerance(field: Field, rows: u64) -> Fixed {
    match field {
        Field::Spend | Field::Revenue | Field::Deals | Field::Consults | Field::Hours => {
            HALF_CENT.saturating_mul(Fixed::from(rows) + 2)
        }
        _ => whole(1) / 2,
    }
}

/// True if all that a total says is the sum; `people` are fields that need not be.
pub(super) fn agree(
    fields: &[Field],
    total: &[Option<Fixed>],
    sums: &[Option<Fixed>],
    rows: u64,
    people: &[Field],
) -> bool {
    let mut told = false;
    for ((&field, total), sum) in fields.iter().zip(total).zip(sums) {
        if people.contains(&field) {
            continue;
        }
        let Some(total) = total else { continue };
        let near = total.saturating_sub(sum.unwrap_or(0)).saturating_abs() <= tolerance(field, rows);
        if !near {
            return false;
        }
        told |= *total != 0;
    }
    told
}

/// Checks the rows against the totals of the file.
pub(super) fn check(tally: &Tally, totals: &[Total], people: &[Field]) -> TotalsCheck {
    let fields = &tally.fields;
    let (all, rows) = tally.sum(|_, _| true);
    let whole: Vec<&Total> = totals.iter().filter(|total| !total.divided).collect();
    if let Some(total) = whole.iter().find(|total| agree(fields, &total.values, &all, rows, people)) {
        return TotalsCheck::Agree { label: total.label.clone() };
    }
    // Totals of days or of channels, each for itself; all of them must agree.
    // Where days were summed into months to save room, totals of days can no longer be checked.
    let daily = tally.grain == Cadence::Day;
    let is_part = |total: &&Total| total.channel.is_some() || total.day.is_some();
    let parts: Vec<_> =
        totals.iter().filter(|total| is_part(total) && (daily || total.day.is_none())).take(500).collect();
    let part_agrees = |total: &&Total| {
        let (sums, rows) = tally.sum(|channel, day| {
            total.day.is_none_or(|wanted| wanted == day || wanted == UNDATED)
                && total.channel.is_none_or(|wanted| wanted == channel)
        });
        agree(fields, &total.values, &sums, rows, people)
    };
    if let Some(first) = parts.first()
        && parts.iter().all(part_agrees)
    {
        return TotalsCheck::Agree { label: first.label.clone() };
    }
    let nearest = totals.iter().filter(|total| !total.divided && (daily || total.day.is_none()));
    let nearest = nearest.filter_map(|total| worst(fields, total, &all, people));
    let told = nearest.min_by(|a, b| a.0.total_cmp(&b.0));
    told.map_or(TotalsCheck::None, |(_, check)| check)
}

/// The field of a total that lies furthest off, and how far, as a share.
fn worst(fields: &[Field], total: &Total, sums: &[Option<Fixed>], people: &[Field]) -> Option<(f64, TotalsCheck)> {
    let mut worst: Option<(f64, Field, f64, f64)> = None;
    for ((&field, value), sum) in fields.iter().zip(&total.values).zip(sums) {
        // A total of nothing at all is one of something else: "Total: Display".
        let Some(value) = value.filter(|value| *value != 0 && !people.contains(&field)) else { continue };
        let (value, sum) = (as_number(value), as_number(sum.unwrap_or(0)));
        let off = (value - sum).abs() / value.abs().max(sum.abs()).max(1e-9);
        if worst.is_none_or(|(before, ..)| off > before) {
            worst = Some((off, field, value, sum));
        }
    }
    let (off, field, value, sum) = worst?;
    Some((off, TotalsCheck::Differ { label: total.label.clone(), line: total.line, field, total: value, sum }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_in_many_languages_and_campaigns_are_none() {
        let words = TotalWords::new(Vocabulary::embedded().unwrap());
        for text in [
            "Total",
            "Total: Account",
            "Total : Compte",
            "Gesamt: Konto",
            "合計",
            "全2件の結果",
            "总计",
            "总计：帐号",
            "合計: アカウント",
            "Grand Total",
            "Total of 12 results",
            "Totales",
            "Summe",
            "--总计--",
            "Total (3 campaigns)",
            "Results from 4 campaigns",
            "Ergebnisse aus 11 Kampagnen",
            "小计",
            "Итого: аккаунт",
            "Łącznie: konto",
            "4 件のキャンペーンの結果",
        ] {
            assert!(words.say_total(text.as_bytes()), "{text}");
        }
        for text in
            ["Total Wine", "Totally new", "Summer sale", "SEO", "12", "", "合作伙伴", "全国", "Summertime", "Ensembles"]
        {
            assert!(!words.say_total(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_sum_agrees_within_rounding() {
        let cents = |cents: i128| Some(whole(cents) / 100);
        let fields = [Field::Spend, Field::Uv];
        assert!(agree(&fields, &[cents(116_409), Some(whole(9))], &[cents(116_410), Some(whole(9))], 2, &[]));
        assert!(!agree(&fields, &[cents(116_509), Some(whole(9))], &[cents(116_410), Some(whole(9))], 2, &[]));
        assert!(!agree(&fields, &[cents(116_410), Some(whole(8))], &[cents(116_410), Some(whole(9))], 2, &[]));
        assert!(agree(&fields, &[cents(116_410), Some(whole(8))], &[cents(116_410), Some(whole(9))], 2, &[Field::Uv]));
    }
}
