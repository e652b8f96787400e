//! `new`, `list`, `check`, and how a plan is found.

use std::fs;
use std::path::Path;

use super::user::{SMALL, User};

#[test]
fn new_makes_a_plan_that_list_and_report_find_by_its_name() {
    let user = User::new();
    let path = user.run(&["new", "Spring term", "--no-open"]).answer();
    assert!(Path::new(path.trim_end()).is_file(), "{path}");
    let copy = user.run(&["new", "Autumn again", "--from", "demo", "--no-open"]).answer();
    assert!(fs::read_to_string(copy.trim_end()).unwrap().contains("Chat groups"));
    let list = user.run(&["list"]).answer();
    assert!(list.contains("Spring term") && list.contains("+44.3%"), "{list}");
    let report = user.run(&["report", "Autumn again", "--format", "json"]).answer();
    assert!(report.contains("\"plan\": \"Autumn again\""), "{report}");
    let empty = user.run(&["report", "Spring term"]).answer();
    assert!(empty.contains("Add a channel"), "{empty}");
}

#[test]
fn new_refuses_a_name_that_is_taken_or_empty_and_a_source_that_is_not_there() {
    let user = User::new();
    user.run(&["new", "Spring", "--no-open"]).answer();
    assert!(user.run(&["new", "Spring", "--no-open"]).reason(1).contains("already"));
    assert!(user.run(&["new", "  ", "--no-open"]).reason(1).contains("empty"));
    assert!(user.run(&["new", "Other", "--from", "Sprin", "--no-open"]).reason(1).contains("did you mean \"Spring\""));
    assert_eq!(fs::read_dir(user.path("home/plans")).unwrap().count(), 1);
}

#[test]
fn list_tells_of_what_it_cannot_read_and_goes_on() {
    let user = User::new();
    assert!(user.run(&["list"]).err.contains("no plans yet"));
    assert_eq!(user.run(&["list", "--format", "json"]).answer(), "[]\n");
    user.run(&["new", "Good", "--from", "demo", "--no-open"]).answer();
    fs::write(user.path("home/plans/bad.ron"), "(version: 1, name: \"Bad\", cadance: Month)").unwrap();
    let list = user.run(&["list"]).answer();
    assert!(list.contains("Good") && list.contains("(bad: unreadable)") && list.contains("cadence"), "{list}");
    let json: serde_json::Value = serde_json::from_str(&user.run(&["list", "--format", "json"]).answer()).unwrap();
    let entry = |file: &str| json.as_array().unwrap().iter().find(|each| each["file"] == file).unwrap();
    assert_eq!(entry("good")["spend"], 124_700);
    assert!(entry("bad")["error"].as_str().unwrap().contains("cadence"));
}

#[test]
fn check_says_what_is_wrong_and_fails_only_for_what_cannot_be_read() {
    let user = User::new();
    let good = user.run(&["check", "demo"]).answer();
    assert!(good.starts_with("demo: good, ") && good.contains("[shallow]"), "{good}");
    user.plan("bad.ron", &SMALL.replace("uv: 1000", "uvs: 1000"));
    let ran = user.run(&["check", "bad.ron", "demo", "nowhere.ron"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.starts_with("demo: good, "), "{}", ran.out);
    assert!(ran.err.contains("bad.ron:11:") && ran.err.contains("uv"), "{}", ran.err);
    assert!(ran.err.contains("nowhere.ron") && ran.err.contains("2 of 3 cannot be read"), "{}", ran.err);
}

#[test]
fn a_plan_that_is_not_there_is_a_reason_with_the_nearest_name() {
    let user = User::new();
    user.run(&["new", "Autumn", "--no-open"]).answer();
    let reason = user.run(&["report", "Autumm"]).reason(1);
    assert!(reason.contains("did you mean \"Autumn\""), "{reason}");
    let reason = user.run(&["report", "nowhere/plan.ron"]).reason(1);
    assert!(reason.contains("nowhere/plan.ron"), "{reason}");
}
