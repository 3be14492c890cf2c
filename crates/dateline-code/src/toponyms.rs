//! Place names: where they stand in a sentence, and where on the map.

use crate::coder::Reading;
use crate::tree;
use dateline_annotate::{Annotation, Rel, Upos};
use dateline_knowledge::{Feature, Knowledge, Name, NameKind, PlaceRow, fold};
use dateline_report::{Date, Place, PlacePrecision};
use std::collections::BTreeMap;
use std::ops::Range;

/// Token ranges of the sentence's place names.
pub(crate) fn within(
    a: &Annotation,
    text: &str,
    know: &Knowledge,
    on: Option<Date>,
    sentence: Range<usize>,
) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = a
        .entities
        .iter()
        .filter(|e| e.kind.is_place() && sentence.contains(&e.tokens.start) && e.tokens.end <= sentence.end)
        .map(|e| e.tokens.clone())
        .collect();
    for i in sentence {
        let word = a.tokens[i].span.text(text).unwrap_or_default();
        let known = know.name(word, on).is_some_and(|n| matches!(n.kind, NameKind::Country | NameKind::Capital));
        let known = known || is_town(a, know, i, word);
        if known && !out.iter().any(|r| r.contains(&i)) {
            out.push(i..i + 1);
        }
    }
    out.sort_by_key(|r| r.start);
    out
}

/// Whether a name that the annotator took for nothing is that of a town of some size: "the Mombasa attack".
fn is_town(a: &Annotation, know: &Knowledge, i: usize, word: &str) -> bool {
    let alone = a.tokens[i].upos == Upos::Propn
        && matches!(a.tokens[i].rel, Rel::Compound | Rel::Obl | Rel::Nmod)
        && a.entity_at(i).is_none()
        && !a.times.iter().any(|t| t.span.overlaps(a.tokens[i].span));
    alone && know.places(word).iter().any(|p| p.feature == Feature::Town && p.population >= TOWN)
}

/// Least number of people of such a town.
const TOWN: u64 = 50_000;

/// A place name of the report on the map. Its own phrase tells the country first ("Kashmir's Uri", "the Syrian city of Deir Ezzor",
/// "St. Paul, Minnesota", "the Saudi embassy in Sanaa"), then the gazetteer and the countries that the report speaks of. A name that
/// nobody knows lies where the places beside it lie, else where the report plays.
pub(crate) fn locate(r: &Reading, know: &Knowledge, range: &Range<usize>) -> Option<Place> {
    let words = tree::span_of(r.a, range).text(r.text)?;
    let around = container(r, know, range);
    let Some(country) = around else {
        return resolve(know, words, r.published, &r.countries).or_else(|| {
            let neighbours =
                within(r.a, r.text, know, r.published, r.a.sentences[r.a.sentence_of(range.start)].tokens.clone());
            let named = |n: &Range<usize>| {
                let words = tree::span_of(r.a, n).text(r.text)?;
                resolve(know, words, r.published, &r.countries)?.country
            };
            let nearest = neighbours.iter().filter(|n| *n != range).min_by_key(|n| n.start.abs_diff(range.start));
            Some(Place { country: nearest.and_then(named).or_else(|| main_country(&r.countries)), ..Place::default() })
        });
    };
    let only = BTreeMap::from([(country.clone(), usize::MAX)]);
    let inside = |p: &Place| p.country.as_ref() == Some(&country) && p.precision != Some(PlacePrecision::Country);
    resolve(know, words, r.published, &only)
        .filter(inside)
        .or(Some(Place { country: Some(country), ..Place::default() }))
}

