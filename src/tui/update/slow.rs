//! Figures that take long: asked for when a view shows them, taken when they come.

use super::super::compute::{Answer, Kind, Question, Request};
use super::super::effect::Effect;
use super::super::message::Failure;
use super::super::state::{Age, Shown, State, View};
use std::sync::Arc;

/// Asks for what the view in front shows and nobody computes yet.
pub(super) fn settle(state: &mut State) {
    let Some(document) = &mut state.document else { return };
    if let Some((number, wanted)) = document.want_figures(&mut state.last_request) {
        let question = Question::Figures(Box::new(wanted));
        state.effects.push(Effect::Compute(Request { number, question }));
    }
    // What is drawn from old figures would be old itself.
    if state.view != View::Improve || document.age() != Age::New {
        return;
    }
    let records = document.records();
    if let Some(number) = document.best_bets.want(records, &mut state.last_request) {
        let question = Question::BestBets(Arc::clone(document.committed()));
        state.effects.push(Effect::Compute(Request { number, question }));
    }
}

/// Takes an answer. Which plan it is of shows in its number, since no number is given twice.
pub(super) fn on_computed(state: &mut State, number: u64, kind: Kind, answer: Result<Answer, Failure>) {
    let Some(document) = &mut state.document else { return };
    let answer = answer.map_err(|failure| failure.short);
    match answer {
        Ok(Answer::Figures(shown)) => take_figures(state, number, &shown),
        Ok(Answer::BestBets(found)) => _ = document.best_bets.answered(number, Ok(*found)),
        Err(reason) => match kind {
            Kind::Figures => _ = document.take_figures(number, Err(reason)),
            Kind::BestBets => _ = document.best_bets.answered(number, Err(reason)),
        },
    }
}

fn take_figures(state: &mut State, number: u64, shown: &Shown) {
    let Some(document) = &mut state.document else { return };
    for old in document.take_figures(number, Ok(shown.clone())) {
        // A sort by numbers goes by those of the records looked at.
        state.channels.stale |= state.channels.sort.is_some() && !old.same_records(shown);
        // Freeing ten thousand channels' figures takes longer than a key may.
        state.effects.push(Effect::Forget(Box::new(old)));
    }
}
