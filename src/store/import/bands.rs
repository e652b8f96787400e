//! Headers of two lines: a line of headings, each over several columns, above the line that names the columns.
//!
//! A heading completes the header below it ("Conversions" over "Total"), is the channel or the period of all columns
//! below it ("Google ads" and "Meta", each over "Cost" and "Clicks"), or says nothing that matters ("Metrics").

use std::collections::{BTreeMap, BTreeSet};

use csv::ByteRecord;

use super::columns::Vocabulary;
use super::date::DateReader;
use super::error::ImportError;
use super::fold::{Header, fold};
use super::head::{Head, HeadRow};
use super::options::DateOrder;
use super::rows::Flow;
use super::totals::TotalWords;

/// Columns that stand again and again, each time below another heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bands {
    /// Columns that all headings share.
    shared: Vec<usize>,
    /// What the headings are: the header of a channel or of a period; `None` where only one of them counts.
    kind: Option<&'static str>,
    /// Each heading, and where its columns stand, in the order of the first one's.
    groups: Vec<(String, Vec<Option<usize>>)>,
    /// Headings that do not count: plans, totals.
    pub left_out: Vec<String>,
    /// How many columns the file has.
    width: usize,
}

/// Makes one line of a header of two: the line below it completes it, or it completes the line above.
pub(super) fn joined_headers(mut head: Head, vocabulary: &'static Vocabulary) -> Head {
    if goes_on_below(&head) {
        let below = head.sample.remove(0);
        let heading = std::mem::replace(&mut head.header, below);
        head.above.push(heading);
        head.width = head.header.cells.len();
    }
    let Some(headings) = headings(&head) else { return head };
    let above = head.above.last().cloned().unwrap_or_default();
    let totals = TotalWords::new(vocabulary);
    let known = |text: &str| vocabulary.knows(&vocabulary.header(text)) && !totals.say_total(text.as_bytes());
    for (at, cell) in head.header.cells.iter_mut().enumerate() {
        let heading = headings.get(at).map_or("", String::as_str);
        let alone = above.cells.get(at).map_or("", |cell| cell.trim());
        if cell.trim().is_empty() {
            head.two_lines |= !alone.is_empty();
            alone.clone_into(cell);
        } else if !known(cell) && known(heading) {
            *cell = format!("{heading} ({})", cell.trim());
            head.two_lines = true;
        }
    }
    head
}

/// True where the first line below the header fills its holes with words, and figures follow.
fn goes_on_below(head: &Head) -> bool {
    let (Some(below), Some(after)) = (head.sample.first(), head.sample.get(1)) else { return false };
    let filled = |row: &HeadRow, at: usize| row.cells.get(at).is_some_and(|cell| !cell.trim().is_empty());
    let holes: Vec<usize> = (1..below.width()).filter(|at| !filled(&head.header, *at)).collect();
    let has_digit = |row: &HeadRow, at: usize| row.cells.get(at).is_some_and(|cell| is_figure(cell));
    let texts = |row: &HeadRow| (0..row.width()).all(|at| !has_digit(row, at));
    head.header.width() > 1
        && !holes.is_empty()
        && holes.iter().all(|at| filled(below, *at) && has_digit(after, *at))
        && texts(below)
}

fn is_figure(cell: &str) -> bool {
    cell.contains(|c: char| c.is_ascii_digit())
}

/// The heading over each column, where the line above the header is one of headings: each reaches up to the next.
fn headings(head: &Head) -> Option<Vec<String>> {
    let above = head.above.last().filter(|above| above.next_line == head.header.line && above.width() > 1)?;
    let mut current = "";
    let cells = (0..head.header.width()).map(|at| {
        let cell = above.cells.get(at).map_or("", |cell| cell.trim());
        current = if cell.is_empty() { current } else { cell };
        current.to_owned()
    });
    Some(cells.collect())
}

