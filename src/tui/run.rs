//! The loop that runs the screen: waits for something to happen, takes all that is waiting, draws once.
//!
//! Nothing ticks. One thread reads the terminal, one waits for it to hang up, one hears signals, one works on the disk,
//! one keeps what is unsaved, one computes what takes long; all speak through one channel, so an idle program sleeps.

#[cfg(not(unix))]
#[path = "run/other.rs"]
mod listening;
#[cfg(unix)]
#[path = "run/unix.rs"]
mod listening;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event, MouseButton, MouseEventKind};
use ratatui::layout::Position;

use self::listening::{end_by, listen};
use super::compute::Computer;
use super::effect::{Effect, Keep, Source};
use super::key::Key;
use super::keymap::{BadKeymap, Keymap};
use super::learned::Learned;
use super::message::{Message, Mouse, MouseAction, Outcome};
use super::state::{State, View};
use super::terminal::Screen;
use super::theme::{Theme, ThemeName};
use super::update::update;
use super::{keeper, view, worker};
use crate::store::{self, Library, Settings};

/// What the screen starts with.
#[derive(Debug)]
pub enum Begin {
    /// The list of plans, the built-in example beside it.
    List,
    /// A fresh copy of the built-in example.
    Example,
    /// A plan that was opened from its file.
    Opened(Box<store::Opened>),
    /// The plan in that file; where it cannot be read, the screen says why.
    File(PathBuf),
    /// The same, with what to improve in front: somebody has just imported it.
    Improve(PathBuf),
}

/// What the screen needs to start.
pub struct Start {
    /// The user's plans.
    pub library: Library,
    /// What it starts with.
    pub begin: Begin,
}

