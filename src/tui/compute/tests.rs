use std::sync::mpsc;
use std::time::Duration;

use super::*;
use crate::engine::{Analyst, Scope};
use crate::tui::tests::sample;

fn question() -> Question {
    Question::BestBets(Analyst::default().analyse(&sample(), &Scope::default(), 0.1))
}

fn number_of(outcome: &Outcome) -> u64 {
    match outcome {
        Outcome::Computed { number, answer: Ok(_), .. } => *number,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_answer_is_the_engines_own() {
    let request = Request { number: 3, question: question() };
    let Question::BestBets(analysis) = &request.question;
    let Some(Outcome::Computed { number: 3, answer: Ok(Answer::BestBets(found)), .. }) =
        request.answer(NonZeroUsize::MIN, &|| false)
    else {
        panic!("no answer")
    };
    assert_eq!(*found, Bets::of(analysis).draw());
}

#[test]
fn what_nobody_needs_any_more_has_no_answer() {
    let request = Request { number: 1, question: question() };
    assert!(request.answer(NonZeroUsize::MIN, &|| true).is_none());
}

#[test]
fn a_defect_costs_one_answer_and_says_so() {
    let failure = guarded(|| panic!("no such link")).unwrap().unwrap_err();
    assert_eq!(failure.short, "a defect in the program: no such link");
}

#[test]
fn of_many_questions_the_newest_is_answered_and_hardly_any_other() {
    let (sender, outcomes) = mpsc::channel();
    let computer = Computer::start(move |outcome| sender.send(outcome).unwrap()).unwrap();
    let asked = 200;
    for number in 1..=asked {
        computer.ask(Request { number, question: question() });
    }
    let mut answered = Vec::new();
    while answered.last() != Some(&asked) {
        answered.push(number_of(&outcomes.recv_timeout(Duration::from_secs(60)).unwrap()));
    }
    assert!(answered.is_sorted(), "{answered:?}");
    assert!(answered.len() < asked as usize / 2, "{} of {asked} were computed", answered.len());
}

#[test]
fn a_dropped_computer_ends_its_thread() {
    let (sender, outcomes) = mpsc::channel::<Outcome>();
    drop(Computer::start(move |outcome| sender.send(outcome).unwrap()).unwrap());
    // The thread drops the sender when it ends.
    assert_eq!(outcomes.recv_timeout(Duration::from_secs(60)).unwrap_err(), mpsc::RecvTimeoutError::Disconnected);
}
