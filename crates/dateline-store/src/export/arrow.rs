//! The event list as Arrow: a column for each of the table's, days as dates.

use super::{COLUMNS, Column, Kind, Value};
use crate::{ListedEvent, StoreError};
use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use dateline_report::Date;
use std::sync::Arc;

/// Rows gathered before they are encoded or handed on.
pub const BATCH: usize = 8192;

/// The schema of the event list, as docs/export.md describes its columns. Everything may be null.
pub fn event_schema() -> SchemaRef {
    let field = |c: &Column| {
        let kind = match c.kind {
            Kind::Text => DataType::Utf8,
            Kind::Whole => DataType::Int64,
            Kind::Decimal => DataType::Float64,
            Kind::Truth => DataType::Boolean,
            Kind::Day => DataType::Date32,
        };
        Field::new(c.name, kind, true)
    };
    Arc::new(Schema::new(COLUMNS.iter().map(field).collect::<Vec<_>>()))
}

/// Gathers listed events into record batches of [`event_schema`].
pub struct EventRows {
    schema: SchemaRef,
    builders: Vec<Builder>,
    rows: usize,
}

impl Default for EventRows {
    fn default() -> Self {
        let builders = COLUMNS.iter().map(|c| Builder::new(c.kind)).collect();
        EventRows { schema: event_schema(), builders, rows: 0 }
    }
}

impl EventRows {
    /// Adds a row.
    pub fn push(&mut self, e: &ListedEvent) {
        for (builder, column) in self.builders.iter_mut().zip(COLUMNS) {
            builder.add(&(column.value)(e));
        }
        self.rows += 1;
    }

    /// Rows since the last batch.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The rows since the last batch, as one.
    pub fn finish(&mut self) -> Result<RecordBatch, StoreError> {
        let columns = self.builders.iter_mut().map(Builder::finish).collect();
        self.rows = 0;
        RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(StoreError::output)
    }
}

enum Builder {
    Text(StringBuilder),
    Whole(Int64Builder),
    Decimal(Float64Builder),
    Truth(BooleanBuilder),
    Day(Date32Builder),
}

impl Builder {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Builder::Text(StringBuilder::with_capacity(BATCH, BATCH * 16)),
            Kind::Whole => Builder::Whole(Int64Builder::with_capacity(BATCH)),
            Kind::Decimal => Builder::Decimal(Float64Builder::with_capacity(BATCH)),
            Kind::Truth => Builder::Truth(BooleanBuilder::with_capacity(BATCH)),
            Kind::Day => Builder::Day(Date32Builder::with_capacity(BATCH)),
        }
    }

    /// Adds a value; one of another kind than the column's is unknown.
    fn add(&mut self, value: &Value) {
        match (self, value) {
            (Builder::Text(b), Value::Text(s)) => b.append_value(s),
            (Builder::Text(b), _) => b.append_null(),
            (Builder::Whole(b), Value::Whole(n)) => b.append_value(*n),
            (Builder::Whole(b), _) => b.append_null(),
            (Builder::Decimal(b), Value::Decimal(x)) => b.append_value(*x),
            (Builder::Decimal(b), _) => b.append_null(),
            (Builder::Truth(b), Value::Truth(t)) => b.append_value(*t),
            (Builder::Truth(b), _) => b.append_null(),
            (Builder::Day(b), Value::Text(s)) => b.append_option(days(s)),
            (Builder::Day(b), _) => b.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Builder::Text(b) => Arc::new(b.finish()),
            Builder::Whole(b) => Arc::new(b.finish()),
            Builder::Decimal(b) => Arc::new(b.finish()),
            Builder::Truth(b) => Arc::new(b.finish()),
            Builder::Day(b) => Arc::new(b.finish()),
        }
    }
}

/// Days since 1 January 1970.
fn days(day: &str) -> Option<i32> {
    let d: Date = day.parse().ok()?;
    let (y, m) = if d.month() > 2 {
        (i32::from(d.year()), i32::from(d.month()) - 3)
    } else {
        (i32::from(d.year()) - 1, i32::from(d.month()) + 9)
    };
    // Years begin in March here, so that the leap day comes last; 719,468 days lie between 0000-03-01 and 1970-01-01.
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * m + 2) / 5 + i32::from(d.day()) - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("1969-12-31"), Some(-1));
        assert_eq!(days("2000-02-29"), Some(11_016));
        assert_eq!(days("2026-03-14"), Some(20_526));
        assert_eq!(days("Friday"), None);
    }
}