/// Why the screen ended early. The terminal is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The program was built with a bad key map.
    #[error(transparent)]
    Keymap(#[from] BadKeymap),
    /// The terminal could not be taken, read or written.
    #[error("the terminal: {0}")]
    Terminal(#[from] io::Error),
}

/// What comes through the channel.
enum Incoming {
    Key(Key),
    Paste(String),
    Mouse(Position, MouseAction),
    /// The window has another size: it is drawn anew.
    Resized,
    /// The user came back to the window.
    Focus,
    Outcome(Box<Outcome>),
    Signal(i32),
    /// The terminal is gone.
    Lost,
}

/// Why the loop ended.
enum Ended {
    Quit,
    Signal(i32),
    /// The terminal is gone: there is nobody left to tell.
    Lost,
}

/// Runs the screen until the user leaves it. A signal that asks for the end ends the process as that signal does, after
/// the terminal was given back.
///
/// # Errors
/// [`RunError`] where the terminal could not be taken or was lost for another reason than being closed.
pub fn run(start: Start) -> Result<(), RunError> {
    run_as(start, Program::until_the_end)
}

/// Runs the screen as `live` does.
fn run_as(
    start: Start,
    live: impl FnOnce(&mut Program, &Receiver<Incoming>) -> Result<Ended, RunError>,
) -> Result<(), RunError> {
    let keymap = Arc::new(Keymap::built_in()?);
    let (settings, trouble) = start.library.settings();
    let today = store::clock::now().date();
    let mut state = State::new(keymap, today, theme_of(&settings));
    state.no_color = no_color();
    state.trash = start.library.home().trash_dir.display().to_string();
    let (sender, receiver) = channel();
    let (helpers, writing) = Helpers::start(start.library, &sender)?;
    let is_there = matches!(start.begin, Begin::Opened(_));
    begin(&mut state, start.begin, &helpers);
    if let Some(diagnosis) = trouble {
        let failure = worker::failure_of_file(&diagnosis);
        helpers.ask(update(&mut state, Message::Outcome(Outcome::SettingsFailed(failure))));
    }
    listen(&sender)?;
    let began = Instant::now();
    let mut program = Program { screen: Screen::take(settings.mouse)?, state, helpers, began, looked: began };
    // A small plan is there before the first frame: no list flashes up before it.
    if !is_there && let Ok(first) = receiver.recv_timeout(FIRST_WAIT) {
        program.take(first)?;
    }
    let ending = live(&mut program, &receiver);
    // The terminal first, then what is still to be written, then the signal or the error's words: also after a panic, by
    // the order in which they were made.
    drop(program);
    drop(writing);
    if let Ended::Signal(signal) = ending? {
        end_by(signal);
    }
    Ok(())
}

/// So long the first frame waits for the plan or the list.
const FIRST_WAIT: Duration = Duration::from_millis(8);

/// So long the end waits for what is still to be written: edits on their way to the journal, a save under way.
const LAST_WAIT: Duration = Duration::from_secs(5);

/// Between two looks at the plan's file lies at least this, however much is typed.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Asks for what the screen starts with.
fn begin(state: &mut State, begin: Begin, helpers: &Helpers) {
    let source = match begin {
        Begin::Opened(opened) => {
            let path = opened.path.clone();
            let opened = Ok(Box::new(worker::opened_from(*opened, worker::prepared)));
            let outcome = Outcome::Opened(Source::File(path), opened);
            return helpers.ask(update(state, Message::Outcome(outcome)));
        }
        Begin::List => None,
        Begin::Example => Some(Source::Example),
        Begin::File(path) => Some(Source::File(path)),
        Begin::Improve(path) => {
            state.opens_in = Some(View::Improve);
            Some(Source::File(path))
        }
    };
    let look = !matches!(source, Some(Source::File(_)));
    helpers.ask(vec![source.map_or(Effect::List, Effect::Open)]);
    if look {
        helpers.ask(vec![Effect::FindLost]);
    }
}

/// The threads that do what takes long.
struct Helpers {
    disk: Sender<Effect>,
    keeper: Sender<Keep>,
    computer: Computer,
}

impl Helpers {
    /// Starts them; what is given beside them waits for those that write.
    fn start(library: Library, sender: &Sender<Incoming>) -> io::Result<(Self, Writing)> {
        let (end, ended) = channel();
        let keeper = keeper::start(&library, end.clone(), teller(sender))?;
        let computer = Computer::start(teller(sender))?;
        let disk = worker::start(library, computer.preparer(), end, teller(sender))?;
        Ok((Self { disk, keeper, computer }, Writing(ended)))
    }

    fn ask(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Compute(request) => self.computer.ask(request),
                Effect::Keep(keep) => drop(self.keeper.send(keep)),
                Effect::Forget(figures) => self.computer.forget(figures),
                // The thread lives as long as this sender.
                other => drop(self.disk.send(other)),
            }
        }
    }
}

/// Waits, when it is dropped, until those have ended that write: their helpers must be dropped before.
struct Writing(Receiver<()>);

impl Drop for Writing {
    fn drop(&mut self) {
        // Nothing ever comes: it hangs up once all of them have ended.
        let _ = self.0.recv_timeout(LAST_WAIT);
    }
}

/// Sends what came of something to the loop.
fn teller(sender: &Sender<Incoming>) -> impl Fn(Outcome) + Clone + Send + 'static {
    let sender = sender.clone();
    move |outcome| {
        // A closed channel means that the program is ending.
        let _ = sender.send(Incoming::Outcome(Box::new(outcome)));
    }
}

fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// `NO_COLOR` wins over what the settings say.
fn theme_of(settings: &Settings) -> ThemeName {
    if no_color() {
        return ThemeName::Mono;
    }
    match settings.theme {
        Some(store::ThemeName::Dark) => ThemeName::Dark,
        Some(store::ThemeName::Light) => ThemeName::Light,
        Some(store::ThemeName::Mono) => ThemeName::Mono,
        Some(store::ThemeName::Ansi) | None => ThemeName::Sixteen,
    }
}

/// All that the loop holds.
struct Program {
    screen: Screen,
    state: State,
    helpers: Helpers,
    began: Instant,
    /// When the plan's file was looked at last.
    looked: Instant,
}

