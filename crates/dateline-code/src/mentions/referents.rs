//! What later words may take up: every nominal phrase of a report, be it an actor or a thing, and who of them are the same.

use super::kinds::{self, Agreement, Kind};
use super::scorer::Form;
use super::{Mention, Setting, word};
use crate::quotes;
use dateline_annotate::{EntityKind, Rel, Upos};
use dateline_report::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Where a phrase stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Subject, or the whole of a sentence without a verb.
    Subject,
    /// Object.
    Object,
    /// Under a preposition.
    Oblique,
    /// Inside another phrase.
    Inner,
}

/// One phrase or pronoun.
#[derive(Clone, Debug)]
pub(super) struct Referent {
    /// Head word.
    pub(super) head: usize,
    /// Who or what it is, an index of [`Referents::entities`].
    pub(super) entity: usize,
    /// Its sentence.
    pub(super) sentence: usize,
    /// Where it stands.
    pub(super) part: Part,
    /// Whether it is the subject of a verb of speech.
    pub(super) speaks: bool,
    /// Its form in lower case when it is a pronoun.
    pub(super) pronoun: Option<String>,
    /// The quotation that it stands in.
    pub(super) quote: Option<usize>,
}

/// Somebody or something that the report speaks of, once or again.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    /// How it agrees.
    pub(super) agreement: Agreement,
    /// How often it was told of.
    pub(super) told: usize,
    /// Head of the last phrase for it that is no pronoun.
    pub(super) full: usize,
    /// Head of the last of those that is an actor's mention.
    pub(super) actor: Option<usize>,
    /// Head of the second of two that are meant together: "X and Y".
    pub(super) other: Option<usize>,
    /// Nouns that it was described by.
    pub(super) nouns: BTreeSet<String>,
    /// Words of its longest name, lower case.
    pub(super) name: Vec<String>,
}

/// All of them so far.
pub(super) struct Referents<'s> {
    pub(super) s: Setting<'s>,
    pub(super) quotes: Vec<Span>,
    pub(super) all: Vec<Referent>,
    pub(super) entities: Vec<Entity>,
    /// Entities by a word that their name has or had.
    pub(super) by_word: BTreeMap<String, BTreeSet<usize>>,
    /// Entities by the initials that their name has or had.
    pub(super) by_initials: BTreeMap<String, BTreeSet<usize>>,
    by_head: BTreeMap<usize, usize>,
}

impl<'s> Referents<'s> {
    pub(super) fn new(s: Setting<'s>) -> Self {
        Referents {
            s,
            quotes: quotes::spans(s.text),
            all: Vec::new(),
            entities: Vec::new(),
            by_word: BTreeMap::new(),
            by_initials: BTreeMap::new(),
            by_head: BTreeMap::new(),
        }
    }

    /// The entity of a head word.
    pub(super) fn entity_at(&self, head: usize) -> Option<usize> {
        self.by_head.get(&head).map(|&i| self.all[i].entity)
    }

    /// Notes a phrase. `same` is the entity that it takes up.
    pub(super) fn add(&mut self, head: usize, mention: Option<&Mention>, same: Option<usize>) {
        let agreement = kinds::of(&self.s, head, mention);
        let same = same.or_else(|| self.by_grammar(head, agreement));
        let entity = same.unwrap_or(self.entities.len());
        let name = self.name_of(head);
        let noun = (self.s.a.tokens[head].upos == Upos::Noun).then(|| self.s.a.tokens[head].lemma.to_lowercase());
        if same.is_none() {
            self.entities.push(Entity {
                agreement,
                told: 0,
                full: head,
                actor: None,
                other: None,
                nouns: BTreeSet::new(),
                name: Vec::new(),
            });
        }
        let e = &mut self.entities[entity];
        e.told += 1;
        e.full = head;
        e.actor = mention.map(|m| m.head).or(e.actor);
        e.nouns.extend(noun);
        if name.len() > e.name.len() {
            for w in &name {
                self.by_word.entry(w.clone()).or_default().insert(entity);
            }
            self.by_initials.entry(initials(&name)).or_default().insert(entity);
            e.name = name;
        }
        if agreement.gender.is_some() && !e.agreement.sure && (agreement.sure || e.agreement.gender.is_none()) {
            (e.agreement.gender, e.agreement.sure) = (agreement.gender, agreement.sure);
        }
        if e.agreement.kind == Kind::Open {
            e.agreement.kind = agreement.kind;
        }
        self.push(head, entity, None);
        self.add_pair(head);
    }

    /// Notes what a pronoun stands for.
    pub(super) fn add_pronoun(&mut self, head: usize, form: String, entity: usize) {
        let e = &mut self.entities[entity];
        e.told += 1;
        if let Some(Form::One(gender)) = Form::of(&form) {
            e.agreement.gender = Some(gender);
        }
        self.push(head, entity, Some(form));
    }

    fn push(&mut self, head: usize, entity: usize, pronoun: Option<String>) {
        let s = &self.s;
        self.by_head.insert(head, self.all.len());
        self.all.push(Referent {
            head,
            entity,
            sentence: s.a.sentence_of(head),
            part: part(s, head),
            speaks: speaks(s, head),
            pronoun,
            quote: self.quote_of(head),
        });
    }

