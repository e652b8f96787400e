//! The columns of the list of levers.

use ratatui::layout::Rect;

use super::super::super::widget::words::{left, right};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Lever,
    Rate,
    Reference,
    From,
    Sure,
    /// The share of draws in which the link leads.
    Leads,
    Coverage,
    Lift,
    Point,
    Headroom,
    Tornado,
}

impl Column {
    const ALL: [Self; 11] = [
        Self::Lever,
        Self::Rate,
        Self::Reference,
        Self::From,
        Self::Sure,
        Self::Leads,
        Self::Coverage,
        Self::Lift,
        Self::Point,
        Self::Headroom,
        Self::Tornado,
    ];

    /// In the order in which they get room; the tornado takes what is left.
    const BY_WORTH: [Self; 10] = [
        Self::Lever,
        Self::Headroom,
        Self::Rate,
        Self::Reference,
        Self::Lift,
        Self::Sure,
        Self::Leads,
        Self::Point,
        Self::From,
        Self::Coverage,
    ];

    /// Its width, with the gap before it, in narrow windows and in wide ones.
    const fn width(self, wide: bool) -> u16 {
        match self {
            Self::Lever => 11,
            Self::From if wide => 17,
            Self::Sure | Self::Leads | Self::Coverage => 6,
            Self::Lift | Self::Point if wide => 10,
            Self::Lift | Self::Point => 8,
            Self::Headroom if wide => 11,
            Self::Rate | Self::Reference | Self::From | Self::Headroom => 9,
            Self::Tornado => 0,
        }
    }

    const fn is_left(self) -> bool {
        matches!(self, Self::Lever | Self::From | Self::Tornado)
    }
}

/// The list takes its wide form from this width on.
const WIDE: u16 = 100;
/// The tornado needs this much.
const TORNADO: u16 = 7;

/// The columns that fit into `total`, and where each of them stands in a line. Which link leads is known of the plan
/// as a whole.
pub(super) fn columns(total: u16, of_plan: bool) -> Vec<(Column, Rect)> {
    let wide = total >= WIDE;
    let mut room = total;
    let mut shown = Vec::new();
    for column in Column::BY_WORTH {
        // In narrow windows coverage and the source of references stand below, in what is told of the lever.
        let wanted = match column {
            Column::Leads => of_plan,
            Column::Coverage => wide,
            Column::From => wide || !of_plan,
            _ => true,
        };
        if wanted && column.width(wide) <= room {
            room -= column.width(wide);
            shown.push(column);
        }
    }
    if room > TORNADO {
        shown.push(Column::Tornado);
    }
    let mut places = Vec::new();
    let mut x = 0;
    for column in Column::ALL.into_iter().filter(|column| shown.contains(column)) {
        let columns = if column == Column::Tornado { room } else { column.width(wide) };
        let gap = u16::from(column != Column::Lever);
        places.push((column, Rect { x: x + gap, y: 0, width: columns - gap, height: 1 }));
        x += columns;
    }
    places
}

/// A column's place in the line `y` of an area.
pub(super) fn shifted(at: Rect, place: Rect, y: u16) -> Rect {
    Rect { x: place.x.saturating_add(at.x), y: place.y.saturating_add(y), ..at }.intersection(place)
}

/// A text as its column has it: words flush left, numbers flush right.
pub(super) fn aligned(text: &str, column: Column, room: usize) -> String {
    if column.is_left() { left(text, room) } else { right(text, room) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_most_is_seen_in_the_narrowest_window() {
        let shown = |total| columns(total, true).into_iter().map(|(column, _)| column).collect::<Vec<_>>();
        assert_eq!(shown(20), [Column::Lever, Column::Headroom]);
        assert_eq!(shown(38), [Column::Lever, Column::Rate, Column::Reference, Column::Headroom]);
        assert!(!shown(78).contains(&Column::Coverage));
        assert_eq!(shown(118), Column::ALL);
    }

    #[test]
    fn columns_stand_side_by_side() {
        for total in 0..200 {
            let mut end = 0;
            for (column, place) in columns(total, total % 2 == 0) {
                assert!(place.x >= end, "{column:?} at {total}");
                end = place.right();
            }
            assert!(end <= total, "at {total}");
        }
    }
}
