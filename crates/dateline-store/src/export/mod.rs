//! The event list as a file: one format, one file here and one line in [`sink`].

mod arrow;
mod columns;
mod delimited;
mod geojson;
pub(crate) mod jsonl;
mod parquet;
mod polecat;

pub use arrow::{BATCH, EventRows, event_schema};
pub use columns::{COLUMNS, Column, Kind, Value};

use crate::{Filter, List, ListedEvent, Store, StoreError};
use std::fmt;
use std::io::Write;
use std::str::FromStr;
use std::sync::mpsc;

/// Form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Comma-separated, with a header, quoted where needed (RFC 4180).
    Csv,
    /// The same with tabs.
    Tsv,
    /// One JSON object a line, parties as lists of objects.
    Jsonl,
    /// Apache Parquet, zstd-compressed.
    Parquet,
    /// A GeoJSON feature collection; events without coordinates have no geometry.
    Geojson,
    /// The columns of POLECAT's files, tab-separated, a row for each pair of actor and recipient.
    Polecat,
}

impl ExportFormat {
    /// Every format with its name.
    pub const ALL: &'static [(ExportFormat, &'static str)] = &[
        (ExportFormat::Csv, "csv"),
        (ExportFormat::Tsv, "tsv"),
        (ExportFormat::Jsonl, "jsonl"),
        (ExportFormat::Parquet, "parquet"),
        (ExportFormat::Geojson, "geojson"),
        (ExportFormat::Polecat, "polecat"),
    ];
}

impl fmt::Display for ExportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(Self::ALL.iter().find(|(x, _)| x == self).map_or("", |(_, name)| name))
    }
}

impl FromStr for ExportFormat {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|(_, name)| *name == s).map(|(x, _)| *x);
        known.ok_or_else(|| Self::ALL.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", "))
    }
}

/// What writes rows in one format.
trait Sink {
    /// Writes the row or rows of an event.
    fn event(&mut self, e: &ListedEvent) -> Result<(), StoreError>;
    /// Writes what comes after the last; nothing is written after it.
    fn end(&mut self) -> Result<(), StoreError>;
}

fn sink<'w>(format: ExportFormat, to: &'w mut (dyn Write + Send)) -> Result<Box<dyn Sink + 'w>, StoreError> {
    Ok(match format {
        ExportFormat::Csv => Box::new(delimited::Delimited::new(to, b',')?),
        ExportFormat::Tsv => Box::new(delimited::Delimited::new(to, b'\t')?),
        ExportFormat::Jsonl => Box::new(jsonl::Jsonl::new(to)),
        ExportFormat::Parquet => Box::new(parquet::Parquet::new(to)?),
        ExportFormat::Geojson => Box::new(geojson::Geojson::new(to)?),
        ExportFormat::Polecat => Box::new(polecat::Polecat::new(to)?),
    })
}

/// Events handed from the thread that reads to the one that writes at a time. An event takes a kilobyte; portions above 64 KB would have the
/// allocator tidy its small blocks at each of them.
const PORTION: usize = 48;
/// Portions that wait to be written at most.
const WAITING: usize = 64;

impl Store {
    /// Writes the listed events that pass the filter to `to` and returns how many they are. Reading and writing overlap; memory does not
    /// grow with the store. The order is that of [`Store::each_event`].
    pub fn export(
        &self,
        format: ExportFormat,
        list: List,
        filter: &Filter,
        to: &mut (dyn Write + Send),
    ) -> Result<u64, StoreError> {
        let (send, receive) = mpsc::sync_channel::<Vec<ListedEvent>>(WAITING);
        std::thread::scope(|scope| {
            let writer = scope.spawn(move || -> Result<u64, StoreError> {
                let mut sink = sink(format, to)?;
                let mut n = 0;
                for portion in receive {
                    n += portion.len() as u64;
                    portion.iter().try_for_each(|e| sink.event(e))?;
                }
                sink.end()?;
                Ok(n)
            });
            let mut portion = Vec::with_capacity(PORTION);
            let read = self.each_event(list, filter, &mut |e| {
                portion.push(e);
                if portion.len() == PORTION {
                    let full = std::mem::replace(&mut portion, Vec::with_capacity(PORTION));
                    // A writer that is gone has met an error, which is told below.
                    return send.send(full).map_err(|_| StoreError::output("the writing stopped"));
                }
                Ok(())
            });
            let rest = if read.is_ok() { send.send(portion).ok() } else { None };
            drop((send, rest));
            let written = writer.join().unwrap_or_else(|_| Err(StoreError::output("the writing broke off")));
            // The writer's error is the cause of the reader's, where both have one.
            written.and_then(|n| read.map(|()| n))
        })
    }
}
