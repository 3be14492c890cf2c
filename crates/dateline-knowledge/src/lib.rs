//! What names mean: countries, offices with their dates, organisations, role nouns, places.
//!
//! The tables under `knowledge/tables` are compiled into the program; every row names its source there.

mod fold;
mod gazetteer;
mod names;
mod resolve;

pub use fold::fold;
pub use gazetteer::PlaceRow;
pub use names::{Name, NameKind};
pub use resolve::Resolution;

use dateline_report::Date;
use names::Names;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A noun for people in a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The noun phrase.
    pub name: String,
    /// PLOVER's code for bodies that are of no state, if it is said of one.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Whether it is said of one person.
    pub person: bool,
    /// Whether it takes the sector of the organisation it belongs to: "Hamas leader".
    pub inherit: bool,
}

/// The knowledge base.
pub struct Knowledge {
    names: Names,
    roles: HashMap<String, Role>,
    modifiers: HashMap<String, String>,
    gazetteer: &'static str,
    regions: HashSet<String>,
    /// Words for sorts of places: "province".
    kinds: Vec<String>,
    /// Words for what a country has in others: "embassy".
    missions: Vec<String>,
    centres: HashMap<String, (String, f64, f64)>,
}

static EMBEDDED: LazyLock<Knowledge> = LazyLock::new(Knowledge::build);

impl Knowledge {
    /// The knowledge that ships with Dateline.
    pub fn embedded() -> &'static Knowledge {
        &EMBEDDED
    }

    fn build() -> Knowledge {
        let mut names = Names::default();
        let countries = include_str!("../../../knowledge/tables/countries.tsv");
        names.countries(countries);
        names.institutions(include_str!("../../../knowledge/tables/metonyms.tsv"));
        names.groups(include_str!("../../../knowledge/tables/groups.tsv"));
        names.persons(include_str!("../../../knowledge/tables/leaders.tsv"));
        names.persons(include_str!("../../../knowledge/tables/officials.tsv"));
        let mut roles = HashMap::new();
        for c in names::rows(include_str!("../../../knowledge/tables/roles.tsv")).filter(|c| c.len() >= 4) {
            let (country, sector) = c[1].split_once(':').map_or((None, c[1]), |(c, s)| (Some(c.to_owned()), s));
            roles.insert(
                c[0].to_owned(),
                Role {
                    name: c[0].to_owned(),
                    country,
                    sector: Some(sector.to_owned()).filter(|s| s != "-"),
                    person: c[2] == "person",
                    inherit: c[3] == "yes",
                },
            );
        }
        let modifiers = names::rows(include_str!("../../../knowledge/tables/modifiers.tsv")).filter(|c| c.len() >= 2);
        let modifiers = modifiers.map(|c| (c[0].to_owned(), c[1].to_owned())).collect();
        let parts = include_str!("../../../knowledge/tables/regions.tsv");
        let of = |kind: &'static str| names::rows(parts).filter(move |c| c.len() >= 2 && c[1] == kind);
        let regions = ["continent", "region", "sea"].into_iter().flat_map(of).map(|c| fold(c[0])).collect();
        let [kinds, missions] = ["word", "mission"].map(|k| of(k).map(|c| c[0].to_owned()).collect());
        let centres = names::rows(countries)
            .filter_map(|c| {
                Some((c[0].to_owned(), (c[2].split('|').next()?.to_owned(), c[5].parse().ok()?, c[6].parse().ok()?)))
            })
            .collect();
        Knowledge {
            names,
            roles,
            modifiers,
            gazetteer: include_str!("../../../knowledge/tables/gazetteer.tsv"),
            regions,
            kinds,
            missions,
            centres,
        }
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are no names.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What a name, written exactly so, means on a day.
    pub fn name(&self, spelling: &str, on: Option<Date>) -> Option<&Name> {
        self.names.lookup(spelling, on)
    }

    /// The role that a noun phrase of lemmas names.
    pub fn role(&self, lemmas: &str) -> Option<&Role> {
        self.roles.get(&lemmas.to_lowercase())
    }

    /// What a modifier does to the country or title of its noun (the effects of `knowledge/tables/modifiers.tsv`).
    pub fn modifier(&self, lemma: &str) -> Option<&str> {
        self.modifiers.get(&lemma.to_lowercase()).map(String::as_str)
    }

    /// Places of a name, largest first. Where no row has it whole, "Anbar Province" is looked for as "Anbar" and "Al Anbar".
    pub fn places(&self, name: &str) -> Vec<PlaceRow<'_>> {
        let key = fold(name);
        let bare = gazetteer::without_kind(&key, &self.kinds);
        let spellings = [key.clone(), bare.to_owned(), format!("al {bare}"), bare.replacen("st ", "saint ", 1)];
        spellings.iter().map(|k| gazetteer::rows(self.gazetteer, k)).find(|rows| !rows.is_empty()).unwrap_or_default()
    }

    /// Whether a name is that of something that one country has in another: "the Saudi embassy".
    pub fn is_mission(&self, name: &str) -> bool {
        let key = fold(name);
        self.missions.iter().any(|m| key.strip_suffix(m.as_str()).is_some_and(|r| r.is_empty() || r.ends_with(' ')))
    }

    /// The state of a name that is also a people's adjective, as "United States" is.
    pub fn state(&self, spelling: &str) -> Option<&Name> {
        self.names.state(spelling)
    }

    /// Whether a name is that of a part of the world that lies in no one country: a continent, a region, a sea.
    pub fn is_region(&self, name: &str) -> bool {
        self.regions.contains(&fold(name))
    }

    /// Name and centre (degrees north, degrees east) of a country.
    pub fn centre(&self, iso3: &str) -> Option<(&str, f64, f64)> {
        self.centres.get(iso3).map(|(n, lat, lon)| (n.as_str(), *lat, *lon))
    }
}

#[cfg(test)]
mod tests;
