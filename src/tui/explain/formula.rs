//! Formulas with a plan's numbers in them.

use super::super::state::Document;
use super::super::view::funnel::Figure;
use super::super::view::shown;
use crate::engine::{Figures, GainUnit, Per};
use crate::plan::{Field, Link, Plan, Stage};
use crate::report::{format, words};

/// A number that can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// One of the ten that are typed.
    Field(Field),
    /// How many methods are at work.
    Methods,
    /// Spend and hours.
    Cost,
    /// Deals, repeat orders and referrals.
    Orders,
    /// Margin × revenue.
    GrossProfit,
    /// Multiple − 1.
    Roi,
    /// Revenue / spend.
    Roas,
    /// A key figure.
    Figure(Figure),
    /// A link's rate.
    Rate(Link),
}

impl Number {
    pub(super) fn title(self, plan: &Plan) -> String {
        match self {
            Self::Field(field) => match field.stage() {
                Some(stage) if stage != Stage::Cost => plan.brief.label(stage).to_owned(),
                _ => field.title().to_owned(),
            },
            Self::Methods => plan.brief.label(Stage::Methods).to_owned(),
            Self::Cost => plan.brief.label(Stage::Cost).to_owned(),
            Self::Orders => "Orders".to_owned(),
            Self::GrossProfit => shown::stage_name(&plan.brief, Stage::Result, GainUnit::Money).to_owned(),
            Self::Roi => "ROI".to_owned(),
            Self::Roas => "ROAS".to_owned(),
            Self::Figure(figure) => figure.title().to_owned(),
            Self::Rate(link) => link.title().to_owned(),
        }
    }

    pub(super) fn meaning(self, plan: &Plan, channel: Option<usize>) -> Option<String> {
        match self {
            Self::Field(Field::Actions) => {
                let unit = channel.and_then(|at| plan.channels.get(at)).map_or("", |channel| channel.unit.as_str());
                let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
                Some(format!("{}{unit}", Field::Actions.meaning()))
            }
            Self::Field(field) => Some(field.meaning().to_owned()),
            Self::Methods => Some("channels that have a positive cost, actions or visitors".to_owned()),
            Self::Rate(link) => Some(words::rate_of(link, per_of(link, channel.is_none())).to_owned()),
            _ => None,
        }
    }

    /// The value as shown.
    pub(super) fn text(self, figures: &Figures, whole: bool) -> String {
        let money = |value| format::known(value, format::money);
        match self {
            Self::Field(field) if field.is_money() => money(figures.get(field)),
            Self::Field(field) => format::known(figures.get(field), format::count),
            Self::Methods => format::count(figures.methods),
            Self::Cost => money(figures.cost),
            Self::Orders => format::known(figures.orders, format::count),
            Self::GrossProfit => money(figures.gross_profit),
            Self::Roi => format::known(figures.roi(), |value| format::signed(value, format::percent)),
            Self::Roas => format::known(figures.roas(), format::multiple),
            Self::Figure(figure) => format::known(figure.number(figures), |value| figure.text(value)),
            Self::Rate(Link::Reach) if !whole => format::known(figures.visitors_per_cost(), format::digits3),
            Self::Rate(link) => shown::rate_text(figures.link(link)),
        }
    }

    /// The formula in words, then with numbers.
    pub(super) fn formula(self, document: &Document, channel: Option<usize>, figures: &Figures) -> Vec<String> {
        let result = self.text(figures, channel.is_none());
        let count = |field| format::known(figures.get(field), format::count);
        let money = |value| format::known(value, format::money);
        let two = |words: String, numbers: String| vec![words, format!("= {numbers} = {result}")];
        match self {
            Self::Field(field) => {
                let forecast = figures.is_forecast(field);
                let mut lines = vec![sum(figures, &result, forecast)];
                if forecast {
                    lines.push(how_forecast(field, figures, &result));
                }
                lines
            }
            Self::Methods => vec![sum(figures, &result, false)],
            Self::Cost => cost(document, channel, figures, &result),
            Self::Orders => two(
                "deals + repeat orders + referrals (blank ones of the last two count as 0)".to_owned(),
                format!("{} + {} + {}", count(Field::Deals), count(Field::Repeats), count(Field::Referrals)),
            ),
            Self::GrossProfit => gross_profit(document, channel, figures, &result),
            Self::Roi => two("multiple − 1".to_owned(), format!("{} − 1", money_multiple(figures))),
            Self::Roas => two(
                "revenue / spend".to_owned(),
                format!("{} / {}", money(figures.revenue), money(figures.get(Field::Spend))),
            ),
            Self::Figure(figure) => two(figure.formula(GainUnit::Money).to_owned(), figure_numbers(figure, figures)),
            Self::Rate(link) => rate(document, channel, link, figures, &result),
        }
    }

