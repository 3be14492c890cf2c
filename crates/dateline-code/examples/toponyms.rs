//! Prints the place names of a text with their points: start and end in bytes, words, name, country, degrees north and east.
//! `cargo run --release -p dateline-code --example toponyms < report.txt`

use dateline_code::Coder;
use dateline_report::Report;
use std::io::Read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let coder = Coder::embedded()?;
    let mut session = coder.session();
    // Reports are parted by a form feed, here and in what is printed.
    for (i, part) in text.split('\u{c}').enumerate() {
        if i > 0 {
            println!("\u{c}");
        }
        for t in session.toponyms(&Report::from_text(part)) {
            let p = t.place;
            let degrees = |x: Option<f64>| x.map_or("-".to_owned(), |d| d.to_string());
            let span = p.span.map_or((0, 0), |s| (s.start, s.end));
            let words = p.text.unwrap_or_default().replace('\n', " ");
            let name = p.name.as_deref().unwrap_or("-");
            let country = p.country.as_deref().unwrap_or("-");
            println!("{}\t{}\t{words}\t{name}\t{country}\t{}\t{}", span.0, span.1, degrees(p.lat), degrees(p.lon));
        }
    }
    Ok(())
}
