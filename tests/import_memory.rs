//! What an import takes of memory: never more than four times the file's size, and 16 MB besides, whatever is in it.
//!
//! Alone in its process, so that nobody else's memory is counted.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use funnel_tui::plan::{Brief, Cadence, Plan};
use funnel_tui::store::import::{ImportOptions, Source, merge, recognise};
use jiff::civil::date;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What the program's own tables take, and the pieces that files are read in.
const FLOOR: u64 = 16 << 20;
/// The length of each file.
const LENGTH: usize = 4 << 20;

/// Each test alone, for all of them share one account.
static ALONE: Mutex<()> = Mutex::new(());

/// A line of the process' own account, in bytes.
fn account(of: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(of)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// How much more memory an import needed than there was before, at its worst.
fn needed(path: &Path) -> u64 {
    // From here on the highest mark is counted anew.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = account("VmRSS");
    let options = ImportOptions::default();
    if let Ok(file) = recognise(&Source::file(path), &options, date(2026, 9, 15), &mut |_| true) {
        let _ = merge(&Plan::new(Brief::new("p", Cadence::Month)), &file, &options);
    }
    account("VmHWM").saturating_sub(before)
}

fn repeated(head: &str, each: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = head.as_bytes().to_vec();
    for number in 0.. {
        if text.len() >= LENGTH {
            break;
        }
        text.extend_from_slice(each(number).as_bytes());
    }
    text
}

#[test]
fn no_file_takes_more_than_four_times_its_size() {
    const HEAD: &str = "Date,Campaign,Cost\n";
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let shapes: [(&str, Vec<u8>); 11] = [
        ("ordinary rows", repeated(HEAD, |row| format!("2026-09-{:02},Campaign {},1.5\n", row % 28 + 1, row % 50))),
        ("a channel a row", repeated(HEAD, |row| format!("2026-09-01,C{},1\n", row % 19_000))),
        ("many days", repeated(HEAD, |row| format!("{}-{:02}-03,C{},1\n", 1990 + row % 90, row % 12 + 1, row % 9000))),
        ("one line", repeated(HEAD, |_| "a".to_owned())),
        ("quotes", repeated(HEAD, |_| "\"".to_owned())),
        ("an open quote", repeated(&format!("{HEAD}2026-09-01,\"A,1\n"), |_| "2026-09-01,B,1\n".to_owned())),
        ("separators", repeated(HEAD, |_| ",".to_owned())),
        ("a wide header", repeated("", |_| "Cost,".to_owned())),
        ("no numbers at all", repeated(HEAD, |row| format!("x{row},y,z{row}\n"))),
        ("a new order a row", repeated("Name,Financial Status,Total\n", |row| format!("#{row},paid,1.5\n"))),
        ("line ends", repeated("", |_| "\n".to_owned())),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.csv");
    for (name, bytes) in shapes {
        fs::write(&path, &bytes).unwrap();
        let allowed = 4 * bytes.len() as u64 + FLOOR;
        drop(bytes);
        let needed = needed(&path);
        assert!(needed <= allowed, "{name}: {} MB of {} MB", needed >> 20, allowed >> 20);
    }
}

/// A workbook of these parts, and of half a megabyte that cannot be packed, so that the others may unpack to a lot.
fn workbook(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut state = 1_u64;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    });
    let noise: Vec<u8> = noise.take(512 << 10).collect();
    let parts = parts.iter().map(|(name, text)| (*name, text.as_bytes())).chain([("docProps/picture", &*noise)]);
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn xlsx(rows: &str, texts: &str) -> Vec<u8> {
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let link =
        |id: &str, kind: &str, to: &str| format!(r#"<Relationship Id="{id}" Type="{RELATION}/{kind}" Target="{to}"/>"#);
    let links = link("a", "worksheet", "worksheets/sheet1.xml") + &link("b", "sharedStrings", "sharedStrings.xml");
    workbook(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", &format!("<Relationships>{links}</Relationships>")),
        ("xl/sharedStrings.xml", &format!("<sst>{texts}</sst>")),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

/// Rows of a date, a shared text and a number below their header.
fn rows_of_shared_texts(count: usize) -> String {
    let cell = |text: &str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    let mut rows = format!("<row>{}{}{}</row>", cell("Date"), cell("Campaign"), cell("Cost"));
    for row in 0..count {
        let _ = write!(rows, r#"<row>{}<c t="s"><v>{row}</v></c><c><v>1.5</v></c></row>"#, cell("2026-09-01"));
    }
    rows
}

#[test]
fn no_workbook_takes_more_than_four_times_its_size() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let texts: Vec<String> = (0..600_000).map(|number| format!("<si><t>campaign {}</t></si>", number % 900)).collect();
    let texts = texts.concat();
    let far = r#"<row><c r="XFD1" t="inlineStr"><is><t>Cost</t></is></c></row>"#.repeat(4000);
    let cell = r#"<table:table-cell table:number-columns-repeated="16384" office:string-value="Cost"/>"#;
    let row = format!(r#"<table:table-row table:number-rows-repeated="500">{cell}</table:table-row>"#);
    let sheet = |rows: &str| {
        format!(r#"<office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>"#)
    };
    let shapes: [(&str, Vec<u8>); 6] = [
        ("ordinary rows", xlsx(&rows_of_shared_texts(20_000), &texts[..2_000_000])),
        ("many shared texts", xlsx(&rows_of_shared_texts(20_000), &texts)),
        ("one long text", xlsx(&rows_of_shared_texts(5), &format!("<si><t>{}</t></si>", "a".repeat(24 << 20)))),
        ("one long cell", xlsx(&format!(r#"<row><c t="str"><v>{}</v></c></row>"#, "a".repeat(24 << 20)), "")),
        ("cells far to the right", xlsx(&far, "")),
        ("repeated cells", workbook(&[("content.xml", &sheet(&row))])),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.xlsx");
    for (name, bytes) in shapes {
        fs::write(&path, &bytes).unwrap();
        let allowed = 4 * bytes.len() as u64 + FLOOR;
        drop(bytes);
        let needed = needed(&path);
        assert!(needed <= allowed, "{name}: {} MB of {} MB", needed >> 20, allowed >> 20);
    }
}
