//! All commands by name: found loosely, shown with their keys.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::super::action::Action;
use super::super::keymap::{Command, Group};
use super::super::state::{Mode, Palette, State};
use super::{Typed, line, refuse};

pub(super) fn open(state: &mut State) {
    state.mode = Mode::Palette(Palette { found: find(state, ""), ..Palette::default() });
}

pub(super) fn typed(state: &mut State, mut palette: Palette, what: &Typed) -> Mode {
    let last = palette.found.len().saturating_sub(1);
    match what {
        Typed::Action(Action::PutBack) => return Mode::Browse,
        Typed::Action(Action::Take | Action::TakeRight) => return take(state, palette),
        Typed::Action(Action::Up) => palette.row = palette.row.saturating_sub(1),
        Typed::Action(Action::Down) => palette.row = (palette.row + 1).min(last),
        Typed::Action(Action::PageUp) => palette.row = palette.row.saturating_sub(8),
        Typed::Action(Action::PageDown) => palette.row = (palette.row + 8).min(last),
        // Rubbing out of an empty line leaves, as in an editor.
        Typed::Action(Action::RubOut) if palette.input.value().is_empty() => return Mode::Browse,
        _ => {
            line::typed(&mut palette.input, what);
            palette.found = find(state, palette.input.value());
            palette.row = 0;
        }
    }
    Mode::Palette(palette)
}

/// Runs the command under the cursor.
pub(super) fn take(state: &mut State, palette: Palette) -> Mode {
    if let Some(action) = palette.found.get(palette.row) {
        state.mode = Mode::Browse;
        super::act(state, *action);
        return std::mem::take(&mut state.mode);
    }
    refuse(state, "no command has this name");
    Mode::Palette(palette)
}

/// The commands that do something in this view and contain the letters typed, best first.
fn find(state: &State, typed: &str) -> Vec<Action> {
    let typed = typed.trim().trim_start_matches(':');
    let offered = |command: &&Command| {
        command.is_for(state.view)
            && !matches!(command.group, Group::Text | Group::Dialog | Group::Move)
            && !matches!(command.action, Action::Palette | Action::Cancel | Action::Back)
    };
    let commands = state.keymap.commands().iter().filter(offered);
    if typed.is_empty() {
        return commands.map(|command| command.action).collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, Action)> = commands
        .filter_map(|command| {
            if command.alias.iter().any(|alias| alias == typed) {
                return Some((u32::MAX, command.action));
            }
            let score = pattern.score(Utf32Str::new(&command.says, &mut buffer), &mut matcher)?;
            Some((score, command.action))
        })
        .collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, action)| action).collect()
}
