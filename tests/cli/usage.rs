//! Help, version, completions, the manual page, and wrong usage.

use super::user::{SMALL, User};

#[test]
fn version_and_help_are_answers() {
    let user = User::new();
    assert_eq!(user.run(&["--version"]).answer(), format!("funnel-tui {}\n", env!("CARGO_PKG_VERSION")));
    for command in ["demo", "list", "new", "report", "check", "import", "completions", "man"] {
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
    insta::assert_snapshot!("help_import", whole(&["import", "--help"]));
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
        (&["import", "file.csv"], "--into"),
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
fn a_plan_named_like_a_command_is_opened_by_its_path() {
    let user = User::new();
    user.plan("report.ron", SMALL);
    let reason = user.run(&["./report.ron"]).reason(1);
    assert!(reason.contains("needs a terminal"), "{reason}");
    assert!(user.run(&["report", "report.ron"]).answer().starts_with("Small\n"));
}