/// The country that the phrase around a place name tells.
fn container(r: &Reading, know: &Knowledge, range: &Range<usize>) -> Option<String> {
    let a = r.a;
    let word = |i: usize| a.tokens[i].span.text(r.text).unwrap_or_default();
    let head = head_of(a, range);
    let state = |i: usize| {
        let name = know.state(word(i)).or_else(|| know.name(word(i), r.published))?;
        matches!(name.kind, NameKind::Country | NameKind::Demonym).then(|| name.country.clone())
    };
    let known = |n: &Range<usize>| {
        let words = tree::span_of(a, n).text(r.text)?;
        (!know.is_mission(words)).then(|| resolve(know, words, r.published, &r.countries)).flatten()?.country
    };
    let sentence = a.sentences[a.sentence_of(range.start)].tokens.clone();
    let names = within(a, r.text, know, r.published, sentence);
    // "Homs, Syria": the next name behind a comma, unless a list goes on or the name does something itself ("in Vienna, Iran stood by").
    let comma = |n: &&Range<usize>| n.start == range.end + 1 && word(range.end) == ",";
    let listed = |n: &Range<usize>| a.tokens[head_of(a, n)].rel == Rel::Conj;
    let acts = |n: &Range<usize>| matches!(a.tokens[head_of(a, n)].rel, Rel::Nsubj | Rel::NsubjPass);
    let behind = names.iter().find(comma).filter(|n| !listed(n) && !acts(n));
    // "the palace in Istanbul", "the Molenbeek neighbourhood of Brussels": a name that hangs on this one or on the noun it names.
    let noun = a.tokens[head].head.filter(|_| matches!(a.tokens[head].rel, Rel::Compound | Rel::Flat | Rel::NmodDesc));
    let hangs = |n: &&Range<usize>| {
        let h = head_of(a, n);
        *n != range
            && n.start >= range.end
            && a.tokens[h].rel == Rel::Nmod
            && a.tokens[h].head.is_some_and(|g| g == head || Some(g) == noun)
    };
    // "Kashmir's Uri", "the Syrian city of Homs", "Turkey's Oncupinar crossing".
    let governor = a.tokens[head]
        .head
        .filter(|_| matches!(a.tokens[head].rel, Rel::Nmod | Rel::Compound | Rel::Flat | Rel::Appos));
    let describes = |i: usize| {
        let before =
            |c: &usize| !range.contains(c) && matches!(a.tokens[*c].rel, Rel::Amod | Rel::NmodPoss | Rel::Compound);
        a.children(i).filter(before).find_map(state)
    };
    let mission = tree::span_of(a, range).text(r.text).is_some_and(|w| know.is_mission(w))
        || noun.is_some_and(|n| know.is_mission(word(n)));
    let outer = behind.or_else(|| names.iter().find(hangs)).and_then(known);
    if mission {
        return outer;
    }
    // What a noun is said to be of tells where its town lies only where it is the town itself: "a U.S. strike near Raqqa" does not.
    let settlement = |g: &usize| {
        let named = a.tokens[head].rel != Rel::Nmod
            || know.is_kind(&a.tokens[*g].lemma.to_lowercase())
                && tree::preposition(a, r.text, head).is_none_or(|p| p == "of");
        named && a.tokens[*g].upos == dateline_annotate::Upos::Noun
    };
    outer.or_else(|| describes(head)).or_else(|| governor.filter(settlement).and_then(describes))
}

/// The word of a name that hangs on the rest of the sentence.
pub(crate) fn head_of(a: &Annotation, range: &Range<usize>) -> usize {
    range.clone().find(|&i| a.tokens[i].head.is_none_or(|h| !range.contains(&h))).unwrap_or(range.start)
}

/// The country a report speaks of most.
pub(crate) fn main_country<'c>(told: impl IntoIterator<Item = (&'c String, &'c usize)>) -> Option<String> {
    told.into_iter().max_by(|x, y| x.1.cmp(y.1).then(y.0.cmp(x.0))).map(|(c, _)| c.clone())
}

/// A country as a place.
pub(crate) fn of_country(know: &Knowledge, iso3: &str) -> Option<Place> {
    let (name, lat, lon) = know.centre(iso3)?;
    Some(Place {
        name: Some(name.to_owned()),
        lat: Some(lat),
        lon: Some(lon),
        country: Some(iso3.to_owned()),
        precision: Some(PlacePrecision::Country),
        ..Place::default()
    })
}

/// A country's capital as a place.
fn of_capital(know: &Knowledge, iso3: &str) -> Option<Place> {
    let capital = know.capital(iso3)?;
    know.places(capital).iter().find(|r| r.country == iso3).map(|r| of_row(know, r))
}

