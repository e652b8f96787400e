//! What the cursor stands on, in a sentence.

use super::super::shown;
use super::{Figure, Item, Scene};
use crate::engine::{GainUnit, LinkRate};
use crate::plan::{Field, Link, Stage};
use crate::report::{format, words};

impl Scene<'_> {
    /// One sentence about what the cursor stands on.
    pub(super) fn said(&self, item: Item) -> String {
        match item {
            Item::Stage(stage) => self.said_of_stage(stage),
            Item::Link(link) => self.said_of_link(self.analysis.total.link(link)),
            Item::Figure(figure) => self.said_of_figure(figure),
            Item::Check(at) => self
                .analysis
                .checks
                .get(at)
                .map_or_else(String::new, |check| format!("{}: {}", check.code.severity().key(), check.code.key())),
        }
    }

    fn said_of_stage(&self, stage: Stage) -> String {
        let name = shown::stage_name(&self.plan.brief, stage, self.unit);
        let Some(number) = shown::stage_number(&self.analysis.total, stage, self.unit) else {
            return format!("{name}: {}.", self.gap_in_words(stage));
        };
        let text = shown::stage_text(stage, self.unit, number);
        let meaning = match stage {
            Stage::Cost => "spend and the hours' cost",
            Stage::Methods => "channels with a cost, actions or visitors",
            Stage::Visitors => Field::Uv.meaning(),
            Stage::PageViews => Field::Pv.meaning(),
            Stage::Consultations => Field::Consults.meaning(),
            Stage::Deals => Field::Deals.meaning(),
            Stage::Repeats => Field::Repeats.meaning(),
            Stage::Referrals => Field::Referrals.meaning(),
            Stage::Result if self.unit == GainUnit::Orders => "deals, repeat orders and referrals",
            Stage::Result => "what orders leave after the cost of goods",
        };
        format!("{name}: {text}, {meaning}.")
    }

    fn said_of_link(&self, rate: &LinkRate) -> String {
        let brief = &self.plan.brief;
        let link = rate.link;
        if rate.rate.is_none() {
            return format!("{}: {}, not known.", link.title(), words::rate_of(link, rate.per));
        }
        let text = shown::rate_text(rate);
        let name = |stage| brief.label(stage).to_lowercase();
        let (start, end) = (name(shown::stage_of(rate.per)), name(shown::end_of(link)));
        let counts =
            rate.counts.map_or_else(String::new, |(x, n)| format!(" ({} of {})", format::count(x), format::count(n)));
        let what = match link {
            Link::Invest => format!("one method costs {text}"),
            Link::Reach => format!("one method brings {text} {end}"),
            Link::Depth => format!("a visitor sees {text} pages"),
            Link::Consult => format!("{text} of {start} lead to {end}{counts}"),
            Link::Close => format!("{text} of {start} become {end}{counts}"),
            Link::Repurchase | Link::Refer => format!("{end} are {text} of {start}{counts}"),
            Link::Value => format!("one order leaves {text} of gross profit"),
        };
        let missing = rate.events_missing().map_or_else(String::new, |events| {
            format!("; ~ thin: {} more {end} would make it solid", format::short(events.ceil()))
        });
        let part = rate.coverage.filter(|share| *share < 1.0);
        let covered =
            part.map_or_else(String::new, |share| format!("; rests on {} of the cost", format::probability(share)));
        format!("{}: {what}{missing}{covered}.", link.title())
    }

    fn said_of_figure(&self, figure: Figure) -> String {
        let number = figure.number(&self.analysis.total);
        if let (Figure::K, Some(number)) = (figure, number) {
            return format!("Each customer brings {} more (K).", figure.text(number));
        }
        if let (Figure::Multiple, Some(number)) = (figure, number) {
            return format!("1 in → {} out: gross profit for each unit of cost.", figure.text(number));
        }
        let text = format::known(number, |number| figure.text(number));
        format!("{}: {text} = {}.", figure.title(), figure.formula(self.unit))
    }
}
