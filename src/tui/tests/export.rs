//! Taking what is seen out of the program.

use std::path::PathBuf;

use super::super::effect::Content;
use super::super::found::{Listed, Listing};
use super::super::message::NotExported;
use super::super::state::Export;
use super::*;
use crate::report::Form;
use crate::store::{Destination, FoundFile, Sought};

/// What was asked to be written, and where.
fn written(screen: &mut Screen) -> (Content, Destination) {
    let exports = screen.effects().into_iter().filter_map(|effect| match effect {
        Effect::Export { content, to, .. } => Some((content, to)),
        _ => None,
    });
    exports.last().unwrap()
}

fn copied(screen: &mut Screen) -> String {
    let copies = screen.effects().into_iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    copies.last().unwrap()
}

#[test]
fn the_table_is_copied_as_it_is_seen_for_a_spreadsheet() {
    let mut screen = Screen::table().keys("/ \"百度\" Enter E").shows("to the clipboard").keys("Enter").shows("copied");
    let text = copied(&mut screen);
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 3, "headings, the row that the filter leaves, the total:\n{text}");
    assert_eq!((lines[0][0], lines[0][1]), ("Channel", "Spend"));
    assert_eq!((lines[1][0], lines[1][1], lines[1][2]), ("百度竞价", "9010", ""));
    assert_eq!(lines[2][0], "Total");
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{text}");
}

#[test]
fn every_view_with_a_table_gives_it() {
    for (view, row) in [("F", "Visitors"), ("C", "SEO"), ("I", "Close")] {
        let mut screen = Screen::of(sample(), (100, 24)).keys(view).keys("E Enter");
        let text = copied(&mut screen);
        assert!(text.lines().any(|line| line.starts_with(&format!("{row}\t"))), "{view}:\n{text}");
        assert!(!text.contains("NaN"), "{text}");
    }
}

#[test]
fn a_report_is_on_what_is_looked_at_and_lies_beside_the_plan() {
    let mut screen =
        Screen::table().keys("E Down Down").shows("▸ Report as a page").keys("Enter").shows("-2026-10-01.html");
    assert_eq!(screen.effects(), []);
    let mut screen = screen.keys("Enter").shows("writing");
    let (content, to) = written(&mut screen);
    let Content::Report { scope, form, .. } = content else { panic!("{content:?}") };
    assert_eq!((form, scope.layer), (Form::Html, Layer::Actual));
    assert!(scope.span.contains(date(2026, 10, 1)) && !scope.span.contains(date(2026, 9, 1)));
    assert!(!to.replace);
    screen.outcome(Outcome::Exported(Ok("/home/me/report.html".into()))).shows("written: /home/me/report.html");
}

#[test]
fn all_periods_and_the_planned_layer_are_said_in_the_name() {
    Screen::table()
        .keys("A v E")
        .shows("Export what is seen: Planned, all periods")
        .keys("Down Down Down Enter")
        .shows("-planned.xlsx");
}

#[test]
fn a_path_without_an_ending_gets_the_usual_one() {
    let mut screen = Screen::table().keys("E Down Enter Ctrl-U \"~/numbers\" Enter");
    let (content, to) = written(&mut screen);
    assert!(matches!(content, Content::Text(csv) if csv.starts_with("Channel,Spend,")));
    assert_eq!(to.path, PathBuf::from("~/numbers.csv"));
}

#[test]
fn a_file_that_is_there_is_asked_about_before_it_goes() {
    let export = Export::Report(Form::Xlsx);
    let there = || Outcome::Exported(Err(NotExported::Exists { path: "/plans/book.xlsx".into(), export }));
    let mut screen = Screen::table().outcome(there()).shows("There is a file already: /plans/book.xlsx").keys("Enter");
    assert_eq!(screen.effects(), []);
    let mut screen = screen.outcome(there()).keys("Down Down Enter");
    let (_, to) = written(&mut screen);
    assert_eq!((to.path, to.replace), (PathBuf::from("/plans/book.xlsx"), true));
    screen.outcome(there()).keys("Down Enter").shows("Write to").shows("/plans/book.xlsx");
}

#[test]
fn what_cannot_be_written_says_why() {
    let failed = NotExported::Failed("1048576 records are more than a sheet holds".into());
    Screen::table().outcome(Outcome::Exported(Err(failed))).shows("not exported: 1048576 records");
}

#[test]
fn a_path_that_cannot_be_written_to_stays_to_be_mended() {
    let failed = || NotExported::NotThere {
        path: "~/nowhere/x.csv".into(),
        export: Export::Table,
        reason: "there is no folder /home/me/nowhere".into(),
    };
    let mut screen = Screen::table()
        .outcome(Outcome::Exported(Err(failed())))
        .shows("Write to which file?")
        .shows("there is no folder /home/me/nowhere")
        .keys("Backspace Backspace Backspace Backspace Backspace Backspace \"numbers\" Enter");
    assert_eq!(written(&mut screen).1.path, PathBuf::from("~/nowherenumbers.csv"));
    // Somebody who went on meanwhile is told, and not interrupted.
    let screen = Screen::table().keys("a \"TV\"").outcome(Outcome::Exported(Err(failed())));
    screen.shows("New channel").shows("not exported: ~/nowhere/x.csv");
}

/// The files that go on from a word, as the disk would answer.
fn listing(word: &str, paths: &[&str]) -> Outcome {
    let listed = |path: &&str| Listed {
        file: FoundFile {
            path: (*path).to_owned(),
            is_folder: path.ends_with('/'),
            len: 1,
            modified: std::time::SystemTime::UNIX_EPOCH,
        },
        when: String::new(),
    };
    Outcome::Found(Listing { word: word.to_owned(), files: paths.iter().map(listed).collect() })
}

#[test]
fn tab_completes_the_path() {
    let mut screen = Screen::table().keys("E Down Enter Ctrl-U \"~/re\" Tab");
    assert_eq!(screen.effects(), [Effect::FindFiles(Sought::Files, "~/re".to_owned())]);
    let screen = screen
        .outcome(listing("~/r", &["~/rx"]))
        .shows("~/re")
        .outcome(listing("~/re", &["~/report-1.csv", "~/report-2.csv", "~/reports/"]))
        .shows("~/report");
    let mut screen = screen
        .keys("Tab")
        .outcome(listing("~/report", &["~/report-1.csv", "~/report-2.csv", "~/reports/"]))
        .shows("report-1.csv  report-2.csv  reports/")
        .keys("s Tab")
        .outcome(listing("~/reports", &["~/reports/"]))
        .shows("~/reports/")
        .keys("\"new\" Tab")
        .outcome(listing("~/reports/new", &[]))
        .shows("it would be a new file")
        .keys("Enter");
    assert_eq!(written(&mut screen).1.path, PathBuf::from("~/reports/new.csv"));
}

#[test]
fn without_a_table_and_without_a_plan_there_is_nothing_to_export() {
    Screen::plans().outcome(Outcome::Listed(Ok(Vec::new()))).keys("E").shows("nothing to export");
}
