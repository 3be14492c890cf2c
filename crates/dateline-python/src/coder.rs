//! The coder: one report, a table of reports, or whatever a path leads to.

use crate::cells::{self, Cells};
use crate::codebook::Codebook;
use crate::errors::{self, InputError};
use crate::gather::{Gathering, Item, Told, json, record};
use crate::wanted::{self, Output};
use arrow_array::RecordBatch;
use dateline_code::Options;
use dateline_ingest::{Source, Table};
use dateline_report::Report;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PyRecordBatch, PyTable};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Rows of a table whose cells are turned into text at a time.
const ROWS: usize = 1024;

/// From reports to records.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Coder {
    pub(crate) coder: dateline_code::Coder,
    pub(crate) threads: usize,
}

/// A table, what could not be read, reports coded and their words.
type Coded<'py> = (Bound<'py, PyAny>, Vec<String>, u64, u64);

#[pymethods]
impl Coder {
    #[new]
    #[pyo3(signature = (codebook=None, min_confidence=0.5, threads=None))]
    fn new(
        py: Python<'_>,
        codebook: Option<&Bound<'_, Codebook>>,
        min_confidence: f32,
        threads: Option<i64>,
    ) -> PyResult<Self> {
        let options = Options { min_confidence: wanted::confidence(min_confidence)?, ..Options::default() };
        let book = codebook.map(|c| c.get().book.clone());
        let build = || match book {
            Some(book) => dateline_code::Coder::with_codebook(options, book),
            None => dateline_code::Coder::with_options(options),
        };
        let coder = py.detach(build).map_err(|e| errors::coder(&e))?;
        Ok(Coder { coder, threads: wanted::threads(threads)? })
    }

    /// The record of one text, as JSON.
    #[pyo3(signature = (text, published=None, title=None, url=None, outlet=None, id=None))]
    #[expect(clippy::too_many_arguments, reason = "they are named where users call this")]
    fn code(
        &self,
        py: Python<'_>,
        text: String,
        published: Option<&str>,
        title: Option<String>,
        url: Option<String>,
        outlet: Option<String>,
        id: Option<String>,
    ) -> PyResult<String> {
        let published = wanted::day("published", published)?;
        py.detach(|| {
            let report =
                dateline_ingest::checked("text", Report::from_text(text), &dateline_ingest::Options::default())
                    .map_err(|e| errors::ingest(&e))?;
            let id = id.unwrap_or(report.id);
            let report = Report { id, published, title, url, outlet, ..report };
            Ok(json(&record(&mut self.coder.session(), &report)))
        })
    }

    /// The events or records of a table of reports.
    fn code_batch<'py>(
        &self,
        py: Python<'py>,
        table: AnyRecordBatch,
        columns: BTreeMap<String, String>,
        output: &str,
        dates: &str,
    ) -> PyResult<Coded<'py>> {
        let output = Output::parse(output)?;
        let options = wanted::options(columns, dates)?;
        let mut batches = Vec::new();
        let mut keep = |batch: RecordBatch| {
            batches.push(batch);
            Ok(())
        };
        let mut gathering = Gathering::new(&self.coder, self.threads, output, &mut keep);
        py.detach(|| {
            each_row(table, &options, |item| gathering.take(item))?;
            gathering.end()
        })?;
        let Told { failures, reports, words } = gathering.told();
        let table = PyTable::try_new(batches, Gathering::schema(output))?.into_pyarrow(py)?;
        Ok((table, failures, reports, words))
    }

    /// The events or records of a file or folder; `write`, if given, gets their batches instead.
    #[pyo3(signature = (path, columns, output, dates, published=None, outlet=None, write=None))]
    #[expect(clippy::too_many_arguments, reason = "they are named where users call this")]
    fn code_path<'py>(
        &self,
        py: Python<'py>,
        path: PathBuf,
        columns: BTreeMap<String, String>,
        output: &str,
        dates: &str,
        published: Option<&str>,
        outlet: Option<String>,
        write: Option<Py<PyAny>>,
    ) -> PyResult<Coded<'py>> {
        let output = Output::parse(output)?;
        let published = wanted::day("published", published)?;
        let options = wanted::options(columns, dates)?;
        let mut batches = Vec::new();
        let mut hand_on = |batch: RecordBatch| match &write {
            None => {
                batches.push(batch);
                Ok(())
            }
            Some(write) => {
                Python::attach(|py| write.call1(py, (PyRecordBatch::new(batch).into_pyarrow(py)?,)).map(drop))
            }
        };
        let mut gathering = Gathering::new(&self.coder, self.threads, output, &mut hand_on);
        py.detach(|| {
            for item in dateline_ingest::read(&Source::Path(path), &options) {
                let report = item.report.map_err(|e| e.to_string());
                gathering.take(report.map(|r| Report {
                    published: published.or(r.published),
                    outlet: outlet.clone().or(r.outlet),
                    ..r
                }))?;
            }
            gathering.end()
        })?;
        let Told { failures, reports, words } = gathering.told();
        let table = PyTable::try_new(batches, Gathering::schema(output))?.into_pyarrow(py)?;
        Ok((table, failures, reports, words))
    }
}

/// Hands on the report of every row of a table.
pub(crate) fn each_row(
    table: AnyRecordBatch,
    options: &dateline_ingest::Options,
    mut each: impl FnMut(Item) -> PyResult<()>,
) -> PyResult<()> {
    let reader = table.into_reader()?;
    let schema = reader.schema();
    let header = schema.fields().iter().map(|f| f.name().clone()).collect();
    let rows = Table::new("table", header, options).map_err(|e| errors::ingest(&e))?;
    let used = rows.used();
    cells::check(&schema, &used)?;
    let mut number = 0;
    for batch in reader {
        let batch = batch.map_err(|e| InputError::new_err(format!("table: cannot be read ({e})")))?;
        for start in (0..batch.num_rows()).step_by(ROWS) {
            let part = batch.slice(start, ROWS.min(batch.num_rows() - start));
            let cells = Cells::of(&part, &used)?;
            for row in 0..part.num_rows() {
                number += 1;
                each(rows.report(number, |column| cells.text(column, row)).map_err(|e| e.to_string()))?;
            }
        }
    }
    Ok(())
}
