//! Where an event took place.

use crate::candidates::Candidate;
use crate::coder::Reading;
use crate::tree;
use dateline_annotate::{Annotation, ArgRole, EntityKind, Rel};
use dateline_knowledge::{Knowledge, NameKind, PlaceRow};
use dateline_report::{Actor, Date, Place, PlacePrecision};
use std::collections::{BTreeMap, BTreeSet};

/// Score from which a toponym counts as the event's place.
const ATTACHES: f32 = 0.45;

/// Probability from which the learned coder's word is enough without a tie on the tree.
const MODEL_ALONE: f32 = 0.7;

/// The event's place: the toponym of its sentence that grammar or the learned coder ties to it. `context` counts the countries the
/// report speaks of, to choose between places of one name.
pub fn find(
    a: &Annotation,
    text: &str,
    know: &Knowledge,
    on: Option<Date>,
    c: &Candidate,
    context: &BTreeMap<String, usize>,
) -> Option<Place> {
    let sentence = a.sentences[a.sentence_of(c.head)].tokens.clone();
    let roles = a.roles_of(c.head).or_else(|| c.words.clone().find_map(|i| a.roles_of(i)));
    let role = ArgRole::ALL.iter().position(|&r| r == ArgRole::Place)?;
    let mut best: Option<(f32, std::ops::Range<usize>)> = None;
    for range in toponyms(a, text, know, on, sentence.clone()) {
        let head = range.clone().find(|&i| a.tokens[i].head.is_none_or(|h| !range.contains(&h))).unwrap_or(range.start);
        let model = roles.map_or(0.0, |r| {
            range.clone().filter_map(|i| r.words.get(i - sentence.start)).map(|w| w[role]).fold(0.0, f32::max)
        });
        let country = know.name(tree::span_of(a, &range).text(text).unwrap_or_default(), on);
        let country = country.is_some_and(|n| n.kind == NameKind::Country);
        let score = model + grammar(a, text, c, head, country);
        let tied = score > model || model >= MODEL_ALONE;
        if tied && score >= ATTACHES && best.as_ref().is_none_or(|(s, _)| score > *s) {
            best = Some((score, range));
        }
    }
    let (_, range) = best?;
    let span = tree::span_of(a, &range);
    let words = span.text(text)?.to_owned();
    // A name that no gazetteer row explains lies where the report plays.
    let mut place = resolve(know, &words, on, context)
        .unwrap_or_else(|| Place { country: main_country(context), ..Place::default() });
    (place.text, place.span) = (Some(words), Some(span));
    Some(place)
}

/// A town or village as the one acted upon: its people, of its country, of no sector (GUIDE.md). None for other things.
pub fn as_victim(r: &Reading, know: &Knowledge, settlements: &BTreeSet<String>, word: usize) -> Option<Actor> {
    let phrase = tree::noun_phrase(r.a, word);
    let settlement = settlements.contains(&r.a.tokens[word].lemma.to_lowercase());
    let names = toponyms(r.a, r.text, know, r.published, phrase.clone());
    let name = names.iter().find(|n| settlement || n.contains(&word));
    let country = match name {
        Some(n) => {
            let words = tree::span_of(r.a, n).text(r.text)?;
            resolve(know, words, r.published, &r.countries).map_or_else(|| main_country(&r.countries), |p| p.country)
        }
        None if settlement => main_country(&r.countries),
        None => None,
    }?;
    let span = tree::span_of(r.a, &phrase);
    Some(Actor { text: span.text(r.text)?.to_owned(), span, country: Some(country), ..Actor::default() })
}

/// The country a report speaks of most.
pub fn main_country(context: &BTreeMap<String, usize>) -> Option<String> {
    context.iter().max_by(|x, y| x.1.cmp(y.1).then(y.0.cmp(x.0))).map(|(c, _)| c.clone())
}

