//! CSV and TSV.

use super::{COLUMNS, Sink, Value};
use crate::{ListedEvent, StoreError};
use std::io::Write;

/// Writes one line an event, quoted where a field holds a delimiter, a quotation mark or a line's end.
pub(super) struct Delimited<W: Write> {
    writer: csv::Writer<W>,
    number: String,
}

impl<W: Write> Delimited<W> {
    pub(super) fn new(to: W, delimiter: u8) -> Result<Self, StoreError> {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(to);
        writer.write_record(COLUMNS.iter().map(|c| c.name)).map_err(error)?;
        Ok(Delimited { writer, number: String::new() })
    }
}

impl<W: Write> Sink for Delimited<W> {
    fn event(&mut self, e: &ListedEvent) -> Result<(), StoreError> {
        use std::fmt::Write as _;
        for column in COLUMNS {
            let value = (column.value)(e);
            self.number.clear();
            let field = match &value {
                Value::None => "",
                Value::Text(s) => s,
                other => {
                    // Writing to a string cannot fail.
                    let _ = match other {
                        Value::Whole(n) => write!(self.number, "{n}"),
                        Value::Decimal(x) => write!(self.number, "{x}"),
                        Value::Truth(t) => write!(self.number, "{t}"),
                        Value::None | Value::Text(_) => Ok(()),
                    };
                    &self.number
                }
            };
            self.writer.write_field(field).map_err(error)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(error)
    }

    fn end(&mut self) -> Result<(), StoreError> {
        self.writer.flush().map_err(StoreError::output)
    }
}

/// An error of the `csv` crate; the cause below it where it is one of writing.
pub(super) fn error(e: csv::Error) -> StoreError {
    match e.into_kind() {
        csv::ErrorKind::Io(e) => StoreError::output(e),
        other => StoreError::output(format!("{other:?}")),
    }
}
