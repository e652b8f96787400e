//! A key as the program knows it: crossterm's events normalised once, at the edge.
//!
//! A key is written as people write it, `Ctrl-S`, `Shift-Tab`, `↑`, `a`, and read back from that; key maps may write
//! `Up` for `↑`.

use std::fmt;
use std::str::FromStr;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// Which key, without what is held down with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, as typed: capitals are characters of their own.
    Char(char),
    /// F1 to F24.
    F(u8),
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
}

/// A key with what is held down with it. Shift is told only where the character does not tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Ctrl is held down.
    pub ctrl: bool,
    /// Alt is held down.
    pub alt: bool,
    /// Shift is held down; never told of characters.
    pub shift: bool,
}

/// Names of keys: the first is how it is shown, the others are read too.
const NAMES: &[(Code, &[&str])] = &[
    (Code::Up, &["↑", "Up"]),
    (Code::Down, &["↓", "Down"]),
    (Code::Left, &["←", "Left"]),
    (Code::Right, &["→", "Right"]),
    (Code::Home, &["Home"]),
    (Code::End, &["End"]),
    (Code::PageUp, &["PgUp"]),
    (Code::PageDown, &["PgDn"]),
    (Code::Enter, &["Enter"]),
    (Code::Esc, &["Esc"]),
    (Code::Tab, &["Tab"]),
    (Code::Backspace, &["Backspace"]),
    (Code::Delete, &["Delete"]),
    (Code::Insert, &["Insert"]),
    (Code::Char(' '), &["Space"]),
];

impl Key {
    /// The key with nothing held down.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character with nothing held down.
    pub const fn char(character: char) -> Self {
        Self::plain(Code::Char(character))
    }

    /// A character with Ctrl held down.
    pub const fn ctrl(character: char) -> Self {
        Self { ctrl: true, ..Self::char(character) }
    }

    /// The key of a terminal's event; `None` for a release and for keys that the program does not know.
    pub fn of_event(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
        let code = match event.code {
            KeyCode::Char(character) => {
                // With Ctrl the case is the terminal's whim.
                let character = if ctrl { character.to_ascii_lowercase() } else { character };
                shift = false;
                Code::Char(character)
            }
            KeyCode::BackTab => {
                shift = true;
                Code::Tab
            }
            KeyCode::F(number) if (1..=24).contains(&number) => Code::F(number),
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            KeyCode::Enter => Code::Enter,
            KeyCode::Esc => Code::Esc,
            KeyCode::Tab => Code::Tab,
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Delete => Code::Delete,
            KeyCode::Insert => Code::Insert,
            _ => return None,
        };
        Some(Self { code, ctrl, alt, shift })
    }

    /// The character that this key types; `None` where it is a command.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(character) if !self.ctrl && !self.alt && !character.is_control() => Some(character),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        let named = NAMES.iter().find(|(code, _)| *code == self.code).and_then(|(_, names)| names.first());
        match (named, self.code) {
            (Some(name), _) => f.write_str(name),
            (None, Code::F(number)) => write!(f, "F{number}"),
            // Ctrl-S is written with a capital, as on the key.
            (None, Code::Char(character)) if self.ctrl => write!(f, "{}", character.to_ascii_uppercase()),
            (None, Code::Char(character)) => write!(f, "{character}"),
            (None, _) => Ok(()),
        }
    }
}

/// What was written is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no key: write it as a, Ctrl-S, Shift-Tab, F1 or Up")]
pub struct NoKey(pub String);

impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let mut key = Self::char(' ');
        let mut rest = text;
        loop {
            // The last character is the key, even where it is a hyphen.
            if let Some(tail) = rest.strip_prefix("Ctrl-").filter(|tail| !tail.is_empty() && !key.ctrl) {
                (key.ctrl, rest) = (true, tail);
            } else if let Some(tail) = rest.strip_prefix("Alt-").filter(|tail| !tail.is_empty() && !key.alt) {
                (key.alt, rest) = (true, tail);
            } else if let Some(tail) = rest.strip_prefix("Shift-").filter(|tail| !tail.is_empty() && !key.shift) {
                (key.shift, rest) = (true, tail);
            } else {
                break;
            }
        }
        key.code = code_of(rest, key.ctrl).ok_or_else(|| NoKey(text.to_owned()))?;
        if key.shift && matches!(key.code, Code::Char(_)) {
            return Err(NoKey(text.to_owned()));
        }
        Ok(key)
    }
}

