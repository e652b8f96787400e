//! What actions do while nothing is open above the view.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::explain::explain;
use super::super::keymap::Group;
use super::super::state::{ImproveState, Mode, Scrolled, State, View};
use super::super::theme::ThemeName;
use super::{files, form, import, palette, periods, plans, refuse, say, table};
use crate::plan::Lever;

pub(super) fn act(state: &mut State, action: Action) {
    if state.view == View::Import && import::act(state, action) {
        return;
    }
    match action {
        Action::Import => import::begin_or_take(state),
        Action::Plans => to_plans(state),
        Action::Funnel => go(state, View::Funnel),
        Action::Channels => go(state, View::Channels),
        Action::Improve => go(state, View::Improve),
        Action::Settings => form::open_or_close(state),
        Action::NextView => neighbour(state, 1),
        Action::PreviousView => neighbour(state, View::TABS.len() - 1),
        Action::PreviousPeriod => periods::step(state, false),
        Action::NextPeriod => periods::step(state, true),
        Action::AllPeriods => periods::toggle_all(state),
        Action::NextLayer => periods::next_layer(state),
        Action::Explain => explain_cursor(state),
        Action::Undo => undo(state, true),
        Action::Redo => undo(state, false),
        Action::Save => files::save(state),
        Action::SaveAs => files::ask_where(state, None),
        Action::Palette => palette::open(state),
        Action::Help => {
            state.mode =
                Mode::Help(Scrolled { title: format!("Keys of {}", state.view.title()), ..Scrolled::default() });
        }
        Action::ThemeDark => theme(state, ThemeName::Dark),
        Action::ThemeLight => theme(state, ThemeName::Light),
        Action::ThemeSixteen => theme(state, ThemeName::Sixteen),
        Action::ThemeMono => theme(state, ThemeName::Mono),
        Action::Back => back(state),
        other => match state.view {
            View::Plans => plans::act(state, other),
            View::Channels => table::act(state, other),
            View::Settings => form::act(state, other),
            View::Funnel => funnel(state, other),
            View::Improve => improve(state, other),
            View::Import => nothing(state, other),
        },
    }
}

/// Goes to a view that shows the open plan.
pub(super) fn go(state: &mut State, view: View) {
    if state.document.is_none() {
        return refuse(state, "no plan is open: Enter opens the one under the cursor");
    }
    state.view = view;
}

fn to_plans(state: &mut State) {
    state.view = View::Plans;
    state.effects.push(Effect::List);
}

fn neighbour(state: &mut State, by: usize) {
    let at = View::TABS.iter().position(|view| *view == state.view);
    let next = at.map_or(0, |at| (at + by) % View::TABS.len());
    go(state, View::TABS[next]);
}

fn back(state: &mut State) {
    let in_plans = state.view == View::Plans;
    if in_plans && files::give_up(state) {
        return;
    }
    match state.view {
        View::Settings => state.view = state.view_before,
        View::Channels if !state.channels.filter.is_empty() => table::set_filter(state, String::new()),
        View::Plans if !state.plans.filter.is_empty() => state.plans.filter.clear(),
        View::Plans if state.document.is_some() => state.view = View::Channels,
        _ => {}
    }
}

fn undo(state: &mut State, back: bool) {
    if state.view == View::Plans {
        // The open plan's last edit is not in sight here.
        let what = if back { "undo" } else { "do again" };
        let trash = &state.trash;
        return refuse(
            state,
            format!(
                "nothing to {what} in the list: deleted plans lie in {trash}; u in a view of the plan undoes its edits"
            ),
        );
    }
    let kept = table::name_under_cursor(state);
    let Some(document) = super::writable(state) else { return };
    let done = if back { document.history.undo() } else { document.history.redo() }.map(str::to_owned);
    match (done, back) {
        (Some(done), true) => say(state, format!("undone: {done}")),
        (Some(done), false) => say(state, format!("done again: {done}")),
        (None, true) => refuse(state, "nothing to undo"),
        (None, false) => refuse(state, "nothing to do again"),
    }
    table::structure_changed(state, kept);
}

fn theme(state: &mut State, theme: ThemeName) {
    state.effects.push(Effect::KeepTheme(theme));
    if state.no_color {
        return say(state, "NO_COLOR keeps this monochrome; the theme is kept for starts without it");
    }
    state.theme = theme;
}

fn explain_cursor(state: &mut State) {
    if state.document.is_none() {
        return refuse(state, "open a plan first: then x explains its numbers");
    }
    let explanation = explain(state);
    state.mode = Mode::Explain(Box::new(explanation));
}

