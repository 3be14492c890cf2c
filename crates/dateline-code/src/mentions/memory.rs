//! What has been mentioned so far, and whom later mentions take up: short names, descriptions, "the two leaders".

use super::{Mention, Mentions, Reference, Setting, Via, word};
use crate::tree;
use dateline_annotate::{Annotation, Rel, Upos};
use dateline_report::Actor;
use std::collections::{BTreeMap, BTreeSet};

/// How many mentions back a description looks for what it takes up.
const REACH: usize = 60;

/// What stands beside a description and says whose it is.
pub(super) struct Around {
    /// The country of its possessor: Iran's of "the country's president".
    pub(super) owner: Option<String>,
    /// The state that the sentence spoke of last before it.
    pub(super) spoken: Option<String>,
}

/// What has been mentioned so far.
#[derive(Default)]
pub(super) struct Memory {
    recent: Vec<Mention>,
    /// Two that were named together, in text order.
    pairs: Vec<(Actor, Actor)>,
    /// Words of a name, lower case, to the fullest mention that has it.
    names: BTreeMap<String, usize>,
    /// Role nouns of descriptions to the countries that their own words gave them.
    roles: BTreeMap<String, BTreeSet<String>>,
}

impl Memory {
    /// Remembers a mention.
    pub(super) fn add(&mut self, a: &Annotation, text: &str, m: &Mention) {
        if m.reference == Reference::Pronoun {
            return;
        }
        let index = self.recent.len();
        self.recent.push(m.clone());
        if m.reference == Reference::Description
            && m.explicit
            && let (Some(role), Some(country)) = (&m.actor.role, &m.actor.country)
        {
            self.roles.entry(role.clone()).or_default().insert(country.clone());
        }
        if m.reference != Reference::Name {
            return;
        }
        for i in m.tokens.clone().filter(|&i| a.tokens[i].upos == Upos::Propn) {
            let key = word(a, text, i).to_lowercase();
            let score =
                |m: &Mention| usize::from(m.actor.country.is_some()) * 2 + usize::from(m.actor.sector.is_some());
            match self.names.get(&key) {
                Some(&old) if score(&self.recent[old]) >= score(m) => {}
                _ => {
                    self.names.insert(key, index);
                }
            }
        }
    }

    /// Remembers two of a kind that are named together: "X and Y", "X-Y", "X met with Y", "X told Y".
    pub(super) fn note_pair(&mut self, a: &Annotation, text: &str, m: &Mention, found: &Mentions) {
        if m.reference == Reference::Pronoun || m.other.is_some() || m.actor.country.is_none() {
            return;
        }
        let token = &a.tokens[m.head];
        let subject = |v: usize| a.children(v).find(|&c| matches!(a.tokens[c].rel, Rel::Nsubj) && c < m.head);
        let partner = match (token.rel, token.head) {
            (Rel::Conj, Some(h)) => Some(h),
            (Rel::Obl, Some(v)) if tree::preposition(a, text, m.head).as_deref() == Some("with") => subject(v),
            (Rel::Obj, Some(v)) if a.tokens[v].upos == Upos::Verb => subject(v),
            _ if m.head >= 2 && tree::is_hyphen_pair(a, text, m.head - 2) => Some(m.head - 2),
            _ => None,
        };
        let first = partner.and_then(|h| found.at(h)).filter(|f| {
            f.actor.country.is_some() && f.actor.country != m.actor.country && f.actor.person == m.actor.person
        });
        if let Some(f) = first {
            self.pairs.push((f.actor.clone(), m.actor.clone()));
        }
    }

    /// The two that a phrase speaks of at once: "the two leaders" are persons, "both countries" are not told apart.
    pub(super) fn pair(&self, person: bool) -> Option<(Actor, Actor)> {
        let persons = self.pairs.iter().rev().find(|p| p.0.person);
        persons.filter(|_| person).or(self.pairs.last()).cloned()
    }

    /// The full mention behind a short name.
    pub(super) fn by_name(&self, a: &Annotation, text: &str, m: &Mention) -> Option<&Mention> {
        std::iter::once(m.head)
            .chain(m.tokens.clone().rev())
            .filter(|&i| a.tokens[i].upos == Upos::Propn)
            .find_map(|i| self.names.get(&word(a, text, i).to_lowercase()))
            .map(|&i| &self.recent[i])
            .filter(|found| found.actor.country.is_some() || found.actor.sector.is_some())
            // "Chad Johnson" does not take up Chad.
            .filter(|found| found.actor.person || !m.actor.person)
    }

