//! How the program looks and behaves for this user.

use serde::Deserialize;

use super::file::{SaveError, Stamp};
use super::format::{Diagnosis, Ink, as_text, read_ron};
use super::library::{Library, Saved};

/// A look of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum ThemeName {
    /// For dark terminals.
    Dark,
    /// For light terminals.
    Light,
    /// The terminal's own sixteen colours.
    #[serde(alias = "Sixteen")]
    Ansi,
    /// No colours at all.
    Mono,
}

impl ThemeName {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::Ansi, Self::Mono];

    /// The name in the settings file.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Dark => "Dark",
            Self::Light => "Light",
            Self::Ansi => "Ansi",
            Self::Mono => "Mono",
        }
    }
}

/// The settings file, `config.ron`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The look; `None`: the program chooses.
    pub theme: Option<ThemeName>,
    /// Whether the mouse is taken from the terminal.
    pub mouse: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: None, mouse: true }
    }
}

impl Settings {
    /// Reads settings from the text of their file.
    ///
    /// # Errors
    /// A [`Diagnosis`] of the first thing that is wrong.
    pub fn read(text: &str, file: &str) -> Result<Self, Diagnosis> {
        read_ron(text, file)
    }

    /// The text of the settings file; defaults are left out.
    pub fn write(&self) -> String {
        let mut ink = Ink::with_capacity(128);
        ink.raw("#![enable(implicit_some)]\n(\n");
        if let Some(theme) = self.theme {
            ink.line("theme", |ink| ink.raw(theme.title()));
        }
        if !self.mouse {
            ink.line("mouse", |ink| ink.raw("false"));
        }
        ink.raw(")\n");
        ink.into_text()
    }
}

impl Library {
    /// The user's settings; the defaults where there is no file. Where the file is bad, the defaults with the reason:
    /// the program goes on and shows it.
    pub fn settings(&self) -> (Settings, Option<Diagnosis>) {
        let path = &self.home.config_file;
        let file = path.to_string_lossy();
        let read = match self.disk.read(path) {
            Ok(bytes) => as_text(&bytes, &file).and_then(|text| Settings::read(text, &file)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
            Err(error) => Err(Diagnosis::unreadable(&file, &error)),
        };
        match read {
            Ok(settings) => (settings, None),
            Err(diagnosis) => (Settings::default(), Some(diagnosis)),
        }
    }

    /// Saves the settings as safely as a plan. Comments in the file are kept in a copy, as a plan's are.
    ///
    /// # Errors
    /// A [`SaveError`]; the file is then as it was.
    pub fn save_settings(&self, settings: &Settings) -> Result<Saved, SaveError> {
        let anything: Option<&Stamp> = None;
        self.replace(&self.home.config_file, &settings.write().as_bytes(), anything)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_were_written() {
        for theme in [None].into_iter().chain(ThemeName::ALL.map(Some)) {
            for mouse in [true, false] {
                let settings = Settings { theme, mouse };
                assert_eq!(Settings::read(&settings.write(), "config.ron"), Ok(settings));
            }
        }
        assert_eq!(Settings::default().write(), "#![enable(implicit_some)]\n(\n)\n");
    }

    #[test]
    fn an_unknown_setting_names_the_nearest_one() {
        let diagnosis = Settings::read("(\n  mose: false,\n)", "config.ron").unwrap_err();
        assert_eq!(diagnosis.summary(), "config.ron:2:3: unknown field \"mose\", did you mean \"mouse\"?");
        let diagnosis = Settings::read("(theme: Drak)", "config.ron").unwrap_err();
        assert_eq!(diagnosis.summary(), "config.ron:1:9: unknown theme \"Drak\", did you mean \"Dark\"?");
        let diagnosis = Settings::read("(mouse: 1)", "config.ron").unwrap_err();
        assert_eq!(diagnosis.summary(), "config.ron:1:9: expected true or false, found 1");
    }
}
