//! What parties want, offer, accept or refuse: read off the events that say so, with the issue their words name.

use crate::coder::Reading;
use crate::talk::TalkWords;
use crate::tree;
use dateline_report::{Event, EventType, Issue, Position, Stance, Status};

/// The positions that events tell; `heads` are the events' head words.
pub(crate) fn find(r: &Reading, words: &TalkWords, events: &[Event], heads: &[usize]) -> Vec<Position> {
    let mut out: Vec<Position> = Vec::new();
    for (e, &head) in events.iter().zip(heads) {
        let stance = match e.kind {
            EventType::Request => Stance::Demand,
            EventType::Agree => Stance::Accept,
            EventType::Concede => Stance::Offer,
            EventType::Reject => Stance::Refuse,
            _ => continue,
        };
        if e.status == Status::Negated || e.historical && e.kind != EventType::Request {
            continue;
        }
        let clause = tree::subtree(r.a, head);
        let found = words.issue(r.a, r.text, head + 1..clause.end.max(head + 1)).or_else(|| words.issue(r.a, r.text, clause.clone()));
        // Requests on no listed issue are positions too ("other"); bare agreement or refusal is not.
        let (issue, at) = match found {
            Some((issue, at)) => (issue, at),
            None if e.kind == EventType::Request && clause.end > head + 2 => (Issue::Other, head + 1..clause.end),
            None => continue,
        };
        let Some(party) = e.actors.first() else { continue };
        let span = tree::span_of(r.a, &(at.start.min(clause.end - 1).max(clause.start)..clause.end.max(at.end)));
        out.push(Position {
            party: party.clone(),
            toward: e.recipients.first().cloned(),
            stance,
            issue,
            source: e.source.clone(),
            text: span.text(r.text).unwrap_or_default().trim_end_matches(['.', ',']).to_owned(),
            span,
        });
    }
    out
}
