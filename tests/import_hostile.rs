//! Any bytes at all end in a result or a clear error: no panic, no endless loop, no memory without bound.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use funnel_tui::plan::{Brief, Cadence, Plan};
use funnel_tui::store::import::{ImportError, ImportOptions, Recognised, Source, merge, recognise};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn import(bytes: Vec<u8>) -> Result<Recognised, ImportError> {
    let file = recognise(&Source::bytes("x", bytes), &ImportOptions::default(), date(2026, 9, 15), &mut |_| true)?;
    merge(&Plan::new(Brief::new("p", Cadence::Month)), &file, &ImportOptions::default())?;
    Ok(file)
}

/// The same cases on every run; `IMPORT_CASES=20` takes twenty times as many.
fn runner(cases: u32) -> TestRunner {
    let times = std::env::var("IMPORT_CASES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let cases = cases * times;
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]))
}

fn fixtures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn random_bytes_end_in_a_result_or_an_error() {
    let bytes = prop::collection::vec(any::<u8>(), 0..2000);
    runner(300)
        .run(&bytes, |bytes| {
            let _ = import(bytes);
            Ok(())
        })
        .unwrap();
}

#[test]
fn random_tables_end_in_a_result_or_an_error() {
    let pieces = [
        "Date",
        "Campaign",
        "Cost",
        "Clicks",
        "Total",
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        "\"",
        "2026-09-01",
        "1/2/2026",
        "1.234,5",
        "1,5",
        "-",
        "€",
        "日期",
        "消费",
        "(",
        ")",
        "#",
        "99999999999999999999",
        "-5",
        "\u{1}",
        "1e308",
        "万",
        "sep=",
        " ",
        "%",
    ];
    let table = prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..120).prop_map(|pieces| pieces.concat());
    runner(600)
        .run(&table, |table| {
            let _ = import(table.into_bytes());
            Ok(())
        })
        .unwrap();
}

#[test]
fn mutated_exports_end_in_a_result_or_an_error() {
    let files = fixtures();
    let change = (0..files.len(), prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..12));
    runner(500)
        .run(&change, |(file, changes)| {
            let mut bytes = files[file].clone();
            for (at, byte, how) in changes {
                if bytes.is_empty() {
                    break;
                }
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    2 => _ = bytes.remove(at),
                    _ => bytes.truncate(at),
                }
            }
            let _ = import(bytes);
            Ok(())
        })
        .unwrap();
}

/// The parts of a workbook, unpacked.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |at| {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

#[test]
fn workbooks_with_mutated_parts_end_in_a_result_or_an_error() {
    let books: Vec<_> = fixtures().iter().filter(|bytes| bytes.starts_with(b"PK")).map(|bytes| parts(bytes)).collect();
    let pieces =
        ["<", ">", "\"", "/>", "<c r=\"XFD9\" t=\"s\"><v>9</v></c>", "99999999999", "-1", "NaN", "&#0;", "</row>"];
    let piece = prop::sample::select(pieces.to_vec());
    let place = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let change = (0..books.len(), prop::collection::vec((place, piece, any::<bool>()), 1..8));
    runner(300)
        .run(&change, |(book, changes)| {
            let mut parts = books[book].clone();
            for ((part, at), piece, replaces) in changes {
                let part = part.index(parts.len());
                let bytes = &mut parts[part].1;
                let at = at.index(bytes.len() + 1);
                let end = if replaces { (at + piece.len()).min(bytes.len()) } else { at };
                bytes.splice(at..end, piece.bytes());
            }
            let parts: Vec<_> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice(), 1)).collect();
            let _ = import(zipped(&parts));
            Ok(())
        })
        .unwrap();
}

#[test]
fn long_runs_of_one_byte_end_soon() {
    for byte in [0, b'"', b',', b'\n', b'a', b'9', 0xff, 0x81] {
        let _ = import(vec![byte; 3_000_000]);
        let mut table = b"Date,Campaign,Cost\n".to_vec();
        table.resize(3_000_000, byte);
        let _ = import(table);
    }
}

fn zipped(parts: &[(&str, &[u8], usize)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, times) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        for _ in 0..*times {
            zip.write_all(bytes).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_that_unpacks_to_far_too_much_is_refused() {
    let zeros = vec![b'0'; 1 << 20];
    for part in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "content.xml"] {
        let bomb = zipped(&[("[Content_Types].xml", b"<x/>", 1), (part, &zeros, 64)]);
        assert!(bomb.len() < 200_000, "{}", bomb.len());
        assert!(matches!(import(bomb), Err(ImportError::Bomb { .. })), "{part}");
    }
}

#[test]
fn repeated_cells_of_a_sheet_do_not_fill_the_memory() {
    let cell = br#"<table:table-cell office:value="1" table:number-columns-repeated="16384"/>"#;
    let mut content =
        br#"<office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="4000000000">"#
            .to_vec();
    content.extend_from_slice(&cell.repeat(50));
    content.extend_from_slice(b"</table:table-row></table:table></office:spreadsheet>");
    let _ = import(zipped(&[("mimetype", b"x", 1), ("content.xml", &content, 1)]));
}

#[test]
fn what_is_no_table_says_so() {
    let cases: [(&[u8], &str); 6] = [
        (b"", "the file is empty"),
        (b"%PDF-1.7 ...", "this is a PDF: export a table instead"),
        (b"\x1f\x8b\x08", "this is a compressed file: unpack it first"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is a workbook of the old kind (.xls): save it as .xlsx or .csv"),
        (b"just one line of prose", "no table was found: expected rows of cells below a line of headers"),
        (b"PK\x03\x04 and then nothing", "the workbook cannot be read"),
    ];
    for (bytes, words) in cases {
        let error = import(bytes.to_vec()).unwrap_err().to_string();
        assert!(error.starts_with(words), "{error}");
    }
}
