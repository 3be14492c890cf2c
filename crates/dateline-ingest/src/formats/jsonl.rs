//! JSON Lines: a report object a line.

use super::{Format, Looks, Reader, Registration, Step, json, trimmed};
use crate::charset::Charset;
use crate::error::Fault;
use crate::locator::Position;
use crate::options::Options;
use crate::stream::Input;
use crate::stream::lines::{self, Line};
use std::io::{BufReader, Read};
use std::sync::Arc;

pub(super) const JSON_LINES: Registration =
    Registration { format: Format::JsonLines, extensions: &["jsonl", "ndjson", "jl"], looks, open };

/// More than one line, the first of which is a whole object.
fn looks(head: &[u8]) -> Looks {
    let head = trimmed(head);
    let Some(end) = head.iter().position(|b| *b == b'\n') else { return Looks::No };
    let whole = || serde_json::from_slice::<serde::de::IgnoredAny>(&head[..end]).is_ok();
    if head.starts_with(b"{") && whole() { Looks::Likely } else { Looks::No }
}

struct JsonLines {
    lines: Option<BufReader<Box<dyn Read + Send>>>,
    charset: Charset,
    line: Vec<u8>,
    number: u64,
    met: bool,
    longest: u64,
}

fn open(mut input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let charset = Charset::of(input.head()?)?;
    let lines = Some(BufReader::with_capacity(64 << 10, charset.narrow(input)));
    Ok(Box::new(JsonLines { lines, charset, line: Vec::new(), number: 0, met: false, longest: options.limits.item }))
}

impl Reader for JsonLines {
    fn next(&mut self) -> Option<Step> {
        let lines = self.lines.as_mut()?;
        loop {
            self.number += 1;
            let at = Position::Line(self.number);
            match lines::next(lines, &mut self.line, self.longest, &mut 0) {
                Ok(Line::Read) => {
                    let text = self.charset.text(&self.line);
                    if text.trim().is_empty() {
                        continue;
                    }
                    self.met = true;
                    return Some(Step::Found(at, json::object(&text)));
                }
                Ok(Line::TooLong(bytes)) => {
                    self.met = true;
                    return Some(Step::Found(at, Err(Fault::too_large(bytes))));
                }
                Ok(Line::End) => {
                    self.lines = None;
                    return (!self.met).then(|| Step::Found(Position::Whole, Err(Fault::blank())));
                }
                Err(e) => {
                    self.lines = None;
                    return Some(Step::Found(at, Err(e.into())));
                }
            }
        }
    }
}
