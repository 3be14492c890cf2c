//! Prints a report's annotation as CoNLL-U: `cargo run --release -p dateline-annotate --example annotate -- FILE [YYYY-MM-DD]`.

use dateline_annotate::{Annotator, conllu};
use dateline_report::Report;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("name a file")?;
    let anchor = arguments.next().map(|d| d.parse()).transpose()?;
    let report = Report::from_text(std::fs::read_to_string(file)?);
    let annotator = Annotator::embedded()?;
    let (annotation, layout) = annotator.session().annotate(&report, anchor);
    print!("{}", conllu::write(&annotation, &report.text, &report.id));
    for t in &annotation.times {
        println!("# time {:?} {:?} {} {:?} {:?}", t.span.text(&report.text), t.kind, t.value, t.start, t.end);
    }
    println!("# dateline {:?}", layout.dateline);
    Ok(())
}
