//! The terminal's modes: entered together, undone together, exactly once, whichever way the program ends.

use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::{Position, Rect};

/// Whether the modes are on, shared with the panic hook.
#[derive(Debug, Clone)]
struct Modes {
    on: Arc<AtomicBool>,
    mouse: bool,
}

/// Presses, releases and the wheel, told in decimal. Not the movements, which would wake an idle program.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

impl Modes {
    fn enter(&self) -> io::Result<()> {
        if self.on.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        enable_raw_mode()?;
        let mut out = io::stdout();
        execute!(out, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, Hide)?;
        if self.mouse {
            out.write_all(MOUSE_ON)?;
        }
        out.flush()
    }

    /// Undoes all of it. What cannot be undone, because the terminal is gone, needs no undoing.
    fn leave(&self) {
        if !self.on.swap(false, Ordering::SeqCst) {
            return;
        }
        let mut out = io::stdout();
        let _ = queue!(out, EndSynchronizedUpdate);
        if self.mouse {
            let _ = out.write_all(MOUSE_OFF);
        }
        let _ = execute!(out, DisableFocusChange, DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}

type Hook = dyn Fn(&std::panic::PanicHookInfo<'_>) + Sync + Send + 'static;

/// The terminal while the program has it.
pub(super) struct Screen {
    modes: Modes,
    /// Never dropped: it would write to a terminal that may be gone, and panic where standard error is gone too.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
    hook: Option<Arc<Hook>>,
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn take(mouse: bool) -> io::Result<Self> {
        let modes = Modes { on: Arc::new(AtomicBool::new(false)), mouse };
        let hook = restore_before_a_panic_speaks(modes.clone());
        // From here on dropping gives the terminal back, also where one of the modes cannot be entered.
        let guard = Giving(modes.clone());
        modes.enter()?;
        // A frame of 300 × 100 in one write.
        let out = BufWriter::with_capacity(1 << 18, io::stdout());
        let terminal = ManuallyDrop::new(Terminal::new(CrosstermBackend::new(out))?);
        std::mem::forget(guard);
        Ok(Self { modes, terminal, hook: Some(hook) })
    }

    /// Draws once, sending only what changed; the caret stands where `draw` says.
    pub(super) fn draw(&mut self, draw: impl FnOnce(Rect, &mut Buffer) -> Option<Position>) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            let area = frame.area();
            if let Some(caret) = draw(area, frame.buffer_mut()) {
                frame.set_cursor_position(caret);
            }
        })?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Puts text on the terminal's clipboard.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        use base64::Engine as _;
        let encoded = base64::engine::general_purpose::STANDARD.encode(text);
        let out = self.terminal.backend_mut();
        write!(out, "\x1b]52;c;{encoded}\x1b\\")?;
        io::Write::flush(out)
    }

    /// Gives the terminal back for a while.
    pub(super) fn give_back(&self) {
        self.modes.leave();
    }

    /// Takes it again; everything is drawn anew.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        // Stopped from outside, the modes are on as far as we know, but a shell may have undone them.
        // crossterm would not make raw again what it made raw once.
        let _ = disable_raw_mode();
        self.modes.on.store(false, Ordering::SeqCst);
        self.modes.enter()?;
        // `clear` would ask the terminal for its cursor, and wait for the answer behind the keys.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.modes.leave();
        // A panicking thread may not change the hook; then the process ends anyway.
        if let Some(hook) = self.hook.take().filter(|_| !std::thread::panicking()) {
            std::panic::set_hook(Box::new(move |panic| hook(panic)));
        }
    }
}

/// Gives the terminal back when dropped.
struct Giving(Modes);

impl Drop for Giving {
    fn drop(&mut self) {
        self.0.leave();
    }
}

/// A panic's words would otherwise be lost with the alternate screen. Those of other threads come back as messages and
/// are not written over the screen. Gives the hook that was there.
fn restore_before_a_panic_speaks(modes: Modes) -> Arc<Hook> {
    let before: Arc<Hook> = Arc::from(std::panic::take_hook());
    let drawing = std::thread::current().id();
    let speak = Arc::clone(&before);
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == drawing {
            modes.leave();
            speak(panic);
        }
    }));
    before
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    use super::Screen;

    /// Run by the test below, in a terminal of its own.
    #[test]
    #[ignore = "takes the terminal in which it runs, and panics"]
    fn panics_on_the_screen() {
        let _screen = Screen::take(true).unwrap();
        panic!("these words stay");
    }

    #[test]
    fn a_panic_speaks_after_the_terminal_was_given_back() {
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let modes = || {
            let modes = pair.master.get_termios().unwrap();
            (modes.input_flags, modes.output_flags, modes.local_flags)
        };
        let before = modes();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--exact", "--nocapture", "tui::terminal::tests::panics_on_the_screen"]);
        let mut child = pair.slave.spawn_command(command).unwrap();
        let mut source = pair.master.try_clone_reader().unwrap();
        let reader = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = source.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        assert!(!child.wait().unwrap().success());
        assert_eq!(modes(), before);
        drop(pair.slave);
        drop(pair.master);
        let bytes = reader.join().unwrap();
        let at = |what: &str| bytes.rfind(what).unwrap_or_else(|| panic!("no {what} in {bytes:?}"));
        assert!(at("[?1049h") < at("[?1049l"));
        for undone in ["[?1049l", "[?2004l", "[?1004l", "[?1000l", "[?25h"] {
            assert!(at(undone) < at("these words stay"), "{undone} comes after the words");
        }
    }
}
