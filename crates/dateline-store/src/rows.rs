//! A record into the tables, and out of them.

use crate::happening::{self, Row};
use crate::pack;
use dateline_report::{Actor, Date, Event, EventDate, EventType, Place, Record, Source, Status};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Tables with the parts of a record, those that point to others first.
const PARTS: &[&str] = &["event_actors", "events", "figures", "positions", "assessments", "talks"];

/// Takes a report's record out of all tables but `reports` and `texts`.
pub(crate) fn remove(c: &Connection, n: i64) -> rusqlite::Result<()> {
    for table in PARTS {
        c.prepare_cached(&format!("DELETE FROM {table} WHERE report = ?1"))?.execute([n])?;
    }
    c.prepare_cached("DELETE FROM facets WHERE n = ?1")?.execute([n])?;
    c.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([n])?;
    Ok(())
}

/// Puts a record into all tables but `reports`.
pub(crate) fn insert(c: &Connection, n: i64, record: &Record) -> rusqlite::Result<()> {
    let blob = pack::pack_record(record).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
    c.prepare_cached("UPDATE texts SET record = ?2 WHERE n = ?1")?.execute(params![n, blob])?;
    c.prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)")?.execute(params![
        n,
        record.report.title,
        record.report.text
    ])?;
    let rows = happening::rows(&record.report.id, &record.events);
    facets(c, n, record, &rows)?;
    for (seq, row) in rows.iter().enumerate() {
        event(c, n, seq, row, record.report.published)?;
    }
    figures(c, n, record)?;
    positions(c, n, record)?;
    for (seq, a) in record.assessments.iter().enumerate() {
        c.prepare_cached("INSERT INTO assessments VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(params![
            n,
            seq,
            a.state.as_str(),
            a.about,
            words_of(a.source.as_ref()),
            a.text,
            a.span.start,
            a.span.end
        ])?;
    }
    if let Some(t) = &record.talks {
        let detail = serde_json::to_string(t).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
        let state = t.state.map(dateline_report::TalksState::as_str);
        c.prepare_cached("INSERT INTO talks VALUES (?1, ?2, ?3)")?.execute(params![n, state, detail])?;
    }
    Ok(())
}

