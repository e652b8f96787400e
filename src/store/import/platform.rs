//! Whose export a table is.

use super::columns::{Platform, Vocabulary, has_form};
use super::error::ImportError;
use super::fold::{Header, fold};

/// What a user says who knows that a table is nobody's in particular, in the place of a platform's name.
pub const NO_PLATFORM: &str = "plain";

/// The platform that the user says, else the one that the headers and titles tell; `None` for nobody in particular.
pub(super) fn platform(
    vocabulary: &'static Vocabulary,
    headers: &[Header],
    titles: &[String],
    said: Option<&str>,
) -> Result<Option<&'static Platform>, ImportError> {
    match said {
        Some(NO_PLATFORM) => Ok(None),
        Some(name) => vocabulary.platform(name).map(Some).ok_or_else(|| unknown_platform(vocabulary, name)),
        None => Ok(recognise(vocabulary, headers, titles)),
    }
}

fn unknown_platform(vocabulary: &Vocabulary, name: &str) -> ImportError {
    let known: Vec<_> = vocabulary.platforms.iter().map(|platform| platform.name.as_str()).collect();
    ImportError::Unknown { what: "platform", name: name.to_owned(), known: known.join(", ") }
}

/// The platform with the most marks; `None` where no mark of any is there, nor a whole line of its headers.
fn recognise(vocabulary: &'static Vocabulary, headers: &[Header], titles: &[String]) -> Option<&'static Platform> {
    let titles: Vec<String> = titles.iter().map(|title| fold(title)).collect();
    let line = headers.iter().map(|header| header.key.as_str()).collect::<Vec<_>>().join(",");
    let mut best: Option<(usize, &Platform)> = None;
    for platform in &vocabulary.platforms {
        let is_mark = |header: &&Header| platform.marks.contains(&header.key);
        let marks = headers.iter().filter(is_mark).count();
        let form = |title: &&String| platform.titles.iter().any(|pattern| has_form(title, pattern));
        let lines = titles.iter().filter(form).count();
        let whole = usize::from(platform.whole.contains(&line));
        if marks + lines + whole == 0 {
            continue;
        }
        let columns = headers.iter().filter(|header| platform.columns.find(header).is_some()).count();
        let score = 3 * marks + 4 * (lines + whole) + columns;
        if best.is_none_or(|(before, _)| score > before) {
            best = Some((score, platform));
        }
    }
    best.map(|(_, platform)| platform)
}
