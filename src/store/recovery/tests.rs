//! Edits that a crash left are found whole, whatever happened to the files meanwhile.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tempfile::TempDir;

use super::*;
use crate::plan::{Brief, Cadence, Channel, Deed, Edit, Field, Layer};
use crate::plan::{CellChange, CellValue};
use crate::store::faulty::FaultyDisk;
use crate::store::{Home, read_plan, write_plan};

struct Bench {
    folder: TempDir,
    disk: Arc<FaultyDisk>,
    library: Library,
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
    let found = assert_found(bench.library.unsaved_edits(&path, Some(&stamp)), &history);
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
    assert_found(bench.library.unsaved_edits(&path, Some(&stamp)), &history);
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
    assert_found(bench.library.unsaved_edits(&file, None), &history);
    fs::remove_file(&link).unwrap();
    fs::write(&link, write_plan(&plan())).unwrap();
    assert_found(bench.library.unsaved_edits(&link, None), &history);
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
        let found = assert_found(bench.library.unsaved_edits(path, None), history);
        assert_eq!(found.leftover.place.as_ref(), Some(path));
    }
    bench.library.discard_edits(&bench.library.unsaved_edits(&histories[0].0, None).unwrap().unwrap().leftover.journal);
    assert_found(bench.library.unsaved_edits(&histories[1].0, None), &histories[1].1);
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
        assert_found(bench.library.unsaved_edits(&path, Some(&stamp)), &history);
    }
}

#[cfg(unix)]
#[test]
fn edits_are_found_by_any_way_that_leads_to_the_file() {
    let bench = bench();
    let (path, stamp, history) = crashed(&bench);
    let link = bench.folder.path().join("link.ron");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert_found(bench.library.unsaved_edits(&link, Some(&stamp)), &history);
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
        assert_found(bench.library.unsaved_edits(&path, Some(&stamp)), &history);
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
    assert_found(bench.library.unsaved_edits(&saved.path, Some(&saved.stamp)), &history);
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
    let found = assert_found(bench.library.unsaved_edits(&path, Some(&stamp)), &history);
    bench.library.discard_edits(&found.leftover.journal);
    assert!(bench.library.unsaved_edits(&path, Some(&stamp)).is_some());
}

#[test]
fn an_undo_beyond_the_last_save_is_found_too() {
    let bench = bench();
    let mut history = History::of_saved(plan());
    history.edit(&typed(0, 1.0), "before the save").unwrap();
    let saved = bench.library.create(history.plan()).unwrap();
    history.mark_saved(history.revision());
    history.take_deeds();
    let mut journal = bench.library.journal();
    journal.begin(history.plan().clone(), Some((saved.path.clone(), saved.stamp)), &[]).unwrap();
    history.undo();
    journal.keep(&history.take_deeds()).unwrap();
    history.redo();
    history.undo();
    history.edit(&typed(1, 2.0), "after it").unwrap();
    history.undo();
    history.redo();
    journal.keep(&history.take_deeds()).unwrap();
    drop(journal);
    let found = bench.library.unsaved_edits(&saved.path, None).unwrap().unwrap();
    assert_eq!(found.history.plan(), history.plan());
    assert!(!found.damaged);
}

#[test]
fn of_two_journals_of_one_window_the_later_one_counts() {
    let bench = bench();
    let (path, stamp, history) = crashed(&bench);
    let folder = &bench.library.home().recovery_dir;
    let old = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let kept = old.map(|path| (path.clone(), fs::read(path).unwrap())).collect::<Vec<_>>();
    let found = assert_found(bench.library.unsaved_edits(&path, Some(&stamp)), &history);
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
    let found = assert_found(bench.library.unsaved_edits(&path, None), &after);
    bench.library.discard_edits(&found.leftover.journal);
    assert!(bench.library.unsaved_edits(&path, None).is_none(), "the first one is gone with it");
}

