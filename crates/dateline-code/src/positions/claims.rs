//! Who takes which stance: from events and from the stance words of the codebook.

use super::stances::Mark;
use super::{Words, content};
use crate::coder::Reading;
use crate::tree::{self, Slot};
use dateline_annotate::{Rel, Upos};
use dateline_report::{Actor, CertaintyGrade, Event, EventType, Source, Stance, Status};
use std::ops::Range;

/// One predicate that takes a stance.
pub(super) struct Claim {
    /// Its word.
    pub(super) head: usize,
    /// Whose stance it is.
    pub(super) parties: Vec<Actor>,
    /// Of or to whom.
    pub(super) toward: Option<Actor>,
    pub(super) stance: Stance,
    /// What is demanded, offered, accepted or refused.
    pub(super) contents: Vec<Range<usize>>,
    /// The type of the event that it is, if it is one.
    pub(super) kind: Option<EventType>,
    /// Whether it is a position on none of the listed issues too.
    pub(super) other: bool,
    /// Whether it is one on talks only: what a party wishes to do itself.
    pub(super) wish: bool,
    /// Whether it is what a party says it will not do.
    pub(super) intends: bool,
    pub(super) source: Option<Source>,
}

/// The claims of a report, in text order.
pub(super) fn find(r: &Reading, words: Words, events: &[Event], heads: &[usize]) -> Vec<Claim> {
    let mut out: Vec<Claim> = events.iter().zip(heads).filter_map(|(e, &head)| of_event(r, words, e, head)).collect();
    for i in 0..r.a.tokens.len() {
        if !out.iter().any(|c| c.head == i) {
            out.extend(of_word(r, words, i).or_else(|| modal(r, words, i)));
        }
    }
    out.retain(|c| !is_supposed(r, words, c.head));
    // What is only the content of another's demand or offer is nobody's own: "urged Israel to agree to a truce".
    let contents: Vec<Range<usize>> = out.iter().flat_map(|c| c.contents.clone()).collect();
    out.retain(|c| c.kind.is_some() || !contents.iter().any(|x| x.contains(&c.head) && !c.contents.contains(x)));
    out.sort_by_key(|c| c.head);
    out
}

fn of_event(r: &Reading, words: Words, e: &Event, head: usize) -> Option<Claim> {
    let stance = stance(r, words, e, head)?;
    if e.historical && !matches!(e.kind, EventType::Request | EventType::Agree) || e.actors.is_empty() {
        return None;
    }
    let lemma = r.a.tokens[head].lemma.to_lowercase();
    let governs = |x: &Actor| x.sector.as_deref() == Some("GOV");
    // What one government asks of another is a position whatever it is about.
    let between = e.kind == EventType::Request
        && e.actors.iter().any(governs)
        && e.recipients.iter().any(|y| governs(y) && e.actors.iter().all(|x| x.country != y.country));
    Some(Claim {
        head,
        parties: e.actors.clone(),
        toward: e.recipients.first().cloned(),
        stance,
        contents: content::of_event(r, words.talk, e.kind, head),
        kind: Some(e.kind),
        other: between || words.talk.is_plain(&lemma) && e.actors.iter().any(is_power),
        wish: false,
        intends: false,
        source: e.source.clone(),
    })
}

/// The stance that an event takes; none when it takes none. What is denied turns round: not to agree is to refuse.
fn stance(r: &Reading, words: Words, e: &Event, head: usize) -> Option<Stance> {
    let lemma = r.a.tokens[head].lemma.to_lowercase();
    let said = words.talk.stance(&lemma);
    let own = |x: &Actor, y: &Actor| {
        x.country.is_some() && x.country == y.country && x.sector.as_deref() == Some("GOV") && y.sector == x.sector
    };
    let plain = match e.kind {
        // What a government orders its own to do it offers the others.
        EventType::Request if e.actors.iter().any(|x| e.recipients.iter().any(|y| own(x, y))) => Stance::Offer,
        EventType::Request => Stance::Demand,
        EventType::Agree => said.filter(|s| matches!(s, Stance::Offer | Stance::Accept)).unwrap_or(Stance::Accept),
        EventType::Concede => said.filter(|s| *s == Stance::Accept).unwrap_or(Stance::Offer),
        // The denial of an accusation has no mode and refuses nothing.
        // What might be refused is no refusal.
        EventType::Reject if matches!(e.status, Status::Future | Status::Hypothetical) => return None,
        EventType::Reject if e.mode.is_some() || said == Some(Stance::Refuse) => Stance::Refuse,
        _ => return None,
    };
    match (plain, e.status) {
        (Stance::Demand, Status::Negated) => None,
        (Stance::Refuse, Status::Negated) => {
            Some(if said == Some(Stance::Refuse) { Stance::Offer } else { Stance::Refuse })
        }
        // "failed to yield an accord": nobody refused.
        (_, Status::Negated) => (r.a.tokens[head].upos == Upos::Verb).then_some(Stance::Refuse),
        (s, _) => Some(s),
    }
}

