//! RSS and Atom: a report an entry.

use super::{Draft, Format, Looks, Reader, Registration, Step, html, opens_tag};
use crate::charset;
use crate::date::{self, DateOrder};
use crate::error::{ErrorKind, Fault};
use crate::item::{Origin, Provenance};
use crate::locator::Position;
use crate::options::Options;
use crate::stream::Input;
use chrono::{NaiveDate, NaiveTime};
use dateline_report::{Date, Report, content_id};
use feed_rs::model::{Entry, Feed};
use std::collections::VecDeque;
use std::sync::Arc;

pub(super) const FEED: Registration = Registration {
    format: Format::Feed,
    extensions: &["rss", "atom", "rdf", "xml"],
    looks: |head| if opens_tag(head, &["rss", "feed", "rdf:rdf"]) { Looks::Likely } else { Looks::No },
    open,
};

struct Entries {
    outlet: Option<String>,
    language: Option<String>,
    number: u64,
    rest: VecDeque<Result<Entry, Fault>>,
}

fn open(input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let charset = input.declared.charset.clone();
    let bytes = input.all(&options.limits)?;
    // Only UTF-8 is passed on, so what the document declares no longer holds.
    let text = charset::page(&bytes, charset.as_deref().or(declared(&bytes)))?;
    let text = without_declaration(&text);
    let (feed, rest) = match parse(text) {
        Ok(mut feed) => {
            let entries = std::mem::take(&mut feed.entries);
            (feed, entries.into_iter().map(Ok).collect())
        }
        Err(why) => salvage(text).ok_or_else(|| {
            Fault::malformed(
                format!("is not an RSS or Atom feed that can be read ({why})"),
                "check the address or file",
            )
        })?,
    };
    let line = |t: Option<feed_rs::model::Text>| t.map(|t| html::fragment(&t.content)).filter(|t| !t.is_empty());
    Ok(Box::new(Entries { outlet: line(feed.title), language: feed.language, number: 0, rest }))
}

fn parse(text: &str) -> Result<Feed, String> {
    // The day as written at the outlet: feed_rs would move it to UTC.
    let stamp = |t: &str| {
        let day = date::day(t, DateOrder::Unknown)?;
        let day = NaiveDate::from_ymd_opt(
            day.year().into(),
            day.month().unsigned_abs().into(),
            day.day().unsigned_abs().into(),
        );
        day.map(|d| d.and_time(NaiveTime::MIN).and_utc())
    };
    let parser = feed_rs::parser::Builder::new().timestamp_parser(stamp).sanitize_content(false).build();
    parser.parse(text.as_bytes()).map_err(|e| e.to_string())
}

/// The entries of a feed that breaks off or is broken somewhere: each is read by itself, within the feed's own head.
fn salvage(text: &str) -> Option<(Feed, VecDeque<Result<Entry, Fault>>)> {
    let lower = text.to_ascii_lowercase();
    let (tag, tail) = if opens_tag(text.as_bytes(), &["feed"]) {
        ("entry", "</feed>")
    } else if opens_tag(text.as_bytes(), &["rdf:rdf"]) {
        ("item", "</rdf:RDF>")
    } else {
        ("item", "</channel></rss>")
    };
    let (start, end) = (format!("<{tag}"), format!("</{tag}>"));
    let begins = |from: usize| {
        lower[from..].match_indices(&start).map(|(i, _)| from + i).find(|i| {
            lower.as_bytes().get(i + start.len()).is_some_and(|b| matches!(b, b'>' | b' ' | b'\n' | b'\r' | b'\t'))
        })
    };
    let first = begins(0)?;
    let head = &text[..first];
    let feed = parse(&format!("{head}{tail}")).ok()?;
    let mut rest = VecDeque::new();
    let mut at = Some(first);
    while let Some(from) = at {
        let closed = lower[from..].find(&end).map(|i| from + i + end.len());
        let next = begins(closed.unwrap_or(from + 1));
        let piece = &text[from..closed.or(next).unwrap_or(text.len())];
        let entry =
            parse(&format!("{head}{piece}{tail}")).and_then(|f| f.entries.into_iter().next().ok_or_else(String::new));
        rest.push_back(entry.map_err(|why| {
            Fault::malformed(
                format!("is an entry in broken XML ({why})"),
                "the other entries were read; tell the publisher",
            )
        }));
        at = next;
    }
    Some((feed, rest))
}

/// The charset of an XML declaration.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = std::str::from_utf8(bytes.get(..bytes.iter().take(200).position(|b| *b == b'>')?)?).ok()?;
    let value =
        head.trim_start().strip_prefix("<?xml")?.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    value.get(1..)?.split(['"', '\'']).next()
}

fn without_declaration(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(text, |x| x.1.trim_start()),
        None => text,
    }
}

impl Reader for Entries {
    fn next(&mut self) -> Option<Step> {
        let entry = self.rest.pop_front()?;
        self.number += 1;
        Some(Step::Found(Position::Record(self.number), entry.and_then(|e| self.report(e))))
    }
}

impl Entries {
    fn report(&self, entry: Entry) -> Result<Draft, Fault> {
        let title = entry.title.map(|t| html::fragment(&t.content)).filter(|t| !t.is_empty());
        let body = entry.content.and_then(|c| c.body).filter(|b| !b.trim().is_empty());
        let summary = entry.summary.map(|s| s.content);
        // Some feeds put the whole text into the summary and a teaser into the content.
        let longest = [body, summary].into_iter().flatten().map(|h| html::fragment(&h)).max_by_key(String::len);
        let text = html::with_headline(title.as_deref(), &longest.unwrap_or_default());
        if text.is_empty() {
            return Err(Fault::new(ErrorKind::Empty, "is an entry without words", "nothing can be coded from it"));
        }
        let published =
            entry.published.or(entry.updated).and_then(|t| t.format("%Y-%m-%d").to_string().parse::<Date>().ok());
        let link =
            entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate")).map(|l| l.href.clone());
        let names: Vec<String> =
            entry.authors.into_iter().filter_map(|a| a.name).filter(|n| !n.trim().is_empty()).collect();
        let field = |there: bool| there.then_some(Origin::Field);
        let language = entry.language.as_ref().or(self.language.as_ref()).and_then(|l| crate::language::declared(l));
        let from = Provenance {
            title: field(title.is_some()),
            published: field(published.is_some()),
            outlet: field(self.outlet.is_some()),
            language: field(language.is_some()),
            notes: Vec::new(),
        };
        let report = Report {
            id: content_id(&text),
            title,
            url: link,
            outlet: self.outlet.clone(),
            byline: (!names.is_empty()).then(|| names.join(", ")),
            language,
            published,
            dateline: None,
            text,
        };
        Ok(Draft::Report(Box::new(report), Box::new(from)))
    }
}
