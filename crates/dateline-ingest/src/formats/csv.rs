//! Comma-, semicolon-, tab- or bar-separated values: a report a row.

use super::{Draft, Format, Looks, Reader, Registration, Step};
use crate::charset::Charset;
use crate::columns::Mapping;
use crate::error::{ErrorKind, Fault};
use crate::locator::Position;
use crate::options::Options;
use crate::stream::Input;
use crate::stream::fence::{Fence, Gate};
use csv::ByteRecord;
use std::io::Read;
use std::sync::Arc;

pub(super) const CSV: Registration =
    Registration { format: Format::Csv, extensions: &["csv", "tsv", "tab"], looks: |_| Looks::No, open };

struct Csv {
    rows: Option<csv::Reader<Fence<Box<dyn Read + Send>>>>,
    gate: Gate,
    charset: Charset,
    mapping: Mapping,
    row: ByteRecord,
    /// A row that was read to learn the number of columns.
    ahead: bool,
    number: u64,
}

fn open(mut input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let tabs = matches!(input.extension().as_str(), "tsv" | "tab");
    let charset = Charset::of(input.head()?)?;
    let delimiter = options.columns.delimiter.unwrap_or(if tabs { b'\t' } else { delimiter(input.head()?) });
    let (fence, gate) = Fence::new(charset.narrow(input), options.limits.item);
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(fence);
    let mut row = ByteRecord::new();
    if !rows.read_byte_record(&mut row).map_err(fault)? {
        return Err(Fault::blank());
    }
    gate.open();
    let first: Vec<String> = row.iter().map(|f| charset.text(f).trim().to_owned()).collect();
    let of_report = Mapping::of_report(&first, &options.columns);
    let headless = options.columns.headless || of_report.is_some();
    let mapping = if let Some(mapping) = of_report {
        mapping
    } else {
        let numbers = || (1..=row.len()).map(|n| format!("#{n}")).collect();
        Mapping::guess(if headless { numbers() } else { first }, &options.columns)?
    };
    Ok(Box::new(Csv { rows: Some(rows), gate, charset, mapping, row, ahead: headless, number: 0 }))
}

/// The separator that the first line holds most.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |d: &u8| line.split(|b| b == d).count();
    // The last of equals wins, so the comma stands last.
    *b"|\t;,".iter().max_by_key(|d| count(d)).unwrap_or(&b',')
}

fn fault(e: csv::Error) -> Fault {
    match e.into_kind() {
        csv::ErrorKind::Io(e) => e.into(),
        other => Fault::malformed(format!("is not a table ({other:?})"), "save it as CSV anew"),
    }
}

impl Reader for Csv {
    fn next(&mut self) -> Option<Step> {
        let rows = self.rows.as_mut()?;
        let read = if std::mem::take(&mut self.ahead) { Ok(true) } else { rows.read_byte_record(&mut self.row) };
        self.gate.open();
        self.number += 1;
        let at = Position::Record(self.number);
        match read {
            Ok(true) => {}
            Ok(false) => {
                self.rows = None;
                let nothing = Fault::new(ErrorKind::Empty, "has a header and no rows", "give a table with reports");
                return (self.number == 1).then_some(Step::Found(Position::Whole, Err(nothing)));
            }
            Err(e) => {
                self.rows = None;
                return Some(Step::Found(at, Err(fault(e))));
            }
        }
        let (fields, columns) = (self.row.len(), self.mapping.header.len());
        if fields != columns {
            let line = self.row.position().map_or(0, csv::Position::line);
            let what = format!("has {fields} fields where the table has {columns} columns (line {line})");
            return Some(Step::Found(
                at,
                Err(Fault::malformed(what, "quote fields that hold separators or line breaks")),
            ));
        }
        let cell = |c: usize| self.row.get(c).map(|f| self.charset.text(f).into_owned());
        let report = self.mapping.report(cell).map(|(r, p)| Draft::Report(Box::new(r), Box::new(p)));
        Some(Step::Found(at, report))
    }

    fn mapping(&self) -> Option<&Mapping> {
        Some(&self.mapping)
    }
}
