//! A plan of so many channels that what is pooled comes from the computing thread.

use super::super::state::{Age, LARGE};
use super::*;
use crate::engine::{Analyst, Scope, Span};

/// Two months and two layers of one channel more than a small plan has.
fn large() -> Plan {
    let sample = sample();
    let mut plan = Plan { channels: imbl::Vector::new(), ..sample.clone() };
    for (at, channel) in (0..=LARGE).zip(sample.channels.iter().cycle()) {
        let name = format!("{} {at}", channel.name);
        plan.channels.push_back(Arc::new(Channel { name, active: true, ..channel.as_ref().clone() }));
    }
    plan
}

fn screen() -> Screen {
    Screen::of(large(), (120, 24)).compute().keys("C")
}

/// The total that is shown is the one of all channels, computed from nothing.
#[track_caller]
fn total_is_right(screen: &Screen) {
    let document = screen.inner.state.document.as_ref().unwrap();
    let scope = Scope { layer: Layer::Actual, span: Span::one(date(2026, 10, 1)) };
    let fresh = Analyst::default().analyse(document.plan(), &scope, 0.1);
    let (shown, fresh) = (&document.analysis().total, &fresh.total);
    assert_eq!(
        (shown.cost, shown.gross_profit, shown.get(Field::Uv)),
        (fresh.cost, fresh.gross_profit, fresh.get(Field::Uv))
    );
}

#[test]
fn an_edit_is_summed_in_the_same_frame_and_what_is_pooled_says_that_it_is_old() {
    let screen = screen().lacks("computing").keys("7 7 7 0 0 0 0");
    let typed = screen.inner.text();
    assert!(typed.contains("gain") || typed.contains("loss"), "the money line follows while one types:\n{typed}");
    let screen = screen.keys("Enter").shows("computing …");
    total_is_right(&screen);
    let screen = screen.compute().lacks("computing");
    total_is_right(&screen);
    let screen = screen.keys("u").shows("computing …");
    total_is_right(&screen);
    let screen = screen.keys("I").shows("Improve · computing …").compute().lacks("computing");
    assert_eq!(screen.inner.state.document.as_ref().unwrap().age(), Age::New);
}

#[test]
fn channels_come_and_go_and_the_total_follows() {
    let mut screen = screen();
    for keys in ["d", "j d", "G d", "u u", "a", "x y z Enter", "K", "g Space", "Ctrl-R"] {
        screen = screen.keys(keys);
        total_is_right(&screen);
    }
    let screen = screen.compute();
    total_is_right(&screen);
}

#[test]
fn other_records_are_shown_as_old_until_they_are_summed() {
    let screen = screen().keys("[").shows("◂ Sep 2026 ▸").shows("computing …");
    assert_eq!(screen.inner.state.document.as_ref().unwrap().age(), Age::Old);
    let screen = screen.compute().lacks("computing");
    assert_eq!(screen.inner.state.document.as_ref().unwrap().age(), Age::New);
    for keys in ["A", "A ]", "v", "v", "v", "F", "I }"] {
        let screen = self::screen().keys(keys).compute().compute().lacks("computing");
        assert_eq!(screen.inner.state.document.as_ref().unwrap().age(), Age::New, "{keys}");
    }
}

#[test]
fn what_is_old_is_no_ground_for_a_relative_change() {
    // In September there are 10 less.
    screen().keys("[ + 5").shows("1,200 + 5 = 1,205").keys("Enter [ ]");
}

#[test]
fn a_sort_is_made_of_the_numbers_that_come() {
    let plan = {
        let mut plan = large();
        for (at, channel) in plan.channels.iter_mut().enumerate() {
            let record = Record::default().with(Field::Spend, at as f64);
            Arc::make_mut(channel).actual.insert(date(2026, 9, 1), record);
        }
        plan
    };
    let screen = Screen::of(plan, (120, 24)).keys("C > [").compute();
    assert_eq!(screen.inner.state.channels.order[0], LARGE, "the largest spend of September comes first");
}
