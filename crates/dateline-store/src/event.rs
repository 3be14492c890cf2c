//! One event with all that the store knows of it.

use crate::filter::Condition;
use crate::{Filter, List, ListedEvent, Store, StoreError};
use rusqlite::OptionalExtension;
use rusqlite::types::Value;
use serde::Serialize;
use std::ops::ControlFlow;

/// What coding anew did to an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// When.
    pub at: String,
    /// What coded it.
    pub coder: String,
    /// added, changed or withdrawn.
    pub change: String,
}

impl Store {
    /// The happening of this id, or the one whose mention has it.
    pub fn event(&self, id: &str) -> Result<Option<ListedEvent>, StoreError> {
        let find = || {
            let sql = "SELECT report, coalesce(same_as, id) FROM events WHERE id = ?1 ORDER BY level LIMIT 1";
            self.connection.query_row(sql, [id], |r| Ok((r.get(0)?, r.get(1)?))).optional()
        };
        let found: Option<(i64, String)> = find().map_err(|e| self.error(e))?;
        let Some((report, id)) = found else { return Ok(None) };
        Ok(self.events_of(report, List::Happenings)?.into_iter().find(|e| e.id.as_str() == id))
    }

    /// The mentions of a happening in its report, in text order.
    pub fn mentions(&self, happening: &ListedEvent) -> Result<Vec<ListedEvent>, StoreError> {
        let sql = "SELECT n FROM reports WHERE id = ?1";
        let report = self.connection.query_row(sql, [happening.report.id.as_str()], |r| r.get(0)).optional();
        let Some(report) = report.map_err(|e| self.error(e))? else { return Ok(Vec::new()) };
        let mut all = self.events_of(report, List::Mentions)?;
        all.retain(|m| m.id == happening.id || m.same_as.as_ref() == Some(&happening.id));
        Ok(all)
    }

    fn events_of(&self, report: i64, list: List) -> Result<Vec<ListedEvent>, StoreError> {
        let mut this = Condition::default();
        this.and("r.n = ?", [Value::from(report)]);
        let mut out = Vec::new();
        self.walk_events(list, &Filter::default(), this, false, &mut |_, e| {
            out.push(e);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(out)
    }

    /// What coding anew did to an event, in order.
    pub fn revisions(&self, event: &str) -> Result<Vec<Revision>, StoreError> {
        let sql = "SELECT at, coder, change FROM revisions WHERE event = ?1 ORDER BY n";
        let row = |r: &rusqlite::Row| Ok(Revision { at: r.get(0)?, coder: r.get(1)?, change: r.get(2)? });
        let read =
            || self.connection.prepare_cached(sql)?.query_map([event], row)?.collect::<rusqlite::Result<Vec<_>>>();
        read().map_err(|e| self.error(e))
    }

    /// Ids of other reports that may tell the same happening: an event of its type within three days, between the same countries; the
    /// nearest in time first.
    pub fn reports_like(&self, e: &ListedEvent, limit: usize) -> Result<Vec<String>, StoreError> {
        let Some(day) = e.day.as_deref() else { return Ok(Vec::new()) };
        let sql = "SELECT r.id FROM events e JOIN reports r ON r.n = e.report \
            WHERE e.level < 2 AND e.type = ?1 AND e.day BETWEEN date(?2, '-3 days') AND date(?2, '+3 days') AND r.id <> ?3 \
            AND EXISTS (SELECT 1 FROM event_actors a WHERE a.report = e.report AND a.seq = e.seq AND a.country IN \
                (SELECT value FROM json_each(?4))) \
            GROUP BY r.id ORDER BY min(abs(julianday(e.day) - julianday(?2))), r.id LIMIT ?5";
        let countries: Vec<&str> = e.actors.iter().chain(&e.recipients).filter_map(|a| a.country.as_deref()).collect();
        let countries = serde_json::to_string(&countries).unwrap_or_default();
        let values = rusqlite::params![e.kind.as_str(), day, e.report.id.as_str(), countries, limit];
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map(values, |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        };
        read().map_err(|e| self.error(e))
    }

    /// Outlets that carried a report or a copy of it.
    pub fn outlets(&self, report: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT o.outlet FROM outlets o JOIN reports r ON r.n = o.report WHERE r.id = ?1 AND o.outlet <> '' ORDER BY 1";
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([report], |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        };
        read().map_err(|e| self.error(e))
    }

    /// Of a copy, the id of its original.
    pub fn original(&self, report: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT o.id FROM reports r JOIN reports o ON o.n = r.copy_of WHERE r.id = ?1";
        self.connection.query_row(sql, [report], |r| r.get(0)).optional().map_err(|e| self.error(e))
    }
}
