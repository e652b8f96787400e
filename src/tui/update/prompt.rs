//! Lines that are asked for: names, the filter, where to save.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tui_input::Input;

use super::super::action::Action;
use super::super::effect::{Effect, Source, Target};
use super::super::found::Listing;
use super::super::state::{AfterSave, Document, Look, Mode, Prompt, PromptFor, State, View};
use super::{Typed, arrive, decide, edit, export, files, import_change, line, playbook, say, table, testing};
use crate::plan::{Brief, Cadence, Channel, Edit, ListEdit, Plan, Tactic};
use crate::store::Sought;

pub(super) fn ask(state: &mut State, purpose: PromptFor, text: String) {
    state.mode = Mode::Prompt(Prompt::new(purpose, text));
}

/// Asks with an answer that the first character typed replaces.
pub(super) fn propose(state: &mut State, purpose: PromptFor, text: String) {
    state.mode = Mode::Prompt(Prompt::proposing(purpose, text));
}

pub(super) fn new_channel(state: &mut State) {
    if super::writable(state).is_some() {
        ask(state, PromptFor::NewChannel, String::new());
    }
}

pub(super) fn rename_channel(state: &mut State) {
    if super::writable(state).is_none() {
        return;
    }
    if let Some((at, channel)) = table::current(state) {
        ask(state, PromptFor::RenameChannel(at), channel.name.clone());
    }
}

pub(super) fn typed(state: &mut State, mut asked: Prompt, what: &Typed) -> Mode {
    asked.ahead = None;
    match what {
        Typed::Action(Action::TakeRight) if asked.purpose.is_path() => {
            asked.proposal = false;
            asked.error = None;
            state.effects.push(Effect::FindFiles(Sought::Files, asked.input.value().to_owned()));
        }
        Typed::Action(Action::Take | Action::TakeRight) => return take(state, asked),
        Typed::Action(Action::PutBack) => {
            match asked.purpose {
                PromptFor::Filter(before) => set_filter(state, before),
                PromptFor::NewPlan => arrive::keep_after_all(state),
                _ => {}
            }
            return Mode::Browse;
        }
        _ => {
            if std::mem::take(&mut asked.proposal) && matches!(what, Typed::Char(_) | Typed::Text(_)) {
                asked.input.reset();
            }
            line::typed(&mut asked.input, what);
            asked.error = None;
        }
    }
    if let PromptFor::Filter(_) = asked.purpose {
        set_filter(state, asked.input.value().to_owned());
    }
    Mode::Prompt(asked)
}

/// Files that go on from the path that is typed: it becomes what they have in common, or they are named.
pub(super) fn found(asked: &mut Prompt, listing: &Listing) {
    if !asked.purpose.is_path() || asked.input.value() != listing.word {
        return;
    }
    if let Some(further) = listing.further() {
        asked.input = Input::new(further);
        return;
    }
    asked.ahead = Some(match &listing.files[..] {
        [] => "nothing goes on like this: it would be a new file".to_owned(),
        [_] => "this file is there already".to_owned(),
        _ => listing.names(),
    });
}

fn set_filter(state: &mut State, filter: String) {
    match state.view {
        View::Plans => state.plans.filter = filter,
        View::Playbook => state.playbook.filter = filter,
        _ => table::set_filter(state, filter),
    }
}

/// Takes the line; where it cannot be taken, the reason stands under it.
fn take(state: &mut State, mut asked: Prompt) -> Mode {
    let text = asked.input.value().trim().to_owned();
    let may_be_empty = matches!(asked.purpose, PromptFor::Filter(_) | PromptFor::DecisionNote { .. });
    if text.is_empty() && !may_be_empty {
        asked.error = Some("type a name, or Esc".to_owned());
        return Mode::Prompt(asked);
    }
    if let PromptFor::DecisionNote { at, decision } = asked.purpose {
        return decide::write(state, at, decision, &text).unwrap_or_else(|reason| {
            asked.error = Some(reason);
            Mode::Prompt(asked)
        });
    }
    let taken = match &asked.purpose {
        PromptFor::NewChannel => add_channel(state, &text),
        PromptFor::RenameChannel(at) => rename(state, *at, &text),
        PromptFor::Filter(_) | PromptFor::DecisionNote { .. } => Ok(()),
        PromptFor::RenameTest(at) => rename_test(state, *at, &text),
        PromptFor::PlannedSpend { channel, day, .. } => decide::plan_spend(state, *channel, *day, &text),
        PromptFor::NewTactic => {
            playbook::add_own(state, &text);
            Ok(())
        }
        PromptFor::RenameTactic(at) => rename_tactic(state, *at, &text),
        PromptFor::NewPlan => {
            let brief = Brief::new(text, Cadence::Month);
            state.effects.push(Effect::Create(Box::new(Plan::new(brief))));
            Ok(())
        }
        PromptFor::DuplicatePlan(source) if is_open_and_unsaved(state, source) => {
            Err("this plan has unsaved changes: save it first, the copy is made of its file".to_owned())
        }
        PromptFor::DuplicatePlan(source) => {
            state.effects.push(Effect::Duplicate { source: source.clone(), name: text });
            Ok(())
        }
        PromptFor::RenamePlan(path) => rename_plan(state, path.clone(), text),
        PromptFor::Export(what) => {
            export::take(state, *what, &text);
            Ok(())
        }
        PromptFor::Import(ask) => ask.read(&text).map(|change| import_change::change(state, change)),
        PromptFor::SaveAs(then) => save_as(state, &text, then.clone()),
    };
    match taken {
        Ok(()) => Mode::Browse,
        Err(reason) => {
            asked.error = Some(reason);
            Mode::Prompt(asked)
        }
    }
}

