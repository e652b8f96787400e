//! Writes a made plan to a file: `cargo bench --bench plans -- 10000 52 FILE`.

#[path = "mod.rs"]
mod plans;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [channels, periods, file] = arguments.as_slice() else {
        println!("cargo bench --bench plans -- CHANNELS PERIODS FILE");
        return Ok(());
    };
    let plan = plans::made(channels.parse()?, periods.parse()?);
    Ok(std::fs::write(file, funnel_tui::store::write_plan(&plan))?)
}
