//! Every command from the outside: what it prints, where, and how it exits.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A user with an empty home and a folder to work in.
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
        command.env_remove("NO_COLOR").env_remove("COLUMNS").current_dir(self.home.path()).stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A plan file in the working folder.
    fn plan(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }
}

/// What a command did.
#[derive(Debug)]
struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The answer of a command that was done.
    #[track_caller]
    fn answer(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    /// The reason of a command that was not done, which printed no answer.
    #[track_caller]
    fn reason(self, status: i32) -> String {
        assert_eq!((self.status, self.out.as_str()), (Some(status), ""), "{}", self.err);
        self.err
    }
}

const SMALL: &str = "#![enable(implicit_some)]
(
    version: 1,
    name: \"Small\",
    cadence: Month,
    economics: (order_value: 100),
    channels: [
        (
            name: \"A|B\",
            actual: {
                \"2026-09-01\": (spend: 100, uv: 1000, deals: 3),
                \"2026-10-01\": (spend: 110.5, uv: 900, deals: 2, note: \"=1+1\"),
            },
            planned: {
                \"2026-11-01\": (spend: 120),
            },
        ),
    ],
)
";

#[test]
fn version_and_help_are_answers() {
    let user = User::new();
    assert_eq!(user.run(&["--version"]).answer(), format!("funnel-tui {}\n", env!("CARGO_PKG_VERSION")));
    for command in ["demo", "list", "new", "report", "check", "completions", "man"] {
        let help = user.run(&[command, "--help"]).answer();
        assert!(help.contains(&format!("Usage: funnel-tui {command}")), "{help}");
    }
}

#[test]
fn help_is_as_it_was() {
    let user = User::new();
    let whole = |args: &[&str]| user.run(args).answer();
    insta::assert_snapshot!("help", whole(&["--help"]));
    insta::assert_snapshot!("help_report", whole(&["report", "--help"]));
    insta::assert_snapshot!("help_new", whole(&["new", "--help"]));
    insta::assert_snapshot!("man", whole(&["man"]));
}

#[test]
fn completions_know_the_commands_of_every_shell() {
    let user = User::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = user.run(&["completions", shell]).answer();
        for word in ["report", "check", "no-open"] {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
        assert!(!script.contains("picture"), "{shell} offers what is hidden");
    }
    insta::assert_snapshot!("completions_bash", user.run(&["completions", "bash"]).answer());
}

#[test]
fn wrong_usage_exits_2_and_says_why_on_standard_error() {
    let user = User::new();
    for (args, word) in [
        (&["report"][..], "PLAN"),
        (&["check"], "PLAN"),
        (&["new"], "NAME"),
        (&["completions", "perl"], "perl"),
        (&["report", "demo", "--format", "pdf"], "pdf"),
        (&["report", "demo", "--layer", "variance"], "variance"),
        (&["report", "demo", "--period", "2026-13-01"], "2026-13-01"),
        (&["report", "demo", "--period", "2026-10-01..2026-09-01"], "comes after"),
        (&["report", "demo", "--lift", "10"], "10%"),
        (&["report", "demo", "--lift", "-5%"], "below 0"),
        (&["report", "demo", "--colour"], "--colour"),
        (&["demo", "extra"], "extra"),
        (&["list", "extra"], "extra"),
        (&["import", "file.csv"], "file.csv"),
    ] {
        let reason = user.run(args).reason(2);
        assert!(reason.contains(word), "{args:?}: {reason}");
    }
}

#[test]
fn without_a_terminal_the_screen_says_so_and_makes_nothing() {
    let user = User::new();
    for args in [&[][..], &["demo"], &["some plan"], &["new", "Spring"]] {
        let reason = user.run(args).reason(1);
        assert!(reason.contains("needs a terminal"), "{args:?}: {reason}");
    }
    assert!(!user.path("home").exists(), "something was made");
}

#[test]
fn a_report_on_the_example_needs_no_home_and_leaves_nothing() {
    let user = User::new();
    let text = user.run(&["report", "demo"]).answer();
    assert!(text.starts_with("English training, autumn term\nActual, Sep 2026 to Nov 2026 (3 months), money in CNY\n"));
    assert!(!user.path("home").exists());
    insta::assert_snapshot!("report_demo", text);
    insta::assert_snapshot!("report_demo_markdown", user.run(&["report", "demo", "--format", "markdown"]).answer());
}

