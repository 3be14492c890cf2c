//! A large store from a few coded reports, to measure what stores cost: `scale RECORDS.jsonl N STORE`.
//!
//! `RECORDS.jsonl` is what `dateline code --format json` prints. The records are taken in turn; each report gets a last sentence of its own, so
//! that it is neither known nor a copy, another day and another outlet. That makes every report look like fifty others, the worst case for
//! the search for copies.

use dateline_report::{Date, Record, Report};
use dateline_store::{Admission, Coding, Stamp, Store};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [records, n, path] = arguments.as_slice() else { return Err("scale RECORDS.jsonl N STORE".into()) };
    let n: usize = n.parse()?;
    let lines = BufReader::new(std::fs::File::open(records)?).lines();
    let records: Vec<Record> = lines.map(|l| Ok(serde_json::from_str(&l?)?)).collect::<Result<_, Box<dyn Error>>>()?;
    let mut store = Store::create(path)?;
    let (began, mut events) = (Instant::now(), 0);
    let stamp = Stamp { coder: "scale".to_owned(), at: String::new() };
    for start in (0..n).step_by(256) {
        let mut w = store.writer(stamp.clone())?;
        for i in start..n.min(start + 256) {
            let record = varied(&records[i % records.len()], i);
            if let Admission::New { number, .. } = w.admit(&record.report)? {
                events += record.events.len();
                w.put(number, &record, Coding::Coded)?;
            }
        }
        w.commit()?;
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("{n} reports, {events} events in {seconds:.1} s: {:.0} reports/s", n as f64 / seconds);
    Ok(())
}

fn varied(record: &Record, i: usize) -> Record {
    let text = format!(
        "{}\n\nThis was report number {i} of the wire on that day, an editor said in a note.",
        record.report.text
    );
    let published = format!("{}-{:02}-{:02}", 2015 + i % 10, 1 + i / 10 % 12, 1 + i / 120 % 28);
    let report = Report {
        published: published.parse::<Date>().ok(),
        outlet: Some(format!("Outlet {}", i % 40)),
        url: Some(format!("https://reports.example/{i}")),
        ..Report { title: record.report.title.clone(), ..Report::from_text(text) }
    };
    Record { report, ..record.clone() }
}
