//! What a phrase speaks of, as far as pronouns ask: a person, people, a body, a place or a thing; one or many; he or she.

use super::{Mention, Setting, word};
use dateline_annotate::{EntityKind, Rel, Upos};
use dateline_report::Gender;

/// What a phrase speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One human being.
    Person,
    /// Several human beings.
    People,
    /// An organisation, a government, a group of a name.
    Body,
    /// A state, town, region or building.
    Place,
    /// Anything else.
    Thing,
    /// A name of which nothing is known.
    Open,
}

impl Kind {
    /// Whether two phrases that are told to be of these kinds may be one; a body and the place that it is named after are.
    pub(super) fn may_be(self, other: Kind) -> bool {
        self == other || matches!((self, other), (Kind::Body, Kind::Place) | (Kind::Place, Kind::Body))
    }
}

/// How a phrase agrees with pronouns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Agreement {
    /// What it speaks of.
    pub(super) kind: Kind,
    /// Whether of several.
    pub(super) many: bool,
    /// Gender of a person.
    pub(super) gender: Option<Gender>,
    /// Whether the gender is known, not guessed from a given name.
    pub(super) sure: bool,
}

/// How the phrase of a head word agrees; `mention` is the actor that it stands for.
pub(super) fn of(s: &Setting, head: usize, mention: Option<&Mention>) -> Agreement {
    let kind = kind(s, head, mention);
    let many = plural(s, head) && !matches!(kind, Kind::Person | Kind::Place);
    let kind = if many && kind == Kind::Person { Kind::People } else { kind };
    let (gender, sure) = if kind == Kind::Person { gender(s, head, mention) } else { (None, false) };
    Agreement { kind, many, gender, sure }
}

fn kind(s: &Setting, head: usize, mention: Option<&Mention>) -> Kind {
    let t = &s.a.tokens[head];
    let noun = t.upos == Upos::Noun;
    let one_or_many = || if plural(s, head) { Kind::People } else { Kind::Person };
    // The kind of a name says nothing of a noun that it stands before: "UN official".
    let entity = s.a.entity_at(head).filter(|_| !noun);
    match entity.map(|e| e.kind) {
        Some(EntityKind::Person) => return Kind::Person,
        Some(EntityKind::Org) => return Kind::Body,
        Some(EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac) => return Kind::Place,
        Some(EntityKind::Norp) if plural(s, head) => return Kind::People,
        Some(EntityKind::Event) => return Kind::Thing,
        _ => {}
    }
    let role = s.knowledge.role(&t.lemma);
    let who = s.a.children(head).any(|c| {
        let clause = s.a.tokens[c].rel == Rel::AclRelcl;
        clause && s.a.children(c).any(|x| s.a.tokens[x].rel == Rel::Nsubj && s.a.tokens[x].lemma == "who")
    });
    match (mention, role) {
        (_, Some(r)) if noun && r.person => one_or_many(),
        _ if noun && s.knowledge.gender_of_noun(&t.lemma).is_some() => one_or_many(),
        (_, Some(_)) if noun => Kind::Body,
        _ if who => one_or_many(),
        (Some(m), _) if m.actor.person => one_or_many(),
        (Some(m), _) if m.actor.sector.is_some() && noun && plural(s, head) => Kind::People,
        (Some(m), _) if m.actor.id.is_some() || m.actor.sector.is_some() => Kind::Body,
        _ if noun && s.knowledge.is_kind(&t.lemma) => Kind::Place,
        _ if noun && s.knowledge.modifier(&t.lemma) == Some("quantity") => counted(s, head),
        _ if noun => Kind::Thing,
        _ => Kind::Open,
    }
}

/// "dozens of soldiers": what is counted stands behind the number.
fn counted(s: &Setting, head: usize) -> Kind {
    let of = s.a.children(head).find(|&c| c > head && s.a.tokens[c].rel == Rel::Nmod);
    let role = of.and_then(|c| s.knowledge.role(&s.a.tokens[c].lemma));
    if role.is_some_and(|r| r.person) { Kind::People } else { Kind::Open }
}

/// Whether a phrase speaks of several: its noun says so, or it is a number.
pub(super) fn plural(s: &Setting, head: usize) -> bool {
    let t = &s.a.tokens[head];
    let person = s.a.entity_at(head).is_some_and(|e| e.kind == EntityKind::Person);
    match t.upos {
        Upos::Num => t.lemma != "one" && t.lemma != "1",
        // "people", "police" are plural without an ending.
        _ => t.has("Number=Plur") && !person || t.has("Number=Ptan"),
    }
}

fn gender(s: &Setting, head: usize, mention: Option<&Mention>) -> (Option<Gender>, bool) {
    let words = mention.map_or(head..head + 1, |m| m.tokens.clone());
    let said = |i: usize| {
        s.knowledge.gender_of_noun(&s.a.tokens[i].lemma).or_else(|| s.knowledge.gender_of_noun(word(s.a, s.text, i)))
    };
    // A title or noun of the phrase itself, not one of a phrase inside it: "the king's sister".
    let own = |i: usize| {
        i == head
            || s.a.tokens[i].head == Some(head)
                && matches!(s.a.tokens[i].rel, Rel::Compound | Rel::Flat | Rel::NmodDesc)
    };
    if let Some(g) = std::iter::once(head).chain(words.clone()).filter(|&i| own(i)).find_map(said) {
        return (Some(g), true);
    }
    if let Some(g) = mention.and_then(|m| m.actor.gender) {
        return (Some(g), true);
    }
    let entity = s.a.entity_at(head).filter(|e| e.kind == EntityKind::Person);
    let given = entity.filter(|e| e.tokens.len() > 1).map(|e| word(s.a, s.text, e.tokens.start));
    (given.and_then(|g| s.knowledge.gender_of_given_name(g)), false)
}
