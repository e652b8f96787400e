//! Turns what the RON reader says into words for somebody who plans campaigns, and finds the very token it means.

use std::ops::Range;

use ron::error::{Error, SpannedError};

use super::token::{Kind, Token, Tokens};
use super::words::{did_you_mean, one_of, thing};

/// What is wrong, how to mend it, and the bytes of the source where.
pub(super) struct Explained {
    pub(super) what: String,
    pub(super) help: String,
    pub(super) span: Range<usize>,
}

/// In plain words.
pub(super) fn explain(source: &str, error: &SpannedError) -> Explained {
    let offset = offset_of(source, error.span.end.line, error.span.end.col);
    let around = Around::new(source, offset);
    match &error.code {
        Error::Message(message) => around.message(message),
        Error::NoSuchEnumVariant { expected, found, outer } => {
            let what = format!("unknown {} {found:?}", thing(outer.as_deref().unwrap_or_default(), "word"));
            around.on_last(what, did_you_mean(found, expected).unwrap_or_else(|| one_of(expected)))
        }
        Error::NoSuchStructField { expected, found, .. } => {
            let help = did_you_mean(found, expected).unwrap_or_else(|| one_of(expected));
            around.on_last(format!("unknown field {found:?}"), help)
        }
        Error::DuplicateStructField { field, .. } => {
            around.on_last(format!("the field {field:?} stands twice"), "keep one of them")
        }
        Error::MissingStructField { field, outer } => {
            let whose = thing(outer.as_deref().unwrap_or_default(), "record");
            around.on_bracket(format!("the field {field:?} is missing"), format!("every {whose} needs one"))
        }
        Error::InvalidValueForType { expected, found } if expected.ends_with("floating point number") => {
            around.on_last(format!("expected a number, found {}", brief(found)), number_help(found))
        }
        Error::InvalidValueForType { expected, found } => {
            around.on_last(format!("expected {expected}, found {}", brief(found)), "")
        }
        Error::ExpectedDifferentStructName { expected, found } => {
            around.on_last(format!("expected ( to open a {}, found {}", thing(expected, "record"), brief(found)), "")
        }
        Error::IntegerOutOfBounds => around.on_last("this number is too large", ""),
        Error::ExceededRecursionLimit => around.on_next("the brackets are nested too deeply", "no plan needs that"),
        Error::NoSuchExtension(name) => {
            around.on_last(format!("unknown extension {name:?}"), "the first line should be #![enable(implicit_some)]")
        }
        Error::UnclosedBlockComment => around.on_comment(),
        Error::ExpectedStringEnd => around.on_open_text(),
        Error::InvalidEscape(_) => around.on_escape(),
        code => around.expected(code),
    }
}

/// The byte at which a line and column, both from 1 and in characters, begin.
fn offset_of(source: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        start += source[start..].find('\n').map_or(source.len() - start, |at| at + 1);
    }
    source[start..].char_indices().nth(column.saturating_sub(1)).map_or(source.len(), |(at, _)| start + at)
}

/// The tokens around the place where the reader stopped.
struct Around<'a> {
    source: &'a str,
    offset: usize,
    /// The last three tokens that end at or before the place, the nearest first.
    before: [Option<Token>; 3],
    /// The last name, number or text among them.
    last: Option<Token>,
    /// The token at the place; `None` at the end of the file.
    next: Option<Token>,
    /// Where the last comment before or at the place begins.
    comment: Option<usize>,
    /// Brackets that are open at the place.
    open: Vec<Token>,
}

impl<'a> Around<'a> {
    fn new(source: &'a str, offset: usize) -> Self {
        let before = [None, None, None];
        let mut around = Self { source, offset, before, last: None, next: None, comment: None, open: Vec::new() };
        for token in Tokens::new(source) {
            if token.kind == Kind::Comment && token.span.start <= offset {
                around.comment = Some(token.span.start);
            }
            if token.span.end > offset && (token.kind != Kind::Comment || token.span.start <= offset) {
                around.next = Some(token);
                break;
            }
            match token.kind {
                Kind::Comment => continue,
                Kind::Open => around.open.push(token.clone()),
                Kind::Close => drop(around.open.pop()),
                Kind::Word | Kind::Text => around.last = Some(token.clone()),
                Kind::Comma | Kind::Colon => {}
            }
            around.before.rotate_right(1);
            around.before[0] = Some(token);
        }
        around
    }

