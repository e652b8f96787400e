//! Lines in which files are named: words as a shell takes them, and the files that a word may become.

use crate::store::FoundFile;

/// Files that go on from what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The word that they go on from.
    pub word: String,
    /// The files.
    pub files: Vec<Listed>,
}

impl Listing {
    /// The word with all that the files have in common behind it; `None` where that is no more than was typed.
    pub fn further(&self) -> Option<String> {
        let further = match &self.files[..] {
            [only] => only.file.path.clone(),
            files => Some(common_beginning(files)).filter(|common| common.starts_with(&self.word))?,
        };
        (further != self.word).then_some(further)
    }

    /// The files' names without their folder, in one line.
    pub fn names(&self) -> String {
        let folder = self.word.rfind(std::path::is_separator).map_or(0, |at| at + 1);
        let names: Vec<&str> = self.files.iter().map(|listed| &listed.file.path[folder..]).collect();
        names.join("  ")
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What was found.
    pub file: FoundFile,
    /// When it was written, as shown.
    pub when: String,
}

/// A word of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Bytes of the line before it.
    pub start: usize,
    /// The word without its quotes.
    pub text: String,
}

/// The words of a line, parted by blanks; blanks in quotes or behind a backslash part nothing. The last word is what is
/// being typed: empty after a blank.
pub fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = Word { start: 0, text: String::new() };
    let mut quote = None;
    let mut began = false;
    let mut letters = line.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match (letter, quote) {
            ('"' | '\'', None) => {
                quote = Some(letter);
                began = true;
            }
            (_, Some(open)) if letter == open => quote = None,
            ('\\', None) if letters.peek().is_some_and(|(_, next)| needs_backslash(*next)) => {
                word.text.extend(letters.next().map(|(_, next)| next));
                began = true;
            }
            (_, None) if letter.is_whitespace() => {
                if began {
                    words.push(std::mem::replace(&mut word, Word { start: 0, text: String::new() }));
                }
                began = false;
                word.start = at + letter.len_utf8();
            }
            _ => {
                word.text.push(letter);
                began = true;
            }
        }
    }
    words.push(word);
    words
}

fn needs_backslash(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '"' | '\'' | '\\' | '(' | ')' | '&' | '*' | '[' | ']' | '$' | '!' | '#')
}

/// The line with its last word replaced.
pub fn with_last(line: &str, word: &str) -> String {
    let start = words(line).last().map_or(0, |last| last.start);
    format!("{}{}", &line[..start], quoted(word))
}

/// A word so that it is read as one.
fn quoted(word: &str) -> String {
    let mut quoted = String::with_capacity(word.len());
    for letter in word.chars() {
        if letter.is_whitespace() || matches!(letter, '"' | '\'') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted
}

/// What all the files' paths begin with.
fn common_beginning(files: &[Listed]) -> String {
    let mut files = files.iter().map(|listed| listed.file.path.as_str());
    let Some(first) = files.next() else { return String::new() };
    let same = |common: &str, other: &str| -> usize {
        common.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let length = files.fold(first.len(), |length, other| same(&first[..length], other));
    first[..length].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        words(line).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_line_is_words_as_a_shell_takes_them() {
        assert_eq!(texts("a.csv  'b c.csv' d\\ e.csv"), ["a.csv", "b c.csv", "d e.csv"]);
        assert_eq!(texts("a.csv "), ["a.csv", ""]);
        assert_eq!(texts(""), [""]);
        assert_eq!(texts("C:\\exports\\a.csv"), ["C:\\exports\\a.csv"]);
        assert_eq!(texts("\"open quote b"), ["open quote b"]);
        assert_eq!(texts("百度 推广.csv"), ["百度", "推广.csv"]);
    }

    #[test]
    fn the_last_word_is_replaced_so_that_it_stays_one() {
        let line = with_last("a.csv ~/Dow", "~/Downloads/my ads.csv");
        assert_eq!(line, "a.csv ~/Downloads/my\\ ads.csv");
        assert_eq!(texts(&line), ["a.csv", "~/Downloads/my ads.csv"]);
        assert_eq!(with_last("'my a", "it's.csv"), "it\\'s.csv");
    }

    #[test]
    fn files_have_a_common_beginning() {
        let listed = |path: &str| {
            let file = FoundFile {
                path: path.to_owned(),
                is_folder: false,
                len: 0,
                modified: std::time::SystemTime::UNIX_EPOCH,
            };
            Listed { file, when: String::new() }
        };
        assert_eq!(common_beginning(&[listed("a/百度1.csv"), listed("a/百度2.csv")]), "a/百度");
        assert_eq!(common_beginning(&[]), "");
    }
}
