//! Parquet tables: a report a row; only the columns that are used are read.

mod believed;

use super::{Draft, Format, Looks, Reader, Registration, Step};
use crate::columns::Mapping;
use crate::contained::contained;
use crate::error::{ErrorKind, Fault};
use crate::locator::Position;
use crate::options::Options;
use crate::stream::Input;
use jiff::civil::Date;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use std::sync::Arc;

pub(super) const PARQUET: Registration = Registration {
    format: Format::Parquet,
    extensions: &["parquet", "pq"],
    looks: |head| if head.starts_with(b"PAR1") { Looks::Surely } else { Looks::No },
    open,
};

struct Parquet {
    rows: Option<RowIter<'static>>,
    mapping: Mapping,
    /// Columns of the table that the rows hold, in order.
    used: Vec<usize>,
    number: u64,
}

fn open(input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let slice = input.into_slice()?;
    let reader = sound(|| SerializedFileReader::new(slice)).and_then(|r| r.map_err(|e| damaged(&e)))?;
    let schema = reader.metadata().file_metadata().schema().clone();
    let header = schema.get_fields().iter().map(|f| f.name().to_owned()).collect();
    let mapping = Mapping::guess(header, &options.columns)?;
    let used = mapping.used();
    let mut fields = Vec::new();
    for &c in &used {
        let field = schema.get_fields().get(c).filter(|f| f.is_primitive()).ok_or_else(|| {
            let name = mapping.header.get(c).map_or("", String::as_str);
            let what = format!("its column \"{name}\" holds lists or records, not text");
            Fault::new(ErrorKind::Columns, what, "name another column")
        })?;
        fields.push(Arc::clone(field));
    }
    let projection = Type::group_type_builder(schema.name()).with_fields(fields).build().map_err(|e| damaged(&e))?;
    let rows = RowIter::from_file_into(Box::new(believed::Believed(reader)))
        .project(Some(projection))
        .map_err(|e| damaged(&e))?;
    Ok(Box::new(Parquet { rows: Some(rows), mapping, used, number: 0 }))
}

fn damaged(e: &ParquetError) -> Fault {
    let kind = if matches!(e, ParquetError::EOF(_)) { ErrorKind::Truncated } else { ErrorKind::Malformed };
    Fault::new(kind, format!("is a damaged Parquet file ({e})"), "get it anew; what came before was read")
}

/// The library trusts what a file says of itself, and panics where that is not so.
fn sound<T>(step: impl FnOnce() -> T) -> Result<T, Fault> {
    contained(step).ok_or_else(|| {
        let what = "is a damaged Parquet file (what it says of itself does not hold)";
        Fault::new(ErrorKind::Malformed, what, "get it anew; what came before was read")
    })
}

impl Reader for Parquet {
    fn next(&mut self) -> Option<Step> {
        let rows = self.rows.as_mut()?;
        let next = sound(|| rows.next());
        self.number += 1;
        let at = Position::Record(self.number);
        match next {
            Ok(Some(Ok(row))) => Some(Step::Found(at, self.report(row))),
            Ok(Some(Err(e))) => {
                self.rows = None;
                Some(Step::Found(at, Err(damaged(&e))))
            }
            Err(fault) => {
                self.rows = None;
                Some(Step::Found(at, Err(fault)))
            }
            Ok(None) => {
                self.rows = None;
                let nothing = Fault::new(ErrorKind::Empty, "has no rows", "give a table with reports");
                (self.number == 1).then_some(Step::Found(Position::Whole, Err(nothing)))
            }
        }
    }

    fn mapping(&self) -> Option<&Mapping> {
        Some(&self.mapping)
    }
}

impl Parquet {
    fn report(&self, row: Row) -> Result<Draft, Fault> {
        let fields: Vec<(String, Field)> = row.into_columns();
        let cell = |c: usize| fields.get(self.used.binary_search(&c).ok()?).and_then(|f| text(&f.1));
        self.mapping.report(cell).map(|(r, p)| Draft::Report(Box::new(r), Box::new(p)))
    }
}

/// A cell as text; days and times as ISO days (UTC, as Parquet has no zone).
fn text(field: &Field) -> Option<String> {
    const DAY: i64 = 86_400_000;
    let day = |days: i64| {
        let days = i32::try_from(days).ok()?;
        Date::new(1970, 1, 1).ok()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(|d| d.to_string())
    };
    match field {
        Field::Str(s) => Some(s.clone()),
        Field::Bytes(b) => Some(String::from_utf8_lossy(b.data()).into_owned()),
        Field::Date(d) => day(i64::from(*d)),
        Field::TimestampMillis(t) => day(t.div_euclid(DAY)),
        Field::TimestampMicros(t) => day(t.div_euclid(DAY * 1000)),
        Field::Int(_) | Field::Long(_) | Field::UInt(_) | Field::ULong(_) | Field::Short(_) | Field::UShort(_) => {
            Some(field.to_string())
        }
        _ => None,
    }
}
