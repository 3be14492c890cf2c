//! What names mean: countries, offices with their dates, organisations, role nouns, places.
//!
//! The tables under `knowledge/tables` are compiled into the program; every row names its source there.

mod coverage;
mod entities;
mod evidence;
mod fold;
mod gazetteer;
mod genders;
mod names;
mod origin;
mod resolve;
mod town;

pub use coverage::{Coverage, Inventory};
pub use entities::EntitiesError;
pub use evidence::{Evidence, Row};
pub use fold::fold;
pub use gazetteer::{Feature, PlaceRow};
pub use names::{Name, NameKind};
pub use resolve::Resolution;

use dateline_report::{Date, Gender};
use genders::Genders;
use names::Names;
use origin::Origins;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, LazyLock, OnceLock};

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
    units: &'static str,
    /// Parts of the world that lie in no one country, with their middles where they have one.
    regions: HashMap<String, Option<(f64, f64)>>,
    /// What an abbreviation of a place stands for ("Va."), with its country.
    abbreviations: HashMap<&'static str, (&'static str, &'static str)>,
    /// Words for sorts of places: "province".
    kinds: Vec<String>,
    /// Words for what a country has in others: "embassy".
    missions: Vec<String>,
    centres: HashMap<String, (String, f64, f64)>,
    capitals: HashMap<&'static str, &'static str>,
    /// Nouns for a capital.
    capital_words: Vec<String>,
    /// Words for a part of a place: "north", "northern".
    directions: HashSet<&'static str>,
    genders: Genders,
    /// Read from the names when it is first asked for.
    origins: OnceLock<Origins>,
    /// Titles before names, lower case, without stop.
    titles: HashSet<String>,
    /// Peoples of several states, by the words for them.
    peoples: HashMap<&'static str, Vec<&'static str>>,
    /// Names that several states bear.
    namesakes: Vec<Namesake>,
}

/// A name of more than one state, or of a state and a part of another.
#[derive(Clone, Debug)]
pub struct Namesake {
    /// The name, and the words for its people.
    pub names: Vec<&'static str>,
    /// ISO 3166 alpha-3 of the state that is meant where nothing tells.
    pub usual: &'static str,
    /// Those of the states that may be meant as well.
    pub others: Vec<&'static str>,
}

static EMBEDDED: LazyLock<Arc<Knowledge>> = LazyLock::new(|| Arc::new(Knowledge::build()));

/// Codes of actors that are of no one state.
const STATELESS: [&str; 7] = ["IGO", "NGO", "UNO", "EUR", "IMG", "MNC", "ISM"];

