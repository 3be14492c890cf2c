//! Writing: a batch of reports and their records at a time, whole or not at all.

use crate::derived;
use crate::happening::event_ids;
use crate::sketch::Sketch;
use crate::store::{self, REPORT, REPORT_FIELDS};
use crate::{Store, StoreError, StoreErrorKind, pack, rows};
use dateline_report::{Event, Record, Report, content_id};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What is noted beside everything that a batch writes.
#[derive(Clone, Debug, Default)]
pub struct Stamp {
    /// What codes: name and version.
    pub coder: String,
    /// The present time, as it shall be kept.
    pub at: String,
}

/// What became of a report that was offered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Admission {
    /// Nothing like it was there: its record is awaited ([`Writer::put`]).
    New {
        /// Its number in this store.
        number: i64,
        /// Its id: the report's own, unless another text has that already.
        id: String,
    },
    /// It tells what another report tells: it is kept and marked, and not to be coded.
    Copy {
        /// Its id.
        id: String,
        /// Id of the original.
        of: String,
        /// Share of common word 5-shingles, 0 to 1.
        likeness: f64,
    },
    /// The same report was there already; where else it was found is noted.
    Known {
        /// Its id.
        id: String,
    },
}

/// Whether a report was coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// It was.
    Coded,
    /// It is in a language that is not coded; it is kept and can be searched.
    Foreign,
}

impl Coding {
    /// What a record says of itself: what is in another language says so and nothing else.
    pub fn of(record: &Record) -> Self {
        match record.report.language.as_deref() {
            Some(language) if language != "en" => Coding::Foreign,
            _ => Coding::Coded,
        }
    }
}

/// How far an input was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Name of the input.
    pub source: String,
    /// Changes when the input does: size and time, say.
    pub stamp: String,
    /// Items read, failures among them.
    pub items: u64,
    /// Where the reader of the input is to go on.
    pub position: String,
    /// Whether that was all.
    pub done: bool,
}

/// An item that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Name of the input.
    pub source: String,
    /// Which item of it.
    pub locator: String,
    /// What was wrong, and the remedy.
    pub message: String,
}

/// A batch that is being written. Without [`Writer::commit`] nothing of it stays.
pub struct Writer<'s> {
    t: Transaction<'s>,
    path: PathBuf,
    stamp: Stamp,
    awaited: BTreeSet<i64>,
}

impl Store {
    /// Begins a batch. Another process that is writing is waited for a little ([`Store::set_patience`]).
    pub fn writer(&mut self, stamp: Stamp) -> Result<Writer<'_>, StoreError> {
        let path = self.path().to_owned();
        match self.connection.transaction_with_behavior(TransactionBehavior::Immediate) {
            Ok(t) => Ok(Writer { t, path, stamp, awaited: BTreeSet::new() }),
            Err(e) => Err(StoreError::sqlite(&path, e)),
        }
    }

    /// How far an input was read; none if it never was.
    pub fn progress(&self, source: &str) -> Result<Option<Progress>, StoreError> {
        let sql = "SELECT stamp, items, position, done FROM inputs WHERE source = ?1";
        let row = |r: &rusqlite::Row| {
            Ok(Progress {
                source: source.to_owned(),
                stamp: r.get(0)?,
                items: r.get(1)?,
                position: r.get(2)?,
                done: r.get(3)?,
            })
        };
        self.connection.query_row(sql, [source], row).optional().map_err(|e| self.error(e))
    }

    /// The failures of an input, or of all, in order.
    pub fn failures(&self, source: Option<&str>) -> Result<Vec<Failure>, StoreError> {
        let read = || {
            let sql = "SELECT source, locator, message FROM failures WHERE ?1 IS NULL OR source = ?1 ORDER BY source, at, locator";
            let row = |r: &rusqlite::Row| Ok(Failure { source: r.get(0)?, locator: r.get(1)?, message: r.get(2)? });
            self.connection.prepare(sql)?.query_map([source], row)?.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|e| self.error(e))
    }
}

