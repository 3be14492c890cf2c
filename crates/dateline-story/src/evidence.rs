//! The sentence behind a statement.

use crate::{Cutting, text};
use dateline_report::{Date, Span};
use serde::Serialize;

/// A sentence of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// Day of publication.
    pub published: Option<Date>,
    /// Id of the report.
    pub report: String,
    /// Where the sentence stands in it, in bytes.
    pub span: Span,
    /// The sentence, on one line.
    pub text: String,
    /// Who published the report.
    pub outlet: Option<String>,
}

impl Evidence {
    /// The sentence at this span.
    pub fn of(cutting: &Cutting, span: Span) -> Evidence {
        let report = &cutting.record.report;
        let text = span.text(&report.text).unwrap_or_default();
        Evidence {
            published: report.published,
            report: report.id.clone(),
            span,
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            outlet: report.outlet.clone(),
        }
    }

    /// The sentence around a phrase: that of an event if one was coded there, else as full stops and lines part the text.
    pub fn around(cutting: &Cutting, phrase: Span) -> Evidence {
        let coded = cutting.record.events.iter().map(|e| e.sentence.span).find(|s| s.contains(phrase));
        Evidence::of(cutting, coded.unwrap_or_else(|| text::around(&cutting.record.report.text, phrase)))
    }
}
