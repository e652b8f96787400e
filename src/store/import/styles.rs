//! What the numbers of a workbook are to the eye: its styles tell days and durations from numbers.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::error::ImportError;
use super::rows::Flow;
use super::xlsx::Archive;
use super::xml::{attribute, damaged, events};

/// Styles that count: a spreadsheet program has no more.
const MOST_STYLES: usize = 1 << 16;

/// What a number of some style is to the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Number,
    /// A day, or a time of it.
    Day,
    /// Hours that may be more than 24.
    Duration,
}

/// What each style of cells shows.
pub(super) fn styles(archive: &mut Archive, part: &str) -> Result<Vec<Shows>, ImportError> {
    let mut formats: HashMap<u32, Shows> = HashMap::new();
    let mut styles = Vec::new();
    let mut of_cells = false;
    events(archive.by_name(part).map_err(damaged)?, |event, _| {
        match event {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "numFmt" if formats.len() < MOST_STYLES => {
                    if let (Some(id), Some(code)) = (number(start, "numFmtId"), attribute(start, "formatCode")) {
                        formats.insert(id, shows(&code));
                    }
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let id = number(start, "numFmtId").unwrap_or(0);
                    styles.push(formats.get(&id).copied().unwrap_or_else(|| shown_by(id)));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "cellXfs" => return Ok(Flow::Enough),
            _ => {}
        }
        Ok(if styles.len() < MOST_STYLES { Flow::On } else { Flow::Enough })
    })?;
    Ok(styles)
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(start, name)?.parse().ok()
}

/// What the formats show that every program has (ECMA-376, part 1, 18.8.30, with those of China and Japan).
fn shown_by(format: u32) -> Shows {
    match format {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shows::Day,
        46 => Shows::Duration,
        _ => Shows::Number,
    }
}

/// What a format of somebody's own shows: `dd.mm.yyyy`, `[h]:mm`, `#,##0.00 "days"`.
fn shows(code: &str) -> Shows {
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign.to_ascii_lowercase() {
            // The next sign is a letter, or as wide as one.
            '\\' | '_' | '*' => _ = signs.next(),
            '"' => _ = signs.by_ref().find(|sign| *sign == '"'),
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                if !inside.is_empty() && inside.chars().all(|sign| matches!(sign, 'h' | 'm' | 's' | 'H' | 'M' | 'S')) {
                    return Shows::Duration;
                }
            }
            // Only the form of numbers above zero counts.
            ';' => break,
            'd' | 'm' | 'y' | 'h' | 's' => return Shows::Day,
            _ => {}
        }
    }
    Shows::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_told_from_those_of_numbers() {
        for code in ["dd.mm.yyyy", "[$-409]d-mmm-yy;@", "yyyy\"年\"m\"月\"d\"日\"", "h:mm AM/PM", "\\dM"] {
            assert_eq!(shows(code), Shows::Day, "{code}");
        }
        for code in ["General", "#,##0.00", "0.00E+00", "#,##0 \"days\"", "[Red]0", "_-* #,##0\\ \"€\"_-", "0;dd", "@"]
        {
            assert_eq!(shows(code), Shows::Number, "{code}");
        }
        assert_eq!(shows("[h]:mm"), Shows::Duration);
    }
}
