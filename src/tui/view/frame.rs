//! What stands around every view: the title line, the money line, the status line with the footer.
//!
//! ```text
//!  funnel-tui  English training, autumn term ●   Funnel Channels Improve          ◂ Oct 2026 ▸ Actual
//!  Cost 41,850 → 12.9k UV → 38.1k PV → 720 consultations → 129 deals → gross profit 64,872   1 in → 1.55 out
//!  ┌ the view ─────────────────────────────────────────────────────────────────────────────────────────┐
//!  └───────────────────────────────────────────────────────────────────────────────────────────────────┘
//!  saved 14:02                                                    Enter edit  a add  u undo  ? help
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Clear, Widget};

use super::super::action::Action;
use super::super::import::Destination;
use super::super::keymap::Keys;
use super::super::learned::{Hit, Learned};
use super::super::state::{Age, Document, Mode, Opening, Period, Place, State, Status, View};
use super::super::theme::Theme;
use super::super::widget::{text, words};
use super::{channels, money_line};

/// Below this many columns or lines the screen asks for more.
pub const SMALLEST: (u16, u16) = (40, 10);

/// From this width on the views' names are written out.
const WIDE: u16 = 135;

/// Draws the frame and gives the area that it leaves for the view; `None` where the window is too small for any.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer, learned: &mut Learned) -> Option<Rect> {
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        for (at, words) in ["make the window", "larger, please:", "40 × 10 at least"].into_iter().enumerate() {
            text::put(buffer, text::line(area, u16::try_from(at).unwrap_or(0)), words, theme.text);
        }
        return None;
    }
    title_line(state, theme, text::line(area, 0), buffer, learned);
    let mut top = 1;
    if let Some(document) = in_front(state) {
        money_line::draw(document, theme, inset(text::line(area, 1)), buffer);
        if document.age() == Age::Old {
            buffer.set_style(text::line(area, 1).intersection(buffer.area), super::OLD);
        }
        top = 2;
    }
    let place = Rect { y: area.y + top, height: area.height - top - 1, ..area };
    Block::bordered().border_style(theme.border).render(place, buffer);
    let title = Rect { x: place.x + 1, y: place.y, width: place.width - 2, height: 1 };
    let words = super::title(state);
    if !words.is_empty() {
        let words = text::cut(&words, usize::from(title.width).saturating_sub(2));
        text::put(buffer, title, &format!(" {words} "), theme.muted);
    }
    last_line(state, theme, text::line(area, area.height - 1), buffer, learned);
    Some(Rect { x: place.x + 1, y: place.y + 1, width: place.width - 2, height: place.height - 2 })
}

/// The open plan, where the view shows it: the list does not, nor does an import into another plan.
fn in_front(state: &State) -> Option<&Document> {
    let elsewhere = match (state.view, &state.import) {
        (View::Plans, _) => true,
        (View::Import, Some(import)) => import.wishes.into != Destination::Open,
        _ => false,
    };
    state.document.as_ref().filter(|_| !elsewhere)
}

fn inset(line: Rect) -> Rect {
    Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line }
}

/// A piece of a line, with what a click on it means.
struct Piece {
    text: String,
    style: Style,
    hit: Option<Hit>,
}

impl Piece {
    fn new(text: impl Into<String>, style: Style, hit: Option<Hit>) -> Self {
        Self { text: text.into(), style, hit }
    }
}

fn width_of(pieces: &[Piece]) -> u16 {
    pieces.iter().map(|piece| u16::try_from(text::width(&piece.text)).unwrap_or(u16::MAX)).fold(0, u16::saturating_add)
}

fn put_pieces(buffer: &mut Buffer, line: Rect, pieces: &[Piece], learned: &mut Learned) {
    let mut x = line.x;
    for piece in pieces {
        let rest = Rect { x, width: line.right().saturating_sub(x), ..line };
        let used = text::put(buffer, rest, &piece.text, piece.style);
        if let Some(hit) = piece.hit {
            learned.hit(Rect { width: used, ..rest }, hit);
        }
        x += used;
    }
}