/// Scrolls a view of lines.
fn scroll(at: &mut usize, action: Action, page: usize, limit: usize) -> bool {
    *at = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => *at + 1,
        Action::PageUp => at.saturating_sub(page.max(2) - 1),
        Action::PageDown => *at + page.max(2) - 1,
        Action::Home | Action::First => 0,
        Action::End | Action::Last => limit,
        _ => return false,
    }
    .min(limit);
    true
}

fn funnel(state: &mut State, action: Action) {
    let (page, limit) = (state.learned.page, state.learned.scroll_limit);
    if !scroll(&mut state.funnel.row, action, page, limit) {
        nothing(state, action);
    }
}

fn improve(state: &mut State, action: Action) {
    let (page, limit) = (state.learned.page, state.learned.scroll_limit);
    match action {
        // In the map rows are channels and columns are links.
        Action::Up if state.improve.map => choose_channel(state, false),
        Action::Down if state.improve.map => choose_channel(state, true),
        Action::Left if state.improve.map => choose_link(state, |at, _| at.saturating_sub(1)),
        Action::Right if state.improve.map => choose_link(state, |at, last| (at + 1).min(last)),
        Action::NextPane => {
            state.improve.map = !state.improve.map;
            say(
                state,
                if state.improve.map { "the map has the arrows" } else { "the levers have the arrows" }.to_owned(),
            );
        }
        Action::Up => choose_lever(state, |at, _| at.saturating_sub(1)),
        Action::Down => choose_lever(state, |at, last| (at + 1).min(last)),
        Action::First | Action::Home => choose_lever(state, |_, _| 0),
        Action::Last | Action::End => choose_lever(state, |_, last| last),
        Action::Left | Action::PreviousCell => choose_channel(state, false),
        Action::Right | Action::NextCell => choose_channel(state, true),
        Action::LiftLess => lift(state, -0.05),
        Action::LiftMore => lift(state, 0.05),
        Action::NextRank => {
            state.improve.rank = state.improve.rank.next();
            say(state, format!("ranked by {}", state.improve.rank.title()));
        }
        _ if scroll(&mut state.improve.scroll, action, page, limit) => {}
        _ => nothing(state, action),
    }
}

fn choose_lever(state: &mut State, to: impl Fn(usize, usize) -> usize) {
    let Some(analysis) = state.analysis() else { return };
    let Some(plan) = state.plan() else { return };
    let levers: Vec<Lever> = state.improve.levers(plan, analysis);
    let chosen = state.improve.chosen(plan, analysis);
    let at = levers.iter().position(|lever| Some(*lever) == chosen).unwrap_or(0);
    state.improve.lever = levers.get(to(at, levers.len().saturating_sub(1))).copied();
}

/// Along the columns of the map.
fn choose_link(state: &mut State, to: impl Fn(usize, usize) -> usize) {
    let Some(analysis) = state.analysis() else { return };
    let links = ImproveState::mapped(&analysis.improve);
    let Some(plan) = state.plan() else { return };
    let chosen = state.improve.chosen(plan, analysis).and_then(Lever::link);
    let at = links.iter().position(|link| Some(*link) == chosen).unwrap_or(0);
    if let Some(link) = links.get(to(at, links.len().saturating_sub(1))) {
        state.improve.lever = Some(Lever::Link(*link));
    }
}

/// The plan as a whole, then its active channels, round and round.
fn choose_channel(state: &mut State, forward: bool) {
    let Some(analysis) = state.analysis() else { return };
    let mut stops: Vec<Option<usize>> = vec![None];
    stops.extend(analysis.improve.channels.iter().map(|each| Some(each.channel)));
    let at = stops.iter().position(|stop| *stop == state.improve.channel).unwrap_or(0);
    let step = if forward { 1 } else { stops.len() - 1 };
    state.improve.channel = stops[(at + step) % stops.len()];
}

fn lift(state: &mut State, by: f64) {
    let Some(document) = &mut state.document else { return };
    // In whole steps of 5 %, without the noise of binary fractions.
    let steps = (document.look.lift + by) * 20.0;
    document.look.lift = (steps.round() / 20.0).clamp(0.05, 1.0);
    let percent = document.look.lift * 100.0;
    say(state, format!("lift {percent:.0}%"));
}

/// An action of another view. Moving where nothing moves needs no word.
pub(super) fn nothing(state: &mut State, action: Action) {
    if state.keymap.command(action).is_some_and(|command| command.group != Group::Move) {
        refuse(state, format!("this key does nothing in {}: ? shows its keys", state.view.title()));
    }
}
