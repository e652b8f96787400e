//! From recognised files to plans: cadence, merging, partial periods, spellings, undo.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::fmt::Write as _;

use funnel_tui::plan::{Brief, Cadence, Channel, Field, History, Plan};
use funnel_tui::store::import::{
    ChannelFrom, DateFrom, ImportError, ImportOptions, Merge, Merged, Progress, Recognised, Source, merge, plan_for,
    recognise,
};
use jiff::civil::{Date, date};

fn read_with(text: &str, options: &ImportOptions) -> Result<Recognised, ImportError> {
    recognise(&Source::bytes("file", text.as_bytes()), options, date(2026, 9, 15), &mut |_| true)
}

fn read(text: &str) -> Recognised {
    read_with(text, &ImportOptions::default()).unwrap()
}

fn into(plan: &Plan, text: &str, options: &ImportOptions) -> Merged {
    merge(plan, &read_with(text, options).unwrap(), options).unwrap()
}

fn empty(cadence: Cadence) -> Plan {
    Plan::new(Brief::new("p", cadence))
}

fn value(plan: &Plan, channel: &str, day: Date, field: Field) -> Option<f64> {
    let at = plan.channel_index(channel).unwrap_or_else(|| panic!("no channel {channel:?}"));
    plan.channels[at].actual.get(day)?.get(field)
}

/// September whole, by days: 30 days of 10 each.
fn september(spend: u32) -> String {
    let rows = (1..=30).map(|day| format!("2026-09-{day:02},SEO,{spend},7\n"));
    format!("Date,Channel,Cost,Clicks\n{}", rows.collect::<String>())
}

const SEPTEMBER: Date = date(2026, 9, 1);

#[test]
fn days_become_weeks_or_months() {
    let file = read(&september(10));
    assert_eq!(file.cadence, Cadence::Week, "a month of days fits weeks");
    let monthly = merge(&empty(Cadence::Month), &file, &ImportOptions::default()).unwrap().plan;
    assert_eq!(value(&monthly, "SEO", SEPTEMBER, Field::Spend), Some(300.0));
    let weekly = merge(&plan_for("p", &[&file], None), &file, &ImportOptions::default()).unwrap().plan;
    assert_eq!(value(&weekly, "SEO", date(2026, 8, 31), Field::Spend), Some(60.0), "the week from 31 August");
    assert_eq!(weekly.channels[0].actual.len(), 5);
    let other = ImportOptions { cadence: Some(Cadence::Day), ..ImportOptions::default() };
    let error = merge(&monthly, &file, &other).unwrap_err().to_string();
    assert_eq!(error, "the plan goes by month, not by day");
}

#[test]
fn a_second_import_of_the_same_file_changes_nothing() {
    let once = into(&empty(Cadence::Month), &september(10), &ImportOptions::default());
    let twice = into(&once.plan, &september(10), &ImportOptions::default());
    assert_eq!(twice.plan, once.plan);
    assert_eq!((twice.summary.numbers_set, twice.summary.numbers_kept), (0, 2));
    let added = ImportOptions { merge: Merge::Add, ..ImportOptions::default() };
    let added = into(&once.plan, &september(10), &added);
    assert_eq!(value(&added.plan, "SEO", SEPTEMBER, Field::Spend), Some(600.0));
}

#[test]
fn a_file_replaces_keeps_or_adds() {
    let first = into(&empty(Cadence::Month), &september(10), &ImportOptions::default()).plan;
    let with = |merge| ImportOptions { merge, ..ImportOptions::default() };
    let spend = |merge| value(&into(&first, &september(11), &with(merge)).plan, "SEO", SEPTEMBER, Field::Spend);
    assert_eq!(spend(Merge::Replace), Some(330.0));
    assert_eq!(spend(Merge::Keep), Some(300.0));
    assert_eq!(spend(Merge::Add), Some(630.0));
}

#[test]
fn what_a_file_does_not_bring_stays() {
    let first = into(&empty(Cadence::Month), &september(10), &ImportOptions::default()).plan;
    let deals = "Month,Channel,Deals\n2026-09,seo,4\n";
    let merged = into(&first, deals, &ImportOptions::default());
    assert_eq!(value(&merged.plan, "SEO", SEPTEMBER, Field::Deals), Some(4.0));
    assert_eq!(value(&merged.plan, "SEO", SEPTEMBER, Field::Spend), Some(300.0));
    assert_eq!(merged.summary.renamed().next().unwrap().found, "seo", "and says that seo is SEO");
}

