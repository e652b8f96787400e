//! Writes down what happens to a plan, so that it can be repeated after a crash. See the folder's own words.

use std::fs::File;
use std::path::PathBuf;

use crate::plan::{Deed, Plan};
use crate::store::disk::{Disk, Opening};
use crate::store::file::{SaveError, Since, Stamp};
use crate::store::library::{LARGE_FILE, Library};
use crate::store::sum::Sum;

use super::Leftover;
use super::entry::{Opened, Reach, TITLE, Turn};
use super::names::{Names, key_of, new_journal};

/// A journal that has grown by this much, and by twice the plan's own length, begins anew from the plan as it is.
const LONGEST: u64 = 16 << 20;

/// The unsaved edits of one window. Nothing is on the disk before the first of them.
pub struct Journal {
    library: Library,
    /// The next journal that is begun.
    turn: Turn,
    /// The plan that is kept, where one is.
    kept: Option<Kept>,
}

/// A plan whose edits are kept.
struct Kept {
    turn: Turn,
    /// The plan's file; `None` where it lies nowhere.
    place: Option<PathBuf>,
    base: Base,
    /// The plan after the last deed.
    now: Plan,
    reach: Reach,
    file: Option<OpenFile>,
    /// What is not in the file yet.
    waiting: Vec<u8>,
}

/// What the deeds begin with.
enum Base {
    /// What the plan's file held when it was opened or saved.
    File(Stamp, Plan),
    /// A plan that lies in no file.
    Plan(Plan),
    /// It lies beside the journal already.
    Kept,
}

struct OpenFile {
    names: Names,
    file: File,
    /// How long it is as far as it is whole.
    len: u64,
    opened: Opened,
    /// Something was written after `len` that may be only a part.
    torn: bool,
}

impl Journal {
    pub(super) fn new(library: Library) -> Self {
        let now = library.disk.now().strftime("%Y%m%dT%H%M%S%.9f");
        let turn = Turn { window: format!("{}-{now}", std::process::id()), nth: 0 };
        Self { library, turn, kept: None }
    }

    /// From now on this plan is kept, as it was read from, or written to, that file, with what happened to it since.
    /// What was kept before goes once that is safe.
    ///
    /// # Errors
    /// A [`SaveError`] where the deeds are not safe on the disk.
    pub fn begin(&mut self, plan: Plan, lies: Option<(PathBuf, Stamp)>, deeds: &[Deed]) -> Result<(), SaveError> {
        let before = self.kept.take();
        let (place, base) = match lies {
            Some((path, stamp)) => (Some(path), Base::File(stamp, plan.clone())),
            None => (None, Base::Plan(plan.clone())),
        };
        self.turn.nth += 1;
        self.kept = Some(Kept::new(self.turn.clone(), place, base, plan));
        self.keep(deeds)?;
        if let Some(before) = before {
            before.remove(&self.library);
        }
        Ok(())
    }

    /// Goes on with a journal that was found; `plan` is what its deeds lead to.
    ///
    /// # Errors
    /// A [`SaveError`] where it cannot be written any more. What is in it stays.
    pub fn go_on(&mut self, found: &Leftover, plan: Plan) -> Result<(), SaveError> {
        self.forget();
        let disk = self.library.disk.as_ref();
        let failed = |source| SaveError::disk("go on with", &found.journal)(source);
        let file = disk.open(&found.journal, Opening::Old).map_err(failed)?;
        if matches!(disk.lock(&file), Ok(false)) {
            return Err(failed(std::io::ErrorKind::ResourceBusy.into()));
        }
        // Its beginning stands in the file.
        self.turn = found.turn.clone();
        let turn = self.turn.clone();
        let base = Sum { len: 0, checksum: 0 };
        let opened = Opened { turn: turn.clone(), plan: None, base, began: String::new() };
        let names = Names::of_journal(&found.journal);
        let file = OpenFile { names, file, len: found.whole, opened, torn: true };
        let kept = Kept::new(turn, found.place.clone(), Base::Kept, plan);
        self.kept = Some(Kept { reach: found.reach, file: Some(file), ..kept });
        Ok(())
    }

    /// Writes down what happened. What could not be written is tried again with the next deed.
    ///
    /// # Errors
    /// A [`SaveError`] where the deeds are not safe on the disk.
    pub fn keep(&mut self, deeds: &[Deed]) -> Result<(), SaveError> {
        let Some(kept) = &mut self.kept else { return Ok(()) };
        for deed in deeds {
            kept.waiting.extend(kept.reach.frame(deed, &kept.now));
            kept.now = deed.plan().clone();
        }
        if kept.file.as_ref().is_some_and(|file| file.len > LONGEST.max(2 * file.opened.base.len)) {
            kept.begin_anew(&self.library);
            self.turn = kept.turn.clone();
            if kept.waiting.is_empty() {
                return Ok(());
            }
        }
        kept.flush(&self.library)
    }

    /// Nothing is unsaved any more: the journal goes.
    pub fn forget(&mut self) {
        if let Some(kept) = self.kept.take() {
            kept.remove(&self.library);
        }
    }
}

impl Kept {
    fn new(turn: Turn, place: Option<PathBuf>, base: Base, now: Plan) -> Self {
        Self { turn, place, base, now, reach: Reach::default(), file: None, waiting: Vec::new() }
    }

    fn remove(self, library: &Library) {
        if let Some(file) = self.file {
            let disk = library.disk.as_ref();
            // Where it cannot be taken away, an empty one offers nothing that is saved already.
            let _ = disk.cut(&file.file, 0);
            // The lock is held until it is gone, so that nobody finds it half taken away.
            file.names.remove(disk);
        }
    }