    /// The fields that it is made of.
    pub(super) fn inputs(self, figures: &Figures) -> Vec<Field> {
        let cost = [Field::Spend, Field::Hours];
        let orders = [Field::Deals, Field::Repeats, Field::Referrals];
        let with_cost = |more: &[Field]| cost.iter().chain(more).copied().collect();
        match self {
            Self::Field(field) => vec![field],
            Self::Methods => with_cost(&[Field::Actions, Field::Uv]),
            Self::Cost | Self::Rate(Link::Invest) => cost.to_vec(),
            Self::Orders | Self::GrossProfit | Self::Rate(Link::Value) => orders.to_vec(),
            Self::Roi | Self::Figure(Figure::Profit | Figure::Multiple) => with_cost(&orders),
            Self::Roas => [Field::Spend].into_iter().chain(orders).collect(),
            Self::Figure(Figure::K) => vec![Field::Deals, Field::Referrals],
            Self::Figure(Figure::ConsultsPerVisitor) => vec![Field::Uv, Field::Consults],
            Self::Figure(Figure::CostPerVisitor) | Self::Rate(Link::Reach) => with_cost(&[Field::Uv]),
            Self::Figure(Figure::CostPerConsult) => with_cost(&[Field::Consults]),
            Self::Figure(Figure::CostPerDeal) => with_cost(&[Field::Deals]),
            Self::Figure(Figure::Cac) => with_cost(&[Field::Deals, Field::Referrals]),
            Self::Rate(link) => {
                let end = match link {
                    Link::Depth => Field::Pv,
                    Link::Consult => Field::Consults,
                    Link::Close => Field::Deals,
                    Link::Repurchase => Field::Repeats,
                    _ => Field::Referrals,
                };
                figures.link(link).per.field().into_iter().chain([end]).collect()
            }
        }
    }
}

/// What a rate is counted per where nothing is missing.
fn per_of(link: Link, whole: bool) -> Per {
    if whole && link == Link::Reach { Per::Methods } else { Per::nominal(link) }
}

fn money_multiple(figures: &Figures) -> String {
    format::known(figures.multiple(), format::multiple)
}

fn sum(figures: &Figures, result: &str, forecast: bool) -> String {
    let records = words::counted(figures.records, "record");
    match (figures.records, forecast) {
        (0, _) => "no record yet".to_owned(),
        (1, false) => format!("{result}, as it was typed"),
        (1, true) => format!("{result}, forecast"),
        (_, true) => format!("{result}, the sum of {records}, some of it forecast"),
        _ => format!("{result}, the sum of {records}; blanks are skipped"),
    }
}

/// How a blank of the plan was forecast: visitors by the response curve, what follows by believed rates.
fn how_forecast(field: Field, figures: &Figures, result: &str) -> String {
    let link = match field {
        Field::Pv => Link::Depth,
        Field::Consults => Link::Consult,
        Field::Deals => Link::Close,
        Field::Repeats => Link::Repurchase,
        Field::Referrals => Link::Refer,
        _ => return "forecast: mean actual visitors × (spend / mean actual spend) ^ log2(doubling)".to_owned(),
    };
    let rate = figures.link(link);
    let above = rate.per.field().and_then(|above| figures.get(above));
    let (above, per) = (format::known(above, format::count), rate.per);
    let believed = format::known(rate.rate, |value| format::rate(link, per, value));
    format!("forecast: {above} × {believed} {} = {result}, by the rates of all actual periods", per.in_words())
}

fn cost(document: &Document, channel: Option<usize>, figures: &Figures, result: &str) -> Vec<String> {
    let spend = format::known(figures.get(Field::Spend), format::money);
    let hours = format::known(figures.get(Field::Hours), format::count);
    let plan = document.plan();
    let formula = "spend + hours × hourly cost (a blank one counts as 0)".to_owned();
    match channel.and_then(|at| plan.channels.get(at)) {
        Some(channel) => {
            let hourly = format::known(plan.economics_of(channel).hourly_cost, format::money);
            vec![formula, format!("= {spend} + {hours} × {hourly} = {result}")]
        }
        None => vec![
            formula,
            format!("spend {spend}, hours {hours}: {result}"),
            "each channel's hours at its own hourly cost".to_owned(),
        ],
    }
}