#[test]
fn half_a_month_does_not_replace_a_whole_one() {
    let first = into(&empty(Cadence::Month), &september(10), &ImportOptions::default()).plan;
    let half = "Date,Channel,Cost\n2026-09-01,SEO,1\n2026-09-14,SEO,1\n2026-09-14,New,1\n";
    let merged = into(&first, half, &ImportOptions::default());
    assert_eq!(value(&merged.plan, "SEO", SEPTEMBER, Field::Spend), Some(300.0));
    assert_eq!(merged.summary.partial.len(), 1);
    assert_eq!(value(&merged.plan, "New", SEPTEMBER, Field::Spend), Some(1.0), "nothing was stored there");
    assert!(merged.summary.warnings[0].to_string().contains("--merge add"), "{:?}", merged.summary.warnings);
    let add = ImportOptions { merge: Merge::Add, ..ImportOptions::default() };
    assert_eq!(value(&into(&first, half, &add).plan, "SEO", SEPTEMBER, Field::Spend), Some(302.0));
    let whole = ImportOptions { date: Some(DateFrom::Day(date(2026, 9, 1))), ..ImportOptions::default() };
    assert_eq!(value(&into(&first, half, &whole).plan, "SEO", SEPTEMBER, Field::Spend), Some(2.0));
}

#[test]
fn one_undo_takes_an_import_back() {
    let before =
        into(&empty(Cadence::Month), "Month,Channel,Deals\n2026-09,SEO,4\n2026-09,Fair,1\n", &ImportOptions::default())
            .plan;
    let merged = into(&before, &september(10), &ImportOptions::default());
    let mut history = History::of_saved(before.clone());
    history.edit(&merged.edit, "import").unwrap();
    assert_eq!(history.plan(), &merged.plan);
    assert!(history.undo().is_some());
    assert_eq!(history.plan(), &before);
}

#[test]
fn rows_without_a_date_go_to_the_period_of_the_import_or_to_the_one_that_is_said() {
    let text = "Campaign,Cost\nA,1.50\n";
    let file = read(text);
    assert!(file.warnings.iter().any(|warning| warning.text.contains("no dates")), "{:?}", file.warnings);
    let merged = merge(&empty(Cadence::Month), &file, &ImportOptions::default()).unwrap();
    assert_eq!(value(&merged.plan, "A", SEPTEMBER, Field::Spend), Some(1.5));
    let said = ImportOptions { date: Some(DateFrom::Day(date(2026, 3, 9))), ..ImportOptions::default() };
    assert_eq!(value(&into(&empty(Cadence::Week), text, &said).plan, "A", date(2026, 3, 9), Field::Spend), Some(1.5));
}

#[test]
fn one_channel_for_a_file_and_names_in_many_spellings() {
    let text = "Date,Campaign,Cost\n2026-09-01,Brand Search,1\n2026-09-01,brand_search,2\n2026-09-01,BRAND-SEARCH,4\n";
    let merged = into(&empty(Cadence::Month), text, &ImportOptions::default());
    assert_eq!(merged.plan.channels.len(), 1);
    assert_eq!(value(&merged.plan, "Brand Search", SEPTEMBER, Field::Spend), Some(7.0));
    assert_eq!(merged.summary.renamed().count(), 2);
    let apart = ImportOptions { keep_spellings: true, ..ImportOptions::default() };
    assert_eq!(into(&empty(Cadence::Month), text, &apart).plan.channels.len(), 3);
    let one = ImportOptions { channel: Some(ChannelFrom::Name("Ads".into())), ..ImportOptions::default() };
    assert_eq!(value(&into(&empty(Cadence::Month), text, &one).plan, "Ads", SEPTEMBER, Field::Spend), Some(7.0));
    let rename = [("brand_search".to_owned(), "Other".to_owned())].into();
    let renamed = ImportOptions { rename, ..ImportOptions::default() };
    assert_eq!(value(&into(&empty(Cadence::Month), text, &renamed).plan, "Other", SEPTEMBER, Field::Spend), Some(2.0));
}

#[test]
fn two_platforms_with_one_campaign_name_are_two_channels() {
    let google = "Campaign report\nSeptember 1, 2026 - September 30, 2026\nCampaign status,Campaign,Currency code,Cost\nEnabled,Brand,EUR,10.00\n";
    let meta = "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR)\n2026-09-01,2026-09-30,Brand,5.00\n";
    let crm = "Month,Channel,Deals\n2026-09,brand,3\n";
    let plan = into(&empty(Cadence::Month), google, &ImportOptions::default()).plan;
    let plan = into(&plan, meta, &ImportOptions::default()).plan;
    let plan = into(&plan, crm, &ImportOptions::default()).plan;
    assert_eq!(plan.channels.len(), 2);
    assert_eq!(value(&plan, "Brand", SEPTEMBER, Field::Spend), Some(10.0));
    assert_eq!(value(&plan, "Brand (Meta)", SEPTEMBER, Field::Spend), Some(5.0));
    assert_eq!(value(&plan, "Brand", SEPTEMBER, Field::Deals), Some(3.0));
    assert_eq!(plan.brief.currency, "EUR");
    let again = into(&plan, meta, &ImportOptions::default());
    assert_eq!(again.plan, plan, "the second time it finds its own channel");
}

