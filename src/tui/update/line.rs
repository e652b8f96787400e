//! Typing into a line: what each key does to the text and its caret.

use tui_input::{Input, InputRequest};

use super::super::action::Action;
use super::Typed;
use crate::plan::steers;

/// Longer lines than anybody types are cut: a mistaken paste of a book shall not slow every key.
const LONGEST: usize = 4000;

/// Applies what was typed; false where it is no key of a line.
pub(super) fn typed(input: &mut Input, what: &Typed) -> bool {
    let request = match what {
        Typed::Char(character) => InputRequest::InsertChar(*character),
        Typed::Text(text) => {
            insert(input, text);
            return true;
        }
        Typed::Action(action) => match action {
            Action::Left => InputRequest::GoToPrevChar,
            Action::Right => InputRequest::GoToNextChar,
            Action::Home => InputRequest::GoToStart,
            Action::End => InputRequest::GoToEnd,
            Action::WordLeft => InputRequest::GoToPrevWord,
            Action::WordRight => InputRequest::GoToNextWord,
            Action::RubOut => InputRequest::DeletePrevChar,
            Action::DeleteForward => InputRequest::DeleteNextChar,
            Action::DeleteWord => InputRequest::DeletePrevWord,
            Action::DeleteToStart => InputRequest::DeleteFromStart,
            Action::DeleteToEnd => InputRequest::DeleteTillEnd,
            _ => return false,
        },
    };
    let full = input.value().chars().count() >= LONGEST;
    if !(full && matches!(request, InputRequest::InsertChar(_))) {
        input.handle(request);
    }
    true
}

/// Puts pasted text in at the caret: line ends become blanks, what steers a terminal is left out.
fn insert(input: &mut Input, text: &str) {
    let value: Vec<char> = input.value().chars().collect();
    let room = LONGEST.saturating_sub(value.len());
    let text: Vec<char> = text
        .trim_end_matches(['\r', '\n'])
        .replace("\r\n", "\n")
        .chars()
        .map(|character| if matches!(character, '\n' | '\r' | '\t') { ' ' } else { character })
        .filter(|character| !steers(*character))
        .take(room)
        .collect();
    let caret = input.cursor();
    let whole: String = value[..caret].iter().chain(&text).chain(&value[caret..]).collect();
    *input = Input::new(whole).with_cursor(caret + text.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_lines_become_one_and_go_in_at_the_caret() {
        let mut input = Input::new("ad".to_owned()).with_cursor(1);
        typed(&mut input, &Typed::Text("b\r\nc\u{1b}\n".to_owned()));
        assert_eq!((input.value(), input.cursor()), ("ab cd", 4));
    }

    #[test]
    fn a_line_has_an_end() {
        let mut input = Input::default();
        typed(&mut input, &Typed::Text("x".repeat(100_000)));
        typed(&mut input, &Typed::Char('y'));
        assert_eq!(input.value().len(), LONGEST);
    }
}
