//! What parties want, offer, accept or refuse, with the issues their words name: read off the events that say so and off predicates
//! of readiness, wish and objection that are no events.

mod claims;
mod content;
mod stances;

pub use stances::StanceWords;

use crate::coder::Reading;
use crate::talk::TalkWords;
use crate::tree;
use claims::Claim;
use dateline_annotate::{Rel, Upos};
use dateline_report::{Actor, Event, EventType, Issue, Position, Stance};
use std::ops::Range;

/// What the search goes by.
#[derive(Clone, Copy)]
pub(crate) struct Words<'w> {
    pub(crate) talk: &'w TalkWords,
    pub(crate) stances: &'w StanceWords,
    pub(crate) status: &'w crate::lexicon::StatusCues,
}

/// The positions of a report; `heads` are the events' head words. A position on none of the listed issues counts only in a
/// report `about` a negotiation: elsewhere every request would be one.
pub(crate) fn find(r: &Reading, words: Words, events: &[Event], heads: &[usize], about: bool) -> Vec<Position> {
    let mut out: Vec<(Position, usize)> = Vec::new();
    for claim in claims::find(r, words, events, heads) {
        let sentence = r.a.sentence_of(claim.head);
        for (issue, range) in issues(r, words, &claim, &out, about) {
            let span = tree::span_of(r.a, &content::trimmed(r.a, range));
            for party in &claim.parties {
                let same = |(p, s): &(Position, usize)| {
                    *s == sentence && is_side(&p.party, party) && p.stance == claim.stance && p.issue == issue
                };
                if party.country.is_none() && party.sector.is_none() || out.iter().any(same) {
                    continue;
                }
                let position = Position {
                    party: party.clone(),
                    toward: claim.toward.clone(),
                    stance: claim.stance,
                    issue,
                    source: claim.source.clone(),
                    text: span.text(r.text).unwrap_or_default().to_owned(),
                    span,
                };
                out.push((position, sentence));
            }
        }
    }
    told_once(r, out)
}

/// Whether two actors stand for one side.
fn is_side(x: &Actor, y: &Actor) -> bool {
    x.country == y.country && x.sector == y.sector
}

/// Without what a headline says of a position that the report itself tells.
fn told_once(r: &Reading, all: Vec<(Position, usize)>) -> Vec<Position> {
    let told = |p: &Position, s: usize| {
        r.a.sentences[s].headline
            && all.iter().any(|(q, t)| {
                *t > s && q.stance == p.stance && q.issue == p.issue && q.party.country == p.party.country
            })
    };
    let keep: Vec<bool> = all.iter().map(|(p, s)| !told(p, *s)).collect();
    all.into_iter().zip(keep).filter(|(_, k)| *k).map(|((p, _), _)| p).collect()
}

/// The issues that a claim names, each with its words.
fn issues(
    r: &Reading,
    words: Words,
    claim: &Claim,
    before: &[(Position, usize)],
    about: bool,
) -> Vec<(Issue, Range<usize>)> {
    let mut out: Vec<(Issue, Range<usize>)> = Vec::new();
    let word = |i: usize| r.a.tokens[i].span.text(r.text).unwrap_or_default().to_lowercase();
    let essential = |c: &Range<usize>| {
        // "to lift the sanctions if they sign": the condition is not what is offered.
        let conditional = |i: usize| r.a.tokens[i].rel == Rel::Mark && words.status.conditionals.contains(&word(i));
        let example =
            c.clone().skip(1).find(|&i| words.stances.gives_examples(&word(i)) || i > c.start + 1 && conditional(i));
        c.start..example.unwrap_or(c.end)
    };
    for segment in claim.contents.iter().flat_map(|c| content::segments(r.a, essential(c))) {
        let Some((issue, at)) = named(r, words, segment.clone()) else { continue };
        // Whether somebody comes to a meeting is a position on talks only where the talks are what it is all about.
        let idle = issue == Issue::Talks && !about && claim.kind.is_some_and(|k| k != EventType::Request);
        let idle = idle || claim.wish && issue != Issue::Talks;
        if !idle && !out.iter().any(|x| x.0 == issue) {
            out.push((issue, segment.start.min(at.start)..segment.end));
        }
    }
    if !out.is_empty() {
        return out;
    }
    if let Some((issue, words)) = taken_up(r, words, claim, before) {
        return vec![(issue, words)];
    }
    // One word names nothing to negotiate about.
    let content = claim.contents.iter().find(|c| c.len() > 1);
    // "called for real coordination" asks nobody for anything.
    let vague = claim.stance == Stance::Demand && claim.toward.is_none() && !content.is_some_and(|c| has_verb(r, c));
    let other = claim.other || about && (claim.kind.is_some() && !vague || claim.intends);
    if let Some(content) = content.filter(|_| other) {
        out.push((Issue::Other, essential(content)));
    }
    out
}

fn has_verb(r: &Reading, content: &Range<usize>) -> bool {
    content.clone().any(|i| r.a.tokens[i].upos == Upos::Verb)
}

