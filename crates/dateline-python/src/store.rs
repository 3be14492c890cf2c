//! The archive: queries to Arrow, and reports in.

use crate::coder::{Coder, each_row};
use crate::errors::{self, InputError, argument};
use crate::filter::filter;
use crate::gather::{json, listen, record};
use crate::wanted;
use arrow_array::builder::{Float64Builder, StringBuilder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use dateline_code::{CODER, Ontology, in_order};
use dateline_report::{EventType, Record, Report};
use dateline_store::{
    Admission, BATCH, By, Coding, Count, EventRows, Found, Hit, List, Look, Order, Period, Query, Search, Stamp,
    StoreError,
};
use dateline_story::{Cutting, Dossier, Question};
use pyo3::prelude::*;
use pyo3_arrow::PyTable;
use pyo3_arrow::input::AnyRecordBatch;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Reports written at a time.
const PORTION: usize = 256;

/// Conditions by name, and the least confidence.
type Conditions = BTreeMap<String, Vec<String>>;

/// An archive of reports and their records in one file.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Store {
    store: Mutex<dateline_store::Store>,
    path: PathBuf,
}

impl Store {
    /// The store, for one call at a time. A call that broke off left no half batch.
    fn lock(&self) -> MutexGuard<'_, dateline_store::Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn search_for(&self, search: &Search) -> PyResult<Found> {
        self.lock().search(search).map_err(|e| errors::store(&e))
    }
}

#[pymethods]
impl Store {
    /// Opens the store at a path; with `write`, for adding to it, and makes it if there is none.
    #[new]
    fn new(py: Python<'_>, path: PathBuf, write: bool) -> PyResult<Self> {
        let open = || {
            if write { dateline_store::Store::create(&path) } else { dateline_store::Store::open_read_only(&path) }
        };
        let store = py.detach(open).map_err(|e| errors::store(&e))?;
        Ok(Store { store: Mutex::new(store), path })
    }

    #[getter]
    fn path(&self) -> PathBuf {
        self.path.clone()
    }