/// Whether an actor has power to negotiate with.
fn is_power(x: &Actor) -> bool {
    matches!(x.sector.as_deref(), Some("GOV" | "REB"))
}

/// A word of `positions.toml` with a party and a content.
fn of_word(r: &Reading, words: Words, i: usize) -> Option<Claim> {
    let a = r.a;
    let t = &a.tokens[i];
    // "is against it": a preposition speaks only as a predicate.
    let predicate = t.upos != Upos::Adp || a.children(i).any(|c| a.tokens[c].rel == Rel::Cop);
    let group = words.stances.of(t.upos, &t.lemma).filter(|_| predicate);
    for p in group {
        let contents = content::of_word(r, p, i);
        let subject = || a.children(i).any(|c| a.tokens[c].rel == Rel::Nsubj);
        if contents.is_empty() && !(p.is(Mark::Bare) && subject()) {
            continue;
        }
        let Some(stance) = (if is_denied(r, words, i) { p.denied } else { p.stance }) else { continue };
        let parties = if p.is(Mark::Impersonal) { speaker(r, i) } else { parties(r, i, p.is(Mark::Patient)) };
        if parties.is_empty() || is_guess(r, words, i) {
            continue;
        }
        let toward = toward(r, i, &parties, &contents);
        let object = a.children(i).find(|&c| matches!(a.tokens[c].rel, Rel::Obj | Rel::Iobj));
        let addressed = object.and_then(|o| r.mentions.at(o)).map(|m| &m.actor);
        let own = |x: &Actor| addressed.is_some_and(|y| is_power(x) && super::is_side(x, y));
        return Some(Claim {
            head: i,
            // What a government orders its own to do it offers the others.
            stance: if stance == Stance::Demand && parties.iter().any(own) { Stance::Offer } else { stance },
            other: p.is(Mark::Other) && parties.iter().any(is_power),
            wish: p.is(Mark::Wish) && object.is_none(),
            intends: false,
            parties,
            toward,
            contents,
            kind: None,
            source: r.source(i),
        });
    }
    None
}

/// What auxiliaries and conjunctions say: "will not rush to get a deal", "must allow access", "will go on until they leave".
fn modal(r: &Reading, words: Words, i: usize) -> Option<Claim> {
    let denied = is_denied(r, words, i);
    let (stance, parties, content) = if words.stances.is_intention(r.a, i) && denied {
        let parties = parties(r, i, false);
        (Stance::Refuse, parties, i..tree::subtree(r.a, i).end)
    } else if let Some(clause) = words.stances.ending(r.a, i) {
        let mut parties = parties(r, i, false);
        if parties.is_empty() {
            parties = speaker(r, i);
        }
        (Stance::Demand, parties, tree::subtree(r.a, clause))
    } else if words.stances.is_obligation(r.a, i) && !denied {
        // What one must do oneself one demands of nobody.
        let speaker = speaker(r, i);
        let subjects = parties(r, i, tree::is_passive(r.a, i));
        if subjects.iter().any(|x| speaker.iter().any(|y| super::is_side(x, y))) {
            return None;
        }
        (Stance::Demand, speaker, tree::subtree(r.a, i))
    } else {
        return None;
    };
    let able = |x: &Actor| is_power(x) || matches!(x.sector.as_deref(), Some("LEG" | "MIL" | "OPP" | "PTY"));
    let body = |x: &Actor| matches!(x.country.as_deref(), Some("UNO" | "IGO" | "EUR"));
    if !parties.iter().any(|x| able(x) || body(x)) || is_guess(r, words, i) {
        return None;
    }
    let contents = vec![content];
    let toward = toward(r, i, &parties, &contents);
    let intends = stance == Stance::Refuse;
    Some(Claim {
        head: i,
        parties,
        toward,
        stance,
        contents,
        kind: None,
        other: false,
        intends,
        wish: false,
        source: r.source(i),
    })
}

/// The one whose words a word is.
fn speaker(r: &Reading, i: usize) -> Vec<Actor> {
    r.source(i).and_then(|s| s.actor).into_iter().collect()
}

/// Whether somebody only believes it of the party: "analysts think the government is willing".
fn is_guess(r: &Reading, words: Words, i: usize) -> bool {
    let a = r.a;
    let hedges = |t: usize| words.status.hedges.get(&a.tokens[t].lemma.to_lowercase()) == Some(&CertaintyGrade::Hedged);
    let mut at = i;
    for _ in 0..4 {
        if at != i && hedges(at) {
            return true;
        }
        match a.tokens[at].head {
            Some(h) if matches!(a.tokens[at].rel, Rel::Xcomp | Rel::Ccomp | Rel::Csubj | Rel::Conj) => at = h,
            _ => return false,
        }
    }
    false
}

