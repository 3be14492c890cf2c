//! Codes report files (JSON objects with `text`, `published`, `id`) to one record a line:
//! `cargo run --release -p dateline-code --example code -- FILE...`

use dateline_code::Coder;
use dateline_report::Report;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let coder = Coder::embedded()?;
    let mut session = coder.session();
    for file in std::env::args().skip(1) {
        let report: Report = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
        println!("{}", serde_json::to_string(&session.code(&report))?);
    }
    Ok(())
}
