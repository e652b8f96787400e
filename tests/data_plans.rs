//! Real figures: the plans beside the checkout are read and their totals are the true ones. Where they are not there,
//! the test says aloud that it was skipped.

use std::path::PathBuf;
use std::sync::Arc;

use funnel_tui::engine::{Analysis, Analyst, Scope};
use funnel_tui::plan::{Field, Plan};
use funnel_tui::report::{csv, json, markdown, text};
use funnel_tui::store::read_plan;

/// The plan in that file, analysed; `None`, said aloud, where there are no real figures.
fn real(file: &str) -> Option<(Plan, Arc<Analysis>)> {
    let Some(data) = std::env::var_os("FUNNEL_TUI_DATA").map(PathBuf::from).filter(|data| data.is_dir()) else {
        eprintln!("skipped: {file} (FUNNEL_TUI_DATA names no folder with real figures)");
        return None;
    };
    let path = data.join("plans").join(file);
    let written = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let plan = read_plan(&written, file).unwrap_or_else(|diagnosis| panic!("{diagnosis}")).plan;
    let analysis = Analyst::default().analyse(&plan, &Scope::default(), 0.1);
    Some((plan, analysis))
}

/// A sum as money is told, to the second decimal.
fn total(analysis: &Analysis, field: Field) -> f64 {
    (analysis.total.get(field).unwrap_or_else(|| panic!("no {}", field.key())) * 100.0).round() / 100.0
}

fn of_channel(plan: &Plan, analysis: &Analysis, part: &str, field: Field) -> f64 {
    let at = plan.channels.iter().position(|channel| channel.name.to_lowercase().contains(part));
    let at = at.unwrap_or_else(|| panic!("no channel with {part:?} in its name"));
    analysis.channels[at].figures.get(field).unwrap_or_else(|| panic!("no {}", field.key()))
}

/// Every report of it is made, and none holds what is no number.
fn reports_hold_only_numbers(plan: &Plan, analysis: &Analysis) {
    for written in [
        text::text(plan, analysis),
        markdown::markdown(plan, analysis),
        csv::csv(plan, &Scope::default()),
        json::text(plan, analysis),
    ] {
        let words = written.split(|each: char| !each.is_alphanumeric());
        assert_eq!(words.filter(|word| matches!(*word, "NaN" | "nan" | "inf" | "Infinity")).count(), 0, "{written}");
    }
}

#[test]
fn the_facebook_ads_add_up_without_page_views() {
    let Some((plan, analysis)) = real("facebook_ads.ron") else { return };
    assert_eq!(total(&analysis, Field::Spend), 58_705.23);
    assert_eq!(total(&analysis, Field::Uv), 38_165.0);
    assert_eq!(total(&analysis, Field::Consults), 3_264.0);
    assert_eq!(total(&analysis, Field::Deals), 1_079.0);
    assert_eq!(analysis.total.get(Field::Pv), None);
    reports_hold_only_numbers(&plan, &analysis);
}

#[test]
fn the_two_daily_campaigns_add_up_each_by_itself() {
    let Some((plan, analysis)) = real("two_campaigns_daily.ron") else { return };
    assert_eq!(of_channel(&plan, &analysis, "test", Field::Spend), 76_892.0);
    assert_eq!(of_channel(&plan, &analysis, "test", Field::Deals), 15_637.0);
    assert_eq!(of_channel(&plan, &analysis, "control", Field::Spend), 68_653.0);
    assert_eq!(of_channel(&plan, &analysis, "control", Field::Deals), 15_161.0);
    reports_hold_only_numbers(&plan, &analysis);
}

#[test]
fn the_marketplace_leads_add_up_without_any_money() {
    let Some((plan, analysis)) = real("marketplace_leads.ron") else { return };
    assert_eq!(total(&analysis, Field::Consults), 8_000.0);
    assert_eq!(total(&analysis, Field::Deals), 842.0);
    assert_eq!(analysis.total.cost, None);
    assert_eq!(analysis.total.gross_profit, None);
    reports_hold_only_numbers(&plan, &analysis);
}
