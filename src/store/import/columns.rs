//! `assets/columns.ron`: what platforms call their columns, their totals, their blanks.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::plan::Field;

use super::error::ImportError;
use super::fold::{Header, fold};
use super::options::Role;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    platforms: Vec<PlatformEntry>,
    words: Vec<ColumnEntry>,
    beside_revenue: Vec<ColumnEntry>,
    results: Vec<ResultEntry>,
    totals: String,
    total_forms: String,
    blanks: String,
    made: String,
    all_days: String,
    month_columns: String,
    year_columns: String,
    week_columns: String,
    day_columns: String,
    terms: String,
    asides: String,
    months: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlatformEntry {
    name: String,
    #[serde(default)]
    channel_title: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    rows_are: String,
    #[serde(default)]
    blank_name_is_total: bool,
    #[serde(default)]
    one_channel: bool,
    #[serde(default)]
    marks: String,
    #[serde(default)]
    titles: String,
    #[serde(default)]
    whole: String,
    columns: Vec<ColumnEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnEntry {
    is: String,
    #[serde(default)]
    add: bool,
    #[serde(default)]
    people: bool,
    #[serde(default)]
    plain: bool,
    words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultEntry {
    is: String,
    holds: String,
}

/// One entry of a list of columns, found by a header.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    /// What the column is.
    pub role: Role,
    /// The place of the entry and of the word in it: of two columns the lower one is taken.
    pub rank: (usize, usize),
    /// The language of the word.
    pub language: String,
    /// True where all columns of the entry are added up.
    pub add: bool,
    /// True for users, who must not be summed over days silently.
    pub people: bool,
    /// True where it holds for tables of nobody in particular alone.
    pub plain: bool,
}

/// A list of columns by folded headers.
#[derive(Debug, Default)]
pub(super) struct Columns {
    exact: HashMap<String, Vec<Known>>,
    /// Those that end with a star.
    open: Vec<(String, Known)>,
}

/// A platform.
#[derive(Debug)]
pub(super) struct Platform {
    pub name: String,
    /// What its only channel is called; "" for its name.
    pub channel_title: String,
    /// Its currency where no file says one.
    pub currency: String,
    /// What each row (or order) counts as.
    pub rows_are: Option<Field>,
    /// True where a row without a name is the sum of the others.
    pub blank_name_is_total: bool,
    /// True where the file is one channel unless the user says otherwise.
    pub one_channel: bool,
    pub marks: Vec<String>,
    pub titles: Vec<String>,
    /// Whole lines of headers, folded, with commas between them.
    pub whole: Vec<String>,
    pub columns: Columns,
}

/// Everything of `columns.ron`.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub platforms: Vec<Platform>,
    pub words: Columns,
    /// What columns are where another one holds the revenue.
    pub beside_revenue: Columns,
    /// What "results" are, by a piece of their kind's name.
    pub results: Vec<(Field, Vec<String>)>,
    pub totals: Vec<String>,
    pub total_forms: Vec<String>,
    pub blanks: Vec<String>,
    pub made: Vec<String>,
    /// What a cell of dates says where its row is the sum of all days.
    pub all_days: Vec<String>,
    /// What columns are called whose dates are months.
    pub month_columns: Vec<String>,
    /// The same of years, weeks and days of a month that stand in columns of their own.
    pub year_columns: Vec<String>,
    pub week_columns: Vec<String>,
    pub day_columns: Vec<String>,
    /// Columns of what somebody searched for, where "total" is a word like another.
    pub terms: Vec<String>,
    /// What makes a header something else than its word says: "Cost (Plan)".
    pub asides: Vec<String>,
    /// Folded names of months, with their numbers.
    pub months: Vec<(String, i8)>,
}

static VOCABULARY: LazyLock<Result<Vocabulary, String>> =
    LazyLock::new(|| Vocabulary::read(include_str!("../../../assets/columns.ron")));

