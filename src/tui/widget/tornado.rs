//! A tornado of gains: to the left what an equal lift of each lever is worth, to the right what reaching its
//! reference is worth, both on one scale. The left wing shows why equal lifts rank nothing, the right wing ranks.
//!
//! ```text
//!        +10% ◂ │ ▸ to the reference
//!            ▐██│███████████████████░░░░░
//!            ▐██│█████▌░░░░░░░
//!            ▐██│
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::theme::Theme;
use super::bar::{bar, bar_leftward, bar_with_room};
use super::text::{put, put_spans};
use super::words::{first_that_fits, left, right};

/// One lever's gains.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gains {
    /// What the lift is worth; it may be a loss. `None` is not known.
    pub lift: Option<f64>,
    /// What reaching the reference is worth. `None`: there is no reference.
    pub headroom: Option<f64>,
    /// How sure it is that there is headroom, 0..=1: that share of the bar is solid. `None` leaves all of it solid.
    pub sure: Option<f64>,
}

/// How the wings share their width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wings {
    /// Columns of the left wing; 0 leaves it out.
    left: usize,
    /// Columns of the right wing.
    right: usize,
    /// What a full wing's column is worth.
    per_column: f64,
}

impl Wings {
    /// Wings in `columns`, such that the largest gain just fits on its side. Under 12 columns there is only the
    /// right wing.
    pub fn of<'a>(gains: impl IntoIterator<Item = &'a Gains>, columns: usize) -> Self {
        let (mut lift, mut headroom) = (0.0_f64, 0.0_f64);
        for each in gains {
            lift = lift.max(finite(each.lift).abs());
            headroom = headroom.max(finite(each.headroom));
        }
        let room = columns.saturating_sub(1);
        if columns < 12 || lift <= 0.0 {
            let right = if columns < 12 { columns } else { room };
            return Self { left: 0, right, per_column: headroom / right as f64 };
        }
        // At least a third of the width stays for the wing that ranks.
        let wanted = (room as f64 * lift / (lift + headroom)).ceil() as usize;
        let left = wanted.clamp(2, room * 2 / 3);
        let right = room - left;
        let per_column = (lift / left as f64).max(headroom / right as f64);
        Self { left, right, per_column }
    }

    /// The heading above the wings.
    pub fn heading(self, lift: &str, reference: &str) -> String {
        if self.left == 0 {
            return " ".repeat(self.right);
        }
        let (long, arrow) = (format!("{lift} ◂"), format!("▸ {reference}"));
        let lift = first_that_fits([long.as_str(), "◂"], self.left);
        right(&lift, self.left) + "│" + &left(&first_that_fits([arrow.as_str(), "▸"], self.right), self.right)
    }

    /// Draws one lever's bars into a line.
    pub fn draw(self, buffer: &mut Buffer, line: Rect, gains: Gains, theme: &Theme) {
        let mut area = line;
        if self.left > 0 {
            let lift = finite(gains.lift);
            let wing = bar_leftward(self.share(lift.abs(), self.left), self.left);
            let (wing, style) =
                if lift < 0.0 { (wing.replace(['█', '▐'], "▒"), theme.loss) } else { (wing, theme.bar) };
            let used = put_spans(buffer, area, [(wing.as_str(), style), ("│", theme.border)]);
            area.x = area.x.saturating_add(used);
            area.width = area.width.saturating_sub(used);
        }
        let full = self.share(finite(gains.headroom), self.right);
        match gains.sure.filter(|sure| sure.is_finite()) {
            Some(sure) => {
                let (solid, room) = bar_with_room(full * sure.clamp(0.0, 1.0), full, self.right);
                put_spans(buffer, area, [(solid.as_str(), theme.gain), (room.as_str(), theme.bar_room)]);
            }
            None => {
                put(buffer, area, &bar(full, self.right), theme.gain);
            }
        }
    }

    fn share(self, gain: f64, columns: usize) -> f64 {
        gain / (self.per_column * columns as f64)
    }
}

fn finite(gain: Option<f64>) -> f64 {
    gain.filter(|gain| gain.is_finite()).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::ThemeName;

    fn drawn(gains: &[Gains], width: u16) -> Vec<String> {
        let theme = Theme::of(ThemeName::Mono);
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, gains.len() as u16));
        let wings = Wings::of(gains, usize::from(width));
        for (y, each) in gains.iter().enumerate() {
            wings.draw(&mut buffer, Rect::new(0, y as u16, width, 1), *each, &theme);
        }
        let rows = buffer.content().chunks(usize::from(width));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned())
            .collect()
    }

    fn gains(lift: f64, headroom: f64) -> Gains {
        Gains { lift: Some(lift), headroom: Some(headroom), sure: None }
    }

    #[test]
    fn equal_lifts_are_equal_and_headroom_ranks() {
        let rows = drawn(&[gains(4.0, 16.0), gains(4.0, 6.25), gains(4.0, 0.0)], 21);
        assert_eq!(rows, ["████│████████████████", "████│██████▎", "████│"]);
    }

    #[test]
    fn the_unsure_part_of_a_gain_is_light() {
        let rows = drawn(&[Gains { sure: Some(0.75), ..gains(4.0, 16.0) }], 21);
        assert_eq!(rows, ["████│████████████░░░░"]);
    }

    #[test]
    fn a_loss_looks_unlike_a_gain() {
        let rows = drawn(&[gains(4.0, 16.0), gains(-2.0, 0.0)], 21);
        assert_eq!(rows[1], "  ▒▒│");
    }

    #[test]
    fn where_it_is_narrow_only_the_headroom_is_drawn() {
        assert_eq!(drawn(&[gains(4.0, 16.0), gains(4.0, 8.0)], 8), ["████████", "████"]);
    }

    #[test]
    fn the_heading_names_both_wings() {
        let wings = Wings::of(&[gains(10.0, 10.0)], 41);
        assert_eq!(wings.heading("+10%", "to the reference"), "              +10% ◂│▸ to the reference  ");
    }

    #[test]
    fn a_heading_without_room_is_an_arrow() {
        let wings = Wings::of(&[gains(1.0, 20.0)], 22);
        assert_eq!(wings.heading("+10%", "to the reference"), " ◂│▸ to the reference ");
    }

    #[test]
    fn nothing_known_draws_nothing() {
        assert_eq!(drawn(&[Gains::default()], 20), [""]);
        assert_eq!(drawn(&[gains(f64::NAN, f64::INFINITY)], 20), [""]);
        assert_eq!(drawn(&[gains(0.0, 0.0)], 1), [""]);
        Wings::of(&[], 0).draw(
            &mut Buffer::empty(Rect::ZERO),
            Rect::new(3, 3, 9, 9),
            gains(1.0, 1.0),
            &Theme::of(ThemeName::Mono),
        );
    }
}
