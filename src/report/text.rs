//! The report for reading: plain text, 80 columns wide.

use unicode_width::UnicodeWidthStr as _;

use crate::engine::Analysis;
use crate::plan::Plan;

use super::figures::{Paper, Part, Section, Table, paper};
use super::wrap::{pad_left, pad_right, wrap};

/// No line is wider.
const WIDTH: usize = 80;
/// Between two columns; one blank where that makes a table fit.
const GAP: usize = 2;
/// A name is wrapped beyond this, so that it leaves room for figures.
const NAME: usize = 24;

/// The report on `analysis` as text.
pub fn text(plan: &Plan, analysis: &Analysis) -> String {
    write(&paper(plan, analysis))
}

/// A table by itself, as text.
pub fn table(table: &Table) -> String {
    let mut lines = Vec::new();
    write_table(&mut lines, table);
    joined(&lines)
}

fn write(paper: &Paper) -> String {
    let mut lines = wrap(&paper.title, WIDTH);
    lines.extend(wrap(&paper.subtitle, WIDTH));
    for section in &paper.sections {
        write_section(&mut lines, section);
    }
    blank(&mut lines);
    joined(&lines)
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

fn write_section(lines: &mut Vec<String>, section: &Section) {
    blank(lines);
    lines.push(section.about.title().to_uppercase());
    for part in &section.parts {
        match part {
            Part::Line(line) => lines.extend(wrap(line, WIDTH)),
            Part::List(items) => lines.extend(items.iter().flat_map(|item| list_item(item))),
            Part::Table(table) => write_table(lines, table),
        }
    }
}

fn list_item(item: &str) -> Vec<String> {
    let lead = |at: usize| if at == 0 { "- " } else { "  " };
    wrap(item, WIDTH - 2).iter().enumerate().map(|(at, line)| format!("{}{line}", lead(at))).collect()
}

/// A table, with a blank line before and after; one that is too wide goes on below with its first column again.
fn write_table(lines: &mut Vec<String>, table: &Table) {
    let widths = widths(table);
    let fits = |gap: usize| widths.iter().map(|width| width + gap).sum::<usize>() <= WIDTH + gap;
    let gap = if !fits(GAP) && fits(1) { 1 } else { GAP };
    for columns in pages(&widths, gap) {
        blank(lines);
        let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
        lines.extend(row(table, &widths, &columns, gap, &titles));
        let total: usize = columns.iter().map(|&at| widths[at] + gap).sum();
        lines.push("─".repeat(total.saturating_sub(gap).min(WIDTH)));
        for cells in &table.rows {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            lines.extend(row(table, &widths, &columns, gap, &cells));
        }
    }
    blank(lines);
}

/// An empty line, unless one stands there.
fn blank(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
}

fn widths(table: &Table) -> Vec<usize> {
    let width = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width());
        let needed = cells.chain([table.columns[at].title.width()]).max().unwrap_or(0);
        needed.min(if at == 0 { NAME } else { WIDTH - NAME - GAP })
    };
    (0..table.columns.len()).map(width).collect()
}

/// Which columns stand side by side: as many as fit, the first one on every page.
fn pages(widths: &[usize], gap: usize) -> Vec<Vec<usize>> {
    let mut pages: Vec<Vec<usize>> = Vec::new();
    let mut used = WIDTH + 1;
    for at in 1..widths.len() {
        if used + gap + widths[at] > WIDTH {
            pages.push(vec![0]);
            used = widths[0];
        }
        used += gap + widths[at];
        if let Some(page) = pages.last_mut() {
            page.push(at);
        }
    }
    pages
}

/// One row, of several lines where a cell is wrapped.
fn row(table: &Table, widths: &[usize], columns: &[usize], gap: usize, cells: &[&str]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> =
        columns.iter().map(|&at| wrap(cells.get(at).copied().unwrap_or_default(), widths[at])).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let cells = columns.iter().zip(&wrapped).map(|(&column, lines)| {
            let cell = lines.get(at).map_or("", String::as_str);
            if table.columns[column].number { pad_left(cell, widths[column]) } else { pad_right(cell, widths[column]) }
        });
        cells.collect::<Vec<_>>().join(&" ".repeat(gap))
    };
    (0..height).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::super::figures::{About, Column};
    use super::*;

    fn paper_of(table: Table) -> Paper {
        let section = Section { about: About::Money, parts: vec![Part::Table(table)] };
        Paper { title: "Plan".into(), subtitle: "Actual".into(), sections: vec![section] }
    }

    #[test]
    fn wide_characters_keep_columns_aligned() {
        let columns = vec![Column::words("Channel"), Column::number("UV")];
        let rows = vec![vec!["百度".to_owned(), "1".to_owned()], vec!["SEO".to_owned(), "20".to_owned()]];
        let text = write(&paper_of(Table::new(columns, rows)));
        assert!(text.contains("百度      1\nSEO      20\n"), "{text}");
    }

    #[test]
    fn a_table_too_wide_goes_on_below_with_its_names_again() {
        let title = |at| if at == 0 { Column::words("Channel") } else { Column::number("Count") };
        let columns = (0..12).map(title).collect();
        let rows = vec![(0..12).map(|at| (1_000_000_000_u64 + at).to_string()).collect::<Vec<_>>()];
        let text = write(&paper_of(Table::new(columns, rows)));
        assert_eq!(text.matches("Channel").count(), 3, "{text}");
        assert!(text.lines().all(|line| line.width() <= WIDTH), "{text}");
        assert!((0..12).all(|at| text.contains(&(1_000_000_000_u64 + at).to_string())), "{text}");
    }

    #[test]
    fn a_long_name_is_wrapped_never_cut() {
        let name = "a campaign with a name that goes on and on ".repeat(3);
        let columns = vec![Column::words("Channel"), Column::number("UV")];
        let text = write(&paper_of(Table::new(columns, vec![vec![name.clone(), "7".to_owned()]])));
        assert!(text.lines().all(|line| line.width() <= WIDTH));
        let words = text.split_whitespace().filter(|word| *word == "campaign").count();
        assert_eq!(words, 3, "{text}");
    }
}
