//! Sentences about the figures, the same on paper and on screen. Plain text; names are shown, never obeyed.

use jiff::civil::Date;

use crate::engine::{ChannelLever, Fault, Figures, GainUnit, Improve, OneMore, Per, Reference, ReferenceFrom};
use crate::plan::{Brief, Cadence, Field, Link, Plan, Stage, printable};

use super::format;

pub use super::advice::{advice, begin_with, best_bets, best_steps};

/// "a month": what a gain per period is a gain per.
pub const fn per_period(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Day => "a day",
        Cadence::Week => "a week",
        Cadence::Month => "a month",
    }
}

/// "1 month", "3 months".
pub fn periods(cadence: Cadence, count: usize) -> String {
    counted(count, cadence.key())
}

/// "Sep 2026", "Sep 2026 to Nov 2026 (3 months)", "no period".
pub fn span(cadence: Cadence, days: &[Date]) -> String {
    match days {
        [] => "no period".to_owned(),
        [day] => cadence.label(*day),
        [first, .., last] => {
            format!("{} to {} ({})", cadence.label(*first), cadence.label(*last), periods(cadence, days.len()))
        }
    }
}

/// "1 channel", "3 channels".
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// What a rate is, in words, with the stage that it really starts from: "deals per visitor".
pub const fn rate_of(link: Link, per: Per) -> &'static str {
    match (link, per) {
        (Link::Reach, Per::Cost) => "visitors per unit of cost",
        (Link::Consult, Per::Uv) => "consultations per visitor",
        (Link::Close, Per::Pv) => "deals per page view",
        (Link::Close, Per::Uv) => "deals per visitor",
        _ => link.rate_in_words(),
    }
}

/// A rate with its unit, for sentences: "18.9%", "2.19 pages per visitor", "7,921 per method".
pub fn rate(link: Link, per: Per, value: f64) -> String {
    let rate = format::rate(link, per, value);
    match link {
        Link::Invest => format!("{rate} per method"),
        Link::Reach | Link::Depth => format!("{rate} {}", rate_of(link, per)),
        Link::Value => format!("{rate} per order"),
        Link::Consult | Link::Close | Link::Repurchase | Link::Refer => rate,
    }
}

/// The relative lift of the levers: "10%".
pub fn lift(lift: f64) -> String {
    format!("{}%", format::count(lift * 100.0))
}

/// A gain with its sign, "+12,400" or "+3.2 orders".
pub fn gain(unit: GainUnit, value: f64) -> String {
    match unit {
        GainUnit::Money => format::signed(value, format::money),
        GainUnit::Orders => format!("{} orders", format::signed(value, format::count)),
    }
}

/// A gain over the chosen periods, told per period: "+12,400 a month".
pub fn gain_per_period(improve: &Improve, cadence: Cadence, value: f64) -> String {
    format!("{} {}", gain(improve.unit, improve.per_period(value)), per_period(cadence))
}

/// Among what a rate was compared: the plan's channels, or the periods of the only channel that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// The plan's channels.
    Channels,
    /// The channel's own periods.
    Periods(Cadence),
}

impl Among {
    /// What a lever's rate was compared among: its own periods where no other channel has such a rate.
    pub fn of(improve: &Improve, cadence: Cadence, lever: &ChannelLever) -> Self {
        let alike = improve.channels.iter().filter_map(|each| each.get(lever.lever));
        let mut alike = alike.filter(|each| each.per == lever.per && each.believed.is_some());
        if alike.nth(1).is_some() { Self::Channels } else { Self::Periods(cadence) }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Channels => "channel",
            Self::Periods(cadence) => cadence.key(),
        }
    }
}

/// "a good channel of yours would reach 8.10%", for a rate that was compared among the plan's channels.
pub fn reference(link: Link, per: Per, cadence: Cadence, reference: &Reference) -> String {
    let among = match reference.from {
        ReferenceFrom::GoodPeriod => Among::Periods(cadence),
        _ => Among::Channels,
    };
    reference_among(link, per, among, reference)
}

/// "a good channel of yours would reach 8.10%".
pub fn reference_among(link: Link, per: Per, among: Among, reference: &Reference) -> String {
    let rate = format::rate(link, per, reference.rate);
    let noun = among.noun();
    let said = match reference.from {
        ReferenceFrom::Target => format!("your target is {rate}"),
        ReferenceFrom::GoodChannel => format!("a good {noun} of yours would reach {rate}"),
        ReferenceFrom::ExpectedSpread => {
            let best = reference
                .best_believed
                .map_or(String::new(), |best| format!(", your best is at {}", format::rate(link, per, best)));
            format!("as {noun}s usually differ, a good one would reach {rate}{best}")
        }
        ReferenceFrom::GoodPeriod => format!("a good {noun} of its own would reach {rate}"),
    };
    if reference.is_cut() {
        format!("{said} (the first step to {})", format::rate(link, per, reference.uncut))
    } else {
        said
    }
}

