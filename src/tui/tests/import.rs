//! Importing by keys, on a real disk: the same worker and reader as in the program, without their threads.

use std::fs;

use super::super::import::reader::read_now;
use super::super::import::{News, Progress};
use super::super::state::ImportPane;
use super::super::worker::perform;
use super::*;
use crate::store::{Home, Library};

const ADS: &str = "Date,Campaign,Cost,Clicks\n2026-10-01,SEO,10,100\n2026-10-31,Fair,5.50,20\nTotal,,15.50,120\n";

/// A screen whose effects are performed on a folder of its own.
struct Desk {
    folder: tempfile::TempDir,
    library: Library,
    screen: Screen,
}

impl Desk {
    fn new(screen: Screen) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::new(Home::in_folder(folder.path().join("home")));
        Self { folder, library, screen }
    }

    /// A plan with an unsaved number in front.
    fn table() -> Self {
        Self::new(Screen::table().keys("7 Enter"))
    }

    /// The list of plans in front, with no plan in it.
    fn plans() -> Self {
        let mut desk = Self::new(Screen::plans());
        desk.screen = desk.screen.outcome(Outcome::Listed(Ok(Vec::new())));
        // No example: the tests look at what an import opens.
        desk.screen.effects();
        desk
    }

    fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        fs::write(self.folder.path().join(name), text).unwrap();
        self
    }

    /// Presses keys; in them `@` stands for the folder.
    fn keys(mut self, script: &str) -> Self {
        let folder = self.folder.path().display().to_string();
        for keys in parse_script(&script.replace('@', &format!("{folder}/"))).unwrap() {
            self.screen.inner.press(&[keys]);
            self = self.work();
        }
        self
    }

    /// Performs what is asked for until nothing is.
    fn work(mut self) -> Self {
        loop {
            let effects = self.screen.effects();
            if effects.is_empty() {
                return self;
            }
            for effect in effects {
                let outcome = match &effect {
                    Effect::ReadImport(request) => {
                        Some(Outcome::Import(News::Read(Box::new(read_now(&self.library, request)))))
                    }
                    other => perform(&self.library, other),
                };
                if let Some(outcome) = outcome {
                    self.screen = self.screen.outcome(outcome);
                }
            }
        }
    }

    #[track_caller]
    fn shows(mut self, wanted: &str) -> Self {
        self.screen = self.screen.shows(wanted);
        self
    }

    #[track_caller]
    fn lacks(mut self, unwanted: &str) -> Self {
        self.screen = self.screen.lacks(unwanted);
        self
    }

    #[track_caller]
    fn in_view(mut self, view: View) -> Self {
        self.screen = self.screen.in_view(view);
        self
    }

    /// Goes to the row that begins with `name` in the pane of the cursor.
    #[track_caller]
    fn row(mut self, name: &str) -> Self {
        self = self.keys("g");
        for _ in 0..60 {
            let at_it = self
                .screen
                .inner
                .lines()
                .iter()
                .any(|line| line.split('▸').skip(1).any(|marked| marked.trim_start().starts_with(name)));
            if at_it {
                return self;
            }
            self = self.keys("j");
        }
        panic!("no row {name:?}:\n{}", self.screen.inner.text())
    }

    /// Chooses the answer that begins with `name`.
    #[track_caller]
    fn choose(self, name: &str) -> Self {
        self.keys("Enter").row(name).keys("Enter")
    }

    fn spend(&self, channel: &str) -> Option<f64> {
        let plan = self.screen.plan();
        let at = plan.channel_index(channel)?;
        plan.channels[at].actual.iter().filter_map(|(_, record)| record.get(Field::Spend)).reduce(|a, b| a + b)
    }
}

fn preview(text: &str) -> Desk {
    Desk::plans().file("ads.csv", text).keys("i \"@ads.csv\" Enter").in_view(View::Import)
}

#[test]
fn three_keys_lead_from_a_file_to_what_to_improve() {
    let mut desk = preview(ADS)
        .shows("Import 2 rows into a new plan \"ads\"")
        .shows("2026-10-01 to 2026-10-31")
        .shows("Left out 1")
        .shows("the rows add up to the file's own total")
        .keys("Enter")
        .in_view(View::Improve)
        .shows("all periods")
        .shows("saved");
    assert_eq!((desk.spend("SEO"), desk.spend("Fair")), (Some(10.0), Some(5.5)));
    assert!(!desk.screen.inner.state.document.as_ref().unwrap().is_unsaved(), "a new plan is saved");
    desk = desk.keys("u");
    assert_eq!(desk.screen.plan().channels.len(), 0, "one undo takes it back");
}

#[test]
fn an_open_plan_takes_it_as_one_undoable_edit() {
    let mut desk = Desk::table().file("ads.csv", ADS);
    let before = desk.screen.plan();
    desk = desk.keys("i \"@ads.csv\" Enter").shows("into \"百度推广计划, autumn\"").keys("i").in_view(View::Channels);
    desk = desk.shows("imported 2 rows into 2 channels: u takes it back");
    assert_eq!(desk.screen.plan().channels.len(), 4);
    assert_eq!(desk.spend("Fair"), Some(5.5));
    desk = desk.keys("u").shows("undone: import of ads.csv");
    assert_eq!(desk.screen.plan(), before);
}

