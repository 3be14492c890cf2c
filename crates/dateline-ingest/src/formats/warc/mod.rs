//! Web archives (WARC 0.18 to 1.1): a report a page that was answered with success.
//!
//! Records are read one after another, never the whole archive. Requests, metadata, pictures and pages that were not found are
//! passed over without a word.

mod http;

#[cfg(feature = "web")]
pub(crate) use http::charset as charset_of;

use super::{Draft, Format, Looks, Reader, Registration, Step, html::Page};
use crate::charset;
use crate::error::{ErrorKind, Fault};
use crate::item::Provenance;
use crate::locator::Position;
use crate::options::{Limits, Options};
use crate::stream::Input;
use crate::stream::lines::{self, Line};
use dateline_report::Report;
use std::io::{BufReader, Read};
use std::sync::Arc;

pub(super) const WARC: Registration = Registration {
    format: Format::Warc,
    extensions: &["warc"],
    looks: |head| if head.starts_with(b"WARC/") { Looks::Surely } else { Looks::No },
    open: |input, options| Ok(open(input, options)),
};

/// Longest line of a record's header, in bytes.
const HEADER_LINE: u64 = 64 << 10;
/// Most lines of a record's header.
const HEADER_LINES: usize = 200;

struct Warc {
    from: Option<Place>,
    options: Arc<Options>,
    /// Offset of a record whose first line has been read already.
    begun: Option<u64>,
}

/// A stream with its offset.
struct Place {
    stream: BufReader<Input>,
    offset: u64,
    line: Vec<u8>,
}

/// Where the next record begins, and what lies before it that belongs to none.
struct Found {
    /// Offset; none at the end of the archive.
    start: Option<u64>,
    /// Offset and number of the bytes that belong to no record.
    lost: Option<(u64, u64)>,
}

/// The header fields of a record that matter.
#[derive(Default)]
struct Header {
    kind: String,
    url: Option<String>,
    length: Option<u64>,
    content: String,
}

/// How far a failure reaches.
enum Stop {
    Record(Fault),
    File(Fault),
}

fn open(input: Input, options: &Arc<Options>) -> Box<dyn Reader> {
    let stream = BufReader::with_capacity(64 << 10, input);
    let from = Some(Place { stream, offset: 0, line: Vec::new() });
    Box::new(Warc { from, options: Arc::clone(options), begun: None })
}

impl Reader for Warc {
    fn next(&mut self) -> Option<Step> {
        loop {
            let from = self.from.as_mut()?;
            let start = match self.begun.take() {
                Some(start) => start,
                None => match from.find() {
                    Ok(Found { start, lost: Some((at, bytes)) }) => {
                        self.begun = start;
                        if start.is_none() {
                            self.from = None;
                        }
                        let fault = Fault::malformed(
                            format!("{bytes} bytes belong to no record"),
                            "the records around were read",
                        );
                        return Some(Step::Found(Position::Byte(at), Err(fault)));
                    }
                    Ok(Found { start, lost: None }) => start?,
                    Err(e) => {
                        let at = Position::Byte(from.offset);
                        self.from = None;
                        return Some(Step::Found(at, Err(e.into())));
                    }
                },
            };
            let at = Position::Byte(start);
            match from.record(&self.options.limits) {
                Ok(None) => {}
                Ok(Some(draft)) => return Some(Step::Found(at, Ok(draft))),
                Err(Stop::Record(fault)) => return Some(Step::Found(at, Err(fault))),
                Err(Stop::File(fault)) => {
                    self.from = None;
                    return Some(Step::Found(at, Err(fault)));
                }
            }
        }
    }
}

impl Place {
    fn line(&mut self) -> std::io::Result<Line> {
        let line = lines::next(&mut self.stream, &mut self.line, HEADER_LINE, &mut self.offset)?;
        Ok(line)
    }