    /// Total, hits and facets.
    #[expect(clippy::too_many_arguments, reason = "they are named where users call this")]
    fn search<'py>(
        &self,
        py: Python<'py>,
        query: &str,
        conditions: Conditions,
        min_confidence: Option<f32>,
        newest: Option<bool>,
        limit: usize,
        skip: usize,
    ) -> PyResult<(u64, Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let filter = filter(conditions, min_confidence)?;
        let query: Option<Query> = match query.trim() {
            "" => None,
            words => Some(words.parse().map_err(|e| errors::query(&e))?),
        };
        let order = if newest.unwrap_or(query.is_none()) { Order::Newest } else { Order::Relevance };
        let search = Search { query, filter, order, limit, skip };
        let found = py.detach(|| self.search_for(&search))?;
        Ok((found.total, table(py, hits(&found.hits))?, table(py, facets(&found))?))
    }

    /// The event list.
    fn events<'py>(
        &self,
        py: Python<'py>,
        mentions: bool,
        conditions: Conditions,
        min_confidence: Option<f32>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let filter = filter(conditions, min_confidence)?;
        let read = || -> Result<Vec<RecordBatch>, StoreError> {
            let (mut batches, mut rows) = (Vec::new(), EventRows::default());
            self.lock().each_event(list(mentions), &filter, &mut |e| {
                rows.push(&e);
                if rows.len() == BATCH {
                    batches.push(rows.finish()?);
                }
                Ok(())
            })?;
            batches.push(rows.finish()?);
            Ok(batches)
        };
        let batches = py.detach(read).map_err(|e| errors::store(&e))?;
        PyTable::try_new(batches, dateline_store::event_schema())?.into_pyarrow(py)
    }

    /// Events by time, type and who.
    fn counts<'py>(
        &self,
        py: Python<'py>,
        period: &str,
        by: Option<&str>,
        mentions: bool,
        conditions: Conditions,
        min_confidence: Option<f32>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let filter = filter(conditions, min_confidence)?;
        let period = match period {
            "day" => Period::Day,
            "week" => Period::Week,
            "month" => Period::Month,
            "year" => Period::Year,
            _ => return Err(argument("period", period, "day, week, month or year")),
        };
        let by_what = match by {
            None => By::Nothing,
            Some("country") => By::Country,
            Some("dyad") => By::Dyad,
            Some(other) => return Err(argument("by", other, "country or dyad")),
        };
        let read = || {
            let ontology = Ontology::embedded().map_err(errors::CodebookError::new_err)?;
            let goldstein = |kind: &str, mode: Option<&str>| {
                ontology.code(kind.parse::<EventType>().ok()?, mode).and_then(|c| c.goldstein)
            };
            self.lock().counts(list(mentions), &filter, period, by_what, &goldstein).map_err(|e| errors::store(&e))
        };
        let rows = py.detach(read)?;
        table(py, counts(&rows, by))
    }

    /// The record of a report as JSON; none if there is no such report, or it is a copy of another.
    fn record(&self, py: Python<'_>, id: &str) -> PyResult<Option<String>> {
        let found = py.detach(|| self.lock().record(id)).map_err(|e| errors::store(&e))?;
        Ok(found.as_ref().map(json))
    }

    /// Adds a table of reports, coded: how many are new, in another language, copies and known, and what could not be read.
    fn add(
        &self,
        py: Python<'_>,
        table: AnyRecordBatch,
        coder: &Bound<'_, Coder>,
        columns: BTreeMap<String, String>,
        dates: &str,
    ) -> PyResult<(u64, u64, u64, u64, Vec<String>)> {
        let options = wanted::options(columns, dates)?;
        let coder = coder.get();
        let mut added = Added::default();
        py.detach(|| {
            let mut store = self.lock();
            let mut waiting = Vec::new();
            each_row(table, &options, |item| {
                match item {
                    Ok(report) => waiting.push(report),
                    Err(why) => added.failures.push(why),
                }
                if waiting.len() < PORTION {
                    return Ok(());
                }
                added.write(&mut store, coder, std::mem::take(&mut waiting)).map_err(|e| errors::store(&e))?;
                listen()
            })?;
            added.write(&mut store, coder, waiting).map_err(|e| errors::store(&e))?;
            store.update_watches(Look::New, &stamp().at).map_err(|e| errors::store(&e))
        })?;
        Ok((added.coded, added.foreign, added.copies, added.known, added.failures))
    }

    /// Keeps a search under a name; how many reports it selects.
    fn watch(
        &self,
        py: Python<'_>,
        name: &str,
        query: &str,
        conditions: Conditions,
        min_confidence: Option<f32>,
    ) -> PyResult<u64> {
        let filter = filter(conditions, min_confidence)?;
        py.detach(|| self.lock().add_watch(name, query, &filter, &stamp().at)).map_err(|e| errors::store(&e))
    }

    /// The dossier of a watch as JSON.
    fn dossier(&self, py: Python<'_>, watch: &str, since: Option<&str>) -> PyResult<String> {
        let since = wanted::day("since", since)?;
        py.detach(|| {
            let store = self.lock();
            let query = store.watch(watch).map_err(|e| errors::store(&e))?.query;
            let words = query.parse::<Query>().map(|q| q.words()).unwrap_or_default();
            let mut cuttings = Vec::new();
            let keep = &mut |w: dateline_store::Watched| {
                cuttings.push(Cutting { record: w.record, outlets: w.outlets });
                Ok(())
            };
            store.each_watched(watch, keep).map_err(|e| errors::store(&e))?;
            let dossier = Dossier::of(&cuttings, &Question { words, since });
            serde_json::to_string(&dossier).map_err(|e| InputError::new_err(e.to_string()))
        })
    }
}

/// What an addition did.
#[derive(Default)]
struct Added {
    coded: u64,
    foreign: u64,
    copies: u64,
    known: u64,
    failures: Vec<String>,
}

impl Added {
    /// Writes a batch: what is new is coded, and all of it becomes part of the store at once.
    fn write(
        &mut self,
        store: &mut dateline_store::Store,
        coder: &Coder,
        reports: Vec<Report>,
    ) -> Result<(), StoreError> {
        let mut writer = store.writer(stamp())?;
        let mut new: Vec<(i64, Report)> = Vec::new();
        for report in reports {
            match writer.admit(&report)? {
                Admission::New { number, id } => new.push((number, Report { id, ..report })),
                Admission::Copy { .. } => self.copies += 1,
                _ => self.known += 1,
            }
        }
        let put = &mut |i: usize, record: Record| {
            let coding = Coding::of(&record);
            match coding {
                Coding::Coded => self.coded += 1,
                Coding::Foreign => self.foreign += 1,
            }
            let (number, _) = &new[i];
            writer.put(*number, &record, coding)
        };
        in_order(&new, &coder.coder, coder.threads, &|session, (_, r)| record(session, r), put)?;
        writer.commit()
    }
}

