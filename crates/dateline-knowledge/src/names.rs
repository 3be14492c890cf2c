//! The names of the tables under `knowledge/tables`, found by folded spelling.

use crate::entities::Entity;
use crate::fold::fold;
use dateline_report::{Date, Gender};
use std::collections::HashMap;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A state or territory.
    Country,
    /// An adjective or people: "Iraqi", "Iraqis".
    Demonym,
    /// A capital, which may stand for its government.
    Capital,
    /// A house, agency or seat that stands for an institution.
    Institution,
    /// An organisation, party or armed group.
    Group,
    /// A person with an office.
    Person,
}

/// One entry of the knowledge base.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its canonical form.
    pub canonical: String,
    /// What it names.
    pub kind: NameKind,
    /// ISO 3166 alpha-3 or a PLOVER non-state code.
    pub country: String,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Office of a person.
    pub office: Option<String>,
    /// First month it holds, as year and month.
    pub from: Option<(i16, i8)>,
    /// Last month it holds.
    pub to: Option<(i16, i8)>,
    /// Gender of a person.
    pub gender: Option<Gender>,
    /// Where the fact comes from.
    pub source: String,
    /// Whether it is a row of the user's own entities, which speak first.
    pub own: bool,
}

impl Name {
    /// Whether it holds on a day; an unknown day or bound does not exclude.
    pub fn holds(&self, on: Option<Date>) -> bool {
        let Some(d) = on else { return true };
        let month = (d.year(), d.month());
        self.from.is_none_or(|f| f <= month) && self.to.is_none_or(|t| month <= t)
    }
}

/// Offices of heads of state and government, as the tables name them.
const LEADERS: [&str; 6] = ["leader", "president", "prime minister", "chancellor", "king", "supreme leader"];

/// First year of the offices that a surname alone may mean in a report of no known day.
const RECENT: i16 = 1990;

impl Name {
    /// Whether a surname alone may mean it on a day; on an unknown day those of our time only.
    fn is_meant(&self, on: Option<Date>) -> bool {
        self.holds(on) && (on.is_some() || self.to.is_none_or(|t| t.0 >= RECENT))
    }

    /// Whether it is a head of state or government.
    fn leads(&self) -> bool {
        self.office.as_deref().is_some_and(|o| LEADERS.contains(&o))
    }

    /// Whether it held some time before a day.
    fn held(&self, on: Option<Date>) -> bool {
        on.is_some_and(|d| self.to.is_some_and(|t| t < (d.year(), d.month())))
    }
}

/// How the letters of a spelling must be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letters {
    /// With a capital somewhere.
    Any,
    /// The table has all capitals, and only capitals match it ("IS", "AU").
    Capitals,
    /// The same, but some write it as a word: "Nato".
    Acronym,
}

/// The key under which a name is found.
#[derive(Clone, Debug)]
struct Key {
    name: usize,
    letters: Letters,
    /// Only a part of the name: a surname.
    partial: bool,
    /// A single word that the table itself gives as a spelling: "Trump".
    known: bool,
}

impl Key {
    /// Whether a word of the text is written as its letters ask.
    fn is_written(&self, word: &str) -> bool {
        let capital = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        match self.letters {
            Letters::Any => true,
            Letters::Capitals => capital,
            Letters::Acronym => capital || is_title_case(word),
        }
    }
}

/// All names.
#[derive(Default)]
pub(crate) struct Names {
    all: Vec<Name>,
    keys: HashMap<String, Vec<Key>>,
    longest: usize,
}

/// A name found among words.
#[derive(Clone, Debug)]
pub(crate) struct Hit<'k> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) name: &'k Name,
    /// Whether only a surname was given.
    pub(crate) partial: bool,
}

impl Names {
    fn add(&mut self, spellings: &[&str], name: Name) {
        let index = self.all.len();
        for s in spellings.iter().filter(|s| !s.is_empty()) {
            self.key(s, index, false);
        }
        self.all.push(name);
    }

    fn key(&mut self, spelling: &str, name: usize, partial: bool) {
        self.spelling(spelling, name, partial, false);
    }

    fn spelling(&mut self, spelling: &str, name: usize, partial: bool, known: bool) {
        let key = fold(spelling);
        let all = || spelling.chars().filter(|c| c.is_alphabetic());
        let capitals = all().all(char::is_uppercase) && all().count() <= 5;
        let letters = match capitals {
            false => Letters::Any,
            true if is_pronounced(spelling) => Letters::Acronym,
            true => Letters::Capitals,
        };
        self.longest = self.longest.max(key.split(' ').count());
        if !key.is_empty() {
            self.keys.entry(key).or_default().push(Key { name, letters, partial, known });
        }
    }

