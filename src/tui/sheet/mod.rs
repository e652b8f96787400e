//! Sheets: the fields of a test or a tactic, how they are shown, typed and taken. Each kind of item has a table of its
//! fields; what may stand in them is the plan's to say.

/// A field of an item that is taken as it is typed, and that every such item has.
macro_rules! plain {
    ($typed:ident, $value:expr, $taken:ident, $section:literal, $title:literal, $hint:literal, $($path:ident).+) => {
        Entry {
            section: $section,
            title: $title,
            hint: $hint,
            when: |_| true,
            typed: |_| Typed::$typed,
            get: |item| $value(item.$($path).+.clone()),
            set: |item, value| {
                item.$($path).+ = value.$taken();
                Ok(())
            },
        }
    };
}

/// A field of words: heading, name, meaning, where it stands in the item.
macro_rules! words {
    ($($field:tt)+) => { plain!(Words, Value::Words, into_words, $($field)+) };
}

/// A field of a count or of money, which may be blank.
macro_rules! amount {
    ($($field:tt)+) => { plain!(Number, Value::Number, number, $($field)+) };
}

/// A field of a day, which may be blank.
macro_rules! day {
    ($($field:tt)+) => { plain!(Day, Value::Day, day, $($field)+) };
}

mod split;
mod tactic;
mod trial;

use jiff::civil::Date;

use super::cell::{self, Kind};
use crate::plan::{Channel, Edit, Lever, ListEdit, Plan, Test, nearest, parse_day};
use crate::report::format;
use crate::report::testing::SplitInputs;
use split::SplitSheet;
use std::sync::Arc;

/// What a sheet is of: a place in the plan's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A trial or a split test.
    Test(usize),
    /// A tactic.
    Tactic(usize),
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Words(String),
    Number(Option<f64>),
    Day(Option<Date>),
}

impl Value {
    fn words(text: &str) -> Self {
        Self::Words(text.to_owned())
    }

    fn into_words(self) -> String {
        if let Self::Words(text) = self { text } else { String::new() }
    }

    fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { *number } else { None }
    }

    fn day(&self) -> Option<Date> {
        if let Self::Day(day) = self { *day } else { None }
    }
}

/// How a field is typed.
#[derive(Debug, Clone, Copy)]
enum Typed {
    Words,
    /// The name of a channel; where it may be left out, blank is all of them.
    Channel {
        optional: bool,
    },
    /// A count or an amount of money.
    Number,
    /// A share of a whole, below 1 or with a per cent sign.
    Share,
    /// An ISO date, or `today`.
    Day,
    /// One of these; Space takes the next.
    Choice(fn() -> Vec<&'static str>),
}

/// A field of an item `T`.
struct Entry<T> {
    /// The heading that it stands first under; "" where it goes on.
    section: &'static str,
    title: &'static str,
    hint: &'static str,
    /// Whether the item has it.
    when: fn(&T) -> bool,
    typed: fn(&T) -> Typed,
    get: fn(&T) -> Value,
    set: fn(&mut T, Value) -> Result<(), String>,
}

/// A field as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The heading above it; "" where there is none.
    pub section: &'static str,
    /// Its name.
    pub title: &'static str,
    /// What it means, in a few words.
    pub hint: &'static str,
    /// What it is set to, as shown; "" is blank.
    pub shown: String,
    /// What it is set to, as a person would type it again.
    pub text: String,
    /// What Space takes instead; `None` where it is typed only.
    pub next: Option<String>,
    /// It is one of a few, so that it is never typed.
    pub choice: bool,
    /// A number is typed, so that a digit begins it.
    pub number: bool,
}

/// What a change of a field comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// An edit of the plan.
    Edit(Box<Edit>),
    /// Another wish of a split test that no file keeps.
    Inputs(SplitInputs),
}

/// What a sheet needs to know besides its subject.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What is asked of split tests.
    pub inputs: SplitInputs,
    /// The day of the start of the program.
    pub today: Date,
}

