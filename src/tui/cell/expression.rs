//! Sums as they are typed: `3000/30+50`.

use super::number_of;

/// Deeper nesting than anybody types is refused rather than risking the stack.
const DEEPEST: usize = 40;

/// Reads and computes `3000/30+50`: `*` and `/` before `+` and `-`, parentheses, a sign, `%` as hundredths.
pub(super) struct Expression<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Expression<'a> {
    /// What it comes to.
    ///
    /// # Errors
    /// Why it comes to nothing.
    pub(super) fn evaluate(text: &'a str) -> Result<f64, String> {
        let mut expression = Self { rest: text.trim_start(), depth: 0 };
        if expression.rest.is_empty() {
            return Err("= what? =3000/30+50".to_owned());
        }
        let value = expression.sum()?;
        match expression.rest.chars().next() {
            None => Ok(value),
            Some(')') => Err("a ) without its (".to_owned()),
            Some(other) => Err(format!("{:?} was not expected here", printable(other))),
        }
    }

    fn sum(&mut self) -> Result<f64, String> {
        let mut value = self.product()?;
        loop {
            if self.take('+') {
                value += self.product()?;
            } else if self.take('-') {
                value -= self.product()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Result<f64, String> {
        let mut value = self.factor()?;
        loop {
            if self.take('*') {
                value *= self.factor()?;
            } else if self.take('/') {
                value /= self.factor()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn factor(&mut self) -> Result<f64, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("this is nested too deeply".to_owned());
        }
        let value = if self.take('-') {
            -self.factor()?
        } else if self.take('+') {
            self.factor()?
        } else if self.take('(') {
            let value = self.sum()?;
            if !self.take(')') {
                return Err("a ( without its )".to_owned());
            }
            value
        } else {
            self.number()?
        };
        self.depth -= 1;
        Ok(if self.take('%') { value / 100.0 } else { value })
    }

    fn number(&mut self) -> Result<f64, String> {
        let end = self.rest.find(|c: char| "+-*/()% ".contains(c)).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        if number.is_empty() {
            return Err(match rest.chars().next() {
                None => "a number is missing at the end".to_owned(),
                Some(other) => format!("a number is missing before {:?}", printable(other)),
            });
        }
        self.rest = rest.trim_start();
        number_of(number)
    }

    fn take(&mut self, wanted: char) -> bool {
        let taken = self.rest.strip_prefix(wanted);
        self.rest = taken.map_or(self.rest, str::trim_start);
        taken.is_some()
    }
}

fn printable(character: char) -> char {
    if character.is_control() { '\u{fffd}' } else { character }
}
