//! A seeded walk of random keys over every view: nothing panics, nothing is ever NaN on the screen, nothing steers the
//! terminal, undo leads back to the beginning, what is saved is read again the same, and what a crash leaves is found;
//! while the window is resized and the file changes underneath. Keys come from the key map, so that every new view is
//! walked over as soon as it has keys.
//!
//! `FUNNEL_TUI_WALK=5000000` walks farther, `FUNNEL_TUI_SEED=7` elsewhere.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::super::effect::Target;
use super::super::keeper::Keeper;
use super::super::key::Key;
use super::super::keymap::Keys;
use super::super::message::{Holding, Seen};
use super::super::state::{Mode, Question};
use super::super::update;
use super::super::worker::Desk;
use super::*;
use crate::engine::Analyst;
use crate::plan::{CellChange, CellValue, Edit, History, steers, validate};
use crate::store::{Home, Library, read_plan, write_plan};

/// So many keys are pressed in every run of the tests.
const STEPS: u64 = 100_000;

/// Typed now and then: numbers in all spellings, names of all widths, what would steer a terminal.
const TYPED: &str =
    "0123456789012345678901234567890123456789.,%+-*/=()kme万 aSx_'\"\\百度é\u{301}👩‍👧\u{1b}\u{9b}\u{202e}\u{7}";

/// Pasted now and then.
const PASTED: [&str; 5] = ["1\t2\t3\n4\t5\t6", "\u{1b}]0;owned\u{7}", "1,5\t−3\t12%\n\n\t\t", "百度\t1e308\tx", ""];

/// Numbers without a pattern, the same in every run: splitmix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// True once in `times`.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// The whole program but for its threads and its terminal.
struct Walker {
    screen: Scripted,
    desk: Desk,
    keeper: Keeper,
    analyst: Analyst,
    library: Library,
    dice: Dice,
    path: PathBuf,
    /// The plan that the open document began with, written out.
    first: String,
    typed: Vec<char>,
    size: (u16, u16),
    folder: TempDir,
    /// The last keys, for whoever looks for the reason.
    trail: Vec<String>,
    saves: usize,
    reloads: usize,
    crashes: usize,
}

impl Walker {
    fn new(seed: u64) -> Self {
        let folder = TempDir::new().unwrap();
        let library = Library::new(Home::in_folder(folder.path().join("home")));
        let mut plan = sample();
        plan.brief.note = "\u{1b}[31m".into();
        Arc::make_mut(&mut plan.channels[0]).owner = "\u{9b}2J\u{202e}".into();
        let path = library.create(&plan).unwrap().path;
        let mut walker = Self {
            screen: fresh(),
            desk: Desk::new(library.clone()),
            keeper: Keeper::new(&library),
            analyst: Analyst::default(),
            library,
            dice: Dice(seed),
            path,
            first: String::new(),
            typed: TYPED.chars().collect(),
            size: (80, 24),
            folder,
            trail: Vec::new(),
            saves: 0,
            reloads: 0,
            crashes: 0,
        };
        walker.open();
        walker
    }

    fn open(&mut self) {
        self.screen = fresh();
        self.tell(Message::Outcome(Outcome::Listed(Ok(Vec::new()))));
        let outcome = self.desk.perform(&Effect::Open(super::super::effect::Source::File(self.path.clone())));
        self.tell(Message::Outcome(outcome.unwrap()));
    }

    /// Tells something, and does what is asked for thereupon.
    fn tell(&mut self, message: Message) {
        let mut effects = self.note(message);
        while let Some(effect) = effects.pop_front() {
            let effect = self.inside(effect);
            let outcome = match effect {
                Effect::Keep(keep) => self.keeper.perform(keep),
                Effect::Compute(request) if self.dice.once_in(20) => {
                    request.answer(&mut self.analyst, std::num::NonZeroUsize::MIN, &|| false)
                }
                Effect::Save { ref plan, .. } => {
                    let outcome = self.desk.perform(&effect);
                    self.check_saved(plan, outcome.as_ref());
                    outcome
                }
                effect => self.desk.perform(&effect),
            };
            if let Some(outcome) = outcome {
                effects.extend(self.note(Message::Outcome(outcome)));
            }
        }
    }

