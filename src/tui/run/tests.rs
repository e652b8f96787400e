//! A defect in the drawing thread, in a real terminal.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::*;
use crate::plan::{Field, Layer};
use crate::store::Home;
use crate::tui::key::parse_script;

const HOME: &str = "FUNNEL_TUI_HOME";

fn library(home: &Path) -> (Library, PathBuf) {
    (Library::new(Home::in_folder(home)), home.join("plan.ron"))
}

/// Run by the test below, in a terminal of its own.
#[test]
#[ignore = "takes the terminal in which it runs, types an edit, and panics"]
fn types_an_edit_and_panics() {
    crate::tui::panic::speak_safely();
    let home = PathBuf::from(std::env::var_os(HOME).unwrap());
    let (library, path) = library(&home);
    let begin = Begin::Opened(Box::new(library.open(&path).unwrap()));
    let _ = run_as(Start { library, begin }, |program, _| {
        for key in parse_script("C 4 3 2 1 Enter").unwrap() {
            program.draw()?;
            program.take(Incoming::Key(key))?;
        }
        panic!("in \u{1b}]0;owned\u{7}");
    });
}

#[test]
fn a_panic_gives_the_terminal_back_speaks_safely_and_loses_no_edit() {
    let home = tempfile::tempdir().unwrap();
    let (library, path) = library(home.path());
    std::fs::write(&path, include_str!("../../../assets/demo.ron")).unwrap();
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
    let modes = || {
        let modes = pair.master.get_termios().unwrap();
        (modes.input_flags, modes.output_flags, modes.local_flags)
    };
    let before = modes();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "--nocapture", "tui::run::tests::types_an_edit_and_panics"]);
    command.env(HOME, home.path());
    let mut child = pair.slave.spawn_command(command).unwrap();
    let mut source = pair.master.try_clone_reader().unwrap();
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = source.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    assert!(!child.wait().unwrap().success());
    assert_eq!(modes(), before);
    drop(pair.slave);
    drop(pair.master);
    let bytes = reader.join().unwrap();
    let at = |what: &str| bytes.rfind(what).unwrap_or_else(|| panic!("no {what} in {bytes:?}"));
    for undone in ["[?1049l", "[?2004l", "[?1004l", "[?1000l", "[?25h"] {
        assert!(at(undone) < at("in ␛]0;owned␇"), "{undone} comes after the words");
    }
    assert!(!bytes.contains("\u{1b}]0;"), "a title was set");
    let found = library.unsaved_edits(&path, None).unwrap().unwrap();
    let (_, record) = found.history.plan().channels[0].records(Layer::Actual).iter().next_back().unwrap();
    assert_eq!(record.get(Field::Spend), Some(4321.0));
}
