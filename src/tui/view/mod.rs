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
pub mod shown;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::learned::Learned;
use super::state::{Age, Document, Mode, Pane, State, View};
use super::theme::Theme;

/// How figures look while newer ones are being computed.
const OLD: Style = Style::new().add_modifier(Modifier::DIM);

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
    if is_old(state) {
        buffer.set_style(inside.intersection(buffer.area), OLD);
    }
    if !matches!(state.mode, Mode::Browse | Mode::Cell(_)) {
        learned.cover(overlay::draw(state, theme, inside, buffer));
    }
    learned
}

/// True where most of what the view shows is being computed anew.
fn is_old(state: &State) -> bool {
    let age = state.document.as_ref().map_or(Age::New, Document::age);
    match state.view {
        View::Plans | View::Settings | View::Import => false,
        View::Improve => age != Age::New,
        _ => age == Age::Old,
    }
}

/// What the frame says of the view, in its upper edge.
fn title(state: &State) -> String {
    let said = name(state);
    let shows_figures = !matches!(state.view, View::Plans | View::Settings | View::Import);
    match state.document.as_ref().filter(|document| shows_figures && document.age() != Age::New) {
        Some(document) if document.figures_failed().is_some() => format!("{said} · not computed: a defect"),
        Some(_) => format!("{said} · computing …"),
        None => said,
    }
}

/// The view's name, with how its rows are chosen.
fn name(state: &State) -> String {
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
