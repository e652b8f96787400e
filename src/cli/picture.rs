//! `funnel-tui picture`, hidden: a screen as SVG, from the cells that a terminal would get. README's pictures are
//! made with it.

use jiff::civil::{Date, date};

use crate::plan::{Layer, Plan};
use crate::tui::key::parse_script;
use crate::tui::picture::svg;
use crate::tui::script::Scripted;
use crate::tui::theme::ThemeName;

use super::args::{PaperArg, PictureArgs};
use super::failure::Failure;
use super::{out, source};

pub(super) fn run(args: &PictureArgs) -> Result<(), Failure> {
    let plan = source::read(&args.plan)?.plan;
    let keys = parse_script(&args.keys).map_err(|error| Failure::Keys(error.to_string()))?;
    let theme = match args.theme {
        PaperArg::Dark => ThemeName::Dark,
        PaperArg::Light => ThemeName::Light,
    };
    let title = format!("funnel-tui: {}", plan.brief.name);
    let today = today(&plan);
    let mut screen = Scripted::open(plan, today, theme, args.size).map_err(|error| Failure::Keys(error.to_string()))?;
    screen.press(&keys);
    screen.compute();
    let picture = svg(&screen.buffer, theme, &title);
    match &args.output {
        None => out::answer(&picture),
        Some(path) => out::file(path, picture.as_bytes()),
    }
}

/// A day that does not move, so that a picture made anew is the same.
fn today(plan: &Plan) -> Date {
    plan.periods(Layer::Actual).last().copied().unwrap_or(date(2026, 1, 1))
}
