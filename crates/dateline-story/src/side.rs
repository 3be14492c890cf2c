//! Who acts for whom: from the actors of single reports to the sides of a story.

use crate::people::{Name, People};
use dateline_report::Actor;
use serde::Serialize;
use std::collections::BTreeMap;

/// Who an actor acts for: a state with all its arms ("IRN"), an organisation of states ("EUR"), or a group ("PSE Hamas").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Side(String);

impl Side {
    /// The state of this country code.
    pub(crate) fn of_country(code: &str) -> Side {
        Side(code.to_owned())
    }

    /// The code: that of the country or organisation, and the group's name behind it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country's or organisation's code alone.
    pub fn country(&self) -> &str {
        self.0.get(..3).unwrap_or(&self.0)
    }
}

/// What an actor's sector makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arm {
    /// An arm of its state.
    State,
    /// A group of its own.
    Group,
    /// Nobody who could be a side.
    Private,
}

fn arm(a: &Actor) -> Arm {
    let union = a.country.as_deref().is_some_and(|c| UNIONS.contains(&c));
    match a.sector.as_deref() {
        Some("GOV" | "MIL" | "SPY" | "LEG" | "JUD" | "COP") => Arm::State,
        Some("REB" | "UAF" | "OPP" | "PTY" | "SEP") => Arm::Group,
        // A country or organisation without a sector is the country or organisation.
        None if !a.person || union => Arm::State,
        _ => Arm::Private,
    }
}

/// Organisations of states, each one side; any other organisation is one by its name.
const UNIONS: [&str; 2] = ["UNO", "EUR"];
/// Codes of organisations that are many.
const MANY: [&str; 4] = ["IGO", "IMG", "NGO", "MNC"];

/// The sides of a story and the persons who act for them.
#[derive(Clone, Debug, Default)]
pub struct Sides {
    people: People,
    /// Names of each side by how often they were used.
    names: BTreeMap<Side, BTreeMap<String, usize>>,
    /// The named groups of a country and sector by how often they appear.
    groups: BTreeMap<(String, String), BTreeMap<String, usize>>,
    /// The side of a person, by the person's place in `people`.
    of_person: Vec<Option<Side>>,
}

impl Sides {
    /// Reads the sides off all actors of a story; their order does not matter.
    pub fn of<'a>(actors: impl Iterator<Item = &'a Actor> + Clone) -> Sides {
        let mut sides = Sides { people: People::of(actors.clone()), ..Sides::default() };
        for a in actors.clone().filter(|a| !a.person && arm(a) == Arm::Group) {
            if let (Some(country), Some(sector), Some(name)) = (&a.country, &a.sector, proper_name(a)) {
                *sides.groups.entry((country.clone(), sector.clone())).or_default().entry(name).or_default() += 1;
            }
        }
        // Of all that is said of a person the side named most often holds: one report may take a president for a party's man.
        let mut votes: Vec<BTreeMap<Side, usize>> = vec![BTreeMap::new(); sides.people.len()];
        for a in actors.clone().filter(|a| a.person) {
            if let (Some(p), Some(side)) = (sides.people.index(a), sides.by_words(a)) {
                *votes[p].entry(side).or_default() += 1;
            }
        }
        sides.of_person = votes.iter().map(|v| most(v).cloned()).collect();
        for a in actors.filter(|a| !a.person) {
            if let (Some(side), Some(name)) = (sides.by_words(a), proper_name(a)) {
                *sides.names.entry(side).or_default().entry(name).or_default() += 1;
            }
        }
        sides
    }

    /// The persons.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// The side of a person by its place in [`Sides::people`].
    pub fn of_person(&self, person: usize) -> Option<&Side> {
        self.of_person.get(person).and_then(Option::as_ref)
    }

    /// Who this actor acts for; none for private persons, the press, crowds.
    pub fn side(&self, a: &Actor) -> Option<Side> {
        let known = self.people.index(a).filter(|_| a.person).and_then(|p| self.of_person(p));
        known.cloned().or_else(|| self.by_words(a))
    }

    /// By what the one report says of the actor.
    fn by_words(&self, a: &Actor) -> Option<Side> {
        let country = a.country.clone()?;
        match arm(a) {
            Arm::Private => None,
            _ if UNIONS.contains(&country.as_str()) => Some(Side(country)),
            Arm::State if !MANY.contains(&country.as_str()) => Some(Side(country)),
            _ => {
                let sector = a.sector.clone().unwrap_or_default();
                let own = if a.person { None } else { proper_name(a) };
                let group = own.or_else(|| self.groups.get(&(country.clone(), sector)).and_then(most).cloned())?;
                Some(Side(format!("{country} {group}")))
            }
        }
    }

    /// What the reports call a side most often; if they never name it as a whole, its country's name.
    pub fn name(&self, side: &Side) -> String {
        let name = self.names.get(side).and_then(most).cloned();
        name.or_else(|| side.0.get(4..).map(str::to_owned)).unwrap_or_else(|| country_name(&side.0).to_owned())
    }
}

