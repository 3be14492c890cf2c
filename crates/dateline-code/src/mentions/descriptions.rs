//! Whom a definite description or a repeated name takes up.

use super::kinds::{self, Kind};
use super::referents::{Entity, Referents, initials};
use super::{Mention, Mentions, word};
use crate::tree;
use dateline_annotate::{Rel, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// What speaks for and against an earlier phrase as that which a description takes up; `least` of it makes a link.
struct Weights {
    /// The same noun: "the suspect" of "a suspect".
    noun: f32,
    /// The office that somebody was said to hold: "the minister".
    holder: f32,
    /// A word for the sort of thing that a name is of: "the group", "the city"; never a state, which is an actor and no town.
    sort: f32,
    /// A noun of the person's gender: "the woman".
    gender: f32,
    /// Nothing but article and noun: it can only be understood from before.
    bare: f32,
    /// Each further word that the earlier phrase has as well.
    shared: f32,
    /// Each further word that it has not.
    new: f32,
    /// Each sentence back.
    sentence: f32,
    /// The logarithm of how often it was told of.
    told: f32,
    least: f32,
}

const WEIGHTS: Weights = Weights {
    noun: 2.5,
    holder: 2.5,
    sort: 1.8,
    gender: 1.4,
    bare: 0.4,
    shared: 0.5,
    new: -1.2,
    sentence: -0.12,
    told: 0.2,
    least: 1.5,
};

/// How many phrases back a description looks.
const REACH: usize = 120;

impl Referents<'_> {
    /// The entity that a phrase takes up, by its name or by what it says.
    pub(super) fn earlier(&self, head: usize, mention: Option<&Mention>, found: &Mentions) -> Option<usize> {
        match self.s.a.tokens[head].upos {
            Upos::Propn => self.of_name(head, mention, found),
            Upos::Noun if self.is_definite(head) => self.of_description(head, mention, found),
            _ => None,
        }
    }

    /// Whether an article or demonstrative says that the phrase is known.
    pub(super) fn is_definite(&self, head: usize) -> bool {
        let s = &self.s;
        s.a.children(head).any(|c| {
            s.a.tokens[c].rel == Rel::Det
                && matches!(word(s.a, s.text, c).to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
        })
    }

    fn of_name(&self, head: usize, mention: Option<&Mention>, found: &Mentions) -> Option<usize> {
        let name = self.name_of(head);
        let x = kinds::of(&self.s, head, mention);
        let capitals = word(self.s.a, self.s.text, head).replace('.', "");
        let capitals = Some(capitals.to_lowercase())
            .filter(|_| name.len() == 1 && capitals.len() > 1 && capitals.chars().all(char::is_uppercase));
        // "Sudan" is not South Sudan.
        let part = |short: &[String], long: &[String]| {
            !short.is_empty()
                && short.iter().all(|w| long.contains(w))
                && (x.kind != Kind::Place || short.len() == long.len())
        };
        let fits = |e: &Entity| {
            let y = e.agreement;
            let kinds = x.kind.may_be(y.kind) || x.kind == Kind::Open || y.kind == Kind::Open;
            let gender = !(x.sure && y.sure) || x.gender.is_none() || y.gender.is_none() || x.gender == y.gender;
            let longer = x.kind == Kind::Person && part(&e.name, &name) && name.last() == e.name.last();
            let named = part(&name, &e.name)
                || longer
                || e.name.len() > 1 && capitals.as_ref().is_some_and(|c| *c == initials(&e.name));
            kinds && gender && named && !other_country(mention, e, found)
        };
        // Whatever fits ends in the same word, has it, or is what the capitals stand for.
        let of = |words: &BTreeMap<String, BTreeSet<usize>>, key: Option<&String>| {
            key.and_then(|k| words.get(k)).cloned().unwrap_or_default()
        };
        let mut near = of(&self.by_word, name.last());
        near.extend(of(&self.by_initials, capitals.as_ref()));
        near.into_iter().filter(|&i| fits(&self.entities[i])).max_by_key(|&i| self.entities[i].full)
    }

    fn of_description(&self, head: usize, mention: Option<&Mention>, found: &Mentions) -> Option<usize> {
        let mut near: Vec<usize> = self.all.iter().rev().take(REACH).map(|r| r.entity).collect();
        near.sort_unstable();
        near.dedup();
        let scored =
            near.into_iter().filter_map(|i| Some((self.describe(head, mention, &self.entities[i], found)?, i)));
        let best = scored.filter(|x| x.0 >= WEIGHTS.least).reduce(|x, y| {
            let later = self.entities[y.1].full > self.entities[x.1].full;
            if y.0 > x.0 || y.0 >= x.0 && later { y } else { x }
        });
        best.map(|x| x.1)
    }

    fn describe(&self, head: usize, mention: Option<&Mention>, e: &Entity, found: &Mentions) -> Option<f32> {
        let w = &WEIGHTS;
        let (a, know) = (self.s.a, self.s.knowledge);
        let lemma = a.tokens[head].lemma.to_lowercase();
        let x = kinds::of(&self.s, head, mention);
        let y = e.agreement;
        // States are mentions of actors; "the town" is none of them.
        let town = know.is_kind(&lemma) && y.kind == Kind::Place && e.actor.is_none();
        let kinds = x.kind.may_be(y.kind) || x.kind == Kind::Thing && y.kind == Kind::Person;
        if !kinds || x.many != y.many || x.gender.is_some() && y.sure && x.gender != y.gender {
            return None;
        }
        let known = e.actor.and_then(|h| found.at(h));
        if other_country(mention, e, found) {
            return None;
        }
        let role = mention.and_then(|m| m.actor.role.as_deref());
        let holds = |r: &str| {
            known.and_then(|m| m.actor.role.as_deref()).is_some_and(|k| k == r || k.ends_with(&format!(" {r}")))
        };
        let general = know.role(&lemma).is_some_and(|r| !r.person && r.sector.is_none());
        let named = !e.name.is_empty();
        let own = if e.nouns.contains(&lemma) {
            w.noun
        } else if named && y.kind == Kind::Person && role.is_some_and(holds) {
            w.holder
        } else if named && (general && y.kind == Kind::Body || town) {
            w.sort
        } else if named && x.gender.is_some() && x.gender == y.gender {
            w.gender
        } else {
            return None;
        };
        let far = a.sentence_of(head) - a.sentence_of(e.full);
        Some(own + self.further(head, e) + w.sentence * far as f32 + w.told * (e.told as f32).ln())
    }

    /// What the words beside article and noun say.
    fn further(&self, head: usize, e: &Entity) -> f32 {
        let (a, w) = (self.s.a, &WEIGHTS);
        let before = tree::noun_phrase(a, e.full);
        let words = a.children(head).filter(|&c| {
            matches!(
                a.tokens[c].rel,
                Rel::Amod
                    | Rel::Compound
                    | Rel::NmodPoss
                    | Rel::Nmod
                    | Rel::Nummod
                    | Rel::Acl
                    | Rel::AclRelcl
                    | Rel::Flat
            )
        });
        let shared = |c: usize| {
            let lemma = a.tokens[c].lemma.to_lowercase();
            before.clone().any(|i| a.tokens[i].lemma.to_lowercase() == lemma) || e.name.contains(&lemma)
        };
        let all: Vec<bool> = words.map(shared).collect();
        if all.is_empty() {
            return w.bare;
        }
        all.iter().map(|&s| if s { w.shared } else { w.new }).sum()
    }
}

/// Whether both say of which country they are, and it is not the same.
fn other_country(mention: Option<&Mention>, e: &Entity, found: &Mentions) -> bool {
    let said = |m: &Mention| m.actor.country.clone().filter(|_| m.explicit);
    let (one, other) = (mention.and_then(said), e.actor.and_then(|h| found.at(h)).and_then(said));
    one.is_some() && other.is_some() && one != other
}
