//! Bars of eighth blocks.

const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const FULL: char = '█';

/// A bar that fills `share` (0..=1) of `columns`, without the empty rest. What is more than nothing shows at least
/// an eighth.
pub fn bar(share: f64, columns: usize) -> String {
    let eighths = steps(share, columns, 8);
    let mut blocks: String = std::iter::repeat_n(FULL, eighths / 8).collect();
    if !eighths.is_multiple_of(8) {
        blocks.push(EIGHTHS[eighths % 8]);
    }
    blocks
}

/// A bar that grows from the right edge of `columns` to the left, filled with spaces before it. Terminals have no
/// eighths that grow that way, so it moves by halves.
pub fn bar_leftward(share: f64, columns: usize) -> String {
    let halves = steps(share, columns, 2);
    let mut blocks = " ".repeat(columns.saturating_sub(halves.div_ceil(2)));
    if !halves.is_multiple_of(2) {
        blocks.push('▐');
    }
    blocks.extend(std::iter::repeat_n(FULL, halves / 2));
    blocks
}

/// A bar in two parts: `solid` as [`bar`], and what lies between it and `reach` as light shade. Both are shares of
/// `columns`, 0..=1.
pub fn bar_with_room(solid: f64, reach: f64, columns: usize) -> (String, String) {
    let filled = bar(solid, columns);
    let end = steps(reach, columns, 1).max(usize::from(reach > solid && columns > 0));
    let room = end.saturating_sub(filled.chars().count());
    (filled, "░".repeat(room))
}

/// How many of the `columns * parts` steps a share fills; never none for more than nothing, and never more than all.
fn steps(share: f64, columns: usize, parts: usize) -> usize {
    let all = columns.saturating_mul(parts);
    if share.is_nan() || share <= 0.0 || all == 0 {
        return 0;
    }
    ((share.min(1.0) * all as f64).round() as usize).clamp(1, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_moves_by_eighths_of_a_column() {
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.5, 4), "██");
        assert_eq!(bar(5.0 / 32.0, 4), "▋");
        assert_eq!(bar(13.0 / 32.0, 4), "█▋");
    }

    #[test]
    fn more_than_nothing_is_seen_and_nothing_is_not() {
        assert_eq!(bar(0.0001, 10), "▏");
        assert_eq!(bar(0.0, 10), "");
        assert_eq!(bar_leftward(0.0001, 3), "  ▐");
        assert_eq!(bar_leftward(0.0, 3), "   ");
    }

    #[test]
    fn what_is_no_share_draws_no_nonsense() {
        assert_eq!(bar(f64::NAN, 4), "");
        assert_eq!(bar(-1.0, 4), "");
        assert_eq!(bar(f64::INFINITY, 4), "████");
        assert_eq!(bar(0.5, 0), "");
        assert_eq!(bar_leftward(2.0, 3), "███");
        assert_eq!(bar_with_room(f64::NAN, f64::NAN, 3), (String::new(), String::new()));
    }

    #[test]
    fn a_bar_to_the_left_ends_at_the_right_edge() {
        assert_eq!(bar_leftward(0.5, 4), "  ██");
        assert_eq!(bar_leftward(0.375, 4), "  ▐█");
        assert_eq!(bar_leftward(1.0, 4), "████");
    }

    #[test]
    fn room_stands_behind_what_is_there() {
        assert_eq!(bar_with_room(0.5, 1.0, 8), ("████".to_owned(), "░░░░".to_owned()));
        assert_eq!(bar_with_room(0.3, 0.75, 8), ("██▍".to_owned(), "░░░".to_owned()));
        assert_eq!(bar_with_room(0.0, 0.01, 8), (String::new(), "░".to_owned()));
        assert_eq!(bar_with_room(0.5, 0.2, 8), ("████".to_owned(), String::new()));
    }
}
