//! What the coder read of a report itself from its text, and which of its fields are read so.

use crate::Coding;
use crate::store::{self, REPORT};
use dateline_report::{Record, Report};
use rusqlite::{Connection, params};

/// Fields that the coder may read: headline, day, language, outlet, byline.
const FIELDS: [&str; 5] = ["title", "published", "language", "outlet", "byline"];

/// Notes what the coder read of a report, which stands there as it was given.
pub(crate) fn note(c: &Connection, n: i64, record: &Record, coding: Coding, coder: &str) -> rusqlite::Result<()> {
    let sql = format!("SELECT {REPORT} FROM reports r WHERE r.n = ?1");
    let given = c.prepare_cached(&sql)?.query_row([n], store::report)?;
    let r = &record.report;
    let differs = [
        given.title != r.title,
        given.published != r.published,
        given.language != r.language,
        given.outlet != r.outlet,
        given.byline != r.byline,
    ];
    let derived: Vec<&str> = FIELDS.iter().zip(differs).filter_map(|(f, d)| d.then_some(*f)).collect();
    let dateline = r.dateline.as_ref().and_then(|d| serde_json::to_string(d).ok());
    let sql = "UPDATE reports SET title = ?2, language = ?3, published = ?4, dateline = ?5, derived = ?6, state = ?7, \
        coder = ?8, outlet = ?9, byline = ?10 WHERE n = ?1";
    c.prepare_cached(sql)?.execute(params![
        n,
        r.title,
        r.language,
        r.published.map(|d| d.to_string()),
        dateline,
        derived.join(","),
        match coding {
            Coding::Coded => "coded",
            Coding::Foreign => "foreign",
        },
        coder,
        r.outlet,
        r.byline
    ])?;
    // A row of its own, so that it does not matter where else the report is found before or after.
    if let (true, Some(outlet)) = (given.outlet.is_none(), &r.outlet) {
        let day = given.published.map(|d| d.to_string());
        c.prepare_cached("INSERT OR IGNORE INTO outlets VALUES (?1, ?2, '', ?1, ?3)")?
            .execute(params![n, outlet, day])?;
    }
    Ok(())
}

/// Makes a stored report what it was when it was given.
pub(crate) fn forget(c: &Connection, n: i64) -> rusqlite::Result<()> {
    c.prepare_cached(
        "DELETE FROM outlets WHERE report = ?1 AND copy = ?1 AND url = '' AND outlet = \
         (SELECT outlet FROM reports WHERE n = ?1 AND instr(derived, 'outlet'))",
    )?
    .execute([n])?;
    let open: Vec<String> = FIELDS.iter().map(|f| format!("{f} = iif(instr(derived, '{f}'), NULL, {f})")).collect();
    c.prepare_cached(&format!("UPDATE reports SET {} WHERE n = ?1", open.join(", ")))?.execute([n]).map(drop)
}

/// Makes a report what it was when it was given; `derived` are the fields that were read.
pub(crate) fn take_back(report: &mut Report, derived: &str) {
    report.dateline = None;
    for field in derived.split(',') {
        match field {
            "title" => report.title = None,
            "published" => report.published = None,
            "language" => report.language = None,
            "outlet" => report.outlet = None,
            "byline" => report.byline = None,
            _ => {}
        }
    }
}
