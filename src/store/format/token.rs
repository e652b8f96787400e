//! The pieces of a RON text with their places, for finding a value in it. It never fails and never recurses: what is
//! broken becomes a token like any other.

use std::ops::Range;

/// What sort of piece a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// Text in quotes, raw or not, closed or not.
    Text,
    /// A name, a number, anything else without a blank in it.
    Word,
    /// A line or block comment.
    Comment,
}

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Its place in the text, in bytes.
    pub(super) span: Range<usize>,
}

/// Walks over the tokens of a text, comments included.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    /// Where a block comment that starts here ends; they nest in RON.
    fn block_comment_end(&self) -> usize {
        let bytes = self.source.as_bytes();
        let mut depth = 0_usize;
        let mut at = self.at;
        while at < bytes.len() {
            match (bytes[at], bytes.get(at + 1)) {
                (b'/', Some(b'*')) => {
                    depth += 1;
                    at += 2;
                }
                (b'*', Some(b'/')) => {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        return at;
                    }
                }
                _ => at += 1,
            }
        }
        bytes.len()
    }

    /// Where a text that opens with the quote at `open` ends.
    fn quoted_end(&self, open: usize) -> usize {
        let bytes = self.source.as_bytes();
        let mut at = open + 1;
        while at < bytes.len() {
            match bytes[at] {
                b'"' => return at + 1,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        bytes.len()
    }

    /// Where a raw text such as `r#"…"#` ends, if one starts here.
    fn raw_end(&self) -> Option<usize> {
        let rest = &self.source[self.at..];
        let body = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
        let hashes = body.bytes().take_while(|&byte| byte == b'#').count();
        let inner = body[hashes..].strip_prefix('"')?;
        let start = self.source.len() - inner.len();
        let closing = format!("\"{}", &body[..hashes]);
        Some(inner.find(&closing).map_or(self.source.len(), |end| start + end + closing.len()))
    }

    fn word_end(&self) -> usize {
        let rest = &self.source[self.at..];
        let mut characters = rest.char_indices().peekable();
        // The first character always belongs to the token, so that the walk moves on.
        characters.next();
        for (at, character) in characters {
            let comment = character == '/' && matches!(rest.as_bytes().get(at + 1), Some(b'/' | b'*'));
            if comment || character.is_whitespace() || "()[]{},:\"".contains(character) {
                return self.at + at;
            }
        }
        self.source.len()
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let rest = &self.source[self.at..];
        self.at = self.source.len() - rest.trim_start().len();
        let bytes = &self.source.as_bytes()[self.at..];
        let (kind, end) = match bytes.first()? {
            b'(' | b'[' | b'{' => (Kind::Open, self.at + 1),
            b')' | b']' | b'}' => (Kind::Close, self.at + 1),
            b',' => (Kind::Comma, self.at + 1),
            b':' => (Kind::Colon, self.at + 1),
            b'"' => (Kind::Text, self.quoted_end(self.at)),
            b'b' if bytes.get(1) == Some(&b'"') => (Kind::Text, self.quoted_end(self.at + 1)),
            b'r' | b'b' => match self.raw_end() {
                Some(end) => (Kind::Text, end),
                None => (Kind::Word, self.word_end()),
            },
            b'/' if bytes.get(1) == Some(&b'/') => {
                let length = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
                (Kind::Comment, self.at + length)
            }
            b'/' if bytes.get(1) == Some(&b'*') => (Kind::Comment, self.block_comment_end()),
            _ => (Kind::Word, self.word_end()),
        };
        let span = self.at..end.min(self.source.len());
        self.at = span.end;
        Some(Token { kind, span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(source: &str) -> Vec<(Kind, &str)> {
        Tokens::new(source).map(|token| (token.kind, &source[token.span])).collect()
    }

    #[test]
    fn strings_and_comments_hide_what_is_in_them() {
        use Kind::{Close, Colon, Comma, Comment, Open, Text, Word};
        assert_eq!(
            pieces(r##"(a: "x, \" (", /* [ /* */ ] */ b: r#"""#, c:-1e5)// end"##),
            [
                (Open, "("),
                (Word, "a"),
                (Colon, ":"),
                (Text, r#""x, \" (""#),
                (Comma, ","),
                (Comment, "/* [ /* */ ] */"),
                (Word, "b"),
                (Colon, ":"),
                (Text, "r#\"\"\"#"),
                (Comma, ","),
                (Word, "c"),
                (Colon, ":"),
                (Word, "-1e5"),
                (Close, ")"),
                (Comment, "// end"),
            ]
        );
    }

    #[test]
    fn what_is_never_closed_reaches_to_the_end() {
        assert_eq!(pieces("\"a\\"), [(Kind::Text, "\"a\\")]);
        assert_eq!(pieces("/* /* */"), [(Kind::Comment, "/* /* */")]);
        assert_eq!(pieces("r#\"百度\""), [(Kind::Text, "r#\"百度\"")]);
        assert_eq!(pieces("/百 度"), [(Kind::Word, "/百"), (Kind::Word, "度")]);
    }
}