/// Marks what is written with the coder and the time.
fn stamp() -> Stamp {
    Stamp { coder: CODER.to_owned(), at: format!("{:.0}", jiff::Timestamp::now()) }
}

fn list(mentions: bool) -> List {
    if mentions { List::Mentions } else { List::Happenings }
}

/// Names and columns of a table.
type Columns = Vec<(&'static str, ArrayRef)>;

fn table(py: Python<'_>, columns: Columns) -> PyResult<Bound<'_, PyAny>> {
    let (names, arrays): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    let field = |(name, array): (&&str, &ArrayRef)| Field::new(*name, array.data_type().clone(), true);
    let schema = Arc::new(Schema::new(names.iter().zip(&arrays).map(field).collect::<Vec<_>>()));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(|e| InputError::new_err(e.to_string()))?;
    PyTable::try_new(vec![batch], schema)?.into_pyarrow(py)
}

fn texts<'t, T>(rows: &'t [T], of: impl Fn(&'t T) -> Option<&'t str>) -> ArrayRef {
    let mut column = StringBuilder::new();
    for r in rows {
        column.append_option(of(r));
    }
    Arc::new(column.finish())
}

fn numbers<T>(rows: &[T], of: impl Fn(&T) -> u64) -> ArrayRef {
    let mut column = UInt64Builder::new();
    for r in rows {
        column.append_value(of(r));
    }
    Arc::new(column.finish())
}

fn decimals<T>(rows: &[T], of: impl Fn(&T) -> Option<f64>) -> ArrayRef {
    let mut column = Float64Builder::new();
    for r in rows {
        column.append_option(of(r));
    }
    Arc::new(column.finish())
}

fn hits(hits: &[Hit]) -> Columns {
    let outlets: Vec<String> = hits.iter().map(|h| h.outlets.join(";")).collect();
    let days = texts(hits, |h| h.published.as_deref());
    vec![
        ("report_id", texts(hits, |h| Some(&h.id))),
        ("title", texts(hits, |h| h.title.as_deref())),
        ("published", arrow_cast::cast(&days, &DataType::Date32).unwrap_or(days)),
        ("outlets", texts(&outlets, |o| Some(o))),
        ("url", texts(hits, |h| h.url.as_deref())),
        ("copies", numbers(hits, |h| u64::from(h.copies))),
        ("excerpt", texts(hits, |h| Some(&h.excerpt))),
    ]
}

fn facets(found: &Found) -> Columns {
    let f = &found.facets;
    let all = [
        ("type", &f.types),
        ("status", &f.statuses),
        ("country", &f.countries),
        ("outlet", &f.outlets),
        ("year", &f.years),
    ];
    let rows: Vec<(&str, &str, u64)> =
        all.iter().flat_map(|(name, list)| list.iter().map(|(value, n)| (*name, value.as_str(), *n))).collect();
    vec![
        ("facet", texts(&rows, |r| Some(r.0))),
        ("value", texts(&rows, |r| Some(r.1))),
        ("reports", numbers(&rows, |r| r.2)),
    ]
}

fn counts(rows: &[Count], by: Option<&str>) -> Columns {
    let known = |s: &'_ str| !s.is_empty();
    let mut columns = vec![
        ("period", texts(rows, |c| Some(c.period.as_str()).filter(|s| known(s)))),
        ("type", texts(rows, |c| Some(&c.kind))),
        ("events", numbers(rows, |c| c.events)),
        ("intensity", decimals(rows, |c| c.intensity)),
        ("goldstein", decimals(rows, |c| c.goldstein)),
        ("share", decimals(rows, |c| Some(c.share))),
    ];
    if let Some(by) = by {
        let name = if by == "dyad" { "dyad" } else { "country" };
        columns.insert(2, (name, texts(rows, |c| Some(c.key.as_str()).filter(|s| known(s)))));
    }
    columns
}
