//! What an import found and did, for reading.

use std::fmt::Write as _;
use std::path::Path;

use crate::plan::{Field, Plan, printable};
use crate::store::import::{Recognised, Role, Tone, notes, separator_words};

use super::Done;

/// Writing to a `String` cannot fail.
macro_rules! line {
    ($text:expr, $($rest:tt)*) => {{ let _ = writeln!($text, $($rest)*); }};
}

pub(super) fn write(plan: &Plan, path: Option<&Path>, done: &[Done]) -> String {
    let mut text = String::new();
    for file in done {
        recognised(&mut text, file);
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
    let platform = if file.form.platform.is_empty() { "a plain table" } else { &file.form.platform };
    line!(text, "  {platform}, {}, header on line {}", kind(file), file.form.header_line);
    if let Some(range) = file.range {
        line!(text, "  {} to {}{}", range.first, range.last, money(file));
    } else if !file.currency.is_empty() {
        line!(text, "  no dates{}", money(file));
    }
    for column in file.form.columns.iter().filter(|column| !matches!(column.role, Role::Ignored | Role::Person)) {
        let role = column.role.key();
        line!(text, "  {:<12} {}", role, printable(&column.header));
    }
    let left_out: Vec<_> =
        file.left_out_counts.iter().map(|(reason, count)| format!("{count} {}", reason.text())).collect();
    let left_out = if left_out.is_empty() { String::new() } else { format!("; left out: {}", left_out.join(", ")) };
    line!(text, "  {} rows{left_out}", file.rows);
    let sums: Vec<_> = Field::ALL.iter().filter_map(|field| Some((field.key(), file.sums.get(*field)?))).collect();
    let sums: Vec<_> = sums.into_iter().map(|(key, sum)| format!("{key} {sum}")).collect();
    line!(text, "  {}", if sums.is_empty() { "no figures".to_owned() } else { sums.join(" · ") });
    for note in notes(file, Some(&done.summary), done.before.as_deref()) {
        let mark = if note.tone == Tone::Warning { "! " } else { "" };
        let flag = if note.flag.is_empty() { String::new() } else { format!(": {}", note.flag) };
        line!(text, "  {mark}{}{flag}", printable(&note.text));
    }
}

fn kind(file: &Recognised) -> String {
    match &file.form.sheet {
        Some(sheet) => format!("sheet \"{}\"", printable(sheet)),
        None => format!("{}, cells parted by {}", file.form.encoding, separator_words(file.form.separator)),
    }
}

fn money(file: &Recognised) -> String {
    match (file.currency.as_str(), file.currency_assumed) {
        ("", _) => String::new(),
        (currency, true) => format!(", {} (assumed)", printable(currency)),
        (currency, false) => format!(", {}", printable(currency)),
    }
}
