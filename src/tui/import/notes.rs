//! What an import has to tell on screen: why it cannot be done yet, then what stands of the file that is shown, then
//! the warnings of the others.

use super::shown;
use crate::plan::Field;
use crate::report::format;
use crate::store::import::{Note, Recognised, Tone, notes as of_file};
use crate::tui::state::ImportState;

/// All notes, the gravest first.
pub fn notes(import: &ImportState) -> Vec<Note> {
    let Some(preview) = &import.preview else { return Vec::new() };
    let mut all = Vec::new();
    if let Err(reason) = &preview.outlook {
        all.push(Note { tone: Tone::Warning, text: reason.clone(), flag: "" });
    }
    for (at, file) in preview.files.iter().enumerate() {
        let Ok(rows) = &file.rows else { continue };
        let told = of_file(rows, file.summary.as_ref(), file.before.as_deref());
        if at == import.file {
            all.extend(sums(rows));
            all.extend(told);
            continue;
        }
        let name = import.files.get(at).map_or_else(String::new, |file| shown(file));
        let warnings = told.into_iter().filter(|note| note.tone == Tone::Warning);
        all.extend(warnings.map(|note| Note { text: format!("{name}: {}", note.text), ..note }));
    }
    // Warnings of every file stand before what is well.
    all.sort_by_key(|note| note.tone != Tone::Warning);
    all
}

/// What the rows add up to, to the cent: for comparing with what the platform shows.
fn sums(rows: &Recognised) -> Option<Note> {
    let sums = Field::ALL.into_iter().filter_map(|field| Some((field, rows.sums.get(field)?)));
    let number = |field: Field| if field.is_money() { format::cents } else { format::count };
    let sums: Vec<String> = sums.map(|(field, sum)| format!("{} {}", field.key(), number(field)(sum))).collect();
    let text = format!("the rows add up to {}", sums.join(" · "));
    (!sums.is_empty()).then_some(Note { tone: Tone::Plain, text, flag: "" })
}
