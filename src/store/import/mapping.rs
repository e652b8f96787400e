//! Which column is what: by the platform's list, by words that hold for every table, by what the user says.

use std::collections::BTreeMap;

use crate::plan::{Field, nearest};

use super::columns::{Columns, Known, Platform, Vocabulary};
use super::error::ImportError;
use super::fold::{Header, fold};
use super::options::{ChannelFrom, DateFrom, ImportOptions, Role};
use super::platform::platform;

/// Why a column is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The platform calls it so.
    Platform,
    /// Everybody calls it so.
    Word,
    /// The user says so.
    User,
    /// Nothing is known of it.
    Unknown,
}

/// A column of the file, and what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedColumn {
    /// Its place, from 0.
    pub column: usize,
    /// Its header as it stands in the file.
    pub header: String,
    /// What it is.
    pub role: Role,
    /// Why.
    pub how: How,
    /// What its numbers are multiplied with: 10,000 for 万.
    pub scale: u32,
    /// What they are divided by: 1,000,000 for micros.
    pub divisor: u32,
    /// True for users and visitors, who are counted once a day and so must not be summed over days silently.
    pub people: bool,
}

/// All columns of a file.
#[derive(Debug, Clone)]
pub(super) struct Mapping {
    pub platform: Option<&'static Platform>,
    pub columns: Vec<MappedColumn>,
    /// The language of the headers: `en`, `zh` …
    pub language: String,
    /// The currency that headers of money name.
    pub currency: Option<String>,
}

impl Mapping {
    /// The first column of that role.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().find(|column| column.role == role).map(|column| column.column)
    }

    /// The columns of figures.
    pub(super) fn figures(&self) -> impl Iterator<Item = (&MappedColumn, Field)> {
        self.columns.iter().filter_map(|column| match column.role {
            Role::Field(field) => Some((column, field)),
            _ => None,
        })
    }
}

/// Maps the columns of a header.
pub(super) fn map(
    vocabulary: &'static Vocabulary,
    headers: &[String],
    titles: &[String],
    options: &ImportOptions,
) -> Result<Mapping, ImportError> {
    let folded: Vec<Header> = headers.iter().map(|header| vocabulary.header(header)).collect();
    let platform = platform(vocabulary, &folded, titles, options.platform.as_deref())?;
    let mut columns: Vec<MappedColumn> = headers.iter().zip(&folded).enumerate().map(blank_column).collect();
    let mut languages = BTreeMap::new();
    if let Some(platform) = platform {
        assign(&platform.columns, &folded, &mut columns, (How::Platform, true), &mut languages);
    }
    assign(&vocabulary.words, &folded, &mut columns, (How::Word, platform.is_some()), &mut languages);
    let has = |field| columns.iter().any(|column| column.role == Role::Field(field));
    if has(Field::Revenue) && !has(Field::Deals) {
        let kind = (How::Word, platform.is_some());
        assign(&vocabulary.beside_revenue, &folded, &mut columns, kind, &mut languages);
    }
    if platform.is_some_and(|platform| platform.one_channel) {
        forget(&mut columns, Role::Channel);
    }
    drop_needless(&mut columns);
    say(options, &folded, &mut columns)?;
    let language = languages.into_iter().max_by_key(|(language, count)| (*count, language == "en"));
    let money = |column: &&MappedColumn| matches!(column.role, Role::Field(field) if field.is_money());
    let named = columns.iter().filter(money).find_map(|column| folded[column.column].currency.clone());
    let currency = named.or_else(|| folded.iter().find_map(|header| header.currency.clone()));
    let language = language.map_or_else(|| "en".to_owned(), |(language, _)| language);
    Ok(Mapping { platform, columns, language, currency })
}

fn blank_column((column, (header, folded)): (usize, (&String, &Header))) -> MappedColumn {
    MappedColumn {
        column,
        header: header.trim().trim_start_matches('\u{feff}').to_owned(),
        role: Role::Ignored,
        how: How::Unknown,
        scale: folded.scale,
        divisor: folded.divisor,
        people: false,
    }
}