impl Knowledge {
    /// The knowledge that ships with Dateline.
    pub fn embedded() -> &'static Knowledge {
        &EMBEDDED
    }

    /// The same, to be shared with others.
    pub fn shared() -> Arc<Knowledge> {
        EMBEDDED.clone()
    }

    /// The knowledge that ships with Dateline, and beside it a table of one's own entities, whose rows speak first: names (parted by
    /// `|`), country, sector, kind (person, group, state or people), role, from, to, parted by tabs.
    ///
    /// # Errors
    /// A row that is not of this form; says the line, the column and what is expected.
    pub fn with_entities(table: &str) -> Result<Knowledge, EntitiesError> {
        let mut out = Knowledge::build();
        let countries: BTreeSet<&str> = out.centres.keys().map(String::as_str).chain(STATELESS).collect();
        let sectors: BTreeSet<&str> =
            names::rows(include_str!("../../../knowledge/tables/sectors.tsv")).map(|c| c[0]).collect();
        for e in entities::read(table, &countries, &sectors)? {
            out.names.entity(e);
        }
        Ok(out)
    }

    fn build() -> Knowledge {
        let mut names = Names::default();
        let countries = include_str!("../../../knowledge/tables/countries.tsv");
        names.countries(countries);
        names.institutions(include_str!("../../../knowledge/tables/metonyms.tsv"));
        names.groups(include_str!("../../../knowledge/tables/groups.tsv"));
        names.groups(include_str!("../../../knowledge/tables/parties.tsv"));
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
        let middle = |c: &[&str]| Some((c.get(2)?.parse().ok()?, c.get(3)?.parse().ok()?));
        let regions =
            ["continent", "region", "sea"].into_iter().flat_map(of).map(|c| (fold(c[0]), middle(&c))).collect();
        let abbreviations = names::rows(include_str!("../../../knowledge/tables/abbreviations.tsv"))
            .filter(|c| c.len() >= 3)
            .map(|c| (c[0], (c[1], c[2])))
            .collect();
        let [kinds, missions, capital_words] =
            ["word", "mission", "capital"].map(|k| of(k).map(|c| c[0].to_owned()).collect());
        let capitals = names::rows(countries).filter(|c| !c[4].is_empty()).map(|c| (c[0], c[4])).collect();
        let centres = names::rows(countries)
            .filter_map(|c| {
                Some((c[0].to_owned(), (c[2].split('|').next()?.to_owned(), c[5].parse().ok()?, c[6].parse().ok()?)))
            })
            .collect();
        let people = names.iter().filter_map(|n| Some((n.canonical.as_str(), n.gender?)));
        let genders = Genders::read(include_str!("../../../knowledge/tables/genders.tsv"), people);
        let titles = names::rows(include_str!("../../../knowledge/tables/titles.tsv")).map(|c| c[0].to_lowercase());
        let peoples = names::rows(include_str!("../../../knowledge/tables/peoples.tsv")).filter(|c| c.len() >= 2);
        let peoples = peoples.flat_map(|c| c[0].split('|').map(move |n| (n, c[1].split('|').collect()))).collect();
        let namesakes = names::rows(include_str!("../../../knowledge/tables/namesakes.tsv")).filter(|c| c.len() >= 2);
        let namesakes = namesakes.filter_map(|c| {
            let (usual, others) = c[1].split_once('|')?;
            Some(Namesake { names: c[0].split('|').collect(), usual, others: others.split('|').collect() })
        });
        Knowledge {
            namesakes: namesakes.collect(),
            titles: titles.collect(),
            peoples,
            genders,
            origins: OnceLock::new(),
            names,
            roles,
            modifiers,
            gazetteer: include_str!("../../../knowledge/tables/gazetteer.tsv"),
            units: include_str!("../../../knowledge/tables/admin1.tsv"),
            abbreviations,
            regions,
            kinds,
            missions,
            centres,
            capitals,
            capital_words,
            directions: of("direction").map(|c| c[0]).collect(),
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

    /// Gender of whom a noun or title is said: "spokeswoman", "Mr.".
    pub fn gender_of_noun(&self, lemma: &str) -> Option<Gender> {
        self.genders.of(lemma.trim_end_matches('.').to_lowercase().as_str())
    }

    /// Gender of those who mostly bear a given name: "Amina".
    pub fn gender_of_given_name(&self, word: &str) -> Option<Gender> {
        self.genders.of(word).filter(|_| word.starts_with(char::is_uppercase))
    }

    /// How like the names of a country's office holders (ISO 3166 alpha-3) a person's name is: the logarithm of how likely it is there
    /// over how likely it is anywhere.
    pub fn likeness(&self, name: &str, country: &str) -> f32 {
        let people = || self.names.iter().filter(|n| n.kind == NameKind::Person && !n.own);
        let origins =
            self.origins.get_or_init(|| Origins::of(people().map(|n| (n.canonical.as_str(), n.country.as_str()))));
        origins.likeness(name, country)
    }

    /// Whether a word is a title before a person's name that says neither office nor country: "Mr", "Dr.".
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word.trim_end_matches('.').to_lowercase().as_str())
    }

    /// The states (ISO 3166 alpha-3) among which a people lives, the likeliest first: those of "Kurdish".
    pub fn states_of_people(&self, word: &str) -> &[&str] {
        self.peoples.get(word).map_or(&[], Vec::as_slice)
    }

    /// The names that several states bear.
    pub fn namesakes(&self) -> &[Namesake] {
        &self.namesakes
    }

    /// Whether a state has a first-level unit of a name: the United States and "Georgia".
    pub fn has_unit(&self, iso3: &str, name: &str) -> bool {
        let of_state = |row: &str| row.starts_with(iso3) && row.ends_with(name);
        self.units.lines().filter(|row| of_state(row)).any(|row| row.split('\t').nth(1) == Some(name))
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

    /// The name of a first-level administrative unit by its country and GeoNames code.
    pub fn unit(&self, country: &str, code: &str) -> Option<&str> {
        gazetteer::lines(self.units, &format!("{country}.{code}")).next()?.split('\t').nth(1)
    }

    /// Name and country (ISO 3166 alpha-3) of the place that an abbreviation stands for: "Va." is Virginia.
    pub fn abbreviation(&self, written: &str) -> Option<(&str, &str)> {
        self.abbreviations.get(written).copied()
    }

    /// The word for a sort of place that a name ends with: "county" of "Laurel County".
    pub fn kind_of(&self, name: &str) -> Option<&str> {
        let key = fold(name);
        let ends = |k: &&String| key.strip_suffix(k.as_str()).is_some_and(|r| r.ends_with(' '));
        self.kinds.iter().find(ends).map(String::as_str)
    }

    /// Whether a noun is a word for a sort of place: "province".
    pub fn is_kind(&self, lemma: &str) -> bool {
        self.kinds.iter().any(|k| k == lemma)
    }

    /// The middle (degrees north, degrees east) of a continent, region or sea.
    pub fn region_centre(&self, name: &str) -> Option<(f64, f64)> {
        self.regions.get(&fold(name)).copied().flatten()
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
        self.regions.contains_key(&fold(name))
    }

    /// Whether a word says which part of a place is meant: "north" (of Homs), "northern" (Syria), "outskirts".
    pub fn is_direction(&self, word: &str) -> bool {
        self.directions.contains(word.to_lowercase().as_str())
    }

    /// The capital of a country.
    pub fn capital(&self, iso3: &str) -> Option<&str> {
        self.capitals.get(iso3).copied()
    }

    /// Whether words say "capital" of the country named before them.
    pub fn is_capital_word(&self, words: &str) -> bool {
        self.capital_words.iter().any(|w| w == words)
    }

    /// Name and centre (degrees north, degrees east) of a country.
    pub fn centre(&self, iso3: &str) -> Option<(&str, f64, f64)> {
        self.centres.get(iso3).map(|(n, lat, lon)| (n.as_str(), *lat, *lon))
    }
}

#[cfg(test)]
mod tests;
