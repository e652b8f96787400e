//! Hearing the terminal where there are no signals.

use super::{Ended, Hearing, Incoming, Program, RunError, Sender, event, incoming, io, thread};

pub(super) fn listen(sender: &Sender<Incoming>) -> io::Result<()> {
    let hearing = Hearing(sender.clone());
    thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        while let Ok(event) = event::read() {
            if let Some(incoming) = incoming(event)
                && hearing.0.send(incoming).is_err()
            {
                return;
            }
        }
    })?;
    Ok(())
}

impl Program {
    pub(super) fn on_signal(&mut self, signal: i32) -> Result<Option<Ended>, RunError> {
        Ok(Some(Ended::Signal(signal)))
    }

    pub(super) fn suspend(&mut self) -> Result<(), RunError> {
        super::super::update::no_shell(&mut self.state);
        Ok(())
    }
}

pub(super) fn end_by(_signal: i32) {}
