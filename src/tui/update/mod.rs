//! What each message does to the state. Pure: no disk, no clock, no terminal; what is to be done outside is given
//! back as [`Effect`]s.

mod arrive;
mod browse;
mod cell_edit;
mod clipboard;
mod conflict;
mod decide;
mod dialog;
mod export;
mod files;
mod form;
mod import;
mod import_change;
mod import_files;
mod keeping;
mod line;
mod mouse;
mod order;
mod palette;
mod paste;
mod periods;
mod plans;
mod playbook;
mod prompt;
mod sheet;
mod slow;
mod table;
mod testing;

use super::action::Action;
use super::cell::CURRENCY_SIGNS;
use super::effect::Effect;
use super::key::Key;
use super::keymap::Keys;
use super::learned::Learned;
use super::message::Message;
use super::state::{Document, Mode, State, Status, View};
use crate::plan::Edit;

pub(super) use form::shown_channel;
pub(super) use order::number as number_in;
pub(super) use sheet::lines as sheet_lines;

/// What was pressed while something is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    /// That character.
    Char(char),
    /// A key that means something there.
    Action(Action),
    /// Text in one piece.
    Text(String),
}

/// Changes the state as the message asks, and says what else is to be done.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => on_key(state, key),
        Message::Paste(text) => on_paste(state, text),
        Message::Mouse(mouse) => mouse::on_mouse(state, mouse),
        Message::Drawn(learned) => on_drawn(state, learned),
        Message::Awake => conflict::look(state),
        Message::Outcome(outcome) => files::on_outcome(state, outcome),
    }
    files::settle(state);
    arrive::settle(state);
    settle(state);
    keeping::settle(state);
    std::mem::take(&mut state.effects)
}

/// Brings up to date what follows from the rest: figures, the table's order, cursors within their bounds.
fn settle(state: &mut State) {
    if let Some(document) = &mut state.document {
        document.refresh(state.view == View::Funnel);
        if state.view == View::Tests {
            document.refresh_tests();
        }
    }
    testing::settle(state);
    playbook::settle(state);
    sheet::settle(state);
    slow::settle(state);
    order::settle(state);
    form::settle(state);
    import::settle(state);
    let last = state.plans.rows().len().saturating_sub(1);
    state.plans.row = state.plans.row.min(last);
}

fn on_drawn(state: &mut State, learned: Learned) {
    let browsing_grid = state.keys() != Keys::Dialog;
    match state.view {
        View::Channels => {
            state.channels.row_offset = learned.offset;
            state.channels.column_offset = learned.column_offset;
        }
        View::Plans => state.plans.offset = learned.offset,
        View::Settings => state.settings.offset = learned.offset,
        View::Funnel => state.funnel.row = state.funnel.row.min(learned.scroll_limit),
        View::Improve => state.improve.scroll = state.improve.scroll.min(learned.scroll_limit),
        View::Tests => state.tests.scroll = state.tests.scroll.min(learned.scroll_limit),
        View::Playbook => state.playbook.scroll = state.playbook.scroll.min(learned.scroll_limit),
        View::Import => {}
    }
    if !browsing_grid {
        dialog::clamp_scroll(&mut state.mode, learned.above_limit);
    }
    state.learned = learned;
}

fn on_key(state: &mut State, key: Key) {
    state.status = Status::Quiet;
    let keys = state.keys();
    let action = state.keymap.action(keys, key);
    match (action, key.typed()) {
        (Some(action), _) => act(state, action),
        (None, Some(character)) if keys == Keys::Text => typed(state, &Typed::Char(character)),
        (None, Some(character)) if keys == Keys::Grid && begins_a_number(character) => {
            start_typing(state, character);
        }
        (None, _) if keys == Keys::Dialog => {}
        (None, _) => refuse(state, format!("{key} does nothing here: ? shows the keys")),
    }
}

/// True for what begins an edit of a cell by typing.
fn begins_a_number(character: char) -> bool {
    character.is_ascii_digit()
        || CURRENCY_SIGNS.contains(&character)
        || matches!(character, '.' | '=' | '+' | '-' | '*' | '−' | '。')
        || ('\u{ff10}'..='\u{ff19}').contains(&character)
        || matches!(character, '＝' | '＋' | '－' | '＊' | '．')
}

fn start_typing(state: &mut State, character: char) {
    match state.view {
        View::Channels => cell_edit::start(state, Some(character)),
        View::Settings => form::start(state, Some(character)),
        View::Tests | View::Playbook if state.sheet.is_some() => sheet::start(state, Some(character)),
        View::Tests | View::Playbook => refuse(state, "Enter opens what is to be typed into"),
        View::Plans | View::Funnel | View::Improve | View::Import => {
            refuse(state, "there is nothing to type into here");
        }
    }
}

