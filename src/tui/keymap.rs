//! Which key does what: read from `assets/keymap.ron`. The footer, help, the palette and README's list of keys are
//! made from it, so none of them can speak of a key that does something else.

use std::collections::HashMap;

use serde::Deserialize;

use super::action::Action;
use super::key::{Key, NoKey};
use super::state::View;

/// What keys mean, by what is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keys {
    /// A table or a list is in front.
    Grid,
    /// A view without one is in front.
    View,
    /// Something is being typed.
    Text,
    /// A question, help or an explanation is open.
    Dialog,
}

impl Keys {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Grid, Self::View, Self::Text, Self::Dialog];
}

/// What an action belongs to, in help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Group {
    /// Moving the cursor.
    Move,
    /// What is looked at.
    Look,
    /// Changing the plan.
    Edit,
    /// Files, the program itself.
    Program,
    /// While something is typed.
    Text,
    /// In a dialog.
    Dialog,
}

impl Group {
    /// All of them, in the order of help.
    pub const ALL: [Self; 6] = [Self::Edit, Self::Look, Self::Program, Self::Move, Self::Text, Self::Dialog];

    /// The heading in help.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Look => "Look",
            Self::Edit => "Edit",
            Self::Program => "Program",
            Self::Text => "While typing",
            Self::Dialog => "In a dialog",
        }
    }
}

/// One action with its keys and its one description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What it does.
    pub action: Action,
    /// What it belongs to, in help.
    pub group: Group,
    /// What it does, in words.
    pub says: String,
    /// Its short word in the footer, and its rank there.
    pub footer: Option<(String, u8)>,
    /// Other ranks there, by view.
    pub ranks: HashMap<View, u8>,
    /// Other short words for it, by view.
    pub words: HashMap<View, String>,
    /// The views in which it does something; empty: all.
    pub views: Vec<View>,
    /// Names that the palette knows besides.
    pub alias: Vec<String>,
    keys: Vec<(Keys, Vec<Key>)>,
}

impl Command {
    /// Its keys where keys mean `keys`, the first one first.
    pub fn keys(&self, keys: Keys) -> &[Key] {
        self.keys.iter().find(|(each, _)| *each == keys).map_or(&[], |(_, keys)| keys)
    }

    /// True where it does something in `view`.
    pub fn is_for(&self, view: View) -> bool {
        self.views.is_empty() || self.views.contains(&view)
    }

