//! The bars of a funnel. Counts span orders of magnitude, so they stand on a logarithmic scale with its ruler above
//! them, as long for every ten times more; money stands on a scale of its own, where twice the money is twice the bar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::theme::Theme;
use super::bar::{bar, bar_with_room};
use super::text::{put, put_spans};
use super::words::left;
pub use crate::report::scale::Scale;

impl Scale {
    /// The powers of ten where they lie on `columns`, and what they are: `1   10   100   1k  log scale`. Empty on a
    /// linear scale.
    pub fn ruler(self, columns: usize) -> String {
        const WORDS: &str = " log scale";
        let Self::Logarithmic(full) = self else { return String::new() };
        let room = columns.saturating_sub(WORDS.len());
        let mut ruler = String::new();
        let (mut power, mut drawn) = (0, 0);
        while 10f64.powi(power) <= full && power < 300 {
            let label = power_of_ten(power);
            let end = (self.share(10f64.powi(power)) * columns as f64).round() as usize;
            let length = label.chars().count();
            let start = end.saturating_sub(length);
            if end <= room && start >= drawn + usize::from(drawn > 0) && end >= length {
                ruler.push_str(&" ".repeat(start - drawn));
                ruler.push_str(&label);
                drawn = end;
            }
            power += 1;
        }
        if drawn == 0 || columns < 2 * WORDS.len() { String::new() } else { left(&ruler, room) + WORDS }
    }
}

fn power_of_ten(power: i32) -> String {
    let zeros = "0".repeat((power % 3).unsigned_abs() as usize);
    match power / 3 {
        0 => format!("1{zeros}"),
        1 => format!("1{zeros}k"),
        2 => format!("1{zeros}M"),
        3 => format!("1{zeros}B"),
        4 => format!("1{zeros}T"),
        _ => format!("1e{power}"),
    }
}

/// The bar of one stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StageBar {
    /// How much; `None` was not measured.
    pub number: Option<f64>,
    /// How much it was meant to be, drawn as light shade behind the bar where it is more.
    pub planned: Option<f64>,
    /// True for money, whose bars look different.
    pub money: bool,
    /// How long bars are.
    pub scale: Scale,
}

/// Draws the bar of one stage into a line; what was not measured says so in `not_measured`'s words.
pub fn draw(buffer: &mut Buffer, line: Rect, stage: StageBar, not_measured: &str, theme: &Theme) {
    let Some(number) = stage.number else {
        put(buffer, line, not_measured, theme.muted);
        return;
    };
    let columns = usize::from(line.width);
    let style = if stage.money { theme.accent } else { theme.bar };
    if let Some(planned) = stage.planned {
        let (solid, room) = bar_with_room(stage.scale.share(number), stage.scale.share(planned), columns);
        put_spans(buffer, line, [(solid.as_str(), style), (room.as_str(), theme.bar_room)]);
    } else {
        put(buffer, line, &bar(stage.scale.share(number), columns), style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::ThemeName;

    fn drawn(stages: &[StageBar], width: u16) -> Vec<String> {
        let theme = Theme::of(ThemeName::Mono);
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, stages.len() as u16));
        for (y, stage) in stages.iter().enumerate() {
            draw(&mut buffer, Rect::new(0, y as u16, width, 1), *stage, "not measured", &theme);
        }
        let rows = buffer.content().chunks(usize::from(width));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned())
            .collect()
    }

    fn count(number: f64) -> StageBar {
        StageBar { number: Some(number), planned: None, money: false, scale: Scale::Logarithmic(9999.0) }
    }

    #[test]
    fn every_ten_times_more_is_one_step_longer() {
        let bars = [count(9999.0), count(999.0), count(99.0), count(9.0), count(0.0)];
        assert_eq!(drawn(&bars, 16), ["████████████████", "████████████", "████████", "████", ""]);
    }

    #[test]
    fn the_ruler_stands_where_the_powers_of_ten_are() {
        let scale = Scale::logarithmic([Some(9999.0), None, Some(3.0)]);
        assert_eq!(scale.ruler(40), "  1     10       100        1k log scale");
        assert_eq!(scale.ruler(30), " 1    10    100      log scale");
        assert_eq!(scale.ruler(6), "");
        assert_eq!(Scale::Linear(5.0).ruler(40), "");
        assert_eq!(scale.ruler(0), "");
    }

    #[test]
    fn money_twice_as_much_is_twice_as_long() {
        let scale = Scale::linear([Some(41_850.0), Some(64_872.0), None]);
        let money = |number| StageBar { number: Some(number), planned: None, money: true, scale };
        assert_eq!(drawn(&[money(64_872.0), money(32_436.0)], 10), ["██████████", "█████"]);
    }

    #[test]
    fn what_was_not_measured_has_no_bar_but_says_so() {
        let blank = StageBar { number: None, ..count(0.0) };
        assert_eq!(drawn(&[blank], 20), ["not measured"]);
        assert_eq!(drawn(&[blank], 6), ["not m…"]);
    }

    #[test]
    fn what_was_meant_stands_lightly_behind_what_came() {
        let scale = Scale::Linear(100.0);
        let short = StageBar { number: Some(50.0), planned: Some(80.0), money: false, scale };
        let above = StageBar { number: Some(50.0), planned: Some(30.0), ..short };
        assert_eq!(drawn(&[short, above], 10), ["█████░░░", "█████"]);
    }

    #[test]
    fn a_scale_of_nothing_draws_nothing() {
        assert_eq!(Scale::linear([None]).share(0.0), 0.0);
        assert_eq!(Scale::Linear(0.0).share(5.0), 0.0);
        assert_eq!(Scale::logarithmic([Some(f64::INFINITY)]).share(f64::NAN), 0.0);
    }
}
