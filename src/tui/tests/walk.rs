//! A seeded walk of random keys over every view: nothing panics, nothing is ever NaN on the screen, nothing steers the
//! terminal, undo leads back to the beginning, what is saved is read again the same, and what a crash leaves is found;
//! while the window is resized and the file changes underneath. Keys come from the key map, so that every new view is
//! walked over as soon as it has keys.
//!
//! `FUNNEL_TUI_WALK=5000000` walks farther, `FUNNEL_TUI_SEED=7` elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::super::effect::Target;
use super::super::keeper::Keeper;
use super::super::key::Key;
use super::super::keymap::Keys;
use super::super::message::{Holding, Seen};
use super::super::state::{Mode, Question, State};
use super::super::update;
use super::super::worker::Desk;
use super::*;
use crate::engine::Analyst;
use crate::plan::{CellChange, CellValue, Edit, History, steers, validate};
use crate::store::{Broken, Found, Home, Library, read_plan, write_plan};

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
    refusals: usize,
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
            refusals: 0,
            reloads: 0,
            crashes: 0,
        };
        walker.open();
        walker
    }

    fn open(&mut self) {
        self.mend();
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
                Effect::Save { ref plan, ref target, .. } => {
                    let before = held(target);
                    let outcome = self.desk.perform(&effect);
                    self.check_saved(plan, target, &before, outcome.as_ref());
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
        let first = |state: &State| state.document.as_ref().map(|document| document.history.first().clone());
        let before = first(&self.screen.state);
        let would_lose = would_lose(&self.screen.state, &message);
        self.reloads += usize::from(matches!(message, Message::Outcome(Outcome::Looked(_, Seen::Changed(Ok(_))))));
        assert!(!matches!(message, Message::Outcome(Outcome::Held(_, Holding::Theirs(_)))), "nobody else is there");
        let effects = update(&mut self.screen.state, message);
        let now = first(&self.screen.state);
        if now != before {
            assert!(!would_lose, "what was not saved gave way unasked");
            self.first = write_plan(&now.unwrap());
        }
        effects.into()
    }

    /// What was saved is read again the same; what was not has left the file as it was. Nothing else is left there.
    fn check_saved(&mut self, plan: &Plan, target: &Target, before: &Held, outcome: Option<&Outcome>) {
        if let Some(Outcome::Saved { result: Ok(saved), .. }) = outcome {
            self.saves += 1;
            assert_eq!(self.library.open(&saved.path).unwrap().plan, *plan, "what was saved is read again the same");
        } else {
            self.refusals += 1;
            assert_eq!(held(target), *before, "a save that failed touches nothing");
        }
        let folder = path_of(target).and_then(Path::parent).map(fs::read_dir);
        for entry in folder.into_iter().flatten().flatten() {
            let path = entry.unwrap().path();
            assert_ne!(path.extension(), Some("tmp".as_ref()), "{path:?} is left behind");
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

    /// Somebody else writes the file, breaks it, or takes it or its folder away.
    fn change_the_file(&mut self) {
        let Some(path) = self.screen.state.document.as_ref().and_then(|document| document.path().cloned()) else {
            return;
        };
        let way = self.dice.below(Mischief::ALL.len() + 8);
        let other = (self.dice.next().to_string(), self.dice.below(9999) as f64);
        let mischief = Mischief::ALL.get(way);
        self.trail.push(mischief.map_or_else(|| "the file changes".to_owned(), |mischief| format!("{mischief:?}")));
        match mischief {
            // The folder that all is in stays.
            Some(mischief) => mischief.befall(&path, path.parent() == Some(self.folder.path())),
            None => write_other(&path, other),
        }
        self.tell(Message::Awake);
    }

    /// Somebody who finds the plan broken makes a new one.
    fn mend(&self) {
        if self.library.open(&self.path).is_err() {
            let folder = self.path.parent().unwrap();
            take_away(&self.path);
            if !folder.is_dir() {
                take_away(folder);
                fs::create_dir_all(folder).unwrap();
            }
            fs::write(&self.path, write_plan(&sample())).unwrap();
        }
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
        // Somebody who starts again answers as they like.
        self.open();
    }

    /// True where a crash left that plan, for whoever opens its file, starts without a file, or opens every plan of the list:
    /// a link to it may be gone.
    fn finds(&self, place: Option<&Path>, plan: &Plan) -> bool {
        let opens = |path: &&Path| self.library.open(path).is_ok();
        let of_file = |path: &Path| self.holds(plan, || self.library.unsaved_edits(path, None));
        place.filter(opens).is_some_and(of_file)
            || self.holds(plan, || self.library.lost_edits())
            || self.library.list().unwrap_or_default().iter().any(|entry| of_file(&entry.path))
    }

    /// True where that is among what is found; also where others were put off before it, in the same tick of the disk's
    /// clock.
    fn holds(&self, plan: &Plan, find: impl Fn() -> Option<Result<Found, Broken>>) -> bool {
        while let Some(Ok(found)) = find() {
            if found.history.plan() == plan {
                return true;
            }
            self.library.discard_edits(&found.leftover.journal);
        }
        false
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

/// What happens to a plan's file, or to the folder that it is in.
#[derive(Debug, Clone, Copy)]
enum Mischief {
    Gone,
    Rubbish,
    Newer,
    ReadOnly,
    IsAFolder,
    LinkToNowhere,
    LinkToItself,
    FolderGone,
    FolderIsAFile,
}

impl Mischief {
    const ALL: [Self; 9] = [
        Self::Gone,
        Self::Rubbish,
        Self::Newer,
        Self::ReadOnly,
        Self::IsAFolder,
        Self::LinkToNowhere,
        Self::LinkToItself,
        Self::FolderGone,
        Self::FolderIsAFile,
    ];

    /// Whatever cannot be done any more, after what happened before, is left out.
    fn befall(self, path: &Path, spare_the_folder: bool) {
        let folder = path.parent().unwrap();
        match self {
            Self::Gone => take_away(path),
            Self::Rubbish => drop(fs::write(path, [0xff, b'(', 0, 0x1b])),
            Self::Newer => drop(fs::write(path, "(version: 2, name: \"x\", planets: 9)")),
            Self::ReadOnly => make_read_only(path),
            Self::IsAFolder => {
                take_away(path);
                drop(fs::create_dir(path));
            }
            Self::LinkToNowhere => link(Path::new("nowhere.ron"), path),
            Self::LinkToItself => link(path, path),
            Self::FolderGone | Self::FolderIsAFile if spare_the_folder => {}
            Self::FolderGone => take_away(folder),
            Self::FolderIsAFile => {
                take_away(folder);
                drop(fs::write(folder, "a file"));
            }
        }
    }
}

/// Another plan, in one go.
fn write_other(path: &Path, (note, visitors): (String, f64)) {
    let mut plan = sample();
    plan.brief.note = note;
    let value = CellValue::Number(Field::Uv, Some(visitors));
    let change = CellChange { channel: 0, layer: Layer::Actual, day: date(2026, 10, 1), value };
    let plan = Edit::Cells(vec![change]).apply(&plan).unwrap();
    take_away(path);
    // Where its folder is gone, nobody can.
    drop(fs::write(path, write_plan(&plan)));
}

/// Takes away whatever has that name.
fn take_away(path: &Path) {
    let is_folder = path.symlink_metadata().is_ok_and(|facts| facts.is_dir());
    drop(if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) });
}

fn make_read_only(path: &Path) {
    if let Ok(facts) = path.metadata().map(|facts| (facts.is_file(), facts.permissions()))
        && let (true, mut permissions) = facts
    {
        permissions.set_readonly(true);
        fs::set_permissions(path, permissions).unwrap();
    }
}

#[cfg(unix)]
fn link(to: &Path, path: &Path) {
    take_away(path);
    drop(std::os::unix::fs::symlink(to, path));
}

#[cfg(not(unix))]
fn link(_: &Path, path: &Path) {
    take_away(path);
}

/// What a file holds; `None` where it cannot be read.
type Held = Option<Vec<u8>>;

fn held(target: &Target) -> Held {
    path_of(target).and_then(|path| fs::read(path).ok())
}

fn path_of(target: &Target) -> Option<&Path> {
    match target {
        Target::Same(path) | Target::New(path) => Some(path),
        Target::List => None,
    }
}

/// True where the open plan must not give way to another one with that message: the user has not been asked.
fn would_lose(state: &State, message: &Message) -> bool {
    let is_asked = matches!(&state.mode, Mode::Confirm(confirm) if matches!(confirm.question, Question::Unsaved(_)));
    let Some(document) = state.document.as_ref().filter(|_| !is_asked) else { return false };
    match message {
        Message::Outcome(Outcome::Saved { revision, result: Ok(_) }) => document.history.revision() != *revision,
        _ => document.saving || document.is_at_stake(),
    }
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
    let Walker { saves, refusals, reloads, crashes, folder, .. } = walker;
    let counts = [saves, refusals, reloads, crashes];
    let told = format!(
        "{steps} steps: {saves} saves, {refusals} that failed, {reloads} changes from outside, {crashes} crashes"
    );
    assert!(counts.iter().all(|count| *count > 0), "{told}");
    eprintln!("{told}");
    drop(folder);
}
