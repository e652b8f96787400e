//! `funnel-tui import` from the outside.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const ADS: &str = "Date,Campaign,Cost,Clicks\n2026-09-01,Brand,1.50,3\n2026-09-30,Brand,2.50,4\nTotal,--,4.00,7\n";

struct User {
    home: TempDir,
}

impl User {
    fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("funnel-tui"));
        command.args(args).env("FUNNEL_TUI_HOME", self.home.path().join("home")).env("TZ", "UTC");
        command.current_dir(self.home.path()).stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn done(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }

    fn refused(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.status.code(), ran.stdout.len()), (Some(1), 0));
        String::from_utf8(ran.stderr).unwrap()
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.done(&[args, &["--format", "json"]].concat())).unwrap()
    }

    fn plan(&self, path: &Path) -> String {
        fs::read_to_string(self.home.path().join(path)).unwrap()
    }
}

#[test]
fn a_file_becomes_a_new_plan_in_the_list() {
    let user = User::new();
    user.file("ads.csv", ADS);
    let said = user.done(&["import", "ads.csv", "--into", "Autumn", "--cadence", "month"]);
    assert!(said.contains("new channels: \"Brand\""), "{said}");
    assert!(said.contains("the rows add up to the file's own total"), "{said}");
    let plan = user.plan(Path::new("home/plans/autumn.ron"));
    assert!(plan.contains("\"2026-09-01\": (spend: 4, uv: 7)"), "{plan}");
    assert!(plan.contains("name: \"Autumn\""), "{plan}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let user = User::new();
    user.file("ads.csv", ADS);
    let result = user.json(&["import", "ads.csv", "--into", "Autumn", "--dry-run"]);
    assert_eq!(result["path"], Value::Null);
    assert_eq!(result["files"][0]["sums"]["spend"], 4.0);
    assert_eq!(result["files"][0]["left_out"]["counts"]["total"], 1);
    assert_eq!(result["files"][0]["totals"]["agree"], true);
    assert!(!user.home.path().join("home").exists());
}

#[test]
fn files_of_several_platforms_go_into_one_plan() {
    let user = User::new();
    user.file("ads.csv", ADS);
    user.file("crm.csv", "Month,Channel,Leads,Deals\n2026-09,brand,5,2\n2026-09,Fair,1,1\n");
    user.done(&["import", "ads.csv", "crm.csv", "--into", "here/plan.ron", "--dry-run"]);
    fs::create_dir(user.home.path().join("here")).unwrap();
    let result = user.json(&["import", "ads.csv", "crm.csv", "--into", "here/plan.ron"]);
    assert_eq!(result["cadence"], "month", "the coarser of week and month");
    assert_eq!(result["files"][1]["result"]["renamed"][0]["channel"], "Brand");
    let plan = user.plan(Path::new("here/plan.ron"));
    assert!(plan.contains("(spend: 4, uv: 7, consults: 5, deals: 2)"), "{plan}");
}

#[test]
fn a_file_imported_before_is_recognised_and_not_added_twice() {
    let user = User::new();
    user.file("ads.csv", ADS);
    let import = ["import", "ads.csv", "--into", "Autumn", "--cadence", "month"];
    assert_eq!(user.json(&import)["files"][0]["imported_before"], Value::Null);
    let again = user.json(&import);
    assert!(again["files"][0]["imported_before"].is_string(), "{again}");
    assert_eq!(again["files"][0]["result"]["numbers_set"], 0);
    let add = ["import", "ads.csv", "--into", "Autumn", "--merge", "add"];
    let refused = user.refused(&add);
    assert!(refused.contains("twice: --again does so"), "{refused}");
    user.done(&[&add[..], &["--again"]].concat());
    let plan = user.plan(Path::new("home/plans/autumn.ron"));
    assert!(plan.contains("(spend: 8, uv: 14)"), "{plan}");
}

#[test]
fn standard_input_is_read() {
    let user = User::new();
    let mut command = user.command(&["import", "-", "--into", "Piped", "--cadence", "month", "--channel", "=Query"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(ADS.as_bytes()).unwrap();
    let ran = child.wait_with_output().unwrap();
    assert!(ran.status.success());
    assert!(user.plan(Path::new("home/plans/piped.ron")).contains("name: \"Query\""));
}

#[test]
fn hints_on_the_command_line_are_taken() {
    let user = User::new();
    user.file("odd.csv", "what;who;money out\n1/2/2026;Fair;1,5\n");
    let failed = user.refused(&["import", "odd.csv", "--into", "Odd"]);
    assert!(failed.contains("--map \"Cost=spend\""), "{failed}");
    let hints = ["--map", "money out=spend", "--channel", "who", "--date", "what", "--date-order", "dmy"];
    let result = user.json(&[&["import", "odd.csv", "--into", "Odd", "--cadence", "day"], &hints[..]].concat());
    assert_eq!(result["files"][0]["range"][0], "2026-02-01");
    assert_eq!(result["files"][0]["sums"]["spend"], 1.5);
}

#[test]
fn what_cannot_be_done_says_why_and_writes_nothing() {
    let user = User::new();
    user.file("ads.csv", ADS);
    user.file("bad.csv", "");
    assert_eq!(user.refused(&["import", "bad.csv", "--into", "X"]), "funnel-tui: bad.csv: the file is empty\n");
    assert!(user.refused(&["import", "none.csv", "--into", "X"]).starts_with("funnel-tui: none.csv: "));
    assert!(user.refused(&["import", "ads.csv", "--into", "demo"]).contains("built-in example"));
    user.refused(&["import", "ads.csv", "bad.csv", "--into", "X"]);
    assert!(!user.home.path().join("home").exists(), "one bad file and none is imported");
    assert_eq!(user.run(&["import", "ads.csv"]).status.code(), Some(2));
    assert_eq!(user.run(&["import", "ads.csv", "--into", "X", "--map", "Cost=money"]).status.code(), Some(2));
}
