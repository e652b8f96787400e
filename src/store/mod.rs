//! Where the plan lies on disk: its format, safe saving, the list of plans, the settings.
//!
//! ```text
//!  Library (list, resolve, open, save) · shelf (create, duplicate, rename, trash) · Settings
//!      │                                       │
//!      ├── format   RON ⇄ Plan, Diagnosis      ├── names, home   which file, in which folder
//!      └── file, backup   written as a whole or not at all, the version before kept
//!              └── Disk   every single step, so that tests can let each one fail
//! ```
//!
//! Knows the plan's types and nothing of screens and figures.

mod backup;
pub mod clock;
mod content;
mod disk;
mod export;
#[cfg(test)]
pub(crate) mod faulty;
mod file;
mod find;
mod format;
mod home;
pub mod import;
mod library;
mod lock;
mod names;
mod old;
mod playbook;
mod recovery;
#[cfg(test)]
mod saving_tests;
mod seen;
mod settings;
mod shelf;
#[cfg(test)]
mod shelf_tests;
mod sum;
mod sweep;

pub use disk::{Disk, FileFacts, Opening, RealDisk, Take};
pub use export::{Destination, ExportError, export, replace};
pub use file::{SaveError, Since, Stamp};
pub use find::{FoundFile, Sought, expanded, find};
pub use format::{Diagnosis, Place, ReadPlan, Trouble, read_plan, read_plan_bytes, write_plan};
pub use home::Home;
pub use library::{Entry, Library, NotFound, Opened, Saved};
pub use lock::{Holder, Lock, Locking};
pub use names::slug;
pub use playbook::playbook;
pub use recovery::{Broken, Found, Journal, Leftover};
pub use settings::{Settings, ThemeName};