    /// The same, in the walk's own folder: it types any path.
    fn inside(&self, mut effect: Effect) -> Effect {
        let path = match &mut effect {
            Effect::Save { target: Target::New(path) | Target::Same(path), .. } => path,
            Effect::Export { to, .. } => &mut to.path,
            _ => return effect,
        };
        if !path.starts_with(self.folder.path()) {
            *path = self.folder.path().join(path.file_name().unwrap_or(path.as_os_str()));
        }
        effect
    }

    fn note(&mut self, message: Message) -> std::collections::VecDeque<Effect> {
        let begins = match &message {
            Message::Outcome(Outcome::Opened(_, Ok(opened)) | Outcome::Created(Ok(opened))) => {
                Some(write_plan(opened.history.first()))
            }
            _ => None,
        };
        self.reloads += usize::from(matches!(message, Message::Outcome(Outcome::Looked(_, Seen::Changed(Ok(_))))));
        assert!(!matches!(message, Message::Outcome(Outcome::Held(_, Holding::Theirs(_)))), "nobody else is there");
        let recovers = is_recovering(&self.screen.state.mode);
        let effects = update(&mut self.screen.state, message);
        if let Some(first) = begins {
            self.first = first;
        } else if recovers && !is_recovering(&self.screen.state.mode) {
            self.first =
                self.screen.state.document.as_ref().map(|document| write_plan(document.history.first())).unwrap();
        }
        effects.into()
    }

    fn check_saved(&mut self, plan: &Plan, outcome: Option<&Outcome>) {
        if let Some(Outcome::Saved { result: Ok(saved), .. }) = outcome {
            self.saves += 1;
            assert_eq!(self.library.open(&saved.path).unwrap().plan, *plan, "what was saved is read again the same");
        }
    }

    fn step(&mut self) {
        match self.dice.below(1000) {
            0..8 => self.resize(),
            8..12 => self.change_the_file(),
            12..14 => self.crash(),
            14..20 => self.tell(Message::Awake),
            20..30 => {
                let text = (*self.dice.of(&PASTED)).to_owned();
                self.trail.push(format!("paste {text:?}"));
                self.tell(Message::Paste(text));
            }
            30..60 => self.point(),
            _ => self.press(),
        }
        // A frame for every few keys, as for somebody who types fast.
        if self.dice.once_in(4) {
            self.draw();
        }
        if self.screen.state.quitting {
            self.open();
        }
    }

    fn press(&mut self) {
        let keys = self.screen.state.keys();
        let any = if keys == Keys::Text { 2 } else { 8 };
        let key = if self.dice.once_in(any) {
            Key::char(*self.dice.of(&self.typed))
        } else {
            let keymap = Arc::clone(&self.screen.state.keymap);
            let all: Vec<Key> = keymap.commands().iter().flat_map(|command| command.keys(keys)).copied().collect();
            *self.dice.of(&all)
        };
        self.trail.push(key.to_string());
        self.tell(Message::Key(key));
    }

    fn point(&mut self) {
        let at = ratatui::layout::Position {
            x: u16::try_from(self.dice.below(usize::from(self.size.0) + 1)).unwrap(),
            y: u16::try_from(self.dice.below(usize::from(self.size.1) + 1)).unwrap(),
        };
        let what = *self.dice.of(&[MouseAction::Press, MouseAction::ScrollDown, MouseAction::ScrollUp]);
        let when = std::time::Duration::from_millis(self.dice.next() % 1000);
        self.trail.push(format!("{what:?} at {at}"));
        self.tell(Message::Mouse(Mouse { at, when, what }));
    }

    fn resize(&mut self) {
        let sizes = [(80, 24), (120, 40), (40, 10), (39, 9), (200, 60), (1, 1), (0, 0), (135, 12), (57, 31)];
        self.size = *self.dice.of(&sizes);
        self.trail.push(format!("{:?}", self.size));
    }

    /// Somebody else writes the file, breaks it, or takes it away.
    fn change_the_file(&mut self) {
        let Some(path) = self.screen.state.document.as_ref().and_then(|document| document.path().cloned()) else {
            return;
        };
        self.trail.push("the file changes".to_owned());
        match self.dice.below(6) {
            0 => drop(std::fs::remove_file(&path)),
            1 => std::fs::write(&path, "(version: 1, na").unwrap(),
            _ => {
                let mut plan = sample();
                plan.brief.note = self.dice.next().to_string();
                let value = CellValue::Number(Field::Uv, Some(self.dice.below(9999) as f64));
                let change = CellChange { channel: 0, layer: Layer::Actual, day: date(2026, 10, 1), value };
                let plan = Edit::Cells(vec![change]).apply(&plan).unwrap();
                std::fs::write(&path, write_plan(&plan)).unwrap();
            }
        }
        self.tell(Message::Awake);
    }

