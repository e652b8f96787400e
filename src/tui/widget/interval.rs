//! An interval as a bar against marks: where a multiple lies beside break-even and the target.
//!
//! ```text
//! 0    1  1.5    3      the axis: its ends and its marks
//! ━●━━ │  ┊             surely below break-even
//!      │━━┿━━●━━━━▸     above it, reaching beyond the right end
//! ```

/// What an interval is drawn against.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The left and the right end.
    pub ends: (f64, f64),
    /// A number at which a line stands, and the line.
    pub marks: Vec<(f64, char)>,
    /// How wide it is.
    pub columns: usize,
}

impl Axis {
    /// The column of a number, at the ends where it lies beyond them; `None` where there is no column.
    fn column(&self, number: f64) -> Option<usize> {
        let (left, right) = self.ends;
        let last = self.columns.checked_sub(1)?;
        let share = ((number - left) / (right - left)).clamp(0.0, 1.0);
        share.is_finite().then(|| (share * last as f64).round() as usize)
    }

    /// The interval from `low` to `high` with its middle, the marks shining through.
    pub fn bar(&self, low: f64, middle: f64, high: f64) -> String {
        let mut cells = vec![' '; self.columns];
        for (number, line) in &self.marks {
            if let Some(cell) = self.column(*number).and_then(|at| cells.get_mut(at)) {
                *cell = *line;
            }
        }
        if let (Some(from), Some(to)) = (self.column(low), self.column(high)) {
            for cell in cells.iter_mut().take(to + 1).skip(from) {
                *cell = if *cell == ' ' { '━' } else { '┿' };
            }
            if let Some(cell) = self.column(middle).and_then(|at| cells.get_mut(at)) {
                *cell = '●';
            }
            if high > self.ends.1 {
                cells[to] = '▸';
            }
            if low < self.ends.0 {
                cells[from] = '◂';
            }
        }
        cells.into_iter().collect::<String>().trim_end().to_owned()
    }

    /// The ends and the marks in words, each where it stands; what has no room beside another is left out.
    pub fn heading(&self, write: impl Fn(f64) -> String) -> String {
        let mut cells = vec![' '; self.columns];
        let marks = self.marks.iter().map(|(number, _)| *number);
        for number in marks.chain([self.ends.0, self.ends.1]) {
            let words: Vec<char> = write(number).chars().collect();
            let Some(at) = self.column(number) else { continue };
            // At the right end the words end, elsewhere they begin.
            let from = at.min(self.columns.saturating_sub(words.len()));
            let to = from + words.len();
            let free = |at: usize| cells.get(at).is_none_or(|cell| *cell == ' ');
            if to <= self.columns && (from.saturating_sub(1)..=to).all(free) {
                cells[from..to].copy_from_slice(&words);
            }
        }
        cells.into_iter().collect::<String>().trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(columns: usize) -> Axis {
        Axis { ends: (0.0, 3.0), marks: vec![(1.0, '│'), (1.5, '┊')], columns }
    }

    #[test]
    fn an_interval_stands_beside_its_marks_and_shows_them_through() {
        assert_eq!(axis(19).bar(0.46, 0.5, 0.53), "   ●  │  ┊");
        assert_eq!(axis(19).bar(1.0, 1.6, 2.2), "      ┿━━┿●━━━");
        assert_eq!(axis(19).heading(|number| format!("{number}")), "0     1  1.5      3");
    }

    #[test]
    fn what_lies_beyond_the_ends_is_an_arrow() {
        assert_eq!(axis(19).bar(2.3, 3.1, 3.9), "      │  ┊    ━━━━▸");
        assert_eq!(axis(19).bar(-2.0, -1.0, 0.5), "◂━━━  │  ┊");
    }

    #[test]
    fn whatever_the_room_or_the_numbers_nothing_breaks() {
        for columns in 0..12 {
            for number in [0.0, 1.0, 1e300, f64::INFINITY, f64::NAN] {
                assert!(axis(columns).bar(0.0, number, number).chars().count() <= columns);
                assert!(axis(columns).heading(|each| format!("{each:.3}")).chars().count() <= columns);
            }
        }
    }
}
