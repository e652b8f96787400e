//! Edits that a crash left are found whole, whatever happened to the files meanwhile.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::*;
use crate::plan::{Brief, Cadence, Channel, Deed, Edit, Field, Layer};
use crate::plan::{CellChange, CellValue};
use crate::store::faulty::FaultyDisk;
use crate::store::{Home, read_plan, write_plan};

mod deeds;
mod hostile;

struct Bench {
    folder: TempDir,
    disk: Arc<FaultyDisk>,
    library: Library,
}

impl Bench {
    /// What a killed window left. A child that another test starts meanwhile holds every lock until it runs its own
    /// program, so a journal that is there is asked for again.
    fn left(&self, path: &Path, now: Option<&Stamp>) -> Option<Result<Found, Broken>> {
        for _ in 0..200 {
            let found = self.library.unsaved_edits(path, now);
            if found.is_some() || files(&self.library.home().recovery_dir) == 0 {
                return found;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        None
    }
}

fn bench() -> Bench {
    let folder = TempDir::new().unwrap();
    let disk = Arc::new(FaultyDisk::default());
    let library = Library::on(Home::in_folder(folder.path().join("home")), disk.clone());
    Bench { folder, disk, library }
}

fn plan() -> Plan {
    let mut plan = Plan::new(Brief::new("Autumn 百度", Cadence::Month));
    for name in ["SEO", "百度", "Ads"] {
        plan.channels.push_back(Arc::new(Channel::new(name)));
    }
    plan
}

fn typed(channel: usize, value: f64) -> Edit {
    let day = jiff::civil::date(2026, 9, 1);
    let value = CellValue::Number(Field::Deals, Some(value));
    Edit::Cells(vec![CellChange { channel, layer: Layer::Actual, day, value }])
}

/// Six edits of all sorts, two of them undone, one done again.
fn work(history: &mut History) {
    history.edit(&typed(0, 5.0), "SEO · deals — → 5").unwrap();
    history.edit(&typed(1, 7.0), "百度 · deals — → 7\u{1b}[0m").unwrap();
    history.edit(&Edit::MoveChannel { from: 0, to: 2 }, "moved").unwrap();
    history.edit(&Edit::RemoveChannel { at: 1 }, "removed").unwrap();
    let brief = Brief { note: "later".into(), ..history.plan().brief.clone() };
    history.edit(&Edit::ReplaceBrief(Box::new(brief)), "note").unwrap();
    history.edit(&Edit::Coarsen(Cadence::Month), "nothing").unwrap();
    history.edit(&typed(0, 9.0), "百度 · deals 7 → 9").unwrap();
    history.undo();
    history.undo();
    history.redo();
}

/// All states that undo and redo lead to.
fn states(mut history: History) -> Vec<(Plan, String)> {
    while history.redo().is_some() {}
    let mut states = vec![(history.plan().clone(), String::new())];
    while let Some(done) = history.undo().map(str::to_owned) {
        states.push((history.plan().clone(), done));
    }
    states
}

/// A plan in the list, and a window that has edited it and was killed.
fn crashed(bench: &Bench) -> (PathBuf, Stamp, History) {
    let saved = bench.library.create(&plan()).unwrap();
    let mut history = History::of_saved(plan());
    let mut journal = bench.library.journal();
    journal.begin(plan(), Some((saved.path.clone(), saved.stamp.clone())), &[]).unwrap();
    work(&mut history);
    for deed in history.take_deeds() {
        journal.keep(&[deed]).unwrap();
    }
    (saved.path, saved.stamp, history)
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

#[track_caller]
fn assert_found(found: Option<Result<Found, Broken>>, expected: &History) -> Found {
    let found = found.expect("edits are found").expect("they can be read");
    assert_eq!(found.history.plan(), expected.plan());
    assert_eq!(states(found.history.clone()), states(expected.clone()));
    assert!(!found.damaged);
    found
}

#[test]
fn nothing_is_written_before_the_first_edit_and_nothing_stays_after_a_save() {
    let bench = bench();
    let mut journal = bench.library.journal();
    journal.begin(plan(), None, &[]).unwrap();
    journal.keep(&[]).unwrap();
    assert!(!bench.library.home().recovery_dir.exists());
    journal.keep(&[Deed::Done(plan(), "x".into())]).unwrap();
    assert_eq!(files(&bench.library.home().recovery_dir), 2);
    journal.begin(plan(), None, &[]).unwrap();
    assert_eq!(files(&bench.library.home().recovery_dir), 0);
}

#[test]
fn the_whole_history_is_found_after_a_crash() {
    let bench = bench();
    let (path, stamp, history) = crashed(&bench);
    let found = assert_found(bench.left(&path, Some(&stamp)), &history);
    let mut again = found.history;
    while again.undo().is_some() {}
    assert!(!again.is_unsaved(), "the first state is the saved one");
    bench.library.discard_edits(&found.leftover.journal);
    assert!(bench.library.unsaved_edits(&path, Some(&stamp)).is_none());
    assert_eq!(files(&bench.library.home().recovery_dir), 0);
}

#[cfg(unix)]
#[test]
fn edits_are_found_after_the_plan_was_moved_and_a_link_put_in_its_place() {
    let bench = bench();
    let (path, stamp, history) = crashed(&bench);
    let moved = bench.folder.path().join("synced.ron");
    fs::rename(&path, &moved).unwrap();
    std::os::unix::fs::symlink(&moved, &path).unwrap();
    assert_found(bench.left(&path, Some(&stamp)), &history);
}

#[cfg(unix)]
#[test]
fn edits_made_through_a_link_are_found_by_its_file_and_after_another_took_its_place() {
    let bench = bench();
    let (file, link) = (bench.folder.path().join("synced.ron"), bench.folder.path().join("link.ron"));
    let saved = bench.library.save(&plan(), &file, None).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let mut history = History::of_saved(plan());
    history.edit(&typed(0, 7.0), "typed").unwrap();
    let mut journal = bench.library.journal();
    journal.begin(plan(), Some((link.clone(), saved.stamp)), &history.take_deeds()).unwrap();
    drop(journal);
    assert_found(bench.left(&file, None), &history);
    fs::remove_file(&link).unwrap();
    fs::write(&link, write_plan(&plan())).unwrap();
    assert_found(bench.left(&link, None), &history);
}

#[test]
fn two_plans_of_one_name_in_two_folders_have_edits_of_their_own() {
    let bench = bench();
    let mut histories = Vec::new();
    for folder in ["here", "there"] {
        let path = bench.folder.path().join(folder).join("plan.ron");
        fs::create_dir(path.parent().unwrap()).unwrap();
        let saved = bench.library.save(&plan(), &path, None).unwrap();
        let mut history = History::of_saved(plan());
        history.edit(&typed(0, histories.len() as f64), folder).unwrap();
        let mut journal = bench.library.journal();
        journal.begin(plan(), Some((path.clone(), saved.stamp)), &history.take_deeds()).unwrap();
        histories.push((path, history));
    }
    for (path, history) in &histories {
        let found = assert_found(bench.left(path, None), history);
        assert_eq!(found.leftover.place.as_ref(), Some(path));
    }
    bench.library.discard_edits(&bench.library.unsaved_edits(&histories[0].0, None).unwrap().unwrap().leftover.journal);
    assert_found(bench.left(&histories[1].0, None), &histories[1].1);
}

#[test]
fn whatever_step_of_finding_fails_no_edit_is_lost() {
    for at in 0.. {
        let bench = bench();
        let (path, stamp, history) = crashed(&bench);
        bench.disk.fail_at(at, ErrorKind::PermissionDenied);
        let found = bench.library.unsaved_edits(&path, Some(&stamp));
        let Some(failed) = bench.disk.heal() else { break };
        assert!(found.is_some(), "{failed} failed, and nothing is told");
        assert_found(bench.left(&path, Some(&stamp)), &history);
    }
}

#[cfg(unix)]
#[test]
fn edits_are_found_by_any_way_that_leads_to_the_file() {
    let bench = bench();
    let (path, stamp, history) = crashed(&bench);
    let link = bench.folder.path().join("link.ron");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert_found(bench.left(&link, Some(&stamp)), &history);
}

#[test]
fn edits_survive_whatever_happened_to_the_plans_file() {
    for what in ["changed", "gone", "a folder", "rubbish"] {
        let bench = bench();
        let (path, stamp, history) = crashed(&bench);
        fs::remove_file(&path).unwrap();
        match what {
            "changed" => fs::write(&path, "(version: 1, name: \"theirs\", cadence: Month)").unwrap(),
            "a folder" => fs::create_dir(&path).unwrap(),
            "rubbish" => fs::write(&path, [0xff, 0]).unwrap(),
            _ => assert_found(bench.library.lost_edits(), &history).history.take_deeds().clear(),
        }
        assert_found(bench.left(&path, Some(&stamp)), &history);
        let lost = bench.library.lost_edits().is_some();
        assert_eq!(lost, what != "changed", "{what}: what can be opened offers its edits by itself");
    }
}

#[test]
fn a_file_that_was_changed_before_the_first_edit_is_not_taken_for_the_first_plan() {
    let bench = bench();
    let saved = bench.library.create(&plan()).unwrap();
    fs::write(&saved.path, "(version: 1, name: \"theirs\", cadence: Month)").unwrap();
    let mut history = History::of_saved(plan());
    work(&mut history);
    let mut journal = bench.library.journal();
    journal.begin(plan(), Some((saved.path.clone(), saved.stamp.clone())), &[]).unwrap();
    journal.keep(&history.take_deeds()).unwrap();
    drop(journal);
    assert_found(bench.left(&saved.path, Some(&saved.stamp)), &history);
}

#[test]
fn edits_of_a_plan_that_lies_nowhere_are_lost_edits() {
    let bench = bench();
    let mut history = History::of_unsaved(plan());
    let mut journal = bench.library.journal();
    journal.begin(plan(), None, &[]).unwrap();
    work(&mut history);
    journal.keep(&history.take_deeds()).unwrap();
    assert!(bench.library.lost_edits().is_none(), "the window still lives");
    drop(journal);
    let found = assert_found(bench.library.lost_edits(), &history);
    assert_eq!(found.leftover.place, None);
    let path = bench.library.rescue(found.history.plan(), &found.leftover.journal).unwrap();
    assert_eq!(bench.library.open(&path).unwrap().plan, *history.plan());
    assert!(bench.library.lost_edits().is_none());
}

#[test]
fn two_windows_keep_two_journals_and_the_newest_is_offered_first() {
    let bench = bench();
    let (path, stamp, _) = crashed(&bench);
    let old = bench.library.home().recovery_dir.clone();
    for entry in fs::read_dir(&old).unwrap() {
        let file = fs::File::options().write(true).open(entry.unwrap().path()).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    }
    let mut journal = bench.library.journal();
    journal.begin(plan(), Some((path.clone(), stamp.clone())), &[]).unwrap();
    let mut history = History::of_saved(plan());
    history.edit(&typed(2, 1.0), "the second window").unwrap();
    journal.keep(&history.take_deeds()).unwrap();
    drop(journal);
    let found = assert_found(bench.left(&path, Some(&stamp)), &history);
    bench.library.discard_edits(&found.leftover.journal);
    assert!(bench.library.unsaved_edits(&path, Some(&stamp)).is_some());
}

#[test]
fn of_two_journals_of_one_window_the_later_one_counts() {
    let bench = bench();
    let (path, stamp, history) = crashed(&bench);
    let folder = &bench.library.home().recovery_dir;
    let old = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let kept = old.map(|path| (path.clone(), fs::read(path).unwrap())).collect::<Vec<_>>();
    let found = assert_found(bench.left(&path, Some(&stamp)), &history);
    // The same window saves, edits on, and is killed before the first journal is gone.
    let mut journal = bench.library.journal();
    journal.go_on(&found.leftover, found.history.plan().clone()).unwrap();
    let saved = bench.library.save(found.history.plan(), &path, Some(&stamp)).unwrap();
    let mut after = History::of_saved(found.history.plan().clone());
    after.edit(&typed(0, 77.0), "after the save").unwrap();
    journal.begin(found.history.plan().clone(), Some((path.clone(), saved.stamp)), &after.take_deeds()).unwrap();
    drop(journal);
    for (path, bytes) in kept {
        fs::write(path, bytes).unwrap();
    }
    let found = assert_found(bench.left(&path, None), &after);
    bench.library.discard_edits(&found.leftover.journal);
    assert!(bench.library.unsaved_edits(&path, None).is_none(), "the first one is gone with it");
}

#[test]
fn a_journal_that_was_taken_goes_on() {
    let bench = bench();
    let (path, stamp, history) = crashed(&bench);
    let found = assert_found(bench.left(&path, Some(&stamp)), &history);
    // A half-written entry at its end is no hindrance.
    let torn = [fs::read(&found.leftover.journal).unwrap(), b"done 99 00".to_vec()].concat();
    fs::write(&found.leftover.journal, torn).unwrap();
    let mut taken = found.history;
    let mut journal = bench.library.journal();
    journal.go_on(&found.leftover, taken.plan().clone()).unwrap();
    taken.edit(&typed(0, 11.0), "more").unwrap();
    journal.keep(&taken.take_deeds()).unwrap();
    assert!(bench.library.unsaved_edits(&path, Some(&stamp)).is_none(), "a living window has it");
    drop(journal);
    assert_found(bench.left(&path, Some(&stamp)), &taken);
}

#[test]
fn whatever_step_fails_the_next_edit_keeps_both() {
    for first in [false, true] {
        for at in 0.. {
            let bench = bench();
            let saved = bench.library.create(&plan()).unwrap();
            let mut journal = bench.library.journal();
            let mut history = History::of_saved(plan());
            journal.begin(plan(), Some((saved.path.clone(), saved.stamp.clone())).filter(|_| !first), &[]).unwrap();
            bench.disk.fail_at(at, ErrorKind::StorageFull);
            history.edit(&typed(0, 5.0), "one").unwrap();
            let kept = journal.keep(&history.take_deeds());
            let failed = bench.disk.heal();
            if kept.is_ok() {
                drop(journal);
                let found =
                    if first { bench.library.lost_edits() } else { bench.library.unsaved_edits(&saved.path, None) };
                assert_eq!(found.unwrap().unwrap().history.plan(), history.plan(), "{failed:?} was survived");
            } else {
                history.edit(&typed(1, 6.0), "two").unwrap();
                journal.keep(&history.take_deeds()).unwrap();
                drop(journal);
                let found =
                    if first { bench.library.lost_edits() } else { bench.library.unsaved_edits(&saved.path, None) };
                assert_eq!(states(found.unwrap().unwrap().history), states(history), "{failed:?}");
            }
            if failed.is_none() {
                break;
            }
        }
    }
}

#[test]
fn a_large_plan_that_is_saved_before_it_is_copied_leaves_what_the_edits_began_with() {
    let bench = bench();
    let mut large = plan();
    large.channels.extend((0..12_000).map(|at| Arc::new(Channel::new(format!("{at} {}", "long ".repeat(20))))));
    let saved = bench.library.create(&large).unwrap();
    assert!(saved.stamp.len > crate::store::library::LARGE_FILE);
    let mut history = History::of_saved(large.clone());
    let mut journal = bench.library.journal();
    journal.begin(large, Some((saved.path.clone(), saved.stamp.clone())), &[]).unwrap();
    history.edit(&typed(0, 5.0), "typed").unwrap();
    // Another process saves while the copy is about to be made; then this one is killed.
    let (home, path) = (bench.library.home().clone(), saved.path.clone());
    bench.disk.before_temporary(move |_| {
        Library::new(home.clone()).save(&plan(), &path, None).unwrap();
        panic!("killed");
    });
    let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| journal.keep(&history.take_deeds())));
    assert!(killed.is_err());
    drop(journal);
    let found = bench.left(&saved.path, None).unwrap().unwrap();
    assert_eq!(found.history.plan(), history.plan());
}

#[test]
fn a_journal_that_grows_too_long_begins_anew() {
    let bench = bench();
    let saved = bench.library.create(&plan()).unwrap();
    let mut journal = bench.library.journal();
    journal.begin(plan(), Some((saved.path.clone(), saved.stamp.clone())), &[]).unwrap();
    let mut history = History::of_saved(plan());
    for number in 0..30 {
        let note = format!("{number}").repeat(1 << 19);
        let brief = Brief { note, ..history.plan().brief.clone() };
        history.edit(&Edit::ReplaceBrief(Box::new(brief)), "a long note").unwrap();
        journal.keep(&history.take_deeds()).unwrap();
    }
    drop(journal);
    assert_eq!(files(&bench.library.home().recovery_dir), 2);
    let found = bench.library.unsaved_edits(&saved.path, Some(&saved.stamp)).unwrap().unwrap();
    assert_eq!(found.history.plan(), history.plan());
    assert!(fs::metadata(&found.leftover.journal).unwrap().len() < 17 << 20);
}

#[test]
fn a_journal_cut_anywhere_gives_the_edits_before_the_cut() {
    let bench = bench();
    let (path, stamp, history) = crashed(&bench);
    let journal = bench.library.unsaved_edits(&path, None).unwrap().unwrap().leftover.journal;
    let whole = fs::read(&journal).unwrap();
    let all = states(history);
    let mut entries = entry::Entries::of(&whole).unwrap();
    entries.next();
    let opening = entries.at;
    entries.next();
    let first = entries.at;
    for len in 0..whole.len() {
        fs::write(&journal, &whole[..len]).unwrap();
        match bench.library.unsaved_edits(&path, Some(&stamp)) {
            None => assert!(len < first, "{len} of {} bytes hold edits", whole.len()),
            Some(Ok(found)) => assert!(all.iter().any(|(plan, _)| plan == found.history.plan()), "cut at {len}"),
            Some(Err(broken)) => {
                assert!(len < opening, "cut at {len}: {broken}");
                assert_eq!(fs::read(&broken.lies).unwrap().len(), len, "it is put aside as it was");
                fs::remove_file(&broken.lies).unwrap();
            }
        }
        // What holds no edits is taken away, with the plan that they began with; that lies in its own file, too.
        fs::write(&journal, &whole).unwrap();
    }
}

#[test]
fn a_journal_without_the_plan_it_began_with_is_put_aside_and_says_so() {
    let bench = bench();
    let (path, stamp, _) = crashed(&bench);
    let found = bench.library.unsaved_edits(&path, Some(&stamp)).unwrap().unwrap();
    fs::remove_file(found.leftover.journal.with_extension("ron")).unwrap();
    fs::remove_file(&path).unwrap();
    let broken = bench.library.unsaved_edits(&path, None).unwrap().unwrap_err();
    assert!(broken.to_string().contains("the plan that they began with is gone"), "{broken}");
    assert!(broken.lies.exists());
    assert!(bench.library.unsaved_edits(&path, None).is_none(), "it is told once");
}
