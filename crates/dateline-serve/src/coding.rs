//! Coding a report, or saying why it is not.

use dateline_code::Session;
use dateline_report::{Record, Report};
use dateline_store::Coding;

/// The record of a report; one in another language than English is marked, not coded.
pub fn record(session: &mut Session, report: &Report) -> Record {
    let told = report.language.as_deref().filter(|l| *l != "en").map(str::to_owned);
    match told.or_else(|| dateline_ingest::foreign(&report.text).map(str::to_owned)) {
        Some(language) => {
            let note = format!("The text is in another language than English ({language}): it was not coded.");
            Record {
                report: Report { language: Some(language), ..report.clone() },
                notes: vec![note],
                ..Record::default()
            }
        }
        None => session.code(report),
    }
}

/// Whether a record was coded: what is in another language says so and nothing else.
pub fn of(record: &Record) -> Coding {
    match record.report.language.as_deref() {
        Some(language) if language != "en" => Coding::Foreign,
        _ => Coding::Coded,
    }
}
