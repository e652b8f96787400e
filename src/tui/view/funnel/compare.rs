//! Under Variance: actual, planned and their difference side by side.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::widget::funnel_chart::{self, StageBar};
use super::super::super::widget::text::put;
use super::super::super::widget::words::right;
use super::super::shown;
use super::chain::{Columns, sub};
use super::{Figure, Item, Scene};
use crate::engine::{Figures, Variance};
use crate::plan::{Link, Stage};
use crate::report::format;

/// Widths of planned and difference, with the gap before each.
const PLANNED: u16 = 12;
const DIFFERENCE: u16 = 18;

/// One row's three texts.
struct Compared {
    actual: String,
    planned: String,
    difference: String,
    /// How good the difference is: above 0 good, below bad.
    good: f64,
}

impl Scene<'_> {
    pub(super) fn draw_compared_heading(
        &self,
        buffer: &mut Buffer,
        place: Rect,
        variance: &Variance,
        columns: &Columns,
    ) {
        let heading = self.theme.heading;
        let number = columns.number(place);
        put(buffer, number, &right("actual", usize::from(number.width)), heading);
        let rest = columns.rest(place);
        put(buffer, sub(rest, 0, PLANNED - 1), &right("planned", usize::from(PLANNED) - 1), heading);
        let periods = self.plan.brief.cadence.count(variance.periods.len());
        let title = format!("difference, {periods}");
        put(buffer, sub(rest, PLANNED, rest.width), &title, heading);
    }

    pub(super) fn draw_compared(
        &self,
        buffer: &mut Buffer,
        place: Rect,
        item: Item,
        variance: &Variance,
        columns: &Columns,
    ) {
        let compared = match item {
            Item::Stage(stage) => self.compared_stage(stage, variance),
            Item::Link(link) => compared_link(link, variance),
            Item::Figure(_) | Item::Check(_) => return,
        };
        self.draw_name(buffer, place, item, columns);
        let number = columns.number(place);
        put(buffer, number, &right(&compared.actual, usize::from(number.width)), self.theme.text);
        let rest = columns.rest(place);
        put(
            buffer,
            sub(rest, 0, PLANNED - 1),
            &right(&compared.planned, usize::from(PLANNED) - 1),
            self.theme.forecast,
        );
        let style = self.good_or_bad(compared.good);
        let difference = sub(rest, PLANNED, DIFFERENCE - 1);
        put(buffer, difference, &right(&compared.difference, usize::from(DIFFERENCE) - 1), style);
        if let Item::Stage(stage) = item {
            let bar = sub(rest, PLANNED + DIFFERENCE, rest.width);
            let (actual, planned) = (&variance.actual.total, &variance.planned.total);
            let scale = self.scale(stage, [actual, planned]);
            if stage == Stage::Methods {
                self.draw_ruler(buffer, bar, scale);
            }
            let stage_bar = StageBar {
                number: shown::stage_number(actual, stage, self.unit),
                planned: shown::stage_number(planned, stage, self.unit),
                money: shown::is_money(stage, self.unit),
                scale,
            };
            funnel_chart::draw(buffer, bar, stage_bar, "", self.theme);
        }
    }

    pub(super) fn good_or_bad(&self, good: f64) -> Style {
        if good > 0.0 {
            self.theme.gain
        } else if good < 0.0 {
            self.theme.loss
        } else {
            self.theme.text
        }
    }

    fn compared_stage(&self, stage: Stage, variance: &Variance) -> Compared {
        let number = |figures: &Figures| shown::stage_number(figures, stage, self.unit);
        let text = |value| shown::stage_text(stage, self.unit, value);
        let difference = variance.of_total(number);
        Compared {
            actual: format::known(number(&variance.actual.total), text),
            planned: format::known(number(&variance.planned.total), text),
            difference: format::known(difference, |value| above_or_below(format::signed(value, text))),
            // More cost is neither good nor bad in itself.
            good: if stage == Stage::Cost { 0.0 } else { difference.unwrap_or(0.0) },
        }
    }

    /// A key figure's difference in words.
    pub(super) fn compared_figure(&self, figure: Figure, variance: &Variance) -> (String, Style) {
        let difference = variance.of_total(|figures| figure.number(figures));
        let good = match figure {
            Figure::CostPerVisitor | Figure::CostPerConsult | Figure::CostPerDeal | Figure::Cac => -1.0,
            _ => 1.0,
        };
        let text = format::known(difference, |value| figure.difference(value));
        (text, self.good_or_bad(good * difference.unwrap_or(0.0)))
    }
}

fn compared_link(link: Link, variance: &Variance) -> Compared {
    let (actual, planned) = (&variance.actual.total, &variance.planned.total);
    let difference = actual.rate_change(planned, link);
    let per = actual.link(link).per;
    Compared {
        actual: shown::rate_text(actual.link(link)),
        planned: shown::rate_text(planned.link(link)),
        difference: difference.map_or_else(
            || format::BLANK.to_owned(),
            |change| {
                let text = shown::change_text(link, per, change);
                above_or_below(text.trim_end_matches(" up").trim_end_matches(" down").to_owned())
            },
        ),
        good: if link == Link::Invest { 0.0 } else { difference.unwrap_or(0.0) },
    }
}

fn above_or_below(signed: String) -> String {
    match signed.chars().next() {
        Some('+') => signed + " above",
        Some('−') => signed + " below",
        _ => "as planned".to_owned(),
    }
}
