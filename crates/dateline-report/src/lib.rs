//! The vocabulary of Dateline: reports, spans, and the record of a report.
//!
//! Every other crate speaks in these types. There is no logic here beyond validation and the merging of mentions.
//!
//! ```
//! use dateline_report::{Report, Span};
//! let report = Report::from_text("Talks resume in Cairo.");
//! assert_eq!(Span::new(16, 21).text(&report.text), Some("Cairo"));
//! ```

pub mod codes;
mod happening;
mod imprint;
mod record;
mod report;
mod span;

pub use codes::{
    Anonymity, Approx, CertaintyGrade, DatePrecision, EventType, Form, Gender, Issue, PlacePrecision, Stance, Status,
    TalksState,
};
pub use happening::happenings;
pub use imprint::{Credit, Imprint};
pub use jiff::civil::Date;
pub use record::{
    Actor, Assessment, Certainty, Event, EventDate, Figure, IssueMention, Place, Position, Quote, Record, Round, Rule,
    SentenceRef, Source, Statement, Talks,
};
pub use report::{Dateline, Report, content_id};
pub use span::{Phrase, Span};
