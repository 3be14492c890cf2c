//! Quoted words and who spoke them.

use crate::coder::Reading;
use dateline_report::{Quote, Span};

/// Longest quotation in bytes; an opening mark without its partner must not swallow the report.
const LONGEST: usize = 2000;

/// The quotations of a report: between double marks, straight or curved, within one paragraph.
pub(crate) fn find(r: &Reading) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (i, c) in r.text.char_indices() {
        match (c, open) {
            ('“', _) => open = Some((i + c.len_utf8(), '”')),
            ('"', None) => open = Some((i + 1, '"')),
            ('\n', Some(_)) => open = None,
            (_, Some((start, close))) if c == close => {
                if i > start && i - start <= LONGEST {
                    out.push(quote(r, Span::new(start, i)));
                }
                open = None;
            }
            _ => {}
        }
    }
    out
}

fn quote(r: &Reading, span: Span) -> Quote {
    let token = r.a.tokens.partition_point(|t| t.span.start < span.start);
    let inside = r.a.tokens.get(token).is_some_and(|t| t.span.start < span.end);
    Quote {
        speaker: inside.then(|| r.source(token)).flatten(),
        text: span.text(r.text).unwrap_or_default().to_owned(),
        span,
    }
}