    /// Two or more that are joined by "and" are also one, for "they".
    fn add_pair(&mut self, head: usize) {
        let t = &self.s.a.tokens[head];
        let and =
            || self.s.a.children(head).any(|c| self.s.a.tokens[c].rel == Rel::Cc && self.s.a.tokens[c].lemma == "and");
        let Some(first) = t.head.filter(|_| t.rel == Rel::Conj && and()) else { return };
        let Some(one) = self.entity_at(first) else { return };
        let Some(two) = self.entity_at(head) else { return };
        let (x, y) = (&self.entities[one], &self.entities[two]);
        let class = |k: Kind| match k {
            Kind::Person | Kind::People => 0,
            Kind::Body | Kind::Place => 1,
            Kind::Thing | Kind::Open => 2,
        };
        if class(x.agreement.kind) != class(y.agreement.kind) {
            return;
        }
        let kind = if class(x.agreement.kind) == 0 { Kind::People } else { x.agreement.kind };
        let several = self.s.a.children(first).filter(|&c| self.s.a.tokens[c].rel == Rel::Conj).count() > 1;
        let pair = Entity {
            agreement: Agreement { kind, many: true, gender: None, sure: false },
            told: 1,
            full: first,
            actor: x.actor,
            other: y.actor.filter(|_| !several),
            nouns: BTreeSet::new(),
            name: Vec::new(),
        };
        let mut whole = self.all[self.by_head[&first]].clone();
        whole.entity = self.entities.len();
        whole.pronoun = None;
        self.entities.push(pair);
        self.all.push(whole);
    }

    /// What grammar says is the same: an apposition, a predicate.
    fn by_grammar(&self, head: usize, agreement: Agreement) -> Option<usize> {
        let a = self.s.a;
        let t = &a.tokens[head];
        let cop = a.children(head).any(|c| a.tokens[c].rel == Rel::Cop);
        let negated = a.children(head).any(|c| a.tokens[c].has("Polarity=Neg"));
        let subject = || a.children(head).find(|&c| c < head && a.tokens[c].rel == Rel::Nsubj);
        let of = match t.rel {
            Rel::Appos => t.head,
            _ if cop && !negated => subject(),
            _ => None,
        };
        let entity = self.entity_at(of?)?;
        let e = self.entities[entity].agreement;
        let agrees = e.kind.may_be(agreement.kind) || e.kind == Kind::Open || agreement.kind == Kind::Open
            // Nouns for persons are too many to list; said of a person they are of one.
            || e.kind == Kind::Person && agreement.kind == Kind::Thing;
        (agrees && e.many == agreement.many).then_some(entity)
    }

    /// The words of the name that a head word belongs to, lower case.
    pub(super) fn name_of(&self, head: usize) -> Vec<String> {
        let s = &self.s;
        if s.a.tokens[head].upos != Upos::Propn {
            return Vec::new();
        }
        let entity = s.a.entity_at(head).filter(|e| e.kind != EntityKind::Norp);
        let tokens: Range<usize> = entity.map_or(head..head + 1, |e| e.tokens.clone());
        tokens.filter(|&i| s.a.tokens[i].upos == Upos::Propn).map(|i| word(s.a, s.text, i).to_lowercase()).collect()
    }

    /// The quotation that a word stands in.
    pub(super) fn quote_of(&self, token: usize) -> Option<usize> {
        let span = self.s.a.tokens[token].span;
        let at = self.quotes.partition_point(|q| q.end < span.end);
        self.quotes.get(at).filter(|q| q.start <= span.start).map(|_| at)
    }
}

/// The first letters of a name's words: "un" of "united nations".
pub(super) fn initials(name: &[String]) -> String {
    name.iter().filter_map(|w| w.chars().next()).collect()
}

/// Where a phrase stands.
pub(super) fn part(s: &Setting, head: usize) -> Part {
    let mut i = head;
    // What is joined stands where the first stands.
    while let (Rel::Conj | Rel::Appos, Some(h)) = (s.a.tokens[i].rel, s.a.tokens[i].head) {
        i = h;
    }
    match s.a.tokens[i].rel {
        Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter | Rel::Root => Part::Subject,
        Rel::Obj | Rel::Iobj | Rel::Xcomp | Rel::Ccomp => Part::Object,
        Rel::Nmod | Rel::NmodPoss | Rel::Compound | Rel::Amod | Rel::NmodDesc | Rel::NmodUnmarked | Rel::Flat => {
            Part::Inner
        }
        _ => Part::Oblique,
    }
}

/// Whether a word is the subject of a verb of speech.
pub(super) fn speaks(s: &Setting, head: usize) -> bool {
    let t = &s.a.tokens[head];
    let verb = t.head.filter(|_| t.rel == Rel::Nsubj);
    verb.is_some_and(|v| s.speech.contains(&s.a.tokens[v].lemma.to_lowercase()))
}