/// How likely a row of the gazetteer is meant by a name before anything else is known: by its people; a capital more, a place that
/// only some language calls so less.
pub(crate) fn prior(know: &Knowledge, r: &PlaceRow, name: &str) -> f64 {
    let own = fold(&r.name);
    let written = fold(name);
    let capital = know.capital(r.country).is_some_and(|c| fold(c) == written);
    let other = !own.starts_with(&written) && !written.starts_with(&own) && r.feature == Feature::Town && !capital;
    // "Homs" is the town rather than its province, as long as the word "province" does not stand there.
    let unit = r.feature == Feature::Unit && know.kind_of(name).is_none();
    let add = |when: bool, value: f64| if when { value } else { 0.0 };
    (r.population.max(1) as f64).ln() + add(capital, CAPITAL) - add(other, OTHER_NAME) - add(unit, UNIT)
}

/// What a province loses against the town that bears its name.
const UNIT: f64 = 1.0;

/// What being a capital adds, as the logarithm of a factor of people.
const CAPITAL: f64 = 2.0;

/// What a name of another language takes away.
const OTHER_NAME: f64 = 3.0;

/// A row of the gazetteer as a place.
pub(crate) fn of_row(know: &Knowledge, r: &PlaceRow) -> Place {
    Place {
        name: Some(r.name.clone().into_owned()),
        geonames: r.geonames,
        lat: r.lat,
        lon: r.lon,
        country: Some(r.country.to_owned()),
        admin1: know.unit(r.country, r.unit).map(str::to_owned),
        precision: Some(crate::atlas::precision(r.feature)),
        ..Place::default()
    }
}

/// A place name on the map: a country, else the gazetteer's candidate in a country the report speaks of, else the largest.
pub(crate) fn resolve(
    know: &Knowledge,
    name: &str,
    on: Option<Date>,
    context: &BTreeMap<String, usize>,
) -> Option<Place> {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let known = know.state(bare).or_else(|| know.name(bare, on));
    if let Some(n) = known.filter(|n| n.kind == NameKind::Country) {
        // Of a name of several states that which the report speaks of is meant.
        let namesake = know.namesakes().iter().find(|x| x.names[0] == bare && !context.contains_key(x.usual));
        match namesake.and_then(|x| x.others.iter().find(|c| context.contains_key(**c))) {
            None => return of_country(know, &n.country),
            Some(other) if !know.has_unit(other, bare) => return of_country(know, other),
            Some(_) => {}
        }
    }
    // "the White House" is the institution, not a town that some language calls so.
    let of_state = |n: &&Name| crate::mentions::is_state(&n.country);
    if let Some(n) = known.filter(|n| n.kind == NameKind::Institution).filter(of_state) {
        return Some(Place { name: Some(n.canonical.clone()), country: Some(n.country.clone()), ..Place::default() });
    }
    // "the Middle East", "the Red Sea" lie in no one country.
    if know.is_region(bare) {
        return Some(Place { name: Some(bare.to_owned()), ..Place::default() });
    }
    let rows = know.places(bare);
    let weight = |r: &PlaceRow| {
        let spoken = context.get(r.country).copied().unwrap_or(0).min(5) as f64;
        prior(know, r, bare) + 0.8 * spoken.sqrt()
    };
    let best = rows.iter().max_by(|x, y| weight(x).total_cmp(&weight(y)));
    if let Some(r) = best {
        return Some(of_row(know, r));
    }
    // "the Belgian capital".
    let nation = |w: &str| know.name(w, on).filter(|n| n.kind == NameKind::Demonym);
    if let Some((people, noun)) = bare.split_once(' ')
        && know.is_capital_word(noun)
        && let Some(n) = nation(people)
    {
        return of_capital(know, &n.country);
    }
    if let Some(n) = known.filter(|n| n.kind == NameKind::Capital) {
        return Some(Place { name: Some(n.canonical.clone()), country: Some(n.country.clone()), ..Place::default() });
    }
    // The country of an embassy is not where it stands.
    if know.is_mission(bare) {
        return None;
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
