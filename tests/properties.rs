//! What holds for every plan: the identity of the eight links, totals, blanks, a lift of nothing, undo.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::sync::Arc;

use funnel_tui::engine::{Analysis, Analyst, Scope, Span};
use funnel_tui::plan::{
    Brief, Cadence, CellChange, CellValue, Channel, Edit, Field, History, Layer, Link, Plan, Record, Records, validate,
};
use jiff::civil::date;
use proptest::prelude::*;

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..5000.0f64, 2 => (0u32..20_000).prop_map(f64::from), 1 => Just(0.0), 1 => 1e5..1e7f64]
}

fn record(known: f64) -> impl Strategy<Value = Record> {
    let cell =
        if known < 1.0 { prop::option::weighted(known, number()).boxed() } else { number().prop_map(Some).boxed() };
    prop::collection::vec(cell, 10).prop_map(|values| {
        let mut record = Record::default();
        for (field, value) in Field::ALL.into_iter().zip(values) {
            record.set(field, value);
        }
        record
    })
}

fn records(known: f64) -> impl Strategy<Value = Records> {
    prop::collection::btree_map(1i8..=12, record(known), 0..8)
        .prop_map(|months| months.into_iter().map(|(month, record)| (date(2026, month, 1), record)).collect())
}

fn channel(known: f64) -> impl Strategy<Value = Channel> {
    let economics = (prop::option::of(1.0..1000.0f64), prop::option::of(0.0..=1.0f64));
    let settings = (any::<bool>(), economics, prop::option::of(1.01..2.0f64), prop::option::of(10.0..5000.0f64));
    (records(known), records(known / 2.0), settings).prop_map(|(actual, planned, settings)| {
        let (active, (order_value, margin), doubling, max_uv) = settings;
        let mut channel = Channel { active, actual, planned, doubling, max_uv, ..Channel::new("x") };
        channel.economics.order_value = order_value;
        channel.economics.margin = margin;
        channel
    })
}

fn plan(known: f64) -> impl Strategy<Value = Plan> {
    let brief = (prop::option::of(1.0..900.0f64), prop::option::of(0.0..=1.0f64), prop::option::of(0.0..90.0f64));
    let targets = prop::collection::btree_map(prop::sample::select(Link::ALL.to_vec()), 0.001..1.0f64, 0..4);
    (prop::collection::vec(channel(known), 0..6), brief, targets).prop_map(|(channels, economics, targets)| {
        let mut plan = Plan::new(Brief::new("p", Cadence::Month));
        (plan.brief.economics.order_value, plan.brief.economics.margin, plan.brief.economics.hourly_cost) = economics;
        plan.brief.targets = targets;
        for (at, mut channel) in channels.into_iter().enumerate() {
            channel.name = format!("百度 {at}");
            plan.channels.push_back(Arc::new(channel));
        }
        plan
    })
}

fn analyse(plan: &Plan, layer: Layer, lift: f64) -> Arc<Analysis> {
    Analyst::default().analyse(plan, &Scope { layer, span: Span::All }, lift)
}

fn near(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1e-9)
}

