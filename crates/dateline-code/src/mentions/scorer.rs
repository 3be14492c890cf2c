//! Weighs whom a pronoun may stand for.

use super::kinds::{Agreement, Kind};
use super::referents::{Entity, Part, Referent, Referents};
use super::{Setting, word};
use dateline_annotate::{Rel, Upos};
use dateline_report::Gender;

/// What speaks for and against an antecedent, in one currency: a sentence's distance is 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    /// Each sentence back. Focus moves on.
    sentence: f32,
    /// Each word back within the sentence: of two that fit, the nearer.
    word: f32,
    /// Subjects are what a sentence is about.
    subject: f32,
    /// Objects are told of next.
    object: f32,
    /// Inside another phrase ("the head of the agency"): its head is meant rather than it.
    inner: f32,
    /// In the same part of its clause: "X met Y. He ...".
    parallel: f32,
    /// Already a pronoun of this form: who is "he" stays "he".
    chain: f32,
    /// The last to speak, for the subject of a verb of speech: "he said".
    speaker: f32,
    /// Subject of a clause that the pronoun's hangs under: "X said he ...".
    above: f32,
    /// Subject of the possessive's own clause: "Israel withdrew its troops".
    own_subject: f32,
    /// The logarithm of how often it was told of: what the report is about.
    told: f32,
    /// Of known gender; a guess counts half of it.
    gender: f32,
    /// Quoted words, for a pronoun outside them: whom a speaker names is not whom the report tells of.
    quoted: f32,
    /// "He" for a name of which nothing is known.
    one_open: f32,
    /// "He" for a common noun that is not known to be a person's: nouns for persons are too many to list.
    one_thing: f32,
    /// "They" for several people.
    many_people: f32,
    /// "They" for several bodies or places.
    many_bodies: f32,
    /// "They" for one body: its members.
    many_body: f32,
    /// "They" for a place: its people.
    many_place: f32,
    /// "They" for several things.
    many_things: f32,
    /// "It" for a body or place, beside a thing.
    it_actor: f32,
    /// "It" for a name of which nothing is known.
    it_open: f32,
}

/// Set by hand, one at a time, on the training part of the treebank that `dateline eval coref` measures on.
const WEIGHTS: Weights = Weights {
    sentence: 1.0,
    word: 0.02,
    subject: 0.7,
    object: 0.4,
    inner: -0.5,
    parallel: 0.2,
    chain: 0.8,
    speaker: 1.0,
    above: 0.8,
    own_subject: 1.0,
    told: 0.7,
    gender: 1.0,
    quoted: -1.2,
    one_open: -1.5,
    one_thing: -3.0,
    many_people: 1.0,
    many_bodies: 0.8,
    many_body: -0.8,
    many_place: -2.0,
    many_things: -0.3,
    it_actor: -0.2,
    it_open: -0.5,
};

/// What a pronoun asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "he", "she" and their cases.
    One(Gender),
    /// "they".
    Many,
    /// "it".
    It,
}

impl Form {
    /// The form of a third-person pronoun in lower case.
    pub(super) fn of(pronoun: &str) -> Option<Form> {
        Some(match pronoun {
            "he" | "him" | "his" | "himself" => Form::One(Gender::Male),
            "she" | "her" | "hers" | "herself" => Form::One(Gender::Female),
            "they" | "them" | "their" | "theirs" | "themselves" => Form::Many,
            "it" | "its" | "itself" => Form::It,
            _ => return None,
        })
    }

    /// How many sentences back it looks.
    fn reach(self) -> usize {
        match self {
            Form::One(_) => 6,
            Form::Many => 4,
            Form::It => 3,
        }
    }

