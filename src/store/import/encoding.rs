//! Which encoding a text is in, and reading it as UTF-8.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, CoderResult, Decoder, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_1252,
};

use super::error::ImportError;
use super::input::{Survey, Utf8};

/// The encoding of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextEncoding {
    pub encoding: &'static Encoding,
    /// Bytes of the mark at the beginning.
    pub mark: usize,
}

/// The encoding of that label.
pub(super) fn named(label: &str) -> Result<&'static Encoding, ImportError> {
    let alias = match label.to_ascii_lowercase().as_str() {
        "latin-1" | "latin1" => "windows-1252",
        "shift-jis" | "sjis" | "cp932" => "shift_jis",
        "utf-16" => "utf-16le",
        "gbk" | "gb2312" => "gb18030",
        _ => label,
    };
    Encoding::for_label(alias.as_bytes()).ok_or_else(|| ImportError::Encoding(label.to_owned()))
}

/// The encoding of a file. `score` tells how well the beginning of the file reads in an encoding, in known headers.
pub(super) fn detect(survey: &Survey, score: impl Fn(&'static Encoding) -> usize) -> TextEncoding {
    if let Some((encoding, mark)) = Encoding::for_bom(&survey.head) {
        return TextEncoding { encoding, mark };
    }
    let plain = |encoding| TextEncoding { encoding, mark: 0 };
    // Letters, digits and separators have a zero byte each in UTF-16, and nearly nothing else has any.
    let [even, odd] = survey.zeros;
    if (even + odd) * 8 > survey.head.len() {
        return plain(if odd >= even { UTF_16LE } else { UTF_16BE });
    }
    if survey.utf8 != Utf8::Invalid {
        return plain(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&survey.foreign, true);
    let guess = match detector.guess(None, Utf8Detection::Deny) {
        guess if guess == GBK => GB18030,
        guess => guess,
    };
    let mut best = (score(guess), guess);
    for other in [GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252, BIG5, EUC_JP, EUC_KR] {
        let found = score(other);
        if found > best.0 {
            best = (found, other);
        }
    }
    plain(best.1)
}

/// The beginning of a file as text.
pub(super) fn head_text(survey: &Survey, encoding: TextEncoding) -> String {
    let bytes = survey.head.get(encoding.mark..).unwrap_or_default();
    let mut decoder = encoding.encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len()));
    // Not the last bytes: a character may be cut there.
    let _ = decoder.decode_to_string(bytes, &mut text, false);
    text
}

/// What was lost in decoding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Losses {
    /// Something in the middle is no character of the encoding.
    pub garbled: bool,
    /// The end is cut in the middle of a character.
    pub cut: bool,
}

/// Reads a text in any encoding as UTF-8. What is no character becomes U+FFFD, a character cut at the end is left out.
pub(super) struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    /// The part of `input` that is still to be decoded.
    pending: std::ops::Range<usize>,
    at_end: bool,
    pub losses: Losses,
}

impl<R: Read> Decoding<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { inner, decoder, input: vec![0; 1 << 16], pending: 0..0, at_end: false, losses: Losses::default() }
    }

    /// True if bytes of a character wait for more that never come.
    fn ends_within_a_character(&mut self) -> bool {
        let mut rest = [0; 64];
        let (_, _, written, _) = self.decoder.decode_to_utf8(&[], &mut rest, true);
        written > 0
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // The longest character, and what the decoder wants to have free beside it.
        if out.len() < 16 {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        loop {
            if self.pending.is_empty() {
                if self.at_end {
                    return Ok(0);
                }
                let length = self.inner.read(&mut self.input)?;
                if length == 0 {
                    self.at_end = true;
                    self.losses.cut = self.ends_within_a_character();
                    return Ok(0);
                }
                self.pending = 0..length;
            }
            let (result, read, written, bad) =
                self.decoder.decode_to_utf8(&self.input[self.pending.clone()], out, false);
            self.pending.start += read;
            self.losses.garbled |= bad;
            if written > 0 || result == CoderResult::OutputFull {
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::input::Source;
    use super::*;

    fn decoded(bytes: &[u8], encoding: &'static Encoding) -> (String, Losses) {
        let mut decoding = Decoding::new(bytes, encoding);
        let mut out = vec![0; 1 << 12];
        let mut text = Vec::new();
        loop {
            let length = decoding.read(&mut out).unwrap();
            if length == 0 {
                break;
            }
            text.extend_from_slice(&out[..length]);
        }
        (String::from_utf8(text).unwrap(), decoding.losses)
    }

    #[test]
    fn a_character_cut_at_the_end_is_left_out_and_told() {
        let (bytes, _, _) = GB18030.encode("日期,消费");
        assert_eq!(decoded(&bytes, GB18030), ("日期,消费".to_owned(), Losses::default()));
        let (text, losses) = decoded(&bytes[..bytes.len() - 1], GB18030);
        assert_eq!((text.as_str(), losses), ("日期,消", Losses { garbled: false, cut: true }));
    }

    #[test]
    fn utf_16_is_told_without_a_mark() {
        let bytes: Vec<u8> = "Campaign\tCost\n费用\t1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let survey = Survey::of(&Source::bytes("x", bytes)).unwrap();
        assert_eq!(detect(&survey, |_| 0).encoding, UTF_16LE);
        let bytes: Vec<u8> = "Campaign\tCost\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let survey = Survey::of(&Source::bytes("x", bytes)).unwrap();
        assert_eq!(detect(&survey, |_| 0).encoding, UTF_16BE);
    }

    #[test]
    fn encodings_go_by_the_names_people_use() {
        assert_eq!(named("latin-1").unwrap(), WINDOWS_1252);
        assert_eq!(named("GBK").unwrap(), GB18030);
        assert_eq!(named("cp932").unwrap(), SHIFT_JIS);
        assert!(named("klingon").is_err());
    }
}
