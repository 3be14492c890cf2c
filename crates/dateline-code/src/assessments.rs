//! How the talks stand, when somebody says so.

use crate::coder::Reading;
use crate::talk::TalkWords;
use crate::tree;
use dateline_report::Assessment;

/// The assessments of a report, in text order; `about` says whether the report is about a negotiation: in others only a sentence that
/// names one counts.
pub(crate) fn find(r: &Reading, words: &TalkWords, about: bool) -> Vec<Assessment> {
    let mut out = Vec::new();
    for s in &r.a.sentences {
        if !about && !words.speaks_of_negotiation(r.a, r.text, s.tokens.clone()) {
            continue;
        }
        for (state, range) in words.states(r.a, r.text, s.tokens.clone(), about) {
            let span = tree::span_of(r.a, &range);
            out.push(Assessment {
                state,
                about: words.named_talks(r.a, r.text, s.tokens.clone()),
                source: r.source(range.start).or_else(|| r.source(range.end - 1)),
                text: span.text(r.text).unwrap_or_default().to_owned(),
                span,
            });
        }
    }
    out.sort_by_key(|x| x.span.start);
    out
}