/// What the status says of a refused edit goes under the line instead.
pub(super) fn edited(state: &mut State, change: &Edit, done: String) -> Result<(), String> {
    if edit(state, change, done) {
        return Ok(());
    }
    let status = std::mem::take(&mut state.status);
    Err(status.text().to_owned())
}

fn add_channel(state: &mut State, name: &str) -> Result<(), String> {
    let at = state.channels.channel().map_or(usize::MAX, |at| at + 1);
    edited(state, &Edit::InsertChannel { at, channel: Arc::new(Channel::new(name)) }, format!("{name} added"))?;
    if !state.channels.filter.is_empty() {
        table::set_filter(state, String::new());
    }
    table::structure_changed(state, Some(name.to_owned()));
    // The next thing typed is its first number.
    state.channels.column = 1;
    Ok(())
}

fn rename(state: &mut State, at: usize, name: &str) -> Result<(), String> {
    let Some(channel) = state.plan().and_then(|plan| plan.channels.get(at)).cloned() else { return Ok(()) };
    let renamed = Arc::new(Channel { name: name.to_owned(), ..channel.as_ref().clone() });
    edited(state, &Edit::ReplaceChannel { at, channel: renamed }, format!("{} renamed to {name}", channel.name))?;
    table::structure_changed(state, Some(name.to_owned()));
    Ok(())
}

fn rename_test(state: &mut State, at: usize, name: &str) -> Result<(), String> {
    let Some(test) = state.plan().and_then(|plan| plan.tests.get(at)).cloned() else { return Ok(()) };
    let item = Arc::new(testing::renamed(&test, name));
    edited(state, &Edit::Test(ListEdit::Replace { at, item }), format!("{} renamed to {name}", test.name()))
}

fn rename_tactic(state: &mut State, at: usize, title: &str) -> Result<(), String> {
    let Some(tactic) = state.plan().and_then(|plan| plan.tactics.get(at)).cloned() else { return Ok(()) };
    let item = Arc::new(Tactic { title: title.to_owned(), ..tactic.as_ref().clone() });
    edited(state, &Edit::Tactic(ListEdit::Replace { at, item }), format!("{} renamed to {title}", tactic.title))
}

/// The open plan is renamed as an edit; another one in its file.
fn rename_plan(state: &mut State, path: PathBuf, name: String) -> Result<(), String> {
    let open = state.document.as_ref().filter(|document| document.path() == Some(&path));
    let Some(open) = open else {
        state.effects.push(Effect::Rename { path, name });
        return Ok(());
    };
    let brief = Brief { name: name.clone(), ..open.plan().brief.clone() };
    edited(state, &Edit::ReplaceBrief(Box::new(brief)), format!("plan renamed to {name}"))?;
    say(state, format!("the open plan is now {name}: Ctrl-S saves it"));
    Ok(())
}

fn save_as(state: &mut State, text: &str, then: Option<AfterSave>) -> Result<(), String> {
    let as_path = Path::new(text);
    let is_path = text.contains(['/', '\\']) || as_path.extension().is_some_and(|extension| extension == "ron");
    if state.document.as_ref().is_some_and(|document| document.saving) {
        return Err("a save is under way: Enter again in a moment".to_owned());
    }
    state.after_save = then;
    if is_path {
        let path = if as_path.extension().is_some() { as_path.to_owned() } else { as_path.with_extension("ron") };
        files::save_to(state, Target::New(path), None);
        return Ok(());
    }
    let Some(plan) = state.plan() else { return Ok(()) };
    if plan.brief.name != text {
        let brief = Brief { name: text.to_owned(), ..plan.brief.clone() };
        // A plan that may not be written may still be written elsewhere, under another name.
        if let Some(document) = &mut state.document {
            let renamed =
                document.history.edit(&Edit::ReplaceBrief(Box::new(brief)), format!("plan renamed to {text}"));
            renamed.map_err(|refusal| refusal.to_string())?;
        }
    }
    files::save_to(state, Target::List, None);
    Ok(())
}

fn is_open_and_unsaved(state: &State, source: &Source) -> bool {
    let of_source = |document: &&Document| matches!(source, Source::File(path) if document.path() == Some(path));
    state.document.as_ref().filter(of_source).is_some_and(Document::is_unsaved)
}

/// The source of the plan under the cursor of the list is copied under a name that is asked for.
pub(super) fn duplicate_plan(state: &mut State, source: Source, name: &str) {
    propose(state, PromptFor::DuplicatePlan(source), format!("{name} 2"));
}

/// Says that a document was opened anew; its look begins with the last period.
pub(super) fn greet(state: &mut State, document: &Document) {
    let Look { single, .. } = document.look;
    let plan = document.plan();
    if plan.channels.is_empty() {
        say(state, "an empty plan: a adds a channel");
    } else {
        let label = plan.brief.cadence.label(single);
        say(state, format!("{} channels, at {label}; [ ] other periods, ? all keys", plan.channels.len()));
    }
}
