//! What the iterator yields.

use crate::{IngestError, Locator};
use dateline_report::Report;
use serde::{Deserialize, Serialize};

/// One report of a source, or the reason why it could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where it stands; pass it to [`crate::Reports::after`] to go on behind it.
    pub locator: Locator,
    /// The report.
    pub report: Result<Report, IngestError>,
    /// Where its fields come from; empty for an error.
    pub provenance: Provenance,
}

/// What told a field of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The source's own field: a JSON key, a column of a table, an element of a feed.
    Field,
    /// Structured data of a page (`application/ld+json`).
    JsonLd,
    /// `og:` and `article:` properties of a page.
    OpenGraph,
    /// Other `meta` and `link` elements, `title`, `lang` and item properties of a page.
    Meta,
    /// A `time` element of a page.
    TimeElement,
    /// Words a reader of the page sees.
    VisibleText,
    /// The address.
    Url,
    /// The language of the text itself.
    Detection,
    /// The caller's option.
    Given,
}

/// Where the fields of a report come from, and what could not be made out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// What told the headline.
    pub title: Option<Origin>,
    /// What told the day of publication.
    pub published: Option<Origin>,
    /// What told the outlet.
    pub outlet: Option<Origin>,
    /// What told the language.
    pub language: Option<Origin>,
    /// What could not be made out, such as a date that is none.
    pub notes: Vec<String>,
}
