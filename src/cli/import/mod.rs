//! `funnel-tui import FILE... --into PLAN`: exports of platforms become records of a plan, all of them or none.

mod args;
mod json;
mod text;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::plan::{Plan, printable, validate_brief};
use crate::store::import::{self, ImportError, ImportOptions, Merge, Progress, Recognised, Source, Summary};
use crate::store::{Library, Opened};

pub(super) use self::args::ImportArgs;
use self::args::ImportFormat;
use super::failure::Failure;
use super::{out, screen, source};

/// Smaller files are read before anybody could look at a bar.
const WORTH_A_BAR: u64 = 4_000_000;

/// A file, what was recognised of it, and what it does to the plan.
struct Done {
    file: String,
    recognised: Recognised,
    summary: Summary,
    /// The day on which it was imported before.
    before: Option<String>,
}

/// The plan that files go into.
struct Target {
    plan: Plan,
    /// The file that it was opened from; `None` for a plan that is new.
    opened: Option<Opened>,
    /// Where a new plan goes that was asked for as a path.
    path: Option<PathBuf>,
}

pub(super) fn run(args: &ImportArgs) -> Result<(), Failure> {
    if args.open {
        screen::need_terminal()?;
    }
    let library = source::library()?;
    let opened = opened(&library, &args.into)?;
    let mut options = args.options();
    if let (Some(opened), None) = (&opened, options.cadence) {
        options.cadence = Some(opened.plan.brief.cadence);
    }
    let today = crate::store::clock::now().date();
    let mut read = Vec::with_capacity(args.files.len());
    for file in &args.files {
        read.push((shown(file), recognise(file, &options, today)?));
    }
    let mut target = target(&library, opened, &args.into, &read, &options)?;
    // The plan's own cadence is now known, also where it is new.
    options.cadence = None;
    let done = merge_all(&library, &mut target, read, &options)?;
    let path = if args.dry_run { None } else { Some(save(&library, &target, &done)?) };
    let answer = match args.format {
        ImportFormat::Text => text::write(&target.plan, path.as_deref(), &done),
        ImportFormat::Json => json::write(&target.plan, path.as_deref(), &done),
    };
    out::answer(&answer)?;
    match path {
        Some(path) if args.open => screen::improve(library, path),
        _ => Ok(()),
    }
}

fn shown(file: &Path) -> String {
    if file == Path::new("-") { "standard input".to_owned() } else { file.to_string_lossy().into_owned() }
}

/// The plan that the user means, if there is one.
fn opened(library: &Library, into: &Path) -> Result<Option<Opened>, Failure> {
    if into == Path::new(source::DEMO) {
        return Err(Failure::IntoDemo);
    }
    match source::open(library, into) {
        Ok(opened) => Ok(Some(opened)),
        Err(Failure::NotFound(missing)) if missing.several.is_empty() => Ok(None),
        Err(failure) => Err(failure),
    }
}

fn recognise(file: &Path, options: &ImportOptions, today: Date) -> Result<Recognised, Failure> {
    let failed = |error| Failure::Import { file: shown(file), error };
    let source = if file == Path::new("-") {
        Source::spooled("standard input", std::io::stdin().lock()).map_err(failed)?
    } else {
        Source::file(file)
    };
    let bar = std::io::stderr().is_terminal();
    let mut drawn = None;
    let name = printable(&source.name).into_owned();
    let read = import::recognise(&source, options, today, &mut |progress| {
        if bar && progress.of >= WORTH_A_BAR {
            draw(&name, progress, &mut drawn);
        }
        true
    });
    if drawn.is_some() {
        let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
    }
    read.map_err(failed)
}

/// One line that is written over, whenever another percent is done.
fn draw(name: &str, progress: Progress, drawn: &mut Option<u64>) {
    const WIDTH: u64 = 30;
    let percent = progress.done * 100 / progress.of.max(1);
    if drawn.replace(percent) == Some(percent) {
        return;
    }
    let full = (percent * WIDTH / 100) as usize;
    let bar = "█".repeat(full) + &"·".repeat(WIDTH as usize - full);
    let _ = write!(std::io::stderr().lock(), "\r{bar} {percent:3} % {name}");
}

/// The plan as it was opened, or an empty one that fits the files.
fn target(
    library: &Library,
    opened: Option<Opened>,
    into: &Path,
    read: &[(String, Recognised)],
    options: &ImportOptions,
) -> Result<Target, Failure> {
    if let Some(opened) = opened {
        return Ok(Target { plan: opened.plan.clone(), opened: Some(opened), path: None });
    }
    let is_path = into.components().count() > 1 || into.extension().is_some_and(|extension| extension == "ron");
    let name = if is_path { into.file_stem().unwrap_or_default() } else { into.as_os_str() };
    let name = name.to_string_lossy().trim().to_owned();
    let files: Vec<&Recognised> = read.iter().map(|(_, file)| file).collect();
    let plan = import::plan_for(&name, &files, options.cadence);
    if let Some(problem) = validate_brief(&plan.brief).into_iter().next() {
        return Err(Failure::BadName { name, why: problem.to_string() });
    }
    // Without a folder, or with a plain `.ron`, a name stands for the list.
    let path = is_path
        .then(|| if into.components().count() > 1 { into.to_owned() } else { library.home().plans_dir.join(into) });
    Ok(Target { plan, opened: None, path })
}

fn merge_all(
    library: &Library,
    target: &mut Target,
    read: Vec<(String, Recognised)>,
    options: &ImportOptions,
) -> Result<Vec<Done>, Failure> {
    let files: Vec<_> = read.iter().map(|(_, recognised)| (recognised, options)).collect();
    let together = import::merge_all(&target.plan, &files)
        .map_err(|(at, error)| Failure::Import { file: read[at].0.clone(), error })?;
    let mut done: Vec<Done> = Vec::with_capacity(read.len());
    for ((file, recognised), summary) in read.into_iter().zip(together.summaries) {
        let twice = done.iter().any(|other| other.recognised.checksum == recognised.checksum);
        let opened = target.opened.as_ref();
        let before =
            opened.and_then(|opened| library.imported_before(&opened.path, recognised.checksum, recognised.len));
        let before = before.or_else(|| twice.then(|| "just now".to_owned()));
        if let Some(day) = before.clone().filter(|_| options.merge == Merge::Add && !options.again) {
            return Err(Failure::Import { file, error: ImportError::AddedBefore(day) });
        }
        done.push(Done { file, recognised, summary, before });
    }
    target.plan = together.plan;
    Ok(done)
}

fn save(library: &Library, target: &Target, done: &[Done]) -> Result<PathBuf, Failure> {
    let saved = match (&target.opened, &target.path) {
        (Some(opened), _) => library.save(&target.plan, &opened.path, Some(&opened.stamp))?,
        (None, Some(path)) => library.save(&target.plan, path, None)?,
        (None, None) => library.create(&target.plan)?,
    };
    for file in done {
        // Only the word "imported before" would be missing next time.
        let _ = library.remember_import(&saved.path, file.recognised.checksum, file.recognised.len);
    }
    Ok(saved.path)
}
