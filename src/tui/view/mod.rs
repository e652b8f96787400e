//! The views: pure functions from the state to the screen.

pub mod funnel;
pub mod improve;
#[cfg(test)]
mod sample;
pub mod shown;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::learned::Learned;
use super::state::{State, View};
use super::theme::Theme;

/// Draws the whole screen.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    match state.view {
        View::Funnel => funnel::draw(state, theme, area, buffer),
        View::Improve => improve::draw(state, theme, area, buffer),
        View::Plans | View::Channels | View::Settings => Learned::default(),
    }
}
