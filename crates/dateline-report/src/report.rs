//! A news report as read.

use crate::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The place line that opens a wire report: `CAIRO, May 5 (Agency) —`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The words as they stand, without the closing dash.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// The place named first.
    pub place: String,
}

/// One news report. `text` is the text as read, never rewritten: the headline (if any) and the body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Stable hash of title and text, or the id the source gave.
    #[serde(default)]
    pub id: String,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Where it was found.
    #[serde(default)]
    pub url: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub byline: Option<String>,
    /// ISO 639-1 code.
    #[serde(default)]
    pub language: Option<String>,
    /// Day of publication.
    #[serde(default)]
    pub published: Option<Date>,
    /// Place line.
    #[serde(default, skip_deserializing)]
    pub dateline: Option<Dateline>,
    /// Headline and body, as read.
    pub text: String,
}

impl Report {
    /// A report of this text, with its content hash as id and everything else unknown.
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        Report { id: content_id(&text), text, ..Report::default() }
    }
}

/// The id of a text: the first 64 bits of its BLAKE3 hash as 16 hexadecimal digits, the same on every machine and version.
pub fn content_id(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_the_text_alone() {
        assert_eq!(content_id("a").len(), 16);
        assert_eq!(Report::from_text("a").id, content_id("a"));
        assert_ne!(content_id("a"), content_id("b"));
    }
}
