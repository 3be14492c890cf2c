//! Cells of Arrow columns as text, as `dateline-ingest` reads those of Parquet files.

use crate::errors::InputError;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch};
use arrow_cast::cast;
use arrow_schema::{DataType, Schema};
use pyo3::PyResult;
use std::collections::BTreeMap;

/// The columns of a batch that are read, each as text.
pub(crate) struct Cells {
    columns: BTreeMap<usize, LargeStringArray>,
}

impl Cells {
    /// Columns `used` of `batch`.
    pub(crate) fn of(batch: &RecordBatch, used: &[usize]) -> PyResult<Self> {
        let read = |&c: &usize| Ok((c, text(batch.column(c)).map_err(|e| InputError::new_err(e.to_string()))?));
        Ok(Cells { columns: used.iter().map(read).collect::<PyResult<_>>()? })
    }

    /// The text of a cell; none where it is null or nothing that text, days or numbers of documents are written in.
    pub(crate) fn text(&self, column: usize, row: usize) -> Option<String> {
        let cells = self.columns.get(&column)?;
        cells.is_valid(row).then(|| cells.value(row).to_owned())
    }
}

/// Says so if a column that is to be read holds lists or records.
pub(crate) fn check(schema: &Schema, used: &[usize]) -> PyResult<()> {
    for field in used.iter().map(|&c| schema.field(c)) {
        if field.data_type().is_nested() && !matches!(field.data_type(), DataType::Dictionary(..)) {
            let name = field.name();
            return Err(InputError::new_err(format!(
                "table: its column \"{name}\" holds lists or records, not text; name another column"
            )));
        }
    }
    Ok(())
}

fn text(column: &ArrayRef) -> Result<LargeStringArray, arrow_schema::ArrowError> {
    let strings = match column.data_type() {
        DataType::Dictionary(_, values) => return text(&cast(column, values)?),
        // Days are those of UTC, as in a Parquet file, which has no zone: the zone only says how times are shown.
        DataType::Timestamp(unit, _) => {
            let plain = cast(column, &DataType::Timestamp(*unit, None))?;
            cast(&cast(&plain, &DataType::Date32)?, &DataType::LargeUtf8)?
        }
        DataType::Date64 => cast(&cast(column, &DataType::Date32)?, &DataType::LargeUtf8)?,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
            let bytes = cast(column, &DataType::LargeBinary)?;
            let bytes = bytes.as_binary::<i64>().iter();
            return Ok(bytes.map(|b| b.map(String::from_utf8_lossy)).collect());
        }
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Date32 => {
            cast(column, &DataType::LargeUtf8)?
        }
        kind if kind.is_integer() => cast(column, &DataType::LargeUtf8)?,
        // What else there is names no report, day or outlet.
        _ => return Ok(LargeStringArray::new_null(column.len())),
    };
    Ok(strings.as_string::<i64>().clone())
}
