//! The view Improve: which link to improve, what it is worth, how sure that is, and what it assumes.
//!
//! ```text
//!  All active channels     lift +10%     ranked by gain     sums of 3 months, CNY
//!  Improve Close first: it is 10.5% over all channels; bringing it to its reference in every channel is worth
//!  +9,870 a month, 89% sure. Begin with Paid search, Close: …
//!  Lever        Rate Reference  from           sure cover     +10%   1 point   headroom    +10% ◂│▸ to the reference
//! ▸Close       10.5%  2 of 2    target          89%         +2,774   +24,100    +29,610        ██│████████████████░░
//!  Consult     2.28%  1 of 2    expected        55%   79%   +2,774      +310     +4,020        ██│██▎
//!  …
//!  What reaching the reference is worth         │ As counted  10.5% (59 of 560), 80% interval 8.97–12.3%
//!               Depth   Consult     Close       │ Coverage    …
//!  All              0     4,020    29,610       │ Channels    Paid search +20,100, Chat groups +9,510
//!  Paid search  ·   0  ░  4,020  █ 20,100       │ Assumes     All of a lift carries through to the result.
//! ```
//!
//! Up and down choose the lever, left and right the channel. In a narrow window the map of channels and links and
//! what is told of the chosen lever take turns; where the map has the arrows, they move in it.

mod bets;
mod columns;
mod detail;
mod levers;
mod map;
mod sentence;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::learned::{Hit, Learned};
use super::super::state::{Document, ImproveState, Newest, State};
use super::super::theme::Theme;
use super::super::widget::text::{line, put, put_spans, width};
use super::super::widget::words::{first_that_fits, left, wrap};
use crate::engine::{Analysis, BestBets, GainUnit};
use crate::plan::{Lever, Plan};
use crate::report::words;

pub(in crate::tui) use detail::{Told, told};
pub(in crate::tui) use sentence::sentence;

/// From this width on the map and what is told of the chosen lever stand side by side.
const BESIDE: u16 = 104;
/// Columns that the name of what is looked at keeps.
const NAME: usize = 20;
/// Lines of the list of levers, with its heading.
const LIST: u16 = 10;

/// Everything that the view is drawn from.
struct Scene<'a> {
    plan: &'a Plan,
    analysis: &'a Analysis,
    chosen: &'a ImproveState,
    lever: Lever,
    /// Which link leads in how many draws; `None` while it is computed for the first time.
    bets: Option<Newest<'a, BestBets>>,
    /// Why that could not be computed.
    failure: Option<&'a str>,
    /// Variance is chosen: Improve speaks of what happened.
    variance: bool,
    theme: &'a Theme,
}

/// Where its parts stand.
struct Parts {
    context: Rect,
    sentence: Rect,
    list: Rect,
    map: Rect,
    told: Rect,
}

/// Draws the view into `area`, which is what the frame leaves.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let mut learned = Learned::default();
    let area = area.intersection(buffer.area);
    let Some(document) = state.document.as_ref().filter(|_| !area.is_empty()) else { return learned };
    let scene = Scene::of(document, &state.improve, theme);
    let said = wrap(&sentence(scene.plan, scene.analysis, scene.chosen.channel, scene.lever), inner(area).into());
    let parts = scene.parts(area, u16::try_from(said.len()).unwrap_or(u16::MAX));
    scene.draw_context(buffer, parts.context, &mut learned);
    for (y, text) in (0..parts.sentence.height).zip(&said) {
        let cut = y + 1 == parts.sentence.height && usize::from(y) + 1 < said.len();
        let text = if cut { format!("{text} …") } else { text.clone() };
        put(buffer, line(parts.sentence, y), &text, theme.heading);
    }
    scene.draw_list(buffer, parts.list, &mut learned);
    scene.draw_map(buffer, parts.map, &mut learned);
    scene.draw_told(buffer, parts.told, &mut learned);
    learned
}

/// The width of the area without its margin.
fn inner(area: Rect) -> u16 {
    area.width.saturating_sub(2)
}

impl<'a> Scene<'a> {
    fn of(document: &'a Document, chosen: &'a ImproveState, theme: &'a Theme) -> Self {
        let (plan, analysis) = (document.plan(), document.analysis().as_ref());
        let lever = chosen.chosen(plan, analysis).unwrap_or(Lever::Spend);
        let records = document.records();
        let (bets, failure) = (document.best_bets.newest(records), document.best_bets.failure(records));
        Self { plan, analysis, chosen, lever, bets, failure, variance: document.variance().is_some(), theme }
    }

