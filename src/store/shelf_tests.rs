//! The list of plans: found by name, made, copied, renamed, put away.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;

use super::faulty::FaultyDisk;
use super::*;
use crate::plan::{Brief, Cadence, Plan};

fn library() -> (TempDir, Library) {
    library_on(FaultyDisk::default())
}

fn library_on(disk: FaultyDisk) -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let library = Library::on(Home::in_folder(folder.path()), Arc::new(disk));
    (folder, library)
}

fn plan(name: &str) -> Plan {
    Plan::new(Brief::new(name, Cadence::Month))
}

#[test]
fn the_list_shows_the_last_changed_first_and_the_unreadable_with_the_reason() {
    let (_folder, library) = library();
    let old = library.create(&plan("Old")).unwrap().path;
    let new = library.create(&plan("New")).unwrap().path;
    let bad = library.home().plans_dir.join("bad.ron");
    fs::write(&bad, "(version: 1, name: \"x\", cadence: Months)").unwrap();
    fs::write(library.home().plans_dir.join("notes.txt"), "no plan").unwrap();
    fs::write(library.home().plans_dir.join(".hidden.ron"), "an editor's").unwrap();
    for (path, age) in [(&old, 300), (&bad, 200), (&new, 100)] {
        let time = std::time::SystemTime::now() - std::time::Duration::from_secs(age);
        fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    }
    let list = library.list().unwrap();
    let stems: Vec<_> = list.iter().map(|entry| entry.stem.as_str()).collect();
    assert_eq!(stems, ["new", "bad", "old"]);
    let reason = list[1].plan.as_ref().unwrap_err().reason();
    assert_eq!(reason, "unknown cadence \"Months\", did you mean \"Month\"?");
    assert_eq!(list[2].plan.as_ref().unwrap().brief.name, "Old");
}

#[test]
fn a_plan_is_found_by_path_by_stem_and_by_its_own_name() {
    let (folder, library) = library();
    let path = library.create(&plan("Autumn term")).unwrap().path;
    let outside = folder.path().join("outside.ron");
    fs::write(&outside, write_plan(&plan("Outside"))).unwrap();
    for wanted in ["autumn-term", "autumn-term.ron", "Autumn term", path.to_str().unwrap()] {
        assert_eq!(library.resolve(wanted).unwrap(), path, "{wanted}");
    }
    assert_eq!(library.resolve(outside.to_str().unwrap()).unwrap(), outside);
    let told = |wanted: &str| library.resolve(wanted).unwrap_err().to_string();
    assert_eq!(told("autum-term"), "no plan is named \"autum-term\": did you mean \"autumn-term\"?");
    assert_eq!(told("zzz\x1b"), "no plan is named \"zzz␛\": see the list of plans, or give the path of a file");
    assert_eq!(told("no/such.ron"), "there is no file no/such.ron");
    library.create(&plan("Autumn term")).unwrap();
    assert_eq!(library.resolve("autumn-term").unwrap(), path, "a stem goes before a name");
    assert!(told("Autumn term").starts_with("several plans are named \"Autumn term\": say "));
}

#[test]
fn a_new_plan_never_takes_the_file_of_another() {
    let (_folder, library) = library();
    let stems: Vec<_> = (0..3).map(|_| library.create(&plan("A/B: c")).unwrap().path).collect();
    let names: Vec<_> = stems.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["a-b-c.ron", "a-b-c-2.ron", "a-b-c-3.ron"]);
}

#[test]
fn a_copy_has_its_own_name_and_file() {
    let (_folder, library) = library();
    let path = library.create(&plan("Autumn")).unwrap().path;
    let copy = library.duplicate(&path, "Winter").unwrap().path;
    assert_eq!(library.open(&copy).unwrap().plan, plan("Winter"));
    assert_eq!(library.open(&path).unwrap().plan, plan("Autumn"));
}

#[test]
fn a_renamed_plan_takes_its_file_and_backups_along() {
    let (_folder, library) = library();
    let path = library.create(&plan("Autumn")).unwrap().path;
    fs::write(&path, format!("// mine\n{}", fs::read_to_string(&path).unwrap())).unwrap();
    let saved = library.rename(&path, "Winter term").unwrap();
    assert_eq!(saved.path, library.home().plans_dir.join("winter-term.ron"));
    assert!(!path.exists());
    let opened = library.open(&saved.path).unwrap();
    assert_eq!((opened.plan, &opened.stamp), (plan("Winter term"), &saved.stamp));
    assert!(saved.commented_original.unwrap().starts_with(library.home().backups_dir.join("winter-term")));
    assert!(!library.home().backups_dir.join("autumn").exists());

    let other = library.create(&plan("Spring")).unwrap().path;
    let renamed = library.rename(&other, "Winter term").unwrap().path;
    assert_eq!(renamed, library.home().plans_dir.join("winter-term-2.ron"));
    assert_eq!(library.rename(&renamed, "Winter Term").unwrap().path, renamed, "its file has that name already");
}

#[test]
fn a_deleted_plan_lies_dated_in_the_trash_also_on_another_file_system() {
    for folders_are_file_systems in [false, true] {
        let (_folder, library) = library_on(FaultyDisk::over_file_systems(folders_are_file_systems));
        for number in ["", "-2"] {
            let path = library.create(&plan("Autumn")).unwrap().path;
            let there = library.trash(&path).unwrap();
            assert_eq!(there, library.home().trash_dir.join(format!("autumn-2026-09-01T10-00-00{number}.ron")));
            assert!(!path.exists());
            assert_eq!(library.open(&there).unwrap().plan, plan("Autumn"));
        }
    }
}

#[test]
fn an_unreadable_plan_can_be_deleted_but_not_copied() {
    let (_folder, library) = library();
    let path = library.create(&plan("Autumn")).unwrap().path;
    fs::write(&path, "(").unwrap();
    let error = library.duplicate(&path, "Copy").unwrap_err();
    assert!(matches!(error, SaveError::Unreadable(_)));
    assert!(error.to_string().contains("the file ends too early"), "{error}");
    library.trash(&path).unwrap();
}

#[test]
fn what_cannot_be_read_at_all_says_why() {
    let (folder, library) = library();
    let gone = library.open(&folder.path().join("gone.ron")).unwrap_err();
    assert!(gone.to_string().contains("there is no such file"), "{gone}");
    assert_eq!(gone.trouble, Trouble::Unreadable(std::io::ErrorKind::NotFound));
    let dir = library.open(folder.path()).unwrap_err();
    assert!(dir.summary().ends_with("this is a folder: name a file in it"), "{dir}");
}