/// Gives each role that no column has yet its best column of a list.
fn assign(
    list: &Columns,
    headers: &[Header],
    columns: &mut [MappedColumn],
    (how, platform): (How, bool),
    languages: &mut BTreeMap<String, usize>,
) {
    let mut found: BTreeMap<Role, Vec<(bool, &Known, usize)>> = BTreeMap::new();
    for (at, header) in headers.iter().enumerate() {
        // "Conversions (goal 1)" is no "Conversions" where that stands beside it.
        let beside = |bare: &String| headers.iter().any(|other| other.key == *bare);
        let told_apart = header.bare.as_ref().is_some_and(beside);
        for (loose, known) in list.all(header).filter(|(loose, _)| !(*loose && told_apart)) {
            if known.plain && platform {
                continue;
            }
            // Every language that has the word is one vote.
            *languages.entry(known.language.clone()).or_default() += usize::from(!loose);
            found.entry(known.role).or_default().push((loose, known, at));
        }
    }
    for (role, mut candidates) in found {
        candidates.retain(|(_, _, at)| columns[*at].how == How::Unknown);
        candidates.sort_by_key(|(loose, known, at)| (*loose, known.rank, *at));
        let taken = columns.iter().any(|column| column.role == role && column.how != How::Unknown);
        if role == Role::Person {
            candidates.retain(|(loose, _, _)| !loose);
        } else if taken {
            candidates.clear();
        } else if let Some(&(_, first, _)) = candidates.first()
            && first.add
        {
            candidates.retain(|(_, known, _)| known.rank.0 == first.rank.0);
        } else {
            candidates.truncate(1);
        }
        for (_, known, at) in candidates {
            (columns[at].role, columns[at].how, columns[at].people) = (role, how, known.people);
        }
    }
}

/// What the header of a first day holds, in any language.
const BEGINNINGS: [&str; 11] =
    ["start", "begin", "anfang", "from", "debut", "inicio", "inizio", "since", "開始", "开始", "分析報告開始"];

pub(super) fn forget(columns: &mut [MappedColumn], role: Role) {
    for column in columns.iter_mut().filter(|column| column.role == role) {
        (column.role, column.how) = (Role::Ignored, How::Unknown);
    }
}

/// "Results" are asked only where no column of its own says what they are; an end needs a beginning.
fn drop_needless(columns: &mut [MappedColumn]) {
    let has = |role: Role| columns.iter().any(|column| column.role == role);
    let deals = has(Role::Field(Field::Deals));
    let consults = has(Role::Field(Field::Consults));
    let kind = has(Role::ResultKind);
    let needless_result = (deals && consults) || ((deals || consults) && !kind);
    // "Reporting ends" belongs to "Reporting starts", not to a day that stands beside both.
    let begins = |column: &&MappedColumn| {
        let header = fold(&column.header);
        column.role == Role::Date && BEGINNINGS.iter().any(|word| header.contains(word))
    };
    let date = columns.iter().any(|column| begins(&column));
    for column in columns.iter_mut() {
        let needless = match column.role {
            Role::Result | Role::ResultKind => needless_result,
            Role::DateEnd => !date,
            _ => false,
        };
        if needless {
            (column.role, column.how) = (Role::Ignored, How::Unknown);
        }
    }
}

