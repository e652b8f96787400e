//! What actions do in the table.

use std::sync::Arc;

use super::super::action::Action;
use super::super::columns::{self, Column};
use super::super::state::{PromptFor, Sort, State};
use super::{browse, cell_edit, clipboard, edit, prompt, refuse, say};
use crate::plan::{CellChange, CellValue, Channel, Edit, Plan, Test};
use crate::report::words::counted;

pub(super) fn act(state: &mut State, action: Action) {
    match action {
        Action::Up
        | Action::Down
        | Action::Left
        | Action::Right
        | Action::Home
        | Action::End
        | Action::PageUp
        | Action::PageDown
        | Action::First
        | Action::Last
        | Action::NextCell
        | Action::PreviousCell => move_on(state, action),
        Action::Edit => cell_edit::start(state, None),
        Action::Blank => blank(state),
        Action::Add => prompt::new_channel(state),
        Action::Duplicate => duplicate(state),
        Action::Delete => delete(state),
        Action::Rename => prompt::rename_channel(state),
        Action::Toggle => toggle(state),
        Action::MoveDown => move_channel(state, true),
        Action::MoveUp => move_channel(state, false),
        Action::Copy => clipboard::copy(state),
        Action::Paste => clipboard::paste(state),
        Action::FillDown => fill_down(state),
        Action::SortUp => sort(state, true),
        Action::SortDown => sort(state, false),
        Action::Filter => {
            let filter = state.channels.filter.clone();
            prompt::ask(state, PromptFor::Filter(filter.clone()), filter);
        }
        other => browse::nothing(state, other),
    }
}

/// Moves the cursor. A run of `Tab`s is remembered from its first typed cell on, so that `Enter` leads back to its
/// column.
pub(super) fn move_on(state: &mut State, way: Action) {
    let table = &mut state.channels;
    let last_row = table.order.len().saturating_sub(1);
    let last_column = columns::COUNT - 1;
    let page = state.learned.page.max(2) - 1;
    let run = table.run_start.take();
    match way {
        Action::Up => table.row = table.row.saturating_sub(1),
        Action::Down => table.row = (table.row + 1).min(last_row),
        Action::Left => table.column = table.column.saturating_sub(1),
        Action::Right => table.column = (table.column + 1).min(last_column),
        Action::Home => table.column = 0,
        Action::End => table.column = last_column,
        Action::PageUp => table.row = table.row.saturating_sub(page),
        Action::PageDown => table.row = (table.row + page).min(last_row),
        Action::First => table.row = 0,
        Action::Last => table.row = last_row,
        Action::NextCell => {
            table.run_start = run;
            table.column = (table.column + 1).min(last_column);
        }
        Action::PreviousCell => {
            table.run_start = run;
            table.column = table.column.saturating_sub(1);
        }
        Action::Take => {
            table.row = (table.row + 1).min(last_row);
            table.column = run.unwrap_or(table.column);
        }
        _ => {}
    }
}

/// Why there is no row under the cursor, and what to press.
pub(super) fn why_no_rows(state: &State) -> &'static str {
    if state.channels.filter.is_empty() {
        "there is no channel yet: a adds one"
    } else {
        "the filter hides all channels: Esc"
    }
}

/// The channel under the cursor, its place and itself; else the status says why there is none.
pub(super) fn current(state: &mut State) -> Option<(usize, Arc<Channel>)> {
    let at = state.channels.channel();
    let found = at.and_then(|at| Some((at, Arc::clone(state.plan()?.channels.get(at)?))));
    if found.is_none() {
        refuse(state, why_no_rows(state));
    }
    found
}

pub(super) fn name_under_cursor(state: &State) -> Option<String> {
    Some(state.plan()?.channels.get(state.channels.channel()?)?.name.clone())
}

/// After channels came, went or moved: the order is made anew, the cursor stays with the channel of that name.
pub(super) fn structure_changed(state: &mut State, name: Option<String>) {
    let at = name.and_then(|name| state.plan()?.channel_index(&name));
    state.channels.stale = true;
    super::settle(state);
    if let Some(row) = at.and_then(|at| state.channels.order.iter().position(|shown| *shown == at)) {
        state.channels.row = row;
    }
}

fn blank(state: &mut State) {
    let Some((channel, its)) = current(state) else { return };
    let value = match columns::column(state.channels.column) {
        Column::Field(field) => CellValue::Number(field, None),
        Column::Note => CellValue::Note(String::new()),
        Column::Name => return refuse(state, "a name cannot be blank: d deletes the channel"),
        Column::Computed(_) | Column::Rate(_) => return refuse(state, "this is computed: x explains it"),
    };
    let Some(document) = &state.document else { return };
    let (layer, day) = match document.editable() {
        Ok(place) => place,
        Err(reason) => return refuse(state, reason),
    };
    let title = columns::column(state.channels.column).title(&document.plan().brief);
    let done = format!("{} · {} · {title} blanked", its.name, document.plan().brief.cadence.label(day));
    edit(state, &Edit::Cells(vec![CellChange { channel, layer, day, value }]), done);
}