#[test]
fn a_journal_that_was_taken_goes_on() {
    let bench = bench();
    let (path, stamp, history) = crashed(&bench);
    let found = assert_found(bench.library.unsaved_edits(&path, Some(&stamp)), &history);
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
    assert_found(bench.library.unsaved_edits(&path, Some(&stamp)), &taken);
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

/// A journal of that text, after its title and its opening.
fn hostile(bench: &Bench, deeds: &[u8]) -> Option<Result<Found, Broken>> {
    let (path, stamp, _) = crashed(bench);
    let journal = bench.library.unsaved_edits(&path, None).unwrap().unwrap().leftover.journal;
    let turn = Turn { window: "w".into(), nth: 1 };
    let opened = entry::Opened { turn, plan: Some(path.display().to_string()), base: stamp.sum(), began: "x".into() };
    let bytes = [entry::TITLE.as_bytes(), &opened.frame(), deeds].concat();
    fs::write(&journal, bytes).unwrap();
    bench.library.unsaved_edits(&path, Some(&stamp))
}

#[test]
fn what_cannot_have_happened_ends_the_journal() {
    for text in [
        "(done: \"x\", channels: (at: 9, cut: 1, put: []))",
        "(done: \"x\", channels: (at: 0, cut: 0, put: [(new: (name: \"Ads\"))]))",
        "(done: \"x\", channels: (at: 0, cut: 1, put: [(new: (name: \"SEO\", max_uv: -1))]))",
        "(done: \"x\", channels: (at: 0, cut: 1, put: [(new: (name: \"SEO\", max_uv: NaN))]))",
        "(done: \"x\", channels: (at: 0, cut: 1, put: [(new: (name: \"SEO\", actual: {\"2026-09-02\": (uv: 1)}))]))",
        "(done: \"x\", brief: (version: 1, name: \"\", cadence: Month))",
        "(done: \"x\", tactics: (at: 0, cut: 0, put: [(new: (title: \"t\", link: Close, channel: \"nobody\"))]))",
        "(done: 1)",
        "((((((((((((((((((",
    ] {
        let bench = bench();
        let good = frame("done", "(done: \"good\", channels: (at: 0, cut: 1, put: []))");
        let found = hostile(&bench, &[good, frame("done", text)].concat()).unwrap().unwrap();
        assert!(found.damaged, "{text}");
        assert_eq!(found.history.plan().channels.len(), 2, "{text}: the edit before it is kept");
    }
    let found = hostile(&bench(), &frame("undone", ""));
    assert!(found.unwrap().unwrap().damaged);
}

fn frame(kind: &str, text: &str) -> Vec<u8> {
    let sum = crate::store::sum::Sum::of(text.as_bytes()).checksum;
    format!("{kind} {} {sum:016x}\n{text}\n", text.len()).into_bytes()
}

#[test]
fn very_many_deeds_are_repeated_soon() {
    let bench = bench();
    let add = frame("done", "(done: \"a\", channels: (at: 0, cut: 1, put: []))");
    let back = frame("undone", "");
    let deeds: Vec<u8> = [add, back].concat().repeat(20_000);
    let began = std::time::Instant::now();
    assert_eq!(hostile(&bench, &deeds).unwrap().unwrap().history.plan(), &plan());
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}

#[test]
fn what_is_undone_later_is_not_forgotten_however_much_it_needs() {
    let bench = bench();
    let add = |name: &str| {
        frame(
            "done",
            &format!("(done: \"{name}\", tactics: (at: 0, cut: 0, put: [(new: (title: \"{name}\", link: Close))]))"),
        )
    };
    let mut deeds: Vec<u8> = (0..3000).flat_map(|at| add(&format!("t{at}"))).collect();
    deeds.extend(frame("undone", "").repeat(5));
    let found = hostile(&bench, &deeds).unwrap().unwrap();
    assert!(!found.damaged);
    assert_eq!(found.history.plan().tactics.len(), 2995);
    assert!(found.history.reach().0 < 2995, "the oldest states are not kept");
}

/// A journal of those deeds, whose first plan is [`plan`].
fn journal_of(deeds: &[u8]) -> Vec<u8> {
    let turn = Turn { window: "w".into(), nth: 1 };
    let base = Sum::of(write_plan(&plan()).as_bytes());
    let opened = entry::Opened { turn, plan: None, base, began: "x".into() };
    [entry::TITLE.as_bytes(), &opened.frame(), deeds].concat()
}

/// Journals of about a megabyte each that ask for more than they are worth.
fn shapes() -> Vec<(&'static str, Vec<u8>)> {
    const LONG: usize = 1_000_000;
    let filled = |piece: &[u8]| piece.repeat(LONG / piece.len());
    let deed = |text: &str| filled(&frame("done", text));
    let one = |before: &str, piece: &str, after: &str| {
        frame("done", &format!("(done: \"x\", {before}{}{after})", piece.repeat(LONG / piece.len())))
    };
    let channels = (0..40_000).map(|at| format!("(new: (name: \"c{at}\")),")).collect::<Vec<_>>().concat();
    let brief = "brief: (version: 1, name: \"a\", cadence: Month";
    vec![
        ("empty deeds", deed("(done: \"\")")),
        ("deeds that change nothing", deed("(done: \"\", channels: (at: 0, cut: 0, put: []))")),
        ("deeds that turn two channels", deed("(done: \"\", channels: (at: 0, cut: 2, put: [(old: 1), (old: 0)]))")),
        ("a channel again and again", deed("(done: \"\", channels: (at: 0, cut: 1, put: [(new: (name: \"SEO\"))]))")),
        ("briefs", deed(&format!("(done: \"\", {brief}))"))),
        ("briefs with a note", deed(&format!("(done: \"\", {brief}, note: \"{}\"))", "n".repeat(2000)))),
        ("tactics", deed("(done: \"\", tactics: (at: 0, cut: 0, put: [(new: (title: \"t\", link: Close))]))")),
        ("scenarios", deed("(done: \"\", scenarios: (at: 0, cut: 0, put: [(new: (name: \"s\"))]))")),
        ("done and undone", filled(&[frame("done", "(done: \"\")"), frame("undone", "")].concat())),
        ("undone", filled(&frame("undone", ""))),
        (
            "many channels at once",
            frame("done", &format!("(done: \"x\", channels: (at: 0, cut: 0, put: [{channels}]))")),
        ),
        ("one channel many times", one("channels: (at: 0, cut: 1, put: [", "(old: 0),", "])")),
        ("empty pieces", one("channels: (at: 0, cut: 1, put: [", "(),", "])")),
        ("a long word", frame("done", &format!("(done: \"{}\")", "x".repeat(LONG)))),
        ("open brackets", frame("done", &"(".repeat(LONG))),
        ("open lists", one("", "channels: [", "")),
        (
            "openings",
            filled(&{
                let journal = journal_of(&[]);
                journal[entry::TITLE.len()..].to_vec()
            }),
        ),
        ("a length beyond all bounds", format!("done {} 0\n", u64::MAX).into_bytes()),
        ("no text", vec![0xff; LONG]),
        ("line ends", vec![b'\n'; LONG]),
    ]
}

/// In a process of its own: looks for edits in the folder that it is given and says how much memory that took, kB.
#[test]
#[ignore = "run by the test below, in a process of its own"]
fn reads_the_journal_that_it_is_given() {
    let peak = || -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    };
    let library = Library::new(Home::in_folder(std::env::var_os("HOSTILE_HOME").unwrap()));
    // What the first reading of any file takes.
    let _ = read_plan(&write_plan(&plan()), "");
    let before = peak();
    let found = library.lost_edits();
    println!("took {} found {}", peak() - before, found.is_some_and(|found| found.is_ok()));
}