impl Writer<'_> {
    fn try_<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|e| StoreError::sqlite(&self.path, e))
    }

    /// Offers a report. A new one is to be coded and handed to [`Writer::put`] before the batch is committed.
    pub fn admit(&mut self, report: &Report) -> Result<Admission, StoreError> {
        let result = self.admit_(report);
        let admission = self.try_(result)?;
        if let Admission::New { number, .. } = admission {
            self.awaited.insert(number);
        }
        Ok(admission)
    }

    fn admit_(&self, report: &Report) -> rusqlite::Result<Admission> {
        let hash = content_id(&report.text);
        let given = if report.id.is_empty() { &hash } else { &report.id };
        // Sources number their reports as they like, so that two may use one id.
        let mut id = given.clone();
        if let Some((n, text)) = self.find(&id)? {
            if text == report.text {
                return self.known(n, id, report);
            }
            id = format!("{given}~{hash}");
            if let Some((n, _)) = self.find(&id)? {
                return self.known(n, id, report);
            }
        }
        let sketch = Sketch::of(&report.text);
        let bands = sketch.bands();
        let original = self.original(&sketch, &bands)?;
        let text = pack::pack(report.text.as_bytes()).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
        self.t
            .prepare_cached(
                "INSERT INTO reports (id, title, url, outlet, language, published, derived, words, state, copy_of, likeness, byline) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                id,
                report.title,
                report.url,
                report.outlet,
                report.language,
                report.published.map(|d| d.to_string()),
                report.text.split_whitespace().count(),
                if original.is_some() { "copy" } else { "awaited" },
                original.map(|o| o.0),
                original.map(|o| o.1),
                report.byline
            ])?;
        let n = self.t.last_insert_rowid();
        self.t.prepare_cached("INSERT INTO texts (n, text) VALUES (?1, ?2)")?.execute(params![n, text])?;
        self.found(original.map_or(n, |o| o.0), n, report)?;
        if let Some((o, likeness)) = original {
            let of = self.t.prepare_cached("SELECT id FROM reports WHERE n = ?1")?.query_row([o], |r| r.get(0))?;
            return Ok(Admission::Copy { id, of, likeness });
        }
        let mut insert = self.t.prepare_cached("INSERT OR IGNORE INTO bands VALUES (?1, ?2)")?;
        for key in bands {
            insert.execute([key, n])?;
        }
        Ok(Admission::New { number: n, id })
    }

    fn find(&self, id: &str) -> rusqlite::Result<Option<(i64, String)>> {
        let sql = "SELECT r.n, t.text FROM reports r JOIN texts t ON t.n = r.n WHERE r.id = ?1";
        let row = |r: &rusqlite::Row| {
            let blob: Vec<u8> = r.get(1)?;
            Ok((r.get(0)?, pack::text(&blob).unwrap_or_default()))
        };
        self.t.prepare_cached(sql)?.query_row([id], row).optional()
    }

    fn known(&self, n: i64, id: String, report: &Report) -> rusqlite::Result<Admission> {
        let original = self
            .t
            .prepare_cached("SELECT coalesce(copy_of, n) FROM reports WHERE n = ?1")?
            .query_row([n], |r| r.get::<_, i64>(0))?;
        self.found(original, n, report)?;
        Ok(Admission::Known { id })
    }

    /// Notes where a report was found.
    fn found(&self, original: i64, n: i64, report: &Report) -> rusqlite::Result<()> {
        self.t.prepare_cached("INSERT OR IGNORE INTO outlets VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
            original,
            report.outlet.as_deref().unwrap_or_default(),
            report.url.as_deref().unwrap_or_default(),
            n,
            report.published.map(|d| d.to_string())
        ])?;
        Ok(())
    }

    /// The report that this one is a copy of: the likest of those that share most bands, the earliest of equals.
    fn original(&self, sketch: &Sketch, bands: &[i64]) -> rusqlite::Result<Option<(i64, f64)>> {
        // A band full of reports that share a paragraph and little else must not cost more with every report.
        let mut near = self.t.prepare_cached("SELECT report FROM bands WHERE key = ?1 ORDER BY report LIMIT 32")?;
        let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
        for key in bands {
            let mut found = near.query([key])?;
            while let Some(r) = found.next()? {
                *shared.entry(r.get(0)?).or_default() += 1;
            }
        }
        let mut candidates: Vec<(i64, usize)> = shared.into_iter().collect();
        candidates.sort_by_key(|&(n, bands)| (std::cmp::Reverse(bands), n));
        let mut text = self.t.prepare_cached("SELECT text FROM texts WHERE n = ?1")?;
        let mut best: Option<(i64, f64)> = None;
        for (n, _) in candidates.into_iter().take(8) {
            let blob: Vec<u8> = text.query_row([n], |r| r.get(0))?;
            let other = Sketch::of(&pack::text(&blob).unwrap_or_default());
            if let Some(likeness) = sketch.copy(&other)
                && best.is_none_or(|(m, x)| likeness > x || (likeness == x && n < m))
            {
                best = Some((n, likeness));
            }
        }
        Ok(best)
    }

    /// Stores the record of a report that was admitted as new.
    pub fn put(&mut self, number: i64, record: &Record, coding: Coding) -> Result<(), StoreError> {
        if !self.awaited.remove(&number) {
            return Err(self.misuse(format!("no record is awaited for report {number}")));
        }
        let read = derived::note(&self.t, number, record, coding, &self.stamp.coder);
        let result = read.and_then(|()| rows::insert(&self.t, number, record));
        self.try_(result)
    }

    /// Up to `limit` reports that are originals, from number `from` on, as they were given: what the coder read itself is unknown again.
    pub fn originals(&self, from: i64, limit: usize) -> Result<Vec<(i64, Report)>, StoreError> {
        let sql = format!(
            "SELECT {REPORT}, t.text, r.n, r.derived FROM reports r JOIN texts t ON t.n = r.n \
             WHERE r.n >= ?1 AND r.copy_of IS NULL ORDER BY r.n LIMIT ?2"
        );
        let row = |r: &rusqlite::Row| -> rusqlite::Result<(i64, Report)> {
            let mut report = store::report(r)?;
            let blob: Vec<u8> = r.get(REPORT_FIELDS)?;
            report.text = pack::text(&blob).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
            derived::take_back(&mut report, &r.get::<_, String>(REPORT_FIELDS + 2)?);
            Ok((r.get(REPORT_FIELDS + 1)?, report))
        };
        let read =
            || self.t.prepare_cached(&sql)?.query_map(params![from, limit], row)?.collect::<rusqlite::Result<_>>();
        self.try_(read())
    }

    /// Puts a new record in the place of a report's present one and logs each event that was added, changed or withdrawn; returns how many.
    pub fn replace(&mut self, number: i64, record: &Record, coding: Coding) -> Result<usize, StoreError> {
        let result = self.replace_(number, record, coding);
        self.try_(result)
    }

    fn replace_(&self, n: i64, record: &Record, coding: Coding) -> rusqlite::Result<usize> {
        let blob: Option<Vec<u8>> =
            self.t.prepare_cached("SELECT record FROM texts WHERE n = ?1")?.query_row([n], |r| r.get(0))?;
        let old = blob.and_then(|b| pack::record(&b, Report::default()).ok()).unwrap_or_default();
        let id = &record.report.id;
        let before = by_id(id, &old.events);
        let after = by_id(id, &record.events);
        let mut log = self.t.prepare_cached(
            "INSERT INTO revisions (at, coder, report, event, change, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let mut changes = 0;
        for event in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
            let (b, a) = (before.get(event), after.get(event));
            let change = match (b, a) {
                (Some(b), Some(a)) if b == a => continue,
                (Some(_), Some(_)) => "changed",
                (Some(_), None) => "withdrawn",
                _ => "added",
            };
            log.execute(params![self.stamp.at, self.stamp.coder, id, event, change, b, a])?;
            changes += 1;
        }
        // The report as it was given decides what is derived, not what the last coding made of it.
        derived::forget(&self.t, n)?;
        rows::remove(&self.t, n)?;
        derived::note(&self.t, n, record, coding, &self.stamp.coder)?;
        rows::insert(&self.t, n, record)?;
        Ok(changes)
    }

    /// Notes how far an input was read.
    pub fn note(&mut self, p: &Progress) -> Result<(), StoreError> {
        let run = || {
            let mut s = self.t.prepare_cached("INSERT OR REPLACE INTO inputs VALUES (?1, ?2, ?3, ?4, ?5)")?;
            s.execute(params![p.source, p.stamp, p.items, p.position, p.done])
        };
        self.try_(run()).map(drop)
    }

    /// Notes an item that could not be read.
    pub fn fail(&mut self, f: &Failure) -> Result<(), StoreError> {
        let run = || {
            let mut s = self.t.prepare_cached("INSERT OR REPLACE INTO failures VALUES (?1, ?2, ?3, ?4)")?;
            s.execute(params![f.source, f.locator, f.message, self.stamp.at])
        };
        self.try_(run()).map(drop)
    }

    /// Forgets the failures of an input that is read anew.
    pub fn forget_failures(&mut self, source: &str) -> Result<(), StoreError> {
        self.try_(self.t.execute("DELETE FROM failures WHERE source = ?1", [source])).map(drop)
    }

    /// Keeps a remark with the store; none takes it away.
    pub fn set_remark(&mut self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        let result = match value {
            Some(v) => self.t.execute("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", [key, v]),
            None => self.t.execute("DELETE FROM meta WHERE key = ?1", [key]),
        };
        self.try_(result).map(drop)
    }

    /// Makes the batch part of the store.
    pub fn commit(self) -> Result<(), StoreError> {
        if !self.awaited.is_empty() {
            return Err(self.misuse(format!("{} reports were admitted without a record", self.awaited.len())));
        }
        let Writer { t, path, .. } = self;
        t.commit().map_err(|e| StoreError::sqlite(&path, e))
    }

    fn misuse(&self, what: String) -> StoreError {
        StoreError::new(StoreErrorKind::Other, &self.path, what, "admit, put, then commit")
    }
}

/// Events as JSON by stable id, the numbers of mentions ("e3") told by stable id too.
fn by_id(report: &str, events: &[Event]) -> BTreeMap<String, String> {
    let ids = event_ids(report, events);
    let stable = |local: &str| events.iter().position(|e| e.id == local).map(|i| ids[i].clone());
    let json = |i: usize| {
        let e = &events[i];
        let told = Event { id: ids[i].clone(), same_as: e.same_as.as_deref().and_then(stable), ..e.clone() };
        serde_json::to_string(&told).unwrap_or_default()
    };
    (0..events.len()).map(|i| (ids[i].clone(), json(i))).collect()
}