    /// The program is killed; what was on the screen is found at the next start.
    fn crash(&mut self) {
        let Some(document) = &self.screen.state.document else { return };
        let place = document.path().cloned();
        let (plan, unsaved) = (document.plan().clone(), document.is_unsaved());
        self.trail.push("crash".to_owned());
        self.crashes += 1;
        self.desk = Desk::new(self.library.clone());
        self.keeper = Keeper::new(&self.library);
        let now = place.as_ref().and_then(|path| self.library.open(path).ok()).map(|opened| opened.plan);
        if unsaved && now.as_ref() != Some(&plan) {
            assert!(self.finds(place.as_deref(), &plan), "what was on the screen is found, of {place:?}");
        }
        // Somebody who starts again after a crash answers as they like, or finds it broken and makes a new one.
        if self.library.open(&self.path).is_err() {
            std::fs::write(&self.path, write_plan(&sample())).unwrap();
        }
        self.open();
    }

    /// True where a crash left that plan; also where others were put off before it, in the same tick of the disk's clock.
    fn finds(&self, place: Option<&Path>, plan: &Plan) -> bool {
        loop {
            let found = place.map_or_else(|| self.library.lost_edits(), |path| self.library.unsaved_edits(path, None));
            let Some(Ok(found)) = found else { return false };
            if found.history.plan() == plan {
                return true;
            }
            self.library.discard_edits(&found.leftover.journal);
        }
    }

    fn draw(&mut self) {
        self.screen.resize(self.size);
        let effects = std::mem::take(&mut self.screen.effects);
        for effect in effects {
            assert!(!matches!(effect, Effect::Save { .. }), "drawing saves nothing");
        }
        let text = self.screen.text();
        assert!(!text.contains(|each| steers(each) && each != '\n'), "a control character reached the screen:\n{text}");
        let mut words = text.split(|each: char| !each.is_alphanumeric());
        assert!(!words.any(|word| matches!(word, "NaN" | "inf")), "no number on the screen:\n{text}");
    }

    /// Undo leads to the plan that was opened, and redo back; every state is one that a file may hold.
    fn check_history(&mut self) {
        let Some(document) = &self.screen.state.document else { return };
        let mut history: History = document.history.clone();
        while history.redo().is_some() {}
        let last = history.plan().clone();
        while history.undo().is_some() {
            assert!(validate(history.plan()).is_empty());
        }
        assert_eq!(write_plan(history.plan()), self.first, "undo leads back to the beginning");
        while history.redo().is_some() {}
        assert_eq!(*history.plan(), last);
        let text = write_plan(&last);
        assert_eq!(read_plan(&text, "written").unwrap().plan, last);
    }
}

fn is_recovering(mode: &Mode) -> bool {
    matches!(mode, Mode::Confirm(confirm) if matches!(confirm.question, Question::Recover { .. }))
}

fn fresh() -> Scripted {
    Scripted::empty(date(2026, 11, 22), ThemeName::Sixteen, (80, 24)).unwrap()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn a_random_walk_breaks_nothing() {
    let steps = number("FUNNEL_TUI_WALK").unwrap_or(STEPS);
    let seed = number("FUNNEL_TUI_SEED").unwrap_or(20_261_122);
    let mut walker = Walker::new(seed);
    for step in 0..steps {
        let walked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            walker.step();
            if step % 1009 == 0 {
                walker.check_history();
            }
        }));
        if let Err(panic) = walked {
            eprintln!(
                "step {step} of seed {seed}, in {:?}; the last keys: {}",
                walker.screen.state.view,
                walker.trail.join(" ")
            );
            std::panic::resume_unwind(panic);
        }
        let long = walker.trail.len();
        if long > 80 {
            walker.trail.drain(..long - 40);
        }
    }
    let Walker { saves, reloads, crashes, folder, .. } = walker;
    assert!(
        saves > 0 && reloads > 0 && crashes > 0,
        "{saves} saves, {reloads} changes from outside, {crashes} crashes"
    );
    eprintln!("{steps} steps: {saves} saves, {reloads} changes from outside, {crashes} crashes");
    drop(folder);
}
