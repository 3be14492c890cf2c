//! The sentence behind a statement.

use crate::Cutting;
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

    /// The sentence around a phrase: that of an event if one was coded there, else from the last full stop or line end to the next.
    pub fn around(cutting: &Cutting, phrase: Span) -> Evidence {
        let coded = cutting.record.events.iter().map(|e| e.sentence.span).find(|s| s.contains(phrase));
        Evidence::of(cutting, coded.unwrap_or_else(|| sentence(&cutting.record.report.text, phrase)))
    }
}

fn sentence(text: &str, phrase: Span) -> Span {
    let ends = |before: &str, after: &str| {
        before.ends_with('\n') || before.ends_with(['.', '!', '?']) && after.starts_with(char::is_whitespace)
    };
    let is_end = |i: usize| ends(&text[..i], &text[i..]);
    let bounds = |i: &usize| text.is_char_boundary(*i);
    let start = (0..=phrase.start.min(text.len())).rev().filter(bounds).find(|&i| i == 0 || is_end(i)).unwrap_or(0);
    let end = (phrase.end.min(text.len())..=text.len()).filter(bounds).find(|&i| i == text.len() || is_end(i));
    let end = end.unwrap_or(text.len());
    let body = &text[start..end];
    let start = start + (body.len() - body.trim_start().len());
    Span::new(start, (start + body.trim().len()).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_ends_at_full_stops_and_lines() {
        let text = "Talks resume\nThe sides met. “We agreed,” he said. Bye.";
        let of = |w: &str| {
            let at = text.find(w).unwrap();
            sentence(text, Span::new(at, at + w.len())).text(text).unwrap()
        };
        assert_eq!(of("resume"), "Talks resume");
        assert_eq!(of("sides"), "The sides met.");
        assert_eq!(of("agreed"), "“We agreed,” he said.");
        assert_eq!(of("Bye"), "Bye.");
    }
}
