//! Which frames of the codebook fire on which words.

use crate::codebook::{Codebook, Frame, TriggerPos};
use crate::tree::{self, Slot};
use dateline_annotate::{Annotation, Rel, Upos};
use std::collections::BTreeMap;

/// A frame that fires.
#[derive(Clone, Debug)]
pub struct FrameHit<'b> {
    /// The frame.
    pub frame: &'b Frame,
    /// The word that carries its lemma.
    pub predicate: usize,
    /// The word that is the event's trigger: the predicate, or the noun of a light verb.
    pub trigger: usize,
    /// Number of conditions it fulfilled.
    pub conditions: usize,
}

/// The part of speech under which the codebook looks a word up.
pub fn trigger_pos(upos: Upos) -> Option<TriggerPos> {
    match upos {
        Upos::Verb => Some(TriggerPos::Verb),
        Upos::Noun | Upos::Propn => Some(TriggerPos::Noun),
        Upos::Adj | Upos::Adv => Some(TriggerPos::Adjective),
        _ => None,
    }
}

/// Every frame whose conditions are met, word by word.
pub fn fitting<'b>(book: &'b Codebook, a: &Annotation, text: &str) -> Vec<FrameHit<'b>> {
    let mut hits: Vec<FrameHit<'b>> = Vec::new();
    for (predicate, token) in a.tokens.iter().enumerate() {
        // "March" in a date is no march.
        let dated = || a.times.iter().any(|t| t.span.contains(token.span));
        let Some(pos) = trigger_pos(token.upos).filter(|_| token.upos != Upos::Propn || !dated()) else { continue };
        let mut slots = None;
        for frame in book.candidates(&token.lemma, pos) {
            let slots = slots.get_or_insert_with(|| tree::slots(a, text, predicate));
            if let Some((trigger, conditions)) = fits(frame, a, predicate, slots) {
                hits.push(FrameHit { frame, predicate, trigger, conditions });
            }
        }
    }
    hits
}

/// The best frame of every (trigger, type) in the report: most conditions first, then weight.
pub fn fire<'b>(book: &'b Codebook, a: &Annotation, text: &str) -> Vec<FrameHit<'b>> {
    let mut hits = fitting(book, a, text);
    let rank = |h: &FrameHit| (h.conditions, (h.frame.weight * 1000.0) as u32);
    hits.sort_by(|x, y| {
        (x.trigger, x.frame.kind)
            .cmp(&(y.trigger, y.frame.kind))
            .then(rank(y).cmp(&rank(x)))
            .then(x.frame.name.cmp(&y.frame.name))
    });
    hits.dedup_by(|later, earlier| later.trigger == earlier.trigger && later.frame.kind == earlier.frame.kind);
    // "agreed to release" is more than "agreed": of several types on one word the frame that asks most speaks.
    let mut strictest: BTreeMap<usize, usize> = BTreeMap::new();
    for h in hits.iter().filter(|h| h.frame.weight >= SURE) {
        let most = strictest.entry(h.trigger).or_default();
        *most = h.conditions.max(*most);
    }
    hits.retain(|h| strictest.get(&h.trigger).is_none_or(|most| *most <= h.conditions));
    hits
}

/// Whether a frame's conditions are met at some word.
pub fn fires(frame: &Frame, a: &Annotation, text: &str) -> bool {
    (0..a.tokens.len()).any(|i| {
        let trigger = trigger_pos(a.tokens[i].upos).map(|pos| (pos, a.tokens[i].lemma.to_lowercase()));
        trigger.is_some_and(|t| frame.triggers.contains(&t)) && fits(frame, a, i, &tree::slots(a, text, i)).is_some()
    })
}

/// Weight from which a frame silences frames of other types that ask less.
const SURE: f32 = 0.6;

/// The objects of a predicate that a frame asks for by name.
pub fn asked_nouns(a: &Annotation, frame: &Frame, predicate: usize) -> Vec<usize> {
    let named = |i: &usize| {
        let lemma = a.tokens[*i].lemma.to_lowercase();
        let object = matches!(a.tokens[*i].rel, Rel::Obj | Rel::NsubjPass);
        object && frame.need.iter().any(|(_, lemmas)| lemmas.contains(&lemma))
    };
    a.children(predicate).filter(named).collect()
}

fn fits(frame: &Frame, a: &Annotation, predicate: usize, slots: &[(Slot, usize)]) -> Option<(usize, usize)> {
    // "called him on Friday": a time fills no slot that may hold anything.
    let timed =
        |s: &Slot, w: usize| matches!(s, Slot::Prep(_)) && a.times.iter().any(|t| t.span.overlaps(a.tokens[w].span));
    let filled = |slot: &Slot, lemmas: &[String]| {
        slots.iter().find(|(s, filler)| {
            let holds = |l: &String| l == "*" && !timed(s, *filler) || *l == a.tokens[*filler].lemma.to_lowercase();
            s == slot && lemmas.iter().any(holds)
        })
    };
    if !frame.particles.is_empty() {
        let named = |c: usize| frame.particles.iter().any(|p| *p == a.tokens[c].lemma.to_lowercase());
        let particle = |c: usize| matches!(a.tokens[c].rel, Rel::CompoundPrt | Rel::Advmod) && named(c);
        // "walked out of the talks": the particle may be read as a part of the preposition.
        let before_preposition = |c: usize| {
            let case = |i: usize| a.tokens.get(i).is_some_and(|t| t.rel == Rel::Case && t.head == a.tokens[c].head);
            case(c) && case(c + 1) && a.tokens[c].head.and_then(|h| a.tokens[h].head) == Some(predicate) && named(c)
        };
        let next = predicate + 1;
        if !(a.children(predicate).any(particle) || next < a.tokens.len() && before_preposition(next)) {
            return None;
        }
    }
    if frame.need.iter().any(|(slot, lemmas)| filled(slot, lemmas).is_none())
        || frame.deny.iter().any(|(slot, lemmas)| filled(slot, lemmas).is_some())
    {
        return None;
    }
    let trigger = match &frame.trigger_slot {
        None => predicate,
        Some(slot) => {
            let any = ["*".to_owned()];
            let lemmas = frame.need.iter().find(|(s, _)| s == slot).map_or(&any[..], |(_, l)| l);
            filled(slot, lemmas)?.1
        }
    };
    Some((trigger, frame.asks()))
}