    fn parts(&self, area: Rect, said: u16) -> Parts {
        let row = |y: u16, height: u16| {
            let y = y.min(area.height);
            Rect {
                x: area.x + 1.min(area.width),
                y: area.y + y,
                width: inner(area),
                height: height.min(area.height - y),
            }
        };
        // The list comes first, then a line of the sentence, the context, and what is left.
        let above = area.height.saturating_sub(LIST).max(u16::from(area.height > 3));
        // Where there is little room, the levers at the end of the list give way to it.
        let most = above.saturating_sub(5).max(area.height / 4).max(above.min(2));
        let sentence = said.clamp(1, 4).min(most).min(area.height.saturating_sub(3));
        let context = u16::from(above > sentence);
        let top = sentence + context;
        let whole = |part: Rect| Rect { x: area.x, width: area.width, ..part };
        let list = whole(row(top, LIST));
        // A map that was asked for takes the list's place where there is little room.
        let beside = area.width >= BESIDE;
        let below = row(top + LIST, area.height);
        let empty = Rect { height: 0, ..below };
        let (list, map, told) = if beside {
            let width = self.map_width().min(area.width.saturating_sub(48));
            let map = Rect { width, ..below };
            let told = Rect { x: below.x + width + 2, width: below.width.saturating_sub(width + 2), ..below };
            (list, map, told)
        } else if self.chosen.map && below.height < 8 {
            (Rect { height: 0, ..list }, row(top, area.height), empty)
        } else if self.chosen.map {
            (list, below, empty)
        } else {
            (list, empty, below)
        };
        Parts { context: row(0, context), sentence: row(context, sentence), list, map, told }
    }

    /// What is looked at, and how it is counted.
    fn draw_context(&self, buffer: &mut Buffer, place: Rect, learned: &mut Learned) {
        if place.is_empty() {
            return;
        }
        let improve = &self.analysis.improve;
        let name = match self.chosen.channel {
            None => "All active channels".to_owned(),
            Some(channel) => self.plan.channels.get(channel).map_or_else(String::new, |channel| channel.name.clone()),
        };
        let (long, short) = match (improve.unit, self.plan.brief.currency.as_str()) {
            (GainUnit::Orders, _) => (" in orders, as no order value is known,".to_owned(), " in orders".to_owned()),
            (GainUnit::Money, "") => (String::new(), String::new()),
            (GainUnit::Money, currency) => (format!(" in {currency}"), String::new()),
        };
        let periods = words::periods(self.plan.brief.cadence, improve.periods);
        let layer = if self.variance { "  Actual layer" } else { "" };
        let (lift, rank) = (words::lift(improve.lift), self.chosen.rank.title());
        let facts = |unit: &str| format!("  lift +{lift}  by {rank}  gains{unit} over {periods}{layer}");
        let (long, short) = (facts(&long), facts(&short));
        let room = usize::from(place.width).saturating_sub(width(&name).min(NAME) + 4);
        let facts = first_that_fits([long.as_str(), short.as_str()], room);
        let room = usize::from(place.width).saturating_sub(width(&facts) + 4).max(NAME);
        let name = left(&name, room.min(width(&name).max(1)));
        let pieces = [("◂ ", self.theme.key), (name.as_str(), self.theme.accent), (" ▸", self.theme.key)];
        let used = put_spans(buffer, place, pieces);
        learned.hit(Rect { width: used, ..place }, Hit::Channel(None));
        let rest = Rect { x: place.x + used, width: place.width - used, ..place };
        put(buffer, rest, &facts, self.theme.muted);
    }

    /// What is told of the chosen lever; of the plan's, which link leads comes first.
    fn told(&self) -> Vec<Told> {
        let mut said = Vec::new();
        if self.chosen.channel.is_none() {
            said.extend(bets::told(self.plan, &self.analysis.improve, self.lever, self.bets, self.failure));
        }
        said.extend(told(self.plan, self.analysis, self.chosen.channel, self.lever));
        said
    }

    /// What is told of the chosen lever, from the line on that it is scrolled to.
    fn draw_told(&self, buffer: &mut Buffer, place: Rect, learned: &mut Learned) {
        learned.page = usize::from(place.height).max(1);
        if place.is_empty() {
            return;
        }
        let lines = Told::lines(&self.told(), place.width.into());
        learned.scroll_limit = lines.len().saturating_sub(learned.page);
        learned.offset = self.chosen.scroll.min(learned.scroll_limit);
        for (y, (label, text)) in (0..place.height).zip(lines.iter().skip(learned.offset)) {
            let spans = [(label.as_str(), self.theme.heading), (text.as_str(), self.theme.text)];
            put_spans(buffer, line(place, y), spans);
        }
        let mark = match (learned.offset > 0, learned.offset < learned.scroll_limit) {
            (_, true) => "▾ PgDn",
            (true, false) => "▴ PgUp",
            (false, false) => return,
        };
        let columns = u16::try_from(width(mark)).unwrap_or(0).min(place.width);
        let last = line(place, place.height - 1);
        put(buffer, Rect { x: last.right() - columns, width: columns, ..last }, mark, self.theme.muted);
    }
}

#[cfg(test)]
mod tests;