fn facets(c: &Connection, n: i64, record: &Record, rows: &[Row]) -> rusqlite::Result<()> {
    let (mut types, mut statuses, mut countries) = (0_i64, 0_i64, BTreeSet::new());
    for e in rows.iter().map(|r| &r.event) {
        types |= type_bit(e.kind);
        statuses |= status_bit(e.status);
        countries.extend(e.place.as_ref().and_then(|p| p.country.as_deref()));
    }
    let countries = countries.into_iter().collect::<Vec<_>>().join(" ");
    let day = record.report.published.map(|d| d.to_string());
    c.prepare_cached("INSERT INTO facets VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![n, types, statuses, countries, day, record.report.outlet])
        .map(drop)
}

/// The bit of a type in `facets.types`.
pub(crate) fn type_bit(kind: EventType) -> i64 {
    EventType::ALL.iter().position(|k| *k == kind).map_or(0, |i| 1 << i)
}

/// The bit of a status in `facets.statuses`.
pub(crate) fn status_bit(status: Status) -> i64 {
    Status::ALL.iter().position(|s| *s == status).map_or(0, |i| 1 << i)
}

fn event(c: &Connection, n: i64, seq: usize, row: &Row, published: Option<Date>) -> rusqlite::Result<()> {
    let e = &row.event;
    let (p, d) = (e.place.clone().unwrap_or_default(), e.date.clone().unwrap_or_default());
    let contexts = (!e.contexts.is_empty()).then(|| e.contexts.join(";"));
    let source = e.source.as_ref();
    let sql = "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, \
        ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41, ?42)";
    c.prepare_cached(sql)?.execute(params![
        n,
        seq,
        row.level as i64,
        row.id,
        row.same_as,
        row.mentions,
        e.kind.as_str(),
        e.mode,
        contexts,
        e.quad,
        e.intensity.map(decimal),
        e.cameo,
        e.status.as_str(),
        e.historical,
        e.certainty.grade.as_str(),
        decimal(e.rule.confidence),
        e.rule.frame,
        d.start.or(published).map(|d| d.to_string()),
        d.start.map(|d| d.to_string()),
        d.end.map(|d| d.to_string()),
        d.precision.map(dateline_report::DatePrecision::as_str),
        d.text,
        p.name,
        p.text,
        p.geonames,
        p.lat,
        p.lon,
        p.country,
        p.admin1,
        p.precision.map(dateline_report::PlacePrecision::as_str),
        e.killed.map(whole),
        e.injured.map(whole),
        e.held.map(whole),
        words_of(source),
        source.and_then(|s| s.actor.as_ref()).and_then(|a| a.name.as_deref()),
        source.map(|s| s.anonymous),
        e.trigger,
        e.span.start,
        e.span.end,
        e.sentence.index,
        e.sentence.span.start,
        e.sentence.span.end,
    ])?;
    for (part, list) in parts(e).into_iter().enumerate() {
        for (ord, a) in list.iter().enumerate() {
            actor(c, n, seq, part, ord, a)?;
        }
    }
    Ok(())
}

/// Actors, recipients and third parties: parts 0, 1 and 2.
pub(crate) fn parts(e: &Event) -> [&[Actor]; 3] {
    [&e.actors, &e.recipients, &e.third_parties]
}

fn actor(c: &Connection, n: i64, seq: usize, part: usize, ord: usize, a: &Actor) -> rusqlite::Result<()> {
    c.prepare_cached("INSERT INTO event_actors VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")?
        .execute(params![
            n,
            seq,
            part,
            ord,
            a.text,
            a.name,
            a.id,
            a.country,
            a.sector,
            a.role,
            a.person,
            a.gender.map(dateline_report::Gender::as_str),
            a.span.start,
            a.span.end
        ])
        .map(drop)
}

fn figures(c: &Connection, n: i64, record: &Record) -> rusqlite::Result<()> {
    let sql = "INSERT INTO figures VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    for (seq, f) in record.figures.iter().enumerate() {
        let place = |of: fn(&Place) -> &Option<String>| f.place.as_ref().and_then(|p| of(p).as_deref());
        let day = |of: fn(&EventDate) -> Option<Date>| f.as_of.as_ref().and_then(of).map(|d| d.to_string());
        c.prepare_cached(sql)?.execute(params![
            n,
            seq,
            whole(f.value),
            f.low.map(whole),
            f.high.map(whole),
            f.approx.as_str(),
            f.unit,
            f.of,
            place(|p| &p.name),
            place(|p| &p.country),
            day(|d| d.start),
            day(|d| d.end),
            words_of(f.source.as_ref()),
            f.text,
            f.span.start,
            f.span.end
        ])?;
    }
    Ok(())
}

fn positions(c: &Connection, n: i64, record: &Record) -> rusqlite::Result<()> {
    let sql = "INSERT INTO positions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    for (seq, p) in record.positions.iter().enumerate() {
        let toward = p.toward.as_ref();
        c.prepare_cached(sql)?.execute(params![
            n,
            seq,
            p.party.name.as_ref().unwrap_or(&p.party.text),
            p.party.country,
            p.party.sector,
            toward.map(|t| t.name.as_ref().unwrap_or(&t.text)),
            toward.and_then(|t| t.country.as_deref()),
            p.stance.as_str(),
            p.issue.as_str(),
            words_of(p.source.as_ref()),
            p.text,
            p.span.start,
            p.span.end
        ])?;
    }
    Ok(())
}

pub(crate) fn words_of(source: Option<&Source>) -> Option<&str> {
    source.map(|s| s.text.as_str())
}

/// A float of single precision as people read it: 0.7, not 0.699999988.
pub(crate) fn decimal(x: f32) -> f64 {
    (f64::from(x) * 1000.0).round() / 1000.0
}

/// SQLite's integers have a sign; counts of people beyond them are nonsense anyhow.
pub(crate) fn whole(x: u64) -> i64 {
    i64::try_from(x).unwrap_or(i64::MAX)
}