/// What the user says goes before everything else.
fn say(options: &ImportOptions, folded: &[Header], columns: &mut [MappedColumn]) -> Result<(), ImportError> {
    let mut said: Vec<(usize, Role)> = Vec::new();
    for (name, role) in &options.map {
        said.push((named_column(name, folded, columns)?, *role));
    }
    if let Some(ChannelFrom::Column(name)) = &options.channel {
        let at = named_column(name, folded, columns)?;
        if columns[at].role == Role::Person {
            return Err(ImportError::Personal(columns[at].header.clone()));
        }
        said.push((at, Role::Channel));
    }
    if let Some(DateFrom::Column(name)) = &options.date {
        said.push((named_column(name, folded, columns)?, Role::Date));
    }
    for (_, role) in &said {
        for column in columns.iter_mut().filter(|column| column.role == *role && *role != Role::Person) {
            (column.role, column.how) = (Role::Ignored, How::Unknown);
        }
    }
    // A day that the user gives is the whole date.
    if matches!(options.date, Some(DateFrom::Column(_)) | None) && said.iter().any(|(_, role)| *role == Role::Date) {
        for column in columns.iter_mut().filter(|column| column.role == Role::DateEnd) {
            (column.role, column.how) = (Role::Ignored, How::Unknown);
        }
    }
    for (at, role) in said {
        if columns[at].role == Role::Person && role == Role::Channel {
            return Err(ImportError::Personal(columns[at].header.clone()));
        }
        (columns[at].role, columns[at].how) = (role, How::User);
    }
    Ok(())
}

/// The column of that header; `Cost#2` is the second of the name.
fn named_column(name: &str, folded: &[Header], columns: &[MappedColumn]) -> Result<usize, ImportError> {
    let same = |name: &str| -> Vec<usize> {
        let exact = columns.iter().filter(|column| column.header == name.trim()).map(|column| column.column);
        let exact: Vec<_> = exact.collect();
        if !exact.is_empty() {
            return exact;
        }
        let key = Header::read(name).key;
        (0..folded.len()).filter(|&at| folded[at].key == key).collect()
    };
    if let Some(at) = same(name).first() {
        return Ok(*at);
    }
    let numbered = name.rsplit_once('#').and_then(|(name, number)| Some((name, number.trim().parse::<usize>().ok()?)));
    if let Some((name, number)) = numbered
        && let Some(at) = number.checked_sub(1).and_then(|at| same(name).get(at).copied())
    {
        return Ok(at);
    }
    let headers: Vec<_> = columns.iter().map(|column| column.header.as_str()).collect();
    let known = match nearest(name, headers.iter().copied()) {
        Some(near) => format!("{near:?}"),
        None => headers.join(", "),
    };
    Err(ImportError::Unknown { what: "column", name: name.to_owned(), known })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(headers: &[&str], options: &ImportOptions) -> Result<Vec<(&'static str, String)>, ImportError> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let mapping = map(Vocabulary::embedded().unwrap(), &headers, &[], options)?;
        let named = mapping.columns.into_iter().filter(|column| column.role != Role::Ignored);
        Ok(named.map(|column| (column.role.key(), column.header)).collect())
    }

    #[test]
    fn a_header_twice_counts_once_and_a_better_one_goes_first() {
        let found = roles(
            &["Day", "Clicks (all)", "Link clicks", "Link clicks", "Amount spent (USD)"],
            &ImportOptions::default(),
        );
        let found: Vec<_> = found.unwrap().into_iter().map(|(role, header)| format!("{role}={header}")).collect();
        assert_eq!(found, ["date=Day", "uv=Link clicks", "spend=Amount spent (USD)"]);
    }

    #[test]
    fn the_users_word_goes_first_and_columns_of_one_field_add_up() {
        let map =
            vec![("Cost#2".to_owned(), Role::Field(Field::Spend)), ("Fees".to_owned(), Role::Field(Field::Spend))];
        let options = ImportOptions { map, ..ImportOptions::default() };
        let found = roles(&["Cost", "Cost", "Fees"], &options).unwrap();
        assert_eq!(found, [("spend", "Cost".to_owned()), ("spend", "Fees".to_owned())]);
        let unknown = ImportOptions { map: vec![("Fess".to_owned(), Role::Ignored)], ..ImportOptions::default() };
        let error = roles(&["Cost", "Fees"], &unknown).unwrap_err().to_string();
        assert_eq!(error, "there is no column \"Fess\": there is \"Fees\"");
    }

    #[test]
    fn personal_data_is_no_channel() {
        let channel = Some(ChannelFrom::Column("Email".to_owned()));
        let options = ImportOptions { channel, ..ImportOptions::default() };
        assert!(matches!(roles(&["Email", "Cost"], &options), Err(ImportError::Personal(_))));
    }
}
