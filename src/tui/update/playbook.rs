//! What actions do in Playbook: the plan's tactics, and what the trade knows.

use std::sync::Arc;

use super::super::action::Action;
use super::super::sheet::Subject;
use super::super::state::{PlaybookPane, PromptFor, State, View};
use super::{browse, edit, prompt, refuse, say, sheet};
use crate::plan::{Edit, Lever, ListEdit, Tactic, TacticState};
use crate::store;

/// Opens the view; from Improve, at the plays for the chosen lever.
pub(super) fn open(state: &mut State) {
    let from_improve = state.view == View::Improve;
    let lever = state.plan().zip(state.analysis()).and_then(|(plan, analysis)| state.improve.chosen(plan, analysis));
    browse::go(state, View::Playbook);
    if from_improve && state.view == View::Playbook {
        state.playbook.pane = PlaybookPane::Book;
        show_lever(state, lever);
    }
}

/// Reads the playbook when it is first seen, and keeps the cursors within their lists.
pub(super) fn settle(state: &mut State) {
    if state.view != View::Playbook {
        return;
    }
    if state.playbook.book.is_none() {
        state.playbook.book = store::playbook().ok().map(Arc::new);
    }
    let tactics = state.plan().map_or(0, |plan| plan.tactics.len());
    let plays = state.playbook.plays().len();
    state.playbook.row = state.playbook.row.min(tactics.saturating_sub(1));
    state.playbook.play = state.playbook.play.min(plays.saturating_sub(1));
}

pub(super) fn act(state: &mut State, action: Action) {
    if state.sheet.is_some() {
        return sheet::act(state, action);
    }
    let (page, limit) = (state.learned.page.max(2) - 1, state.learned.scroll_limit);
    match action {
        Action::Up => step(state, |at, _| at.saturating_sub(1)),
        Action::Down => step(state, |at, last| (at + 1).min(last)),
        Action::Home | Action::First => step(state, |_, _| 0),
        Action::End | Action::Last => step(state, |_, last| last),
        Action::PageUp => state.playbook.scroll = state.playbook.scroll.saturating_sub(page),
        Action::PageDown => state.playbook.scroll = (state.playbook.scroll + page).min(limit),
        Action::Left => turn(state, false),
        Action::Right => turn(state, true),
        Action::NextPane | Action::NextCell | Action::PreviousCell => other_pane(state),
        Action::Filter => {
            let filter = state.playbook.filter.clone();
            state.playbook.pane = PlaybookPane::Book;
            prompt::ask(state, PromptFor::Filter(filter.clone()), filter);
        }
        Action::NextRank => {
            state.playbook.rank = state.playbook.rank.next();
            say(state, format!("ranked by {}", state.playbook.rank.title()));
        }
        _ if state.playbook.pane == PlaybookPane::Book => book(state, action),
        _ => mine(state, action),
    }
}

fn step(state: &mut State, to: impl Fn(usize, usize) -> usize) {
    let last = |count: usize| count.saturating_sub(1);
    match state.playbook.pane {
        PlaybookPane::Mine => {
            let count = state.plan().map_or(0, |plan| plan.tactics.len());
            state.playbook.row = to(state.playbook.row, last(count));
        }
        PlaybookPane::Book => {
            let count = state.playbook.plays().len();
            state.playbook.play = to(state.playbook.play, last(count));
        }
    }
    state.playbook.scroll = 0;
}

/// How far the columns of the tactics can be scrolled.
const COLUMNS: usize = 6;

/// Along the columns of the tactics; through the levers whose plays are shown: all of them, then one after the other.
fn turn(state: &mut State, forward: bool) {
    if state.playbook.pane == PlaybookPane::Mine {
        let column = &mut state.playbook.column;
        *column = if forward { (*column + 1).min(COLUMNS) } else { column.saturating_sub(1) };
        return;
    }
    let stops: Vec<Option<Lever>> = std::iter::once(None).chain(Lever::ALL.map(Some)).collect();
    let at = stops.iter().position(|stop| *stop == state.playbook.lever).unwrap_or(0);
    let step = if forward { 1 } else { stops.len() - 1 };
    show_lever(state, stops[(at + step) % stops.len()]);
}

fn show_lever(state: &mut State, lever: Option<Lever>) {
    state.playbook.lever = lever;
    state.playbook.play = 0;
    state.playbook.scroll = 0;
}

fn other_pane(state: &mut State) {
    state.playbook.pane = match state.playbook.pane {
        PlaybookPane::Mine => PlaybookPane::Book,
        PlaybookPane::Book => PlaybookPane::Mine,
    };
    state.playbook.scroll = 0;
}

