//! Plans of any size, the same every time.

use std::sync::Arc;

use funnel_tui::plan::{Brief, Cadence, Channel, Field, Plan, Record};
use jiff::civil::date;

/// A plan of so many channels with so many weeks each, every stage known.
pub(crate) fn made(channels: usize, periods: usize) -> Plan {
    let mut plan = Plan::new(Brief::new("made", Cadence::Week));
    plan.brief.economics.order_value = Some(680.0);
    plan.brief.economics.margin = Some(0.6);
    let mut seed = 7u64;
    let mut chance = move |least: f64, most: f64| {
        // Knuth's MMIX generator: enough for figures that differ.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        least + (most - least) * ((seed >> 11) as f64 / (1u64 << 53) as f64)
    };
    for at in 0..channels {
        let mut channel = Channel::new(format!("Channel {at}"));
        let mut week = date(2025, 1, 6);
        for _ in 0..periods {
            let uv = chance(200.0, 4000.0).round();
            let pv = (uv * chance(1.5, 4.0)).round();
            let consults = (pv * chance(0.01, 0.05)).round();
            let deals = (consults * chance(0.1, 0.4)).round();
            let record = Record::default()
                .with(Field::Spend, chance(500.0, 9000.0).round())
                .with(Field::Hours, chance(1.0, 60.0).round())
                .with(Field::Uv, uv)
                .with(Field::Pv, pv)
                .with(Field::Consults, consults)
                .with(Field::Deals, deals)
                .with(Field::Repeats, (deals * chance(0.0, 0.4)).round())
                .with(Field::Referrals, (deals * chance(0.0, 0.2)).round());
            channel.actual.insert(week, record);
            week = Cadence::Week.next(week).unwrap_or(week);
        }
        plan.channels.push_back(Arc::new(channel));
    }
    plan
}
