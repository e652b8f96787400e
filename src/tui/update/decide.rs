//! A decision on a test: asked for, written down with its day and a note, and what follows from it offered.

use std::sync::Arc;

use super::super::cell::{self, Kind};
use super::super::state::{Answer, Confirm, Decision, Mode, Prompt, PromptFor, Question, State};
use super::{edit, prompt, refuse, say, testing};
use crate::engine::{SplitVerdict, TestResult, Verdict};
use crate::plan::{
    CellChange, CellValue, Channel, Edit, Field, Layer, ListEdit, SplitDecision, Tactic, TacticState, Test,
    TrialDecision,
};
use crate::report::{format, testing as words};

/// The decision that an answer stands for.
const fn decision_of(answer: Answer) -> Option<Decision> {
    Some(match answer {
        Answer::Scale => Decision::Trial(TrialDecision::Scale),
        Answer::Hold => Decision::Trial(TrialDecision::Hold),
        Answer::Stop => Decision::Trial(TrialDecision::Stop),
        Answer::Adopt => Decision::Split(SplitDecision::Adopt),
        Answer::Drop => Decision::Split(SplitDecision::Drop),
        _ => return None,
    })
}

/// Asks what is decided; the verdict's own answer is under the cursor.
pub(super) fn ask(state: &mut State, at: usize) {
    if super::writable(state).is_none() {
        return;
    }
    let Some(result) = testing::result(state, at) else { return };
    let advised = match result.as_ref() {
        TestResult::Trial(trial) => match trial.verdict {
            Verdict::Scale => Some(Answer::Scale),
            Verdict::Hold => Some(Answer::Hold),
            Verdict::Stop => Some(Answer::Stop),
            Verdict::KeepTesting => None,
        },
        TestResult::Split(split) => match split.verdict {
            SplitVerdict::Adopt => Some(Answer::Adopt),
            SplitVerdict::Drop => Some(Answer::Drop),
            SplitVerdict::KeepTesting => None,
        },
    };
    let question = Question::Decide {
        at,
        name: result.name().to_owned(),
        verdict: words::verdict(&result),
        trial: matches!(result.as_ref(), TestResult::Trial(_)),
    };
    // Without a verdict nothing is proposed.
    let answers = question.answers();
    let row = answers.iter().position(|answer| *answer == advised.unwrap_or(Answer::GoBack)).unwrap_or(0);
    state.mode = Mode::Confirm(Confirm { row, ..Confirm::of(question) });
}

/// Asks for a note on what was answered.
pub(super) fn answered(state: &mut State, at: usize, answer: Answer) {
    let Some(decision) = decision_of(answer) else { return };
    let note = state.plan().and_then(|plan| plan.tests.get(at)).map(|test| match test.as_ref() {
        Test::Trial(trial) => trial.note.clone(),
        Test::Split(split) => split.note.clone(),
    });
    prompt::ask(state, PromptFor::DecisionNote { at, decision }, note.unwrap_or_default());
}

/// Writes the decision down; gives what is asked next, where something follows from it.
pub(super) fn write(state: &mut State, at: usize, decision: Decision, note: &str) -> Result<Mode, String> {
    let Some(test) = state.plan().and_then(|plan| plan.tests.get(at)).map(Arc::clone) else { return Ok(Mode::Browse) };
    let today = Some(state.today);
    let mut after = test.as_ref().clone();
    match (&mut after, decision) {
        (Test::Trial(trial), Decision::Trial(decision)) => {
            (trial.decision, trial.decided) = (Some(decision), today);
            trial.ended = trial.ended.or_else(|| trial.started.max(today).filter(|_| trial.started.is_some()));
            note.clone_into(&mut trial.note);
        }
        (Test::Split(split), Decision::Split(decision)) => {
            (split.decision, split.decided) = (Some(decision), today);
            split.ended = split.ended.or_else(|| split.started.max(today).filter(|_| split.started.is_some()));
            note.clone_into(&mut split.note);
        }
        _ => return Ok(Mode::Browse),
    }
    let done = format!("{} decided: {}", test.name(), decision.key());
    prompt::edited(state, &Edit::Test(ListEdit::Replace { at, item: Arc::new(after) }), done.clone())?;
    say(state, format!("{done}; u takes it back"));
    Ok(follows(state, at, &test, decision))
}

