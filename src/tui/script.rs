//! The screen without a terminal: a state, a script of keys, a buffer. For tests, and for the pictures in README.

use std::num::NonZeroUsize;
use std::sync::Arc;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::compute::Request;
use super::effect::Effect;
use super::key::Key;
use super::keymap::{BadKeymap, Keymap};
use super::message::{Message, Outcome};
use super::state::{Document, Place, State, View};
use super::theme::{Theme, ThemeName};
use super::{update, view};
use crate::engine::Analyst;
use crate::plan::{History, Plan};

/// A screen that is driven by a script.
#[derive(Debug)]
pub struct Scripted {
    /// The state behind it.
    pub state: State,
    /// What was drawn last.
    pub buffer: Buffer,
    /// What was asked for and not done, since there is nobody to do it.
    pub effects: Vec<Effect>,
    /// The figures that were asked for and are not computed yet, of each kind the newest request.
    computing: Vec<Request>,
    /// Remembers what the computing thread would.
    analyst: Analyst,
}

impl Scripted {
    /// A screen of that size that shows a plan as if it had just been opened from nowhere.
    ///
    /// # Errors
    /// [`BadKeymap`] where the program was built with a bad key map.
    pub fn open(plan: Plan, today: Date, theme: ThemeName, size: (u16, u16)) -> Result<Self, BadKeymap> {
        let mut scripted = Self::empty(today, theme, size)?;
        let document = Document::new(History::of_saved(plan), Place::Nowhere, today);
        scripted.state.document = Some(document);
        scripted.state.view = View::Funnel;
        scripted.state.channels.column = 1;
        scripted.draw();
        Ok(scripted)
    }

    /// A screen of that size that shows the list of plans, which is still being read.
    ///
    /// # Errors
    /// [`BadKeymap`] where the program was built with a bad key map.
    pub fn empty(today: Date, theme: ThemeName, size: (u16, u16)) -> Result<Self, BadKeymap> {
        let state = State::new(Arc::new(Keymap::built_in()?), today, theme);
        let buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        let mut scripted =
            Self { state, buffer, effects: Vec::new(), computing: Vec::new(), analyst: Analyst::default() };
        scripted.draw();
        Ok(scripted)
    }

    /// Presses keys, and draws after each.
    pub fn press(&mut self, keys: &[Key]) {
        for key in keys {
            self.tell(Message::Key(*key));
        }
    }

    /// Tells what came of something.
    pub fn outcome(&mut self, outcome: Outcome) {
        self.tell(Message::Outcome(outcome));
    }

    /// Tells anything, and draws.
    pub fn tell(&mut self, message: Message) {
        self.note(message);
        self.draw();
    }

    /// Computes the figures that were asked for, as the computing thread would, and draws.
    pub fn compute(&mut self) {
        for request in std::mem::take(&mut self.computing) {
            if let Some(outcome) = request.answer(&mut self.analyst, NonZeroUsize::MIN, &|| false) {
                self.outcome(outcome);
            }
        }
    }

    fn note(&mut self, message: Message) {
        for effect in update(&mut self.state, message) {
            match effect {
                Effect::Compute(request) => {
                    self.computing.retain(|older| older.kind() != request.kind());
                    self.computing.push(request);
                }
                Effect::Forget(_) => {}
                other => self.effects.push(other),
            }
        }
    }

    /// Gives the window another size.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        self.draw();
    }

    fn draw(&mut self) {
        // Twice: what the first drawing learned (page heights, limits) may move what is shown.
        for _ in 0..2 {
            self.buffer.reset();
            let theme = Theme::of(self.state.theme);
            let learned = view::draw(&self.state, &theme, self.buffer.area, &mut self.buffer);
            self.note(Message::Drawn(learned));
        }
    }

    /// What is on the screen, line by line, without trailing blanks.
    pub fn lines(&self) -> Vec<String> {
        let area = self.buffer.area;
        (area.top()..area.bottom())
            .map(|y| {
                let mut line = String::new();
                let mut x = area.left();
                while x < area.right() {
                    let symbol = self.buffer[(x, y)].symbol();
                    line.push_str(symbol);
                    // The second cell of a wide character holds nothing of its own.
                    x += u16::try_from(super::widget::text::width(symbol)).unwrap_or(1).max(1);
                }
                line.trim_end().to_owned()
            })
            .collect()
    }

    /// What is on the screen.
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }
}
