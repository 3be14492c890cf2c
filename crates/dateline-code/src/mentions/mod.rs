//! The actors a report speaks of: every nominal phrase that can be resolved to a country or a sector, with the full name behind
//! short ones and the antecedent behind pronouns.

mod countries;
mod describe;
mod descriptions;
mod kinds;
mod memory;
mod namesakes;
mod referents;
mod scorer;
#[cfg(test)]
mod tests;

use crate::tree;
use dateline_annotate::{Annotation, Rel, Upos};
use dateline_knowledge::Knowledge;
use dateline_report::{Actor, Date};
use memory::{Around, Memory};
use referents::Referents;
use scorer::Form;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub use countries::is_state;

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// By a name.
    Name,
    /// By a description: "two Turkish soldiers", "the group".
    Description,
    /// By a pronoun.
    Pronoun,
}

/// How a mention came by what its own words do not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Its words say all.
    Words,
    /// An earlier mention of the same.
    Earlier,
    /// What the pronoun stands for.
    Antecedent,
    /// The country that the sentence or the report speaks of.
    Surroundings,
}

/// One phrase that stands for an actor.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its head word.
    pub head: usize,
    /// Its words.
    pub tokens: Range<usize>,
    /// What it resolves to. `text` and `span` are the antecedent's for a pronoun.
    pub actor: Actor,
    /// How it refers.
    pub reference: Reference,
    /// Says more about another mention ("David, the chief of ..."): no participant of its own.
    pub appositive: bool,
    /// The other one of two that are meant together: "the two leaders".
    pub other: Option<Actor>,
    /// Whether its own words name its country.
    pub explicit: bool,
    /// Only a people's or country's adjective: "Turkish" in "a Turkish airstrike".
    pub adjective: bool,
    /// What filled in what its own words leave open.
    pub via: Via,
    /// Head word of the earlier mention that it takes up.
    pub antecedent: Option<usize>,
}

/// All mentions of a report, found by head word.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    all: Vec<Mention>,
    by_head: BTreeMap<usize, usize>,
}

impl Mentions {
    /// The mention whose head is this word.
    pub fn at(&self, head: usize) -> Option<&Mention> {
        self.by_head.get(&head).map(|&i| &self.all[i])
    }

    /// Mentions whose head lies in a token range, in text order.
    pub fn within(&self, tokens: Range<usize>) -> impl Iterator<Item = &Mention> {
        self.by_head.range(tokens).map(|(_, &i)| &self.all[i])
    }

    /// Every mention, in text order of the heads.
    pub fn iter(&self) -> impl Iterator<Item = &Mention> {
        self.by_head.values().map(|&i| &self.all[i])
    }

    /// The mention that an apposition belongs to.
    fn named(&self, m: &Mention) -> Option<&Mention> {
        self.all.iter().rev().take(12).find(|n| {
            m.appositive && n.head != m.head && n.tokens.end <= m.tokens.start && n.reference == Reference::Name
        })
    }

    /// The head of the office before a name between commas, whatever the parse makes of it: "the envoy for Mali, Ana Ruiz, said".
    fn titled(&self, a: &Annotation, text: &str, m: &Mention) -> Option<usize> {
        let comma = |i: usize| a.tokens.get(i).is_some_and(|_| word(a, text, i) == ",");
        let between = m.tokens.start > 0 && comma(m.tokens.start - 1) && comma(m.tokens.end);
        let person = m.reference == Reference::Name && m.actor.person;
        let said = |o: &Mention| o.reference == Reference::Description && o.actor.person && o.actor.role.is_some();
        let office = self.all.iter().rev().take(4).find(|o| o.tokens.end + 1 == m.tokens.start && said(o))?;
        // Long titles are parsed in many ways: an article or possessor shortly before it will do.
        let mut near = office.head.saturating_sub(5)..office.head;
        let definite = near.any(|i| matches!(a.tokens[i].rel, Rel::Det | Rel::NmodPoss));
        (between && person && definite).then_some(office.head)
    }

    /// Hands what an apposition says on to the name before it ("Amari, the chief of the guard").
    fn absorb_apposition(&mut self, a: &Annotation, text: &str, mut m: Mention) -> Mention {
        // "The three powers, Chile, Peru and Mali": the members of a group are no other name of it.
        let listed = a.children(m.head).any(|c| a.tokens[c].rel == Rel::Conj);
        let members = |h: usize| listed && a.tokens[h].has("Number=Plur");
        let parsed = a.tokens[m.head].head.filter(|&h| a.tokens[m.head].rel == Rel::Appos && !members(h));
        let Some(&index) = parsed.or_else(|| self.titled(a, text, &m)).and_then(|h| self.by_head.get(&h)) else {
            return m;
        };
        let first = &mut self.all[index];
        m.appositive = true;
        if first.reference == Reference::Name && first.actor.id.is_none() {
            inherit(&mut first.actor, &m.actor);
        } else if m.actor.id.is_some() {
            // "the group, Hezbollah", "the bloc's envoy, Carl Bildt": the name says it.
            if m.actor.person && first.actor.person {
                (first.actor.country, first.actor.sector) = (m.actor.country.clone(), m.actor.sector.clone());
            }
            inherit(&mut first.actor, &m.actor);
        }
        m
    }

