//! What an import found and did, for scripts. Names are stable, blank is `null`.

use std::path::Path;

use serde_json::{Value, json};

use crate::plan::{Field, Plan, Record};
use crate::report::json;
use crate::store::import::{DateOrder, Days, How, Recognised, Summary, TotalsCheck, Warning};

use super::Done;

pub(super) fn write(plan: &Plan, path: Option<&Path>, done: &[Done]) -> String {
    let files: Vec<Value> = done.iter().map(file).collect();
    json::write(&json!({
        "schema": 1,
        "plan": plan.brief.name,
        "path": path.map(|path| path.to_string_lossy()),
        "currency": plan.brief.currency,
        "cadence": plan.brief.cadence.key(),
        "files": files,
    }))
}

fn file(done: &Done) -> Value {
    let file = &done.recognised;
    json!({
        "file": done.file,
        "platform": blank(&file.form.platform),
        "encoding": blank(file.form.encoding),
        "bom": file.form.marked,
        "separator": if file.form.separator == 0 { Value::Null } else { char::from(file.form.separator).to_string().into() },
        "sheet": file.form.sheet,
        "header_line": file.form.header_line,
        "language": file.form.language,
        "currency": blank(&file.currency),
        "currency_assumed": file.currency_assumed,
        "decimal": file.decimal.key(),
        "date_order": file.date_order.map(DateOrder::key),
        "range": file.range.map(days),
        "columns": columns(file),
        "rows": file.rows,
        "left_out": left_out(file),
        "first_rows": first_rows(file),
        "totals": totals(&file.totals),
        "sums": record(&file.sums),
        "imported_before": done.before,
        "warnings": said(&file.warnings),
        "result": summary(&done.summary),
    })
}

fn said(warnings: &[Warning]) -> Vec<String> {
    warnings.iter().map(ToString::to_string).collect()
}

fn blank(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

fn days(days: Days) -> Value {
    json!([days.first.to_string(), days.last.to_string()])
}

fn columns(file: &Recognised) -> Value {
    let columns = file.form.columns.iter().map(|column| {
        let how = match column.how {
            How::Platform => "platform",
            How::Word => "word",
            How::User => "user",
            How::Unknown => "unknown",
        };
        json!({"header": column.header, "is": column.role.key(), "how": how, "scale": column.scale, "people": column.people})
    });
    columns.collect()
}

fn left_out(file: &Recognised) -> Value {
    let rows = file.left_out.iter();
    let rows: Vec<Value> =
        rows.map(|row| json!({"line": row.line, "reason": row.reason.key(), "text": row.text})).collect();
    let counts: serde_json::Map<String, Value> =
        file.left_out_counts.iter().map(|(reason, count)| (reason.key().to_owned(), (*count).into())).collect();
    json!({"counts": counts, "rows": rows})
}

fn first_rows(file: &Recognised) -> Value {
    let rows = file.first_rows.iter().map(|row| {
        json!({"line": row.line, "channel": row.channel, "days": row.days.map(days), "record": record(&row.record)})
    });
    rows.collect()
}

fn totals(check: &TotalsCheck) -> Value {
    match check {
        TotalsCheck::None => Value::Null,
        TotalsCheck::Agree { label } => json!({"agree": true, "label": label}),
        TotalsCheck::Differ { label, line, field, total, sum } => {
            json!({"agree": false, "label": label, "line": line, "field": field.key(), "total": total, "sum": sum})
        }
    }
}

fn record(record: &Record) -> Value {
    let numbers = Field::ALL.into_iter().map(|field| (field.key().to_owned(), record.get(field).into()));
    Value::Object(numbers.collect())
}

fn summary(summary: &Summary) -> Value {
    let renamed = summary.renamed().map(|name| json!({"found": name.found, "channel": name.channel}));
    let partial = summary.partial.iter();
    let partial = partial.map(|part| json!({"channel": part.channel, "period": part.period.to_string()}));
    json!({
        "new_channels": summary.new_channels,
        "changed_channels": summary.changed_channels,
        "renamed": renamed.collect::<Vec<_>>(),
        "periods": summary.periods.map(|(first, last)| json!([first.to_string(), last.to_string()])),
        "numbers_set": summary.numbers_set,
        "numbers_kept": summary.numbers_kept,
        "left_as_stored": partial.collect::<Vec<_>>(),
        "warnings": said(&summary.warnings),
    })
}