    /// Reads on to the first line of a record; blank lines stand between records.
    fn find(&mut self) -> std::io::Result<Found> {
        let mut lost: Option<(u64, u64)> = None;
        loop {
            let at = self.offset;
            match self.line()? {
                Line::End => return Ok(Found { start: None, lost }),
                Line::Read if self.line.starts_with(b"WARC/") => return Ok(Found { start: Some(at), lost }),
                Line::Read if self.line.iter().all(u8::is_ascii_whitespace) => {}
                Line::Read | Line::TooLong(_) => {
                    let bytes = self.offset - at;
                    lost = Some(lost.map_or((at, bytes), |(from, n)| (from, n + bytes)));
                }
            }
        }
    }

    /// The record whose first line has been read; none where it holds no report.
    fn record(&mut self, limits: &Limits) -> Result<Option<Draft>, Stop> {
        let header = self.header()?;
        let length = header.length.ok_or_else(|| {
            Stop::Record(Fault::malformed("is a record without its length", "the next records were read"))
        })?;
        let wanted = matches!(header.kind.as_str(), "response" | "resource" | "conversion");
        if !wanted || length > limits.item {
            self.skip(length)?;
            return if wanted { Err(Stop::Record(Fault::too_large(length))) } else { Ok(None) };
        }
        let mut block = Vec::new();
        let read = self.stream.by_ref().take(length).read_to_end(&mut block);
        self.offset += block.len() as u64;
        read.map_err(|e| Stop::File(e.into()))?;
        if (block.len() as u64) < length {
            return Err(Stop::File(cut()));
        }
        let page = if header.kind == "response" {
            let Some(response) = http::response(block, limits).map_err(Stop::Record)? else { return Ok(None) };
            response
        } else {
            http::Response::new(&header.content, block)
        };
        draft(page, header.url).map_err(Stop::Record)
    }

    fn header(&mut self) -> Result<Header, Stop> {
        let mut header = Header::default();
        for _ in 0..HEADER_LINES {
            match self.line().map_err(|e| Stop::File(e.into()))? {
                Line::End => return Err(Stop::File(cut())),
                Line::TooLong(_) => continue,
                Line::Read if self.line.is_empty() => return Ok(header),
                Line::Read => {}
            }
            let line = String::from_utf8_lossy(&self.line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                // Some writers put the address in angle brackets.
                "warc-target-uri" => header.url = Some(value.trim_matches(['<', '>']).to_owned()),
                "content-length" => header.length = value.parse().ok(),
                "content-type" => value.clone_into(&mut header.content),
                _ => {}
            }
        }
        Err(Stop::Record(Fault::malformed("is a record with an endless header", "the next records were read")))
    }

    fn skip(&mut self, length: u64) -> Result<(), Stop> {
        let passed = std::io::copy(&mut self.stream.by_ref().take(length), &mut std::io::sink());
        let passed = passed.map_err(|e| Stop::File(e.into()))?;
        self.offset += passed;
        if passed < length { Err(Stop::File(cut())) } else { Ok(()) }
    }
}

fn cut() -> Fault {
    Fault::new(ErrorKind::Truncated, "ends in the middle of this record", "get it anew; what came before was read")
}

/// What a page is read as; none for what is neither a page nor text.
fn draft(page: http::Response, url: Option<String>) -> Result<Option<Draft>, Fault> {
    match page.mime.as_str() {
        "text/html" | "application/xhtml+xml" => {
            Ok(Some(Draft::Page(Box::new(Page { bytes: page.body, charset: page.charset, url }))))
        }
        "text/plain" => {
            let text = charset::page(&page.body, page.charset.as_deref())?.into_owned();
            if text.trim().is_empty() {
                return Err(Fault::blank());
            }
            let report = Report { url, ..Report::from_text(text) };
            Ok(Some(Draft::Report(Box::new(report), Box::<Provenance>::default())))
        }
        _ => Ok(None),
    }
}
