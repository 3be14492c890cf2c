//! Where an item stands, and how to come back to it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Where an item stands in the innermost file. Within one file, positions only grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// The file is one item.
    Whole,
    /// Number of a line, the first being 1.
    Line(u64),
    /// Number of a row or entry, the first being 1; a header is not counted.
    Record(u64),
    /// Offset of a record's first byte in the unpacked file.
    Byte(u64),
}

/// The place of an item: source, way through folders and archives, position. [`crate::Reports::after`] resumes behind it.
///
/// ```
/// use dateline_ingest::{Locator, Position};
/// let at = Locator { source: "news".into(), members: vec!["2024.zip".into(), "a.jsonl".into()], position: Position::Line(3) };
/// assert_eq!(at.to_string(), "news/2024.zip/a.jsonl line 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Locator {
    /// The source as it was named.
    pub source: String,
    /// One name for every folder, archive or list on the way down.
    pub members: Vec<String>,
    /// Where in the innermost file.
    pub position: Position,
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.source.trim_end_matches('/'))?;
        for m in &self.members {
            write!(f, "/{m}")?;
        }
        match self.position {
            Position::Whole => Ok(()),
            Position::Line(n) => write!(f, " line {n}"),
            Position::Record(n) => write!(f, " record {n}"),
            Position::Byte(n) => write!(f, " byte {n}"),
        }
    }
}
