//! What each message does to the state.

use super::effect::Effect;
use super::message::Message;
use super::state::State;

/// Changes the state as the message asks, and says what else is to be done.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    if let Message::Drawn(learned) = message {
        state.learned = learned;
    }
    std::mem::take(&mut state.effects)
}
