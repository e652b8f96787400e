//! The least that ratatui can do: its own table, moved by the arrows, drawn after each key. What the program is measured by.

use std::io::{self, stdout};

use funnel_tui::plan::{Field, Plan};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{Event, KeyCode, read};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
use ratatui::layout::Constraint;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, Row, Table, TableState};

/// Shows the last period of a plan until `q` is pressed.
pub(crate) fn table(plan: &Plan) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
    let mut state = TableState::default().with_selected(0);
    loop {
        let rows = plan.channels.iter().map(|channel| {
            let record = channel.actual.iter().next_back().map(|(_, record)| record);
            let number =
                |field| record.and_then(|record| record.get(field)).map_or_else(String::new, |n| n.to_string());
            Row::new(std::iter::once(channel.name.clone()).chain(Field::ALL.map(number)))
        });
        let widths = std::iter::once(Constraint::Length(20)).chain(std::iter::repeat_n(Constraint::Length(8), 10));
        let table = Table::new(rows, widths)
            .block(Block::bordered().title("Channels"))
            .row_highlight_style(Style::new().add_modifier(Modifier::REVERSED))
            .highlight_symbol("▸ ");
        terminal.draw(|frame| frame.render_stateful_widget(&table, frame.area(), &mut state))?;
        match read()? {
            Event::Key(key) if key.code == KeyCode::Down => state.select_next(),
            Event::Key(key) if key.code == KeyCode::Up => state.select_previous(),
            Event::Key(key) if key.code == KeyCode::Char('q') => return Ok(()),
            _ => {}
        }
    }
}
