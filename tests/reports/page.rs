//! The page: well-formed, self-contained, escaped, readable without colour and without sight.

use std::collections::HashMap;

use funnel_tui::plan::{Layer, Plan};
use funnel_tui::report::{Form, render};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::{all, plan, sixty};

const STYLE: &str = include_str!("../../assets/report.css");

fn html(plan: &Plan, layer: Layer) -> String {
    String::from_utf8(render(plan, &all(layer), 0.1, Form::Html).unwrap()).unwrap()
}

/// An element with its attributes, in the order of the page.
struct Element {
    name: String,
    attributes: HashMap<String, String>,
}

/// Every element, each closed where it should be: the page is read as XML once its void elements are closed.
fn elements(page: &str) -> Vec<Element> {
    let body = page.strip_prefix("<!DOCTYPE html>").unwrap();
    let (head, rest) = body.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let closed: String = head.split_inclusive('>').map(close_void).collect();
    let xml = format!("{closed}{rest}");
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = true;
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{xml}")) {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                    (text(attribute.key.as_ref().as_bytes()), text(attribute.value.as_bytes()))
                });
                let name = String::from_utf8(tag.name().as_ref().as_bytes().to_vec()).unwrap();
                found.push(Element { name, attributes: attributes.collect() });
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn close_void(tag: &str) -> String {
    match tag.rsplit_once('<') {
        Some((before, name)) if name.starts_with("meta") => format!("{before}<{}/>", name.trim_end_matches('>')),
        _ => tag.to_owned(),
    }
}

fn everything() -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = ["demo", "holes", "one", "empty"]
        .into_iter()
        .flat_map(|name| {
            let plan = plan(name);
            [Layer::Actual, Layer::Planned].map(|layer| (format!("{name}, {}", layer.key()), html(&plan, layer)))
        })
        .collect();
    pages.push(("sixty".to_owned(), html(&sixty(), Layer::Actual)));
    pages
}

#[test]
fn it_is_well_formed_and_holds_everything_that_it_needs() {
    for (name, page) in everything() {
        for each in elements(&page) {
            assert!(!matches!(each.name.as_str(), "script" | "link" | "img" | "iframe" | "object" | "a"), "{name}");
            for (key, value) in &each.attributes {
                assert!(!key.starts_with("on") && !matches!(key.as_str(), "src" | "href"), "{name}: {key}={value}");
                assert!(!value.contains("url(") || value == "url(#hatch)", "{name}: {key}={value}");
            }
        }
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
        assert!(!page.contains("NaN") && !page.contains("inf%"), "{name}");
    }
}

#[test]
fn tables_pictures_and_headings_speak_to_those_who_cannot_see() {
    for (name, page) in everything() {
        let found = elements(&page);
        let count = |wanted: &str| found.iter().filter(|each| each.name == wanted).count();
        assert_eq!(count("caption"), count("table"), "{name}");
        assert_eq!(count("h1"), 1, "{name}");
        assert!(found.iter().filter(|each| each.name == "th").all(|each| each.attributes.contains_key("scope")));
        let mut ids: Vec<&String> = found.iter().filter_map(|each| each.attributes.get("id")).collect();
        for each in found.iter().filter(|each| each.attributes.get("role").is_some_and(|role| role == "img")) {
            let named = &each.attributes["aria-labelledby"];
            assert!(named.split(' ').all(|id| ids.iter().any(|known| *known == id)), "{name}: {named}");
        }
        let before = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), before, "{name}: an id stands twice");
    }
}

