//! The native half of the Python package `dateline`.
//!
//! What users see is written in Python (`python/dateline`): objects, their documentation, Spark. Here is what has to be quick: one report in
//! and its record out as JSON, tables in and out over the Arrow C data interface, and the queries of a store. No call holds Python's lock while
//! it works.

mod cells;
mod codebook;
mod coder;
mod errors;
mod filter;
mod gather;
mod store;
mod wanted;

use pyo3::prelude::*;

/// Coder, codebook and store, with tables as Arrow and records as JSON.
#[pymodule]
mod _dateline {
    use arrow_schema::Schema;
    use dateline_ingest::Table;
    use dateline_report::{
        CertaintyGrade, DatePrecision, EventType, Issue, PlacePrecision, Stance, Status, TalksState,
    };
    use pyo3::prelude::*;
    use pyo3_arrow::PySchema;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    #[pymodule_export]
    use crate::codebook::Codebook;
    #[pymodule_export]
    use crate::coder::Coder;
    #[pymodule_export]
    use crate::store::Store;

    /// The version, that of the command line.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "named as Python names it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    /// The schema of the event table, as a pyarrow schema.
    #[pyfunction]
    fn event_schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        schema(py, dateline_store::event_schema())
    }

    /// The schema of the table of records.
    #[pyfunction]
    fn record_schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        schema(py, crate::gather::record_schema())
    }

    fn schema(py: Python<'_>, schema: Arc<Schema>) -> PyResult<Bound<'_, PyAny>> {
        PySchema::new(schema).into_pyarrow(py)
    }

    /// Which column of a table with this header is read as what, by name.
    #[pyfunction]
    fn columns_read(
        header: Vec<String>,
        columns: BTreeMap<String, String>,
        dates: &str,
    ) -> PyResult<BTreeMap<&'static str, String>> {
        let options = crate::wanted::options(columns, dates)?;
        let table = Table::new("table", header, &options).map_err(|e| crate::errors::ingest(&e))?;
        let mapping = table.mapping();
        let name = |part| Some((part, mapping.header.get(mapping.column(part)?)?.clone()));
        Ok(crate::wanted::PARTS.into_iter().filter_map(name).collect())
    }

    /// The closed vocabularies of records, each code in its order.
    #[pyfunction]
    fn codes() -> BTreeMap<&'static str, Vec<&'static str>> {
        macro_rules! all {
            ($($name:literal: $of:ty),+) => {
                BTreeMap::from([$(($name, <$of>::ALL.iter().map(|c| c.as_str()).collect())),+])
            };
        }
        all!(
            "type": EventType, "status": Status, "certainty": CertaintyGrade, "date_precision": DatePrecision,
            "place_precision": PlacePrecision, "stance": Stance, "issue": Issue, "talks_state": TalksState
        )
    }

    /// The quad class of an event type, 1 to 4; none of what is no type.
    #[pyfunction]
    fn quad(kind: &str) -> Option<u8> {
        kind.parse::<EventType>().ok().map(EventType::quad)
    }
}