#[test]
fn leaving_changes_nothing() {
    let desk = Desk::table().file("ads.csv", ADS);
    let before = desk.screen.plan();
    let desk = desk.keys("i \"@ads.csv\" Enter Esc").in_view(View::Channels).shows("nothing was changed");
    assert_eq!(desk.screen.plan(), before);
    assert!(desk.screen.inner.state.import.is_none());
    let desk = desk.keys("i \"@ads.csv\" Enter F").in_view(View::Funnel);
    assert!(desk.screen.inner.state.import.is_none(), "another view leaves it too");
}

#[test]
fn unknown_columns_are_told_and_named_by_keys() {
    let desk = preview("what,who,money out\n2026-10-01,Fair,1.5\n")
        .shows("Cannot be imported into a new plan")
        .shows("say under Columns")
        .keys("Enter")
        .in_view(View::Import)
        .keys("Tab")
        .row("money out")
        .choose("spend")
        .row("who")
        .choose("channel")
        .shows("Import 1 row")
        .keys("i");
    assert_eq!(desk.spend("Fair"), Some(1.5));
}

#[test]
fn an_unclear_order_of_day_and_month_is_asked() {
    let unclear = "Date,Channel,Cost\n1/2/2026,SEO,1\n3/4/2026,SEO,2\n";
    preview(unclear)
        .shows("may be day/month or month/day")
        .row("Dates")
        .choose("day/month/year")
        .shows("2026-02-01 to 2026-04-03")
        .keys("u")
        .shows("may be day/month or month/day");
}

#[test]
fn every_recognition_can_be_changed_and_is_redone_at_once() {
    let text = "Title\nDate;Channel;Cost\n2026-10-05;SEO;1.234\n2026-10-06;seo;2.000\n";
    let desk =
        preview(text).shows("add up to spend 3.23").row("Numbers").choose("1.234,56").shows("add up to spend 3,234.00");
    let desk = desk.keys("Delete").shows("add up to spend 3.23").row("Numbers").choose("1.234,56");
    let desk = desk.row("Channel").choose("one channel for the file").keys("\"All\" Enter").shows("all: All");
    let desk = desk.row("Days").choose("one day for all rows").keys("\"2026-03-09\" Enter").shows("2026-03-09");
    let desk = desk.row("Currency").choose("another").keys("\"CHF\" Enter").shows("CHF ◂");
    let desk = desk.row("Periods").choose("days").shows("days ◂");
    let desk = desk.row("Cells parted").choose("commas").shows("Cannot be imported");
    let desk = desk.keys("u").shows("add up to spend 3,234.00").row("Header").choose("line 2").shows("line 2 ◂");
    let desk = desk.row("Encoding").choose("utf-8").row("Platform").choose("a plain table");
    let desk = desk.row("Name").keys("Enter \"Mine\" Enter").keys("g Enter").in_view(View::Improve);
    assert_eq!(desk.spend("All"), Some(3234.0));
    assert_eq!(desk.screen.plan().brief.name, "Mine");
    assert_eq!(desk.screen.plan().brief.currency, "CHF");
}

#[test]
fn rows_are_left_out_and_taken_in_by_hand() {
    let desk = preview(ADS).keys("F6 F6").row("2").keys("Space").shows("add up to spend 5.50").shows("Left out 2");
    let desk = desk.keys("F6").row("line 2").shows("left out by hand").keys("Space").shows("add up to spend 15.50");
    desk.row("line 4").keys("Space").shows("Left out 0").shows("add up to spend 31.00");
}

#[test]
fn spellings_of_one_name_are_joined_and_can_be_told_apart_or_renamed() {
    let text = "Date,Campaign,Cost\n2026-10-01,seo,1\n2026-10-01,Fair,2\n";
    let desk = Desk::table().file("ads.csv", text).keys("i \"@ads.csv\" Enter");
    let desk = desk.shows("\"seo\" is taken for \"SEO\"").row("Spellings").choose("kept apart");
    let desk = desk.lacks("is taken for").keys("u F6 F6 F6 F6").row("Fair").choose("Portal ads");
    desk.shows("→ Portal ads");
}

#[test]
fn a_file_that_was_added_before_is_not_added_twice_silently() {
    let desk = preview(ADS).keys("Enter").in_view(View::Improve).keys("i \"@ads.csv\" Enter");
    let desk = desk.shows("imported before").keys("i").shows("nothing would change");
    let desk = desk.row("Stored").choose("are added to").shows("adding it once more").keys("i").shows("not yet");
    let desk = desk.row("Once more").choose("yes").keys("i").in_view(View::Improve);
    assert_eq!(desk.spend("SEO"), Some(20.0));
}