    pub(crate) fn countries(&mut self, table: &str) {
        for c in rows(table) {
            let [iso, _, names, demonyms, capital, _, _, source] = columns(&c);
            let base = |kind, sector: Option<&str>, canonical: &str| Name {
                canonical: canonical.to_owned(),
                kind,
                country: iso.to_owned(),
                sector: sector.map(str::to_owned),
                office: None,
                from: None,
                to: None,
                gender: None,
                source: source.to_owned(),
                own: false,
            };
            let first = names.split('|').next().unwrap_or(iso);
            self.add(&names.split('|').collect::<Vec<_>>(), base(NameKind::Country, Some("GOV"), first));
            self.add(&demonyms.split('|').collect::<Vec<_>>(), base(NameKind::Demonym, None, first));
            if !names.split('|').any(|n| n == capital) {
                self.add(&[capital], base(NameKind::Capital, Some("GOV"), first));
            }
        }
    }

    /// Rows of name, country, sector, [what it stands for,] source.
    pub(crate) fn institutions(&mut self, table: &str) {
        for c in rows(table) {
            let [name, country, sector, of, source, ..] = columns::<8>(&c);
            let kind = if of.ends_with("government") && sector == "GOV" && !name.contains(' ') {
                NameKind::Capital
            } else {
                NameKind::Institution
            };
            self.add(&[name], entry(of, kind, country, sector, source));
        }
    }

    /// Rows of names, country, sector, from, to, source.
    pub(crate) fn groups(&mut self, table: &str) {
        for c in rows(table) {
            let [names, country, sector, from, to, source, ..] = columns::<8>(&c);
            let spellings: Vec<&str> = names.split('|').collect();
            let mut name = entry(spellings[0], NameKind::Group, country, sector, source);
            (name.from, name.to) = (month(from), month(to));
            self.add(&spellings, name);
        }
    }

    /// Rows of name, country, sector, office, from, to, gender, source.
    pub(crate) fn persons(&mut self, table: &str) {
        for c in rows(table) {
            let [name, country, sector, office, from, to, gender, source] = columns(&c);
            // Officials whom nobody names by their surname before their full name has been told.
            let (name, full_only) = name.strip_prefix('=').map_or((name, false), |n| (n, true));
            let spellings: Vec<&str> = name.split('|').collect();
            let mut e = entry(spellings[0], NameKind::Person, country, sector, source);
            e.office = Some(office.to_owned()).filter(|o| !o.is_empty());
            // REIGN ends in March 2021; who held office then is not known to have left it.
            (e.from, e.to) = (month(from), month(to).filter(|t| !(source.starts_with("REIGN") && *t == (2021, 3))));
            e.gender = gender.parse().ok();
            let index = self.all.len();
            self.all.push(e);
            for s in spellings.iter().filter(|s| !s.is_empty()) {
                self.spelling(s, index, !s.contains(' '), spellings.len() > 1);
            }
            for s in spellings {
                let words: Vec<&str> = s.split(' ').filter(|w| !w.ends_with('.')).collect();
                if words.len() > 2 {
                    self.key(&format!("{} {}", words[0], words[words.len() - 1]), index, false);
                }
                // Surnames of legislators are too many and too common to stand alone.
                if words.len() > 1 && sector != "LEG" && !full_only && words[words.len() - 1].len() > 3 {
                    self.key(words[words.len() - 1], index, true);
                }
            }
        }
    }

