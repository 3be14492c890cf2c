//! Apache Parquet: the event list's Arrow batches, compressed.

use super::Sink;
use super::arrow::{BATCH, EventRows, event_schema};
use crate::{ListedEvent, StoreError};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::io::Write;

/// Rows of a row group, and so what memory holds at most: about 30 MB.
const ROW_GROUP: usize = 131_072;

pub(super) struct Parquet<W: Write + Send> {
    rows: EventRows,
    /// Taken away by the end.
    writer: Option<ArrowWriter<W>>,
}

impl<W: Write + Send> Parquet<W> {
    pub(super) fn new(to: W) -> Result<Self, StoreError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROW_GROUP))
            // No two events have one id, so that a dictionary of ids is work for nothing.
            .set_column_dictionary_enabled("event_id".into(), false)
            .build();
        let writer = ArrowWriter::try_new(to, event_schema(), Some(properties)).map_err(StoreError::output)?;
        Ok(Parquet { rows: EventRows::default(), writer: Some(writer) })
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        let batch = self.rows.finish()?;
        self.writer.as_mut().map_or(Ok(()), |w| w.write(&batch)).map_err(StoreError::output)
    }
}

impl<W: Write + Send> Sink for Parquet<W> {
    fn event(&mut self, e: &ListedEvent) -> Result<(), StoreError> {
        self.rows.push(e);
        if self.rows.len() == BATCH { self.flush() } else { Ok(()) }
    }

    fn end(&mut self) -> Result<(), StoreError> {
        self.flush()?;
        self.writer.take().map_or(Ok(()), |w| w.close().map(drop)).map_err(StoreError::output)
    }
}
