//! Results of reports, gathered into Arrow batches in the order of the reports.

use crate::errors;
use crate::wanted::Output;
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use dateline_code::{CODER, Coder, Session, in_order};
use dateline_report::{Record, Report};
use dateline_store::{BATCH, EventRows, ListedEvent};
use pyo3::prelude::*;
use std::sync::Arc;

/// Reports that go to the threads in one portion, as on the command line.
const PORTION: usize = 64;

/// A report to code, or why it cannot be read.
pub(crate) type Item = Result<Report, String>;

/// The record of a report; one in another language than English is marked, not coded.
pub(crate) fn record(session: &mut Session, report: &Report) -> Record {
    dateline_ingest::uncoded(report).unwrap_or_else(|| session.code(report))
}

/// Hears an interrupt from the keyboard, which long calls would else miss.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method itself holds for one lifetime only")]
pub(crate) fn listen() -> PyResult<()> {
    Python::attach(|py| py.check_signals())
}

/// The line that the command line prints for a record, without its end.
pub(crate) fn json(record: &Record) -> String {
    serde_json::to_string(record).unwrap_or_default()
}

/// The table of records: a row a report, with its record as JSON or, instead, why there is none.
pub(crate) fn record_schema() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    Arc::new(Schema::new(vec![text("report_id"), text("record"), text("error")]))
}

/// What came of one report.
enum Made {
    Events(Vec<ListedEvent>),
    Record(String, String),
    Failed(String),
}

/// Rows that are not yet in a batch.
enum Rows {
    Events(EventRows),
    Records(Box<[StringBuilder; 3]>, usize),
}

/// Takes batches as they are full.
type Write<'w> = dyn FnMut(RecordBatch) -> PyResult<()> + Send + 'w;

/// Codes items portion by portion and hands their batches on.
pub(crate) struct Gathering<'c, 'w> {
    coder: &'c Coder,
    threads: usize,
    output: Output,
    rows: Rows,
    waiting: Vec<Item>,
    write: &'w mut Write<'w>,
    told: Told,
}

/// What there is to tell beside the batches.
#[derive(Default)]
pub(crate) struct Told {
    /// Reports that could not be read, each with its place, the reason and the remedy.
    pub(crate) failures: Vec<String>,
    /// Reports coded.
    pub(crate) reports: u64,
    /// Words of their texts.
    pub(crate) words: u64,
}

impl<'c, 'w> Gathering<'c, 'w> {
    pub(crate) fn new(coder: &'c Coder, threads: usize, output: Output, write: &'w mut Write) -> Self {
        let rows = match output {
            Output::Events(_) => Rows::Events(EventRows::default()),
            Output::Records => Rows::Records(Box::default(), 0),
        };
        let waiting = Vec::with_capacity(PORTION);
        Gathering { coder, threads, output, rows, waiting, write, told: Told::default() }
    }

    /// The schema of the batches.
    pub(crate) fn schema(output: Output) -> SchemaRef {
        match output {
            Output::Events(_) => dateline_store::event_schema(),
            Output::Records => record_schema(),
        }
    }

    /// Takes an item; a full portion is coded.
    pub(crate) fn take(&mut self, item: Item) -> PyResult<()> {
        self.waiting.push(item);
        if self.waiting.len() == PORTION { self.work() } else { Ok(()) }
    }

    /// Codes what waits and hands on the last rows.
    pub(crate) fn end(&mut self) -> PyResult<()> {
        self.work()?;
        self.flush()
    }

    /// What there is to tell, when all is done.
    pub(crate) fn told(self) -> Told {
        self.told
    }

    fn work(&mut self) -> PyResult<()> {
        let items = std::mem::take(&mut self.waiting);
        let output = self.output;
        let make = move |session: &mut Session, item: &Item| match (item, output) {
            (Err(why), _) => Made::Failed(why.clone()),
            (Ok(report), Output::Events(list)) => Made::Events(ListedEvent::of(&record(session, report), list, CODER)),
            (Ok(report), Output::Records) => {
                let record = record(session, report);
                Made::Record(record.report.id.clone(), json(&record))
            }
        };
        let (coder, threads) = (self.coder, self.threads);
        let done = &mut |i: usize, made| {
            if let Ok(report) = &items[i] {
                self.told.reports += 1;
                self.told.words += report.text.split_whitespace().count() as u64;
            }
            self.put(made)
        };
        in_order(&items, coder, threads, &make, done)?;
        listen()
    }

    fn put(&mut self, made: Made) -> PyResult<()> {
        if let Made::Failed(why) = &made {
            self.told.failures.push(why.clone());
        }
        match (&mut self.rows, made) {
            (Rows::Events(rows), Made::Events(events)) => {
                for e in &events {
                    rows.push(e);
                    if rows.len() == BATCH {
                        (self.write)(rows.finish().map_err(|e| errors::store(&e))?)?;
                    }
                }
                Ok(())
            }
            (Rows::Records(columns, n), made) => {
                let [ids, records, errors] = &mut **columns;
                match made {
                    Made::Record(id, json) => {
                        ids.append_value(id);
                        records.append_value(json);
                        errors.append_null();
                    }
                    Made::Failed(why) => {
                        ids.append_null();
                        records.append_null();
                        errors.append_value(why);
                    }
                    Made::Events(_) => return Ok(()),
                }
                *n += 1;
                if *n == BATCH { self.flush() } else { Ok(()) }
            }
            (Rows::Events(_), _) => Ok(()),
        }
    }

    fn flush(&mut self) -> PyResult<()> {
        let batch = match &mut self.rows {
            Rows::Events(rows) if rows.is_empty() => return Ok(()),
            Rows::Events(rows) => rows.finish().map_err(|e| errors::store(&e))?,
            Rows::Records(_, 0) => return Ok(()),
            Rows::Records(columns, n) => {
                *n = 0;
                let columns: Vec<ArrayRef> = columns.iter_mut().map(|c| Arc::new(c.finish()) as ArrayRef).collect();
                RecordBatch::try_new(record_schema(), columns)
                    .map_err(|e| errors::InputError::new_err(e.to_string()))?
            }
        };
        (self.write)(batch)
    }
}