/// Whether a word is denied by a word beside it.
fn is_denied(r: &Reading, words: Words, i: usize) -> bool {
    let denies = |c: usize| {
        let form = r.a.tokens[c].span.text(r.text).unwrap_or_default().to_lowercase();
        matches!(r.a.tokens[c].rel, Rel::Advmod | Rel::Det | Rel::Cc | Rel::Aux)
            && (words.status.negators.contains(&form) || words.status.negators.contains(&r.a.tokens[c].lemma))
    };
    r.a.children(i).any(denies)
}

/// Whether a word stands in a condition: "if the rebels refuse to talk".
fn is_supposed(r: &Reading, words: Words, mut i: usize) -> bool {
    for _ in 0..4 {
        let conditional = |c: usize| {
            r.a.tokens[c].rel == Rel::Mark && words.status.conditionals.contains(&r.a.tokens[c].lemma.to_lowercase())
        };
        if r.a.children(i).any(conditional) {
            return true;
        }
        match r.a.tokens[i].head {
            Some(h) if matches!(r.a.tokens[i].rel, Rel::Xcomp | Rel::Conj) => i = h,
            _ => return false,
        }
    }
    false
}

/// Who takes the stance: the subject, of a noun its possessor or the subject of the verb it is the object of ("expressed readiness").
fn parties(r: &Reading, i: usize, patient: bool) -> Vec<Actor> {
    let a = r.a;
    let noun = a.tokens[i].upos == Upos::Noun;
    let own = match (noun, patient) {
        (true, _) => Slot::Possessor,
        (_, true) => Slot::Object,
        _ => Slot::Subject,
    };
    let mut holders = fillers(r, i, &own);
    if holders.is_empty() && noun {
        let light = a.tokens[i].head.filter(|_| a.tokens[i].rel == Rel::Obj);
        holders = light.map_or(Vec::new(), |v| fillers(r, v, &Slot::Subject));
        holders.extend(fillers(r, i, &Slot::Prep("by".to_owned())));
        holders.extend(fillers(r, i, &Slot::Prep("from".to_owned())));
    }
    let mut out: Vec<Actor> = Vec::new();
    for h in holders {
        let Some(m) = r.mentions.at(h) else { continue };
        for x in std::iter::once(&m.actor).chain(&m.other) {
            if (x.country.is_some() || x.sector.is_some()) && !out.iter().any(|y| super::is_side(x, y)) {
                out.push(x.clone());
            }
        }
    }
    out
}

fn fillers(r: &Reading, i: usize, slot: &Slot) -> Vec<usize> {
    let mut out: Vec<usize> = tree::slots(r.a, r.text, i).into_iter().filter(|(s, _)| s == slot).map(|x| x.1).collect();
    // "is open to": the subject of an adjective or preposition with a copula stands beside it.
    if out.is_empty() && *slot == Slot::Subject {
        let subject = |v: usize| r.a.children(v).find(|&c| matches!(r.a.tokens[c].rel, Rel::Nsubj | Rel::NsubjPass));
        let above = r.a.tokens[i].head.filter(|_| matches!(r.a.tokens[i].rel, Rel::Xcomp | Rel::Conj));
        // "works with others to pursue an end to the war": an infinitive of purpose has the subject of the verb above.
        let purpose = r.a.tokens[i].head.filter(|_| r.a.tokens[i].rel == Rel::Acl && tree::is_infinitive(r.a, i));
        let verb = purpose.and_then(|noun| r.a.tokens[noun].head);
        out.extend(subject(i).or_else(|| above.or(verb).and_then(subject)));
    }
    out
}

/// Of or to whom: the one addressed, else the first other party that the content names.
fn toward(r: &Reading, i: usize, parties: &[Actor], contents: &[Range<usize>]) -> Option<Actor> {
    let other = |x: &Actor| x.country.is_some() && !parties.iter().any(|p| super::is_side(p, x));
    let addressed = tree::slots(r.a, r.text, i)
        .into_iter()
        .filter(|(s, w)| {
            !contents.iter().any(|c| c.contains(w))
                && match s {
                    Slot::Object | Slot::IndirectObject => true,
                    Slot::Prep(p) => matches!(p.as_str(), "with" | "on" | "to" | "from" | "of" | "against"),
                    _ => false,
                }
        })
        .find_map(|(_, w)| r.mentions.at(w).map(|m| m.actor.clone()).filter(other));
    addressed
        .or_else(|| contents.iter().flat_map(|c| r.mentions.within(c.clone())).map(|m| m.actor.clone()).find(other))
}