/// Every number of the report, wherever it stands.
fn numbers(value: &serde_json::Value, visit: &mut impl FnMut(f64)) {
    match value {
        serde_json::Value::Number(number) => visit(number.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::Array(items) => items.iter().for_each(|item| numbers(item, visit)),
        serde_json::Value::Object(items) => items.values().for_each(|item| numbers(item, visit)),
        _ => {}
    }
}

/// A plan of several blocks of channels.
fn many(plan: &Plan, copies: usize) -> Plan {
    let mut many = Plan { channels: imbl::Vector::new(), ..plan.clone() };
    for copy in 0..copies {
        for channel in &plan.channels {
            let name = format!("{} · {copy}", channel.name);
            many.channels.push_back(Arc::new(Channel { name, ..channel.as_ref().clone() }));
        }
    }
    many
}

/// Types a number, brings, takes, moves or switches a channel, undoes or redoes; what cannot be done leaves no trace.
fn take(history: &mut History, (channel, month, what, value): (usize, i8, usize, Option<f64>)) {
    let plan = history.plan();
    let count = plan.channels.len().max(1);
    let (at, to) = (channel % count, (channel * 7 + 3) % count);
    let known = plan.channels.get(at).map(Arc::clone);
    let switched = known.map(|known| Arc::new(Channel { active: !known.active, ..known.as_ref().clone() }));
    let fresh = Channel { active: value.is_some(), ..Channel::new(format!("new {channel} {month}")) };
    let cell = |layer, field: usize| {
        let value = CellValue::Number(Field::ALL[field % 10], value);
        Edit::Cells(vec![CellChange { channel: at, layer, day: date(2026, month, 1), value }])
    };
    let edit = match what {
        0 => Edit::InsertChannel { at, channel: Arc::new(fresh) },
        1 => Edit::RemoveChannel { at },
        2 => Edit::MoveChannel { from: at, to },
        3 => {
            history.undo();
            return;
        }
        4 => {
            history.redo();
            return;
        }
        5 => match switched {
            Some(channel) => Edit::ReplaceChannel { at, channel },
            None => return,
        },
        6 => cell(Layer::Planned, channel),
        field => cell(Layer::Actual, field),
    };
    let _ = history.edit(&edit, "step");
}

/// Every figure of an analysis that is summed and not pooled, to the last bit. In the Planned layer what is forecast
/// rests on pooled rates, so there it is the money spent alone.
fn sums(analysis: &Analysis) -> Vec<Option<u64>> {
    let bits = |number: Option<f64>| number.map(f64::to_bits);
    let exact = |figures: &funnel_tui::engine::Figures| {
        let mut exact = [figures.get(Field::Spend), figures.get(Field::Actions), figures.cost].map(bits).to_vec();
        exact.push(Some(figures.records as u64));
        if analysis.scope.layer == Layer::Actual {
            exact.extend(Field::ALL.map(|field| bits(figures.get(field))));
            exact.extend([figures.orders, figures.revenue, figures.gross_profit].map(bits));
            exact.extend(figures.links.iter().flat_map(|link| [bits(link.rate), bits(link.coverage)]));
            exact.push(Some(figures.without_result as u64));
        }
        exact
    };
    let each = analysis.channels.iter().map(|channel| &channel.figures);
    let days = analysis.periods.iter().map(|day| Some(day.month().unsigned_abs().into()));
    [&analysis.total, &analysis.active].into_iter().chain(each).flat_map(exact).chain(days).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_eight_links_multiply_to_gross_profit_where_all_is_known(plan in plan(1.0)) {
        let total = &analyse(&plan, Layer::Actual, 0.1).total;
        let rate = |link| total.link(link).rate;
        let chain = || Some(
            total.cost?
                * rate(Link::Invest)? * rate(Link::Reach)? * rate(Link::Depth)? * rate(Link::Consult)?
                * rate(Link::Close)? * (1.0 + rate(Link::Repurchase)? + rate(Link::Refer)?) * rate(Link::Value)?,
        );
        if let (Some(product), Some(gross_profit)) = (chain(), total.gross_profit) {
            prop_assert!(near(product, gross_profit), "{product} is not {gross_profit}");
        }
    }

    #[test]
    fn totals_are_the_sums_of_the_channels(plan in plan(0.7)) {
        for layer in [Layer::Actual, Layer::Planned] {
            let analysis = analyse(&plan, layer, 0.1);
            let sum = |figure: &dyn Fn(&funnel_tui::engine::Figures) -> Option<f64>| {
                let known: Vec<f64> = analysis.channels.iter().filter_map(|each| figure(&each.figures)).collect();
                (!known.is_empty()).then(|| known.iter().sum::<f64>())
            };
            for field in Field::ALL {
                let (total, parts) = (analysis.total.get(field), sum(&|figures| figures.get(field)));
                prop_assert_eq!(total.is_some(), parts.is_some());
                prop_assert!(near(total.unwrap_or(0.0), parts.unwrap_or(0.0)));
            }
            for figure in [
                |figures: &funnel_tui::engine::Figures| figures.cost,
                |figures: &funnel_tui::engine::Figures| figures.orders,
                |figures: &funnel_tui::engine::Figures| figures.revenue,
                |figures: &funnel_tui::engine::Figures| figures.gross_profit,
            ] {
                prop_assert!(near(figure(&analysis.total).unwrap_or(0.0), sum(&figure).unwrap_or(0.0)));
            }
        }
    }

    #[test]
    fn a_lift_of_nothing_gains_nothing(plan in plan(0.8)) {
        for lever in &analyse(&plan, Layer::Actual, 0.0).improve.levers {
            prop_assert_eq!(lever.gain_lift.unwrap_or(0.0), 0.0);
        }
    }

    #[test]
    fn no_figure_is_ever_other_than_finite(plan in plan(0.5)) {
        for layer in [Layer::Actual, Layer::Planned] {
            let report = funnel_tui::report::json::report(&plan, &analyse(&plan, layer, 0.1));
            numbers(&report, &mut |number| assert!(number.is_finite()));
        }
    }

    #[test]
    fn what_is_remembered_changes_no_figure(plan in plan(0.7), typed in number(), at in 0usize..6, month in 1i8..=12) {
        prop_assume!(at < plan.channels.len());
        let scope = Scope { layer: Layer::Planned, span: Span::All };
        let mut analyst = Analyst::default();
        analyst.analyse(&plan, &scope, 0.1);
        let value = CellValue::Number(Field::Deals, Some(typed));
        let change = CellChange { channel: at, layer: Layer::Actual, day: date(2026, month, 1), value };
        let edited = Edit::Cells(vec![change]).apply(&plan).unwrap();
        let remembered = funnel_tui::report::json::report(&edited, &analyst.analyse(&edited, &scope, 0.1));
        let fresh = funnel_tui::report::json::report(&edited, &analyse(&edited, Layer::Planned, 0.1));
        prop_assert_eq!(remembered, fresh);
    }

    #[test]
    fn a_blank_changes_nothing_and_a_zero_is_counted(plan in plan(0.6)) {
        let before = analyse(&plan, Layer::Actual, 0.1);
        let mut with_blanks = plan.clone();
        with_blanks.channels.push_back(Arc::new(Channel::new("empty")));
        let after = analyse(&with_blanks, Layer::Actual, 0.1);
        prop_assert_eq!(before.total.gross_profit, after.total.gross_profit);
        prop_assert_eq!(before.total.link(Link::Close).rate, after.total.link(Link::Close).rate);
        prop_assert_eq!(before.total.methods, after.total.methods);
    }

    #[test]
    fn figures_that_follow_edits_are_those_computed_from_nothing(
        plan in plan(0.6),
        copies in 1usize..90,
        steps in prop::collection::vec((0usize..240, 1i8..=12, 0usize..16, prop::option::of(number())), 1..10),
    ) {
        let mut history = History::of_saved(many(&plan, copies));
        let mut analyst = Analyst::default();
        let scopes = [Layer::Actual, Layer::Planned].map(|layer| Scope { layer, span: Span::All });
        let mut followed = scopes.clone().map(|scope| analyst.analyse(history.plan(), &scope, 0.1));
        for step in steps {
            take(&mut history, step);
            for (followed, scope) in followed.iter_mut().zip(&scopes) {
                let fresh = Analyst::default().analyse(history.plan(), scope, 0.1);
                let after = followed.after(history.plan()).unwrap();
                prop_assert_eq!(sums(&after), sums(&fresh));
                prop_assert_eq!(after.counts(history.plan()), true);
                let remembered = analyst.analyse(history.plan(), scope, 0.1);
                prop_assert_eq!(sums(&remembered), sums(&fresh));
                prop_assert_eq!(&remembered.improve, &fresh.improve);
                prop_assert_eq!(&remembered.checks, &fresh.checks);
                // Now from what was pooled anew, now from what is old already.
                *followed = if step.0 % 2 == 0 { Arc::new(after) } else { remembered };
            }
        }
    }

    #[test]
    fn undo_leads_back_to_the_beginning_exactly(plan in plan(0.6), edits in prop::collection::vec((0usize..6, 1i8..=12, 0usize..10, prop::option::of(number())), 1..30)) {
        let mut history = History::of_saved(plan.clone());
        for (channel, month, field, value) in edits {
            let value = CellValue::Number(Field::ALL[field], value);
            let change = CellChange { channel, layer: Layer::Actual, day: date(2026, month, 1), value };
            let _ = history.edit(&Edit::Cells(vec![change]), "typed");
        }
        prop_assert!(validate(history.plan()).is_empty());
        let end = history.plan().clone();
        while history.undo().is_some() {}
        prop_assert_eq!(history.plan(), &plan);
        while history.redo().is_some() {}
        prop_assert_eq!(history.plan(), &end);
    }
}
