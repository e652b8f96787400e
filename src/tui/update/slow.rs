//! Figures that take long: asked for when a view shows them, taken when they come.

use super::super::compute::{Answer, Kind, Question, Request};
use super::super::effect::Effect;
use super::super::message::Failure;
use super::super::state::{State, View};
use std::sync::Arc;

/// Asks for what the view in front shows and nobody computes yet.
pub(super) fn settle(state: &mut State) {
    let Some(document) = state.document.as_mut().filter(|_| state.view == View::Improve) else { return };
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
    match kind {
        Kind::BestBets => {
            document.best_bets.answered(number, answer.map(|Answer::BestBets(found)| *found));
        }
    }
}
