//! Reads the files of an import on a thread of its own, one request at a time: the newest one wins.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::SystemTime;

use super::{Base, FileRead, News, Outlook, Preview, Progress, Request};
use crate::plan::{Edit, Plan};
use crate::store::import::{
    self, ImportError, ImportOptions, Merge, Recognised, Source, Together, glance, merge_all, plan_for, recognise,
};
use crate::store::{Library, expanded};
use crate::tui::message::Failure;

/// A file that was read, kept as long as its import is open: another merge need not read it again.
struct Kept {
    path: PathBuf,
    written: Option<(SystemTime, u64)>,
    options: ImportOptions,
    read: Arc<Recognised>,
}

/// Reads files on request.
pub(in crate::tui) struct Reader {
    library: Library,
    wanted: Arc<AtomicU64>,
    kept: Arc<Mutex<Vec<Kept>>>,
}

impl Reader {
    pub(in crate::tui) fn new(library: Library) -> Self {
        Self { library, wanted: Arc::default(), kept: Arc::default() }
    }

    /// Begins to read; what was begun before is stopped.
    pub(in crate::tui) fn begin(&self, request: Request, answer: impl Fn(News) + Send + 'static) {
        self.wanted.store(request.number, Ordering::Relaxed);
        let (library, wanted, kept) = (self.library.clone(), Arc::clone(&self.wanted), Arc::clone(&self.kept));
        let number = request.number;
        let work = move || {
            let mut go_on = |progress: Progress| {
                let wanted = wanted.load(Ordering::Relaxed) == number;
                if wanted {
                    answer(News::Progress(progress));
                }
                wanted
            };
            // A defect in here may cost this one import, never the plan on the screen.
            let read = catch_unwind(AssertUnwindSafe(|| read(&library, &request, &kept, &mut go_on)));
            match read {
                Ok(Some(preview)) => answer(News::Read(Box::new(preview))),
                Ok(None) => {}
                Err(panic) => answer(News::Read(Box::new(broken(&request, panic.as_ref())))),
            }
        };
        // Where no thread can be had there is no memory to read files into either; the request stays unanswered and
        // can be stopped.
        let _ = thread::Builder::new().name("import".to_owned()).spawn(work);
    }

    /// Stops what was begun, and forgets what was read.
    pub(in crate::tui) fn stop(&self) {
        self.wanted.store(0, Ordering::Relaxed);
        if let Ok(mut kept) = self.kept.lock() {
            kept.clear();
        }
    }
}

/// Reads the files of a request at once, for a screen without threads.
#[cfg(test)]
pub(in crate::tui) fn read_now(library: &Library, request: &Request) -> Preview {
    let read = read(library, request, &Mutex::default(), &mut |_| true);
    read.unwrap_or_else(|| panic!("nobody stopped it"))
}

fn broken(request: &Request, panic: &(dyn Any + Send)) -> Preview {
    let reason = Failure::of_panic(panic).short;
    Preview { number: request.number, files: Vec::new(), base: None, outlook: Err(reason) }
}

/// Reads all files of a request; `None` where it was stopped.
fn read(
    library: &Library,
    request: &Request,
    kept: &Mutex<Vec<Kept>>,
    go_on: &mut dyn FnMut(Progress) -> bool,
) -> Option<Preview> {
    let mut files = Vec::with_capacity(request.files.len());
    for (at, (path, options)) in request.files.iter().zip(&request.options).enumerate() {
        let path = expanded(path);
        let mut last = 0;
        let mut progress = |progress: import::Progress| {
            let percent = u8::try_from(progress.done * 100 / progress.of.max(1)).unwrap_or(100).min(100);
            let same = std::mem::replace(&mut last, percent) == percent && percent > 0;
            same || go_on(Progress { number: request.number, file: at, percent })
        };
        files.push(read_file(path, options, request, kept, &mut progress)?);
    }
    if !go_on(Progress { number: request.number, file: files.len(), percent: 100 }) {
        return None;
    }
    Some(merged(library, request, files))
}

