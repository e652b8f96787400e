//! What is drawn above a view: prompts, the palette, questions, help, explanations.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::import::choices::Offer;
use super::super::keymap::{Group, Keys};
use super::super::learned::{Hit, Learned};
use super::super::state::{Choice, Confirm, FilePrompt, Mode, Palette, Prompt, State};
use super::super::theme::Theme;
use super::super::widget::{input, popup, text, words};

/// Explanations are no wider than this, however wide the window is.
const READABLE: usize = 76;

/// Draws what is open above the view.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let mut learned = Learned::default();
    match &state.mode {
        Mode::Prompt(asked) => prompt(asked, theme, area, buffer, &mut learned),
        Mode::Files(asked) => files(asked, theme, area, buffer, &mut learned),
        Mode::Choice(choice) => self::choice(choice, theme, area, buffer, &mut learned),
        Mode::Palette(found) => palette(state, found, theme, area, buffer, &mut learned),
        Mode::Confirm(asked) => confirm(asked, theme, area, buffer, &mut learned),
        Mode::Help(shown) => {
            let lines = help(state);
            scrolled(&shown.title, &lines, shown.scroll, theme, area, buffer, &mut learned);
        }
        Mode::Explain(shown) => {
            let columns = usize::from(area.width.saturating_sub(4)).min(READABLE);
            let wrap = |line: &String| {
                if line.is_empty() { vec![String::new()] } else { words::wrap_hanging(line, columns, 4) }
            };
            let lines: Vec<String> = shown.lines.iter().flat_map(wrap).collect();
            scrolled(&shown.title, &lines, shown.scroll, theme, area, buffer, &mut learned);
        }
        Mode::Diagnosis(shown) => {
            scrolled(&shown.title, &shown.lines, shown.scroll, theme, area, buffer, &mut learned);
        }
        Mode::Browse | Mode::Cell(_) => {}
    }
    learned
}

fn prompt(asked: &Prompt, theme: &Theme, area: Rect, buffer: &mut Buffer, learned: &mut Learned) {
    let wide = if asked.purpose.is_path() { 90 } else { 56 };
    let inside = popup::open(asked.purpose.title(), (wide, 2), theme, area, buffer, learned);
    let line = text::line(inside, 0);
    learned.cursor = input::draw(&asked.input, theme, line, buffer);
    if asked.proposal {
        // Shown as chosen, since the first character takes its place.
        let chosen = u16::try_from(text::width(asked.input.value())).unwrap_or(u16::MAX).min(line.width);
        buffer.set_style(Rect { width: chosen, ..line }.intersection(buffer.area), theme.selected);
    }
    let said = match (&asked.error, &asked.ahead) {
        (Some(error), _) => (error.as_str(), theme.error),
        (None, Some(ahead)) => (ahead.as_str(), theme.muted),
        (None, None) if asked.purpose.is_path() => {
            ("~ is your home · Tab completes · nothing is written over unasked", theme.muted)
        }
        (None, None) => return,
    };
    text::put(buffer, text::line(inside, 1), said.0, said.1);
}

/// The line in which files are named, the files below it.
fn files(asked: &FilePrompt, theme: &Theme, area: Rect, buffer: &mut Buffer, learned: &mut Learned) {
    let found = asked.listing.as_ref().map_or(&[][..], |listing| &listing.files);
    let rows = u16::try_from(found.len()).unwrap_or(u16::MAX).clamp(3, 14);
    let inside = popup::open("Import which files?", (90, rows + 2), theme, area, buffer, learned);
    learned.cursor = input::draw(&asked.input, theme, text::line(inside, 0), buffer);
    let said = match &asked.error {
        Some(error) => (error.as_str(), theme.error),
        None if asked.listing.is_none() => ("looking …", theme.muted),
        None if found.is_empty() => ("no table goes on like this", theme.muted),
        None => ("the newest first · Tab completes, then another file can follow", theme.muted),
    };
    text::put(buffer, text::line(inside, 1), said.0, said.1);
    let page = usize::from(inside.height.saturating_sub(2));
    let first = (asked.row.unwrap_or(0) + 1).saturating_sub(page);
    for (at, listed) in found.iter().enumerate().skip(first).take(page) {
        let line = text::line(inside, u16::try_from(at - first + 2).unwrap_or(u16::MAX));
        let facts =
            if listed.file.is_folder { String::new() } else { format!("{}  {}", size(listed.file.len), listed.when) };
        let wide = u16::try_from(text::width(&facts)).unwrap_or(0).min(line.width / 2);
        let mark = if asked.row == Some(at) { "▸ " } else { "  " };
        let name = Rect { width: line.width.saturating_sub(wide + 2), ..line };
        text::put(buffer, name, &format!("{mark}{}", listed.file.path), theme.text);
        text::put_aligned(buffer, line, &facts, theme.muted, ratatui::layout::Alignment::Right);
        if asked.row == Some(at) {
            buffer.set_style(line.intersection(buffer.area), theme.selected);
        }
        learned.hit(line, Hit::Row(at));
    }
}

