//! What parties want, offer, accept or refuse: read off the events that say so, with the issues their content names.

use crate::coder::Reading;
use crate::talk::TalkWords;
use crate::tree;
use dateline_annotate::{Annotation, Rel, Upos};
use dateline_report::{Actor, Event, EventType, Issue, Position, Stance, Status};
use std::ops::Range;

/// The positions that events tell; `heads` are the events' head words. A position on none of the listed issues counts only in a
/// report `about` a negotiation: elsewhere every request would be one.
pub(crate) fn find(r: &Reading, words: &TalkWords, events: &[Event], heads: &[usize], about: bool) -> Vec<Position> {
    let mut out: Vec<Position> = Vec::new();
    for (e, &head) in events.iter().zip(heads) {
        let Some(stance) = stance(r, words, e, head) else { continue };
        if e.historical && e.kind != EventType::Request {
            continue;
        }
        for (issue, range) in issues(r, words, e, head, about) {
            let span = tree::span_of(r.a, &trimmed(r.a, range));
            let text = span.text(r.text).unwrap_or_default();
            for party in &e.actors {
                let same = |p: &Position| {
                    p.party.country == party.country
                        && p.party.sector == party.sector
                        && p.stance == stance
                        && p.issue == issue
                        && e.sentence.span.contains(p.span)
                };
                if party.country.is_none() && party.sector.is_none() || out.iter().any(same) {
                    continue;
                }
                out.push(Position {
                    party: party.clone(),
                    toward: e.recipients.first().cloned(),
                    stance,
                    issue,
                    source: e.source.clone(),
                    text: text.to_owned(),
                    span,
                });
            }
        }
    }
    out
}

/// The stance that an event takes; none when it takes none. What is denied turns round: not to agree is to refuse.
fn stance(r: &Reading, words: &TalkWords, e: &Event, head: usize) -> Option<Stance> {
    let lemma = r.a.tokens[head].lemma.to_lowercase();
    let said = words.stance(&lemma);
    let own = |x: &Actor, y: &Actor| {
        x.country.is_some() && x.country == y.country && x.sector.as_deref() == Some("GOV") && y.sector == x.sector
    };
    let plain = match e.kind {
        // What a government orders its own to do it offers the others.
        EventType::Request if e.actors.iter().any(|x| e.recipients.iter().any(|y| own(x, y))) => Stance::Offer,
        EventType::Request => Stance::Demand,
        EventType::Agree => said.filter(|s| matches!(s, Stance::Offer | Stance::Accept)).unwrap_or(Stance::Accept),
        EventType::Concede => said.filter(|s| *s == Stance::Accept).unwrap_or(Stance::Offer),
        // The denial of an accusation has no mode and refuses nothing.
        EventType::Reject if e.mode.is_some() || said == Some(Stance::Refuse) => Stance::Refuse,
        _ => return None,
    };
    match (plain, e.status) {
        (Stance::Demand, Status::Negated) => None,
        (Stance::Refuse, Status::Negated) => {
            Some(if said == Some(Stance::Refuse) { Stance::Offer } else { Stance::Refuse })
        }
        (_, Status::Negated) => Some(Stance::Refuse),
        (s, _) => Some(s),
    }
}

/// The issues that the content of an event names, each with its words.
fn issues(r: &Reading, words: &TalkWords, e: &Event, head: usize, about: bool) -> Vec<(Issue, Range<usize>)> {
    let mut out: Vec<(Issue, Range<usize>)> = Vec::new();
    let contents = contents(r, words, e.kind, head);
    for segment in contents.iter().flat_map(|c| segments(r.a, c.clone())) {
        let Some((issue, at)) = words.issue(r.a, r.text, segment.clone()) else { continue };
        // Whether somebody comes to a meeting is a position on talks only where the talks are what it is all about.
        let idle = issue == Issue::Talks && !about && e.kind != EventType::Request;
        if !idle && !out.iter().any(|x| x.0 == issue) {
            out.push((issue, segment.start.min(at.start)..segment.end));
        }
    }
    // A plain refusal or offer by a government or an armed group is a position wherever it is told.
    let lemma = r.a.tokens[head].lemma.to_lowercase();
    let plain = words.is_plain(&lemma) && e.actors.iter().any(|x| matches!(x.sector.as_deref(), Some("GOV" | "REB")));
    if out.is_empty()
        && (about || plain)
        && let Some(content) = contents.first()
    {
        out.push((Issue::Other, content.clone()));
    }
    out
}

