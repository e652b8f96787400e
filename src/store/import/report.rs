//! A pass over a file, put into words and figures for the user.

use std::collections::BTreeMap;

use crate::plan::{Cadence, Field};

use super::currency::{currency_of, settled};
use super::date::Days;
use super::form::form;
use super::head::{Head, HeadRow};
use super::number::Fixed;
use super::options::{ImportOptions, Role};
use super::pass::Pass;
use super::people::personal;
use super::recognise::{Found, Outcome, people};
use super::recognised::{LeftOut, Reason, Recognised};
use super::shape::Shape;
use super::tally::day_of;
use super::totals::{TotalsCheck, check};
use super::words::Warning;

/// Daily rows of fewer days go into weeks, of more into months.
const DAYS_FOR_WEEKS: i32 = 92;

pub(super) fn report(found: &Found<'_>, outcome: Outcome<'_>, checksum: u64, len: u64) -> Recognised {
    let Outcome { pass, losses, line_by_line } = outcome;
    let mapping = &found.mapping;
    let people = people(mapping);
    let totals = check(&pass.tally, &pass.totals, &people);
    let (currency, currency_assumed) = currency(found, &pass);
    let range = joined(found.title_range, pass.range);
    let mut warnings = Vec::new();
    if losses.cut {
        warnings.push("the file is cut in the middle of a character; it was read up to there".into());
    }
    if losses.garbled {
        warnings.push("some bytes are no characters of this encoding; another one may be right".into());
    }
    if line_by_line {
        warnings.push("a quote is never closed: every line was read by itself".into());
    }
    warn_of_rows(found, &pass, &mut warnings);
    warn_of_money(&pass, found.options, &mut warnings);
    warn_of_people(&pass, &people, &mut warnings);
    warn_of_totals(&totals, &mut warnings);
    let (all, _) = pass.tally.sum(|_, _| true);
    let sums: Vec<Fixed> = all.iter().map(|sum| sum.unwrap_or(Fixed::MIN)).collect();
    let spans =
        pass.spans.iter().filter_map(|(first, last)| Some(Days { first: day_of(*first)?, last: day_of(*last)? }));
    let mut spans: Vec<Days> = spans.collect();
    spans.sort_by_key(|days| (days.first, days.last));
    let titles = titles(&found.head);
    let mut counts = pass.counts.clone();
    if !titles.is_empty() {
        counts.insert(Reason::Title, titles.len() as u64);
    }
    let mut left_out: Vec<LeftOut> = titles.into_iter().chain(pass.left_out.iter().cloned()).collect();
    left_out.sort_by_key(|row| row.line);
    Recognised {
        own: None,
        name: found.source.name.clone(),
        form: form(found),
        currency,
        currency_assumed,
        decimal: pass.numbers.decimal,
        date_order: has_slashes(&pass).then_some(pass.dates.order),
        range,
        rows: pass.rows,
        left_out_counts: counts.iter().map(|(reason, count)| (*reason, *count)).collect(),
        left_out,
        first_rows: pass.previews(),
        totals,
        sums: pass.tally.record(&sums),
        warnings,
        cadence: found.options.cadence.unwrap_or_else(|| fitting_cadence(&pass, &spans)),
        checksum,
        len,
        people,
        spans,
        today: found.today,
        tally: pass.tally,
    }
}

/// The lines above the header, but for the one that belongs to it.
fn titles(head: &Head) -> Vec<LeftOut> {
    let above = head.above.iter().take(head.above.len() - usize::from(head.two_lines));
    let title = |row: &HeadRow| {
        let text: String = head.joined(row).chars().filter(|c| !c.is_control()).take(80).collect();
        let text = text.trim().trim_end_matches(char::from(head.separator)).to_owned();
        let text = if personal(&text) { "(withheld)".to_owned() } else { text };
        (row.width() > 0).then_some(LeftOut { line: row.line, reason: Reason::Title, text })
    };
    above.filter_map(title).collect()
}

fn joined(one: Option<Days>, other: Option<Days>) -> Option<Days> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.and(other)),
        (one, other) => one.or(other),
    }
}

fn has_slashes(pass: &Pass<'_>) -> bool {
    let evidence = &pass.dates.evidence;
    evidence.dmy + evidence.mdy > 0 || evidence.unclear.is_some()
}

/// The currency of the file, and whether it is only what the platform usually has.
fn currency(found: &Found<'_>, pass: &Pass<'_>) -> (String, bool) {
    let language = &found.mapping.language;
    if let Some(said) = &found.options.currency {
        return (said.clone(), false);
    }
    let known = known_currencies(pass);
    let most = known.iter().max_by_key(|(_, count)| **count).map(|(code, _)| code.clone());
    let beside = || pass.numbers.evidence.currency.map(str::to_owned);
    if let Some(found) = most.or_else(|| found.mapping.currency.clone()).or_else(beside) {
        return (settled(&found, language), false);
    }
    let usual = found.mapping.platform.map_or("", |platform| platform.currency.as_str());
    let money = pass.tally.fields.iter().any(|field| field.is_money());
    (if money { usual.to_owned() } else { String::new() }, !usual.is_empty())
}

