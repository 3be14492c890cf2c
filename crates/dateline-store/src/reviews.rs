//! What people say of coded events: accepted, corrected, rejected, by whom and when.

use crate::happening::event_ids;
use crate::{Store, StoreError, StoreErrorKind};
use dateline_report::{Event, Record, codes::UnknownCode};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// What somebody says of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is right as it was coded.
    Accept,
    /// It is right as corrected.
    Correct,
    /// There is no such event.
    Reject,
}

impl Verdict {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Correct => "correct",
            Verdict::Reject => "reject",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Verdict {
    type Err = UnknownCode;

    fn from_str(s: &str) -> Result<Self, UnknownCode> {
        let all = [Verdict::Accept, Verdict::Correct, Verdict::Reject];
        let unknown = || UnknownCode { vocabulary: "verdict", given: s.to_owned() };
        all.into_iter().find(|v| v.as_str() == s).ok_or_else(unknown)
    }
}

/// A judgement as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Review {
    /// Its number.
    pub n: i64,
    /// When.
    pub at: String,
    /// Who.
    pub author: String,
    /// Id of the report.
    pub report: String,
    /// Stable id of the event.
    pub event: String,
    /// What is said.
    pub verdict: Verdict,
    /// The event as it was coded when it was judged.
    pub coded: Event,
    /// The event as it should be.
    pub corrected: Option<Event>,
    /// Why.
    pub note: Option<String>,
}

/// A judgement to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Stable id of the event.
    pub event: String,
    /// What is said.
    pub verdict: Verdict,
    /// The event as it should be; must be there with [`Verdict::Correct`].
    pub corrected: Option<Event>,
    /// Why.
    pub note: Option<String>,
    /// Who says so.
    pub author: String,
    /// When.
    pub at: String,
}

/// Why an event should be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Reviewers differ.
    ReviewersDiffer,
    /// Its mentions give different numbers, days or statuses.
    MentionsDiffer,
    /// The coder is unsure.
    Unsure,
}

const COLUMNS: &str = "n, at, author, report, event, verdict, coded, corrected, note";

impl Store {
    /// The coded event of this stable id, with its report's record.
    pub fn coded(&self, event: &str) -> Result<Option<(Record, usize)>, StoreError> {
        let Some((report, _)) = event.rsplit_once('.') else { return Ok(None) };
        let Some(record) = self.record(report)? else { return Ok(None) };
        let at = event_ids(&record.report.id, &record.events).iter().position(|id| id == event);
        Ok(at.map(|i| (record, i)))
    }

