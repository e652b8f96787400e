//! `report` in its formats, periods and layers.

use std::fs;

use super::user::{SMALL, User};

#[test]
fn a_report_on_the_example_needs_no_home_and_leaves_nothing() {
    let user = User::new();
    let text = user.run(&["report", "demo"]).answer();
    assert!(text.starts_with("English training, autumn term\nActual, Sep 2026 to Nov 2026 (3 months), money in CNY\n"));
    assert!(!user.path("home").exists());
    insta::assert_snapshot!("report_demo", text);
    insta::assert_snapshot!("report_demo_markdown", user.run(&["report", "demo", "--format", "markdown"]).answer());
}

#[test]
fn no_line_of_the_text_is_wider_than_80_columns() {
    let user = User::new();
    for args in
        [&["report", "demo"][..], &["report", "demo", "--layer", "planned"], &["report", "demo", "--period", "last"]]
    {
        let text = user.run(args).answer();
        for line in text.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
        }
    }
}

#[test]
fn json_has_the_names_of_the_contract_and_nothing_that_is_not_computed() {
    let user = User::new();
    let text = user.run(&["report", "demo", "--format", "json"]).answer();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let top = ["schema", "plan", "currency", "cadence", "layer", "periods", "total", "channels", "improve", "checks"];
    assert_eq!(keys(&json), top);
    assert_eq!(
        keys(&json["total"]),
        [
            "spend",
            "hours",
            "actions",
            "uv",
            "pv",
            "consults",
            "deals",
            "repeats",
            "referrals",
            "revenue",
            "revenue_recorded",
            "methods",
            "without_result",
            "cost",
            "orders",
            "gross_profit",
            "profit",
            "multiple",
            "roi",
            "roas",
            "cac",
            "cost_per_visitor",
            "cost_per_consult",
            "cost_per_deal",
            "links"
        ]
    );
    let links = ["invest", "reach", "depth", "consult", "close", "repurchase", "refer", "value"];
    assert_eq!(keys(&json["total"]["links"]), links);
    assert_eq!(keys(&json["total"]["links"]["close"]), ["rate", "low", "high", "thin", "coverage"]);
    assert_eq!(json["channels"].as_array().unwrap().len(), 7);
    assert!(!keys(&json["channels"][0]).contains(&"methods".to_owned()));
    assert_eq!(json["improve"]["levers"].as_array().unwrap().len(), 9);
    assert_eq!(json["improve"]["channels"][0]["levers"].as_array().unwrap().len(), 9);
    assert_eq!(json["total"]["actions"], serde_json::Value::Null, "units differ");
    assert_eq!(json["periods"][2], "2026-11-01");
}

#[test]
fn the_planned_layer_is_forecast_and_says_so() {
    let user = User::new();
    let args = ["report", "demo", "--format", "json", "--layer", "planned", "--period", "last"];
    let json: serde_json::Value = serde_json::from_str(&user.run(&args).answer()).unwrap();
    assert_eq!(json["layer"], "planned");
    assert_eq!(json["periods"], serde_json::json!(["2026-12-01"]));
    assert_eq!(json["total"]["forecast"], true);
    assert!(json["total"]["deals"].as_f64().unwrap() > 50.0);
}

#[test]
fn csv_holds_the_records_as_entered() {
    let user = User::new();
    user.plan("small.ron", SMALL);
    let csv = user.run(&["report", "small.ron", "--format", "csv"]).answer();
    assert_eq!(
        csv,
        "channel,layer,period,spend,hours,actions,uv,pv,consults,deals,repeats,referrals,revenue,note\n\
         A|B,actual,2026-09-01,100,,,1000,,,3,,,,\n\
         A|B,actual,2026-10-01,110.5,,,900,,,2,,,,\"'=1+1\"\n"
    );
}

#[test]
fn markdown_tables_survive_a_channel_named_with_a_bar() {
    let user = User::new();
    user.plan("small.ron", SMALL);
    let markdown = user.run(&["report", "small.ron", "--format", "markdown"]).answer();
    assert!(markdown.contains("| A\\|B | "), "{markdown}");
}

#[test]
fn periods_are_chosen_and_those_that_are_not_there_are_refused() {
    let user = User::new();
    user.plan("small.ron", SMALL);
    let spend = |period: &str| {
        let args = ["report", "small.ron", "--format", "json", "--period", period];
        let json: serde_json::Value = serde_json::from_str(&user.run(&args).answer()).unwrap();
        json["total"]["spend"].as_f64().unwrap()
    };
    assert_eq!(spend("all"), 210.5);
    assert_eq!(spend("last"), 110.5);
    assert_eq!(spend("2026-09-01"), 100.0);
    assert_eq!(spend("2026-09-01..2026-10-01"), 210.5);
    for (period, word) in [
        ("2026-08-01", "no period 2026-08-01"),
        ("2026-09-01..2026-12-01", "2026-12-01"),
        ("2026-11-01", "--layer planned"),
    ] {
        let reason = user.run(&["report", "small.ron", "--period", period]).reason(1);
        assert!(reason.contains(word), "{reason}");
    }
}

#[test]
fn a_report_goes_to_a_file_but_never_over_its_plan() {
    let user = User::new();
    let plan = user.plan("small.ron", SMALL);
    let file = user.path("report.md");
    fs::write(&file, "old").unwrap();
    assert_eq!(user.run(&["report", "small.ron", "--format", "markdown", "--output", "report.md"]).answer(), "");
    assert!(fs::read_to_string(&file).unwrap().starts_with("# Small\n"));
    for output in ["small.ron", "./small.ron"] {
        let reason = user.run(&["report", "small.ron", "--output", output]).reason(1);
        assert!(reason.contains("is the plan itself"), "{reason}");
    }
    assert_eq!(fs::read_to_string(plan).unwrap(), SMALL);
    let reason = user.run(&["report", "small.ron", "--output", "nowhere/report.txt"]).reason(1);
    assert!(reason.contains("cannot be written"), "{reason}");
    let beside: Vec<_> = fs::read_dir(user.home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 2, "{beside:?}");
}
