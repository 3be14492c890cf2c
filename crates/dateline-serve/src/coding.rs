//! Coding a report, or saying why it is not.

use dateline_code::Session;
use dateline_report::{Record, Report};

/// The record of a report; one in another language than English is marked, not coded.
pub fn record(session: &mut Session, report: &Report) -> Record {
    dateline_ingest::uncoded(report).unwrap_or_else(|| session.code(report))
}