fn fill_down(state: &mut State) {
    let row = state.channels.row;
    let (Some(from), Some(to)) = (state.channels.channel(), state.channels.order.get(row + 1).copied()) else {
        return refuse(state, "there is no row below to fill");
    };
    let Some(document) = &state.document else { return };
    let (layer, day) = match document.editable() {
        Ok(place) => place,
        Err(reason) => return refuse(state, reason),
    };
    let column = columns::column(state.channels.column);
    let plan = document.plan();
    let record = plan.channels.get(from).and_then(|channel| channel.records(layer).get(day));
    let value = match column {
        Column::Field(field) => CellValue::Number(field, record.and_then(|record| record.get(field))),
        Column::Note => CellValue::Note(record.map(|record| record.note().to_owned()).unwrap_or_default()),
        Column::Name | Column::Computed(_) | Column::Rate(_) => {
            return refuse(state, "only numbers and notes can be filled down");
        }
    };
    let name = plan.channels.get(to).map(|channel| channel.name.clone()).unwrap_or_default();
    let done = format!("{name} · {} · {} filled down", plan.brief.cadence.label(day), column.title(&plan.brief));
    if edit(state, &Edit::Cells(vec![CellChange { channel: to, layer, day, value }]), done.clone()) {
        state.channels.row += 1;
        say(state, done);
    }
}

fn duplicate(state: &mut State) {
    let Some((at, channel)) = current(state) else { return };
    let Some(plan) = state.plan() else { return };
    let name = free_name(plan, &channel.name);
    let copy = Arc::new(Channel { name: name.clone(), ..channel.as_ref().clone() });
    if edit(state, &Edit::InsertChannel { at: at + 1, channel: copy }, format!("{} duplicated", channel.name)) {
        structure_changed(state, Some(name));
    }
}

/// `SEO 2`, or the first number that is free.
pub(super) fn free_name(plan: &Plan, name: &str) -> String {
    let mut numbered = (2..=plan.channels.len() + 2).map(|number| format!("{name} {number}"));
    numbered.find(|name| plan.channel_index(name).is_none()).unwrap_or_default()
}

fn delete(state: &mut State) {
    let Some((at, channel)) = current(state) else { return };
    let trials = state.plan().map_or(0, |plan| trials_of(plan, &channel.name));
    let with = if trials == 0 { String::new() } else { format!(" with {}", counted(trials, "trial")) };
    let done = format!("{}{with} deleted", channel.name);
    if edit(state, &Edit::RemoveChannel { at }, done.clone()) {
        let row = state.channels.row;
        structure_changed(state, None);
        state.channels.row = row.min(state.channels.order.len().saturating_sub(1));
        say(state, format!("{done}: u brings it back"));
    }
}

/// How many trials go with a channel.
fn trials_of(plan: &Plan, channel: &str) -> usize {
    let is_its = |test: &&Arc<Test>| matches!(test.as_ref(), Test::Trial(trial) if trial.channel == channel);
    plan.tests.iter().filter(is_its).count()
}

fn toggle(state: &mut State) {
    let Some((at, channel)) = current(state) else { return };
    let active = !channel.active;
    let done = format!("{} switched {}", channel.name, if active { "on" } else { "off" });
    let replaced = Arc::new(Channel { active, ..channel.as_ref().clone() });
    if edit(state, &Edit::ReplaceChannel { at, channel: replaced }, done.clone()) {
        let more = if active { "" } else { ": it still counts in money, not in Improve and forecasts" };
        say(state, format!("{done}{more}"));
    }
}

fn move_channel(state: &mut State, down: bool) {
    if state.channels.sort.is_some() {
        return refuse(state, "the rows are sorted: > again for the plan's own order, then move");
    }
    let row = state.channels.row;
    let target = if down { Some(row + 1) } else { row.checked_sub(1) };
    let to = target.and_then(|row| state.channels.order.get(row).copied());
    let Some((from, channel)) = current(state) else { return };
    let Some(to) = to else {
        return refuse(state, format!("{} is the {} already", channel.name, if down { "last" } else { "first" }));
    };
    let done = format!("{} moved {}", channel.name, if down { "down" } else { "up" });
    if edit(state, &Edit::MoveChannel { from, to }, done.clone()) {
        structure_changed(state, Some(channel.name.clone()));
        say(state, done);
    }
}

fn sort(state: &mut State, ascending: bool) {
    let column = columns::column(state.channels.column);
    let same = Some(Sort { column, ascending });
    state.channels.sort = if state.channels.sort == same { None } else { same };
    state.channels.stale = true;
    let Some(plan) = state.plan() else { return };
    let words = match state.channels.sort {
        Some(_) => format!("sorted by {}", column.title(&plan.brief)),
        None => "the plan's own order".to_owned(),
    };
    say(state, words);
}

pub(super) fn set_filter(state: &mut State, filter: String) {
    state.channels.filter = filter;
    state.channels.stale = true;
}