#[test]
fn no_line_of_the_text_is_wider_than_80_columns() {
    let user = User::new();
    for args in
        [&["report", "demo"][..], &["report", "demo", "--layer", "planned"], &["report", "demo", "--period", "last"]]
    {
        let text = user.run(args).answer();
        for line in text.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
        }
    }
}

#[test]
fn json_has_the_names_of_the_contract_and_nothing_that_is_not_computed() {
    let user = User::new();
    let text = user.run(&["report", "demo", "--format", "json"]).answer();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let top = ["schema", "plan", "currency", "cadence", "layer", "periods", "total", "channels", "improve", "checks"];
    assert_eq!(keys(&json), top);
    assert_eq!(
        keys(&json["total"]),
        [
            "spend",
            "hours",
            "actions",
            "uv",
            "pv",
            "consults",
            "deals",
            "repeats",
            "referrals",
            "revenue",
            "revenue_recorded",
            "methods",
            "without_result",
            "cost",
            "orders",
            "gross_profit",
            "profit",
            "multiple",
            "roi",
            "roas",
            "cac",
            "cost_per_visitor",
            "cost_per_consult",
            "cost_per_deal",
            "links"
        ]
    );
    let links = ["invest", "reach", "depth", "consult", "close", "repurchase", "refer", "value"];
    assert_eq!(keys(&json["total"]["links"]), links);
    assert_eq!(keys(&json["total"]["links"]["close"]), ["rate", "low", "high", "thin", "coverage"]);
    assert_eq!(json["channels"].as_array().unwrap().len(), 7);
    assert!(!keys(&json["channels"][0]).contains(&"methods".to_owned()));
    assert_eq!(json["improve"]["levers"].as_array().unwrap().len(), 9);
    assert_eq!(json["improve"]["channels"][0]["levers"].as_array().unwrap().len(), 9);
    assert_eq!(json["total"]["actions"], serde_json::Value::Null, "units differ");
    assert_eq!(json["periods"][2], "2026-11-01");
}

#[test]
fn the_planned_layer_is_forecast_and_says_so() {
    let user = User::new();
    let args = ["report", "demo", "--format", "json", "--layer", "planned", "--period", "last"];
    let json: serde_json::Value = serde_json::from_str(&user.run(&args).answer()).unwrap();
    assert_eq!(json["layer"], "planned");
    assert_eq!(json["periods"], serde_json::json!(["2026-12-01"]));
    assert_eq!(json["total"]["forecast"], true);
    assert!(json["total"]["deals"].as_f64().unwrap() > 50.0);
}

#[test]
fn csv_holds_the_records_as_entered() {
    let user = User::new();
    user.plan("small.ron", SMALL);
    let csv = user.run(&["report", "small.ron", "--format", "csv"]).answer();
    assert_eq!(
        csv,
        "channel,layer,period,spend,hours,actions,uv,pv,consults,deals,repeats,referrals,revenue,note\n\
         A|B,actual,2026-09-01,100,,,1000,,,3,,,,\n\
         A|B,actual,2026-10-01,110.5,,,900,,,2,,,,\"'=1+1\"\n"
    );
}

#[test]
fn markdown_tables_survive_a_channel_named_with_a_bar() {
    let user = User::new();
    user.plan("small.ron", SMALL);
    let markdown = user.run(&["report", "small.ron", "--format", "markdown"]).answer();
    assert!(markdown.contains("| A\\|B | "), "{markdown}");
}

#[test]
fn periods_are_chosen_and_those_that_are_not_there_are_refused() {
    let user = User::new();
    user.plan("small.ron", SMALL);
    let spend = |period: &str| {
        let args = ["report", "small.ron", "--format", "json", "--period", period];
        let json: serde_json::Value = serde_json::from_str(&user.run(&args).answer()).unwrap();
        json["total"]["spend"].as_f64().unwrap()
    };
    assert_eq!(spend("all"), 210.5);
    assert_eq!(spend("last"), 110.5);
    assert_eq!(spend("2026-09-01"), 100.0);
    assert_eq!(spend("2026-09-01..2026-10-01"), 210.5);
    for (period, word) in [
        ("2026-08-01", "no period 2026-08-01"),
        ("2026-09-01..2026-12-01", "2026-12-01"),
        ("2026-11-01", "--layer planned"),
    ] {
        let reason = user.run(&["report", "small.ron", "--period", period]).reason(1);
        assert!(reason.contains(word), "{reason}");
    }
}

