//! The archive of Dateline: reports and their records in one SQLite file.
//!
//! A batch of reports is written whole or not at all ([`Store::writer`]).
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use dateline_report::{Record, Report};
//! use dateline_store::{Admission, Coding, Stamp, Store};
//!
//! let folder = tempfile::tempdir()?;
//! let mut store = Store::create(folder.path().join("news.store"))?;
//! let report = Report::from_text("Talks resume in Cairo.");
//! let mut writer = store.writer(Stamp { coder: "nobody".into(), at: "2026-03-14".into() })?;
//! if let Admission::New { number, .. } = writer.admit(&report)? {
//!     let record = Record { report: report.clone(), ..Record::default() };
//!     writer.put(number, &record, Coding::Coded)?;
//! }
//! writer.commit()?;
//! assert_eq!(store.report(&report.id)?.map(|r| r.text), Some(report.text));
//! # Ok(())
//! # }
//! ```

mod browse;
mod check;
mod counts;
mod derived;
mod error;
mod event;
mod export;
mod filter;
mod happening;
mod hooks;
mod list;
mod listed;
mod migrate;
mod pack;
mod query;
mod reviews;
mod rows;
mod search;
mod sketch;
mod stats;
mod store;
mod sums;
mod watches;
mod writer;

pub use browse::{Place, ReportRow};
pub use check::Checked;
pub use counts::{By, Count, Period};
pub use error::{StoreError, StoreErrorKind};
pub use event::Revision;
pub use export::{BATCH, COLUMNS, Column, EventRows, ExportFormat, Kind, Value, event_schema};
pub use filter::{Dyad, Filter, Who};
pub use happening::event_ids;
pub use hooks::{Hook, Notice, Stopper};
pub use list::{List, ListedActor, ListedEvent, ListedReport, Text};
pub use query::{Query, QueryError};
pub use reviews::{Doubt, Judgement, Review, Verdict};
pub use search::{Facets, Found, Hit, Order, Search};
pub use sketch::Sketch;
pub use stats::Stats;
pub use store::Store;
pub use sums::{ActorRow, MonthRow, PartnerRow, PlaceRow};
pub use watches::{Look, Noticed, Watch, Watched};
pub use writer::{Admission, Coding, Failure, Progress, Stamp, Writer};

#[cfg(test)]
mod tests;
