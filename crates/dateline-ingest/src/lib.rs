//! From sources to reports: text, JSON, tables, pages, feeds and web archives, packed in any way, in folders of any depth.
//!
//! [`read`] is the one entry. It gives an iterator that streams: memory does not grow with the source, one bad item is one
//! error in its place, and every item carries a [`Locator`] behind which a later run can go on.
//!
//! ```
//! use dateline_ingest::{Options, Source, read};
//! let source = Source::Bytes {
//!     name: "may.jsonl".into(),
//!     bytes: (*b"{\"text\": \"Talks resume in Cairo.\"}\nno report\n").into(),
//! };
//! let items: Vec<_> = read(&source, &Options::default()).collect();
//! assert_eq!(items[0].report.as_ref().unwrap().text, "Talks resume in Cairo.");
//! assert!(items[1].report.as_ref().unwrap_err().to_string().starts_with("may.jsonl line 2: is not a report object"));
//! let rest: Vec<_> = read(&source, &Options::default()).after(&items[0].locator).collect();
//! assert_eq!(rest, items[1..]);
//! ```

mod charset;
mod columns;
mod contained;
mod date;
mod error;
mod formats;
mod item;
mod language;
mod locator;
mod options;
mod reports;
mod source;
mod stream;
mod table;
mod web;

pub use columns::{Columns, Mapping};
pub use contained::quiet_told_panics;
pub use date::DateOrder;
pub use error::{ErrorKind, IngestError};
pub use formats::Format;
pub use item::{Item, Origin, Provenance};
pub use language::foreign;
pub use locator::{Locator, Position};
pub use options::{Folders, Limits, Options};
pub use reports::{Reports, mapping, read};
pub use source::{Extent, Source};
pub use table::{Table, checked, uncoded};
#[cfg(feature = "web")]
pub use web::{FeedState, Politeness, Web};
