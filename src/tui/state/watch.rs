//! What else happens to the open plan: by a crash before, by another window, by another program.

use crate::plan::Plan;
use crate::store::Stamp;

/// What is known of the open plan's file beside what it held.
#[derive(Debug, Default)]
pub struct Watch {
    /// Another window has the plan: this one takes over once it is closed there.
    pub elsewhere: bool,
    /// What somebody else wrote into the file, which the user has seen and put off until the next save.
    pub put_off: Option<Stamp>,
    /// The plan of the save that is under way.
    pub saving: Option<Plan>,
    /// A save was asked for while one is under way: it follows it.
    pub save_again: bool,
    /// The revision of a saved state whose file was lost or spoilt: nothing was typed while it is the present one.
    pub lost: Option<u64>,
    /// Why the last save failed.
    pub unsaved: Option<String>,
    /// What is wrong with the file: gone, or no longer to be read.
    pub file: Option<String>,
    /// Why unsaved edits are not kept for the case of a crash.
    pub unkept: Option<String>,
}

impl Watch {
    /// What stays on the screen until it is mended, or Esc takes it away.
    pub fn standing(&self) -> Option<&str> {
        self.unsaved.as_deref().or(self.file.as_deref()).or(self.unkept.as_deref())
    }

    /// Takes away what stands on the screen; false where nothing did.
    pub fn dismiss(&mut self) -> bool {
        self.unsaved.take().or_else(|| self.file.take()).or_else(|| self.unkept.take()).is_some()
    }
}