fn code_of(name: &str, ctrl: bool) -> Option<Code> {
    if let Some((code, _)) = NAMES.iter().find(|(_, names)| names.contains(&name)) {
        return Some(*code);
    }
    let mut characters = name.chars();
    let first = characters.next()?;
    let rest = characters.as_str();
    if rest.is_empty() {
        return (!first.is_control() && first != ' ').then_some(Code::Char(if ctrl {
            first.to_ascii_lowercase()
        } else {
            first
        }));
    }
    let number: u8 = rest.parse().ok()?;
    (first == 'F' && (1..=24).contains(&number) && !rest.starts_with(['+', '0'])).then_some(Code::F(number))
}

/// Reads a script of keys separated by spaces: `C j j Enter 1 2 Tab`. Words in quotes are typed: `"SEO ads"`.
///
/// # Errors
/// [`NoKey`] for the first word that is no key.
pub fn parse_script(script: &str) -> Result<Vec<Key>, NoKey> {
    let mut keys = Vec::new();
    let mut rest = script.trim_start();
    while !rest.is_empty() {
        if let Some((typed, tail)) = rest.strip_prefix('"').and_then(|tail| tail.split_once('"')) {
            keys.extend(typed.chars().map(Key::char));
            rest = tail.trim_start();
            continue;
        }
        let (word, tail) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        keys.push(word.parse()?);
        rest = tail.trim_start();
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::crossterm::event::KeyEventState;

    fn event(code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) -> KeyEvent {
        KeyEvent { code, modifiers, kind, state: KeyEventState::NONE }
    }

    #[test]
    fn a_release_is_no_key() {
        assert_eq!(Key::of_event(event(KeyCode::Char('a'), KeyModifiers::NONE, KeyEventKind::Release)), None);
        let repeat = event(KeyCode::Char('a'), KeyModifiers::NONE, KeyEventKind::Repeat);
        assert_eq!(Key::of_event(repeat), Some(Key::char('a')));
    }

    #[test]
    fn shift_and_case_are_told_once() {
        let typed = event(KeyCode::Char('G'), KeyModifiers::SHIFT, KeyEventKind::Press);
        assert_eq!(Key::of_event(typed), Some(Key::char('G')));
        let ctrl = event(KeyCode::Char('S'), KeyModifiers::CONTROL, KeyEventKind::Press);
        assert_eq!(Key::of_event(ctrl), Some(Key::ctrl('s')));
        let back = event(KeyCode::BackTab, KeyModifiers::NONE, KeyEventKind::Press);
        assert_eq!(Key::of_event(back).unwrap().to_string(), "Shift-Tab");
    }

    #[test]
    fn keys_are_read_as_people_write_them() {
        for (written, shown) in
            [("Up", "↑"), ("Ctrl-S", "Ctrl-S"), ("Ctrl-s", "Ctrl-S"), ("Alt-Left", "Alt-←"), ("-", "-"), ("F12", "F12")]
        {
            assert_eq!(written.parse::<Key>().unwrap().to_string(), shown);
        }
        for bad in ["", "Ctrl-", "Shift-a", "F0", "F25", "F01", "ab", "Ctrl-Ctrl-a", " "] {
            assert!(bad.parse::<Key>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_script_holds_keys_and_typed_words() {
        let keys = parse_script("C Down \"a b\" Ctrl-S").unwrap();
        let shown: Vec<_> = keys.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["C", "↓", "a", "Space", "b", "Ctrl-S"]);
        assert!(parse_script("Nope").is_err());
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            any::<char>().prop_filter("control characters are no keys", |c| !c.is_control()).prop_map(Code::Char),
            (1..=24_u8).prop_map(Code::F),
            proptest::sample::select(NAMES.iter().map(|(code, _)| *code).collect::<Vec<_>>()),
        ];
        (code, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(code, ctrl, alt, shift)| match code {
            Code::Char(c) => {
                let c = if ctrl { c.to_ascii_lowercase() } else { c };
                Key { code: Code::Char(c), ctrl, alt, shift: false }
            }
            code => Key { code, ctrl, alt, shift },
        })
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(key in any_key()) {
            // The arrows' own characters stand for the arrows.
            prop_assume!(!matches!(key.code, Code::Char('↑' | '↓' | '←' | '→')));
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }
    }
}
