//! Going through reports and events page by page, newest first.

use crate::filter::Condition;
use crate::search::conditions;
use crate::{Filter, List, ListedEvent, Query, Store, StoreError};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// Where a page ended; the next begins behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Day of publication of its last report.
    pub published: Option<String>,
    /// Id of that report.
    pub report: String,
    /// For events: the place of its last event in that report.
    pub event: i64,
}

/// A report without its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Id.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Outlets that carried it or a copy of it, in alphabetical order.
    pub outlets: Vec<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Words of its text.
    pub words: u64,
    /// "coded" or "foreign".
    pub state: String,
    /// Its copies.
    pub copies: u64,
    /// What it tells: happenings.
    pub events: u64,
    /// What coded it.
    pub coder: Option<String>,
}

/// What SQL lets pass behind a place, of `reports r` in the order of publication and id, newest first.
fn behind(place: &Place, inclusive: bool) -> Condition {
    let than = if inclusive { "<=" } else { "<" };
    let mut c = Condition::default();
    let id = Value::from(place.report.clone());
    match &place.published {
        Some(day) => {
            let day = Value::from(day.clone());
            c.and(&format!("((r.published, r.id) {than} (?, ?) OR r.published IS NULL)"), [day, id]);
        }
        None => c.and(&format!("r.published IS NULL AND r.id {than} ?"), [id]),
    }
    c
}

impl Store {
    /// Hands over the originals that pass, newest first, from behind `after` on, until `each` breaks off.
    pub fn each_report(
        &self,
        query: Option<&Query>,
        filter: &Filter,
        after: Option<&Place>,
        each: &mut dyn FnMut(ReportRow) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut c = Condition::default();
        if let Some(place) = after {
            let behind = behind(place, false);
            c.and(&behind.sql, behind.values);
        }
        if let Some(q) = query {
            c.and("f.n IN (SELECT rowid FROM words WHERE words MATCH ?)", [Value::from(q.fts())]);
        }
        conditions(filter, &mut c);
        let condition = if c.sql.is_empty() { "1" } else { c.sql.as_str() };
        // In the order of the index on days, so that a page costs what it shows.
        let sql = format!(
            "SELECT r.n, r.id, r.title, r.url, r.outlet, r.language, r.published, r.words, r.state, r.coder, \
             (SELECT count(*) FROM reports WHERE copy_of = r.n), (SELECT count(*) FROM events e WHERE e.report = r.n AND e.level < 2) \
             FROM reports r CROSS JOIN facets f ON f.n = r.n WHERE {condition} ORDER BY r.published DESC, r.id DESC"
        );
        let mut run = || -> rusqlite::Result<Result<(), StoreError>> {
            let mut statement = self.connection.prepare(&sql)?;
            let mut rows = statement.query(params_from_iter(c.values.iter()))?;
            while let Some(r) = rows.next()? {
                match each(row(&self.connection, r)?) {
                    Ok(ControlFlow::Continue(())) => {}
                    Ok(ControlFlow::Break(())) => break,
                    Err(e) => return Ok(Err(e)),
                }
            }
            Ok(Ok(()))
        };
        run().map_err(|e| self.error(e))?
    }

    /// Hands over the listed events that pass, newest report first, from behind `after` on, until `each` breaks off.
    pub fn each_event_behind(
        &self,
        list: List,
        query: Option<&Query>,
        filter: &Filter,
        after: Option<&Place>,
        each: &mut dyn FnMut(Place, ListedEvent) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut reports = after.map(|place| behind(place, true)).unwrap_or_default();
        if let Some(q) = query {
            reports.and("r.n IN (SELECT rowid FROM words WHERE words MATCH ?)", [Value::from(q.fts())]);
        }
        self.walk_events(list, filter, reports, true, &mut |seq, e| {
            let past = after.is_some_and(|a| a.report == e.report.id.as_str() && seq <= a.event);
            if past {
                return Ok(ControlFlow::Continue(()));
            }
            let published = e.report.published.as_ref().map(ToString::to_string);
            each(Place { published, report: e.report.id.to_string(), event: seq }, e)
        })
    }
}

fn row(c: &Connection, r: &Row) -> rusqlite::Result<ReportRow> {
    let n: i64 = r.get(0)?;
    let outlets = c
        .prepare_cached("SELECT DISTINCT outlet FROM outlets WHERE report = ?1 AND outlet <> '' ORDER BY outlet")?
        .query_map([n], |o| o.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(ReportRow {
        id: r.get(1)?,
        title: r.get(2)?,
        url: r.get(3)?,
        outlet: r.get(4)?,
        outlets,
        language: r.get(5)?,
        published: r.get(6)?,
        words: r.get(7)?,
        state: r.get(8)?,
        coder: r.get(9)?,
        copies: r.get(10)?,
        events: r.get(11)?,
    })
}

impl ListedEvent {
    /// The event as in the JSON Lines export.
    pub fn json(&self) -> serde_json::Map<String, serde_json::Value> {
        crate::export::jsonl::object(self)
    }
}