/// What a decision leads to, as an offer.
fn follows(state: &State, at: usize, test: &Test, decision: Decision) -> Mode {
    let Some(plan) = state.plan() else { return Mode::Browse };
    let ask = |question| Mode::Confirm(Confirm::of(question));
    match (test, decision) {
        (Test::Trial(trial), Decision::Trial(TrialDecision::Scale)) => {
            let Some(channel) = plan.channel_index(&trial.channel) else { return Mode::Browse };
            let last = plan.channels[channel].actual.iter().next_back().map(|(day, _)| day);
            let cadence = plan.brief.cadence;
            let day = last.and_then(|day| cadence.next(day)).unwrap_or_else(|| cadence.start_of(state.today));
            let spend = match testing::result(state, at).as_deref() {
                Some(TestResult::Trial(result)) => result.then_spend,
                _ => return Mode::Browse,
            };
            let purpose = PromptFor::PlannedSpend { channel, day, title: planned_title(plan, channel, day) };
            Mode::Prompt(Prompt::proposing(purpose, format::plain(spend)))
        }
        (Test::Trial(trial), Decision::Trial(TrialDecision::Stop)) => match plan.channel_index(&trial.channel) {
            Some(channel) if plan.channels[channel].active => {
                ask(Question::SwitchOff { channel, name: trial.channel.clone() })
            }
            _ => Mode::Browse,
        },
        (Test::Split(split), Decision::Split(decision)) => {
            let adopted = decision == SplitDecision::Adopt;
            let rests = |tactic: &Arc<Tactic>| tactic.evidence.contains(&split.name);
            let count = plan.tactics.iter().filter(|tactic| rests(tactic)).count();
            if count == 0 {
                Mode::Browse
            } else {
                ask(Question::MarkTactics { evidence: split.name.clone(), adopted, count })
            }
        }
        _ => Mode::Browse,
    }
}

fn planned_title(plan: &crate::plan::Plan, channel: usize, day: jiff::civil::Date) -> String {
    let name = crate::plan::printable(&plan.channels[channel].name);
    format!("Planned spend of {name} in {} (Esc: not now)", plan.brief.cadence.label(day))
}

/// Plans what a channel is to spend, after a decision to scale it.
pub(super) fn plan_spend(state: &mut State, channel: usize, day: jiff::civil::Date, text: &str) -> Result<(), String> {
    let Some(spend) = cell::read(text, None, Kind::Amount).taken()? else { return Ok(()) };
    let value = CellValue::Number(Field::Spend, Some(spend));
    let change = CellChange { channel, layer: Layer::Planned, day, value };
    let done = format!("{} planned", format::money(spend));
    prompt::edited(state, &Edit::Cells(vec![change]), done.clone())?;
    say(state, format!("{done}: v in Channels shows what it should bring"));
    Ok(())
}

/// Switches a channel off, after a decision to stop it.
pub(super) fn switch_off(state: &mut State, at: usize) {
    let Some(channel) = state.plan().and_then(|plan| plan.channels.get(at)).map(Arc::clone) else { return };
    let done = format!("{} switched off", channel.name);
    let off = Channel { active: false, ..channel.as_ref().clone() };
    if edit(state, &Edit::ReplaceChannel { at, channel: Arc::new(off) }, done.clone()) {
        say(state, format!("{done}: it still counts in money, not in Improve and forecasts"));
    }
}

/// Marks the tactics that rest on a split test as proven or rejected, each by an edit of its own.
pub(super) fn mark_tactics(state: &mut State, evidence: &str, adopted: bool) {
    let to = if adopted { TacticState::Proven } else { TacticState::Rejected };
    let Some(plan) = state.plan() else { return };
    let marked =
        plan.tactics.iter().enumerate().filter(|(_, tactic)| tactic.evidence.iter().any(|name| name == evidence));
    let edits: Vec<(usize, Arc<Tactic>)> = marked
        .map(|(at, tactic)| {
            let after = Tactic { state: to, ..tactic.as_ref().clone() };
            let done = if adopted { after.done.or(Some(state.today)) } else { after.done };
            (at, Arc::new(Tactic { done, ..after }))
        })
        .collect();
    let mut marked = 0;
    for (at, item) in edits {
        let done = format!("{} {}", item.title, to.key());
        if !edit(state, &Edit::Tactic(ListEdit::Replace { at, item }), done) {
            return;
        }
        marked += 1;
    }
    if marked == 0 {
        return refuse(state, "no tactic rests on it any more");
    }
    say(state, format!("{} {}", crate::report::words::counted(marked, "tactic"), to.key()));
}
