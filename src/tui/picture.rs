//! A screen as a picture: the cells that a terminal would get, as SVG, with the colours of the dark or light theme.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::theme::ThemeName;
use super::widget::text;

/// Width and height of a cell, in pixels.
const CELL: (u32, u32) = (9, 19);
/// Room around the cells.
const MARGIN: u32 = 12;
/// From the top of a cell to the line on which letters stand.
const BASELINE: u32 = 14;

/// What a terminal without colours of its own shows.
struct Paper {
    ink: &'static str,
    ground: &'static str,
    sixteen: [&'static str; 16],
}

const DARK: Paper = Paper {
    ink: "#d8dce3",
    ground: "#16191f",
    sixteen: [
        "#23272e", "#ff7a75", "#7ed385", "#f0c15a", "#61a8ff", "#b09cff", "#61c2ff", "#d8dce3", "#8a8f98", "#ff9b97",
        "#9fe3a5", "#f6d58c", "#8cc0ff", "#c7b8ff", "#8fd4ff", "#ffffff",
    ],
};

const LIGHT: Paper = Paper {
    ink: "#24292f",
    ground: "#ffffff",
    sixteen: [
        "#24292f", "#ba1a24", "#16772e", "#8f5b00", "#0062a3", "#693dbf", "#007a87", "#6e7781", "#57606a", "#d1242f",
        "#1a7f37", "#9a6700", "#0969da", "#8250df", "#1b7c83", "#8c959f",
    ],
};

/// The buffer as an SVG picture, by the theme's paper; `title` is read out by screen readers.
pub fn svg(buffer: &Buffer, theme: ThemeName, title: &str) -> String {
    let paper = if theme == ThemeName::Light { &LIGHT } else { &DARK };
    let area = buffer.area;
    let (width, height) = (u32::from(area.width) * CELL.0 + 2 * MARGIN, u32::from(area.height) * CELL.1 + 2 * MARGIN);
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>\n\
         <g font-family=\"'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,'Noto Sans Mono CJK SC',monospace\" font-size=\"15\" xml:space=\"preserve\">\n",
        escaped(title),
        paper.ground,
    );
    for y in area.top()..area.bottom() {
        line(&mut out, buffer, y, paper);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// How a run of cells looks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    ink: String,
    ground: Option<String>,
    modifier: Modifier,
}

fn line(out: &mut String, buffer: &Buffer, y: u16, paper: &Paper) {
    let area = buffer.area;
    let mut x = area.left();
    while x < area.right() {
        let look = look(&buffer[(x, y)], paper);
        let begin = x;
        let mut words = String::new();
        // Wide characters stand alone, so that a font's own idea of their width moves nothing else.
        while x < area.right() && self::look(&buffer[(x, y)], paper) == look {
            let symbol = buffer[(x, y)].symbol();
            let wide = u16::try_from(text::width(symbol)).unwrap_or(1).max(1);
            if (wide > 1 || !symbol.is_ascii()) && x > begin {
                break;
            }
            words.push_str(symbol);
            x += wide;
            if wide > 1 || !symbol.is_ascii() {
                break;
            }
        }
        run(out, (u32::from(begin - area.left()), u32::from(y - area.top())), u32::from(x - begin), &words, &look);
    }
}

fn run(out: &mut String, (column, row): (u32, u32), columns: u32, words: &str, look: &Look) {
    let (x, y) = (MARGIN + column * CELL.0, MARGIN + row * CELL.1);
    let width = columns * CELL.0;
    if let Some(ground) = &look.ground {
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{ground}\"/>", CELL.1);
    }
    if words.trim().is_empty() && !look.modifier.contains(Modifier::UNDERLINED) {
        return;
    }
    let mut style = format!("fill=\"{}\"", look.ink);
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ] {
        if look.modifier.contains(modifier) {
            style.push_str(attribute);
        }
    }
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" {style}>{}</text>",
        y + BASELINE,
        escaped(words),
    );
}

fn look(cell: &Cell, paper: &Paper) -> Look {
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    let ink = colour(cell.fg, paper).unwrap_or_else(|| paper.ink.to_owned());
    let ground = colour(cell.bg, paper);
    let (ink, ground) =
        if reversed { (ground.unwrap_or_else(|| paper.ground.to_owned()), Some(ink)) } else { (ink, ground) };
    Look { ink, ground, modifier: cell.modifier }
}

fn colour(color: Color, paper: &Paper) -> Option<String> {
    let at = match color {
        Color::Reset => return None,
        Color::Rgb(red, green, blue) => return Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Indexed(at) => usize::from(at),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    paper.sixteen.get(at).map(|hex| (*hex).to_owned())
}

fn escaped(words: &str) -> String {
    let words = crate::plan::printable(words);
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn cells_become_runs_and_wide_characters_keep_their_place() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        buffer.set_string(0, 0, "a<百b", Style::new());
        let picture = svg(&buffer, ThemeName::Dark, "x & y");
        assert!(picture.contains("<title>x &amp; y</title>"), "{picture}");
        assert!(picture.contains(">a&lt;</text>"), "{picture}");
        assert!(picture.contains(">百</text>"), "{picture}");
        let b = format!("x=\"{}\"", MARGIN + 4 * CELL.0);
        assert!(picture.contains(&b), "{picture}");
    }

    #[test]
    fn what_is_reversed_has_a_ground() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        buffer.set_string(0, 0, "a", Style::new().add_modifier(Modifier::REVERSED));
        assert!(svg(&buffer, ThemeName::Light, "").contains("fill=\"#24292f\"/>"));
    }
}
