//! Whether every row still holds: its evidence stands in its report's text, and the tables agree with the records.

use crate::happening;
use crate::store::{self, REPORT, REPORT_FIELDS};
use crate::{Store, StoreError, pack};
use dateline_report::{Record, Report, Span};
use rusqlite::Connection;

/// What a check went through and what it found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Reports, copies among them.
    pub reports: u64,
    /// Rows whose evidence was compared with the text: events, figures, positions, assessments.
    pub rows: u64,
    /// Each thing that is wrong; the first thousand.
    pub wrong: Vec<String>,
}

/// Most things wrong that are told.
const TOLD: usize = 1000;

impl Checked {
    fn wrong(&mut self, what: String) {
        if self.wrong.len() < TOLD {
            self.wrong.push(what);
        }
    }
}

/// Tables whose rows carry words and their span, and the column of the words.
const EVIDENCE: &[(&str, &str)] = &[
    ("events", "trigger"),
    ("event_actors", "text"),
    ("figures", "text"),
    ("positions", "text"),
    ("assessments", "text"),
];

impl Store {
    /// Goes through the whole store. `each` is told the number of every report that is done.
    pub fn check(&self, each: &mut dyn FnMut(u64)) -> Result<Checked, StoreError> {
        let mut out = Checked::default();
        let file = file_sound(&self.connection).map_err(|e| self.error(e))?;
        for w in file {
            out.wrong(w);
        }
        let mut run = || -> rusqlite::Result<()> {
            let c = &self.connection;
            let sql = format!(
                "SELECT {REPORT}, t.text, t.record, r.n, r.state FROM reports r LEFT JOIN texts t ON t.n = r.n"
            );
            let mut statement = c.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(r) = rows.next()? {
                let report = store::report(r)?;
                let id = report.id.clone();
                out.reports += 1;
                let Some(text) = r.get::<_, Option<Vec<u8>>>(REPORT_FIELDS)?.and_then(|b| pack::text(&b).ok()) else {
                    out.wrong(format!("report {id}: its text cannot be read"));
                    continue;
                };
                let n: i64 = r.get(REPORT_FIELDS + 2)?;
                evidence(c, n, &id, &text, &mut out)?;
                let report = Report { text, ..report };
                let copy = r.get_ref(REPORT_FIELDS + 3)?.as_str()? == "copy";
                match r.get::<_, Option<Vec<u8>>>(REPORT_FIELDS + 1)?.map(|b| pack::record(&b, report)) {
                    Some(Ok(record)) if !copy => tables(c, n, &record, &mut out)?,
                    None if copy => {}
                    Some(_) if copy => out.wrong(format!("report {id}: a copy with a record of its own")),
                    _ => out.wrong(format!("report {id}: its record cannot be read")),
                }
                each(out.reports);
            }
            Ok(())
        };
        run().map_err(|e| self.error(e))?;
        Ok(out)
    }
}

/// SQLite's own checks of the file, of references between rows, and of the index of words.
fn file_sound(c: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut out = Vec::new();
    let mut told = c.prepare("PRAGMA quick_check")?;
    let mut rows = told.query([])?;
    while let Some(r) = rows.next()? {
        let line: String = r.get(0)?;
        if line != "ok" {
            out.push(format!("the file: {line}"));
        }
    }
    let mut told = c.prepare("PRAGMA foreign_key_check")?;
    let mut rows = told.query([])?;
    while let Some(r) = rows.next()? {
        out.push(format!(
            "table {}: a row points at {} that is not there",
            r.get::<_, String>(0)?,
            r.get::<_, String>(2)?
        ));
    }
    for (what, sql) in [
        ("reports without a text", "SELECT count(*) FROM reports WHERE n NOT IN (SELECT n FROM texts)"),
        ("reports that are neither coded nor copies", "SELECT count(*) FROM reports WHERE state = 'awaited'"),
        (
            "reports that cannot be searched",
            "SELECT count(*) FROM reports WHERE copy_of IS NULL AND n NOT IN (SELECT n FROM facets)",
        ),
        (
            "reports missing in the index of words",
            "SELECT count(*) FROM facets WHERE n NOT IN (SELECT rowid FROM words)",
        ),
        (
            "copies of copies",
            "SELECT count(*) FROM reports r JOIN reports o ON o.n = r.copy_of WHERE o.copy_of IS NOT NULL",
        ),
    ] {
        let n: u64 = c.query_row(sql, [], |r| r.get(0))?;
        if n > 0 {
            out.push(format!("{n} {what}"));
        }
    }
    Ok(out)
}

/// Compares the words of every row of a report with its text.
fn evidence(c: &Connection, n: i64, id: &str, text: &str, out: &mut Checked) -> rusqlite::Result<()> {
    for (table, words) in EVIDENCE {
        let sql = format!("SELECT {words}, span_start, span_end, seq FROM {table} WHERE report = ?1");
        let mut statement = c.prepare_cached(&sql)?;
        let mut rows = statement.query([n])?;
        while let Some(r) = rows.next()? {
            out.rows += u64::from(*table != "event_actors");
            let told = r.get_ref(0)?.as_str()?;
            let (start, end): (usize, usize) = (r.get(1)?, r.get(2)?);
            if text.get(start..end) != Some(told) {
                out.wrong(format!(
                    "report {id}: {table} {}: \"{told}\" does not stand at {start}..{end}",
                    r.get::<_, i64>(3)?
                ));
            }
        }
    }
    Ok(())
}

/// Compares the rows of the event list with the record, and counts the others.
fn tables(c: &Connection, n: i64, record: &Record, out: &mut Checked) -> rusqlite::Result<()> {
    let id = &record.report.id;
    let wanted: Vec<(String, i64, String, usize)> = happening::rows(id, &record.events)
        .into_iter()
        .map(|r| (r.id, r.level as i64, r.event.kind.as_str().to_owned(), r.event.span.start))
        .collect();
    let stored: Vec<(String, i64, String, usize)> = c
        .prepare_cached("SELECT id, level, type, span_start FROM events WHERE report = ?1 ORDER BY seq")?
        .query_map([n], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if wanted != stored {
        out.wrong(format!("report {id}: its events are not those of its record"));
    }
    for (table, wanted) in [
        ("figures", record.figures.len()),
        ("positions", record.positions.len()),
        ("assessments", record.assessments.len()),
        ("talks", usize::from(record.talks.is_some())),
    ] {
        let sql = format!("SELECT count(*) FROM {table} WHERE report = ?1");
        let stored: usize = c.prepare_cached(&sql)?.query_row([n], |r| r.get(0))?;
        if wanted != stored {
            out.wrong(format!("report {id}: {stored} {table} for {wanted} in its record"));
        }
    }
    let stands = |s: Span| s.text(&record.report.text).is_some();
    if !record.quotes.iter().all(|q| stands(q.span)) || !record.events.iter().all(|e| stands(e.sentence.span)) {
        out.wrong(format!("report {id}: a span of its record leaves the text"));
    }
    Ok(())
}
