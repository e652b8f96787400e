//! The arguments of `import`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::plan::{Cadence, parse_day};
use crate::store::import::{ChannelFrom, DateFrom, DateOrder, Decimal, ImportOptions, Merge, Role};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(in crate::cli) struct ImportArgs {
    /// Exports of ad platforms or analytics: CSV, TSV, XLSX, ODS; "-" reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The plan: a path, or a name in the list; it is made where there is none
    #[arg(long, value_name = "PLAN")]
    pub into: PathBuf,
    /// Say what would happen, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// What a column is: "Cost=spend", "Reach=ignore"; several of one field are added up
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapping)]
    pub map: Vec<(String, Role)>,
    /// The column that names the channel, or =NAME for one channel
    #[arg(long, value_name = "COLUMN|=NAME", value_parser = channel)]
    pub channel: Option<ChannelFrom>,
    /// The column of dates, or =2026-09-01 where all rows belong to the period of that day
    #[arg(long, value_name = "COLUMN|=DAY", value_parser = date)]
    pub date: Option<DateFrom>,
    /// How 1/2/2026 is read, where the file does not tell
    #[arg(long, value_enum)]
    pub date_order: Option<OrderArg>,
    /// The sign before a fraction, where the file does not tell
    #[arg(long, value_enum)]
    pub decimal: Option<DecimalArg>,
    /// The periods of a new plan; without it, as fits the files
    #[arg(long, value_enum)]
    pub cadence: Option<CadenceArg>,
    /// What becomes of numbers that are stored already
    #[arg(long, value_enum, default_value_t)]
    pub merge: MergeArg,
    /// Add a file that was imported into the plan before
    #[arg(long)]
    pub again: bool,
    /// The currency, where the file says none or a wrong one
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// The platform, where it is not recognised; "plain" for a table of nobody's in particular
    #[arg(long, value_name = "NAME")]
    pub platform: Option<String>,
    /// The encoding, such as gb18030, where it is not recognised
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// The sign between cells: one letter, or "tab"
    #[arg(long, value_name = "SIGN", value_parser = separator)]
    pub separator: Option<u8>,
    /// The line of the header
    #[arg(long, value_name = "LINE")]
    pub header: Option<u64>,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Keep channels apart whose names differ only in case, spaces, hyphens and underscores
    #[arg(long)]
    pub keep_spellings: bool,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    pub format: ImportFormat,
    /// Open the plan afterwards
    #[arg(long, conflicts_with = "dry_run")]
    pub open: bool,
}

impl ImportArgs {
    pub(super) fn options(&self) -> ImportOptions {
        ImportOptions {
            encoding: self.encoding.clone(),
            separator: self.separator,
            header_line: self.header,
            sheet: self.sheet.clone(),
            platform: self.platform.clone(),
            map: self.map.clone(),
            channel: self.channel.clone(),
            date: self.date.clone(),
            date_order: self.date_order.map(|order| match order {
                OrderArg::Dmy => DateOrder::Dmy,
                OrderArg::Mdy => DateOrder::Mdy,
            }),
            decimal: self.decimal.map(|decimal| match decimal {
                DecimalArg::Point => Decimal::Point,
                DecimalArg::Comma => Decimal::Comma,
            }),
            currency: self.currency.clone(),
            cadence: self.cadence.map(CadenceArg::cadence),
            merge: match self.merge {
                MergeArg::Replace => Merge::Replace,
                MergeArg::Keep => Merge::Keep,
                MergeArg::Add => Merge::Add,
            },
            keep_spellings: self.keep_spellings,
            again: self.again,
            ..ImportOptions::default()
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OrderArg {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DecimalArg {
    /// 1,234.56
    Point,
    /// 1.234,56
    Comma,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CadenceArg {
    Day,
    /// From Monday
    Week,
    Month,
}

impl CadenceArg {
    fn cadence(self) -> Cadence {
        match self {
            Self::Day => Cadence::Day,
            Self::Week => Cadence::Week,
            Self::Month => Cadence::Month,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum MergeArg {
    /// The file's take their place
    #[default]
    Replace,
    /// They stay; only blanks are filled
    Keep,
    /// The file's are added to them
    Add,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum ImportFormat {
    /// For reading
    #[default]
    Text,
    /// For scripts
    Json,
}

/// Reads `Cost=spend`.
fn mapping(text: &str) -> Result<(String, Role), String> {
    let (column, role) = text.rsplit_once('=').ok_or("write it as \"Cost=spend\"")?;
    if column.trim().is_empty() {
        return Err("write it as \"Cost=spend\"".to_owned());
    }
    Ok((column.trim().to_owned(), role.trim().parse()?))
}

/// Reads `Campaign` or `=Name`.
fn channel(text: &str) -> Result<ChannelFrom, String> {
    match text.strip_prefix('=').map(str::trim) {
        Some("") => Err("a channel's name is not empty".to_owned()),
        Some(name) => Ok(ChannelFrom::Name(name.to_owned())),
        None => Ok(ChannelFrom::Column(text.to_owned())),
    }
}

/// Reads `Day` or `=2026-09-01`.
fn date(text: &str) -> Result<DateFrom, String> {
    let Some(day) = text.strip_prefix('=') else { return Ok(DateFrom::Column(text.to_owned())) };
    parse_day(day.trim()).map(DateFrom::Day).ok_or_else(|| format!("{day:?} is no date: write it as =2026-09-01"))
}

fn separator(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\\t" => Ok(b'\t'),
        _ => match text.as_bytes() {
            [sign] if sign.is_ascii() && *sign != b'"' && *sign != b'\n' && *sign != b'\r' => Ok(*sign),
            _ => Err("write one sign, such as ; or |, or \"tab\"".to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;
    use crate::plan::Field;

    #[test]
    fn hints_are_read_as_they_are_written() {
        assert_eq!(mapping("Cost=spend"), Ok(("Cost".to_owned(), Role::Field(Field::Spend))));
        assert_eq!(mapping("a=b = uv"), Ok(("a=b".to_owned(), Role::Field(Field::Uv))));
        assert!(mapping("Cost").is_err() && mapping("=spend").is_err() && mapping("Cost=money").is_err());
        assert_eq!(channel("=Fair"), Ok(ChannelFrom::Name("Fair".to_owned())));
        assert_eq!(channel("Campaign"), Ok(ChannelFrom::Column("Campaign".to_owned())));
        assert!(channel("= ").is_err());
        assert_eq!(date("=2026-09-01"), Ok(DateFrom::Day(civil::date(2026, 9, 1))));
        assert!(date("=1.9.2026").is_err());
        assert_eq!((separator("tab"), separator(";")), (Ok(b'\t'), Ok(b';')));
        assert!(separator("").is_err() && separator("ab").is_err() && separator("\"").is_err());
    }
}