/// The groups of columns whose headers stand again below other headings.
pub(super) fn bands(head: &Head, vocabulary: &'static Vocabulary) -> Option<Bands> {
    let headings = headings(head)?;
    let headers: Vec<Header> = head.header.cells.iter().map(|cell| vocabulary.header(cell)).collect();
    let all = names_of_groups(&headings, &headers, vocabulary);
    let is_shared = |at: &usize| headings.get(*at).is_none_or(|over| !all.contains(over));
    let shared = (0..headers.len()).filter(is_shared).collect();
    let totals = TotalWords::new(vocabulary);
    let aside = |name: &String| totals.say_total(name.as_bytes()) || vocabulary.asides.contains(&fold(name));
    let (left_out, names): (Vec<String>, Vec<String>) = all.iter().cloned().partition(aside);
    let below = |name: &String| {
        let places = headings.iter().enumerate().filter(|(_, heading)| *heading == name).map(|(at, _)| at);
        places.collect::<Vec<_>>()
    };
    let kinds = below(names.first()?);
    let place = |name: &String, kind: usize| below(name).into_iter().find(|at| headers[*at].key == headers[kind].key);
    let group = |name: &String| (name.clone(), kinds.iter().map(|kind| place(name, *kind)).collect());
    let groups: Vec<(String, Vec<Option<usize>>)> = names.iter().map(group).collect();
    let mut dates = DateReader::new(vocabulary, DateOrder::Dmy);
    let days = names.iter().all(|name| dates.read(name).is_some());
    let kind = (groups.len() > 1).then_some(if days { "Period" } else { "Channel" });
    Some(Bands { shared, kind, groups, left_out, width: headers.len() })
}

/// The headings below which a known header stands again, in their order.
fn names_of_groups(headings: &[String], headers: &[Header], vocabulary: &Vocabulary) -> Vec<String> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, header) in headers.iter().enumerate().take(headings.len()).filter(|(_, header)| vocabulary.knows(header)) {
        places.entry(&header.key).or_default().push(at);
    }
    // A header twice below one heading is a slip of whoever made the table.
    let apart = |columns: &&Vec<usize>| {
        let over: BTreeSet<&String> = columns.iter().map(|at| &headings[*at]).collect();
        columns.len() > 1 && over.len() == columns.len() && over.iter().all(|heading| !heading.is_empty())
    };
    let again: BTreeSet<usize> = places.values().filter(apart).flatten().copied().collect();
    let mut names: Vec<String> = Vec::new();
    for name in again.into_iter().map(|at| &headings[at]) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

impl Bands {
    /// The headers of the table as it becomes.
    pub(super) fn headers(&self, cells: &[String]) -> Vec<String> {
        let first = self.groups.first().into_iter().flat_map(|(_, columns)| columns).flatten();
        let columns = self.shared.iter().chain(first).filter_map(|at| cells.get(*at).cloned());
        columns.chain(self.kind.map(str::to_owned)).collect()
    }

    /// Gives a row for each heading below which the row has anything, the first one in any case.
    pub(super) fn each(
        &self,
        row: &ByteRecord,
        each: &mut dyn FnMut(&ByteRecord) -> Result<Flow, ImportError>,
    ) -> Result<Flow, ImportError> {
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let mut given = false;
        let filled = |columns: &[Option<usize>]| columns.iter().flatten().any(|at| !cell(*at).trim_ascii().is_empty());
        let any = self.groups.iter().any(|(_, columns)| filled(columns));
        for (name, columns) in &self.groups {
            if (any && !filled(columns)) || (!any && given) {
                continue;
            }
            given = true;
            let mut shaped: ByteRecord = self.shared.iter().map(|at| cell(*at)).collect();
            for at in columns {
                shaped.push_field(at.map_or(b"", cell));
            }
            if self.kind.is_some() {
                shaped.push_field(name.as_bytes());
            }
            // What stands beyond the header is still too much.
            shaped.extend(row.iter().skip(self.width));
            if each(&shaped)? == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
        Ok(Flow::On)
    }
}