    /// The longest name that begins at a word. `is_government` knows the lemmas before which a leader's name may stand: "the Merkel Cabinet".
    pub(crate) fn at<'k>(
        &'k self,
        words: &[(&str, &str)],
        start: usize,
        on: Option<Date>,
        is_government: impl Fn(&str) -> bool,
    ) -> Option<Hit<'k>> {
        let first = words[start].0;
        if !first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !matches!(words.get(start + 1), Some((w, _)) if *w == "-")
        {
            return None;
        }
        let ends_office = |word: &str| LEADERS.iter().any(|o| o.rsplit(' ').next() == Some(word));
        let office = || start > 0 && ends_office(&words[start - 1].1.to_lowercase());
        let mut end = (start + self.longest * 2).min(words.len());
        while end > start {
            let surface = surface(&words[start..end]);
            let government = || words.get(end).is_some_and(|w| is_government(w.1));
            if let Some((key, name)) = self.key_of(&surface, on, || office() || government()) {
                // A surname ends its name: in "Mohamed Ali" the first word names nobody.
                let goes_on = words.get(end).is_some_and(|w| w.0.starts_with(char::is_uppercase)) && !government();
                let person = name.kind == NameKind::Person;
                if !((key.partial || person) && goes_on) {
                    return Some(Hit { start, end, name, partial: key.partial });
                }
            }
            end -= 1;
        }
        None
    }

    /// The name that a spelling means on a day: one that holds then before others, more specific kinds before looser ones.
    pub(crate) fn lookup(&self, spelling: &str, on: Option<Date>) -> Option<&Name> {
        self.key_of(spelling, on, || false).map(|x| x.1)
    }

    /// The state that a spelling names, whatever else it names.
    pub(crate) fn state(&self, spelling: &str) -> Option<&Name> {
        let upper = spelling.chars().any(char::is_uppercase);
        let keys = self.keys.get(&fold(spelling)).filter(|_| upper)?;
        let names = keys.iter().filter(|k| !k.partial && k.is_written(spelling)).map(|k| &self.all[k.name]);
        names.into_iter().find(|n| n.kind == NameKind::Country)
    }

    /// Adds a row of the user's own.
    pub(crate) fn entity(&mut self, e: Entity) {
        let index = self.all.len();
        let person = e.name.kind == NameKind::Person;
        self.all.push(e.name);
        for s in &e.spellings {
            self.key(s, index, false);
            if person && let Some(surname) = s.rsplit(' ').next().filter(|w| s.contains(' ') && w.len() > 3) {
                self.key(surname, index, true);
            }
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Name> {
        self.all.iter()
    }

    /// What a spelling means on a day. With a word for a government behind it or a leader's office before, a surname may be of a leader that
    /// was: "the Merkel government", "former President Chirac"; `led` tells whether it has.
    fn key_of(&self, spelling: &str, on: Option<Date>, led: impl Fn() -> bool) -> Option<(&Key, &Name)> {
        let keys = self.keys.get(&fold(spelling))?;
        let upper = spelling.chars().any(char::is_uppercase);
        keys.iter()
            .filter(|k| upper && k.is_written(spelling))
            .filter(|k| {
                let n = &self.all[k.name];
                !k.partial || n.is_meant(on) || n.held(on) && (k.known || n.leads() && led())
            })
            .max_by_key(|k| {
                let n = &self.all[k.name];
                // Of offices that nobody holds any more the last one counts, before those that are still to come.
                let past = on.is_some_and(|d| n.to.is_some_and(|t| t < (d.year(), d.month())));
                // Of two of one surname a head of state or government is meant rather than a minister.
                let last = if past { n.to } else { n.from };
                (
                    n.own,
                    n.holds(on),
                    !k.partial,
                    std::cmp::Reverse(n.kind == NameKind::Person),
                    k.partial && n.leads(),
                    past,
                    last,
                )
            })
            .map(|k| (k, &self.all[k.name]))
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }
}

fn entry(canonical: &str, kind: NameKind, country: &str, sector: &str, source: &str) -> Name {
    Name {
        canonical: canonical.to_owned(),
        kind,
        country: country.to_owned(),
        sector: Some(sector.to_owned()).filter(|s| !s.is_empty()),
        office: None,
        from: None,
        to: None,
        gender: None,
        source: source.to_owned(),
        own: false,
    }
}

/// Whether an acronym is read as a word, so that British papers write it like one ("Nato", "Asean"): four letters or more,
/// with a vowel between consonants.
fn is_pronounced(acronym: &str) -> bool {
    let vowel = |c: char| "AEIOU".contains(c);
    let letters: Vec<char> = acronym.chars().collect();
    let plain = letters.iter().all(char::is_ascii_uppercase);
    plain && letters.len() >= 4 && letters[1..].iter().any(|c| vowel(*c)) && letters.iter().any(|c| !vowel(*c))
}

/// One word, of which the first letter only is a capital.
fn is_title_case(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

/// Words as they are written: possessive marks on the word before them.
fn surface(words: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (w, _) in words {
        if !out.is_empty() && !w.starts_with(['\'', '’']) {
            out.push(' ');
        }
        out.push_str(w);
    }
    out
}

/// The rows of a table, without comments and header.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let header = |l: &str| {
        l.starts_with("iso3\t")
            || l.starts_with("name\t")
            || l.starts_with("names\t")
            || l.starts_with("title\t")
            || l.starts_with("key\t")
    };
    table.lines().filter(move |l| !l.is_empty() && !l.starts_with('#') && !header(l)).map(|l| l.split('\t').collect())
}

fn columns<'a, const N: usize>(row: &[&'a str]) -> [&'a str; N] {
    std::array::from_fn(|i| row.get(i).copied().unwrap_or_default().trim())
}

pub(crate) fn month(text: &str) -> Option<(i16, i8)> {
    let (y, m) = text.split_once('-').unwrap_or((text, "1"));
    Some((y.parse().ok()?, m.parse().ok()?))
}