impl Program {
    fn until_the_end(&mut self, receiver: &Receiver<Incoming>) -> Result<Ended, RunError> {
        loop {
            if let Err(error) = self.draw() {
                return if is_gone(&error) { Ok(Ended::Lost) } else { Err(error.into()) };
            }
            // Sleeps here.
            let Ok(first) = receiver.recv() else { return Ok(Ended::Lost) };
            let mut next = Some(first);
            while let Some(incoming) = next {
                if let Some(ended) = self.take(incoming)? {
                    return Ok(ended);
                }
                // What came meanwhile is taken before the next frame: frames are left out, never keys.
                next = receiver.try_recv().ok();
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let theme = Theme::of(self.state.theme);
        let mut learned = Learned::default();
        let state = &self.state;
        self.screen.draw(|area, buffer| {
            learned = view::draw(state, &theme, area, buffer);
            learned.cursor
        })?;
        let effects = update(&mut self.state, Message::Drawn(learned));
        self.helpers.ask(effects);
        Ok(())
    }

    /// Looks at the plan's file while somebody is there, so that an idle program sleeps.
    fn look(&mut self) {
        if self.looked.elapsed() >= LOOK_EVERY {
            self.looked = Instant::now();
            let effects = update(&mut self.state, Message::Awake);
            self.helpers.ask(effects);
        }
    }

    /// Takes one thing that happened; says where the program is to end.
    fn take(&mut self, incoming: Incoming) -> Result<Option<Ended>, RunError> {
        if matches!(incoming, Incoming::Key(_) | Incoming::Paste(_) | Incoming::Mouse(..) | Incoming::Focus) {
            self.look();
        }
        let message = match incoming {
            Incoming::Key(key) => Message::Key(key),
            Incoming::Paste(text) => Message::Paste(text),
            Incoming::Mouse(at, what) => Message::Mouse(Mouse { at, when: self.began.elapsed(), what }),
            Incoming::Outcome(outcome) => Message::Outcome(*outcome),
            Incoming::Resized | Incoming::Focus => return Ok(None),
            Incoming::Lost => return Ok(Some(Ended::Lost)),
            Incoming::Signal(signal) => return self.on_signal(signal),
        };
        for effect in update(&mut self.state, message) {
            match effect {
                Effect::Copy(text) => self.screen.copy(&text)?,
                Effect::Suspend => self.suspend()?,
                other => self.helpers.ask(vec![other]),
            }
        }
        Ok(self.state.quitting.then_some(Ended::Quit))
    }
}

/// True where the terminal was closed: no error that anybody could read.
fn is_gone(error: &io::Error) -> bool {
    // 5 is EIO, which a pseudo-terminal without its other end gives.
    error.kind() == io::ErrorKind::BrokenPipe || error.raw_os_error() == Some(5)
}

/// Tells the loop, when it is dropped, that the terminal is not heard any more: also by a panic of whoever hears it.
struct Hearing(Sender<Incoming>);

impl Drop for Hearing {
    fn drop(&mut self) {
        let _ = self.0.send(Incoming::Lost);
    }
}

/// What an event of the terminal means; `None` where nothing.
fn incoming(event: Event) -> Option<Incoming> {
    match event {
        Event::Key(key) => Key::of_event(key).map(Incoming::Key),
        Event::Paste(text) => Some(Incoming::Paste(text)),
        Event::Resize(..) => Some(Incoming::Resized),
        Event::Mouse(mouse) => {
            let what = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseAction::Press,
                MouseEventKind::ScrollDown => MouseAction::ScrollDown,
                MouseEventKind::ScrollUp => MouseAction::ScrollUp,
                _ => return None,
            };
            Some(Incoming::Mouse(Position { x: mouse.column, y: mouse.row }, what))
        }
        Event::FocusGained => Some(Incoming::Focus),
        Event::FocusLost => None,
    }
}

#[cfg(all(test, unix))]
#[path = "run/tests.rs"]
mod tests;