    /// How well it agrees with an entity; none where it cannot stand for it.
    fn fit(self, x: Agreement, w: &Weights) -> Option<f32> {
        match (self, x.kind) {
            (Form::One(g), Kind::Person) => match x.gender {
                Some(other) if other != g => (!x.sure).then_some(-w.gender),
                Some(_) => Some(if x.sure { w.gender } else { w.gender / 2.0 }),
                None => Some(0.0),
            },
            (Form::One(_), Kind::Open) if !x.many => Some(w.one_open),
            (Form::One(_), Kind::Thing) if !x.many => Some(w.one_thing),
            (Form::Many, Kind::People) => Some(w.many_people),
            (Form::Many, Kind::Body | Kind::Place) if x.many => Some(w.many_bodies),
            (Form::Many, Kind::Body) => Some(w.many_body),
            (Form::Many, Kind::Place) => Some(w.many_place),
            (Form::Many, Kind::Thing | Kind::Open) if x.many => Some(w.many_things),
            (Form::It, Kind::Body | Kind::Place) if !x.many => Some(w.it_actor),
            (Form::It, Kind::Thing) if !x.many => Some(0.0),
            (Form::It, Kind::Open) if !x.many => Some(w.it_open),
            _ => None,
        }
    }
}

/// A pronoun and its surroundings.
struct Asked {
    head: usize,
    form: Form,
    sentence: usize,
    part: Part,
    possessive: bool,
    speaks: bool,
    quote: Option<usize>,
    /// The predicate of its clause.
    predicate: usize,
    /// The predicates that its clause hangs under, nearest first.
    above: Vec<usize>,
}

impl Referents<'_> {
    /// The entity that a third-person pronoun stands for.
    pub(super) fn antecedent(&self, head: usize, form: Form) -> Option<usize> {
        let s = &self.s;
        let t = &s.a.tokens[head];
        if t.rel == Rel::Expl {
            return None;
        }
        let predicate = predicate(s, head);
        if t.lemma.ends_with("self") || t.lemma.ends_with("selves") || t.has("Reflex=Yes") {
            return subject(s, predicate).and_then(|i| self.entity_at(i));
        }
        let asked = Asked {
            head,
            form,
            sentence: s.a.sentence_of(head),
            part: super::referents::part(s, head),
            possessive: t.rel == Rel::NmodPoss,
            speaks: super::referents::speaks(s, head),
            quote: self.quote_of(head),
            predicate,
            above: above(s, predicate),
        };
        let speaker = self.speaker(&asked);
        let near = self.all.iter().rev().take_while(|r| r.sentence + form.reach() >= asked.sentence);
        let scored = near.filter(|r| r.head < head && !speaker(r)).filter_map(|r| Some((self.weigh(&asked, r)?, r)));
        // Of equals the nearer, which comes first.
        let best = scored.reduce(|x, y| if y.0 > x.0 { y } else { x });
        best.map(|(_, r)| r.entity)
    }

    /// The entity of the noun that a relative pronoun's clause says more about. "Who" passes over what is no person: "the head of the
    /// agency who ...".
    pub(super) fn relative(&self, head: usize) -> Option<usize> {
        let a = self.s.a;
        let lower = word(a, self.s.text, head).to_lowercase();
        if !matches!(lower.as_str(), "who" | "which" | "that" | "whom" | "whose") {
            return None;
        }
        let mut clause = head;
        while !is_clause(a.tokens[clause].rel) {
            clause = a.tokens[clause].head?;
        }
        let noun = a.tokens[clause].head.filter(|_| a.tokens[clause].rel == Rel::AclRelcl)?;
        let human = |noun: usize| {
            let e = self.entity_at(noun).map(|e| self.entities[e].agreement.kind);
            e.is_some_and(|k| matches!(k, Kind::Person | Kind::People | Kind::Open))
        };
        let mut up = noun;
        while lower.starts_with("who") && lower != "whose" && !human(up) && a.tokens[up].rel == Rel::Nmod {
            up = a.tokens[up].head?;
        }
        self.entity_at(if human(up) { up } else { noun })
    }

    fn weigh(&self, x: &Asked, r: &Referent) -> Option<f32> {
        let w = &WEIGHTS;
        let e = &self.entities[r.entity];
        let mut score = x.form.fit(e.agreement, w)?;
        if self.is_blocked(x, r) {
            return None;
        }
        let far = x.sentence - r.sentence;
        score -= w.sentence * far as f32;
        if far == 0 {
            score -= w.word * (x.head - r.head) as f32;
        }
        score += match r.part {
            Part::Subject => w.subject,
            Part::Object => w.object,
            Part::Oblique => 0.0,
            Part::Inner => w.inner,
        };
        let own = subject(&self.s, x.predicate) == Some(r.head);
        let over =
            far == 0 && self.s.a.tokens[r.head].head.is_some_and(|h| x.above.contains(&h)) && r.part == Part::Subject;
        let same = r.pronoun.as_deref().and_then(Form::of) == Some(x.form);
        for (holds, weight) in [
            (r.part == x.part && r.part != Part::Inner, w.parallel),
            (same, w.chain),
            (x.speaks && r.speaks, w.speaker),
            (over, w.above),
            (x.possessive && own, w.own_subject),
            (r.quote.is_some() && r.quote != x.quote, w.quoted),
        ] {
            score += if holds { weight } else { 0.0 };
        }
        Some(score + w.told * (e.told as f32).ln())
    }

    /// What grammar forbids: "X met him" (him is not X), "his brother" (he is not the brother).
    fn is_blocked(&self, x: &Asked, r: &Referent) -> bool {
        let a = self.s.a;
        let object = !x.possessive && matches!(a.tokens[x.head].rel, Rel::Obj | Rel::Iobj);
        if object && r.sentence == x.sentence && subject(&self.s, x.predicate) == Some(r.head) {
            return true;
        }
        let mut i = x.head;
        while let Some(h) = a.tokens[i].head {
            if is_clause(a.tokens[i].rel) || a.tokens[i].rel == Rel::Conj && i != x.head {
                return false;
            }
            if h == r.head {
                // The subject of a nominal predicate stands beside it, not in it.
                return matches!(a.tokens[h].upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Pron);
            }
            i = h;
        }
        false
    }

    /// Who speaks the quotation that a pronoun stands in, as a test of referents: of himself he says "I".
    fn speaker(&self, x: &Asked) -> impl Fn(&Referent) -> bool + '_ {
        let a = self.s.a;
        let cue = x.quote.and_then(|q| x.above.iter().copied().find(|&v| self.quote_of(v) != Some(q)));
        let who = cue.and_then(|v| subject(&self.s, v));
        let entity = who.and_then(|i| self.entity_at(i));
        // "..., Smith said": named after his words.
        let name = who
            .filter(|&i| i > x.head && a.tokens[i].upos == Upos::Propn)
            .map(|i| word(a, self.s.text, i).to_lowercase());
        move |r| {
            let e: &Entity = &self.entities[r.entity];
            entity == Some(r.entity) || name.as_ref().is_some_and(|n| e.name.contains(n))
        }
    }
}

