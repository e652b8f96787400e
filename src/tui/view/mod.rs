//! The views: pure functions from the state to the screen. Drawing changes nothing; what it learns is given back.

pub mod channels;
pub mod frame;
pub mod funnel;
pub mod import;
pub mod improve;
mod money_line;
pub mod overlay;
pub mod plans;
#[cfg(test)]
pub(in crate::tui) mod sample;
pub mod settings;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::learned::Learned;
use super::state::{Mode, Pane, State, View};
use super::theme::Theme;
pub(super) use crate::report::shown;

/// Draws the whole screen.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let mut learned = Learned::default();
    let area = area.intersection(buffer.area);
    let Some(inside) = frame::draw(state, theme, area, buffer, &mut learned) else { return learned };
    learned.absorb(match state.view {
        View::Plans => plans::draw(state, theme, inside, buffer),
        View::Funnel => funnel::draw(state, theme, inside, buffer),
        View::Channels => channels::draw(state, theme, inside, buffer),
        View::Improve => improve::draw(state, theme, inside, buffer),
        View::Settings => settings::draw(state, theme, inside, buffer),
        View::Import => import::draw(state, theme, inside, buffer),
    });
    if !matches!(state.mode, Mode::Browse | Mode::Cell(_)) {
        learned.cover(overlay::draw(state, theme, inside, buffer));
    }
    learned
}

/// What the frame says of the view, in its upper edge.
fn title(state: &State) -> String {
    let filter = |filter: &str| if filter.is_empty() { String::new() } else { format!(" · filter {filter:?}") };
    match state.view {
        View::Plans => format!("Plans{}", filter(&state.plans.filter)),
        View::Channels => {
            let sorted = state.channels.sort.zip(state.plan()).map(|(sort, plan)| {
                let arrow = if sort.ascending { "↑" } else { "↓" };
                format!(" · sorted by {} {arrow}", sort.column.title(&plan.brief))
            });
            format!("Channels{}{}", sorted.unwrap_or_default(), filter(&state.channels.filter))
        }
        View::Settings => match state.settings.pane {
            Pane::Plan => {
                let name = state.plan().map_or("", |plan| plan.brief.name.as_str());
                format!("Settings of the plan {name}")
            }
            Pane::Channel => {
                let name = state.channels.channel().and_then(|at| Some(&state.plan()?.channels.get(at)?.name));
                format!("Settings of the channel {}", name.map_or("", String::as_str))
            }
        },
        View::Funnel | View::Improve | View::Import => state.view.title().to_owned(),
    }
}
