//! Files as people write them, and how the program writes them.

use std::fs;
use std::path::Path;

use funnel_tui::plan::{Field, Test};
use funnel_tui::store::{read_plan, read_plan_bytes, write_plan};

const EXAMPLE: &str = include_str!("fixtures/good/example.ron");

#[test]
fn the_example_is_what_the_program_itself_writes() {
    let read = read_plan(EXAMPLE, "example.ron").unwrap();
    assert!(!read.has_comments);
    // The one default that the example spells out.
    let expected = EXAMPLE.replace("    goals: (target_multiple: 1.5, confidence: 0.9, stretch: 2),\n", "");
    assert_ne!(expected, EXAMPLE);
    assert_eq!(write_plan(&read.plan), expected);
}

#[test]
fn a_file_loads_as_people_write_it() {
    let plan = read_plan(EXAMPLE, "example.ron").unwrap().plan;
    let without_first_line = EXAMPLE.split_once('\n').unwrap().1;
    let with_mark = format!("\u{feff}{EXAMPLE}");
    let windows = EXAMPLE.replace('\n', "\r\n");
    let one_line = EXAMPLE.replace('\n', " ");
    let classic = without_first_line
        .replace(
            "counts: (spend: 25000, uv: 3000, consults: 45, deals: 30)",
            "counts: Some((spend: Some(25000.0), uv: 3_000, consults: Some(45), deals: 3e1))",
        )
        .replace("margin: 0.6", "margin: Some(0.6)");
    let named = without_first_line.replacen('(', "Plan(", 1).replace("(order_value", "Economics(order_value");
    for text in [without_first_line, &with_mark, &windows, &one_line, &classic, &named] {
        let read = read_plan(text, "as-written.ron").unwrap_or_else(|diagnosis| panic!("{diagnosis}"));
        assert_eq!(read.plan, plan);
    }
    assert!(plan.tests.iter().any(|test| matches!(test.as_ref(), Test::Trial(trial) if trial.counts.as_ref().unwrap().get(Field::Deals) == Some(30.0))));
}

#[test]
fn comments_are_noticed_and_what_looks_like_them_is_not() {
    for (tail, comments) in [("// Lin", true), ("/* Lin */", true), ("", false)] {
        let text = format!("(version: 1, name: \"see http://a.b /* x */\", cadence: Month,) {tail}");
        assert_eq!(read_plan(&text, "x.ron").unwrap().has_comments, comments, "{tail}");
    }
}

#[test]
fn the_plans_at_hand_load_and_are_written_as_they_are_read() {
    let Some(folder) = std::env::var_os("FUNNEL_TUI_DATA") else {
        eprintln!("SKIPPED: set FUNNEL_TUI_DATA to a folder with plans/*.ron to read them");
        return;
    };
    let mut seen = 0;
    for path in fs::read_dir(Path::new(&folder).join("plans")).unwrap().map(|entry| entry.unwrap().path()) {
        let read = read_plan_bytes(&fs::read(&path).unwrap(), &path.to_string_lossy());
        let plan = read.unwrap_or_else(|diagnosis| panic!("{diagnosis}")).plan;
        let written = write_plan(&plan);
        let again = read_plan(&written, "again.ron").unwrap().plan;
        assert_eq!(again, plan);
        assert_eq!(write_plan(&again), written);
        seen += 1;
    }
    assert!(seen > 0, "the folder holds plans");
}
