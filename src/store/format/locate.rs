//! Finds the place of a value in a RON text by the way to it from the top.

use std::ops::Range;

use crate::plan::Step;

use super::token::{Kind, Token, Tokens};

/// Where a value stands and, if it is the value of a map, where its key stands. Bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The key or field name before the value.
    pub(super) key: Option<Range<usize>>,
    /// The value, or as much of the way to it as there is.
    pub(super) value: Range<usize>,
    /// False where the way leads to something that is not written in the text.
    pub(super) whole: bool,
}

/// Walks `path` through `source`; `None` where the text holds no value at all.
pub(super) fn locate(source: &str, path: &[Step]) -> Option<Found> {
    let mut walk = Walk::new(source);
    walk.skip_attributes();
    let mut found = Found { key: None, value: walk.peek()?.span.clone(), whole: true };
    for step in path {
        let Some(key) = walk.step(step) else { return Some(Found { whole: false, ..found }) };
        let Some(value) = walk.peek() else { return Some(Found { whole: false, ..found }) };
        found = Found { key: key.name, value: value.span.clone(), whole: true };
    }
    let start = found.value.start;
    found.value = start..walk.skip_value().unwrap_or(found.value.end);
    Some(found)
}

/// The text that a string token stands for; `None` where it is no well-formed string.
pub(super) fn unquoted(token: &str) -> Option<String> {
    ron::from_str(token).ok()
}

fn is_key(word: &str, is_text: bool, name: &str) -> bool {
    if is_text {
        unquoted(word).is_some_and(|key| key == name)
    } else {
        word.strip_prefix("r#").unwrap_or(word) == name
    }
}

/// One value among several in brackets; those of a list have no name.
struct Entry {
    name: Option<Range<usize>>,
}

/// A place between two tokens, comments left out.
#[derive(Clone)]
struct Walk<'a> {
    source: &'a str,
    tokens: Tokens<'a>,
    ahead: Option<Token>,
}

impl<'a> Walk<'a> {
    fn new(source: &'a str) -> Self {
        let mut walk = Self { source, tokens: Tokens::new(source), ahead: None };
        walk.next();
        walk
    }

    fn peek(&self) -> Option<&Token> {
        self.ahead.as_ref()
    }

    fn next(&mut self) -> Option<Token> {
        let next = self.tokens.by_ref().find(|token| token.kind != Kind::Comment);
        std::mem::replace(&mut self.ahead, next)
    }

    fn kind(&self) -> Option<Kind> {
        self.ahead.as_ref().map(|token| token.kind)
    }

