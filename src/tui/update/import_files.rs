//! The line in which the files of an import are named, with completion.

use std::path::PathBuf;

use tui_input::Input;

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::found::{Listing, with_last, words};
use super::super::state::{FilePrompt, Mode, State};
use super::{Typed, import, line};
use crate::store::Sought;

/// Asks for files; the newest tables are proposed.
pub(super) fn ask(state: &mut State) {
    state.mode = Mode::Files(FilePrompt::default());
    state.effects.push(Effect::FindFiles(Sought::Tables, String::new()));
    // The plans that it may go into.
    state.effects.push(Effect::List);
}

/// The word that is being typed: the last one.
fn last_word(asked: &FilePrompt) -> String {
    words(asked.input.value()).pop().map_or_else(String::new, |word| word.text)
}

/// Files were found: shown where they are still what is asked for.
pub(super) fn found(asked: &mut FilePrompt, listing: Listing) {
    if last_word(asked) != listing.word {
        return;
    }
    // A star stands for all, and behind a file that is named nothing need follow.
    let named = words(asked.input.value()).len() > 1;
    let none = listing.files.is_empty() || listing.word.contains('*') || (named && listing.word.is_empty());
    asked.row = (!none).then_some(0);
    asked.listing = Some(listing);
}

pub(super) fn typed(state: &mut State, mut asked: FilePrompt, what: &Typed) -> Mode {
    let last = listed(&asked).map_or(0, |listing| listing.files.len().saturating_sub(1));
    let step = |row: Option<usize>, by: isize| Some(row.map_or(0, |row| row.saturating_add_signed(by)).min(last));
    match what {
        Typed::Action(Action::PutBack) => return Mode::Browse,
        Typed::Action(Action::Take) => return take(state, asked),
        Typed::Action(Action::TakeRight) => complete(state, &mut asked),
        Typed::Action(Action::Up) => asked.row = step(asked.row, -1),
        Typed::Action(Action::Down) => asked.row = step(asked.row, 1),
        Typed::Action(Action::PageUp) => asked.row = step(asked.row, -8),
        Typed::Action(Action::PageDown) => asked.row = step(asked.row, 8),
        _ => {
            let before = asked.input.value().to_owned();
            line::typed(&mut asked.input, what);
            asked.error = None;
            if before != asked.input.value() {
                look_again(state, &asked);
            }
        }
    }
    Mode::Files(asked)
}

/// The files that go on from the word as it is now.
fn listed(asked: &FilePrompt) -> Option<&Listing> {
    asked.listing.as_ref().filter(|listing| listing.word == last_word(asked))
}

fn look_again(state: &mut State, asked: &FilePrompt) {
    state.effects.push(Effect::FindFiles(Sought::Tables, last_word(asked)));
}

fn set_last(state: &mut State, asked: &mut FilePrompt, word: &str, more: bool) {
    let line = with_last(asked.input.value(), word);
    asked.input = Input::new(if more { format!("{line} ") } else { line });
    asked.error = None;
    look_again(state, asked);
}

/// `Tab`: the common beginning of what was found, or the file under the cursor where that is no more than typed.
fn complete(state: &mut State, asked: &mut FilePrompt) {
    let Some(listing) = listed(asked).cloned() else { return };
    if let Some(common) = listing.further().filter(|_| listing.files.len() > 1) {
        return set_last(state, asked, &common, false);
    }
    let Some(found) = listing.files.get(asked.row.unwrap_or(0)) else {
        asked.error = Some("no table goes on like this".to_owned());
        return;
    };
    set_last(state, asked, &found.file.path, !found.file.is_folder);
}

/// `Enter`: the file under the cursor, or what is typed.
fn take(state: &mut State, mut asked: FilePrompt) -> Mode {
    let mut files: Vec<String> = words(asked.input.value()).into_iter().map(|word| word.text).collect();
    if let Some(listing) = listed(&asked).cloned() {
        let chosen = asked.row.and_then(|row| listing.files.get(row));
        match chosen {
            Some(found) if found.file.is_folder => {
                set_last(state, &mut asked, &found.file.path, false);
                return Mode::Files(asked);
            }
            Some(found) => {
                files.pop();
                files.push(found.file.path.clone());
            }
            None if listing.word.contains('*') => {
                files.pop();
                let all = listing.files.iter().filter(|found| !found.file.is_folder);
                files.extend(all.map(|found| found.file.path.clone()));
            }
            None => {}
        }
    }
    files.retain(|file| !file.is_empty());
    if files.is_empty() {
        asked.error = Some("name a file: CSV, TSV, XLSX or ODS; Esc leaves".to_owned());
        return Mode::Files(asked);
    }
    import::start(state, files.into_iter().map(PathBuf::from).collect());
    Mode::Browse
}