#[cfg(target_os = "linux")]
#[test]
fn no_journal_takes_more_than_fifty_times_its_size() {
    let mut wrong = Vec::new();
    for (name, deeds) in shapes() {
        let bench = bench();
        let folder = bench.library.home().recovery_dir.clone();
        fs::create_dir_all(&folder).unwrap();
        let bytes = journal_of(&deeds);
        fs::write(folder.join("a-unplaced-1.journal"), &bytes).unwrap();
        fs::write(folder.join("a-unplaced-1.ron"), write_plan(&plan())).unwrap();
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        let child = "store::recovery::tests::reads_the_journal_that_it_is_given";
        command
            .args(["--exact", child, "--ignored", "--nocapture"])
            .env("HOSTILE_HOME", bench.folder.path().join("home"));
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let took: Option<f64> = said.split("took ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok());
        // A short one is measured against what every reader needs.
        let times = took.map(|took| took * 1024.0 / bytes.len().max(1 << 16) as f64);
        eprintln!("{name}: {times:.1?} times its {} bytes", bytes.len());
        if !output.status.success() || times.is_none_or(|times| times > 50.0) {
            wrong.push(format!("{name}: {times:?} times its {} bytes\n{said}", bytes.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes as a journal: an error, nothing, or a valid plan.
    #[test]
    fn any_bytes_are_a_journal_or_none(bytes in prop::collection::vec(any::<u8>(), 0..600), titled in any::<bool>()) {
        let bytes = if titled { [entry::TITLE.as_bytes(), &bytes].concat() } else { bytes };
        let base = write_plan(&plan());
        if let Ok(Some(replayed)) = replay(&bytes, |_| Some(base.into_bytes()), None) {
            prop_assert!(crate::plan::validate(replayed.history.plan()).is_empty());
        }
    }

    /// A real journal with a few bytes of it turned.
    #[test]
    fn a_damaged_journal_is_read_as_far_as_it_is_whole(turns in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let bench = bench();
        let (path, _, history) = crashed(&bench);
        let journal = bench.library.unsaved_edits(&path, None).unwrap().unwrap().leftover.journal;
        let mut bytes = fs::read(&journal).unwrap();
        for (at, byte) in turns {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        fs::write(&journal, &bytes).unwrap();
        if let Some(Ok(found)) = bench.library.unsaved_edits(&path, None) {
            prop_assert!(states(history).iter().any(|(plan, _)| plan == found.history.plan()));
        }
    }
}