#[test]
fn a_report_goes_to_a_file_but_never_over_its_plan() {
    let user = User::new();
    let plan = user.plan("small.ron", SMALL);
    let file = user.path("report.md");
    fs::write(&file, "old").unwrap();
    assert_eq!(user.run(&["report", "small.ron", "--format", "markdown", "--output", "report.md"]).answer(), "");
    assert!(fs::read_to_string(&file).unwrap().starts_with("# Small\n"));
    for output in ["small.ron", "./small.ron"] {
        let reason = user.run(&["report", "small.ron", "--output", output]).reason(1);
        assert!(reason.contains("is the plan itself"), "{reason}");
    }
    assert_eq!(fs::read_to_string(plan).unwrap(), SMALL);
    let reason = user.run(&["report", "small.ron", "--output", "nowhere/report.txt"]).reason(1);
    assert!(reason.contains("cannot be written"), "{reason}");
    let beside: Vec<_> = fs::read_dir(user.home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 2, "{beside:?}");
}

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
    assert!(list.contains("Good") && list.contains("(unreadable)") && list.contains("cadence"), "{list}");
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

#[test]
fn nothing_that_steers_a_terminal_reaches_it() {
    let user = User::new();
    let evil = SMALL
        .replace("A|B", "red\\u{1b}[31m\\u{9b}2J\\u{202e}")
        .replace("name: \"Small\"", "name: \"evil\\u{1b}]0;title\\u{7}\\u{85}\"")
        .replace("=1+1", "\\u{1b}c");
    user.plan("evil.ron", &evil);
    fs::create_dir_all(user.path("home/plans")).unwrap();
    fs::write(user.path("home/plans/evil.ron"), &evil).unwrap();
    let steers = |text: &str| text.chars().find(|&each| funnel_tui::plan::steers(each) && each != '\n');
    for args in [
        &["report", "evil.ron"][..],
        &["report", "evil.ron", "--format", "markdown"],
        &["report", "evil.ron", "--format", "csv"],
        &["report", "evil.ron", "--format", "json"],
        &["check", "evil.ron"],
        &["list"],
        &["list", "--format", "json"],
        &["report", "no\u{1b}[31m plan"],
        &["report", "evil.ron", "--period", "\u{1b}[31m"],
        &["check", "\u{1b}[31m/x.ron"],
        &["new", "x\u{1b}[31m", "--from", "evil\u{1b}[31m.ron", "--no-open"],
    ] {
        let ran = user.run(args);
        assert_eq!(steers(&ran.out), None, "{args:?}: {:?}", ran.out);
        assert_eq!(steers(&ran.err), None, "{args:?}: {:?}", ran.err);
    }
    let json = user.run(&["report", "evil.ron", "--format", "json"]).answer();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["channels"][0]["name"], "red\u{1b}[31m\u{9b}2J\u{202e}", "scripts get the name as it is");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let user = User::new();
    let program = assert_cmd::cargo::cargo_bin!("funnel-tui").display().to_string();
    for args in ["report demo --format json", "report demo", "completions bash", "man", "--help", "list"] {
        let script = format!("'{program}' {args} | head -n 1; echo \"${{PIPESTATUS[0]}}\"");
        let mut command = Command::new("bash");
        command.args(["-c", &script]).env("FUNNEL_TUI_HOME", user.path("home"));
        let ran = Ran::of(&command.output().unwrap());
        assert!(ran.out.ends_with("0\n"), "{args}: {ran:?}");
        assert!(!ran.err.contains("panicked"), "{args}: {ran:?}");
    }
    let closed = format!("'{program}' report demo >&-; '{program}' report nowhere.ron 2>&-; echo $?");
    let ran = Ran::of(&Command::new("bash").args(["-c", &closed]).output().unwrap());
    assert!(ran.out.ends_with("1\n") && !ran.err.contains("panicked"), "{ran:?}");
}

#[test]
fn output_has_no_colour_where_there_is_no_terminal() {
    let user = User::new();
    user.plan("bad.ron", "(");
    for (variable, value) in [("NO_COLOR", "1"), ("CLICOLOR", "1"), ("TERM", "xterm-256color")] {
        for args in [&["report", "demo"][..], &["check", "bad.ron"], &["--help"], &["report"]] {
            let ran = Ran::of(&user.command(args).env(variable, value).output().unwrap());
            assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{args:?}: {ran:?}");
        }
    }
}

#[test]
fn a_plan_named_like_a_command_is_opened_by_its_path() {
    let user = User::new();
    user.plan("report.ron", SMALL);
    let reason = user.run(&["./report.ron"]).reason(1);
    assert!(reason.contains("needs a terminal"), "{reason}");
    assert!(user.run(&["report", "report.ron"]).answer().starts_with("Small\n"));
}