/// A file's length in a few letters.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// Answers to choose from, each with what it means.
fn choice(choice: &Choice, theme: &Theme, area: Rect, buffer: &mut Buffer, learned: &mut Learned) {
    let width = |write: &dyn Fn(&Offer) -> &str| {
        choice.offers.iter().map(|offer| text::width(write(offer))).max().and_then(|width| u16::try_from(width).ok())
    };
    let labels = width(&|offer| &offer.label).unwrap_or(0).min(36);
    let says = width(&|offer| &offer.says).unwrap_or(0).min(60);
    let title = u16::try_from(text::width(&choice.title)).unwrap_or(u16::MAX);
    let wide = (labels + says + 5).max(title.saturating_add(2));
    let rows = u16::try_from(choice.offers.len()).unwrap_or(u16::MAX).min(24);
    let inside = popup::open(&choice.title, (wide, rows), theme, area, buffer, learned);
    let page = usize::from(inside.height);
    learned.above_page = page;
    let first = (choice.row + 1).saturating_sub(page);
    for (at, offer) in choice.offers.iter().enumerate().skip(first).take(page) {
        let line = text::line(inside, u16::try_from(at - first).unwrap_or(u16::MAX));
        let mark = if at == choice.row { "▸ " } else { "  " };
        text::put(buffer, line, &format!("{mark}{}", text::cut(&offer.label, usize::from(labels))), theme.text);
        let shift = (labels + 4).min(line.width);
        text::put(buffer, Rect { x: line.x + shift, width: line.width - shift, ..line }, &offer.says, theme.muted);
        if at == choice.row {
            buffer.set_style(line.intersection(buffer.area), theme.selected);
        }
        learned.hit(line, Hit::Answer(at));
    }
}

fn palette(state: &State, found: &Palette, theme: &Theme, area: Rect, buffer: &mut Buffer, learned: &mut Learned) {
    let rows = u16::try_from(found.found.len()).unwrap_or(u16::MAX).clamp(1, 12);
    let inside = popup::open("Commands", (72, rows.saturating_add(1)), theme, area, buffer, learned);
    let line = text::line(inside, 0);
    text::put(buffer, line, ":", theme.key);
    let shift = 1.min(line.width);
    learned.cursor =
        input::draw(&found.input, theme, Rect { x: line.x + shift, width: line.width - shift, ..line }, buffer);
    let page = usize::from(inside.height.saturating_sub(1));
    let first = (found.row + 1).saturating_sub(page);
    let keys = state.view.keys();
    for (at, action) in found.found.iter().enumerate().skip(first).take(page) {
        let line = text::line(inside, u16::try_from(at - first + 1).unwrap_or(u16::MAX));
        let Some(command) = state.keymap.command(*action) else { continue };
        let shown = command.shown(keys);
        let wide = u16::try_from(text::width(&shown)).unwrap_or(0).min(line.width / 3);
        let key = Rect { x: line.right() - wide, width: wide, ..line };
        text::put(buffer, Rect { width: line.width.saturating_sub(wide + 2), ..line }, &command.says, theme.text);
        text::put(buffer, key, &shown, theme.key);
        if at == found.row {
            buffer.set_style(line.intersection(buffer.area), theme.selected);
        }
        learned.hit(line, Hit::Row(at));
    }
    if found.found.is_empty() {
        text::put(buffer, text::line(inside, 1), "no command has this name", theme.muted);
    }
}