/// How strongly the tree ties a toponym (a country's name or another) to the event: a phrase of place that hangs on it.
fn grammar(a: &Annotation, text: &str, c: &Candidate, head: usize, country: bool) -> f32 {
    let preposition = tree::preposition(a, text, head);
    let local = preposition.as_deref().is_some_and(|p| {
        matches!(p, "in" | "at" | "near" | "outside" | "inside" | "across" | "around" | "throughout" | "within" | "off")
    });
    let travel = preposition.as_deref() == Some("to") && c.frame.is_some_and(|f| f.mode.as_deref() == Some("visit"));
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

/// Token ranges of the sentence's place names.
fn toponyms(
    a: &Annotation,
    text: &str,
    know: &Knowledge,
    on: Option<Date>,
    sentence: std::ops::Range<usize>,
) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = a
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Place && sentence.contains(&e.tokens.start) && e.tokens.end <= sentence.end)
        .map(|e| e.tokens.clone())
        .collect();
    for i in sentence {
        let word = a.tokens[i].span.text(text).unwrap_or_default();
        let known = know.name(word, on).is_some_and(|n| matches!(n.kind, NameKind::Country | NameKind::Capital));
        if known && !out.iter().any(|r| r.contains(&i)) {
            out.push(i..i + 1);
        }
    }
    out.sort_by_key(|r| r.start);
    out
}

/// A place name on the map: a country, else the gazetteer's candidate in a country the report speaks of, else the largest.
pub fn resolve(know: &Knowledge, name: &str, on: Option<Date>, context: &BTreeMap<String, usize>) -> Option<Place> {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let known = know.name(bare, on);
    if let Some(n) = known.filter(|n| n.kind == NameKind::Country) {
        let (center, lat, lon) = know.centre(&n.country)?;
        return Some(Place {
            name: Some(center.to_owned()),
            lat: Some(lat),
            lon: Some(lon),
            country: Some(n.country.clone()),
            precision: Some(PlacePrecision::Country),
            ..Place::default()
        });
    }
    // "the White House" is the institution, not a town that some language calls so.
    if let Some(n) = known.filter(|n| n.kind == NameKind::Institution) {
        return Some(Place { name: Some(n.canonical.clone()), country: Some(n.country.clone()), ..Place::default() });
    }
    // "the Middle East", "the Red Sea" lie in no one country.
    if know.is_region(bare) {
        return Some(Place { name: Some(bare.to_owned()), ..Place::default() });
    }
    let rows = know.places(bare);
    let weight = |r: &PlaceRow| {
        let spoken = context.get(r.country).copied().unwrap_or(0).min(5) as f64;
        (r.population.max(1) as f64).ln() + 1.1 * spoken.sqrt()
    };
    let best = rows.iter().max_by(|x, y| weight(x).total_cmp(&weight(y)));
    if let Some(r) = best {
        return Some(Place {
            name: Some(r.name.to_owned()),
            geonames: r.geonames,
            lat: r.lat,
            lon: r.lon,
            country: Some(r.country.to_owned()),
            admin1: Some(r.admin1.to_owned()).filter(|x| !x.is_empty()),
            precision: Some(if r.admin { PlacePrecision::Admin } else { PlacePrecision::City }),
            ..Place::default()
        });
    }
    if let Some(n) = known.filter(|n| n.kind == NameKind::Capital) {
        return Some(Place { name: Some(n.canonical.clone()), country: Some(n.country.clone()), ..Place::default() });
    }
    // "northern Syria", "the Damascus suburb of Douma": the last name in it that is known, in a country the report speaks of.
    let words: Vec<&str> = bare.split([' ', ',']).filter(|w| w.starts_with(char::is_uppercase)).collect();
    let partial = words.len() > 1 || bare.contains(' ');
    let spoken = |p: &Place| {
        p.precision == Some(PlacePrecision::Country) || p.country.as_ref().is_some_and(|c| context.contains_key(c))
    };
    partial
        .then(|| words.iter().rev().filter(|w| **w != bare).find_map(|w| resolve(know, w, on, context).filter(spoken)))
        .flatten()
}