fn title_line(state: &State, theme: &Theme, line: Rect, buffer: &mut Buffer, learned: &mut Learned) {
    let line = inset(line);
    let Some(document) = in_front(state) else {
        let mut pieces = vec![Piece::new("funnel-tui", theme.muted, None)];
        pieces.push(Piece::new(format!("   {}", state.view.title()), theme.accent, None));
        if state.document.is_some() {
            pieces.push(Piece::new("   ", theme.text, None));
            pieces.extend(tabs(state, theme, line.width >= WIDE));
        }
        put_pieces(buffer, line, &pieces, learned);
        return;
    };
    let wide = line.width + 2 >= WIDE;
    let tabs = tabs(state, theme, wide);
    let look = look(document, theme, line.width < 60);
    let fixed = width_of(&tabs) + width_of(&look) + 4;
    let mut left = line.width.saturating_sub(fixed);
    let mut pieces = Vec::new();
    let mark = if document.is_unsaved() { " ●" } else { "" };
    if left >= 12 + 14 {
        pieces.push(Piece::new("funnel-tui  ", theme.muted, None));
        left -= 12;
    }
    let room = usize::from(left).saturating_sub(text::width(mark) + 1).min(if wide { 48 } else { 20 });
    let name = text::cut(&document.plan().brief.name, room);
    // Where the name has no room, nothing is set apart from it.
    let (mark, gap) = if name.is_empty() { (mark.trim(), " ") } else { (mark, "   ") };
    let gap = if name.is_empty() && mark.is_empty() { "" } else { gap };
    pieces.push(Piece::new(name, theme.accent, None));
    pieces.push(Piece::new(mark, theme.warning, Some(Hit::Does(Action::Save))));
    pieces.push(Piece::new(gap, theme.text, None));
    pieces.extend(tabs);
    let right = width_of(&look).min(line.width);
    put_pieces(buffer, Rect { width: (line.width - right).saturating_sub(1), ..line }, &pieces, learned);
    put_pieces(buffer, Rect { x: line.right() - right, width: right, ..line }, &look, learned);
}

fn tabs(state: &State, theme: &Theme, wide: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for view in View::TABS {
        if !pieces.is_empty() {
            pieces.push(Piece::new(" ", theme.text, None));
        }
        let active = state.view == view;
        let text = match (active, wide) {
            // The brackets tell the active one without colour.
            (true, _) => format!("[{}]", view.title()),
            (false, true) => view.title().to_owned(),
            (false, false) => view.title().chars().take(1).collect(),
        };
        pieces.push(Piece::new(text, if active { theme.accent } else { theme.muted }, Some(Hit::Tab(view))));
    }
    pieces
}

/// The chosen period and layer.
fn look(document: &Document, theme: &Theme, narrow: bool) -> Vec<Piece> {
    let cadence = document.plan().brief.cadence;
    let period = match document.look.period {
        Period::All => if narrow { "all" } else { "all periods" }.to_owned(),
        Period::One(day) if narrow || document.periods().contains(&day) => cadence.label(day),
        Period::One(day) => format!("{} (new)", cadence.label(day)),
    };
    vec![
        Piece::new("◂ ", theme.key, Some(Hit::Does(Action::PreviousPeriod))),
        Piece::new(period, theme.heading, Some(Hit::Does(Action::AllPeriods))),
        Piece::new(" ▸ ", theme.key, Some(Hit::Does(Action::NextPeriod))),
        Piece::new(document.look.layers.title(), theme.accent, Some(Hit::Does(Action::NextLayer))),
    ]
}

/// The news at the left, the keys at the right; where both have no room, keys give way, the least important first.
fn last_line(state: &State, theme: &Theme, line: Rect, buffer: &mut Buffer, learned: &mut Learned) {
    let line = inset(line);
    let (mut news, style) = news(state, theme);
    let mut keys = footer(state, theme);
    let fixed = state.status != Status::Quiet || standing(state).is_some();
    if fixed && text::width(&news) > usize::from(line.width) {
        news = put_first_line(&news, style, line, buffer);
    }
    let news_width = u16::try_from(text::width(&news)).unwrap_or(u16::MAX);
    // What was just done or refused is told whole, even where no key has room beside it.
    let least = if fixed { 0 } else { 8 };
    let room = line.width.saturating_sub(news_width.saturating_add(2)).max(least).min(line.width);
    while keys.len() > 1 && footer_width(&keys) > room {
        keys.pop();
    }
    if footer_width(&keys) > room {
        keys.clear();
    }
    // Help is the most important one and stands at the end, where the eye looks for it.
    if keys.first().is_some_and(|key| key[0].hit == Some(Hit::Does(Action::Help))) {
        keys.rotate_left(1);
    }
    let used = footer_width(&keys);
    let left = Rect { width: line.width.saturating_sub(if used > 0 { used + 2 } else { 0 }), ..line };
    text::put(buffer, left, &news, style);
    let pieces: Vec<Piece> = keys.into_iter().flatten().collect();
    put_pieces(buffer, Rect { x: line.right() - used.min(line.width), width: used, ..line }, &pieces, learned);
}

/// Puts the beginning of long news over the view's lower edge; gives the rest.
fn put_first_line(news: &str, style: Style, line: Rect, buffer: &mut Buffer) -> String {
    let mut lines = words::wrap(news, usize::from(line.width)).into_iter();
    let first = lines.next().unwrap_or_default();
    let above = Rect { x: line.x - 1, y: line.y.saturating_sub(1), width: line.width + 2, height: 1 };
    Clear.render(above.intersection(buffer.area), buffer);
    text::put(buffer, Rect { y: above.y, ..line }, &first, style);
    lines.collect::<Vec<_>>().join(" ")
}

