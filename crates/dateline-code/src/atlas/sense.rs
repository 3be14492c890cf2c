//! Which of the places of a name is meant: people, the words around it, and the other places of the report.

use dateline_report::Place;
use std::collections::BTreeMap;

/// One place that a name may mean.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) place: Place,
    /// GeoNames code of its first-level unit.
    unit: String,
    /// Logarithm of its people, with what its kind adds.
    prior: f64,
}

impl Candidate {
    pub(super) fn new(place: Place, unit: String, prior: f64) -> Self {
        Candidate { place, unit, prior }
    }

    /// Kilometres to another, when both have a point.
    fn distance(&self, other: &Candidate) -> Option<f64> {
        Some(kilometres((self.place.lat?, self.place.lon?), (other.place.lat?, other.place.lon?)))
    }
}

/// All mentions of one name.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) candidates: Vec<Candidate>,
    pub(super) mentions: usize,
    /// How often its own words say that it lies in a country and unit.
    pub(super) inside: BTreeMap<(String, Option<String>), usize>,
    pub(super) chosen: Option<usize>,
}

impl Group {
    pub(super) fn new(candidates: Vec<Candidate>) -> Self {
        Group { candidates, mentions: 0, inside: BTreeMap::new(), chosen: None }
    }

    /// The candidate that its people alone choose.
    pub(super) fn largest(&self) -> Option<&Candidate> {
        self.candidates.iter().max_by(|x, y| x.prior.total_cmp(&y.prior))
    }

    /// How well a candidate agrees with what the words around the name say.
    fn container(&self, c: &Candidate) -> f64 {
        let agree = |(country, unit): &(String, Option<String>)| {
            if c.place.country.as_ref() != Some(country) {
                0.0
            } else if unit.as_ref().is_none_or(|u| *u == c.unit) {
                CONTAINED
            } else {
                0.0
            }
        };
        self.inside.iter().map(|(inside, n)| agree(inside) * (*n as f64).sqrt()).fold(0.0, f64::max)
    }
}

/// What the words around a name weigh when they say where it lies.
const CONTAINED: f64 = 9.0;

/// What another place of the report in the same first-level unit weighs.
const SAME_UNIT: f64 = 1.6;

/// What another place of the report in the same country weighs.
const SAME_COUNTRY: f64 = 0.7;

/// What another place of the report close by weighs, falling with distance.
const CLOSE: f64 = 2.0;

/// Distance in kilometres at which closeness has fallen to a third.
const REACH: f64 = 60.0;

/// How often the choices are made anew with the others' choices in sight.
const ROUNDS: usize = 4;

/// Chooses a candidate for each name.
pub(super) fn choose(groups: &mut BTreeMap<String, Group>) {
    for g in groups.values_mut() {
        g.chosen = best(g, |c| c.prior + g.container(c));
    }
    for _ in 0..ROUNDS {
        let chosen: Vec<(String, usize, Candidate)> = groups
            .iter()
            .filter_map(|(k, g)| g.chosen.map(|i| (k.clone(), g.mentions, g.candidates[i].clone())))
            .collect();
        for (key, g) in groups.iter_mut() {
            let score = |c: &Candidate| {
                let others = chosen.iter().filter(|(k, ..)| k != key);
                let support: Vec<(f64, f64)> = others.map(|(_, n, o)| (weight(*n), agreement(c, o))).collect();
                c.prior + g.container(c) + sum_of_strongest(support)
            };
            g.chosen = best(g, score);
        }
    }
}

/// How much a name that is told so often says about the others.
fn weight(mentions: usize) -> f64 {
    (mentions.min(4) as f64).sqrt()
}

/// The supports, strongest first, each later one counting for less: ten places of one country say hardly more than five.
fn sum_of_strongest(mut support: Vec<(f64, f64)>) -> f64 {
    support.sort_by(|x, y| (y.0 * y.1).total_cmp(&(x.0 * x.1)));
    support.iter().enumerate().map(|(i, (w, s))| w * s / (1.0 + i as f64).sqrt()).sum()
}

fn best(g: &Group, score: impl Fn(&Candidate) -> f64) -> Option<usize> {
    let scored = g.candidates.iter().map(score).enumerate();
    scored.max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0))).map(|x| x.0)
}

/// How much another place of the report speaks for a candidate.
fn agreement(c: &Candidate, other: &Candidate) -> f64 {
    let same_country = c.place.country.is_some() && c.place.country == other.place.country;
    let unit = same_country && !c.unit.is_empty() && c.unit == other.unit;
    let near = c.distance(other).map_or(0.0, |d| CLOSE * (-d / REACH).exp());
    let country = if same_country { SAME_COUNTRY } else { 0.0 };
    country + near.max(if unit { SAME_UNIT } else { 0.0 })
}

/// Kilometres between two points (degrees north, degrees east) on the sphere.
fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let [a, b, c, d] = [from.0, from.1, to.0, to.1].map(f64::to_radians);
    let h = ((c - a) / 2.0).sin().powi(2) + a.cos() * c.cos() * ((d - b) / 2.0).sin().powi(2);
    6371.0 * 2.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(country: &str, unit: &str, lat: f64, lon: f64, people: f64) -> Candidate {
        let place = Place { lat: Some(lat), lon: Some(lon), country: Some(country.to_owned()), ..Place::default() };
        Candidate::new(place, unit.to_owned(), people.ln())
    }

    #[test]
    fn places_beside_it_outweigh_people() {
        let mut paris = Group::new(vec![town("FRA", "11", 48.9, 2.4, 2e6), town("USA", "TX", 33.7, -95.6, 2.5e4)]);
        paris.mentions = 1;
        let alone = BTreeMap::from([("paris".to_owned(), paris.clone())]);
        let mut texas = Group::new(vec![town("USA", "TX", 31.0, -99.0, 2e7)]);
        texas.mentions = 3;
        let mut sherman = Group::new(vec![town("USA", "TX", 33.6, -96.6, 4e4)]);
        sherman.mentions = 1;
        let mut both = alone.clone();
        both.insert("texas".to_owned(), texas);
        both.insert("sherman".to_owned(), sherman);
        let mut alone = alone;
        choose(&mut alone);
        choose(&mut both);
        assert_eq!((alone["paris"].chosen, both["paris"].chosen), (Some(0), Some(1)));
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        assert!((kilometres((48.853, 2.349), (51.509, -0.126)) - 343.0).abs() < 5.0);
    }
}