fn known_currencies(pass: &Pass<'_>) -> BTreeMap<String, u64> {
    let mut known = BTreeMap::new();
    for (text, count) in &pass.currencies {
        let text = text.trim();
        let code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if let Some(currency) = currency_of(text).or(code.then_some(text)) {
            *known.entry(currency.to_owned()).or_default() += count;
        }
    }
    known
}

/// Daily rows of a quarter or less go into weeks, everything else into months.
fn fitting_cadence(pass: &Pass<'_>, spans: &[Days]) -> Cadence {
    let in_weeks = spans.iter().all(|days| Cadence::Week.start_of(days.first) == Cadence::Week.start_of(days.last));
    match pass.range {
        Some(range)
            if pass.tally.grain == Cadence::Day && in_weeks && (2..DAYS_FOR_WEEKS).contains(&days_in(range)) =>
        {
            Cadence::Week
        }
        _ => Cadence::Month,
    }
}

fn days_in(days: Days) -> i32 {
    super::tally::number_of(days.last) - super::tally::number_of(days.first) + 1
}

fn warn_of_rows(found: &Found<'_>, pass: &Pass<'_>, warnings: &mut Vec<Warning>) {
    let count = |reason: Reason| pass.counts.get(&reason).copied().unwrap_or(0);
    for (at, (cells, line, text)) in &pass.odd_cells {
        let header = found.head.header.cells.get(*at).map_or("", |header| header.trim());
        let more = if *cells > 1 { format!(" and {} more", cells - 1) } else { String::new() };
        warnings.push(format!("{text:?} in column {header:?}, line {line}{more}, is no number: taken as blank").into());
    }
    if count(Reason::TooWide) > 0 {
        warnings.push(format!("{} left out: more cells than the header has", rows_of(count(Reason::TooWide))).into());
    }
    if count(Reason::BadDate) > 0 {
        warnings.push(format!("{} left out: the date cannot be read", rows_of(count(Reason::BadDate))).into());
    }
    if count(Reason::OtherTable) > 0 {
        warnings.push("another table follows below; only the first was read".into());
    }
    for heading in found.shape.iter().flat_map(Shape::left_out) {
        warnings.push(format!("the columns below {heading:?} are left out").into());
    }
    if pass.rows > 0 && pass.range.is_none() {
        let text = format!("the file has no dates: its rows go to the period of {}", found.today);
        warnings.push(Warning { text, flag: "--date =DAY says another" });
    } else if pass.dateless > 0 {
        warnings
            .push(format!("{} without a date went to the period of {}", rows_of(pass.dateless), found.today).into());
    }
    if pass.nameless > 0 {
        warnings.push(
            format!("{} without a name went to the channel {:?}", rows_of(pass.nameless), super::pass::BLANK_NAME)
                .into(),
        );
    }
    if pass.withheld > 0 {
        warnings.push("names that are mail addresses or telephone numbers are not written: see \"(withheld)\"".into());
    }
    if pass.untold_results > 0 {
        let rows = rows_of(pass.untold_results);
        warnings.push(format!("results of {rows} are neither purchases nor leads: they are not counted").into());
    }
    let column = |role| found.mapping.column(role);
    if column(Role::Result).is_some() && column(Role::ResultKind).is_none() {
        warnings.push("\"results\" are taken for deals: the file does not say what they are".into());
    }
}

fn rows_of(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

fn warn_of_money(pass: &Pass<'_>, options: &ImportOptions, warnings: &mut Vec<Warning>) {
    let known = known_currencies(pass);
    if known.len() > 1 && options.currency.is_none() {
        let codes: Vec<_> = known.into_keys().collect();
        warnings.push(format!("amounts in {} are added up as they stand", codes.join(" and ")).into());
    }
    if pass.tally.cells().any(|(_, _, sums, _)| super::tally::Tally::below_zero(sums)) {
        warnings.push("sums below zero stay blank: no record may hold them".into());
    }
}

/// Users and visitors that are summed over days or rows are no longer people.
fn warn_of_people(pass: &Pass<'_>, people: &[Field], warnings: &mut Vec<Warning>) {
    for field in people {
        if pass.rows > 1 {
            warnings.push(
                format!("{} counts people: whoever comes in two rows is counted twice in their sum", field.key())
                    .into(),
            );
        }
    }
}

fn warn_of_totals(totals: &TotalsCheck, warnings: &mut Vec<Warning>) {
    if let TotalsCheck::Differ { label, line, field, total, sum } = totals {
        let label = if label.is_empty() { String::new() } else { format!(" ({label:?})") };
        let field = field.key();
        warnings.push(
            format!("the rows add up to {sum} {field}, the file's own total on line {line}{label} says {total}").into(),
        );
    }
}
