//! Where an event took place.

use crate::candidates::Candidate;
use crate::coder::Reading;
use crate::people::People;
use crate::{attribution, toponyms, tree};
use dateline_annotate::{Annotation, ArgRole, Rel, Upos};
use dateline_knowledge::{Knowledge, NameKind};
use dateline_report::{Actor, Event, EventType, Place, PlacePrecision, Span, Status};
use std::collections::BTreeSet;

/// Score from which a toponym counts as the event's place.
const ATTACHES: f32 = 0.45;

/// Score from which a toponym counts as the place of an act of speech, which may be of its content.
const SPOKEN: f32 = 0.6;

/// Probability from which the learned coder's word is enough without a tie on the tree.
const MODEL_ALONE: f32 = 0.7;

/// The event's place: the toponym of its sentence that grammar or the learned coder ties to it.
pub(crate) fn find(r: &Reading, know: &Knowledge, people: &People, c: &Candidate) -> Option<Place> {
    let (a, text, on) = (r.a, r.text, r.published);
    let sentence = a.sentences[a.sentence_of(c.head)].tokens.clone();
    let roles = a.roles_of(c.head).or_else(|| c.words.clone().find_map(|i| a.roles_of(i)));
    let role = ArgRole::ALL.iter().position(|&r| r == ArgRole::Place)?;
    let mut best: Option<(f32, std::ops::Range<usize>)> = None;
    for range in toponyms::within(a, text, know, on, sentence.clone()) {
        let head = toponyms::head_of(a, &range);
        let model = roles.map_or(0.0, |r| {
            range.clone().filter_map(|i| r.words.get(i - sentence.start)).map(|w| w[role]).fold(0.0, f32::max)
        });
        let country = know.name(tree::span_of(a, &range).text(text).unwrap_or_default(), on);
        let country = country.is_some_and(|n| n.kind == NameKind::Country);
        let tie = grammar(a, text, c, head, country);
        let score = model + tie;
        let spoken = attribution::is_speech(c.kind);
        // "the U.S. attack", "Iran agreed": a state before the act is who acts; what is demanded or promised takes place elsewhere.
        let acts = country && !matches!(c.kind, EventType::Consult | EventType::Protest) && acts(a, head);
        let least = if spoken { SPOKEN } else { 0.0 };
        let tied = !acts && score >= least && (tie > 0.0 || model >= MODEL_ALONE);
        if tied && score >= ATTACHES && best.as_ref().is_none_or(|(s, _)| score > *s) {
            best = Some((score, range));
        }
    }
    let Some((_, range)) = best else {
        return described(r, know, people, c);
    };
    let span = tree::span_of(a, &range);
    let place = toponyms::locate(r, know, &range)?;
    let (span, part) = part_of(r, know, &range).map_or((span, false), |s| (s, true));
    // What lies north of a town or in the north of a country is known by the province at best.
    let coarse = part && matches!(place.precision, Some(PlacePrecision::City | PlacePrecision::Country));
    let precision = if coarse { Some(PlacePrecision::Admin) } else { place.precision };
    Some(Place { text: Some(span.text(r.text)?.to_owned()), span: Some(span), precision, ..place })
}

/// The words that say that only a part of a named place or what lies beside it is meant, with the name: "north of Homs", "northern
/// Syria", "the outskirts of Aleppo".
fn part_of(r: &Reading, know: &Knowledge, range: &std::ops::Range<usize>) -> Option<Span> {
    let a = r.a;
    let word = |i: usize| a.tokens[i].span.text(r.text).unwrap_or_default();
    let sentence = a.sentences[a.sentence_of(range.start)].tokens.start;
    let whole = tree::span_of(a, range);
    // "northern Syria" is part of a place; "South Sudan" and "Central African Republic" are places.
    let lower = word(range.start).starts_with(char::is_lowercase);
    if range.len() > 1 && lower && know.is_direction(word(range.start)) {
        return Some(whole);
    }
    let before = range.start.checked_sub(1).filter(|&i| i >= sentence)?;
    if know.is_direction(word(before)) {
        return Some(whole.cover(a.tokens[before].span));
    }
    let of = before.checked_sub(1).filter(|&i| i >= sentence && word(before) == "of")?;
    know.is_direction(word(of)).then(|| whole.cover(a.tokens[of].span))
}

/// Where violence, protest and force that nobody places took place: in the one country of all who take part, if that is what the report
/// is about. Such a place has no words and is no evidence for anything else: it is set last.
pub(crate) fn at_home(r: &Reading, know: &Knowledge, events: &mut [Event]) {
    let Some(home) = toponyms::main_country(&r.countries).filter(|c| r.countries[c] >= TOLD) else { return };
    for e in events.iter_mut().filter(|e| e.place.is_none() && e.status == Status::Actual) {
        let takes_place = matches!(e.kind, EventType::Assault | EventType::Protest | EventType::Coerce);
        let mut parties = e.actors.iter().chain(&e.recipients).peekable();
        if takes_place && parties.peek().is_some() && parties.all(|x| x.country.as_ref() == Some(&home)) {
            e.place = toponyms::of_country(know, &home);
        }
    }
}

/// Whether a name is an actor by its place in the clause: the modifier or owner of a noun, the subject of a verb.
fn acts(a: &Annotation, head: usize) -> bool {
    matches!(a.tokens[head].rel, Rel::Compound | Rel::Amod | Rel::NmodPoss | Rel::Nsubj)
}

