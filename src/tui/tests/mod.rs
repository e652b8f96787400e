//! Scripts of keys, drawn after each key. A failed assertion prints the screen.

mod arrive;
mod cells;
mod export;
mod files;
mod frame;
mod hostile;
mod import;
mod large;
mod looking;
mod safety;
mod settings;
mod sizes;
mod table;
mod testing;
mod walk;

use std::sync::Arc;

use jiff::civil::date;

use super::effect::Effect;
use super::key::parse_script;
use super::learned::Hit;
use super::message::{Message, Mouse, MouseAction, Outcome};
use super::script::Scripted;
use super::state::View;
use super::theme::ThemeName;
use crate::plan::{
    Brief, Cadence, Channel, Field, Layer, Lever, Link, Plan, Record, Split, Tactic, Test, Tested, Trial,
};

/// A screen under test.
pub(super) struct Screen {
    inner: Scripted,
}

/// Two months of three channels with names of all widths, holes in their numbers, and one of them switched off.
pub(super) fn sample() -> Plan {
    let mut brief = Brief::new("百度推广计划, autumn", Cadence::Month);
    brief.currency = "CNY".to_owned();
    brief.economics.order_value = Some(680.0);
    brief.economics.margin = Some(0.6);
    brief.targets.insert(Link::Close, 0.25);
    let mut plan = Plan::new(brief);
    let numbers: [(&str, [Option<f64>; 5]); 3] = [
        ("SEO", [Some(1200.0), Some(3000.0), Some(9600.0), Some(150.0), Some(30.0)]),
        ("百度竞价", [Some(9000.0), Some(3000.0), None, Some(138.0), Some(29.0)]),
        ("Portal ads", [Some(25000.0), Some(3000.0), Some(4400.0), None, None]),
    ];
    for (name, values) in numbers {
        let mut channel = Channel::new(name);
        for month in [9, 10] {
            let mut record = Record::default();
            let fields = [Field::Spend, Field::Uv, Field::Pv, Field::Consults, Field::Deals];
            for (field, value) in fields.into_iter().zip(values) {
                record.set(field, value.map(|value| value + f64::from(month - 9) * 10.0));
            }
            channel.actual.insert(date(2026, month, 1), record);
        }
        channel.planned.insert(date(2026, 10, 1), Record::default().with(Field::Spend, 1000.0));
        plan.channels.push_back(Arc::new(channel));
    }
    if let Some(last) = plan.channels.back_mut() {
        Arc::make_mut(last).active = false;
    }
    add_tests(&mut plan);
    plan
}

/// A trial that pays, one that does not, a planned one; a split test with its tactic.
fn add_tests(plan: &mut Plan) {
    let spent = |spend: f64, deals: f64| Record::default().with(Field::Spend, spend).with(Field::Deals, deals);
    let trial = |name: &str, channel: &str, counts: Option<Record>| {
        let started = counts.as_ref().map(|_| date(2026, 9, 1));
        let gross_per_deal = counts.as_ref().map(|_| 408.0);
        Trial { started, gross_per_deal, counts, ..Trial::new(name, channel, 3000.0) }
    };
    let split = Split {
        channel: Some("SEO".to_owned()),
        started: Some(date(2026, 9, 10)),
        control: Tested { seen: 1000.0, acted: 50.0 },
        variant: Tested { seen: 1000.0, acted: 65.0 },
        ..Split::new("Softer pop-up", Link::Consult)
    };
    plan.tests = [
        Test::Trial(trial("百度 brand words", "百度竞价", Some(spent(3000.0, 22.0)))),
        Test::Split(split),
        Test::Trial(trial("Portal, small", "Portal ads", Some(spent(30_000.0, 36.0)))),
        Test::Trial(trial("Mail to parents", "SEO", None)),
    ]
    .into_iter()
    .map(Arc::new)
    .collect();
    let tactic = Tactic {
        channel: Some("SEO".to_owned()),
        expected: Some(0.02),
        spend: Some(300.0),
        evidence: vec!["Softer pop-up".to_owned()],
        ..Tactic::new("Pop up later, 百度 style", Lever::Link(Link::Consult))
    };
    plan.tactics.push_back(Arc::new(tactic));
}

impl Screen {
    pub(super) fn of(plan: Plan, size: (u16, u16)) -> Self {
        let inner = Scripted::open(plan, date(2026, 11, 22), ThemeName::Mono, size).unwrap();
        Self { inner }
    }

    /// The sample in the table, 100 × 24.
    pub(super) fn table() -> Self {
        Self::of(sample(), (100, 24)).keys("C")
    }

    pub(super) fn plans() -> Self {
        Self { inner: Scripted::empty(date(2026, 11, 22), ThemeName::Mono, (100, 24)).unwrap() }
    }

    pub(super) fn keys(mut self, script: &str) -> Self {
        self.inner.press(&parse_script(script).unwrap());
        self
    }

    pub(super) fn paste(mut self, text: &str) -> Self {
        self.inner.tell(Message::Paste(text.to_owned()));
        self
    }

    pub(super) fn outcome(mut self, outcome: Outcome) -> Self {
        self.inner.outcome(outcome);
        self
    }

    /// Computes what takes long.
    pub(super) fn compute(mut self) -> Self {
        self.inner.compute();
        self
    }

    /// Clicks on what means `hit`, at that many milliseconds.
    pub(super) fn click(mut self, hit: Hit, when: u64) -> Self {
        let found = self.inner.state.learned.hits.iter().rev().find(|(_, each)| *each == hit);
        let Some((area, _)) = found else { panic!("nothing means {hit:?}:\n{}", self.inner.text()) };
        let at = area.as_position();
        let when = std::time::Duration::from_millis(when);
        self.inner.tell(Message::Mouse(Mouse { at, when, what: MouseAction::Press }));
        self
    }

    #[track_caller]
    pub(super) fn shows(self, wanted: &str) -> Self {
        let text = self.inner.text();
        assert!(text.contains(wanted), "{wanted:?} is not on the screen:\n{text}");
        self
    }

    #[track_caller]
    pub(super) fn lacks(self, unwanted: &str) -> Self {
        let text = self.inner.text();
        assert!(!text.contains(unwanted), "{unwanted:?} is on the screen:\n{text}");
        self
    }

    /// The number in the plan: of that channel, in the Actual layer of October.
    #[track_caller]
    pub(super) fn holds(self, channel: usize, field: Field, value: Option<f64>) -> Self {
        let plan = self.plan();
        let found =
            plan.channels[channel].records(Layer::Actual).get(date(2026, 10, 1)).and_then(|record| record.get(field));
        assert_eq!(found, value, "{field:?} of channel {channel}:\n{}", self.inner.text());
        self
    }

    #[track_caller]
    pub(super) fn cursor(self, row: usize, column: usize) -> Self {
        let at = (self.inner.state.channels.row, self.inner.state.channels.column);
        assert_eq!(at, (row, column), "the cursor's row and column:\n{}", self.inner.text());
        self
    }

    #[track_caller]
    pub(super) fn in_view(self, view: View) -> Self {
        assert_eq!(self.inner.state.view, view, "{}", self.inner.text());
        self
    }

    pub(super) fn plan(&self) -> Plan {
        self.inner.state.plan().cloned().unwrap()
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.plan().channels.iter().map(|channel| channel.name.clone()).collect()
    }

    /// What was asked for since the last time.
    pub(super) fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.inner.effects)
    }
}
