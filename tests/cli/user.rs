//! A user at a shell: an empty home, a folder to work in, and what a command did.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A user with an empty home and a folder to work in.
pub(crate) struct User {
    pub(crate) home: TempDir,
}

impl User {
    pub(crate) fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("funnel-tui"));
        command.args(args).env("FUNNEL_TUI_HOME", self.home.path().join("home")).env("TZ", "UTC");
        command.env_remove("NO_COLOR").env_remove("COLUMNS").current_dir(self.home.path()).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A plan file in the working folder.
    pub(crate) fn plan(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The answer of a command that was done.
    #[track_caller]
    pub(crate) fn answer(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    /// The reason of a command that was not done, which printed no answer.
    #[track_caller]
    pub(crate) fn reason(self, status: i32) -> String {
        assert_eq!((self.status, self.out.as_str()), (Some(status), ""), "{}", self.err);
        self.err
    }
}

/// A small plan of one channel.
pub(crate) const SMALL: &str = "#![enable(implicit_some)]
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
