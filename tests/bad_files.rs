//! Every kind of bad file, with the very words that the user must see: `fixtures/bad/NAME.ron` and `NAME.txt`.
//!
//! `UPDATE_FIXTURES=1 cargo test --test bad_files` writes the words anew; read the difference before it is kept.

use std::fs;
use std::path::Path;

use funnel_tui::plan::steers;
use funnel_tui::store::read_plan_bytes;

#[test]
fn every_bad_file_is_refused_with_the_words_that_mend_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bad");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in files.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "ron")) {
        seen += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let words = path.with_extension("txt");
        let told = match read_plan_bytes(&fs::read(&path).unwrap(), &name) {
            Ok(_) => panic!("{name} was read as a plan"),
            Err(diagnosis) => format!("{diagnosis}\n\n{}\n", diagnosis.summary()),
        };
        assert!(!told.replace('\n', "").contains(steers), "{name}: {told:?}");
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&words, &told).unwrap();
        }
        let expected = fs::read_to_string(&words).unwrap_or_default().replace("\r\n", "\n");
        if told != expected {
            wrong.push(format!("{name}\n--- expected\n{expected}\n--- told\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 100, "the fixtures are there");
}