#[test]
fn an_import_that_was_undone_before_the_save_is_not_remembered() {
    let desk = Desk::table().file("ads.csv", ADS).keys("i \"@ads.csv\" Enter i u 8 Enter Ctrl-S Enter");
    let desk = desk.keys("i \"@ads.csv\" Enter").lacks("imported before");
    desk.keys("i Ctrl-S i \"@ads.csv\" Enter").shows("imported before");
}

#[test]
fn several_files_become_one_plan() {
    let desk = Desk::plans().file("ads.csv", ADS).file("crm.csv", "Month,Channel,Deals\n2026-10,seo,3\n");
    let desk = desk.keys("i \"@ads.csv @crm.csv\" Enter").shows("Import 3 rows of 2 files").shows("ads.csv (1 of 2)");
    let desk = desk.keys("]").shows("crm.csv (2 of 2)").shows("\"seo\" is taken for \"SEO\"").keys("i");
    assert_eq!(desk.screen.plan().channels.len(), 2);
}

#[test]
fn another_plan_of_the_list_can_be_chosen() {
    let desk = preview(ADS).keys("Enter o").in_view(View::Plans);
    let desk = desk.file("more.csv", "Month,Channel,Deals\n2026-10,SEO,3\n").keys("i \"@more.csv\" Enter");
    let desk = desk.row("Into").choose("ads").keys("i").in_view(View::Improve);
    let plan = desk.screen.plan();
    assert_eq!((plan.brief.name.as_str(), plan.channels.len()), ("ads", 2));
    assert!(desk.screen.inner.state.document.as_ref().unwrap().is_unsaved(), "a plan that was there is saved by hand");
}

#[test]
fn a_name_that_is_taken_is_refused_and_the_preview_stays() {
    let desk = preview(ADS).keys("Enter o i \"@ads.csv\" Enter Enter").shows("is named so already");
    desk.in_view(View::Import).row("Name").keys("Enter \"Other\" Enter g Enter").in_view(View::Improve);
}

#[test]
fn files_are_found_and_completed_as_they_are_typed() {
    let desk = Desk::plans().file("ads one.csv", ADS).file("notes.pdf", "x");
    let desk = desk.keys("i \"@a\"").shows("ads one.csv").lacks("notes.pdf").keys("Tab").shows("ads\\ one.csv");
    desk.keys("Enter").shows("Import 2 rows");
    let desk = Desk::plans().file("a1.csv", ADS).file("a2.csv", "Month,Channel,Deals\n2026-10,SEO,3\n");
    let desk = desk.keys("i \"@a*.csv\" Enter").shows("of 2 files");
    desk.keys("Esc i Esc").in_view(View::Plans);
    Desk::plans().keys("i \"@none.csv\" Enter").shows("Cannot be imported").shows("none.csv");
}

#[test]
fn what_takes_long_shows_how_far_it_is_and_is_stopped_by_leaving() {
    let mut desk = Desk::plans();
    desk.screen = desk.screen.keys("i \"big.csv\" Enter").shows("reading big.csv").shows("0 %");
    let number = desk.screen.inner.state.import.as_ref().unwrap().number;
    let progress = |number, percent| Outcome::Import(News::Progress(Progress { number, file: 0, percent }));
    desk.screen = desk.screen.outcome(progress(number, 42)).shows("42 %");
    desk.screen = desk.screen.outcome(progress(number + 1, 80)).lacks("80 %");
    desk.screen.effects();
    desk.screen = desk.screen.keys("Esc").in_view(View::Plans);
    assert!(desk.screen.effects().contains(&Effect::StopImport));
}

#[test]
fn an_old_answer_is_not_taken_for_a_new_one() {
    let mut desk = preview(ADS);
    let stale = desk.screen.inner.state.import.as_ref().unwrap().preview.clone().unwrap();
    desk.screen = desk.screen.keys("F6 F6 Space");
    desk.screen.effects();
    desk.screen = desk.screen.outcome(Outcome::Import(News::Read(stale)));
    assert!(desk.screen.inner.state.import.as_ref().unwrap().reading.is_some(), "it still waits for the newest");
}

#[test]
fn the_panes_follow_each_other() {
    let mut desk = preview(ADS);
    for pane in ImportPane::ALL.into_iter().chain([ImportPane::Settings]) {
        assert_eq!(desk.screen.inner.state.import.as_ref().unwrap().pane, pane);
        desk = desk.keys("Tab");
    }
    let desk = desk.keys("Shift-Tab Shift-Tab");
    assert_eq!(desk.screen.inner.state.import.as_ref().unwrap().pane, ImportPane::Notes);
}

#[test]
fn the_preview_fits_every_window() {
    let mut desk = preview(ADS);
    for panes in 0..ImportPane::ALL.len() {
        desk = desk.keys(&"F6 ".repeat(panes));
        for open in ["", "j Enter"] {
            desk = desk.keys(open);
            for width in (0..130).step_by(9) {
                for height in (0..45).step_by(5) {
                    desk.screen.inner.resize((width, height));
                }
            }
        }
        desk = preview(ADS);
    }
}
