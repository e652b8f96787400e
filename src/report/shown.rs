//! Stages and rates as screens and reports show them: which figure stands for which stage, and in which words and units.

use crate::engine::{Figures, GainUnit, LinkRate, Per};
use crate::plan::{Brief, Field, Lever, Link, Stage};

use super::format;

/// How much of a stage there is; `None` where it was not measured. The result is gross profit, or orders where the
/// plan knows no money.
pub fn stage_number(figures: &Figures, stage: Stage, unit: GainUnit) -> Option<f64> {
    match stage {
        Stage::Cost => figures.cost,
        Stage::Methods => Some(figures.methods),
        Stage::Visitors => figures.get(Field::Uv),
        Stage::PageViews => figures.get(Field::Pv),
        Stage::Consultations => figures.get(Field::Consults),
        Stage::Deals => figures.get(Field::Deals),
        Stage::Repeats => figures.get(Field::Repeats),
        Stage::Referrals => figures.get(Field::Referrals),
        Stage::Result => match unit {
            GainUnit::Money => figures.gross_profit,
            GainUnit::Orders => figures.orders,
        },
    }
}

/// The word for a stage: the plan's own, else the model's; the result by its unit.
pub fn stage_name(brief: &Brief, stage: Stage, unit: GainUnit) -> &str {
    match (stage, unit) {
        (Stage::Result, _) if brief.labels.contains_key(&stage) => brief.label(stage),
        (Stage::Result, GainUnit::Money) => "Gross profit",
        (Stage::Result, GainUnit::Orders) => "Orders",
        _ => brief.label(stage),
    }
}

/// True for the stages that are money.
pub const fn is_money(stage: Stage, unit: GainUnit) -> bool {
    matches!((stage, unit), (Stage::Cost, _) | (Stage::Result, GainUnit::Money))
}

/// A number of a stage as shown.
pub fn stage_text(stage: Stage, unit: GainUnit, number: f64) -> String {
    if is_money(stage, unit) { format::money(number) } else { format::count(number) }
}

/// A link's rate as shown; `—` where it is not known.
pub fn rate_text(rate: &LinkRate) -> String {
    format::known(rate.rate, |value| format::rate(rate.link, rate.per, value))
}

/// A link's rate in a narrow place: large numbers as `1.20M`.
pub fn rate_short(figures: &Figures, link: Link) -> String {
    match link {
        Link::Invest => format::known(figures.cost_per_method(), format::short),
        Link::Reach | Link::Value => format::known(figures.link(link).rate, format::short),
        _ => rate_text(figures.link(link)),
    }
}

/// The 80 % interval as shown: `16.1–19.8%`. `None` for rates that have none.
pub fn interval_text(rate: &LinkRate) -> Option<String> {
    let (low, high) = rate.interval()?;
    let [low, high] = [low, high].map(|end| format::rate(rate.link, rate.per, end));
    let low = if high.ends_with('%') { low.trim_end_matches('%') } else { &low };
    Some(format!("{low}–{high}"))
}

/// A rate's change with its sign: `+1.20 pt`; `0` where it cannot be told from none.
pub fn change(link: Link, per: Per, change: f64) -> String {
    let write = |size: f64| match link {
        Link::Consult | Link::Close | Link::Repurchase | Link::Refer => format::points(size),
        Link::Invest | Link::Value => format::money(size),
        Link::Depth | Link::Reach => format::rate(link, per, size),
    };
    let text = format::signed(change, write);
    if text.starts_with(['+', '−']) { text } else { "0".to_owned() }
}

/// A rate's change with its sign, and in a word: `+1.20 pt up`.
pub fn change_text(link: Link, per: Per, change: f64) -> String {
    let text = self::change(link, per, change);
    match text.chars().next() {
        Some('+') => text + " up",
        Some('−') => text + " down",
        _ => "same".to_owned(),
    }
}

/// A target as the user set it: Invest as cost per method, Reach in visitors per unit of cost.
pub fn target_text(link: Link, target: f64) -> String {
    match link {
        Link::Invest => format::money(target),
        Link::Reach => format!("{}/1", format::digits3(target)),
        _ => format::rate(link, Per::nominal(link), target),
    }
}

/// The stage that a link leads to.
pub const fn end_of(link: Link) -> Stage {
    match link {
        Link::Invest => Stage::Methods,
        Link::Reach => Stage::Visitors,
        Link::Depth => Stage::PageViews,
        Link::Consult => Stage::Consultations,
        Link::Close => Stage::Deals,
        Link::Repurchase => Stage::Repeats,
        Link::Refer => Stage::Referrals,
        Link::Value => Stage::Result,
    }
}

/// The stage that a rate is counted per.
pub const fn stage_of(per: Per) -> Stage {
    match per {
        Per::Cost => Stage::Cost,
        Per::Methods => Stage::Methods,
        Per::Uv => Stage::Visitors,
        Per::Pv => Stage::PageViews,
        Per::Consults => Stage::Consultations,
        Per::Deals => Stage::Deals,
        Per::Orders => Stage::Result,
    }
}

/// A gain with its sign: money, or orders where the plan knows no money.
pub fn gain_text(unit: GainUnit, gain: f64) -> String {
    match unit {
        GainUnit::Money => format::signed(gain, format::money),
        GainUnit::Orders => format::signed(gain, format::count),
    }
}

/// A lever's rate in the unit in which it is shown.
pub fn lever_rate(lever: Lever, per: Option<Per>, rate: f64) -> String {
    match (lever, per) {
        (Lever::Link(link), Some(per)) => format::rate(link, per, rate),
        _ => format::digits3(rate),
    }
}