/// Whether a relation joins a clause to what it hangs under.
fn is_clause(rel: Rel) -> bool {
    matches!(
        rel,
        Rel::Acl | Rel::AclRelcl | Rel::Advcl | Rel::AdvclRelcl | Rel::Ccomp | Rel::Csubj | Rel::Xcomp | Rel::Parataxis
    )
}

/// The predicate of a word's clause: the nearest verb, or word with a subject, above it; else the root.
fn predicate(s: &Setting, word: usize) -> usize {
    let a = s.a;
    let mut i = word;
    while let Some(h) = a.tokens[i].head {
        i = h;
        let verb = a.tokens[i].upos == Upos::Verb && a.tokens[i].rel != Rel::Amod;
        if verb || a.children(i).any(|c| matches!(a.tokens[c].rel, Rel::Nsubj | Rel::NsubjPass | Rel::Cop)) {
            break;
        }
    }
    i
}

/// The predicates above a predicate, nearest first.
fn above(s: &Setting, from: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut i = from;
    while s.a.tokens[i].head.is_some() {
        i = predicate(s, i);
        out.push(i);
    }
    out
}

/// The subject of a predicate, its own or that which it shares: "X came and left", "X wants to leave".
fn subject(s: &Setting, predicate: usize) -> Option<usize> {
    let a = s.a;
    let own = |v: usize| a.children(v).find(|&c| matches!(a.tokens[c].rel, Rel::Nsubj | Rel::NsubjPass));
    let mut v = predicate;
    loop {
        if let Some(i) = own(v) {
            return Some(i);
        }
        match (a.tokens[v].rel, a.tokens[v].head) {
            (Rel::Conj | Rel::Xcomp | Rel::Advcl, Some(h)) => v = h,
            (Rel::Acl | Rel::AclRelcl, Some(h)) => return Some(h),
            _ => return None,
        }
    }
}
