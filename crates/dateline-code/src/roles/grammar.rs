//! The part that the grammar of an event gives each word: the slots of its predicate, and what frame and type make of them.

use super::Weights;
use crate::candidates::Candidate;
use crate::codebook::{Codebook, Part};
use crate::frames::{self, trigger_pos};
use crate::lexicon::Carriers;
use crate::mentions::Mentions;
use crate::tree::{self, Slot};
use dateline_annotate::{Annotation, Rel, Upos};
use std::collections::BTreeMap;

/// The part that grammar gives a word, and how firmly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tie {
    pub(super) part: Part,
    pub(super) bonus: f32,
}

/// The part that grammar gives each filler of the candidate's slots.
pub(super) fn ties(
    book: &Codebook,
    a: &Annotation,
    text: &str,
    c: &Candidate,
    carriers: &Carriers,
    w: Weights,
) -> BTreeMap<usize, Tie> {
    let mut out = BTreeMap::new();
    let empty = BTreeMap::new();
    let defaults = |word: usize| {
        trigger_pos(a.tokens[word].upos).and_then(|pos| book.default_parts(c.kind, pos)).unwrap_or(&empty)
    };
    let tie = |part: Part, slot: &Slot| {
        let bonus = match (c.frame, slot) {
            (None, _) => w.slot,
            // Only a frame that knows says that its subject stands between the sides.
            (Some(_), _) if part == Part::ThirdParty => 1.2,
            // Nothing else than the sides stands under these.
            (Some(_), Slot::Prep(p)) if matches!(p.as_str(), "between" | "by") => 1.0,
            // What the frame itself says of a slot is firmer than what its type says.
            (Some(f), _) if f.own.contains(slot) => w.own,
            (Some(_), Slot::Prep(_)) => w.marked,
            (Some(_), _) => w.framed,
        };
        Tie { part, bonus }
    };
    let own = c.frame.map_or_else(|| defaults(c.predicate), |f| &f.parts);
    for (slot, filler) in tree::slots(a, text, c.predicate) {
        if filler != c.head {
            out.entry(filler).or_insert_with(|| tie(part_of(own, &slot), &slot));
        }
    }
    // "signed a treaty WITH Chile": the phrase hangs on the noun that the frame asks for, the part is in the frame's act.
    for noun in c.frame.map(|f| frames::asked_nouns(a, f, c.predicate)).unwrap_or_default() {
        for (slot, filler) in tree::slots(a, text, noun) {
            if matches!(slot, Slot::Prep(_)) && own.contains_key(&slot) {
                out.entry(filler).or_insert_with(|| tie(part_of(own, &slot), &slot));
            }
        }
    }
    if c.predicate != c.head {
        // A light verb's noun brings participants of its own: "held talks with Egypt".
        for (slot, filler) in tree::slots(a, text, c.head) {
            out.entry(filler).or_insert_with(|| {
                tie(part_of(if own.contains_key(&slot) { own } else { defaults(c.head) }, &slot), &slot)
            });
        }
    } else if let Some(carrier) = light_carrier(a, c.head, carriers) {
        // A noun without a frame under a verb: its subject acts ("engaged in discussions").
        for (slot, filler) in tree::slots(a, text, carrier) {
            if filler != c.head && matches!(slot, Slot::Subject | Slot::Prep(_)) {
                let part = if slot == Slot::Subject { Part::Actor } else { part_of(defaults(c.head), &slot) };
                out.entry(filler).or_insert(tie(part, &slot));
            }
        }
    }
    // "Aid that is sent to Chile", "the siege laid by rebels": what the clause on the noun says of its act.
    for verb in passive_clauses(a, c.head) {
        for (slot, filler) in tree::slots(a, text, verb) {
            let part = match slot {
                Slot::Subject => Part::Actor,
                Slot::Prep(_) => part_of(defaults(c.head), &slot),
                _ => Part::None,
            };
            if filler != c.head && part != Part::None {
                out.entry(filler).or_insert(tie(part, &slot));
            }
        }
    }
    out
}

/// Passive clauses on a noun whose verbs are no acts of their own.
fn passive_clauses(a: &Annotation, noun: usize) -> impl Iterator<Item = usize> {
    let nominal = a.tokens[noun].upos == Upos::Noun;
    a.children(noun).filter(move |&c| {
        let token = &a.tokens[c];
        let clause = matches!(token.rel, Rel::Acl | Rel::AclRelcl) && token.upos == Upos::Verb;
        nominal && clause && tree::is_passive(a, c) && token.event.none > 0.5
    })
}

/// "condemned Iran's attacks", "protests against his rule": what is done to a thing is done to whose it is.
pub(super) fn pass_on(a: &Annotation, mentions: &Mentions, parts: &mut BTreeMap<usize, Tie>) {
    let things: Vec<(usize, Tie)> = parts
        .iter()
        .filter(|(i, p)| p.part == Part::Recipient && a.tokens[**i].upos == Upos::Noun && mentions.at(**i).is_none())
        .map(|(i, p)| (*i, *p))
        .collect();
    for (thing, part) in things {
        let owner = |c: &usize| matches!(a.tokens[*c].rel, Rel::NmodPoss | Rel::Compound) && mentions.at(*c).is_some();
        // "withdrew its troops": who acts is not done to.
        let acts = |c: &usize| {
            let who = mentions.at(*c).map(|m| m.actor.span);
            let same = |i: &usize| mentions.at(*i).map(|m| m.actor.span) == who;
            parts.iter().any(|(i, t)| t.part == Part::Actor && same(i))
        };
        let owners: Vec<usize> = a.children(thing).filter(owner).filter(|c| !acts(c)).collect();
        for c in owners {
            parts.entry(c).or_insert(part);
        }
    }
}

fn part_of(parts: &BTreeMap<Slot, Part>, slot: &Slot) -> Part {
    parts.get(slot).copied().unwrap_or(Part::None)
}

/// The verb that merely carries a noun trigger: it governs the noun as its object or under "in".
fn light_carrier(a: &Annotation, noun: usize, carriers: &Carriers) -> Option<usize> {
    let head = a.tokens[noun].head?;
    let verb = a.tokens[head].upos == Upos::Verb
        && a.tokens[head].event.none > 0.5
        && carriers.verbs.contains(&a.tokens[head].lemma.to_lowercase());
    (verb && matches!(a.tokens[noun].rel, Rel::Obj | Rel::Obl)).then_some(head)
}
