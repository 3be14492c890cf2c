//! Watches: searches that are kept with the store and keep up as reports arrive.

use crate::filter::Condition;
use crate::search::conditions;
use crate::store::{REPORT, REPORT_FIELDS, report};
use crate::{Filter, Query, Store, StoreError, StoreErrorKind, pack};
use dateline_report::Record;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params, params_from_iter};
use std::collections::BTreeSet;

/// A search that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// Its name.
    pub name: String,
    /// What it looks for, as it was typed; empty finds every report that passes the filter.
    pub query: String,
    /// Conditions, as in a search.
    pub filter: Filter,
    /// When it was made.
    pub made: String,
    /// Reports that it selects.
    pub reports: u64,
}

/// A report that a watch selects.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// What was coded. Foreign reports have a record without events.
    pub record: Record,
    /// Outlets that carried it or a copy of it, in alphabetical order.
    pub outlets: Vec<String>,
    /// When the watch noticed it.
    pub noticed: String,
}

/// What an update of the watches found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// Name of the watch.
    pub watch: String,
    /// Reports selected that were not before.
    pub new: u64,
    /// Reports that were coded anew and are not selected any more.
    pub gone: u64,
}

/// Which reports an update looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Those that came since the last update.
    New,
    /// All: after they were coded anew.
    All,
}

impl Store {
    /// Makes a watch and selects its reports; returns how many. `at` is the present time.
    pub fn add_watch(&mut self, name: &str, query: &str, filter: &Filter, at: &str) -> Result<u64, StoreError> {
        if name.trim().is_empty() {
            return Err(self
                .misused("a watch needs a name", "give one, as in `dateline watch add STORE talks \"peace talks\"`"));
        }
        let json = serde_json::to_string(filter).map_err(|e| self.damaged(format!("filter: {e}")))?;
        self.parse(query)?;
        let path = self.path().to_owned();
        let insert = |c: &Connection| {
            let sql = "INSERT OR IGNORE INTO watches (name, query, filter, made, seen) VALUES (?1, ?2, ?3, ?4, 0)";
            c.execute(sql, params![name, query, json, at])
        };
        let made = insert(&self.connection).map_err(|e| StoreError::sqlite(&path, e))?;
        if made == 0 {
            let remedy = "choose another name, or take the old one away with `dateline watch remove`";
            return Err(self.misused(format!("has a watch \"{name}\" already"), remedy));
        }
        Ok(self.update_watch(name, Look::New, at)?.new)
    }

    /// Takes a watch away; its reports stay.
    pub fn remove_watch(&mut self, name: &str) -> Result<(), StoreError> {
        let gone = self.connection.execute("DELETE FROM watches WHERE name = ?1", [name]).map_err(|e| self.error(e))?;
        if gone == 0 { Err(self.no_watch(name)) } else { Ok(()) }
    }

    /// All watches by name.
    pub fn watches(&self) -> Result<Vec<Watch>, StoreError> {
        let sql = "SELECT name, query, filter, made, (SELECT count(*) FROM watched WHERE watch = name) FROM watches ORDER BY name";
        let row = |r: &rusqlite::Row| {
            let watch = Watch {
                name: r.get(0)?,
                query: r.get(1)?,
                filter: Filter::default(),
                made: r.get(3)?,
                reports: r.get(4)?,
            };
            Ok((watch, r.get::<_, String>(2)?))
        };
        let read = || self.connection.prepare(sql)?.query_map([], row)?.collect::<rusqlite::Result<Vec<_>>>();
        let rows = read().map_err(|e| self.error(e))?;
        let parsed = rows.into_iter().map(|(watch, json)| {
            let filter = serde_json::from_str(&json)
                .map_err(|e| self.damaged(format!("filter of the watch \"{}\": {e}", watch.name)))?;
            Ok(Watch { filter, ..watch })
        });
        parsed.collect()
    }

    /// The watch of this name.
    pub fn watch(&self, name: &str) -> Result<Watch, StoreError> {
        self.watches()?.into_iter().find(|w| w.name == name).ok_or_else(|| self.no_watch(name))
    }

    /// Brings every watch up to date.
    pub fn update_watches(&mut self, look: Look, at: &str) -> Result<Vec<Noticed>, StoreError> {
        let names: Vec<String> = self.watches()?.into_iter().map(|w| w.name).collect();
        names.iter().map(|name| self.update_watch(name, look, at)).collect()
    }