/// The issue that a stretch of content names. A deal is taken or left as a whole, whatever its terms.
fn named(r: &Reading, words: Words, segment: Range<usize>) -> Option<(Issue, Range<usize>)> {
    let a = r.a;
    let head = segment.clone().find(|&i| a.tokens[i].head.is_none_or(|h| !segment.contains(&h)))?;
    let terms = a.children(head).find(|&c| a.tokens[c].rel == Rel::AclRelcl);
    let whole = match terms.filter(|_| words.talk.names_talks(a, r.text, head)) {
        Some(clause) => segment.start..tree::subtree(a, clause).start.max(segment.start),
        None => segment,
    };
    words.talk.issue(a, r.text, whole)
}

/// The issue of what is only taken up: "the king agreed" answers what was asked for, "against this idea" what was said before.
fn taken_up(r: &Reading, words: Words, claim: &Claim, before: &[(Position, usize)]) -> Option<(Issue, Range<usize>)> {
    let s = r.a.sentence_of(claim.head);
    let own = claim.head..claim.head + 1;
    let answers = matches!(claim.stance, Stance::Accept | Stance::Refuse);
    if claim.contents.is_empty() && answers {
        let asked = before.iter().rev().find(|(p, t)| {
            t + 1 >= s
                && matches!(p.stance, Stance::Demand | Stance::Offer)
                && !claim.parties.iter().any(|x| x.country == p.party.country)
        });
        return asked.map(|(p, _)| (p.issue, own));
    }
    let pointing = |i: usize| {
        let t = &r.a.tokens[i];
        match t.upos {
            Upos::Pron => true,
            Upos::Noun => words.stances.is_anaphor(&t.lemma.to_lowercase()),
            Upos::Det | Upos::Adp | Upos::Punct | Upos::Part => true,
            _ => false,
        }
    };
    let content = claim.contents.first()?.clone();
    if !content.clone().all(pointing) {
        return None;
    }
    // The nearest issue that was named before.
    let sentences = &r.a.sentences;
    let here = sentences[s].tokens.start..claim.head;
    let earlier = (s.saturating_sub(2)..s).rev().map(|p| sentences[p].tokens.clone());
    std::iter::once(here)
        .chain(earlier)
        .find_map(|tokens| words.talk.issue(r.a, r.text, tokens))
        .map(|(issue, _)| (issue, content.start.min(claim.head)..content.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::lexicon::StatusCues;
    use crate::testing::{annotation, reading};

    /// Country, stance and issue of each position that needs no event.
    fn taken(lines: &str) -> Vec<(String, Stance, Issue)> {
        let (text, a) = annotation(lines);
        let talk = TalkWords::from_toml(data::ISSUES, data::ASSESSMENTS).unwrap();
        let stances = StanceWords::from_toml(data::POSITIONS).unwrap();
        let status = StatusCues::from_toml(data::STATUS).unwrap();
        let words = Words { talk: &talk, stances: &stances, status: &status };
        find(&reading(&text, &a), words, &[], &[], false)
            .into_iter()
            .map(|p| (p.party.country.unwrap_or_default(), p.stance, p.issue))
            .collect()
    }

    const READY: &str = "
        Syria Syria PROPN 3 nsubj GPE
        is be AUX 3 cop
        ready ready ADJ 0 root
        to to PART 5 mark
        free free VERB 3 xcomp
        prisoners prisoner NOUN 5 obj Number=Plur";

    #[test]
    fn readiness_offers_and_its_denial_refuses() {
        assert_eq!(taken(READY), [("SYR".to_owned(), Stance::Offer, Issue::Release)]);
        let denied = "
            Syria Syria PROPN 4 nsubj GPE
            is be AUX 4 cop
            not not PART 4 advmod
            ready ready ADJ 0 root
            to to PART 6 mark
            free free VERB 4 xcomp
            prisoners prisoner NOUN 6 obj Number=Plur";
        assert_eq!(taken(denied), [("SYR".to_owned(), Stance::Refuse, Issue::Release)]);
    }

    #[test]
    fn what_is_only_supposed_or_believed_is_no_position() {
        let supposed = "
            If if SCONJ 4 mark
            Syria Syria PROPN 4 nsubj GPE
            is be AUX 4 cop
            ready ready ADJ 0 root
            to to PART 6 mark
            free free VERB 4 xcomp
            prisoners prisoner NOUN 6 obj Number=Plur";
        assert_eq!(taken(supposed), []);
        let believed = "
            Analysts analyst NOUN 2 nsubj Number=Plur
            believe believe VERB 0 root
            Syria Syria PROPN 5 nsubj GPE
            is be AUX 5 cop
            ready ready ADJ 2 ccomp
            to to PART 7 mark
            free free VERB 5 xcomp
            prisoners prisoner NOUN 7 obj Number=Plur";
        assert_eq!(taken(believed), []);
    }

    #[test]
    fn an_answer_has_the_issue_of_what_was_asked() {
        let lines = "
            Syria Syria PROPN 3 nsubj GPE
            is be AUX 3 cop
            ready ready ADJ 0 root
            to to PART 5 mark
            free free VERB 3 xcomp
            prisoners prisoner NOUN 5 obj Number=Plur
            =. . PUNCT 3 punct

            Turkey Turkey PROPN 2 nsubj GPE
            agreed agree VERB 0 root
            =. . PUNCT 2 punct";
        let found = taken(lines);
        assert_eq!(found.last(), Some(&("TUR".to_owned(), Stance::Accept, Issue::Release)), "{found:?}");
    }
}