    /// Lets a pronoun stand for an actor.
    pub(crate) fn stand_for(&mut self, pronoun: usize, antecedent: usize, actor: Actor) {
        match self.by_head.get(&pronoun) {
            Some(&i) => (self.all[i].actor, self.all[i].antecedent) = (actor, Some(antecedent)),
            None => self.push(Mention {
                head: pronoun,
                tokens: pronoun..pronoun + 1,
                actor,
                reference: Reference::Pronoun,
                appositive: false,
                explicit: false,
                adjective: false,
                via: Via::Antecedent,
                antecedent: Some(antecedent),
                other: None,
            }),
        }
    }

    /// Lets pronouns have what was learnt of their antecedents after they were read.
    fn agree(&mut self) {
        for i in 0..self.all.len() {
            let m = &self.all[i];
            let antecedent = m.antecedent.filter(|_| m.reference == Reference::Pronoun).and_then(|h| self.at(h));
            if let Some(actor) = antecedent.map(|m| m.actor.clone()) {
                self.all[i].actor = actor;
            }
        }
    }

    fn push(&mut self, mention: Mention) {
        self.by_head.insert(mention.head, self.all.len());
        self.all.push(mention);
    }
}

/// What the mentions of a report are read from.
#[derive(Clone, Copy)]
pub struct Setting<'s> {
    /// Its annotation.
    pub a: &'s Annotation,
    /// Its text.
    pub text: &'s str,
    /// Who is who.
    pub knowledge: &'s Knowledge,
    /// Its day of publication.
    pub on: Option<Date>,
    /// The place of its place line.
    pub dateline: Option<&'s str>,
    /// Verbs of speech, by lemma: the last to speak is whom "he said" means.
    pub speech: &'s BTreeSet<String>,
}

/// Finds and resolves the mentions of a report.
pub fn find(setting: &Setting) -> Mentions {
    let Setting { a, text, knowledge, on, .. } = *setting;
    let mut found = Mentions::default();
    let mut memory = Memory::default();
    let mut referents = Referents::new(*setting);
    for head in 0..a.tokens.len() {
        let token = &a.tokens[head];
        // A day of the week is nobody, whatever leader bears its name.
        let dated = token.upos == Upos::Propn && a.times.iter().any(|t| t.span.contains(token.span));
        let mention = match token.upos {
            _ if dated => None,
            Upos::Pron => pronoun(&mut referents, head, &found),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det
                if describe::is_phrase_head(a, head, knowledge)
                    || head >= 2
                        && tree::is_hyphen_pair(a, text, head - 2)
                        && !describe::in_hyphened_role(a, head, knowledge) =>
            {
                let around = around(a, &found, head);
                describe::described(a, text, head, knowledge, on, &memory, &around).map(|m| owned(m, around.owner))
            }
            _ => None,
        };
        let phrase = !dated && is_phrase(a, head);
        let same = phrase.then(|| referents.earlier(head, mention.as_ref(), &found)).flatten();
        let known = same.and_then(|e| referents.entities[e].actor).and_then(|h| found.at(h)).cloned();
        let mention = match (mention, known) {
            (Some(m), Some(known)) => Some(takes_up(m, &known)),
            // "the poet", of whom only his name told anything.
            (None, Some(known)) if !describe::is_venue(a, text, head, knowledge, on) => {
                Some(described_only(setting, head, &known))
            }
            (m, _) => m,
        };
        let mention = mention.or_else(|| memory::the_two(setting, head, &memory));
        let mention = mention.or_else(|| describe::crowd(a, text, head));
        if let Some(m) = mention {
            let mut m = found.absorb_apposition(a, text, m);
            let described = m.reference == Reference::Description;
            let two = described && (memory::means_two(a, text, head) || memory::shares_role(a, text, &m, &memory));
            if two && let Some((x, y)) = memory.pair(persons(&m, knowledge)) {
                (m.actor, m.other) = (x, Some(y));
            }
            if m.other.is_none() {
                m.other = describe::second_nation(a, text, &m, knowledge, on);
            }
            memory.note_pair(a, text, &m, &found);
            memory.add(a, text, found.named(&m).unwrap_or(&m));
            found.push(m);
        }
        if phrase {
            referents.add(head, found.at(head), same);
        }
    }
    // Headlines and pictures name people before the text says who they are.
    for m in &mut found.all {
        let open = m.reference == Reference::Name && m.actor.country.is_none() && m.actor.sector.is_none();
        if open
            && m.actor.person
            && let Some(known) = memory.by_name(a, text, m)
        {
            inherit(&mut m.actor, &known.actor);
            m.via = Via::Earlier;
        }
    }
    namesakes::settle(setting, &mut found);
    countries::settle(setting, &memory, &mut found);
    found.agree();
    found
}

