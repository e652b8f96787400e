//! What a drawing learned: where things stand on screen and how much fits. It goes back into the state by
//! [`Message::Drawn`](super::message::Message); drawing itself changes nothing.

use ratatui::layout::{Position, Rect};

use super::action::Action;
use super::state::{ImportPane, View};
use crate::plan::Lever;

/// What a click at some place means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A view's name in the title line.
    Tab(View),
    /// A key in the footer, a part of the frame, an answer.
    Does(Action),
    /// A row of a list, by its number in the order shown (the first row of all is 0).
    Row(usize),
    /// A cell of the table: row and column in the order shown.
    Cell(usize, usize),
    /// A column's heading.
    Heading(usize),
    /// A lever in Improve.
    Lever(Lever),
    /// A channel in Improve, by its place in the plan; `None` is the plan as a whole.
    Channel(Option<usize>),
    /// A row of a pane of the import preview.
    Import(ImportPane, usize),
    /// An answer of a dialog, by its number.
    Answer(usize),
    /// Outside of what is open above the view: nothing.
    Nothing,
}

/// What a drawing learned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Learned {
    /// What a click means, by place; of two that overlap the later one holds.
    pub hits: Vec<(Rect, Hit)>,
    /// Where the caret stands; `None` hides it.
    pub cursor: Option<Position>,
    /// How many rows or lines of the view are in sight at once.
    pub page: usize,
    /// The first row or line in sight, after the cursor was brought into sight.
    pub offset: usize,
    /// The first column in sight after those that stay.
    pub column_offset: usize,
    /// How far the view's lines can be scrolled: the largest sensible `scroll`.
    pub scroll_limit: usize,
    /// The same for what is open above the view.
    pub above_limit: usize,
    /// How many lines of what is open above the view are in sight.
    pub above_page: usize,
}

impl Learned {
    /// Notes what a click in `area` means.
    pub fn hit(&mut self, area: Rect, hit: Hit) {
        if !area.is_empty() {
            self.hits.push((area, hit));
        }
    }

    /// What a click at that place means.
    pub fn at(&self, place: Position) -> Option<Hit> {
        self.hits.iter().rev().find(|(area, _)| area.contains(place)).map(|(_, hit)| *hit)
    }

    /// Adds what a part of the screen learned on top of this; its page and offsets hold.
    pub fn absorb(&mut self, part: Self) {
        self.hits.extend(part.hits);
        if part.cursor.is_some() {
            self.cursor = part.cursor;
        }
        self.page = part.page;
        self.offset = part.offset;
        self.column_offset = part.column_offset;
        self.scroll_limit = part.scroll_limit;
    }

    /// Adds the hits and the caret of something that is drawn above the view; the view's page and offsets hold.
    pub fn cover(&mut self, above: Self) {
        self.hits.extend(above.hits);
        self.cursor = above.cursor;
        self.above_limit = above.above_limit;
        self.above_page = above.above_page;
    }
}
