//! The view Funnel.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::learned::Learned;
use super::super::state::State;
use super::super::theme::Theme;

/// Draws the view into `area`, which is what the frame leaves.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let _ = (state, theme, area, buffer);
    Learned::default()
}