    fn flush(&mut self, library: &Library) -> Result<(), SaveError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let first = self.file.is_none();
        if first {
            self.file = Some(self.create(library, &self.base)?);
        }
        // Before the deeds, which are nothing without it: a save may put another file in the plan's place at any moment.
        // But deeds must not wait until half a hundred megabytes are copied: until then that file is held by a second name.
        // Where it cannot be kept, it is tried again with the next ones.
        let early = if self.base_is_large() {
            self.hold_base(library);
            Ok(())
        } else {
            self.keep_base(library)
        };
        let Some(file) = &mut self.file else { return Ok(()) };
        file.append(library.disk.as_ref(), &self.waiting)?;
        self.waiting = Vec::new();
        if first {
            // The name itself, too. Where the folder cannot be synced, there is nothing better to do.
            let _ = library.disk.sync_folder(&library.home.recovery_dir);
        }
        early.and_then(|()| self.keep_base(library))
    }

    /// Where the disk knows no second names, the deeds rest on the plan's own file: writing another takes longer than to copy
    /// this one.
    fn hold_base(&self, library: &Library) {
        if let (Some(file), Some(path)) = (&self.file, &self.place) {
            let _ = file.names.hold_base(library.disk.as_ref(), path);
        }
    }

    fn base_is_large(&self) -> bool {
        matches!(&self.base, Base::File(stamp, _) if stamp.len > LARGE_FILE)
    }

    /// A new journal with nothing in it but what it begins with. A plan that lies in no file is written down before it.
    fn create(&self, library: &Library, base: &Base) -> Result<OpenFile, SaveError> {
        let disk = library.disk.as_ref();
        let folder = &library.home.recovery_dir;
        disk.create_folders(folder).map_err(SaveError::disk("make the folder", folder))?;
        let key = key_of(disk, self.place.as_deref(), &self.now.brief.name);
        let (names, file) = new_journal(disk, folder, &key)?;
        let created = Self::written_base(disk, &names, base).and_then(|base| {
            let path = self.place.as_ref().map(|path| disk.canonical(path).unwrap_or_else(|_| path.clone()));
            let plan = path.map(|path| path.to_string_lossy().into_owned());
            let began = disk.now().strftime("%Y-%m-%d %H:%M").to_string();
            let opened = Opened { turn: self.turn.clone(), plan, base, began };
            let begin = [TITLE.as_bytes(), &opened.frame()].concat();
            let mut file = OpenFile { names: names.clone(), file, len: 0, opened, torn: false };
            file.append(disk, &begin).map(|()| file)
        });
        created.inspect_err(|_| names.remove(disk))
    }

    /// What the file of the first plan holds; one that lies in no file is written beside the journal.
    fn written_base(disk: &dyn Disk, names: &Names, base: &Base) -> Result<Sum, SaveError> {
        match base {
            Base::File(stamp, _) => Ok(stamp.sum()),
            Base::Plan(plan) => names.write_base(disk, plan),
            Base::Kept => Ok(Sum { len: 0, checksum: 0 }),
        }
    }

    /// Keeps what the deeds began with, for the plan's file may be gone or changed when they are to be repeated. A large
    /// file is copied as it lies, which takes neither the memory nor the time to write it out.
    fn keep_base(&mut self, library: &Library) -> Result<(), SaveError> {
        let disk = library.disk.as_ref();
        let Some(file) = &mut self.file else { return Ok(()) };
        if let (Base::File(stamp, plan), Some(path)) = (&self.base, &self.place) {
            let is_same = || library.since(path, stamp) == Since::Same;
            if !(is_same() && file.names.copy_base(disk, path).is_ok() && is_same()) {
                file.opened.base = file.names.write_base(disk, plan)?;
                let frame = file.opened.frame();
                file.append(disk, &frame)?;
            }
        }
        self.base = Base::Kept;
        Ok(())
    }

    /// Begins a new journal from the plan as it is, with which the old one goes. Where that fails, the old one grows on.
    fn begin_anew(&mut self, library: &Library) {
        self.turn.nth += 1;
        if let Ok(new) = self.create(library, &Base::Plan(self.now.clone())) {
            // The new name first: a power cut may undo what was not waited for.
            let _ = library.disk.sync_folder(&library.home.recovery_dir);
            self.base = Base::Kept;
            self.reach = Reach::default();
            self.waiting = Vec::new();
            if let Some(old) = self.file.replace(new) {
                old.names.remove(library.disk.as_ref());
            }
        }
    }
}

impl OpenFile {
    /// Puts whole entries at the end and waits until they are on the disk. What an earlier attempt left is cut away.
    fn append(&mut self, disk: &dyn Disk, bytes: &[u8]) -> Result<(), SaveError> {
        let failed = |source| SaveError::disk("keep unsaved edits in", &self.names.journal)(source);
        if self.torn {
            disk.cut(&self.file, self.len).map_err(failed)?;
        }
        self.torn = true;
        disk.append(&mut self.file, bytes).map_err(failed)?;
        disk.sync_open(&self.file).map_err(failed)?;
        self.torn = false;
        self.len += bytes.len() as u64;
        Ok(())
    }
}

impl Library {
    /// Where the unsaved edits of one window are kept. Nothing is on the disk before the first of them.
    pub fn journal(&self) -> Journal {
        Journal::new(self.clone())
    }
}
