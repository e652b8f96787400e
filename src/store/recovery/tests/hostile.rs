//! Journals that were damaged, or that nobody ever wrote.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

/// A journal of that text, after its title and its opening.
fn hostile(bench: &Bench, deeds: &[u8]) -> Option<Result<Found, Broken>> {
    let (path, stamp, _) = crashed(bench);
    let journal = bench.left(&path, None).unwrap().unwrap().leftover.journal;
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
        let child = "store::recovery::tests::hostile::reads_the_journal_that_it_is_given";
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
        let journal = bench.left(&path, None).unwrap().unwrap().leftover.journal;
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