/// What is demanded, offered, accepted or refused: the clauses and objects under the head.
fn contents(r: &Reading, words: &TalkWords, kind: EventType, head: usize) -> Vec<Range<usize>> {
    let a = r.a;
    let clausal = |rel: Rel| matches!(rel, Rel::Xcomp | Rel::Ccomp | Rel::Acl | Rel::Csubj);
    let clause = a.children(head).any(|c| clausal(a.tokens[c].rel));
    let mut out: Vec<Range<usize>> = Vec::new();
    for c in a.children(head) {
        let keep = match a.tokens[c].rel {
            // "agreed that it is late" accepts nothing.
            Rel::Ccomp if kind == EventType::Agree => false,
            rel if clausal(rel) => true,
            // With a clause the object is the one addressed: "urged Israel to withdraw".
            Rel::Obj => !clause,
            Rel::Obl | Rel::Nmod => tree::preposition(a, r.text, c).is_some_and(|p| words.content_preposition(&p)),
            Rel::Advcl => {
                c > head && a.children(c).any(|m| a.tokens[m].rel == Rel::Mark && a.tokens[m].upos == Upos::Part)
            }
            Rel::NsubjPass => true,
            Rel::Compound | Rel::Amod => a.tokens[head].upos == Upos::Noun,
            _ => false,
        };
        if keep {
            out.push(tree::subtree(a, c));
        }
    }
    let opinion = kind == EventType::Agree && clause;
    if out.is_empty() && !opinion || a.tokens[head].upos == Upos::Aux {
        // "must allow access": the demand is the clause itself.
        let clause = tree::subtree(a, a.tokens[head].head.filter(|_| a.tokens[head].upos == Upos::Aux).unwrap_or(head));
        if clause.len() > 1 {
            out.push(clause);
        }
    }
    out
}

/// The parts of a content that are coordinated: "cease bombing | and renew talks".
fn segments(a: &Annotation, content: Range<usize>) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = content
        .clone()
        .filter(|&i| a.tokens[i].rel == Rel::Conj && a.tokens[i].head.is_some_and(|h| content.contains(&h)))
        .map(|i| tree::subtree(a, i).start)
        .filter(|&s| s > content.start)
        .collect();
    starts.insert(0, content.start);
    starts.dedup();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([content.end]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(s, e)| s..e).filter(|r| !r.is_empty()).collect()
}

/// Without conjunctions and punctuation at the edges.
fn trimmed(a: &Annotation, mut range: Range<usize>) -> Range<usize> {
    let edge = |i: usize| matches!(a.tokens[i].upos, Upos::Punct | Upos::Cconj);
    while range.len() > 1 && edge(range.end - 1) {
        range.end -= 1;
    }
    while range.len() > 1 && edge(range.start) {
        range.start += 1;
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::testing::{annotation, reading};

    #[test]
    fn a_demand_for_two_things_names_two_issues() {
        let (text, a) = annotation(
            "
            He he PRON 2 nsubj
            urged urge VERB 0 root
            Israel Israel PROPN 2 obj
            to to PART 5 mark
            stop stop VERB 2 xcomp
            the the DET 7 det
            bombing bombing NOUN 5 obj
            and and CCONJ 10 cc
            to to PART 10 mark
            renew renew VERB 5 conj
            talks talk NOUN 10 obj
            =. . PUNCT 2 punct",
        );
        let words = TalkWords::from_toml(data::ISSUES, data::ASSESSMENTS).unwrap();
        let r = reading(&text, &a);
        let parts: Vec<Range<usize>> =
            contents(&r, &words, EventType::Request, 1).into_iter().flat_map(|c| segments(&a, c)).collect();
        let issues: Vec<Issue> = parts.iter().filter_map(|p| words.issue(&a, &text, p.clone()).map(|x| x.0)).collect();
        assert_eq!(issues, [Issue::Ceasefire, Issue::Talks]);
        assert_eq!(tree::span_of(&a, &trimmed(&a, parts[1].clone())).text(&text), Some("to renew talks"));
    }
}
