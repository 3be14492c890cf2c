//! Later nouns for a two-sided act: "the call", "the talks" have the parties that the report gave before (GUIDE.md).

use crate::coder::Reading;
use crate::talk::TalkWords;
use crate::tree;
use dateline_annotate::{Rel, Upos};
use dateline_report::{Actor, Event, EventType};

/// Gives nouns for talks without two parties those of the nearest earlier act of the same kind, else the parties that the report's
/// talks have elsewhere.
pub(crate) fn fill(r: &Reading, words: &TalkWords, events: &mut [Event], heads: &[usize]) {
    let known: Vec<Option<Parties>> = events.iter().map(Parties::of).collect();
    for i in 0..events.len() {
        let e = &events[i];
        if e.kind != EventType::Consult || parties(e) >= 2 || !e.third_parties.is_empty() || !is_noun(r, heads[i]) {
            continue;
        }
        let told = |j: &usize| {
            let b = &events[*j];
            b.kind == EventType::Consult && b.mode == e.mode && b.historical == e.historical
        };
        let own: Vec<&Actor> = e.actors.iter().filter(|x| is_tied(r, heads[i], x)).collect();
        let shares = |p: &&Parties| own.iter().all(|x| p.has(x));
        let before = (0..i)
            .rev()
            .filter(told)
            .filter_map(|j| known[j].as_ref())
            .find(shares)
            .filter(|_| is_definite(r, heads[i]));
        // Negotiations are long: the sides that a report gives them first are the sides of all their rounds.
        let anywhere = || {
            let talks = |j: &usize| words.names_talks(r.a, r.text, heads[*j]);
            (0..events.len())
                .filter(talks)
                .filter_map(|j| known[j].as_ref())
                .find(shares)
                .filter(|_| own.is_empty() && talks(&i))
        };
        if let Some(p) = before.or_else(anywhere) {
            let e = &mut events[i];
            e.actors.clone_from(&p.actors);
            e.recipients.clone_from(&p.recipients);
            e.third_parties.clone_from(&p.between);
        }
    }
}

/// Who took part in an act of two sides.
#[derive(Clone)]
struct Parties {
    actors: Vec<Actor>,
    recipients: Vec<Actor>,
    between: Vec<Actor>,
}

impl Parties {
    fn of(e: &Event) -> Option<Parties> {
        (e.kind == EventType::Consult && parties(e) >= 2).then(|| Parties {
            actors: e.actors.clone(),
            recipients: e.recipients.clone(),
            between: e.third_parties.clone(),
        })
    }

    fn has(&self, x: &Actor) -> bool {
        self.actors.iter().chain(&self.recipients).any(|y| y.country == x.country)
    }
}

fn parties(e: &Event) -> usize {
    e.actors.len() + e.recipients.len()
}

/// Whether grammar makes an actor a party to a noun's talks: it stands in the noun's phrase, or is the subject of its verb.
fn is_tied(r: &Reading, noun: usize, actor: &Actor) -> bool {
    let phrase = tree::subtree(r.a, noun);
    let within = |i: usize| actor.span.contains(r.a.tokens[i].span);
    let mut at = noun;
    while matches!(r.a.tokens[at].rel, Rel::Nmod | Rel::Compound)
        && let Some(h) = r.a.tokens[at].head
    {
        at = h;
    }
    let verb = r.a.tokens[at]
        .head
        .filter(|_| r.a.tokens[at].rel == Rel::Obj || tree::preposition(r.a, r.text, at).as_deref() == Some("in"));
    let subject = verb.is_some_and(|v| r.a.children(v).any(|c| r.a.tokens[c].rel == Rel::Nsubj && within(c)));
    subject || phrase.into_iter().any(within)
}

fn is_noun(r: &Reading, head: usize) -> bool {
    r.a.tokens[head].upos == Upos::Noun
}

fn is_definite(r: &Reading, head: usize) -> bool {
    let definite = |c: usize| {
        matches!(r.a.tokens[c].lemma.to_lowercase().as_str(), "the" | "this" | "that" | "these")
            || r.a.tokens[c].rel == Rel::NmodPoss
    };
    r.a.children(head).any(definite)
}
