//! The one place that knows how `add` reads its sources.

use crate::input;
use dateline_report::Report;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// One item of a source.
pub(crate) struct Item {
    /// Which item it is, for messages.
    pub(crate) locator: String,
    /// The report, or what is wrong with it and the remedy.
    pub(crate) report: Result<Report, String>,
    /// Where a later run goes on behind it.
    pub(crate) position: String,
    /// Bytes of the source read so far.
    pub(crate) bytes: u64,
}

/// What changes when the source does; none if it cannot be told, as of standard input.
pub(crate) fn stamp(path: &Path) -> Option<String> {
    let meta = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let time = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(format!("{} bytes, {}.{:09}", meta.len(), time.as_secs(), time.subsec_nanos()))
}

/// The items of a source behind `position`; from the first on if there is none. Memory does not grow with a `.jsonl` file.
pub(crate) fn items(path: &Path, position: Option<&str>) -> Box<dyn Iterator<Item = Item>> {
    let skip: usize = position.and_then(|p| p.parse().ok()).unwrap_or(0);
    let name = input::name(path);
    let size = std::fs::metadata(path).map_or(0, |m| m.len());
    if let Some(lines) = lines(path) {
        let items = lines.enumerate().skip(skip).map(move |(i, line)| {
            let locator = format!("line {}", i + 1);
            let place = format!("{name} {locator}");
            let (report, bytes) = match line {
                Ok((line, bytes)) => (report(&line, &place), bytes),
                Err(e) => (Some(Err(format!("{place}: {e}; check the disk and run again"))), size),
            };
            Some(Item { locator, report: report?, position: (i + 1).to_string(), bytes })
        });
        return Box::new(items.flatten());
    }
    let all = input::read(path).into_iter().enumerate().skip(skip);
    Box::new(all.map(move |(i, report)| Item {
        locator: format!("report {}", i + 1),
        report: report.map_err(|e| e.to_string()),
        position: (i + 1).to_string(),
        bytes: size,
    }))
}

/// The report of a line; nothing if it is empty.
fn report(line: &[u8], place: &str) -> Option<Result<Report, String>> {
    if line.trim_ascii().is_empty() {
        return None;
    }
    let report = input::decode(line, place).and_then(|text| input::object(&text, place));
    Some(report.map_err(|e| e.to_string()))
}

type Line = std::io::Result<(Vec<u8>, u64)>;

/// Lines of a `.jsonl` file, each with the bytes read up to its end. None if it is another kind of file, or written in UTF-16.
fn lines(path: &Path) -> Option<impl Iterator<Item = Line> + use<>> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    if !matches!(extension.as_str(), "jsonl" | "ndjson") {
        return None;
    }
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path).ok()?);
    let start = reader.fill_buf().ok()?;
    if start.is_empty() || start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
        return None;
    }
    let (mut read, mut broken) = (0, false);
    Some(std::iter::from_fn(move || {
        let mut line = Vec::new();
        match reader.read_until(b'\n', &mut line) {
            _ if broken => None,
            Ok(0) => None,
            Ok(n) => {
                read += n as u64;
                Some(Ok((line, read)))
            }
            Err(e) => {
                broken = true;
                Some(Err(e))
            }
        }
    }))
}
