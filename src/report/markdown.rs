//! The report for documents: markdown with tables, from the same figures as the text.

use crate::engine::Analysis;
use crate::plan::Plan;

use super::figures::{Paper, Part, Table, paper};

/// The report on `analysis` as markdown.
pub fn markdown(plan: &Plan, analysis: &Analysis) -> String {
    write(&paper(plan, analysis))
}

fn write(paper: &Paper) -> String {
    let mut lines = vec![format!("# {}", escape(&paper.title)), String::new(), escape(&paper.subtitle)];
    for section in &paper.sections {
        lines.push(String::new());
        lines.push(format!("## {}", escape(section.about.title())));
        for part in &section.parts {
            lines.push(String::new());
            match part {
                Part::Line(line) => lines.push(escape(line)),
                Part::List(items) => lines.extend(items.iter().map(|item| format!("- {}", escape(item)))),
                Part::Table(table) => lines.extend(table_lines(table)),
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn table_lines(table: &Table) -> Vec<String> {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let titles = table.columns.iter().map(|column| escape(&column.title));
    let rule = table.columns.iter().map(|column| if column.number { "---:" } else { "---" }.to_owned());
    let mut lines = vec![line(titles.collect()), line(rule.collect())];
    lines.extend(table.rows.iter().map(|row| line(row.iter().map(|cell| escape(cell)).collect())));
    lines
}

/// Text that reads as itself in markdown: what would mark up, link, or end a cell is escaped. Lines were made one by
/// the figures; a line end that is left would end the table, so it becomes a blank.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        match character {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => {
                out.push('\\');
                out.push(character);
            }
            '#' | '+' | '-' | '=' if at == 0 => {
                out.push('\\');
                out.push(character);
            }
            '.' | ')' if at > 0 && text[..at].bytes().all(|byte| byte.is_ascii_digit()) => {
                out.push('\\');
                out.push(character);
            }
            '\n' | '\r' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_themselves() {
        assert_eq!(escape("A|B"), "A\\|B");
        assert_eq!(escape("line\nbreak"), "line break");
        assert_eq!(escape("# 1 *bold* <b>"), "\\# 1 \\*bold\\* \\<b\\>");
        assert_eq!(escape("1. first"), "1\\. first");
        assert_eq!(escape("-5"), "\\-5");
        assert_eq!(escape("1.5% − 百度 & co"), "1\\.5% − 百度 \\& co");
    }
}
