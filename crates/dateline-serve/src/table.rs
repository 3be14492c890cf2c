//! Lists as files: every list in every form, of exactly its filter.

use crate::error::Fault;
use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use dateline_store::ExportFormat;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::sync::Arc;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Whole,
    Decimal,
    Truth,
}

/// Name and kind.
pub(crate) type Column = (&'static str, Kind);

/// Forms of a list, each with its type.
pub(crate) const FORMS: &[(ExportFormat, &str, &str)] = &[
    (ExportFormat::Csv, "csv", "text/csv; charset=utf-8"),
    (ExportFormat::Jsonl, "jsonl", "application/x-ndjson"),
    (ExportFormat::Parquet, "parquet", "application/vnd.apache.parquet"),
    (ExportFormat::Geojson, "geojson", "application/geo+json"),
];

/// The type of a form.
pub(crate) fn media(form: ExportFormat) -> &'static str {
    FORMS.iter().find(|f| f.0 == form).map_or("application/octet-stream", |f| f.2)
}

/// Rows of a Parquet row group.
const GROUP: usize = 8192;

/// Writes rows in one form.
pub(crate) enum Table<'w, W: Write + Send> {
    Csv(Box<csv::Writer<&'w mut W>>, &'static [Column]),
    Jsonl(&'w mut W),
    Parquet(Box<Parquet<'w, W>>),
    Geojson(&'w mut W, bool),
}

fn output(e: impl std::fmt::Display) -> Fault {
    Fault::Internal(format!("an export: {e}"))
}

impl<'w, W: Write + Send> Table<'w, W> {
    pub(crate) fn open(form: ExportFormat, columns: &'static [Column], to: &'w mut W) -> Result<Self, Fault> {
        Ok(match form {
            ExportFormat::Jsonl => Table::Jsonl(to),
            ExportFormat::Parquet => Table::Parquet(Box::new(Parquet::open(columns, to)?)),
            ExportFormat::Geojson => {
                to.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[").map_err(output)?;
                Table::Geojson(to, true)
            }
            _ => {
                let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
                table.write_record(columns.iter().map(|c| c.0)).map_err(output)?;
                Table::Csv(Box::new(table), columns)
            }
        })
    }

    pub(crate) fn row(&mut self, row: &Map<String, Value>) -> Result<(), Fault> {
        match self {
            Table::Csv(table, columns) => {
                table.write_record(columns.iter().map(|c| flat(row.get(c.0)).unwrap_or_default())).map_err(output)
            }
            Table::Jsonl(to) => {
                let mut line = serde_json::to_vec(row).map_err(output)?;
                line.push(b'\n');
                to.write_all(&line).map_err(output)
            }
            Table::Parquet(p) => p.row(row),
            Table::Geojson(to, first) => {
                let degrees = |name: &str| row.get(name).and_then(Value::as_f64);
                let geometry = match (degrees("lon"), degrees("lat")) {
                    (Some(x), Some(y)) => json!({ "type": "Point", "coordinates": [x, y] }),
                    _ => Value::Null,
                };
                let feature = json!({ "type": "Feature", "geometry": geometry, "properties": row });
                let between: &[u8] = if std::mem::take(first) { b"\n" } else { b",\n" };
                let line = serde_json::to_vec(&feature).map_err(output)?;
                to.write_all(between).and_then(|()| to.write_all(&line)).map_err(output)
            }
        }
    }

    pub(crate) fn end(self) -> Result<(), Fault> {
        match self {
            Table::Csv(mut table, _) => table.flush().map_err(output),
            Table::Jsonl(to) => to.flush().map_err(output),
            Table::Parquet(p) => p.end(),
            Table::Geojson(to, _) => to.write_all(b"\n]}\n").and_then(|()| to.flush()).map_err(output),
        }
    }
}

/// A value as text; lists apart by ";". None is unknown.
fn flat(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::String(s) => Some(s.clone()),
        Value::Array(items) => {
            Some(items.iter().filter_map(|v| flat(Some(v))).map(|s| s.replace(';', ",")).collect::<Vec<_>>().join(";"))
        }
        other => Some(other.to_string()),
    }
}

enum Builder {
    Text(StringBuilder),
    Whole(Int64Builder),
    Decimal(Float64Builder),
    Truth(BooleanBuilder),
}

pub(crate) struct Parquet<'w, W: Write + Send> {
    columns: &'static [Column],
    schema: Arc<Schema>,
    builders: Vec<Builder>,
    rows: usize,
    writer: ArrowWriter<&'w mut W>,
}

impl<'w, W: Write + Send> Parquet<'w, W> {
    fn open(columns: &'static [Column], to: &'w mut W) -> Result<Self, Fault> {
        let field = |&(name, kind): &Column| {
            let of = match kind {
                Kind::Text => DataType::Utf8,
                Kind::Whole => DataType::Int64,
                Kind::Decimal => DataType::Float64,
                Kind::Truth => DataType::Boolean,
            };
            Field::new(name, of, true)
        };
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        let level = Compression::ZSTD(ZstdLevel::default());
        let properties = WriterProperties::builder().set_compression(level).build();
        let writer = ArrowWriter::try_new(to, Arc::clone(&schema), Some(properties)).map_err(output)?;
        let builder = |&(_, kind): &Column| match kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Whole => Builder::Whole(Int64Builder::new()),
            Kind::Decimal => Builder::Decimal(Float64Builder::new()),
            Kind::Truth => Builder::Truth(BooleanBuilder::new()),
        };
        Ok(Parquet { columns, schema, builders: columns.iter().map(builder).collect(), rows: 0, writer })
    }

    fn row(&mut self, row: &Map<String, Value>) -> Result<(), Fault> {
        for (builder, (name, _)) in self.builders.iter_mut().zip(self.columns) {
            let value = row.get(*name);
            match builder {
                Builder::Text(b) => b.append_option(flat(value)),
                Builder::Whole(b) => b.append_option(value.and_then(Value::as_i64)),
                Builder::Decimal(b) => b.append_option(value.and_then(Value::as_f64)),
                Builder::Truth(b) => b.append_option(value.and_then(Value::as_bool)),
            }
        }
        self.rows += 1;
        if self.rows == GROUP { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Fault> {
        self.rows = 0;
        let arrays = self.builders.iter_mut().map(|b| -> ArrayRef {
            match b {
                Builder::Text(b) => Arc::new(b.finish()),
                Builder::Whole(b) => Arc::new(b.finish()),
                Builder::Decimal(b) => Arc::new(b.finish()),
                Builder::Truth(b) => Arc::new(b.finish()),
            }
        });
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays.collect()).map_err(output)?;
        self.writer.write(&batch).map_err(output)
    }

    fn end(mut self) -> Result<(), Fault> {
        self.write()?;
        self.writer.close().map(drop).map_err(output)
    }
}
