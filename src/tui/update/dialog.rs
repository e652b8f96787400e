//! Questions with answers, and text that is read: help, explanations, diagnoses.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::state::{AfterSave, Answer, Confirm, Mode, PromptFor, Question, State};
use super::{arrive, conflict, decide, export, files, import, import_change, prompt, refuse, say, testing};

/// Asks; the first answer is under the cursor.
pub(super) fn ask(state: &mut State, question: Question) {
    state.mode = Mode::Confirm(Confirm::of(question));
}

pub(super) fn act(state: &mut State, action: Action) {
    let (page, limit) = (state.learned.above_page.max(2) - 1, state.learned.above_limit);
    match &mut state.mode {
        Mode::Confirm(confirm) => {
            let answers = confirm.question.answers();
            let last = answers.len() - 1;
            match action {
                Action::Up | Action::Left => confirm.row = confirm.row.saturating_sub(1),
                Action::Down | Action::Right => confirm.row = (confirm.row + 1).min(last),
                Action::Home | Action::First => confirm.row = 0,
                Action::End | Action::Last => confirm.row = last,
                Action::PageUp | Action::PageDown => {
                    scroll(&mut confirm.scroll, action, page, limit);
                }
                Action::Accept => {
                    let answer = answers.get(confirm.row).copied().unwrap_or(Answer::GoBack);
                    take_answer(state, answer);
                }
                Action::AnswerSave | Action::Save if answers.contains(&Answer::Save) => {
                    take_answer(state, Answer::Save);
                }
                // Not for what stands unasked before somebody who works: what a crash left, a plan that came late.
                Action::AnswerDiscard if matches!(&confirm.question, Question::Unsaved(then) if *then != AfterSave::Show) =>
                {
                    take_answer(state, Answer::Discard);
                }
                Action::Dismiss => take_answer(state, Answer::GoBack),
                _ => {}
            }
        }
        Mode::Choice(choice) => {
            let last = choice.offers.len().saturating_sub(1);
            match action {
                Action::Up | Action::Left => choice.row = choice.row.saturating_sub(1),
                Action::Down | Action::Right => choice.row = (choice.row + 1).min(last),
                Action::PageUp => choice.row = choice.row.saturating_sub(page),
                Action::PageDown => choice.row = (choice.row + page).min(last),
                Action::Home | Action::First => choice.row = 0,
                Action::End | Action::Last => choice.row = last,
                Action::Accept => {
                    let row = choice.row;
                    take_nth(state, row);
                }
                Action::Dismiss => state.mode = Mode::Browse,
                _ => {}
            }
        }
        Mode::Help(text) | Mode::Diagnosis(text) => {
            if scroll(&mut text.scroll, action, page, limit) {
                state.mode = Mode::Browse;
            }
        }
        Mode::Explain(text) => {
            if scroll(&mut text.scroll, action, page, limit) {
                state.mode = Mode::Browse;
            }
        }
        Mode::Browse | Mode::Cell(_) | Mode::Prompt(_) | Mode::Files(_) | Mode::Palette(_) => {}
    }
}

/// Scrolls; true where the text is to be closed.
fn scroll(at: &mut usize, action: Action, page: usize, limit: usize) -> bool {
    *at = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => *at + 1,
        Action::PageUp => at.saturating_sub(page),
        Action::PageDown => *at + page,
        Action::Home | Action::First => 0,
        Action::End | Action::Last => limit,
        Action::Accept | Action::Dismiss => return true,
        _ => *at,
    }
    .min(limit);
    false
}

/// Keeps what is read within its text after the window grew.
pub(super) fn clamp_scroll(mode: &mut Mode, limit: usize) {
    match mode {
        Mode::Help(text) | Mode::Diagnosis(text) => text.scroll = text.scroll.min(limit),
        Mode::Explain(text) => text.scroll = text.scroll.min(limit),
        Mode::Confirm(confirm) => confirm.scroll = confirm.scroll.min(limit),
        _ => {}
    }
}

/// Takes the answer in that place; for clicks.
pub(super) fn take_nth(state: &mut State, at: usize) {
    match &state.mode {
        Mode::Confirm(confirm) => {
            if let Some(answer) = confirm.question.answers().get(at) {
                take_answer(state, *answer);
            }
        }
        Mode::Choice(choice) => {
            if let Some(offer) = choice.offers.get(at).cloned() {
                state.mode = Mode::Browse;
                import_change::does(state, offer.does);
            }
        }
        _ => {}
    }
}

fn take_answer(state: &mut State, answer: Answer) {
    let Mode::Confirm(Confirm { question, .. }) = std::mem::take(&mut state.mode) else { return };
    match (question, answer) {
        (Question::Recover { .. }, answer) => conflict::answer_found(state, answer),
        (Question::Changed, answer) => conflict::answer_changed(state, answer),
        (Question::Overwrite(_), Answer::GoBack) => conflict::put_off(state),
        (question, Answer::GoBack) => {
            state.after_save = None;
            if question == Question::Unsaved(AfterSave::Show) {
                arrive::stay(state);
            }
        }
        (_, Answer::Export(what)) => export::chosen(state, what),
        (Question::ReplaceExport { path, export }, Answer::SaveElsewhere) => {
            export::elsewhere(state, export, &path, None);
        }
        (Question::ReplaceExport { path, export }, _) => export::write(state, export, path, true),
        (Question::Export { .. }, _) => {}
        (Question::Unsaved(then), Answer::Discard) => {
            if let Some(document) = &mut state.document {
                document.give_up();
            }
            go_on(state, then);
        }
        (Question::Unsaved(then), _) => {
            state.after_save = Some(then);
            files::save(state);
        }
        (Question::NewTest, Answer::NewTrial) => testing::add_trial(state),
        (Question::NewTest, _) => testing::add_split(state),
        (Question::Decide { at, .. }, answer) => decide::answered(state, at, answer),
        (Question::SwitchOff { channel, .. }, _) => decide::switch_off(state, channel),
        (Question::MarkTactics { evidence, adopted, .. }, _) => decide::mark_tactics(state, &evidence, adopted),
        (Question::DeletePlan { path, .. }, _) => state.effects.push(Effect::Trash(path)),
        (Question::Overwrite(then) | Question::Replace(_, then), Answer::SaveElsewhere) => {
            state.theirs = None;
            files::ask_where(state, then);
        }
        // Whatever waited for the save does not go on: undo is all that holds what was here.
        (Question::Overwrite(_), Answer::TakeTheirs) => {
            if conflict::take_theirs(state) {
                say(state, "theirs was taken: u brings yours back");
            } else {
                refuse(state, "what somebody else wrote cannot be read");
            }
        }
        (Question::Overwrite(then), _) => {
            state.after_save = then;
            let theirs = state.theirs.take().map(|theirs| theirs.stamp);
            files::overwrite(state, None, theirs);
        }
        (Question::Replace(path, then), _) => {
            state.after_save = then;
            files::overwrite(state, Some(path), None);
        }
    }
}

/// Does what waited for the answer.
pub(super) fn go_on(state: &mut State, then: AfterSave) {
    match then {
        AfterSave::Quit => state.quitting = true,
        AfterSave::Open(source) => files::open(state, source),
        AfterSave::NewPlan => prompt::ask(state, PromptFor::NewPlan, String::new()),
        AfterSave::Import => import::fetch_plan(state),
        AfterSave::Show => arrive::show(state),
    }
}