fn confirm(asked: &Confirm, theme: &Theme, area: Rect, buffer: &mut Buffer, learned: &mut Learned) {
    let width = usize::from(area.width.saturating_sub(4)).min(60);
    let words = popup::wrapped(&asked.question.words(), width);
    let answers = asked.question.answers();
    // What differs gets what room there is, and is scrolled where that is too little.
    let room = usize::from(area.height.saturating_sub(3)).saturating_sub(words.len() + answers.len() + 1);
    let lines: Vec<String> =
        asked.lines.iter().flat_map(|line| words::wrap_hanging(line, width.saturating_sub(2), 2)).collect();
    let page = lines.len().min(room);
    let limit = lines.len() - page;
    let gap = usize::from(page > 0);
    let height = u16::try_from(words.len() + gap + page + answers.len() + 1).unwrap_or(u16::MAX);
    let inside = popup::open("", (u16::try_from(width).unwrap_or(0), height), theme, area, buffer, learned);
    (learned.above_page, learned.above_limit) = (page, limit);
    let mut at = 0;
    for words in &words {
        text::put(buffer, text::line(inside, at), words, theme.text);
        at += 1;
    }
    let first = asked.scroll.min(limit);
    for (number, line) in lines.iter().enumerate().skip(first).take(page) {
        let place = text::line(inside, at + u16::try_from(gap + number - first).unwrap_or(u16::MAX));
        text::put(
            buffer,
            Rect { x: place.x + 2.min(place.width), width: place.width.saturating_sub(2), ..place },
            line,
            theme.muted,
        );
    }
    at += u16::try_from(gap + page).unwrap_or(u16::MAX);
    if limit > 0 && !inside.is_empty() {
        let shown = format!(" {}–{} of {}, PgDn ", first + 1, first + page, lines.len());
        let edge = Rect { y: inside.bottom(), height: 1, ..inside };
        text::put_aligned(buffer, edge, &shown, theme.muted, ratatui::layout::Alignment::Right);
    }
    // In very low windows the blank line gives way to the answers.
    if inside.height >= height {
        at += 1;
    }
    // Where not all answers fit, those around the chosen one are shown.
    let room = usize::from(inside.height.saturating_sub(at)).max(1);
    let first = (asked.row + 1).saturating_sub(room);
    for (number, answer) in answers.iter().enumerate().skip(first).take(room) {
        let line = text::line(inside, at);
        let chosen = number == asked.row;
        let mark = if chosen { "▸ " } else { "  " };
        let words = format!("{mark}{} ", asked.question.label(*answer));
        text::put(buffer, line, &words, if chosen { theme.selected } else { theme.text });
        learned.hit(line, Hit::Answer(number));
        at += 1;
    }
}

/// All keys of the view, from the keymap.
fn help(state: &State) -> Vec<String> {
    let keys = state.view.keys();
    let mut lines = Vec::new();
    for group in Group::ALL {
        let place = match group {
            Group::Text => Keys::Text,
            Group::Dialog => continue,
            _ => keys,
        };
        if group == Group::Text && keys != Keys::Grid {
            continue;
        }
        let commands =
            state.keymap.commands().iter().filter(|command| command.group == group && command.is_for(state.view));
        let named: Vec<_> = commands
            .map(|command| (command.shown(place), &command.says))
            .filter(|(keys, _)| !keys.is_empty())
            .collect();
        if named.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(group.title().to_owned());
        for (keys, says) in named {
            let gap = 16_usize.saturating_sub(text::width(&keys)).max(2);
            lines.push(format!("  {keys}{}{says}", " ".repeat(gap)));
        }
    }
    lines.push(String::new());
    lines.push("Marks".to_owned());
    for (mark, says) in [
        ("—", "not known, or not measured: never zero"),
        ("~", "a rate that rests on too few events"),
        ("≈", "forecast, not typed"),
        ("*", "a rate counted per an earlier stage, since the one before it was not counted"),
        ("○", "a channel that is switched off"),
        ("•", "in the list of plans: the open one"),
        ("●", "unsaved changes; in Tests the middle of an interval, 80% of a multiple, 95% of a lift"),
        ("│", "in Tests: break-even, or no lift"),
        ("┊", "in Tests: the target"),
    ] {
        lines.push(format!("  {mark}               {says}"));
    }
    if keys == Keys::Grid {
        lines.push(String::new());
        lines.push("A cell takes".to_owned());
        lines.push("  1200  1,200  1.2k  3m  5万  =3000/30+50".to_owned());
        lines.push("  +10%  -5%  *1.2  +50  -50   a change to what stands there".to_owned());
    }
    lines
}

fn scrolled(
    title: &str,
    lines: &[String],
    scroll: usize,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    learned: &mut Learned,
) {
    let widest = lines.iter().map(|line| text::width(line)).max().unwrap_or(0).max(text::width(title) + 2).max(24);
    let size = (u16::try_from(widest).unwrap_or(u16::MAX), u16::try_from(lines.len()).unwrap_or(u16::MAX));
    let inside = popup::open(title, size, theme, area, buffer, learned);
    let page = usize::from(inside.height);
    let limit = lines.len().saturating_sub(page);
    learned.above_page = page;
    learned.above_limit = limit;
    let first = scroll.min(limit);
    for (at, words) in lines.iter().skip(first).take(page).enumerate() {
        // Indented lines are entries under a heading.
        let heading = !words.starts_with(' ') && lines.get(first + at + 1).is_some_and(|next| next.starts_with("  "));
        let style = if heading { theme.heading } else { theme.text };
        text::put(buffer, text::line(inside, u16::try_from(at).unwrap_or(u16::MAX)), words, style);
    }
    if limit > 0 && !inside.is_empty() {
        let shown = format!(" {}–{} of {} ", first + 1, (first + page).min(lines.len()), lines.len());
        let edge = Rect { y: inside.bottom(), height: 1, ..inside };
        text::put_aligned(buffer, edge, &shown, theme.muted, ratatui::layout::Alignment::Right);
    }
}
