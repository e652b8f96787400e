//! Hearing the terminal and the signals, and stopping for the shell.

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::{Ended, Hearing, Incoming, Program, RunError, Sender, event, incoming, io, thread};

/// Starts the threads that hear the terminal and the signals.
pub(super) fn listen(sender: &Sender<Incoming>) -> io::Result<()> {
    let mut signals = Signals::new([SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH])?;
    let told = sender.clone();
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let incoming = if signal == SIGWINCH { Incoming::Resized } else { Incoming::Signal(signal) };
            if told.send(incoming).is_err() {
                return;
            }
        }
    })?;
    let hearing = Hearing(sender.clone());
    thread::Builder::new().name("hang-up".to_owned()).spawn(move || {
        wait_for_hang_up();
        drop(hearing);
    })?;
    let hearing = Hearing(sender.clone());
    thread::Builder::new().name("terminal".to_owned()).spawn(move || hear(&hearing))?;
    Ok(())
}

/// Hears the terminal. Always waiting without end: asked to wait for a while, crossterm may answer that there is nothing
/// though it holds what it has read already, where the machine is busy and the while is over before it looks.
fn hear(Hearing(told): &Hearing) {
    while let Ok(event) = event::read() {
        if let Some(incoming) = incoming(event)
            && told.send(incoming).is_err()
        {
            return;
        }
    }
}

/// Sleeps until the terminal is gone. It is then readable for ever and gives nothing, which crossterm does not tell.
fn wait_for_hang_up() {
    use rustix::event::{PollFd, PollFlags, poll};
    let terminal = rustix::stdio::stdin();
    // Nothing is asked for but what is told unasked: that it hung up.
    let mut waited = [PollFd::new(&terminal, PollFlags::empty())];
    while poll(&mut waited, None) == Err(rustix::io::Errno::INTR) {}
}

impl Program {
    pub(super) fn on_signal(&mut self, signal: i32) -> Result<Option<Ended>, RunError> {
        match signal {
            SIGTSTP => self.suspend()?,
            // Also after a stop that could not be heard.
            SIGCONT => self.screen.take_again()?,
            ending => return Ok(Some(Ended::Signal(ending))),
        }
        Ok(None)
    }

    /// Gives the terminal to the shell and stops; goes on here when it is brought back.
    pub(super) fn suspend(&mut self) -> Result<(), RunError> {
        if !has_a_shell() {
            super::super::update::no_shell(&mut self.state);
            return Ok(());
        }
        self.screen.give_back();
        emulate_default_handler(SIGTSTP)?;
        self.screen.take_again()?;
        Ok(())
    }
}

/// False where nobody could bring a stopped program back: no parent of the same session in another process group.
fn has_a_shell() -> bool {
    use rustix::process::{getpgid, getpgrp, getppid, getsid};
    let parent = getppid();
    let same_session = matches!((getsid(parent), getsid(None)), (Ok(parents), Ok(own)) if parents == own);
    parent.is_some() && same_session && getpgid(parent).is_ok_and(|group| group != getpgrp())
}

/// Ends the process as the signal does by itself.
pub(super) fn end_by(signal: i32) {
    let _ = emulate_default_handler(signal);
}