impl Vocabulary {
    /// The one that the program is built with.
    pub(super) fn embedded() -> Result<&'static Self, ImportError> {
        VOCABULARY.as_ref().map_err(|error| ImportError::Columns(error.clone()))
    }

    fn read(text: &str) -> Result<Self, String> {
        let file: File = ron::from_str(text).map_err(|error| error.to_string())?;
        let mut months = Vec::new();
        for names in file.months.values() {
            months.extend(names.split_whitespace().map(str::to_owned).zip(1_i8..=12));
        }
        let results = file.results.iter().map(|entry| Ok((field(&entry.is)?, list(&entry.holds))));
        Ok(Self {
            platforms: file.platforms.into_iter().map(platform).collect::<Result<_, String>>()?,
            words: columns(&file.words)?,
            beside_revenue: columns(&file.beside_revenue)?,
            results: results.collect::<Result<_, String>>()?,
            totals: list(&file.totals),
            total_forms: list(&file.total_forms),
            blanks: file.blanks.split(" | ").map(|word| word.trim().to_lowercase()).collect(),
            made: list(&file.made),
            all_days: list(&file.all_days),
            month_columns: list(&file.month_columns),
            year_columns: list(&file.year_columns),
            week_columns: list(&file.week_columns),
            day_columns: list(&file.day_columns),
            terms: list(&file.terms),
            asides: list(&file.asides),
            months,
        })
    }

    /// The platform of that name, case aside.
    pub(super) fn platform(&self, name: &str) -> Option<&Platform> {
        self.platforms.iter().find(|platform| fold(&platform.name) == fold(name))
    }

    /// How many cells of a row are headers that anybody knows.
    pub(super) fn known_headers(&self, folded: &[Header]) -> usize {
        folded.iter().filter(|header| self.knows(header)).count()
    }

    /// True for a header that anybody knows.
    pub(super) fn knows(&self, header: &Header) -> bool {
        let of = |platform: &Platform| platform.marks.contains(&header.key) || platform.columns.find(header).is_some();
        !header.key.is_empty() && (self.words.find(header).is_some() || self.platforms.iter().any(of))
    }

    /// A header as it is looked up: "Cost (Plan)" is no cost.
    pub(super) fn header(&self, text: &str) -> Header {
        let mut header = Header::read(text);
        let aside = |inside: &str| self.asides.iter().any(|aside| aside == inside.trim());
        if header.key.rsplit_once('(').is_some_and(|(_, inside)| aside(inside.trim_end_matches(')'))) {
            header.bare = None;
        }
        header
    }
}

impl Columns {
    /// What a header is, by its whole key, then by a word with a star, then without its bracket.
    pub(super) fn find<'a>(&'a self, header: &'a Header) -> Option<&'a Known> {
        self.all(header).min_by_key(|(loose, known)| (*loose, known.rank)).map(|(_, known)| known)
    }

    /// Everything that a header may be, each with whether its bracket had to be left out.
    pub(super) fn all<'a>(&'a self, header: &'a Header) -> impl Iterator<Item = (bool, &'a Known)> {
        let exact = self.exact.get(&header.key).into_iter().flatten().map(|known| (false, known));
        let open = self.open.iter().filter(|(start, _)| header.key.starts_with(start.as_str()));
        let bare = header.bare.as_ref().and_then(|bare| self.exact.get(bare)).into_iter().flatten();
        exact.chain(open.map(|(_, known)| (false, known))).chain(bare.map(|known| (true, known)))
    }
}

fn platform(entry: PlatformEntry) -> Result<Platform, String> {
    Ok(Platform {
        columns: columns(&entry.columns)?,
        rows_are: if entry.rows_are.is_empty() { None } else { Some(field(&entry.rows_are)?) },
        marks: list(&entry.marks),
        titles: list(&entry.titles),
        whole: list(&entry.whole),
        channel_title: if entry.channel_title.is_empty() { entry.name.clone() } else { entry.channel_title },
        currency: entry.currency,
        blank_name_is_total: entry.blank_name_is_total,
        one_channel: entry.one_channel,
        name: entry.name,
    })
}

fn columns(entries: &[ColumnEntry]) -> Result<Columns, String> {
    let mut columns = Columns::default();
    for (at, entry) in entries.iter().enumerate() {
        let role: Role = entry.is.parse()?;
        for (language, words) in &entry.words {
            for (place, word) in words.split(" | ").enumerate() {
                let rank = (at, place);
                let known = Known {
                    role,
                    rank,
                    language: language.clone(),
                    add: entry.add,
                    people: entry.people,
                    plain: entry.plain,
                };
                match word.trim().strip_suffix('*') {
                    Some(start) => columns.open.push((fold(start), known)),
                    None => columns.exact.entry(fold(word)).or_default().push(known),
                }
            }
        }
    }
    Ok(columns)
}

fn field(word: &str) -> Result<Field, String> {
    match word.parse()? {
        Role::Field(field) => Ok(field),
        _ => Err(format!("{word:?} is no field of a record")),
    }
}

fn list(words: &str) -> Vec<String> {
    words.split(" | ").map(fold).filter(|word| !word.is_empty()).collect()
}

/// True if `text` has the form of `pattern`, whose stars at the ends or in the middle stand for anything.
pub(super) fn has_form(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(rest) = parts.next().and_then(|start| text.strip_prefix(start.trim_start())) else { return false };
    let parts: Vec<_> = parts.collect();
    let Some((end, middle)) = parts.split_last() else { return rest.is_empty() };
    let mut rest = rest;
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        let vocabulary = Vocabulary::embedded().unwrap();
        assert!(vocabulary.platforms.len() > 15);
        for platform in &vocabulary.platforms {
            assert!(!platform.marks.is_empty(), "{}", platform.name);
        }
        assert_eq!(
            vocabulary.words.find(&Header::read("Spent")).map(|known| known.role),
            Some(Role::Field(Field::Spend))
        );
    }

    #[test]
    fn a_star_stands_for_anything() {
        assert!(has_form("全2件の結果", "全*件の結果"));
        assert!(has_form("total of 12 results", "total of *"));
        assert!(has_form("report name: x", "report name: *"));
        assert!(!has_form("total", "total of *"));
        assert!(has_form("search keyword report", "*keyword report"));
        assert!(!has_form("reported", "report"));
    }
}