fn read_file(
    path: PathBuf,
    options: &ImportOptions,
    request: &Request,
    kept: &Mutex<Vec<Kept>>,
    progress: &mut dyn FnMut(import::Progress) -> bool,
) -> Option<FileRead> {
    let source = Source::file(&path);
    let written = source.written();
    let wanted = options.for_reading();
    let same = |kept: &&Kept| kept.path == path && kept.written == written && kept.options == wanted;
    let known = kept.lock().ok().and_then(|kept| kept.iter().find(same).map(|kept| Arc::clone(&kept.read)));
    let rows = match known {
        Some(read) => Ok(read),
        None => recognise(&source, &wanted, request.today, progress).map(Arc::new),
    };
    let file = |form, rows| FileRead { form, rows, before: None, summary: None };
    match rows {
        Ok(read) => {
            keep(kept, Kept { path, written, options: wanted, read: Arc::clone(&read) });
            Some(file(Some(read.form.clone()), Ok(read)))
        }
        Err(ImportError::Stopped) => None,
        Err(error) => Some(file(glance(&source, &wanted, request.today).ok(), Err(said(&error)))),
    }
}

fn keep(kept: &Mutex<Vec<Kept>>, read: Kept) {
    if let Ok(mut kept) = kept.lock() {
        // Of each file the last reading alone.
        kept.retain(|other| other.path != read.path);
        kept.push(read);
    }
}

/// What the files that were read do to the plan.
fn merged(library: &Library, request: &Request, mut files: Vec<FileRead>) -> Preview {
    let base = base(library, request, &files);
    let path = match &request.base {
        Base::New { .. } => None,
        Base::Open(_, path) => path.as_deref(),
        Base::Listed(path) => Some(path.as_path()),
    };
    mark_known(library, path, &mut files);
    let outlook = base.as_ref().map_err(Clone::clone).and_then(|base| outlook(base, request, &files));
    let outlook = outlook.map(|together| {
        for (file, summary) in files.iter_mut().zip(together.summaries) {
            file.summary = Some(summary);
        }
        let channels = match &together.edit {
            Edit::Import { replaced, added, .. } => replaced.len() + added.len(),
            _ => 0,
        };
        Outlook { edit: together.edit, channels }
    });
    Preview { number: request.number, files, base: base.ok(), outlook }
}

/// The plan as it is.
fn base(library: &Library, request: &Request, files: &[FileRead]) -> Result<Plan, String> {
    match &request.base {
        Base::New { name, cadence } => {
            let read: Vec<&Recognised> = files.iter().filter_map(|file| file.rows.as_deref().ok()).collect();
            Ok(plan_for(name, &read, *cadence))
        }
        Base::Open(plan, _) => Ok((**plan).clone()),
        Base::Listed(path) => library.open(path).map(|opened| opened.plan).map_err(|error| error.summary()),
    }
}

/// Notes which files were imported into the plan before, or are among the others twice.
fn mark_known(library: &Library, path: Option<&Path>, files: &mut [FileRead]) {
    let mut seen = Vec::new();
    for file in files {
        let Ok(read) = &file.rows else { continue };
        let mark = (read.checksum, read.len);
        let before = path.and_then(|path| library.imported_before(path, mark.0, mark.1));
        let twice = seen.contains(&mark).then(|| "just now, among these files".to_owned());
        seen.push(mark);
        file.before = before.or(twice);
    }
}

fn outlook(base: &Plan, request: &Request, files: &[FileRead]) -> Result<Together, String> {
    let name = |at: usize| request.files.get(at).map_or_else(String::new, |file| super::shown(file));
    let mut read = Vec::with_capacity(files.len());
    for (at, (file, options)) in files.iter().zip(&request.options).enumerate() {
        let rows = file.rows.as_ref().map_err(|reason| format!("{}: {reason}", name(at)))?;
        if let Some(day) = file.before.clone().filter(|_| options.merge == Merge::Add && !options.again) {
            return Err(format!("{}: {}", name(at), said(&ImportError::AddedBefore(day))));
        }
        read.push((rows.as_ref(), options));
    }
    merge_all(base, &read).map_err(|(at, error)| format!("{}: {}", name(at), said(&error)))
}

/// Why not, and what to do about it.
fn said(error: &ImportError) -> String {
    error.on_the_screen().map_or_else(|| error.to_string(), |way| format!("{error}: {way}"))
}
