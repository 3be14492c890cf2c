//! How the talks stand, when somebody says so.

use crate::coder::Reading;
use crate::lexicon::StatusCues;
use crate::talk::{self, TalkWords};
use crate::{status, tree};
use dateline_annotate::{Annotation, Rel, Upos};
use dateline_report::{Assessment, Status, TalksState};
use std::ops::Range;

/// The assessments of a report, in text order; `about` says whether the report is about a negotiation: in others only a sentence that
/// names one counts.
pub(crate) fn find(r: &Reading, words: &TalkWords, cues: &StatusCues, about: bool) -> Vec<Assessment> {
    let mut out = Vec::new();
    for s in &r.a.sentences {
        if !about && !words.speaks_of_negotiation(r.a, r.text, s.tokens.clone()) {
            continue;
        }
        for (state, range) in words.states(r.a, r.text, s.tokens.clone(), about) {
            // A deal that is hoped for or a failure that is feared says how somebody wants talks to end, not how they stand.
            let word = head(r.a, &range);
            // "Talks are set to open": the last verb is the one that tells.
            let last = Some(range.end - 1).filter(|&i| r.a.tokens[i].upos == Upos::Verb);
            let unreal = |w: usize| {
                let reality = status::of_phrase(r.a, r.text, cues, w, &range);
                reality.is_some_and(|s| s != Status::Actual) || is_aim(r.a, w, &range)
            };
            if talk::is_outcome(state) && (unreal(word) || last.is_some_and(unreal)) {
                continue;
            }
            if state == TalksState::Stalled && words.is_ended(r.a, word) {
                continue;
            }
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

/// Whether the verb of a phrase is an infinitive or stands behind a preposition: "the will to reach a deal", "with a view to reaching one".
/// That of a phrase that ends with it ("agreed to") is meant so.
fn is_aim(a: &Annotation, word: usize, phrase: &Range<usize>) -> bool {
    let verb = if a.tokens[word].upos == Upos::Verb { Some(word) } else { a.tokens[word].head };
    let Some(verb) = verb.filter(|&v| a.tokens[v].upos == Upos::Verb) else { return false };
    // What stands "after", "by" or "since" reaching a deal was reached.
    let aims = |m: usize| {
        matches!(a.tokens[m].lemma.as_str(), "to" | "of" | "on" | "at" | "for" | "against" | "toward" | "towards")
    };
    a.children(verb).any(|m| a.tokens[m].rel == Rel::Mark && aims(m) && m + 1 != phrase.end)
}

/// The word of a phrase that hangs on none of the others.
fn head(a: &Annotation, phrase: &Range<usize>) -> usize {
    phrase.clone().find(|&i| a.tokens[i].head.is_none_or(|h| !phrase.contains(&h))).unwrap_or(phrase.start)
}