    fn text(&self, token: Option<&Token>) -> &'a str {
        token.map_or("", |token| &self.source[token.span.clone()])
    }

    /// The end of what is written, where nothing follows.
    fn end(&self) -> Range<usize> {
        let end = self.source.trim_end().len();
        end..end
    }

    fn on(what: impl Into<String>, help: impl Into<String>, span: Range<usize>) -> Explained {
        Explained { what: what.into(), help: help.into(), span }
    }

    /// On the name, number or text that the reader has just read.
    fn on_last(&self, what: impl Into<String>, help: impl Into<String>) -> Explained {
        let inside = self.next.as_ref().filter(|token| token.span.start < self.offset);
        let span = inside.or(self.last.as_ref()).map_or(self.end(), |token| token.span.clone());
        Self::on(what, help, span)
    }

    /// On what the reader has found instead of what it expected.
    fn on_next(&self, what: impl Into<String>, help: impl Into<String>) -> Explained {
        Self::on(what, help, self.next.as_ref().map_or(self.end(), |token| token.span.clone()))
    }

    /// On the bracket that opens what the reader is in.
    fn on_bracket(&self, what: String, help: String) -> Explained {
        Self::on(what, help, self.open.last().map_or(self.end(), |token| token.span.clone()))
    }

    fn on_comment(&self) -> Explained {
        let start = self.comment.unwrap_or(self.offset);
        Self::on("this comment is never closed", "close it with */", start..start + 2)
    }

    fn on_open_text(&self) -> Explained {
        let text = self.next.as_ref().or(self.last.as_ref());
        let start = text.map_or(self.offset, |token| token.span.start);
        Self::on("this text has no closing quote", "end it with \"", start..self.source.len())
    }

    fn on_escape(&self) -> Explained {
        let start = self.source[..self.offset].rfind('\\').unwrap_or(self.offset);
        let end = self.source[start..].char_indices().nth(2).map_or(self.source.len(), |(at, _)| start + at);
        let what = format!("{} means nothing in a text", &self.source[start..end]);
        Self::on(what, "write \\\\ for a backslash and \\\" for a quote", start..end)
    }

    /// The readers of the plan's own types speak plainly already.
    fn message(&self, message: &str) -> Explained {
        if message.ends_with(" stands twice") {
            // The key as it is written, not as the program calls it.
            return self.on_last(format!("{} stands twice", self.text(self.last.as_ref())), "keep one of them");
        }
        let (what, help) = message.split_once(": ").unwrap_or((message, ""));
        let help = if what.ends_with("is not a number") { "expected a number, zero or more" } else { help };
        self.on_last(what, help)
    }

    /// Something else was expected at the place.
    fn expected(&self, code: &Error) -> Explained {
        let found = self.text(self.next.as_ref());
        if self.next.is_none() {
            return self.cut_short();
        }
        if let Some(swallowed) = self.swallowed_line() {
            return swallowed;
        }
        let inside = self.next.as_ref().is_some_and(|next| next.span.start < self.offset && next.kind == Kind::Word);
        let wanted = match code {
            _ if inside && found.parse::<f64>().is_ok() => "a whole number".to_owned(),
            _ if inside => "a number".to_owned(),
            Error::ExpectedComma
            | Error::ExpectedStructLikeEnd
            | Error::ExpectedOptionEnd
            | Error::ExpectedArrayEnd
            | Error::ExpectedMapEnd => return self.comma_or_bracket(code, found),
            _ => self.wanted(code),
        };
        let help = if wanted == "a number" { number_help(found).to_owned() } else { self.hint(code) };
        self.on_next(format!("expected {wanted}, found {}", brief(found)), help)
    }

    /// After a value comes a comma, or the bracket that closes what the value is in.
    fn comma_or_bracket(&self, code: &Error, found: &str) -> Explained {
        let closing = match self.text(self.open.last()) {
            "(" => ")",
            "[" => "]",
            _ => "}",
        };
        let what = if self.next.as_ref().is_some_and(|next| next.kind == Kind::Close) {
            format!("expected {closing}, found {found}")
        } else {
            format!("expected a comma before {}", brief(found))
        };
        self.on_next(what, self.hint(code))
    }

    /// The file ends too early.
    fn cut_short(&self) -> Explained {
        match self.open.last() {
            Some(open) => {
                let line = 1 + self.source[..open.span.start].matches('\n').count();
                let help = format!("the {} of line {line} is never closed", self.text(Some(open)));
                Self::on("the file ends too early", help, self.end())
            }
            None => Self::on("the file holds no value", "expected ( … )", self.end()),
        }
    }

    /// A forgotten quote makes a text swallow the lines after it: that text is to blame, not what follows.
    fn swallowed_line(&self) -> Option<Explained> {
        let near = [self.next.as_ref(), self.before[0].as_ref(), self.before[1].as_ref()];
        let text = near.into_iter().flatten().find(|token| {
            token.kind == Kind::Text && token.span.start < self.offset && self.text(Some(token)).contains('\n')
        })?;
        Some(Self::on("this text has no closing quote on its line", "end it with \"", text.span.clone()))
    }

    fn wanted(&self, code: &Error) -> String {
        match code {
            Error::ExpectedFloat | Error::FloatUnderscore | Error::UnderscoreAtBeginning => "a number".to_owned(),
            Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } => "a whole number".to_owned(),
            Error::ExpectedBoolean => "true or false".to_owned(),
            Error::ExpectedString => "text in quotes".to_owned(),
            Error::ExpectedMap => "{".to_owned(),
            Error::ExpectedArray => "[".to_owned(),
            Error::ExpectedNamedStructLike(name) => format!("( to open a {}", thing(name, "record")),
            Error::ExpectedStructLike => "(".to_owned(),
            Error::ExpectedMapColon => format!(": after {}", brief(self.text(self.before[0].as_ref()))),
            Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) if self.at_value() => "a bare word".to_owned(),
            // Tests are the only values in a list that begin with a word.
            Error::ExpectedIdentifier if self.text(self.open.last()) == "[" => "Trial( or Split(".to_owned(),
            Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) => "a name".to_owned(),
            Error::TrailingCharacters => "nothing after the last bracket".to_owned(),
            Error::ExpectedAttribute | Error::ExpectedAttributeEnd => "#![enable(implicit_some)]".to_owned(),
            _ => "something else".to_owned(),
        }
    }

    fn at_value(&self) -> bool {
        self.before[0].as_ref().is_some_and(|token| token.kind == Kind::Colon)
    }

    fn hint(&self, code: &Error) -> String {
        let numeric = |token: Option<&Token>| self.text(token).starts_with(|first: char| first.is_ascii_digit());
        let [before, earlier, _] = &self.before;
        let after_comma = before.as_ref().is_some_and(|token| token.kind == Kind::Comma);
        let quoted = self.next.as_ref().is_some_and(|token| token.kind == Kind::Text);
        let conflict = ["<<<<<<<", "=======", ">>>>>>>"].contains(&self.text(self.next.as_ref()));
        let hint = match code {
            _ if conflict => "a merge was left half done: keep one of the two sides",
            _ if numeric(self.next.as_ref()) && after_comma && numeric(earlier.as_ref()) => {
                "a comma ends a number: write 0.5, not 0,5, and 1000, not 1,000"
            }
            _ if numeric(self.next.as_ref()) && numeric(before.as_ref()) => "write a number without blanks in it",
            Error::ExpectedIdentifier if quoted && self.at_value() => "leave the quotes away: Month, not \"Month\"",
            Error::ExpectedIdentifier if quoted => "leave the quotes away: uv, not \"uv\"",
            Error::ExpectedString => "put it in quotes",
            Error::ExpectedArray => "a list stands in [ … ]",
            Error::ExpectedMap => "keys and their values stand in { … }",
            Error::ExpectedNamedStructLike(_) => "fields stand in ( … )",
            Error::TrailingCharacters => "remove what follows",
            _ => "",
        };
        hint.to_owned()
    }
}

fn number_help(found: &str) -> &'static str {
    if found.ends_with('%') {
        "write 60 % as 0.6"
    } else if found.starts_with('"') {
        "leave the quotes away"
    } else {
        "write it as 1250.5, without a sign of money or thousands"
    }
}

/// As much of a token as a message can hold.
fn brief(token: &str) -> String {
    match token.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &token[..end]),
        None => token.to_owned(),
    }
}