/// Does what a key, the palette, a click or a footer's key asks for.
fn act(state: &mut State, action: Action) {
    match action {
        Action::Suspend => return state.effects.push(Effect::Suspend),
        Action::Quit => {
            // What is typed into the plan is no less there than what was taken.
            if state.keys() == Keys::Text && matches!(state.mode, Mode::Cell(_) | Mode::Browse) {
                typed(state, &Typed::Action(Action::Take));
                if state.keys() == Keys::Text {
                    return;
                }
            }
            return files::quit(state);
        }
        Action::Cancel => return cancel(state),
        // A command or a file that is being looked for is no part of the plan.
        Action::Save if matches!(state.mode, Mode::Palette(_) | Mode::Files(_)) => return files::save(state),
        Action::Save if state.keys() == Keys::Text => {
            let of_open_plan = !matches!(&state.mode, Mode::Prompt(asked) if !asked.purpose.is_of_open_plan());
            typed(state, &Typed::Action(Action::Take));
            if state.keys() != Keys::Text && of_open_plan {
                files::save(state);
            }
            return;
        }
        _ => {}
    }
    match state.keys() {
        Keys::Text => typed(state, &Typed::Action(action)),
        Keys::Dialog => dialog::act(state, action),
        Keys::Grid | Keys::View => browse::act(state, action),
    }
}

/// `Ctrl-C`: what is open is closed without effect; where nothing is, the program ends.
fn cancel(state: &mut State) {
    match state.keys() {
        Keys::Text => typed(state, &Typed::Action(Action::PutBack)),
        Keys::Dialog => dialog::act(state, Action::Dismiss),
        Keys::Grid if state.view == View::Import => import::leave(state),
        Keys::Grid | Keys::View if files::give_up(state) => {}
        Keys::Grid | Keys::View => files::quit(state),
    }
}

fn typed(state: &mut State, what: &Typed) {
    // The mode is taken out, so that its own functions may change the rest of the state.
    state.mode = match std::mem::take(&mut state.mode) {
        Mode::Cell(edit) => cell_edit::typed(state, edit, what),
        Mode::Prompt(asked) => prompt::typed(state, asked, what),
        Mode::Files(asked) => import_files::typed(state, asked, what),
        Mode::Palette(palette) => palette::typed(state, palette, what),
        Mode::Browse => {
            if !sheet::typed(state, what) {
                form::typed(state, what);
            }
            return;
        }
        other => other,
    };
}

fn on_paste(state: &mut State, text: String) {
    state.status = Status::Quiet;
    match state.keys() {
        Keys::Text => typed(state, &Typed::Text(text)),
        Keys::Grid if state.view == View::Channels => paste::block(state, &text),
        Keys::Grid if state.view == View::Settings => {
            form::start(state, None);
            if state.settings.editing.is_some() {
                form::typed(state, &Typed::Text(text));
            }
        }
        Keys::Grid if state.sheet.is_some() => {
            sheet::start(state, None);
            sheet::typed(state, &Typed::Text(text));
        }
        _ => refuse(state, "there is nothing to paste into here"),
    }
}

fn refuse(state: &mut State, reason: impl Into<String>) {
    state.status = Status::Refused(reason.into());
}

fn say(state: &mut State, what: impl Into<String>) {
    state.status = Status::Done(what.into());
}

/// The open plan, where it may be changed; else the status says why not.
fn writable(state: &mut State) -> Option<&mut Document> {
    let reason = match &state.document {
        None => "no plan is open: o shows the list".to_owned(),
        Some(document) => match &document.read_only {
            Some(reason) => format!("read-only: {reason}"),
            None => String::new(),
        },
    };
    if !reason.is_empty() {
        refuse(state, reason);
        return None;
    }
    state.document.as_mut()
}

/// Applies an edit; a refusal goes to the status line.
fn edit(state: &mut State, edit: &Edit, done: String) -> bool {
    let Some(document) = writable(state) else { return false };
    match document.history.edit(edit, done) {
        Ok(()) => {
            document.set_preview(None);
            true
        }
        Err(refusal) => {
            refuse(state, refusal.to_string());
            false
        }
    }
}

/// The terminal has no shell that could bring a stopped program back.
pub(super) fn no_shell(state: &mut State) {
    refuse(state, "there is no shell to go to");
}
