//! Texts and records as they are kept: compressed, the record without its report's text.

use dateline_report::{Record, Report};
use std::io;

/// zstd's level: half the size of the text; higher levels gain little on texts of a few kilobytes.
const LEVEL: i32 = 3;

/// Compresses.
pub(crate) fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    zstd::bulk::compress(bytes, LEVEL)
}

fn unpack(blob: &[u8]) -> io::Result<Vec<u8>> {
    zstd::stream::decode_all(blob)
}

/// The text of a blob.
pub(crate) fn text(blob: &[u8]) -> io::Result<String> {
    String::from_utf8(unpack(blob)?).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

/// The blob of a record; the report stands beside it.
pub(crate) fn pack_record(record: &Record) -> io::Result<Vec<u8>> {
    let bare = Record { report: Report::default(), ..record.clone() };
    pack(&serde_json::to_vec(&bare)?)
}

/// The record of a blob with its report.
pub(crate) fn record(blob: &[u8], report: Report) -> io::Result<Record> {
    let bare: Record = serde_json::from_slice(&unpack(blob)?)?;
    Ok(Record { report, ..bare })
}