/// Whether a preposition says where.
pub(crate) fn is_local(preposition: Option<&str>) -> bool {
    preposition.is_some_and(|p| {
        matches!(
            p,
            "in" | "at"
                | "near"
                | "outside"
                | "inside"
                | "across"
                | "around"
                | "throughout"
                | "within"
                | "off"
                | "through"
                | "along"
                | "beside"
        )
    })
}

/// A place that has no name: "outside the presidential palace", "on the border". Its phrase hangs on the event; its country is that of
/// the name in the phrase, else where the report plays.
fn described(r: &Reading, know: &Knowledge, people: &People, c: &Candidate) -> Option<Place> {
    let (a, text) = (r.a, r.text);
    let sentence = a.sentences[a.sentence_of(c.head)].tokens.clone();
    let precision = |i: usize| {
        let lemma = a.tokens[i].lemma.to_lowercase();
        let kinds = [
            (&people.settlements, PlacePrecision::City),
            (&people.sites, PlacePrecision::Site),
            (&people.areas, PlacePrecision::Admin),
        ];
        kinds.into_iter().find(|(nouns, _)| nouns.contains(&lemma)).map(|x| x.1)
    };
    let noun = |i: &usize| a.tokens[*i].upos == Upos::Noun && !c.words.contains(i) && precision(*i).is_some();
    let head = sentence.filter(noun).find(|&i| grammar(a, text, c, i, false) >= 0.6)?;
    let phrase = tree::noun_phrase(a, head);
    let names = toponyms::within(a, text, know, r.published, phrase.clone());
    let nation = |i: usize| {
        let name = know.name(a.tokens[i].span.text(text)?, r.published)?;
        matches!(name.kind, NameKind::Country | NameKind::Demonym).then(|| name.country.clone())
    };
    let country = names
        .iter()
        .find_map(|n| toponyms::locate(r, know, n)?.country)
        .or_else(|| a.children(head).find_map(nation))
        .or_else(|| toponyms::main_country(&r.countries).filter(|c| r.countries[c] >= TOLD))?;
    let span = tree::span_of(a, &phrase);
    Some(Place {
        text: Some(span.text(text)?.to_owned()),
        span: Some(span),
        country: Some(country),
        precision: precision(head),
        ..Place::default()
    })
}

/// A town or village as the one acted upon: its people, of its country, of no sector (GUIDE.md). None for other things.
pub(crate) fn as_victim(r: &Reading, know: &Knowledge, settlements: &BTreeSet<String>, word: usize) -> Option<Actor> {
    let phrase = tree::noun_phrase(r.a, word);
    let settlement = settlements.contains(&r.a.tokens[word].lemma.to_lowercase());
    let names = toponyms::within(r.a, r.text, know, r.published, phrase.clone());
    let name = names.iter().find(|n| settlement || n.contains(&word));
    let country = match name {
        Some(n) => toponyms::locate(r, know, n).and_then(|p| p.country),
        // "The town" lies where the report plays, if it says often enough where that is.
        None if settlement => toponyms::main_country(&r.countries).filter(|c| r.countries[c] >= TOLD),
        None => None,
    }?;
    let span = tree::span_of(r.a, &phrase);
    Some(Actor { text: span.text(r.text)?.to_owned(), span, country: Some(country), ..Actor::default() })
}

/// Mentions of a country from which it is where the report plays.
const TOLD: usize = 3;

/// How strongly the tree ties a toponym (a country's name or another) to the event: a phrase of place that hangs on it.
fn grammar(a: &Annotation, text: &str, c: &Candidate, head: usize, country: bool) -> f32 {
    let preposition = tree::preposition(a, text, head);
    let local = is_local(preposition.as_deref());
    // Who visits a place is there; what is done to a town is done there.
    let visit = c.frame.is_some_and(|f| f.mode.as_deref() == Some("visit"));
    let object = matches!(a.tokens[head].rel, Rel::Obj | Rel::Obl) && preposition.is_none();
    let struck = matches!(c.kind, EventType::Assault | EventType::Coerce)
        && !country
        && preposition.as_deref().map_or(object, |p| matches!(p, "on" | "against" | "of"));
    // Aid goes to where it is given; a country that is invaded or shelled is where it happens.
    let sent = c.kind == EventType::Aid && !country && preposition.as_deref() == Some("to");
    let suffers = c.kind == EventType::Assault
        && (a.tokens[head].rel == Rel::NsubjPass || object)
        && a.tokens[head].head == Some(c.predicate);
    let travel = visit && (object || preposition.as_deref() == Some("to")) || struck || sent || suffers;
    let up = a.tokens[head].head;
    let direct = up == Some(c.head) || up == Some(c.predicate);
    if direct && (local || travel) {
        return 0.6;
    }
    if direct && a.tokens[head].rel == Rel::Compound {
        // "the Paris meeting" took place there; "Iran talks" may be about it.
        return if country { 0.25 } else { 0.45 };
    }
    // One phrase further: "attack on a convoy in Homs", "met officials in Doha".
    let second = up.and_then(|h| a.tokens[h].head);
    if local && (second == Some(c.head) || second == Some(c.predicate)) { 0.35 } else { 0.0 }
}
