//! The parts of workbooks, read event by event: nothing of them is in memory but the tag or text that is looked at.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::error::ImportError;
use super::rows::Flow;

/// Bytes that one tag, or one piece of text, may have.
const LONGEST: u64 = 4 << 20;

/// What is wrong with a workbook.
pub(super) fn damaged(error: impl std::fmt::Display) -> ImportError {
    ImportError::Workbook(error.to_string())
}

/// Stops where a tag or text does not end for too long, so that it does not come into memory.
struct Bounded<R> {
    inner: R,
    since: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > LONGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = self.inner.read(out)?;
        self.since.set(self.since.get() + length as u64);
        Ok(length)
    }
}

/// Runs over the events of a part until `each` has enough; it is told which tags are empty ones.
pub(super) fn events(
    content: impl Read,
    mut each: impl FnMut(&Event<'_>, bool) -> Result<Flow, ImportError>,
) -> Result<(), ImportError> {
    let since = Rc::new(Cell::new(0));
    let bounded = Bounded { inner: content, since: Rc::clone(&since) };
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, bounded));
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(damaged)?;
        let empty = matches!(event, Event::Empty(_));
        if matches!(event, Event::Eof) || each(&event, empty)? == Flow::Enough {
            return Ok(());
        }
        since.set(0);
        buffer.clear();
    }
}

/// An attribute of a tag, by its whole name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok().flatten()?;
    let value: &str = found.value.as_ref();
    Some(unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned))
}

/// Adds what an event says to a text, as long as that is shorter than `most` bytes.
pub(super) fn speak(event: &Event<'_>, text: &mut String, most: usize) {
    let mut add = |said: &str| {
        let room = most.saturating_sub(text.len());
        // Nearly always there is room.
        if said.len() <= room { text.push_str(said) } else { text.extend(said.chars().take(room)) }
    };
    match event {
        Event::Text(said) => add(&said.xml10_content()),
        Event::CData(said) => add(&said.xml10_content()),
        Event::GeneralRef(entity) => {
            let entity = format!("&{};", entity.as_ref() as &str);
            add(&unescape(&entity).unwrap_or_default());
        }
        _ => {}
    }
}