/// In what the trade knows: a play is taken into the plan.
fn book(state: &mut State, action: Action) {
    if !matches!(action, Action::Edit | Action::Add) {
        return match action {
            Action::Delete | Action::Rename | Action::Toggle | Action::MoveUp | Action::MoveDown => {
                refuse(state, "the playbook stays as it is: Enter takes this into your plan, F6 goes to your tactics");
            }
            other => browse::nothing(state, other),
        };
    }
    let play = state.playbook.plays().get(state.playbook.play).map(|play| play.tactic());
    let Some(mut tactic) = play else { return refuse(state, "no play is shown: Esc shows all of them") };
    // What was looked at in Improve is what it is for.
    let channel =
        state.improve.channel.and_then(|at| state.plan()?.channels.get(at)).map(|channel| channel.name.clone());
    tactic.channel = channel;
    insert(state, tactic);
}

/// Puts a new tactic last, and opens its sheet.
pub(super) fn insert(state: &mut State, tactic: Tactic) {
    if super::writable(state).is_none() {
        return;
    }
    let Some(at) = state.plan().map(|plan| plan.tactics.len()) else { return };
    let done = format!("{} taken into the plan", tactic.title);
    if edit(state, &Edit::Tactic(ListEdit::Insert { at, item: Arc::new(tactic) }), done.clone()) {
        state.playbook.pane = PlaybookPane::Mine;
        show(state, at);
        sheet::open(state, Subject::Tactic(at));
        say(state, format!("{done}: say what it should bring, and what it takes"));
    }
}

/// A tactic of one's own, on the lever whose plays are shown or which is the best one.
pub(super) fn add_own(state: &mut State, title: &str) {
    let best = state.plan().zip(state.analysis()).and_then(|(plan, analysis)| state.improve.chosen(plan, analysis));
    let lever = state.playbook.lever.or(best).unwrap_or(Lever::Spend);
    insert(state, Tactic::new(title, lever));
}

/// Puts the cursor on the tactic in that place of the plan.
fn show(state: &mut State, at: usize) {
    let order = state.plan().zip(state.analysis()).map(|(plan, analysis)| state.playbook.order(plan, analysis));
    state.playbook.row = order.and_then(|order| order.iter().position(|place| *place == at)).unwrap_or(0);
    state.playbook.scroll = 0;
}

/// The place in the plan of the tactic under the cursor, and itself.
fn chosen(state: &State) -> Option<(usize, Arc<Tactic>)> {
    let (plan, analysis) = state.plan().zip(state.analysis())?;
    let at = state.playbook.order(plan, analysis).get(state.playbook.row).copied()?;
    Some((at, Arc::clone(plan.tactics.get(at)?)))
}

/// In the plan's own tactics.
fn mine(state: &mut State, action: Action) {
    if action == Action::Add {
        if super::writable(state).is_some() {
            prompt::ask(state, PromptFor::NewTactic, String::new());
        }
        return;
    }
    let Some((at, tactic)) = chosen(state) else {
        return match action {
            Action::Edit | Action::Delete | Action::Rename | Action::Toggle => {
                refuse(state, "no tactic yet: a adds one, F6 goes to the playbook");
            }
            other => browse::nothing(state, other),
        };
    };
    match action {
        Action::Edit => sheet::open(state, Subject::Tactic(at)),
        Action::Rename => {
            if super::writable(state).is_some() {
                prompt::ask(state, PromptFor::RenameTactic(at), tactic.title.clone());
            }
        }
        Action::Delete => {
            let done = format!("{} deleted", tactic.title);
            if edit(state, &Edit::Tactic(ListEdit::Remove { at }), done.clone()) {
                say(state, format!("{done}: u brings it back"));
            }
        }
        Action::Toggle => next_state(state, at, &tactic),
        Action::MoveUp | Action::MoveDown => shift(state, at, &tactic, action == Action::MoveDown),
        other => browse::nothing(state, other),
    }
}

/// Idea, doing, done, proven, rejected, and again.
fn next_state(state: &mut State, at: usize, tactic: &Tactic) {
    let place = TacticState::ALL.iter().position(|each| *each == tactic.state).unwrap_or(0);
    let to = TacticState::ALL[(place + 1) % TacticState::ALL.len()];
    let after = sheet::completed_tactic(state, tactic.state, &Tactic { state: to, ..tactic.clone() });
    let done = format!("{}: {} → {}", tactic.title, tactic.state.key(), to.key());
    if edit(state, &Edit::Tactic(ListEdit::Replace { at, item: Arc::new(after) }), done.clone()) {
        say(state, done);
    }
}

fn shift(state: &mut State, at: usize, tactic: &Tactic, down: bool) {
    use super::super::state::TacticRank;
    if state.playbook.rank != TacticRank::Own {
        return refuse(state, "the tactics are ranked: s until the plan's own order, then move");
    }
    let last = state.plan().map_or(0, |plan| plan.tactics.len()).saturating_sub(1);
    let to = if down { Some(at + 1).filter(|to| *to <= last) } else { at.checked_sub(1) };
    let Some(to) = to else {
        return refuse(state, format!("{} is the {} already", tactic.title, if down { "last" } else { "first" }));
    };
    let done = format!("{} moved {}", tactic.title, if down { "down" } else { "up" });
    if edit(state, &Edit::Tactic(ListEdit::Move { from: at, to }), done.clone()) {
        show(state, to);
        say(state, done);
    }
}
