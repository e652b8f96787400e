//! Where in a row everything stands.

use crate::plan::Field;

use super::date::Days;
use super::fold::fold;
use super::mapping::MappedColumn;
use super::number::Fixed;
use super::options::{ChannelFrom, DateFrom, Role};
use super::recognise::Found;

/// A column of figures, ready to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct FigureColumn {
    pub at: usize,
    pub slot: usize,
    pub scale: Fixed,
    pub divisor: Fixed,
    /// True where a fraction would make no sense.
    pub count: bool,
}

/// Where in a row everything stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub width: usize,
    pub headers: Vec<String>,
    pub figures: Vec<FigureColumn>,
    pub channel: Option<usize>,
    pub date: Option<usize>,
    pub date_end: Option<usize>,
    pub currency: Option<usize>,
    pub order: Option<usize>,
    pub result: Option<usize>,
    pub result_kind: Option<usize>,
    /// The fields that "results" may be, with their slots: those that have no column of their own.
    pub result_slots: Vec<(Field, usize)>,
    /// The slot that each row or order counts in.
    pub counted: Option<usize>,
    /// Columns of text in which a total may be told.
    pub labels: Vec<usize>,
    /// Those of them that are neither the channel nor the date nor figures of a kind that is not imported.
    pub dividing: Vec<usize>,
    /// Columns whose text may be shown.
    pub shown: Vec<usize>,
    /// What the only channel is called.
    pub one_channel: String,
    /// The days of all rows where rows have none of their own.
    pub all_days: Option<Days>,
    pub blank_name_is_total: bool,
    /// Columns of what somebody searched for, where "total" may be a word like another.
    pub terms: Vec<usize>,
}

/// Where in a row everything stands, and the fields of its figures.
pub(super) fn layout(found: &Found<'_>) -> (Layout, Vec<Field>) {
    let mapping = &found.mapping;
    let mut fields: Vec<Field> = Vec::new();
    let mut slot = |field: Field| {
        fields.iter().position(|known| *known == field).unwrap_or_else(|| {
            fields.push(field);
            fields.len() - 1
        })
    };
    let figure = |(column, field): (&MappedColumn, Field), slot: usize| FigureColumn {
        at: column.column,
        slot,
        scale: column.scale.into(),
        divisor: column.divisor.into(),
        count: is_count(field),
    };
    let figures: Vec<_> = mapping.figures().map(|pair| figure(pair, slot(pair.1))).collect();
    let mapped: Vec<Field> = mapping.figures().map(|(_, field)| field).collect();
    let result = mapping.column(Role::Result);
    let possible = [Field::Deals, Field::Consults, Field::Uv].into_iter().filter(|field| !mapped.contains(field));
    let possible = possible
        .filter(|field| result.is_some() && (*field == Field::Deals || mapping.column(Role::ResultKind).is_some()));
    let result_slots = possible.map(|field| (field, slot(field))).collect();
    let rows_are = mapping.platform.and_then(|platform| platform.rows_are).filter(|field| !mapped.contains(field));
    let counted = rows_are.map(&mut slot);
    let one_name = match &found.options.channel {
        Some(ChannelFrom::Name(name)) => Some(name.clone()),
        _ => None,
    };
    let text = |column: &&MappedColumn| {
        matches!(column.role, Role::Ignored | Role::Channel | Role::Date | Role::Order | Role::Currency | Role::DateEnd)
    };
    let texts: Vec<usize> = mapping.columns.iter().filter(text).map(|column| column.column).collect();
    let labels: Vec<usize> = texts.iter().copied().filter(|at| *at < 12).collect();
    let is_date = |at: usize| matches!(mapping.columns[at].role, Role::Date | Role::DateEnd);
    let given = matches!(found.options.date, Some(DateFrom::Day(_)));
    let all_days = match found.options.date {
        Some(DateFrom::Day(day)) => Some(Days::one(day)),
        _ => found.title_range,
    };
    let layout = Layout {
        width: found.head.header.cells.len(),
        headers: found.head.header.cells.clone(),
        figures,
        channel: if one_name.is_some() { None } else { mapping.column(Role::Channel) },
        date: mapping.column(Role::Date).filter(|_| !given),
        date_end: mapping.column(Role::DateEnd).filter(|_| !given),
        currency: mapping.column(Role::Currency),
        order: mapping.column(Role::Order),
        result,
        result_kind: mapping.column(Role::ResultKind),
        result_slots,
        counted,
        dividing: labels.iter().copied().filter(|at| divides(found, *at)).collect(),
        labels,
        shown: texts.into_iter().filter(|at| !is_date(*at)).take(12).collect(),
        one_channel: one_name.unwrap_or_else(|| channel_title(found)),
        all_days,
        blank_name_is_total: mapping.platform.is_some_and(|platform| platform.blank_name_is_total),
        terms: labels_of_terms(found),
    };
    (layout, fields)
}

fn labels_of_terms(found: &Found<'_>) -> Vec<usize> {
    let terms = |header: &str| found.vocabulary.terms.contains(&fold(header));
    found.mapping.columns.iter().filter(|column| terms(&column.header)).map(|column| column.column).collect()
}

/// True for a column of text that is neither channel nor date: "Total" may stand there beside both.
fn divides(found: &Found<'_>, at: usize) -> bool {
    let role = found.mapping.columns[at].role;
    let cells = found.head.sample.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.trim().is_empty());
    let figures = cells.clone().filter(|cell| cell.starts_with(|first: char| first.is_ascii_digit())).count();
    matches!(role, Role::Ignored | Role::Order) && (figures == 0 || figures < cells.count())
}

/// What the only channel of a file is called: the platform's word, else the file's name.
pub(super) fn channel_title(found: &Found<'_>) -> String {
    let name = || if found.source.name.trim().is_empty() { "Import".to_owned() } else { found.source.name.clone() };
    found.mapping.platform.map_or_else(name, |platform| platform.channel_title.clone())
}

/// True for what is counted in whole numbers.
pub(super) fn is_count(field: Field) -> bool {
    matches!(field, Field::Actions | Field::Uv | Field::Pv)
}