#[test]
fn hostile_names_are_words_and_nothing_else() {
    let mut plan = plan("one");
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=y>\u{202e}evil\u{1b}[31m&amp;";
    plan.brief.name = hostile.to_owned();
    plan.brief.currency = hostile.to_owned();
    for channel in &mut plan.channels {
        std::sync::Arc::make_mut(channel).name = hostile.to_owned();
    }
    for stage in funnel_tui::plan::Stage::ALL {
        plan.brief.labels.insert(stage, hostile.to_owned());
    }
    let page = html(&plan, Layer::Actual);
    assert!(elements(&page).iter().all(|each| each.name != "script" && each.name != "img"));
    assert!(!page.contains(['\u{202e}', '\u{1b}']));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;"));
    assert!(page.contains("&amp;amp;"));
}

/// The words of the page, a line for each piece, headings underlined.
fn words(page: &str) -> String {
    let (_, body) = page.split_once("</style>").unwrap();
    let mut out = String::new();
    let mut reader = Reader::from_str(body.strip_prefix("</head>").unwrap());
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut ends = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = String::from_utf8(tag.name().as_ref().as_bytes().to_vec()).unwrap();
                match name.as_str() {
                    "h1" => out.push_str("\n# "),
                    "h2" => out.push_str("\n## "),
                    "td" => out.push_str(" | "),
                    _ => {}
                }
                ends.push(name);
            }
            Event::End(_) => {
                let name = ends.pop().unwrap_or_default();
                if matches!(
                    name.as_str(),
                    "p" | "h1" | "h2" | "li" | "tr" | "caption" | "text" | "dd" | "desc" | "figcaption"
                ) {
                    out.push('\n');
                }
                if matches!(name.as_str(), "dt" | "th" | "title") {
                    out.push_str(": ");
                }
            }
            Event::Text(text) => out.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => out.extend(["&", &reference.xml10_content(), ";"]),
            Event::Eof => return out,
            _ => {}
        }
    }
}

#[test]
fn its_words_are_as_they_were() {
    insta::assert_snapshot!("demo", words(&html(&plan("demo"), Layer::Actual)));
    insta::assert_snapshot!("holes", words(&html(&plan("holes"), Layer::Actual)));
    insta::assert_snapshot!("empty", words(&html(&plan("empty"), Layer::Actual)));
}

#[test]
fn it_begins_with_what_was_spent_what_came_back_and_what_to_do() {
    let page = words(&html(&plan("demo"), Layer::Actual));
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is missing:\n{page}"));
    assert!(at("## What we spent") < at("## What came back"));
    assert!(at("## What came back") < at("## What to do next"));
    assert!(at("## What to do next") < at("## Money"));
    assert!(page.contains("160,780 CNY went into 7 channels"));
    let planned = words(&html(&plan("demo"), Layer::Planned));
    assert!(planned.contains("## What we plan to spend"));
}

#[test]
fn many_channels_are_a_picture_that_fits_on_paper_and_a_table_of_all() {
    let page = html(&sixty(), Layer::Actual);
    assert!(page.contains("The 16 of 60 channels with the most room."));
    let svg = page.split("id=\"heat-map-desc\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert_eq!(svg.matches("class=\"name\"").count(), 16);
    assert!(page.contains("<th scope=\"row\" dir=\"auto\">渠道 59: a channel with a rather long name</th>"));
}

/// Relative luminance of `#rrggbb` (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The colours of the light and of the dark page.
fn colours() -> [HashMap<&'static str, &'static str>; 2] {
    let of = |block: &'static str| {
        let lines = block.lines().filter_map(|line| line.trim().strip_suffix(';')?.split_once(": "));
        lines.filter(|(name, _)| name.starts_with("--")).collect()
    };
    let mut blocks = STYLE.split(":root {").skip(1).map(|block| of(block.split('}').next().unwrap()));
    [blocks.next().unwrap(), blocks.next().unwrap()]
}

#[test]
fn colours_keep_the_contrast_that_wcag_aa_asks_for() {
    for colours in colours() {
        let is = |one: &str, other: &str, least: f64| {
            let found = contrast(colours[one], colours[other]);
            assert!(found >= least, "{one} on {other} has a contrast of {found:.2}");
        };
        for ground in ["--paper", "--card", "--tint"] {
            is("--ink", ground, 4.5);
        }
        for ground in ["--paper", "--card", "--tint"] {
            is("--muted", ground, 4.5);
        }
        for ground in ["--paper", "--card"] {
            is("--gain", ground, 4.5);
            is("--loss", ground, 4.5);
        }
        for shade in ["--heat-0", "--heat-1", "--heat-2", "--heat-3", "--heat-4"] {
            is("--on-heat", shade, 4.5);
        }
        // What is drawn and must be told from the paper.
        for drawn in ["--bar", "--money", "--gain", "--loss", "--muted"] {
            is(drawn, "--paper", 3.0);
        }
    }
}
