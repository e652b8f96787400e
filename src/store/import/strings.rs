//! The texts that the cells of an XLSX share. They may be many times longer than the file, so that beyond a little they
//! lie on the disk.

use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use quick_xml::events::Event;
use tempfile::SpooledTempFile;

use super::error::ImportError;
use super::rows::Flow;
use super::workbook::CELL_BYTES;
use super::xml::{damaged, events, speak};

/// Bytes of texts, and of their places, that are held in memory.
const HELD: usize = 1 << 20;
/// Texts that are remembered, one for each slot, and the length of one that is worth it.
const SLOTS: usize = 1 << 12;
const WORTH: usize = 256;
/// Texts between two words about the progress.
const SAY_EVERY: u64 = 1 << 14;

/// Texts by their numbers.
pub(super) struct Strings {
    texts: SpooledTempFile,
    /// Where each text ends, in eight bytes.
    ends: SpooledTempFile,
    count: u64,
    recent: Vec<Option<(u64, Box<str>)>>,
}

impl Strings {
    /// None at all.
    pub(super) fn none() -> Self {
        let spool = || SpooledTempFile::new(HELD);
        Self { texts: spool(), ends: spool(), count: 0, recent: vec![None; SLOTS] }
    }

    /// Reads the part that holds them; `tick` is asked whether to go on.
    pub(super) fn read(
        part: impl std::io::Read,
        tick: &mut dyn FnMut() -> Result<(), ImportError>,
    ) -> Result<Self, ImportError> {
        let mut strings = Self::none();
        let (mut texts, mut ends) = (BufWriter::new(&mut strings.texts), BufWriter::new(&mut strings.ends));
        let (mut text, mut end, mut count) = (String::new(), 0_u64, 0_u64);
        let (mut spoken, mut phonetic) = (false, false);
        events(part, |event, empty| {
            match event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "si" => text.clear(),
                    "t" => spoken = true,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "t" => spoken = false,
                    "rPh" => phonetic = false,
                    "si" => {
                        end += text.len() as u64;
                        count += 1;
                        texts.write_all(text.as_bytes()).map_err(damaged)?;
                        ends.write_all(&end.to_le_bytes()).map_err(damaged)?;
                        if count.is_multiple_of(SAY_EVERY) {
                            tick()?;
                        }
                    }
                    _ => {}
                },
                Event::Empty(start) if empty && start.local_name().as_ref() == "si" => {
                    count += 1;
                    ends.write_all(&end.to_le_bytes()).map_err(damaged)?;
                }
                _ if spoken && !phonetic => speak(event, &mut text, CELL_BYTES),
                _ => {}
            }
            Ok(Flow::On)
        })?;
        texts.flush().and_then(|()| ends.flush()).map_err(damaged)?;
        drop((texts, ends));
        strings.count = count;
        Ok(strings)
    }

    /// The text of a number; "" where there is none.
    pub(super) fn text(&mut self, number: u64) -> Result<String, ImportError> {
        let slot = number as usize % SLOTS;
        if let Some((known, text)) = &self.recent[slot]
            && *known == number
        {
            return Ok(text.to_string());
        }
        if number >= self.count {
            return Ok(String::new());
        }
        let begins = if number == 0 { 0 } else { self.end(number - 1)? };
        let ends = self.end(number)?;
        let mut bytes = vec![0; (ends - begins) as usize];
        self.texts.seek(SeekFrom::Start(begins)).map_err(damaged)?;
        self.texts.read_exact(&mut bytes).map_err(damaged)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if text.len() <= WORTH {
            self.recent[slot] = Some((number, text.clone().into_boxed_str()));
        }
        Ok(text)
    }

    fn end(&mut self, number: u64) -> Result<u64, ImportError> {
        let mut end = [0; 8];
        self.ends.seek(SeekFrom::Start(number * 8)).map_err(damaged)?;
        self.ends.read_exact(&mut end).map_err(damaged)?;
        Ok(u64::from_le_bytes(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Strings {
        Strings::read(xml.as_bytes(), &mut || Ok(())).unwrap()
    }

    #[test]
    fn texts_are_found_by_their_numbers_in_any_order() {
        let mut strings = read(
            "<sst><si><t>百度</t></si><si/><si><r><t>A &amp; </t></r><r><t>B</t></r><rPh><t>x</t></rPh></si></sst>",
        );
        assert_eq!(strings.text(2).unwrap(), "A & B");
        assert_eq!(strings.text(0).unwrap(), "百度");
        assert_eq!(strings.text(1).unwrap(), "");
        assert_eq!(strings.text(2).unwrap(), "A & B");
        assert_eq!(strings.text(3).unwrap(), "", "a number beyond the last has no text");
    }

    #[test]
    fn more_texts_than_memory_should_hold_are_found_too() {
        let many: Vec<String> = (0..200_000).map(|number| format!("<si><t>text {number}</t></si>")).collect();
        let mut strings = read(&format!("<sst>{}</sst>", many.concat()));
        for number in (0..200_000).rev().step_by(977) {
            assert_eq!(strings.text(number).unwrap(), format!("text {number}"));
        }
    }
}