/// One link of one channel: "SEO, Close: 5.00%, a good channel of yours would reach 8.10%: worth +12,400 a month".
/// `None` where there is no reference to reach or nothing to gain.
pub fn step(plan: &Plan, improve: &Improve, channel: usize, lever: &ChannelLever) -> Option<String> {
    let (link, per) = (lever.lever.link()?, lever.per?);
    let name = printable(&plan.channels.get(channel)?.name).into_owned();
    let worth = lever.gain_headroom.filter(|&worth| worth > 0.0)?;
    let cadence = plan.brief.cadence;
    let bridged = if per == Per::nominal(link) { String::new() } else { format!(" ({})", per.in_words()) };
    Some(format!(
        "{name}, {}{bridged}: {}, {}: worth {}{}",
        link.title(),
        rate(link, per, lever.believed_rate()?),
        reference_among(link, per, Among::of(improve, cadence, lever), &lever.reference?),
        gain_per_period(improve, cadence, worth),
        sureness(lever.sure),
    ))
}

pub(super) fn sureness(sure: Option<f64>) -> String {
    sure.map_or(String::new(), |sure| format!(", {} sure", format::probability(sure)))
}

/// Whose fault a low rate is.
pub fn fault(plan: &Plan, fault: &Fault) -> String {
    match fault {
        Fault::Offer { link, below, of } => format!(
            "{}: {below} of {} lie below the target: look at the offer or the site before any one channel.",
            link.title(),
            counted(*of, "channel"),
        ),
        Fault::Channel { link, channel } => {
            let name = plan.channels.get(*channel).map_or("", |each| each.name.as_str());
            format!("{}: {} lies below the others: look at that channel.", link.title(), printable(name))
        }
    }
}

/// What one more method would add.
pub fn one_more(plan: &Plan, improve: &Improve, more: &OneMore) -> String {
    let cadence = plan.brief.cadence;
    format!(
        "One more method like your median one would add {}; like the best {}, like the worst {}.",
        gain_per_period(improve, cadence, more.median),
        gain_per_period(improve, cadence, more.best),
        gain_per_period(improve, cadence, more.worst),
    )
}

/// "Cost 41,850 → 12.9k UV → 38.1k PV → 720 consultations → 129 deals +21 repeat +9 referred → gross profit 64,872".
/// Stages that are blank are left out.
pub fn money_line(brief: &Brief, figures: &Figures) -> String {
    let mut parts = vec![format!("Cost {}", format::known(figures.cost, format::money))];
    for (field, stage, word) in [
        (Field::Uv, Stage::Visitors, "UV"),
        (Field::Pv, Stage::PageViews, "PV"),
        (Field::Consults, Stage::Consultations, "consultations"),
        (Field::Deals, Stage::Deals, "deals"),
    ] {
        if let Some(count) = figures.get(field) {
            let word = brief.labels.get(&stage).map_or(word, String::as_str);
            parts.push(format!("{} {}", format::short(count), printable(word)));
        }
    }
    for (field, word) in [(Field::Repeats, "repeat"), (Field::Referrals, "referred")] {
        if let (Some(count), Some(last)) = (figures.get(field), parts.last_mut()) {
            *last = format!("{last} +{} {word}", format::short(count));
        }
    }
    parts.push(format!("gross profit {}", format::known(figures.gross_profit, format::money)));
    parts.join(" → ")
}

/// "1 in → 1.55 out, ROI +55.0%, profit +23,022"; "" where the result is not known.
pub fn result_line(figures: &Figures) -> String {
    let (Some(multiple), Some(roi), Some(profit)) = (figures.multiple(), figures.roi(), figures.profit()) else {
        return String::new();
    };
    format!(
        "1 in → {} out, ROI {}, profit {}",
        format::multiple(multiple),
        format::signed(roi, format::percent),
        format::signed(profit, format::money),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_span_names_its_ends_and_its_length() {
        let days = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)];
        assert_eq!(span(Cadence::Month, &days), "Sep 2026 to Nov 2026 (3 months)");
        assert_eq!(span(Cadence::Month, &days[..1]), "Sep 2026");
        assert_eq!(span(Cadence::Month, &[]), "no period");
    }

    #[test]
    fn a_gain_says_what_it_counts() {
        assert_eq!(gain(GainUnit::Money, 12400.0), "+12,400");
        assert_eq!(gain(GainUnit::Orders, -3.25), "−3.25 orders");
    }

    #[test]
    fn a_reference_says_where_it_comes_from_and_whether_it_is_a_first_step() {
        let good = Reference { rate: 0.081, uncut: 0.081, from: ReferenceFrom::GoodChannel, best_believed: None };
        let words = reference(Link::Close, Per::Consults, Cadence::Month, &good);
        assert_eq!(words, "a good channel of yours would reach 8.10%");
        let cut = Reference { uncut: 0.25, from: ReferenceFrom::Target, ..good };
        let words = reference(Link::Close, Per::Consults, Cadence::Month, &cut);
        assert_eq!(words, "your target is 8.10% (the first step to 25.0%)");
    }
}