impl Context<'_> {
    /// The fields of the subject; empty where it is gone.
    pub fn lines(self, subject: Subject) -> Vec<Line> {
        match subject {
            Subject::Test(at) => match self.plan.tests.get(at).map(Arc::as_ref) {
                Some(Test::Trial(each)) => lines(self.plan, trial::FIELDS, each),
                Some(Test::Split(each)) => {
                    lines(self.plan, split::FIELDS, &SplitSheet { split: each.clone(), inputs: self.inputs })
                }
                None => Vec::new(),
            },
            Subject::Tactic(at) => {
                self.plan.tactics.get(at).map_or_else(Vec::new, |each| lines(self.plan, tactic::FIELDS, each))
            }
        }
    }

    /// What taking `text` in the field of that row comes to.
    ///
    /// # Errors
    /// Why it cannot be that.
    pub fn change(self, subject: Subject, row: usize, text: &str) -> Result<Change, String> {
        let gone = || "it is gone".to_owned();
        match subject {
            Subject::Test(at) => match self.plan.tests.get(at).map(Arc::as_ref) {
                Some(Test::Trial(each)) => {
                    Ok(test_change(at, Test::Trial(self.taken(trial::FIELDS, each, row, text)?)))
                }
                Some(Test::Split(each)) => {
                    let before = SplitSheet { split: each.clone(), inputs: self.inputs };
                    let after = self.taken(split::FIELDS, &before, row, text)?;
                    Ok(if after.inputs == before.inputs {
                        test_change(at, Test::Split(after.split))
                    } else {
                        Change::Inputs(after.inputs)
                    })
                }
                None => Err(gone()),
            },
            Subject::Tactic(at) => {
                let each = self.plan.tactics.get(at).ok_or_else(gone)?;
                let item = Arc::new(self.taken(tactic::FIELDS, each, row, text)?);
                Ok(Change::Edit(Box::new(Edit::Tactic(ListEdit::Replace { at, item }))))
            }
        }
    }

    /// The item with what was typed in its field.
    fn taken<T: Clone>(self, fields: &[Entry<T>], item: &T, row: usize, text: &str) -> Result<T, String> {
        let field = fields.iter().filter(|field| (field.when)(item)).nth(row).ok_or("it is gone")?;
        let value = self.read((field.typed)(item), &(field.get)(item), text.trim())?;
        let mut item = item.clone();
        (field.set)(&mut item, value)?;
        Ok(item)
    }

    fn read(self, typed: Typed, old: &Value, text: &str) -> Result<Value, String> {
        match typed {
            Typed::Words | Typed::Choice(_) => Ok(Value::words(text)),
            Typed::Channel { optional } => self.channel(text, optional),
            Typed::Number => number(text, old.number(), Kind::Amount),
            Typed::Share => number(text, old.number(), Kind::Rate),
            Typed::Day => self.day(text).map(Value::Day),
        }
    }

    fn day(self, text: &str) -> Result<Option<Date>, String> {
        match text {
            "" => Ok(None),
            "today" => Ok(Some(self.today)),
            other => {
                parse_day(other).map(Some).ok_or_else(|| format!("{other:?} is no day: type {} or today", self.today))
            }
        }
    }

    /// A channel by its name; loosely written it is found too.
    fn channel(self, text: &str, optional: bool) -> Result<Value, String> {
        if optional && matches!(text, "" | ALL) {
            return Ok(Value::words(""));
        }
        let names = || self.plan.channels.iter().map(|channel| channel.name.as_str());
        let alike = |name: &&str| name.to_lowercase() == text.to_lowercase();
        if let Some(name) = names().find(|name| *name == text).or_else(|| names().find(alike)) {
            return Ok(Value::words(name));
        }
        Err(match nearest(text, names()) {
            Some(name) => format!("no channel is named {text:?}: did you mean {name:?}?"),
            None => format!("no channel is named {text:?}: Space takes one after the other"),
        })
    }
}

fn test_change(at: usize, test: Test) -> Change {
    Change::Edit(Box::new(Edit::Test(ListEdit::Replace { at, item: Arc::new(test) })))
}

/// What stands for all channels.
const ALL: &str = "all";

fn number(text: &str, old: Option<f64>, kind: Kind) -> Result<Value, String> {
    cell::read(text, old, kind).taken().map(Value::Number)
}

fn lines<T>(plan: &Plan, fields: &[Entry<T>], item: &T) -> Vec<Line> {
    let mut section = "";
    let mut lines = Vec::new();
    for field in fields {
        section = if field.section.is_empty() { section } else { field.section };
        if (field.when)(item) {
            lines.push(line(plan, field, item, std::mem::take(&mut section)));
        }
    }
    lines
}

fn line<T>(plan: &Plan, field: &Entry<T>, item: &T, section: &'static str) -> Line {
    let (typed, value) = ((field.typed)(item), (field.get)(item));
    let all = matches!(typed, Typed::Channel { optional: true }) && value == Value::words("");
    let shown = if all { ALL.to_owned() } else { shown(typed, &value) };
    Line {
        section,
        title: field.title,
        hint: field.hint,
        next: next(plan, typed, &value),
        choice: matches!(typed, Typed::Choice(_)),
        number: matches!(typed, Typed::Number | Typed::Share),
        text: text(typed, &value),
        shown,
    }
}

fn shown(typed: Typed, value: &Value) -> String {
    match (typed, value) {
        (Typed::Share, Value::Number(Some(share))) => format::percent(*share),
        (_, Value::Number(Some(number))) => format::count(*number),
        (_, value) => text(typed, value),
    }
}

/// As a person would type it again.
fn text(typed: Typed, value: &Value) -> String {
    match value {
        Value::Words(words) => words.clone(),
        Value::Number(Some(share)) if matches!(typed, Typed::Share) => format::plain_share(*share),
        Value::Number(Some(number)) => format::plain(*number),
        Value::Day(Some(day)) => day.to_string(),
        Value::Number(None) | Value::Day(None) => String::new(),
    }
}

/// What Space takes instead: the next of a few, the next channel.
fn next(plan: &Plan, typed: Typed, value: &Value) -> Option<String> {
    let Value::Words(now) = value else { return None };
    match typed {
        Typed::Choice(choices) => {
            let choices = choices();
            let at = choices.iter().position(|choice| choice == now).map_or(0, |at| (at + 1) % choices.len());
            choices.get(at).map(|choice| (*choice).to_owned())
        }
        Typed::Channel { optional } => {
            let at = plan.channel_index(now);
            let after = at.map_or(0, |at| at + 1);
            match plan.channels.get(after).map(|channel: &Arc<Channel>| channel.name.clone()) {
                Some(name) => Some(name),
                None if optional => Some(ALL.to_owned()),
                None => plan.channels.front().map(|channel| channel.name.clone()),
            }
        }
        _ => None,
    }
}

/// The lever of that title; the plan's words, so never another.
fn lever(title: &str) -> Option<Lever> {
    Lever::ALL.into_iter().find(|lever| lever.title() == title)
}

#[cfg(test)]
mod tests;
