//! The formats that are read: one file and one line of [`REGISTRY`] each.
//!
//! A new format: copy `json.rs`, give [`Registration`] its extensions, how its first bytes look and how it is opened, add the
//! variant of [`Format`] and the line of the registry.

mod asides;
mod csv;
mod feed;
pub(crate) mod folder;
mod gzip;
pub(crate) mod html;
mod json;
mod jsonl;
mod opml;
mod parquet;
mod text;
mod warc;
mod zip;
mod zst;

pub(crate) use asides::is_aside;
pub(crate) use folder::Folder;
#[cfg(feature = "web")]
pub(crate) use warc::charset_of;

use crate::columns::Mapping;
use crate::error::{ErrorKind, Fault};
use crate::item::Provenance;
use crate::locator::Position;
use crate::options::Options;
use crate::stream::Input;
use dateline_report::Report;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Plain text, one report.
    Text,
    /// One JSON report object.
    Json,
    /// A JSON report object a line.
    JsonLines,
    /// Comma- or otherwise separated values, a report a row.
    Csv,
    /// A Parquet table, a report a row.
    Parquet,
    /// A page.
    Html,
    /// RSS or Atom, a report an entry.
    Feed,
    /// A list of feeds.
    Opml,
    /// A web archive, a report a page.
    Warc,
    /// gzip around any of these.
    Gzip,
    /// Zstandard around any of these.
    Zstd,
    /// A zip archive of any of these.
    Zip,
}

/// How sure the first bytes are of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Looks {
    /// They are of something else, or could be anything.
    No,
    /// They may be; a name that says otherwise is believed.
    Likely,
    /// Nothing else begins like this, whatever the name says.
    Surely,
}

/// What the registry knows of a format.
pub(crate) struct Registration {
    pub(crate) format: Format,
    pub(crate) extensions: &'static [&'static str],
    pub(crate) looks: fn(&[u8]) -> Looks,
    pub(crate) open: Open,
}

/// Makes the reader of an input.
type Open = fn(Input, &Arc<Options>) -> Result<Box<dyn Reader>, Fault>;

/// All formats. Where several are likely the first is taken.
const REGISTRY: [&Registration; 12] = [
    &gzip::GZIP,
    &zst::ZSTD,
    &zip::ZIP,
    &parquet::PARQUET,
    &warc::WARC,
    &opml::OPML,
    &feed::FEED,
    &html::HTML,
    &jsonl::JSON_LINES,
    &json::JSON,
    &csv::CSV,
    &text::TEXT,
];

/// Reads one file, item by item. A call does the work of one item.
pub(crate) trait Reader: Send {
    /// What comes next; none at the end. After an error that ends the file, the next call gives none.
    fn next(&mut self) -> Option<Step>;

    /// The columns in use, where the file is a table.
    fn mapping(&self) -> Option<&Mapping> {
        None
    }
}

/// What a reader comes to.
pub(crate) enum Step {
    /// An item.
    Found(Position, Result<Draft, Fault>),
    /// A file inside this one.
    Child(Child),
}

/// A file inside another, not opened yet. Children come in order of their names.
pub(crate) struct Child {
    /// Its name in locators.
    pub(crate) name: String,
    pub(crate) open: Box<dyn FnOnce() -> Result<Box<dyn Reader>, Fault> + Send>,
}

/// A report, or what it will be made from, so that an item that is passed over costs little.
pub(crate) enum Draft {
    Report(Box<Report>, Box<Provenance>),
    Page(Box<html::Page>),
}

/// A reader of a file that is one item.
pub(crate) struct Single(Option<Result<Draft, Fault>>);

impl Single {
    pub(crate) fn boxed(item: Result<Draft, Fault>) -> Box<dyn Reader> {
        Box::new(Self(Some(item)))
    }
}

impl Reader for Single {
    fn next(&mut self) -> Option<Step> {
        self.0.take().map(|item| Step::Found(Position::Whole, item))
    }
}

/// Opens an input as what it is: by sure first bytes, by extension, by likely first bytes, else as plain text.
pub(crate) fn open(mut input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    if input.layers > options.limits.depth {
        let what = format!("lies in more than {} archives one in the other", options.limits.depth);
        return Err(Fault::new(ErrorKind::Bomb, what, "unpack it by hand if you trust it"));
    }
    let extension = input.extension();
    let head = input.head()?;
    if head.is_empty() {
        return Err(Fault::empty());
    }
    let looks: Vec<Looks> = REGISTRY.iter().map(|r| (r.looks)(head)).collect();
    let surely = looks.iter().position(|l| *l == Looks::Surely);
    if surely.is_some() && asides::is_office(&extension) || asides::is_foreign(head) {
        return Err(Fault::binary());
    }
    let forced = || options.format.and_then(|f| REGISTRY.iter().position(|r| r.format == f));
    let named = || REGISTRY.iter().position(|r| r.extensions.contains(&extension.as_str()));
    let likely = || looks.iter().position(|l| *l == Looks::Likely);
    let chosen = surely.or_else(forced).or_else(named).or_else(likely).unwrap_or(REGISTRY.len() - 1);
    (REGISTRY[chosen].open)(input, options)
}

/// Name without the extension of a wrapper, when it has it: `a.jsonl.gz` is `a.jsonl` inside.
fn inner_name(name: &str, wrappers: &[(&str, &str)]) -> String {
    for (outer, inner) in wrappers {
        let cut = name.len().saturating_sub(outer.len());
        if name.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(outer)) {
            return name[..cut].to_owned() + inner;
        }
    }
    name.to_owned()
}

/// First bytes without a byte order mark and white space.
fn trimmed(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

/// Whether a tag of one of these names is opened in the first bytes, whatever its case.
fn opens_tag(head: &[u8], names: &[&str]) -> bool {
    let head = head[..head.len().min(4096)].to_ascii_lowercase();
    names.iter().any(|name| {
        head.windows(name.len() + 2).any(|w| {
            w[0] == b'<'
                && &w[1..=name.len()] == name.as_bytes()
                && matches!(w[name.len() + 1], b'>' | b' ' | b'\n' | b'\r' | b'\t')
        })
    })
}
