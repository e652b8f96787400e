//! Saving: every step may fail, nothing is lost, nothing is left behind.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::faulty::FaultyDisk;
use super::*;
use crate::plan::{Brief, Cadence, Plan};

struct Bench {
    _folder: TempDir,
    disk: Arc<FaultyDisk>,
    library: Library,
}

fn bench() -> Bench {
    bench_on(FaultyDisk::default())
}

fn bench_on(disk: FaultyDisk) -> Bench {
    let folder = TempDir::new().unwrap();
    let disk = Arc::new(disk);
    let library = Library::on(Home::in_folder(folder.path().join("home")), disk.clone());
    Bench { _folder: folder, disk, library }
}

fn plan(name: &str) -> Plan {
    Plan::new(Brief::new(name, Cadence::Month))
}

fn noted(note: &str) -> Plan {
    let mut plan = plan("Autumn");
    plan.brief.note = note.to_owned();
    plan
}

/// Every file under a folder, with its bytes.
fn all_files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(all_files(&path));
        } else {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn nothing_is_on_the_disk_before_the_first_save() {
    let bench = bench();
    assert!(bench.library.list().unwrap().is_empty());
    assert_eq!(bench.library.settings(), (Settings::default(), None));
    assert!(!bench.library.home().plans_dir.parent().unwrap().exists());
    let saved = bench.library.create(&plan("Autumn, 百度")).unwrap();
    assert_eq!(saved.path, bench.library.home().plans_dir.join("autumn-百度.ron"));
    assert_eq!(bench.library.open(&saved.path).unwrap().stamp, saved.stamp);
}

#[test]
fn whatever_step_fails_the_plan_is_whole_and_no_temporary_file_is_left() {
    let bench = bench();
    let Bench { disk, library, .. } = &bench;
    let path = library.create(&noted("before")).unwrap().path;
    let before = fs::read(&path).unwrap();
    let mut failed_steps = Vec::new();
    for at in 0.. {
        disk.wait(1);
        disk.fail_at(at, ErrorKind::StorageFull);
        let saved = library.save(&noted("after"), &path, None);
        let Some(step) = disk.heal() else { break };
        failed_steps.push(step);
        let now = fs::read(&path).unwrap();
        match saved {
            Ok(_) => assert_eq!(now, write_plan(&noted("after")).as_bytes(), "{step} failed after all was done"),
            Err(error) => {
                assert_eq!(now, before, "{step} failed and the plan is not what it was");
                let told = error.to_string();
                assert!(told.contains("could not") && told.contains("make room"), "{step}: {told}");
            }
        }
        let stray = all_files(&library.home().plans_dir);
        assert_eq!(stray.len(), 1, "{step} left something behind: {stray:?}");
        fs::write(&path, &before).unwrap();
    }
    for step in ["read", "temporary", "write", "permit", "sync", "replace", "sync_folder", "create_folders", "place"] {
        assert!(failed_steps.contains(&step), "{step} was never asked to fail");
    }
}

#[test]
fn whatever_step_of_making_renaming_or_deleting_fails_no_plan_is_lost() {
    for action in ["create", "duplicate", "rename", "trash"] {
        for across in [false, true] {
            for at in 0.. {
                let bench = bench_on(FaultyDisk::over_file_systems(across));
                let Bench { disk, library, .. } = &bench;
                let path = library.create(&noted("mine")).unwrap().path;
                disk.fail_at(at, ErrorKind::PermissionDenied);
                match action {
                    "create" => drop(library.create(&plan("Other"))),
                    "duplicate" => drop(library.duplicate(&path, "Copy")),
                    "rename" => drop(library.rename(&path, "Renamed")),
                    _ => drop(library.trash(&path)),
                }
                let failed = disk.heal();
                let home = library.home();
                let files = [all_files(&home.plans_dir), all_files(&home.trash_dir)].concat();
                let whole = files.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("note: \"mine\""));
                assert!(whole.count() > 0, "{action}, {failed:?}: {files:?}");
                assert!(files.iter().all(|(path, _)| path.extension() == Some("ron".as_ref())), "{action}: {files:?}");
                assert!(files.iter().all(|(_, bytes)| !bytes.is_empty()), "{action}, {failed:?}: {files:?}");
                if failed.is_none() {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_file_that_somebody_else_changed_is_not_written_over() {
    let bench = bench();
    let library = &bench.library;
    let saved = library.create(&noted("mine")).unwrap();
    assert_eq!(library.since(&saved.path, &saved.stamp), Since::Same);
    let theirs = write_plan(&noted("theirs"));
    fs::write(&saved.path, &theirs).unwrap();
    assert_eq!(library.since(&saved.path, &saved.stamp), Since::Changed);
    let error = library.save(&noted("mine too"), &saved.path, Some(&saved.stamp)).unwrap_err();
    assert!(matches!(error, SaveError::ChangedOnDisk(_)), "{error}");
    assert_eq!(fs::read_to_string(&saved.path).unwrap(), theirs);

    let kept = library.save(&noted("mine too"), &saved.path, None).unwrap();
    assert!(all_files(&library.home().backups_dir).iter().any(|(_, bytes)| bytes == theirs.as_bytes()));
    fs::remove_file(&saved.path).unwrap();
    assert_eq!(library.since(&saved.path, &kept.stamp), Since::Gone);
    library.save(&noted("mine too"), &saved.path, Some(&kept.stamp)).unwrap();
    assert_eq!(library.open(&saved.path).unwrap().plan, noted("mine too"));
}

#[test]
fn a_file_that_is_written_while_it_is_saved_is_not_written_over() {
    for gone in [false, true] {
        let bench = bench();
        let saved = bench.library.create(&noted("mine")).unwrap();
        if gone {
            fs::remove_file(&saved.path).unwrap();
        }
        let (path, theirs) = (saved.path.clone(), write_plan(&noted("theirs, just now")));
        let written = theirs.clone();
        bench.disk.before_temporary(move |folder| {
            // The one beside the plan, not that of the backup.
            if path.parent() == Some(folder) {
                fs::write(&path, &written).unwrap();
            }
        });
        let error = bench.library.save(&noted("mine too"), &saved.path, Some(&saved.stamp)).unwrap_err();
        assert!(matches!(error, SaveError::ChangedOnDisk(_)), "{error}");
        assert_eq!(fs::read_to_string(&saved.path).unwrap(), theirs);
        assert_eq!(all_files(&bench.library.home().plans_dir).len(), 1);
    }
}

#[test]
fn a_file_written_anew_with_the_same_bytes_has_not_changed() {
    let bench = bench();
    let saved = bench.library.create(&plan("Autumn")).unwrap();
    let bytes = fs::read(&saved.path).unwrap();
    fs::remove_file(&saved.path).unwrap();
    fs::write(&saved.path, bytes).unwrap();
    assert_eq!(bench.library.since(&saved.path, &saved.stamp), Since::Same);
    bench.library.save(&noted("more"), &saved.path, Some(&saved.stamp)).unwrap();
}

#[test]
fn a_file_of_a_newer_version_is_never_written() {
    let bench = bench();
    let saved = bench.library.create(&plan("Autumn")).unwrap();
    let newer = "(version: 2, name: \"x\", planets: 9)";
    fs::write(&saved.path, newer).unwrap();
    let error = bench.library.save(&plan("Autumn"), &saved.path, None).unwrap_err();
    assert!(error.to_string().contains("newer funnel-tui (file version 2"), "{error}");
    assert_eq!(fs::read_to_string(&saved.path).unwrap(), newer);
    let diagnosis = bench.library.open(&saved.path).unwrap_err();
    assert_eq!(diagnosis.trouble, Trouble::Newer(2));
}

#[test]
fn the_last_ten_versions_are_kept_and_the_commented_original_beside_them() {
    let bench = bench();
    let Bench { disk, library, .. } = &bench;
    let path = library.create(&noted("0")).unwrap().path;
    let commented = format!("// ask Lin\n{}", fs::read_to_string(&path).unwrap());
    fs::write(&path, &commented).unwrap();
    assert!(library.open(&path).unwrap().has_comments);
    let first = library.save(&noted("1"), &path, None).unwrap();
    let original = first.commented_original.unwrap();
    assert_eq!(fs::read_to_string(&original).unwrap(), commented);
    assert!(original.to_string_lossy().ends_with("2026-09-01T10-00-00-original.ron"), "{original:?}");
    for number in 2..30 {
        // Some of them within one second.
        disk.wait(i64::from(number % 3 == 0));
        let saved = library.save(&noted(&number.to_string()), &path, None).unwrap();
        assert_eq!((saved.commented_original, saved.backup_failed), (None, None));
    }
    let backups = all_files(&library.home().backups_dir.join("autumn"));
    assert_eq!(backups.len(), 11, "{backups:?}");
    assert!(original.exists());
    for number in 19..29 {
        let text = write_plan(&noted(&number.to_string()));
        assert!(backups.iter().any(|(_, bytes)| bytes == text.as_bytes()), "version {number} is kept");
    }
}

#[test]
fn saving_what_nobody_changed_touches_nothing() {
    let bench = bench();
    let saved = bench.library.create(&plan("Autumn")).unwrap();
    let again = bench.library.save(&plan("Autumn"), &saved.path, Some(&saved.stamp)).unwrap();
    assert_eq!(again, saved);
    assert!(!bench.library.home().backups_dir.exists());
}

#[test]
fn a_plan_whose_backup_fails_is_saved_and_says_so() {
    let bench = bench();
    let saved = bench.library.create(&plan("Autumn")).unwrap();
    fs::write(&bench.library.home().backups_dir, "a file where the folder should be").unwrap();
    let saved = bench.library.save(&noted("more"), &saved.path, Some(&saved.stamp)).unwrap();
    assert!(saved.backup_failed.unwrap().contains("could not make the folder"));
    let commented = "// mine\n(version: 1, name: \"x\", cadence: Month)";
    fs::write(&saved.path, commented).unwrap();
    assert!(bench.library.save(&noted("x"), &saved.path, None).is_err(), "comments are never lost");
    assert_eq!(fs::read_to_string(&saved.path).unwrap(), commented);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay_as_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let bench = bench();
    let folder = bench.library.home().plans_dir.parent().unwrap().to_owned();
    fs::create_dir_all(folder.join("elsewhere")).unwrap();
    let target = folder.join("elsewhere/real.ron");
    fs::write(&target, write_plan(&plan("Autumn"))).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.join("link.ron");
    symlink("elsewhere/real.ron", &link).unwrap();
    bench.library.save(&noted("through the link"), &link, None).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&target).unwrap(), write_plan(&noted("through the link")));
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);

    fs::set_permissions(&target, fs::Permissions::from_mode(0o440)).unwrap();
    let error = bench.library.save(&noted("no"), &link, None).unwrap_err();
    assert!(error.to_string().contains("read-only"), "{error}");

    let broken = folder.join("broken.ron");
    symlink("elsewhere/not-yet.ron", &broken).unwrap();
    bench.library.save(&plan("New"), &broken, None).unwrap();
    assert!(folder.join("elsewhere/not-yet.ron").exists());
    let circle = folder.join("circle.ron");
    symlink("circle.ron", &circle).unwrap();
    assert!(bench.library.save(&plan("New"), &circle, None).is_err());
}

#[test]
fn a_folder_that_is_gone_is_named() {
    let bench = bench();
    let path = bench.library.home().plans_dir.join("../not/there/x.ron");
    let error = bench.library.save(&plan("x"), &path, None).unwrap_err().to_string();
    assert!(error.contains("not/there/x.ron") && error.contains("save as a copy elsewhere"), "{error}");
}

#[test]
fn settings_go_on_with_the_defaults_where_their_file_is_bad() {
    let bench = bench();
    let library = &bench.library;
    let wanted = Settings { theme: Some(ThemeName::Mono), mouse: false };
    library.save_settings(&wanted).unwrap();
    assert_eq!(library.settings(), (wanted.clone(), None));
    fs::write(&library.home().config_file, "// mine\n(theme: Drak)").unwrap();
    let (settings, diagnosis) = library.settings();
    assert_eq!(settings, Settings::default());
    assert!(diagnosis.unwrap().summary().ends_with("did you mean \"Dark\"?"));
    let saved = library.save_settings(&wanted).unwrap();
    assert!(saved.commented_original.unwrap().starts_with(library.home().backups_dir.join("config.ron")));
}