    /// Keeps a judgement; returns its number.
    pub fn review(&mut self, j: &Judgement) -> Result<i64, StoreError> {
        let wrong = |what: &str, remedy| StoreError::new(StoreErrorKind::Other, self.path(), what, remedy);
        if (j.verdict == Verdict::Correct) != j.corrected.is_some() {
            return Err(wrong(
                "a correction comes with the event as it should be, and nothing else does",
                "send it along",
            ));
        }
        let Some((record, i)) = self.coded(&j.event)? else {
            let what = format!("has no event \"{}\"", j.event);
            return Err(StoreError::new(
                StoreErrorKind::NotFound,
                self.path(),
                what,
                "look it up again: coding anew may have withdrawn it",
            ));
        };
        let json = |e: &Event| serde_json::to_string(e).unwrap_or_default();
        let sql = "INSERT INTO reviews (at, author, report, event, verdict, coded, corrected, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let values = params![
            j.at,
            j.author,
            record.report.id,
            j.event,
            j.verdict.as_str(),
            json(&record.events[i]),
            j.corrected.as_ref().map(json),
            j.note
        ];
        self.connection.execute(sql, values).map_err(|e| self.error(e))?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Judgements, the last first: of one event, or all.
    pub fn reviews(&self, event: Option<&str>, limit: usize, before: Option<i64>) -> Result<Vec<Review>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM reviews WHERE (?1 IS NULL OR event = ?1) AND (?2 IS NULL OR n < ?2) ORDER BY n DESC LIMIT ?3"
        );
        self.read_reviews(&sql, params![event, before, limit])
    }

    fn read_reviews(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Review>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map(values, review)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.error(e))
    }

    /// Ids of happenings that nobody has judged yet, or that reviewers differ on: those first, then those whose mentions differ, then the
    /// least sure.
    pub fn to_review(&self, limit: usize) -> Result<Vec<(String, Doubt)>, StoreError> {
        let sql = "WITH last AS (SELECT event, author, verdict, coalesce(corrected, '') AS corrected, max(n) FROM reviews GROUP BY event, author), \
            judged AS (SELECT event, count(DISTINCT verdict || corrected) AS verdicts FROM last GROUP BY event), \
            doubtful AS (SELECT e.id, e.confidence, CASE WHEN j.verdicts > 1 THEN 0 \
              WHEN e.level = 1 AND EXISTS (SELECT 1 FROM events m WHERE m.report = e.report AND m.level = 2 AND (m.id = e.id OR m.same_as = e.id) \
                AND (m.killed <> e.killed OR m.injured <> e.injured OR m.held <> e.held OR m.status <> e.status OR m.type <> e.type \
                  OR m.date_start > e.date_end OR m.date_end < e.date_start)) THEN 1 ELSE 2 END AS doubt \
              FROM events e LEFT JOIN judged j ON j.event = e.id WHERE e.level < 2 AND coalesce(j.verdicts, 2) > 1) \
            SELECT id, doubt FROM doubtful ORDER BY doubt, confidence, id LIMIT ?1";
        let row = |r: &Row| {
            let doubt = match r.get::<_, i64>(1)? {
                0 => Doubt::ReviewersDiffer,
                1 => Doubt::MentionsDiffer,
                _ => Doubt::Unsure,
            };
            Ok((r.get(0)?, doubt))
        };
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([limit], row)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.error(e))
    }

    /// Whether anybody has judged this event, and all who did say the same.
    pub fn is_settled(&self, event: &str) -> Result<bool, StoreError> {
        let mut last: BTreeMap<String, (Verdict, Option<Event>)> = BTreeMap::new();
        for r in self.reviews(Some(event), usize::from(u16::MAX), None)?.into_iter().rev() {
            last.insert(r.author, (r.verdict, r.corrected));
        }
        let mut said = last.into_values();
        let Some(first) = said.next() else { return Ok(false) };
        Ok(said.all(|other| other == first))
    }

    /// Hands over the reviewed records: each report that somebody judged an event of, by id, its events as people say they are. Events that
    /// nobody judged are left out, and `whole` tells whether there were none.
    pub fn each_reviewed(
        &self,
        each: &mut dyn FnMut(Record, bool, Vec<Review>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let ids = || {
            let mut statement = self.connection.prepare("SELECT DISTINCT report FROM reviews ORDER BY 1")?;
            statement.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        };
        for id in ids().map_err(|e| self.error(e))? {
            let Some(mut record) = self.record(&id)? else { continue };
            let sql = format!("SELECT {COLUMNS} FROM reviews WHERE report = ?1 ORDER BY n");
            let reviews = self.read_reviews(&sql, params![id])?;
            // The last word on an event is the one that counts.
            let last: BTreeMap<&str, &Review> = reviews.iter().map(|r| (r.event.as_str(), r)).collect();
            let stable = event_ids(&id, &record.events);
            // A judgement of a happening is one of all its mentions.
            let first: Vec<usize> = (0..stable.len())
                .map(|i| {
                    let of = record.events[i].same_as.as_deref();
                    of.and_then(|s| record.events.iter().position(|e| e.id == s)).unwrap_or(i)
                })
                .collect();
            let mut events = Vec::new();
            let mut whole = true;
            for (i, e) in record.events.iter().enumerate() {
                match last.get(stable[i].as_str()).or_else(|| last.get(stable[first[i]].as_str())) {
                    None => whole = false,
                    Some(r) if r.verdict == Verdict::Reject => {}
                    Some(r) => {
                        events.push(r.corrected.clone().filter(|_| r.event == stable[i]).unwrap_or_else(|| e.clone()));
                    }
                }
            }
            let kept: BTreeSet<String> = events.iter().map(|e| e.id.clone()).collect();
            for e in &mut events {
                e.same_as = e.same_as.take().filter(|s| kept.contains(s));
            }
            record.events = events;
            each(record, whole, reviews)?;
        }
        Ok(())
    }
}

fn review(r: &Row) -> rusqlite::Result<Review> {
    let json = |text: &str| serde_json::from_str::<Event>(text).map_err(|e| damaged(Box::new(e)));
    Ok(Review {
        n: r.get(0)?,
        at: r.get(1)?,
        author: r.get(2)?,
        report: r.get(3)?,
        event: r.get(4)?,
        verdict: r.get_ref(5)?.as_str()?.parse().map_err(|e: UnknownCode| damaged(Box::new(e)))?,
        coded: json(r.get_ref(6)?.as_str()?)?,
        corrected: r.get_ref(7)?.as_str_or_null()?.map(json).transpose()?,
        note: r.get(8)?,
    })
}

fn damaged(e: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, e)
}