    fn text(&self) -> &'a str {
        self.ahead.as_ref().map_or("", |token| &self.source[token.span.clone()])
    }

    /// `#![enable(implicit_some)]` and its like, before the value.
    fn skip_attributes(&mut self) {
        while self.text().starts_with('#') {
            self.next();
            self.skip_value();
        }
    }

    /// Goes from a value to one inside it.
    fn step(&mut self, step: &Step) -> Option<Entry> {
        match step {
            Step::Field(name) if self.enter('(') => self.seek_key(|word, _| word == *name),
            Step::Key(name) if self.enter('{') => self.seek_key(|word, is_text| is_key(word, is_text, name)),
            Step::Index(at) if self.enter('[') => self.seek_index(*at).then_some(Entry { name: None }),
            _ => None,
        }
    }

    /// Goes inside a value that opens with `bracket`, past a name before it (`Trial(`) and wrappers (`Some((`).
    fn enter(&mut self, bracket: char) -> bool {
        while self.text() == "Some" {
            self.next();
            if self.text() != "(" {
                return false;
            }
            self.next();
            // With RON's `unwrap_variant_newtypes` the fields stand in `Some(` itself.
            let mut ahead = self.clone();
            ahead.next();
            if bracket == '(' && ahead.kind() == Some(Kind::Colon) {
                return true;
            }
        }
        if bracket == '(' && self.kind() == Some(Kind::Word) {
            self.next();
        }
        let opens = self.kind() == Some(Kind::Open) && self.text().starts_with(bracket);
        if opens {
            self.next();
        }
        opens
    }

    /// Moves to the value under the key that `matches`; gives the key's place.
    fn seek_key(&mut self, matches: impl Fn(&str, bool) -> bool) -> Option<Entry> {
        while matches!(self.kind(), Some(Kind::Word | Kind::Text)) {
            let is_text = self.kind() == Some(Kind::Text);
            let here = matches(self.text(), is_text);
            let key = self.next()?.span;
            if self.kind() != Some(Kind::Colon) {
                return None;
            }
            self.next();
            if here {
                return Some(Entry { name: Some(key) });
            }
            self.skip_value()?;
            if self.kind() == Some(Kind::Comma) {
                self.next();
            }
        }
        None
    }

    fn seek_index(&mut self, index: usize) -> bool {
        for _ in 0..index {
            if self.skip_value().is_none() || self.kind() != Some(Kind::Comma) {
                return false;
            }
            self.next();
        }
        !matches!(self.kind(), None | Some(Kind::Close))
    }

    /// Moves past one value and says where it ends; `None` where there is none.
    fn skip_value(&mut self) -> Option<usize> {
        let mut depth = 0_usize;
        let mut end = None;
        loop {
            let kind = self.kind();
            match kind {
                None | Some(Kind::Comma | Kind::Colon | Kind::Close) if depth == 0 => return end,
                None => return end,
                Some(Kind::Open) => depth += 1,
                Some(Kind::Close) => depth -= 1,
                _ => {}
            }
            end = self.next().map(|token| token.span.end);
            // A word may be the name of the brackets after it, anything else at the top level is a whole value.
            if depth == 0 && !(kind == Some(Kind::Word) && self.text() == "(") {
                return end;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r##"// a comment
#![enable(implicit_some)]
Plan(
    name: "a: (b, {c", // (
    channels: [
        (name: "SEO", actual: {"2026-09-01": (uv: 3, /* pv: 9 */ pv: -1)}),
        (name: r#"x"y"#, economics: Some((margin: 7))),
    ],
    tests: [Trial(name: "t", counts: Some(spend: 5))],
    scenarios: [(name: "s", lifts: {Depth: 0.2}, spend: {"百度 \"ads\"": 4})],
)"##;

    fn at(path: &[Step]) -> (&str, &str) {
        let found = locate(SOURCE, path).unwrap();
        assert!(found.whole, "{path:?}");
        (found.key.map_or("", |key| &SOURCE[key]), &SOURCE[found.value])
    }

    #[test]
    fn a_value_is_found_through_structs_lists_and_maps() {
        use Step::{Field, Index, Key};
        let key = |name: &str| Key(name.to_owned());
        let record = [Field("channels"), Index(0), Field("actual"), key("2026-09-01")];
        assert_eq!(at(&record), ("\"2026-09-01\"", "(uv: 3, /* pv: 9 */ pv: -1)"));
        assert_eq!(at(&[&record[..], &[Field("pv")]].concat()), ("pv", "-1"));
        assert_eq!(at(&[Field("channels"), Index(1), Field("economics"), Field("margin")]), ("margin", "7"));
        assert_eq!(at(&[Field("tests"), Index(0), Field("counts"), Field("spend")]), ("spend", "5"));
        assert_eq!(at(&[Field("tests"), Index(0)]).1, r#"Trial(name: "t", counts: Some(spend: 5))"#);
        assert_eq!(at(&[Field("scenarios"), Index(0), Field("lifts"), key("Depth")]), ("Depth", "0.2"));
        let quoted = [Field("scenarios"), Index(0), Field("spend"), key("百度 \"ads\"")];
        assert_eq!(at(&quoted), (r#""百度 \"ads\"""#, "4"));
    }

    #[test]
    fn a_way_that_is_not_written_ends_at_its_last_part() {
        let found = locate(SOURCE, &[Step::Field("tests"), Step::Index(3)]).unwrap();
        assert!(!found.whole);
        assert_eq!(&SOURCE[found.key.unwrap()], "tests");
        assert_eq!(locate("  // nothing", &[]), None);
    }
}
