//! Colours by role. No meaning hangs on colour alone: signs, words and marks say the same.
//!
//! The terminal's own background is never painted over. The monochrome theme sets no colour at all, only modifiers,
//! because a colour command resets the modifiers in terminals that are told to show none.

use ratatui::style::{Color, Modifier, Style};

/// Which theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeName {
    /// The terminal's own sixteen colours: right on dark and light alike.
    #[default]
    Sixteen,
    /// 24-bit colours for a dark background.
    Dark,
    /// 24-bit colours for a light background.
    Light,
    /// No colour.
    Mono,
}

/// A style for each role on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Which theme this is.
    pub name: ThemeName,
    /// Ordinary text.
    pub text: Style,
    /// Less important text: units, hints, what is inactive.
    pub muted: Style,
    /// Headings, the names of columns.
    pub heading: Style,
    /// The active view, the plan's name.
    pub accent: Style,
    /// The cell or row under the cursor.
    pub selected: Style,
    /// The row of the cursor, outside its cell.
    pub row: Style,
    /// What is gained.
    pub gain: Style,
    /// What is lost.
    pub loss: Style,
    /// What needs attention.
    pub warning: Style,
    /// What is wrong.
    pub error: Style,
    /// Forecast numbers.
    pub forecast: Style,
    /// Rates that rest on too few events.
    pub thin: Style,
    /// Frames and rules.
    pub border: Style,
    /// Bars of the funnel and the tornado.
    pub bar: Style,
    /// The part of a bar that could be: headroom.
    pub bar_room: Style,
    /// Text that is being typed.
    pub input: Style,
    /// Keys in footers and help.
    pub key: Style,
    /// Heat from nothing to most; each step is also told by its shade character.
    pub heat: [Style; 5],
}

impl Theme {
    /// The theme of that name.
    pub fn of(name: ThemeName) -> Self {
        match name {
            ThemeName::Sixteen => Self::sixteen(),
            ThemeName::Dark => Self::dark(),
            ThemeName::Light => Self::light(),
            ThemeName::Mono => Self::mono(),
        }
    }

    fn sixteen() -> Self {
        let fg = |color| Style::new().fg(color);
        Self {
            name: ThemeName::Sixteen,
            text: Style::new(),
            muted: Style::new().add_modifier(Modifier::DIM),
            heading: Style::new().add_modifier(Modifier::BOLD),
            accent: fg(Color::Cyan).add_modifier(Modifier::BOLD),
            selected: Style::new().add_modifier(Modifier::REVERSED),
            row: Style::new().add_modifier(Modifier::BOLD),
            gain: fg(Color::Green),
            loss: fg(Color::Red),
            warning: fg(Color::Yellow),
            error: fg(Color::Red).add_modifier(Modifier::BOLD),
            forecast: fg(Color::Blue).add_modifier(Modifier::ITALIC),
            thin: Style::new().add_modifier(Modifier::DIM),
            border: Style::new().add_modifier(Modifier::DIM),
            bar: fg(Color::Cyan),
            bar_room: fg(Color::Yellow),
            input: Style::new().add_modifier(Modifier::UNDERLINED),
            key: fg(Color::Cyan),
            heat: [Style::new(), fg(Color::Green), fg(Color::Cyan), fg(Color::Yellow), fg(Color::Red)],
        }
    }

    fn rich(name: ThemeName, colors: &Palette) -> Self {
        let fg = |(red, green, blue)| Style::new().fg(Color::Rgb(red, green, blue));
        Self {
            name,
            text: Style::new(),
            muted: fg(colors.muted),
            heading: Style::new().add_modifier(Modifier::BOLD),
            accent: fg(colors.accent).add_modifier(Modifier::BOLD),
            selected: Style::new().add_modifier(Modifier::REVERSED),
            row: Style::new().add_modifier(Modifier::BOLD),
            gain: fg(colors.gain),
            loss: fg(colors.loss),
            warning: fg(colors.warning),
            error: fg(colors.loss).add_modifier(Modifier::BOLD),
            forecast: fg(colors.forecast).add_modifier(Modifier::ITALIC),
            thin: fg(colors.muted),
            border: fg(colors.border),
            bar: fg(colors.accent),
            bar_room: fg(colors.warning),
            input: Style::new().add_modifier(Modifier::UNDERLINED),
            key: fg(colors.accent),
            heat: colors.heat.map(fg),
        }
    }

    fn dark() -> Self {
        Self::rich(
            ThemeName::Dark,
            &Palette {
                muted: (138, 143, 152),
                accent: (97, 194, 255),
                gain: (126, 211, 133),
                loss: (255, 122, 117),
                warning: (240, 193, 90),
                forecast: (176, 156, 255),
                border: (84, 90, 101),
                heat: [(84, 90, 101), (72, 120, 150), (97, 194, 255), (240, 193, 90), (255, 122, 117)],
            },
        )
    }

    fn light() -> Self {
        Self::rich(
            ThemeName::Light,
            &Palette {
                muted: (105, 110, 119),
                accent: (0, 98, 163),
                gain: (22, 119, 46),
                loss: (186, 26, 36),
                warning: (143, 91, 0),
                forecast: (105, 61, 191),
                border: (160, 165, 172),
                heat: [(160, 165, 172), (96, 140, 170), (0, 98, 163), (143, 91, 0), (186, 26, 36)],
            },
        )
    }

    fn mono() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        Self {
            name: ThemeName::Mono,
            text: plain,
            muted: dim,
            heading: bold,
            accent: bold,
            selected: plain.add_modifier(Modifier::REVERSED),
            row: bold,
            gain: plain,
            loss: plain,
            warning: bold,
            error: bold,
            forecast: plain.add_modifier(Modifier::ITALIC),
            thin: dim,
            border: dim,
            bar: plain,
            bar_room: dim,
            input: plain.add_modifier(Modifier::UNDERLINED),
            key: bold,
            heat: [plain; 5],
        }
    }
}

type Rgb = (u8, u8, u8);

/// The colours in which two rich themes differ.
struct Palette {
    muted: Rgb,
    accent: Rgb,
    gain: Rgb,
    loss: Rgb,
    warning: Rgb,
    forecast: Rgb,
    border: Rgb,
    heat: [Rgb; 5],
}
