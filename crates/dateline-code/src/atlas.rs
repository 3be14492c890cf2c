//! Every place name of a report, resolved together: what one says of the country or province bears on the others.

mod recognise;
mod sense;

use crate::toponyms;
use dateline_annotate::Annotation;
use dateline_knowledge::{Feature, Knowledge, NameKind, PlaceRow};
use dateline_report::{Date, Place, PlacePrecision};
use sense::{Candidate, Group};
use std::collections::BTreeMap;
use std::ops::Range;

/// A place name of a report, wherever it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Toponym {
    /// What it names, with its words.
    pub place: Place,
    /// Whether it is a people's adjective or noun: "Syrian" names Syria.
    pub adjective: bool,
    /// The place that population alone would choose: what a resolver without context says.
    pub largest: Option<(f64, f64)>,
}

/// A name in the text before it is resolved.
#[derive(Clone, Debug)]
struct Found {
    tokens: Range<usize>,
    /// The words without article and possessive mark.
    words: String,
    adjective: bool,
    /// What the words around it say it lies in: a country and perhaps a first-level unit.
    inside: Option<(String, Option<String>)>,
}

/// All place names of a report, in text order.
pub(crate) fn all(a: &Annotation, text: &str, know: &Knowledge, on: Option<Date>) -> Vec<Toponym> {
    let found = recognise::names(a, text, know, on);
    // One sense a report: a name means the same place each time.
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for f in &found {
        let group = groups
            .entry(dateline_knowledge::fold(&f.words))
            .or_insert_with(|| Group::new(candidates(know, &f.words, f.adjective, on)));
        group.mentions += 1;
        if let Some(inside) = &f.inside {
            *group.inside.entry(inside.clone()).or_default() += 1;
        }
    }
    sense::choose(&mut groups);
    let place = |f: &Found| {
        let group = groups.get(&dateline_knowledge::fold(&f.words))?;
        let span = crate::tree::span_of(a, &f.tokens);
        let words = span.text(text)?.to_owned();
        let mut place = group.chosen.map(|i| group.candidates[i].place.clone()).unwrap_or_default();
        (place.text, place.span) = (Some(words), Some(span));
        let largest = group.largest().and_then(|c| Some((c.place.lat?, c.place.lon?)));
        Some(Toponym { place, adjective: f.adjective, largest })
    };
    found.iter().filter_map(place).collect()
}

/// What a name may mean: a state, a part of the world, rows of the gazetteer.
fn candidates(know: &Knowledge, words: &str, adjective: bool, on: Option<Date>) -> Vec<Candidate> {
    let (words, country) = know.abbreviation(words).map_or((words, None), |(w, c)| (w, Some(c)));
    let state = know.state(words).or_else(|| know.name(words, on)).filter(|n| match n.kind {
        NameKind::Country => true,
        NameKind::Demonym => adjective,
        _ => false,
    });
    let mut out: Vec<Candidate> = Vec::new();
    if let Some(n) = state.filter(|_| country.is_none()) {
        out.extend(toponyms::of_country(know, &n.country).map(|p| Candidate::new(p, String::new(), COUNTRY)));
    }
    if let Some((lat, lon)) = know.region_centre(words) {
        let place = Place { name: Some(words.to_owned()), lat: Some(lat), lon: Some(lon), ..Place::default() };
        out.push(Candidate::new(place, String::new(), COUNTRY));
    }
    if adjective || know.is_region(words) {
        return out;
    }
    let kind = know.kind_of(words);
    let rows = know.places(words);
    let fits = |r: &&PlaceRow| country.is_none_or(|c| r.country == c && r.feature == Feature::Unit);
    out.extend(rows.iter().filter(fits).map(|r| {
        let bias = match (r.feature, kind) {
            (Feature::Subunit, None) => -SUBUNIT,
            (Feature::Town, Some(_)) if !r.name.contains(' ') => -SUBUNIT,
            _ => 0.0,
        };
        Candidate::new(toponyms::of_row(know, r), r.unit.to_owned(), toponyms::prior(know, r, words) + bias)
    }));
    out
}

/// Weight of a state or continent of a name, as the logarithm of a number of people.
const COUNTRY: f64 = 17.0;

/// What a district loses when its name is written without "county" or "district", and a town when it is written with it.
const SUBUNIT: f64 = 3.0;

/// How finely a row of the gazetteer is known.
pub(crate) fn precision(feature: Feature) -> PlacePrecision {
    if feature == Feature::Town { PlacePrecision::City } else { PlacePrecision::Admin }
}