fn gross_profit(document: &Document, channel: Option<usize>, figures: &Figures, result: &str) -> Vec<String> {
    let plan = document.plan();
    let money = |value| format::known(value, format::money);
    let revenue = money(figures.revenue);
    let mut lines = vec!["margin × revenue, where revenue is as recorded, else orders × order value".to_owned()];
    if let Some(channel) = channel.and_then(|at| plan.channels.get(at)) {
        let economics = plan.economics_of(channel);
        let margin = economics.margin.map_or_else(|| "1".to_owned(), format::percent);
        lines.push(format!("= {margin} × {revenue} = {result}"));
        let orders = format::known(figures.orders, format::count);
        let worked_out = format!("revenue {revenue} = {orders} orders × {}", money(economics.order_value));
        let recorded = figures.revenue_recorded().map(|recorded| format!("recorded: {}", format::money(recorded)));
        lines.push(recorded.unwrap_or(worked_out));
    } else {
        lines.push(format!("revenue {revenue}, gross profit {result}"));
        lines.push("computed channel by channel, each with its own margin and order value, then summed".to_owned());
    }
    lines
}

/// The numbers of a key figure's formula.
fn figure_numbers(figure: Figure, figures: &Figures) -> String {
    let money = |value| format::known(value, format::money);
    let count = |field| format::known(figures.get(field), format::count);
    let (cost, gross) = (money(figures.cost), money(figures.gross_profit));
    match figure {
        Figure::Profit => format!("{gross} − {cost}"),
        Figure::Multiple => format!("{gross} / {cost}"),
        Figure::K => {
            let (referrals, deals) = (count(Field::Referrals), count(Field::Deals));
            format!("{referrals} / ({deals} + {referrals})")
        }
        Figure::ConsultsPerVisitor => format!("{} / {}", count(Field::Consults), count(Field::Uv)),
        Figure::CostPerVisitor => format!("{cost} / {}", count(Field::Uv)),
        Figure::CostPerConsult => format!("{cost} / {}", count(Field::Consults)),
        Figure::CostPerDeal => format!("{cost} / {}", count(Field::Deals)),
        Figure::Cac => format!("{cost} / ({} + {})", count(Field::Deals), count(Field::Referrals)),
    }
}

fn rate(document: &Document, channel: Option<usize>, link: Link, figures: &Figures, result: &str) -> Vec<String> {
    let brief = &document.plan().brief;
    let rate = figures.link(link);
    let money = |value| format::known(value, format::money);
    let uv = format::known(figures.get(Field::Uv), format::count);
    let cost = money(figures.cost);
    let methods = format::count(figures.methods);
    let mut lines = match (link, rate.counts) {
        (Link::Invest, _) => vec!["cost / methods".to_owned(), format!("= {cost} / {methods} = {result}")],
        (Link::Reach, _) if channel.is_none() => {
            vec!["visitors / methods".to_owned(), format!("= {uv} / {methods} = {result}")]
        }
        (Link::Reach, _) => vec!["visitors / cost".to_owned(), format!("= {uv} / {cost} = {result}")],
        (Link::Value, _) => {
            let (gross, orders) = (money(figures.gross_profit), format::known(figures.orders, format::count));
            vec![
                "gross profit / orders".to_owned(),
                format!("= {result}, over the records in which both are known ({gross} and {orders} in all)"),
            ]
        }
        (_, counts) => {
            let name = |stage| brief.label(stage).to_lowercase();
            let words = format!("{} / {}", name(shown::end_of(link)), name(shown::stage_of(rate.per)));
            let numbers = counts.map_or_else(
                || format::BLANK.to_owned(),
                |(x, n)| format!("{} / {}", format::count(x), format::count(n)),
            );
            vec![words, format!("= {numbers} = {result}, over the records in which both are known")]
        }
    };
    if link == Link::Reach && channel.is_some() && figures.visitors_per_action().is_some() {
        let per_action = format::known(figures.visitors_per_action(), format::digits3);
        lines.push(format!("{per_action} visitors per action"));
    }
    lines
}