#[test]
fn a_stored_channel_keeps_what_it_is() {
    let mut plan = empty(Cadence::Month);
    let mut channel = Channel::new("SEO");
    channel.owner = "Lin".into();
    plan.channels.push_back(std::sync::Arc::new(channel));
    let after = into(&plan, &september(10), &ImportOptions::default()).plan;
    assert_eq!((after.channels[0].owner.as_str(), after.channels.len()), ("Lin", 1));
}

#[test]
fn what_cannot_be_told_is_asked_by_its_option() {
    let unclear = "Date,Channel,Cost\n1/2/2026,SEO,1\n3/4/2026,SEO,2\n";
    let error = read_with(unclear, &ImportOptions::default()).unwrap_err();
    assert!(error.on_the_command().is_some_and(|way| way.contains("--date-order dmy")), "{error}");
    assert_eq!(error.on_the_screen(), Some("choose it under Dates"));
    let said =
        ImportOptions { date_order: Some(funnel_tui::store::import::DateOrder::Dmy), ..ImportOptions::default() };
    assert_eq!(read_with(unclear, &said).unwrap().range.map(|days| days.last), Some(date(2026, 4, 3)));
    let nothing = read_with("First,Second\nx,y\n", &ImportOptions::default()).unwrap_err();
    assert!(nothing.on_the_command().is_some_and(|way| way.contains("--map")), "{nothing}");
}

#[test]
fn numbers_and_dates_follow_the_evidence_of_the_last_row() {
    let mut text = "Datum;Kanal;Umsatz\n".to_owned();
    for day in 1..=12 {
        let _ = writeln!(text, "{day}/10/2026;Messe;1.234");
    }
    text.push_str("13/10/2026;Messe;0,5\n");
    let file = read(&text);
    assert_eq!(file.sums.get(Field::Revenue), Some(14808.5));
    assert_eq!(file.range.map(|days| (days.first, days.last)), Some((date(2026, 10, 1), date(2026, 10, 13))));
}

#[test]
fn rows_can_be_taken_in_and_left_out_by_hand() {
    let text = "Channel,Cost\nSEO,1\nTotal,5\nSEM,2\n";
    let options = ImportOptions { rows_in: [3].into(), rows_out: [4].into(), ..ImportOptions::default() };
    let file = read_with(text, &options).unwrap();
    assert_eq!((file.rows, file.sums.get(Field::Spend)), (2, Some(6.0)));
}

#[test]
fn a_total_can_be_taken_in_as_a_channel_of_its_own() {
    let text = "Date,Channel,Cost\n2026-09-01,SEO,1\n2026-09-01,Total,1\n";
    let options = ImportOptions { rows_in: [3].into(), ..ImportOptions::default() };
    let merged = into(&empty(Cadence::Month), text, &options);
    assert_eq!(value(&merged.plan, "Total", SEPTEMBER, Field::Spend), Some(1.0));
    assert_eq!(merged.plan.channels.len(), 2);
}

#[test]
fn a_workbook_tells_how_far_it_is_read_and_can_be_stopped() {
    let mut rows = String::new();
    for row in 0..40_000 {
        let _ = write!(rows, "<row><c t=\"inlineStr\"><is><t>2026-09-01</t></is></c><c><v>{row}</v></c></row>");
    }
    let bytes = workbook(&format!(
        "<row><c t=\"inlineStr\"><is><t>Date</t></is></c><c t=\"inlineStr\"><is><t>Cost</t></is></c></row>{rows}"
    ));
    let source = Source::bytes("book", bytes);
    let mut told = Vec::new();
    let mut tell = |progress: Progress| {
        told.push(progress);
        told.len() < 2
    };
    let stopped = recognise(&source, &ImportOptions::default(), date(2026, 9, 15), &mut tell);
    assert!(matches!(stopped, Err(ImportError::Stopped)));
    assert!(told[0].done < told[1].done && told[1].done <= told[1].of, "{told:?}");
}

/// A workbook of one sheet with these rows.
fn workbook(rows: &str) -> Vec<u8> {
    use std::io::Write as _;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        ("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
