//! Which periods and which layer are looked at.

use super::super::state::{Document, Layers, Period, State};
use super::{refuse, say};

/// To the period before or after. Past the newest and before the oldest lies one that is still empty.
pub(super) fn step(state: &mut State, forward: bool) {
    let Some(document) = &mut state.document else { return refuse(state, "no plan is open") };
    let cadence = document.plan().brief.cadence;
    let from = document.look.single;
    if document.look.period == Period::All {
        document.look.period = Period::One(from);
        state.channels.stale = true;
        return;
    }
    let target = if forward { cadence.next(from) } else { cadence.previous(from) };
    let Some(target) = target else { return refuse(state, "the calendar ends here") };
    let known = document.periods();
    let outside = known.last().is_none_or(|last| target > *last) || known.first().is_none_or(|first| target < *first);
    let from_is_empty = !known.contains(&from);
    let leads_back = !outside;
    if from_is_empty && !leads_back {
        let label = cadence.label(from);
        return refuse(state, format!("{label} is still empty: type its first number before going on"));
    }
    document.look.period = Period::One(target);
    document.look.single = target;
    state.channels.stale = true;
    if outside {
        let back = if forward { "[" } else { "]" };
        say(state, format!("{} is new: type its first number, or {back} to go back", cadence.label(target)));
    }
}

pub(super) fn toggle_all(state: &mut State) {
    let Some(document) = &mut state.document else { return refuse(state, "no plan is open") };
    let look = &mut document.look;
    look.period = match look.period {
        Period::All => Period::One(look.single),
        Period::One(_) => Period::All,
    };
    state.channels.stale = true;
}

pub(super) fn next_layer(state: &mut State) {
    let Some(document) = &mut state.document else { return refuse(state, "no plan is open") };
    document.look.layers = document.look.layers.next();
    state.channels.stale = true;
    let words = match document.look.layers {
        Layers::Actual => "Actual: what happened",
        Layers::Planned => "Planned: what is meant to happen, ≈ where it is forecast",
        Layers::Variance => return say_variance(state),
    };
    say(state, words);
}

fn say_variance(state: &mut State) {
    let none = |document: &mut Document| {
        document.refresh(false);
        document.variance().is_none_or(|variance| variance.periods.is_empty())
    };
    let words = match state.document.as_mut().map(none) {
        Some(true) => "Variance: no chosen period has both layers; A takes all periods together",
        _ => "Variance: actual − planned, over the periods that both have",
    };
    say(state, words);
}