    /// Its keys as shown: `Enter, F2, e`.
    pub fn shown(&self, keys: Keys) -> String {
        self.keys(keys).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// All commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    commands: Vec<Command>,
    by_key: HashMap<(Keys, Key), Action>,
}

/// Why a key map cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadKeymap {
    /// It is not written as it should be.
    #[error("the key map: {0}")]
    Unreadable(#[from] ron::error::SpannedError),
    /// A key's name.
    #[error("the key map: {0}")]
    Key(#[from] NoKey),
    /// One key means two things.
    #[error("the key map: {key} means {first:?} and {second:?} in {keys:?}")]
    Twice {
        /// The key.
        key: Key,
        /// Where.
        keys: Keys,
        /// One meaning.
        first: Action,
        /// The other.
        second: Action,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    action: Action,
    group: Group,
    says: String,
    #[serde(default)]
    footer: Option<(String, u8)>,
    #[serde(default)]
    ranks: HashMap<View, u8>,
    #[serde(default)]
    words: HashMap<View, String>,
    #[serde(default)]
    views: Vec<View>,
    #[serde(default)]
    alias: Vec<String>,
    #[serde(default)]
    grid: Vec<String>,
    #[serde(default)]
    view: Vec<String>,
    #[serde(default)]
    text: Vec<String>,
    #[serde(default)]
    dialog: Vec<String>,
}

impl Keymap {
    /// The built-in key map.
    ///
    /// # Errors
    /// [`BadKeymap`] where the program was built with a bad one; a test refuses that.
    pub fn built_in() -> Result<Self, BadKeymap> {
        Self::parse(include_str!("../../assets/keymap.ron"))
    }

    /// Reads a key map.
    ///
    /// # Errors
    /// [`BadKeymap`] where it is not written as it should be, or one key means two things.
    pub fn parse(text: &str) -> Result<Self, BadKeymap> {
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let entries: Vec<Entry> = options.from_str(text)?;
        let mut commands = Vec::with_capacity(entries.len());
        let mut by_key = HashMap::new();
        for entry in entries {
            let command = command_of(entry)?;
            for (keys, each) in &command.keys {
                for key in each {
                    if let Some(first) = by_key.insert((*keys, *key), command.action) {
                        return Err(BadKeymap::Twice { key: *key, keys: *keys, first, second: command.action });
                    }
                }
            }
            commands.push(command);
        }
        Ok(Self { commands, by_key })
    }

    /// What a key means where keys mean `keys`.
    pub fn action(&self, keys: Keys, key: Key) -> Option<Action> {
        self.by_key.get(&(keys, key)).copied()
    }

    /// All commands, in the order of the key map.
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// The command of an action.
    pub fn command(&self, action: Action) -> Option<&Command> {
        self.commands.iter().find(|each| each.action == action)
    }

    /// What the footer names in `view` where keys mean `keys`: key and word, the most important first.
    pub fn footer(&self, keys: Keys, view: View) -> Vec<(Key, &str, Action)> {
        let mut named: Vec<_> = self
            .commands
            .iter()
            .filter(|each| each.is_for(view))
            .filter_map(|each| {
                let (word, rank) = each.footer.as_ref()?;
                let word = each.words.get(&view).unwrap_or(word);
                let rank = each.ranks.get(&view).unwrap_or(rank);
                Some((*rank, *each.keys(keys).first()?, word.as_str(), each.action))
            })
            .collect();
        named.sort_by_key(|(rank, ..)| *rank);
        named.into_iter().map(|(_, key, word, action)| (key, word, action)).collect()
    }

    /// All keys as a Markdown table, for README.
    pub fn markdown(&self) -> String {
        let mut out = String::from("| key | does |\n| --- | --- |\n");
        for group in Group::ALL {
            for each in self.commands.iter().filter(|each| each.group == group) {
                let mut shown: Vec<String> = Vec::new();
                for key in each.keys.iter().flat_map(|(_, keys)| keys) {
                    let key = format!("`{key}`");
                    if !shown.contains(&key) {
                        shown.push(key);
                    }
                }
                let keys = if shown.is_empty() { "`:`".to_owned() } else { shown.join(", ") };
                out.push_str(&format!("| {keys} | {} |\n", each.says).replace("`|`", "`\\|`"));
            }
        }
        out
    }
}

fn command_of(entry: Entry) -> Result<Command, NoKey> {
    let lists =
        [(Keys::Grid, entry.grid), (Keys::View, entry.view), (Keys::Text, entry.text), (Keys::Dialog, entry.dialog)];
    let mut keys = Vec::new();
    for (place, names) in lists {
        let parsed = names.iter().map(|name| name.parse()).collect::<Result<Vec<Key>, NoKey>>()?;
        if !parsed.is_empty() {
            keys.push((place, parsed));
        }
    }
    Ok(Command {
        action: entry.action,
        group: entry.group,
        says: entry.says,
        footer: entry.footer,
        ranks: entry.ranks,
        words: entry.words,
        views: entry.views,
        alias: entry.alias,
        keys,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_key_map_can_be_read_and_no_key_means_two_things() {
        let keymap = Keymap::built_in().unwrap();
        assert_eq!(keymap.action(Keys::Grid, Key::char('u')), Some(Action::Undo));
    }

    #[test]
    fn every_action_stands_in_the_key_map_once() {
        let keymap = Keymap::built_in().unwrap();
        for command in keymap.commands() {
            let twins = keymap.commands().iter().filter(|each| each.action == command.action).count();
            assert_eq!(twins, 1, "{:?}", command.action);
        }
    }

    #[test]
    fn a_key_that_means_two_things_is_refused() {
        let text = r#"[(action: Up, group: Move, says: "up", grid: ["k"]), (action: Down, group: Move, says: "down", grid: ["k"])]"#;
        assert!(matches!(Keymap::parse(text), Err(BadKeymap::Twice { .. })));
    }

    #[test]
    fn letters_are_text_while_typing() {
        let keymap = Keymap::built_in().unwrap();
        for key in keymap.commands().iter().flat_map(|each| each.keys(Keys::Text)) {
            assert_eq!(key.typed(), None, "{key} would not be typed");
        }
    }

    #[test]
    fn the_footer_begins_with_help() {
        let keymap = Keymap::built_in().unwrap();
        assert_eq!(keymap.footer(Keys::Grid, View::Channels)[0].2, Action::Help);
    }
}
