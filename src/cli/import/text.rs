//! What an import found and did, for reading.

use std::fmt::Write as _;
use std::path::Path;

use crate::plan::{Field, Plan, printable};
use crate::store::import::{Recognised, Role, Summary, TotalsCheck};

use super::Done;

/// Writing to a `String` cannot fail.
macro_rules! line {
    ($text:expr, $($rest:tt)*) => {{ let _ = writeln!($text, $($rest)*); }};
}

pub(super) fn write(plan: &Plan, path: Option<&Path>, done: &[Done]) -> String {
    let mut text = String::new();
    for file in done {
        recognised(&mut text, file);
        effect(&mut text, &file.summary);
        text.push('\n');
    }
    let name = printable(&plan.brief.name);
    match path {
        Some(path) => line!(text, "Saved \"{name}\" in {}", printable(&path.to_string_lossy())),
        None => line!(text, "Nothing was written to \"{name}\": this was a dry run"),
    }
    text
}

fn recognised(text: &mut String, done: &Done) {
    let file = &done.recognised;
    line!(text, "{}", printable(&done.file));
    let platform = if file.platform.is_empty() { "a plain table" } else { &file.platform };
    line!(text, "  {platform}, {}, header on line {}", kind(file), file.header_line);
    if let Some(range) = file.range {
        line!(text, "  {} to {}{}", range.first, range.last, money(file));
    } else if !file.currency.is_empty() {
        line!(text, "  no dates{}", money(file));
    }
    for column in file.columns.iter().filter(|column| !matches!(column.role, Role::Ignored | Role::Person)) {
        let role = column.role.key();
        line!(text, "  {:<12} {}", role, printable(&column.header));
    }
    let left_out: Vec<_> =
        file.left_out_counts.iter().map(|(reason, count)| format!("{count} {}", reason.text())).collect();
    let left_out = if left_out.is_empty() { String::new() } else { format!("; left out: {}", left_out.join(", ")) };
    line!(text, "  {} rows{left_out}", file.rows);
    if let TotalsCheck::Agree { label } = &file.totals {
        line!(text, "  the rows add up to the file's own total ({})", printable(label));
    }
    let sums: Vec<_> = Field::ALL.iter().filter_map(|field| Some((field.key(), file.sums.get(*field)?))).collect();
    let sums: Vec<_> = sums.into_iter().map(|(key, sum)| format!("{key} {sum}")).collect();
    line!(text, "  {}", if sums.is_empty() { "no figures".to_owned() } else { sums.join(" · ") });
    if let Some(day) = &done.before {
        line!(text, "  imported before ({})", printable(day));
    }
    for warning in &file.warnings {
        line!(text, "  ! {}", printable(warning));
    }
}

fn kind(file: &Recognised) -> String {
    match &file.sheet {
        Some(sheet) => format!("sheet \"{}\"", printable(sheet)),
        None => format!("{}, cells parted by {}", file.encoding, super::text::separator(file.separator)),
    }
}

/// A separator in words.
pub(super) fn separator(sign: u8) -> String {
    match sign {
        b'\t' => "tabs".to_owned(),
        b',' => "commas".to_owned(),
        b';' => "semicolons".to_owned(),
        sign => format!("{:?}", char::from(sign)),
    }
}

fn money(file: &Recognised) -> String {
    match (file.currency.as_str(), file.currency_assumed) {
        ("", _) => String::new(),
        (currency, true) => format!(", {} (assumed)", printable(currency)),
        (currency, false) => format!(", {}", printable(currency)),
    }
}

fn effect(text: &mut String, summary: &Summary) {
    let names = |names: &[String]| {
        let shown: Vec<_> = names.iter().take(8).map(|name| format!("\"{}\"", printable(name))).collect();
        let more = if names.len() > 8 { format!(" and {} more", names.len() - 8) } else { String::new() };
        format!("{}{more}", shown.join(", "))
    };
    if !summary.new_channels.is_empty() {
        line!(text, "  new channels: {}", names(&summary.new_channels));
    }
    if !summary.changed_channels.is_empty() {
        line!(text, "  changed channels: {}", names(&summary.changed_channels));
    }
    for renamed in summary.renamed.iter().take(20) {
        line!(text, "  \"{}\" is taken for \"{}\"", printable(&renamed.found), printable(&renamed.channel));
    }
    line!(text, "  {} numbers set, {} as they were", summary.numbers_set, summary.numbers_kept);
    for partial in summary.partial.iter().take(20) {
        line!(text, "  left as stored: \"{}\" in the period of {}", printable(&partial.channel), partial.period);
    }
    for warning in &summary.warnings {
        line!(text, "  ! {}", printable(warning));
    }
}
