//! How the talks stand, when somebody says so.

use crate::coder::Reading;
use crate::talk::TalkWords;
use crate::tree;
use dateline_report::Assessment;

/// The assessments of a report that speaks of talks, in text order.
pub(crate) fn find(r: &Reading, words: &TalkWords) -> Vec<Assessment> {
    let speaks = r.a.sentences.iter().filter(|s| words.speaks_of_talks(r.a, r.text, s.tokens.clone())).count();
    if speaks < 2 {
        return Vec::new();
    }
    let mut out = Vec::new();
    for s in &r.a.sentences {
        for (state, range) in words.states(r.a, r.text, s.tokens.clone()) {
            let span = tree::span_of(r.a, &range);
            out.push(Assessment {
                state,
                about: None,
                source: r.source(range.start).or_else(|| r.source(range.end - 1)),
                text: span.text(r.text).unwrap_or_default().to_owned(),
                span,
            });
        }
    }
    out.sort_by_key(|x| x.span.start);
    out
}