    /// Brings one watch up to date.
    pub fn update_watch(&mut self, name: &str, look: Look, at: &str) -> Result<Noticed, StoreError> {
        let watch = self.watch(name)?;
        let query = self.parse(&watch.query)?;
        let path = self.path().to_owned();
        let run = |c: &mut Connection| -> rusqlite::Result<Noticed> {
            let t = c.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let seen: Option<i64> =
                t.query_row("SELECT seen FROM watches WHERE name = ?1", [name], |r| r.get(0)).optional()?;
            let after = if look == Look::All { 0 } else { seen.unwrap_or(0) };
            let last: i64 = t.query_row("SELECT coalesce(max(n), 0) FROM reports", [], |r| r.get(0))?;
            let found = select(&t, query.as_ref(), &watch.filter, after)?;
            let mut noticed = Noticed { watch: name.to_owned(), ..Noticed::default() };
            if look == Look::All {
                let held: Vec<i64> = t
                    .prepare("SELECT report FROM watched WHERE watch = ?1")?
                    .query_map([name], |r| r.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                for n in held.iter().filter(|n| !found.contains(n)) {
                    noticed.gone +=
                        t.execute("DELETE FROM watched WHERE watch = ?1 AND report = ?2", params![name, n])? as u64;
                }
            }
            let mut insert = t.prepare("INSERT OR IGNORE INTO watched VALUES (?1, ?2, ?3)")?;
            for n in found {
                noticed.new += insert.execute(params![name, n, at])? as u64;
            }
            drop(insert);
            t.execute("UPDATE watches SET seen = ?2 WHERE name = ?1", params![name, last])?;
            t.commit()?;
            Ok(noticed)
        };
        run(&mut self.connection).map_err(|e| StoreError::sqlite(&path, e))
    }

    /// Hands over the reports that a watch selects, by day of publication and id, one at a time.
    pub fn each_watched(
        &self,
        name: &str,
        each: &mut dyn FnMut(Watched) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.watch(name)?;
        let sql = format!(
            "SELECT {REPORT}, t.text, t.record, w.noticed, r.n FROM watched w JOIN reports r ON r.n = w.report JOIN texts t ON t.n = r.n \
             WHERE w.watch = ?1 ORDER BY r.published, r.id"
        );
        let mut failed = None;
        let mut run = || -> rusqlite::Result<()> {
            let c = &self.connection;
            let mut outlets =
                c.prepare("SELECT DISTINCT outlet FROM outlets WHERE report = ?1 AND outlet <> '' ORDER BY outlet")?;
            let mut statement = c.prepare(&sql)?;
            let mut rows = statement.query([name])?;
            while let Some(r) = rows.next()? {
                let report = report(r)?;
                let (text, record): (Vec<u8>, Option<Vec<u8>>) = (r.get(REPORT_FIELDS)?, r.get(REPORT_FIELDS + 1)?);
                let carried = outlets
                    .query_map([r.get::<_, i64>(REPORT_FIELDS + 3)?], |o| o.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                let noticed = r.get(REPORT_FIELDS + 2)?;
                let id = report.id.clone();
                let handed = self.with_text(report, &text).and_then(|report| {
                    let record = match record {
                        Some(blob) => {
                            pack::record(&blob, report).map_err(|e| self.damaged(format!("record of {id}: {e}")))?
                        }
                        None => Record { report, ..Record::default() },
                    };
                    each(Watched { record, outlets: carried, noticed })
                });
                if let Err(e) = handed {
                    failed = Some(e);
                    break;
                }
            }
            Ok(())
        };
        run().map_err(|e| self.error(e))?;
        failed.map_or(Ok(()), Err)
    }

    fn parse(&self, query: &str) -> Result<Option<Query>, StoreError> {
        if query.trim().is_empty() {
            return Ok(None);
        }
        query.parse().map(Some).map_err(|e| self.misused(format!("cannot be searched: {e}"), "mend the query"))
    }

    fn misused(&self, what: impl Into<String>, remedy: &'static str) -> StoreError {
        StoreError::new(StoreErrorKind::Other, self.path(), what, remedy)
    }

    fn no_watch(&self, name: &str) -> StoreError {
        let what = format!("has no watch \"{name}\"");
        StoreError::new(StoreErrorKind::NotFound, self.path(), what, "`dateline watch list` shows those it has")
    }
}

/// Numbers of the reports behind `after` that a search finds.
fn select(c: &Connection, query: Option<&Query>, filter: &Filter, after: i64) -> rusqlite::Result<BTreeSet<i64>> {
    let mut condition = Condition::default();
    let from = match query {
        Some(q) => {
            condition.and("words MATCH ?", [Value::from(q.fts())]);
            condition.and("w.rowid > ?", [Value::from(after)]);
            "words w CROSS JOIN facets f ON f.n = w.rowid"
        }
        None => "facets f",
    };
    condition.and("f.n > ?", [Value::from(after)]);
    conditions(filter, &mut condition);
    let sql = format!("SELECT f.n FROM {from} WHERE {}", condition.sql);
    c.prepare(&sql)?.query_map(params_from_iter(condition.values.iter()), |r| r.get(0))?.collect()
}