/// Countries by code, for those of which reports speak only through their people. The table is that of dateline-knowledge.
const COUNTRIES: &str = include_str!("../../../knowledge/tables/countries.tsv");

/// The first name that the table has for a code; the code if it has none.
fn country_name(code: &str) -> &str {
    let row = COUNTRIES.lines().skip(1).find(|l| l.split('\t').next() == Some(code));
    row.and_then(|r| r.split('\t').nth(2)).and_then(|names| names.split('|').next()).unwrap_or(code)
}

/// The key counted most often, of equals the first.
fn most<K: Ord>(counts: &BTreeMap<K, usize>) -> Option<&K> {
    counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(k, _)| k)
}

/// The name of a state, organisation or group: the canonical one, else words that begin with a capital.
fn proper_name(a: &Actor) -> Option<String> {
    if let Some(name) = &a.name {
        return Some(name.clone());
    }
    let text = Name::without_article(&a.text);
    // "rebel Blue Nile Alliance": what it is stands before what it is called.
    let kind = usize::from(text.starts_with(char::is_lowercase));
    let words: Vec<&str> = text.split_whitespace().skip(kind).collect();
    let all_names = words.iter().all(|w| !w.starts_with(char::is_lowercase));
    (all_names && (1..=4).contains(&words.len())).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(text: &str, country: &str, sector: Option<&str>, person: bool) -> Actor {
        Actor {
            text: text.into(),
            country: Some(country.into()),
            sector: sector.map(Into::into),
            person,
            ..Actor::default()
        }
    }

    #[test]
    fn arms_of_a_state_are_one_side_and_groups_their_own() {
        let all = [
            actor("Sudan", "SDN", Some("GOV"), false),
            actor("the army", "SDN", Some("MIL"), false),
            actor("the Rebel Alliance", "SDN", Some("REB"), false),
            actor("rebels", "SDN", Some("REB"), false),
            actor("families", "SDN", Some("CVL"), false),
            actor("the European Union", "EUR", None, false),
        ];
        let sides = Sides::of(all.iter());
        let of = |i: usize| sides.side(&all[i]).map(|s| (s.as_str().to_owned(), sides.name(&s)));
        assert_eq!(of(0), Some(("SDN".into(), "Sudan".into())));
        assert_eq!(of(1), of(0));
        assert_eq!(of(2), Some(("SDN Rebel Alliance".into(), "Rebel Alliance".into())));
        assert_eq!(of(3), of(2));
        assert_eq!(of(4), None);
        assert_eq!(of(5), Some(("EUR".into(), "European Union".into())));
    }

    #[test]
    fn a_person_stands_where_most_reports_say() {
        let all = [
            actor("President Amina Vale", "KEN", Some("GOV"), true),
            actor("Amina Vale", "KEN", Some("CVL"), true),
            actor("Vale", "KEN", Some("GOV"), true),
        ];
        let sides = Sides::of(all.iter());
        assert!(all.iter().all(|a| sides.side(a).is_some_and(|s| s.as_str() == "KEN")));
    }
}
