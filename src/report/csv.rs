//! The records as entered, one a line, for spreadsheets (RFC 4180 quoting).

use std::borrow::Cow;

use crate::engine::Scope;
use crate::plan::{Channel, Field, Plan, Record, guarded, steers, tidy_headings};

use super::format;

/// The records of `scope` with their channel, layer and period; full precision, blanks empty.
pub fn csv(plan: &Plan, scope: &Scope) -> String {
    let mut out = tidy_headings().join(",") + "\n";
    for channel in &plan.channels {
        for (day, record) in scope.span.of(channel.records(scope.layer)) {
            out.push_str(&line(channel, scope, &day.to_string(), record));
        }
    }
    out
}

fn line(channel: &Channel, scope: &Scope, period: &str, record: &Record) -> String {
    let mut cells = vec![cell(&channel.name).into_owned(), scope.layer.key().to_owned(), period.to_owned()];
    cells.extend(Field::ALL.map(|field| record.get(field).map_or(String::new(), format::plain)));
    cells.push(cell(record.note()).into_owned());
    format!("{}\n", cells.join(","))
}

/// A text as a cell: quoted where it has to be, harmless where a spreadsheet would run it as a formula, and without
/// the characters that steer a terminal.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let guarded = guarded(text);
    let hidden = |each: char| steers(each) && each != '\n' && each != '\t';
    if guarded == text && !text.contains([',', '"', '\n']) && !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(guarded.len() + 4);
    out.push('"');
    for character in guarded.replace("\r\n", "\n").chars() {
        match character {
            '"' => out.push_str("\"\""),
            _ if hidden(character) => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out.push('"');
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::engine::Span;
    use crate::plan::{Brief, Cadence, Layer};

    use super::*;

    fn plan(name: &str, record: Record) -> Plan {
        let mut channel = Channel::new(name);
        channel.actual.insert(date(2026, 9, 1), record);
        let mut plan = Plan::new(Brief::new("p", Cadence::Month));
        plan.channels.push_back(channel.into());
        plan
    }

    #[test]
    fn records_are_written_as_entered_and_blanks_empty() {
        let record = Record::default().with(Field::Spend, 1250.125).with(Field::Uv, 0.0);
        let written = csv(&plan("SEO", record), &Scope::default());
        let header = "channel,layer,period,spend,hours,actions,uv,pv,consults,deals,repeats,referrals,revenue,note\n";
        assert_eq!(written, format!("{header}SEO,actual,2026-09-01,1250.125,,,0,,,,,,,\n"));
    }

    #[test]
    fn only_the_chosen_layer_and_periods_are_written() {
        let plan = plan("SEO", Record::default().with(Field::Uv, 1.0));
        let other = Scope { layer: Layer::Planned, span: Span::All };
        let later = Scope { layer: Layer::Actual, span: Span::one(date(2026, 10, 1)) };
        assert_eq!(csv(&plan, &other).lines().count(), 1);
        assert_eq!(csv(&plan, &later).lines().count(), 1);
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_made_harmless() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("@SUM(A1)"), "\"'@SUM(A1)\"");
        assert_eq!(cell("-5"), "\"'-5\"");
        assert_eq!(cell("+49 30"), "\"'+49 30\"");
        assert_eq!(cell("\tx"), "\"'\tx\"");
        assert_eq!(cell("\r=x"), "\"'\u{fffd}=x\"");
        assert_eq!(cell("a-b"), "a-b");
    }

    #[test]
    fn commas_quotes_and_line_ends_are_quoted() {
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }
}
