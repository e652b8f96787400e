//! The links' rates of each channel and of all: numerators and denominators over the records in which both are known,
//! and what they come to.

use rust_xlsxwriter::XlsxError;

use crate::engine::{Analysis, LinkRate, Per, numerator};
use crate::plan::{Link, Plan};

use super::super::Computed;
use super::records::{Columns, Source};
use super::sheet::{Look, Sheet, cell, letter, ratio};

/// The columns before the links: the channel's number and name.
const BEFORE: usize = 2;
/// The columns of a link: what it is counted per, numerator, denominator, rate.
const WIDTH: usize = 4;
/// The links that rest on two sums of records.
const LINKS: [Link; 6] = [Link::Depth, Link::Consult, Link::Close, Link::Repurchase, Link::Refer, Link::Value];

/// Where the rates of all channels stand.
pub(super) struct Rated {
    total: usize,
}

impl Rated {
    /// The rate of all channels together, from another sheet; `None` for Invest and Reach, which follow from totals.
    pub(super) fn total(&self, link: Link) -> Option<String> {
        let at = LINKS.iter().position(|each| *each == link)?;
        Some(format!("Rates!{}", cell(self.total, BEFORE + at * WIDTH + 3)))
    }
}

/// How a link's rate looks.
pub(super) const fn look(link: Link) -> Look {
    match link {
        Link::Consult | Link::Close | Link::Repurchase | Link::Refer => Look::Percent,
        Link::Invest | Link::Value => Look::Money,
        Link::Reach | Link::Depth => Look::Ratio,
    }
}

pub(super) fn sheet(plan: &Plan, analysis: &Analysis, source: &Source) -> Result<(Sheet, Rated), XlsxError> {
    let mut sheet = Sheet::new("Rates")?;
    head(&mut sheet)?;
    let total = plan.channels.len() + 1;
    for (at, (channel, found)) in plan.channels.iter().zip(&analysis.channels).enumerate() {
        sheet.number(at + 1, 0, Some((at + 1) as f64), Look::Count)?;
        sheet.text(at + 1, 1, &channel.name, Look::Words)?;
        for (place, link) in LINKS.into_iter().enumerate() {
            let rate = found.figures.link(link);
            let columns = source.of(at);
            let sums = ends(rate, columns).map(|(above, below)| {
                let (channels, number) = (columns.channel(), format!("$A{}", at + 2));
                [(&above, &below), (&below, &above)]
                    .map(|(sum, known)| format!("=SUMIFS({sum},{channels},{number},{known},\">=0\")"))
            });
            line(&mut sheet, at + 1, BEFORE + place * WIDTH, rate, sums)?;
        }
    }
    sheet.text(total, 1, "All", Look::Words)?;
    for (place, link) in LINKS.into_iter().enumerate() {
        let column = BEFORE + place * WIDTH;
        // Channels whose rate starts further up take no part.
        let per = format!("{0}$2:{0}${1}", letter(column), total.max(2));
        let sums = [1, 2].map(|at| {
            let range = format!("{0}$2:{0}${1}", letter(column + at), total.max(2));
            format!("=SUMIFS({range},{per},{})", cell(total, column))
        });
        // Without a channel a sum would run over its own row.
        line(&mut sheet, total, column, analysis.total.link(link), (total > 1).then_some(sums))?;
    }
    Ok((sheet, Rated { total }))
}

fn head(sheet: &mut Sheet) -> Result<(), XlsxError> {
    let titles = LINKS.into_iter().flat_map(|link| {
        let title = link.title();
        [format!("{title} is counted"), format!("{title} numerator"), format!("{title} denominator"), title.to_owned()]
    });
    let titles: Vec<String> = ["No.".to_owned(), "Channel".to_owned()].into_iter().chain(titles).collect();
    sheet.headings(0, titles.iter().map(String::as_str))?;
    sheet.freeze(1, BEFORE)
}

/// The columns of the records that a rate is a ratio of; `None` where nothing that it could start from was measured.
fn ends(rate: &LinkRate, columns: Columns<'_>) -> Option<(String, String)> {
    if rate.link == Link::Value {
        return Some((columns.computed(Computed::GrossProfit)?, columns.computed(Computed::Orders)?));
    }
    Some((columns.field(numerator(rate.link)?), columns.field(rate.per.field()?)))
}

/// What a rate is counted per, both sums, and the rate.
fn line(
    sheet: &mut Sheet,
    row: usize,
    column: usize,
    rate: &LinkRate,
    sums: Option<[String; 2]>,
) -> Result<(), XlsxError> {
    let look_of_sum = if rate.link == Link::Value { Look::Money } else { Look::Count };
    sheet.text(row, column, per(rate), Look::Words)?;
    let Some([above, below]) = sums else { return Ok(()) };
    sheet.formula(row, column + 1, &above, Some(rate.sums.0), look_of_sum)?;
    sheet.formula(row, column + 2, &below, Some(rate.sums.1), Look::Count)?;
    let formula = ratio(&cell(row, column + 1), &cell(row, column + 2));
    sheet.formula(row, column + 3, &formula, rate.rate, look(rate.link))
}

const fn per(rate: &LinkRate) -> &'static str {
    match rate.link {
        Link::Value => Per::Orders.in_words(),
        _ => rate.per.in_words(),
    }
}
