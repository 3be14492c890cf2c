//! Later nouns for a two-sided act: "the call", "the talks" have the parties that the report gave before (GUIDE.md).

use crate::coder::Reading;
use dateline_annotate::{Rel, Upos};
use dateline_report::{Event, EventType};

/// Gives definite nouns for talks without two parties those of the nearest earlier act of the same kind.
pub(crate) fn fill(r: &Reading, events: &mut [Event], heads: &[usize]) {
    for i in 1..events.len() {
        let (before, rest) = events.split_at_mut(i);
        let e = &mut rest[0];
        if e.kind != EventType::Consult
            || parties(e) >= 2
            || !e.third_parties.is_empty()
            || !is_definite_noun(r, heads[i])
        {
            continue;
        }
        let same_kind = |b: &&Event| {
            b.kind == EventType::Consult && parties(b) == 2 && b.mode == e.mode && b.historical == e.historical
        };
        let shares =
            |b: &&Event| e.actors.iter().all(|x| b.actors.iter().chain(&b.recipients).any(|y| y.country == x.country));
        if let Some(first) = before.iter().rev().filter(same_kind).find(shares) {
            e.actors.clone_from(&first.actors);
            e.recipients.clone_from(&first.recipients);
            e.third_parties.clone_from(&first.third_parties);
        }
    }
}

fn parties(e: &Event) -> usize {
    e.actors.len() + e.recipients.len()
}

fn is_definite_noun(r: &Reading, head: usize) -> bool {
    let noun = r.a.tokens[head].upos == Upos::Noun;
    let definite = |c: usize| {
        matches!(r.a.tokens[c].lemma.to_lowercase().as_str(), "the" | "this" | "that" | "these")
            || r.a.tokens[c].rel == Rel::NmodPoss
    };
    noun && r.a.children(head).any(definite)
}