/// What the words around a description say of whose it is.
fn around(a: &Annotation, found: &Mentions, head: usize) -> Around {
    let country = |m: &Mention| m.actor.country.clone();
    let state = |m: &Mention| country(m).filter(|c| is_state(c));
    // "The country's president", "Alliance jets".
    let owners = a.children(head).filter(|&c| matches!(a.tokens[c].rel, Rel::NmodPoss | Rel::Compound) && c < head);
    let sentence = a.sentences[a.sentence_of(head)].tokens.start;
    let before = found.by_head.range(sentence..head).rev();
    let mut spoken = before.map(|(_, &i)| &found.all[i]).filter(|m| m.explicit);
    Around { owner: owners.filter_map(|c| found.at(c)).find_map(country), spoken: spoken.find_map(state) }
}

/// A description without a country has its possessor's: "its protesters", "the country's president".
fn owned(mut m: Mention, owner: Option<String>) -> Mention {
    if m.reference == Reference::Description && m.actor.country.is_none() && owner.is_some() && m.actor.role.is_some() {
        m.actor.country = owner;
        m.via = Via::Earlier;
    }
    m
}

/// Whether a word heads a phrase that later words may take up.
fn is_phrase(a: &Annotation, head: usize) -> bool {
    let t = &a.tokens[head];
    let nominal = matches!(t.upos, Upos::Noun | Upos::Propn) || t.upos == Upos::Num && t.rel != Rel::Nummod;
    let part = matches!(t.rel, Rel::Flat | Rel::Fixed | Rel::Goeswith | Rel::Case | Rel::Cc | Rel::Advmod);
    nominal && !part && (t.rel != Rel::Compound || t.upos == Upos::Propn)
}

/// The mention of a pronoun, when it stands for an actor.
fn pronoun(referents: &mut Referents, head: usize, found: &Mentions) -> Option<Mention> {
    let lower = word(referents.s.a, referents.s.text, head).to_lowercase();
    let entity = match Form::of(&lower) {
        Some(form) => referents.antecedent(head, form)?,
        None => referents.relative(head)?,
    };
    referents.add_pronoun(head, lower, entity);
    let e = &referents.entities[entity];
    let actor = found.at(e.actor?)?;
    let other = e.other.and_then(|h| found.at(h)).map(|m| m.actor.clone());
    Some(Mention {
        head,
        tokens: head..head + 1,
        actor: actor.actor.clone(),
        reference: Reference::Pronoun,
        appositive: false,
        other: other.or_else(|| actor.other.clone()),
        explicit: false,
        adjective: false,
        via: Via::Antecedent,
        antecedent: Some(actor.head),
    })
}

/// A mention with what the earlier one that it takes up says.
fn takes_up(mut m: Mention, known: &Mention) -> Mention {
    m.antecedent = Some(known.head);
    if m.actor.country.is_none() && known.actor.country.is_some() {
        inherit(&mut m.actor, &known.actor);
        m.via = Via::Earlier;
    }
    m
}

/// The mention of a description whose words tell of no actor, but which takes one up.
fn described_only(setting: &Setting, head: usize, known: &Mention) -> Mention {
    let tokens = tree::noun_phrase(setting.a, head);
    let span = tree::span_of(setting.a, &tokens);
    let words = span.text(setting.text).unwrap_or_default().to_owned();
    Mention {
        head,
        tokens,
        actor: Actor { span, text: words, ..known.actor.clone() },
        reference: Reference::Description,
        appositive: false,
        other: known.other.clone(),
        explicit: false,
        adjective: false,
        via: Via::Earlier,
        antecedent: Some(known.head),
    }
}

/// Whether a phrase is said of persons: "leaders", "presidents"; "sides" and "countries" are not.
fn persons(m: &Mention, knowledge: &Knowledge) -> bool {
    m.actor.role.as_deref().and_then(|r| knowledge.role(r)).is_some_and(|r| r.person)
}

fn word<'t>(a: &Annotation, text: &'t str, i: usize) -> &'t str {
    a.tokens[i].span.text(text).unwrap_or_default()
}

fn inherit(actor: &mut Actor, from: &Actor) {
    if actor.country.is_none() {
        actor.country.clone_from(&from.country);
    }
    // Nobody is the government of the United Nations.
    let governs = from.sector.as_deref() == Some("GOV") && actor.country.as_deref().is_some_and(|c| !is_state(c));
    if actor.sector.is_none() && !governs {
        actor.sector.clone_from(&from.sector);
    }
    if actor.name.is_none() {
        actor.name.clone_from(&from.name);
        actor.id.clone_from(&from.id);
    }
    if actor.role.is_none() {
        actor.role.clone_from(&from.role);
    }
    actor.gender = actor.gender.or(from.gender);
    actor.person |= from.person;
}
