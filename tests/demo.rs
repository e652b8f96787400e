//! The built-in example: valid, canonical, and true to the campaign that it tells of.

use funnel_tui::plan::{Field, Layer, Plan, validate};
use funnel_tui::store::{read_plan, write_plan};

const DEMO: &str = include_str!("../assets/demo.ron");

fn demo() -> Plan {
    read_plan(DEMO, "demo.ron").unwrap_or_else(|diagnosis| panic!("{diagnosis}")).plan
}

fn per_month(plan: &Plan, channel: &str, field: Field) -> f64 {
    let at = plan.channel_index(channel).unwrap_or_else(|| panic!("no channel {channel}"));
    plan.channels[at].actual.iter().filter_map(|(_, record)| record.get(field)).sum::<f64>() / 3.0
}

#[test]
fn saving_the_example_reproduces_it_byte_for_byte() {
    let plan = demo();
    assert_eq!(validate(&plan), []);
    let written = write_plan(&plan);
    for (at, (written, stands)) in written.lines().zip(DEMO.lines()).enumerate() {
        assert_eq!(written, stands, "line {}", at + 1);
    }
    assert_eq!(written, DEMO);
}

#[test]
fn three_channels_bring_a_hundred_visitors_and_a_deal_a_day() {
    let plan = demo();
    for channel in ["SEO", "Paid search", "Chat groups"] {
        let visitors = per_month(&plan, channel, Field::Uv);
        let deals = per_month(&plan, channel, Field::Deals);
        assert!((2900.0..3300.0).contains(&visitors), "{channel}: {visitors}");
        assert!((28.0..35.0).contains(&deals), "{channel}: {deals}");
    }
}

#[test]
fn the_portal_costs_822_a_hundred_visitors_and_brings_one_deal_of_them() {
    let plan = demo();
    let spend = per_month(&plan, "Portal ads", Field::Spend);
    let visitors = per_month(&plan, "Portal ads", Field::Uv);
    let deals = per_month(&plan, "Portal ads", Field::Deals);
    assert_eq!(spend, 25_000.0);
    assert_eq!((spend / visitors * 100.0).round(), 822.0);
    assert!((0.009..0.011).contains(&(deals / visitors)), "{}", deals / visitors);
}

#[test]
fn it_holds_what_a_newcomer_should_meet() {
    let plan = demo();
    let lacks = |channel: &str, field: Field| per_month(&plan, channel, field) == 0.0;
    assert_eq!(plan.periods(Layer::Actual).len(), 3, "three months");
    assert!(lacks("Chat groups", Field::Pv), "a gap that is bridged");
    assert!(lacks("Portal ads", Field::Repeats), "blanks");
    assert!(plan.periods(Layer::Planned).iter().any(|day| day.month() == 12), "a plan for December");
    assert!(!plan.brief.targets.is_empty(), "a target");
    assert!(plan.channels.iter().all(|channel| !channel.owner.is_empty()), "owners");
}
