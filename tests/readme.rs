//! README says what is so: its keys are those of the key map, its pictures and links are there, its plan can be read.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::fs;
use std::path::Path;

use funnel_tui::store::{read_plan, write_plan};
use funnel_tui::tui::keymap::Keymap;

const KEYS: &str = "<!-- keys: made from assets/keymap.ron -->\n";
const END_OF_KEYS: &str = "<!-- end of keys -->";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// What stands between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start:?}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end:?} after {start:?}")).0
}

/// `UPDATE_README=1 cargo test --test readme` writes the keys anew.
#[test]
fn the_keys_are_those_of_the_key_map() {
    let text = readme();
    let made = format!("\n{}\n", Keymap::built_in().unwrap().markdown());
    let stands = between(&text, KEYS, END_OF_KEYS);
    if stands != made && std::env::var_os("UPDATE_README").is_some() {
        let updated = text.replace(&format!("{KEYS}{stands}"), &format!("{KEYS}{made}"));
        fs::write(root().join("README.md"), updated).unwrap();
        return;
    }
    assert_eq!(stands, made, "run UPDATE_README=1 cargo test --test readme");
}

#[test]
fn everything_that_it_links_to_is_there() {
    let text = readme();
    let mut seen = 0;
    for part in text.split("](").skip(1) {
        let target = part.split(')').next().unwrap();
        if !target.starts_with("http") {
            assert!(root().join(target).exists(), "{target} is not there");
            seen += 1;
        }
    }
    assert!(seen >= 5, "only {seen} links were found");
}

#[test]
fn its_plan_can_be_read_and_is_written_the_same() {
    let text = readme();
    let plan = between(&text, "```ron\n", "```");
    let read = read_plan(plan, "README.md").unwrap_or_else(|diagnosis| panic!("{diagnosis}"));
    assert_eq!(write_plan(&read.plan), plan);
}

#[test]
fn the_pictures_are_the_example_on_screen() {
    for (picture, word) in [
        ("funnel", "Repurchase"),
        ("channels", "Chat groups"),
        ("improve", "leads"),
        ("tests", "stop, firm"),
        ("playbook", "The playbook"),
    ] {
        let svg = fs::read_to_string(root().join(format!("assets/pictures/{picture}.svg"))).unwrap();
        assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{picture} is no picture");
        assert!(svg.contains(word), "{picture} does not show {word}");
    }
}