fn footer_width(keys: &[[Piece; 3]]) -> u16 {
    let gaps = u16::try_from(keys.len()).unwrap_or(0).saturating_sub(1) * 2;
    let text = keys.iter().map(|key| width_of(key)).sum::<u16>();
    // The gap after the last one is not shown.
    (text + gaps).saturating_sub(gaps + if keys.is_empty() { 0 } else { 2 })
}

/// The keys of the footer, the most important first; each with the gap after it.
fn footer(state: &State, theme: &Theme) -> Vec<[Piece; 3]> {
    let keys = state.keys();
    let piece = |key: &str, word: &str, action: Option<Action>| {
        let hit = action.map(Hit::Does);
        [
            Piece::new(key, theme.key, hit),
            Piece::new(format!(" {word}"), theme.muted, hit),
            Piece::new("  ", theme.muted, None),
        ]
    };
    let mut pieces: Vec<_> = state
        .keymap
        .footer(keys, state.view)
        .into_iter()
        .filter_map(|(key, word, action)| {
            Some(piece(&key.to_string(), footer_word(state, word, action)?, Some(action)))
        })
        .collect();
    if matches!(state.mode, Mode::Help(_) | Mode::Explain(_) | Mode::Diagnosis(_)) {
        pieces.push(piece("↑↓", "scroll", None));
    }
    if keys == Keys::Grid && !pieces.is_empty() {
        let arrows = if state.view == View::Plans { "↑↓" } else { "↑↓←→" };
        pieces.insert(1, piece(arrows, "move", None));
    }
    pieces
}

/// The word for a key in what is open; `None` where the key means nothing there.
fn footer_word<'a>(state: &State, word: &'a str, action: Action) -> Option<&'a str> {
    let one_file = state.import.as_ref().is_some_and(|import| import.files.len() == 1);
    match (action, &state.mode) {
        (Action::PreviousPeriod, Mode::Browse) if one_file => None,
        (Action::TakeRight, Mode::Cell(_)) | (Action::Accept, Mode::Confirm(_) | Mode::Choice(_)) => Some(word),
        (Action::TakeRight, Mode::Files(_)) => Some("complete"),
        (Action::TakeRight, Mode::Prompt(asked)) if asked.purpose.is_path() => Some("complete"),
        (Action::TakeRight | Action::Accept, _) => None,
        (Action::Edit, Mode::Browse) if state.sheet.is_some() => Some("edit"),
        // In an open sheet these wait until the list is back.
        (Action::Add | Action::Delete | Action::Rename | Action::NextPane | Action::NextRank | Action::Filter, _)
            if state.sheet.is_some() =>
        {
            None
        }
        (Action::Take, Mode::Palette(_)) => Some("run"),
        (Action::PutBack, Mode::Palette(_) | Mode::Prompt(_) | Mode::Files(_)) => Some("cancel"),
        _ => Some(word),
    }
}

fn news(state: &State, theme: &Theme) -> (String, Style) {
    match &state.status {
        Status::Done(text) => return (text.clone(), theme.text),
        Status::Refused(text) => return (format!("! {text}"), theme.warning),
        Status::Quiet => {}
    }
    if let Some(standing) = standing(state) {
        return (format!("! {standing}"), theme.warning);
    }
    if let (Mode::Browse, View::Plans) = (&state.mode, state.view) {
        return (state.plans.opening.as_ref().map(Opening::words).unwrap_or_default(), theme.muted);
    }
    let Some(document) = &state.document else { return (String::new(), theme.muted) };
    if let Some(unit) = channels::unit_under_cursor(state, document) {
        return (unit, theme.muted);
    }
    if let Some(note) = note_under_cursor(state, document) {
        return (format!("note: {note}"), theme.muted);
    }
    let text = match (&document.read_only, &document.saved_at, &document.place) {
        _ if document.saving => "saving …".to_owned(),
        (Some(reason), ..) => format!("read-only: {reason}"),
        (_, _, Place::Nowhere) if document.is_unsaved() => "not saved yet: Ctrl-S".to_owned(),
        _ if document.is_unsaved() => "unsaved: Ctrl-S".to_owned(),
        (_, Some(time), _) => format!("saved {time}"),
        _ => String::new(),
    };
    (text, theme.muted)
}

/// What stays until it is mended or put away, whatever is typed meanwhile.
fn standing(state: &State) -> Option<&str> {
    state.document.as_ref()?.watch.standing()
}

/// The note of the record under the table's cursor.
fn note_under_cursor(state: &State, document: &Document) -> Option<String> {
    let channel = state.channels.channel().filter(|_| state.view == View::Channels)?;
    let (layer, day) = document.editable().ok()?;
    let note = document.plan().channels.get(channel)?.records(layer).get(day)?.note().to_owned();
    Some(note).filter(|note| !note.is_empty())
}