    /// The mention that a definite description takes up: the holder of the office ("the king"), a body ("the movement"), one of
    /// the same sector.
    pub(super) fn by_description(&self, actor: &Actor, around: &Around) -> Option<&Mention> {
        let of_owner = |x: &Actor| around.owner.is_none() || around.owner == x.country;
        let recent = || {
            let told = self.recent.iter().rev().take(REACH).map(|m| (m, &m.actor));
            told.filter(|(_, x)| x.country.is_some() && of_owner(x))
        };
        let role = actor.role.as_deref()?;
        let holder = |x: &Actor| holds(x, role);
        let sector = actor.sector.as_deref();
        let holders = || recent().filter(|(_, x)| x.person == actor.person && holder(x));
        // "Critics in Peru said the president ...": Peru's, whoever else was told of last.
        holders()
            .find(|(_, x)| around.spoken.is_some() && x.country == around.spoken)
            .or_else(|| holders().next())
            .or_else(|| {
                recent().find(|(_, x)| sector.is_some() && x.sector.as_deref() == sector && x.person == actor.person)
            })
            .or_else(|| recent().find(|(m, x)| sector.is_none() && m.reference == Reference::Name && is_body(x)))
            .map(|(m, _)| m)
    }

    /// The country that the report gave people of a role: that of "hostages" from "Israeli hostages". None when it gave several.
    pub(super) fn country_of(&self, role: &str) -> Option<&str> {
        let given = self.roles.get(role)?;
        given.first().filter(|_| given.len() == 1).map(String::as_str)
    }
}

/// Whether an actor is a body of its own rather than a state or a person: what "the group" and "the movement" may mean.
fn is_body(x: &Actor) -> bool {
    let own = matches!(x.sector.as_deref(), Some("REB" | "PRM" | "OPP" | "PTY" | "SOC" | "UAF" | "REL" | "CRM"));
    !x.person && (own || matches!(x.country.as_deref(), Some("NGO" | "IMG")))
}

/// "The two dined in Oslo", "the pair", "both sides": those who were last named together, where the words tell of nobody else.
pub(super) fn the_two(setting: &Setting, head: usize, memory: &Memory) -> Option<Mention> {
    let (a, text) = (setting.a, setting.text);
    let token = &a.tokens[head];
    let the = a.children(head).any(|c| word(a, text, c).eq_ignore_ascii_case("the"));
    let alone = token.upos == Upos::Num && token.rel != Rel::Nummod && token.lemma == "two";
    let pair = token.upos == Upos::Noun && token.lemma == "pair" && !a.children(head).any(|c| c > head);
    let persons = the && (alone || pair);
    let people = || setting.knowledge.role(&token.lemma).is_some() && means_two(a, text, head);
    if !persons && !people() {
        return None;
    }
    let (first, other) = memory.pair(persons).filter(|(x, _)| x.person || !alone)?;
    Some(Mention {
        head,
        tokens: tree::noun_phrase(a, head),
        actor: first,
        reference: Reference::Pronoun,
        appositive: false,
        other: Some(other),
        explicit: false,
        adjective: false,
        via: Via::Earlier,
        antecedent: None,
    })
}

/// Whether a phrase speaks of two at once: "the two leaders", "both sides".
pub(super) fn means_two(a: &Annotation, text: &str, head: usize) -> bool {
    let has = |words: &[&str]| a.children(head).any(|c| words.contains(&word(a, text, c).to_lowercase().as_str()));
    let plural = a.tokens[head].upos == Upos::Noun && a.tokens[head].has("Number=Plur");
    plural && has(&["two", "both"]) && has(&["the", "both", "these", "their"]) && !is_told_apart(a, head)
}

/// Whether a phrase speaks of the two who were last named together by the role that both have: "the ministers".
pub(super) fn shares_role(a: &Annotation, text: &str, m: &Mention, memory: &Memory) -> bool {
    let plural = a.tokens[m.head].upos == Upos::Noun && a.tokens[m.head].has("Number=Plur");
    let bare = m.tokens.len() == 2 && word(a, text, m.tokens.start).eq_ignore_ascii_case("the");
    let role = m.actor.role.as_deref().unwrap_or_default();
    let pair = || memory.pair(true).filter(|(x, _)| x.person);
    plural && bare && pair().is_some_and(|(x, y)| holds(&x, role) && (holds(&y, role) || holds(&y, COUNTERPART)))
}

/// Whether an actor has a role: a foreign minister is a minister.
fn holds(x: &Actor, role: &str) -> bool {
    x.role.as_deref().is_some_and(|r| r == role || r.ends_with(&format!(" {role}")))
}

/// The role of who has the same office in another state.
pub(super) const COUNTERPART: &str = "counterpart";

/// Whether a phrase's own words name who it speaks of.
fn is_told_apart(a: &Annotation, head: usize) -> bool {
    a.children(head).any(|c| {
        matches!(a.tokens[c].upos, Upos::Propn) || a.tokens[c].rel == Rel::Amod && super::describe::starts_upper(a, c)
    })
}
