//! Persons across reports: full names and surnames that mean one person.

use dateline_report::Actor;
use std::collections::BTreeMap;

/// The name of a person as words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name(Vec<String>);

/// Forms of address, without their full stop.
const TITLES: [&str; 14] =
    ["Mr", "Mrs", "Ms", "Dr", "Gen", "Col", "Sen", "Rep", "Gov", "President", "General", "Sheikh", "King", "Prince"];
/// Parts of names that are written small.
const PARTICLES: [&str; 14] =
    ["al", "el", "bin", "ben", "bint", "ibn", "abu", "van", "von", "der", "de", "da", "di", "la"];

impl Name {
    /// The name within the words for a person: "Kenyan Foreign Minister Daniel Kiprono" with the role "foreign minister" is Daniel Kiprono;
    /// none of "the president".
    pub(crate) fn of(a: &Actor) -> Option<Name> {
        if let Some(name) = a.name.as_deref().filter(|n| !n.is_empty()) {
            return Some(Name(name.split_whitespace().map(str::to_owned).collect()));
        }
        let text = Self::without_article(&a.text);
        let behind = a.role.as_deref().and_then(|role| {
            let lower = text.to_lowercase();
            // Lower case has the same bytes for nearly all letters; where it has not, the role is not found.
            (lower.len() == text.len()).then(|| lower.find(role).map(|at| &text[at + role.len()..]))?
        });
        let parts = [behind.unwrap_or_default(), text.split(',').next().unwrap_or_default()];
        parts.into_iter().find_map(Self::capitals)
    }

    /// The last run of capitalised words, with small particles between them.
    fn capitals(text: &str) -> Option<Name> {
        let small = |w: &str| PARTICLES.contains(&w);
        let mut run: Vec<&str> = Vec::new();
        for w in text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())) {
            let capital = w.starts_with(char::is_uppercase);
            if TITLES.contains(&w) || !(capital || small(w)) {
                run.clear();
            } else if capital || !run.is_empty() {
                run.push(w);
            }
        }
        while run.last().is_some_and(|w| small(w)) {
            run.pop();
        }
        (!run.is_empty() && run.len() <= 5).then(|| Name(run.into_iter().map(str::to_owned).collect()))
    }

    pub(crate) fn without_article(text: &str) -> &str {
        let text = text.trim();
        ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|a| text.strip_prefix(a)).unwrap_or(text)
    }

    fn surname(&self) -> String {
        self.0.last().map(|w| w.to_lowercase()).unwrap_or_default()
    }

    /// First name and surname; none for a surname alone.
    fn key(&self) -> Option<(String, String)> {
        (self.0.len() > 1).then(|| (self.surname(), self.0[0].to_lowercase()))
    }
}

/// Persons by surname and first name; a bare surname is the person of that surname who is named most often.
#[derive(Clone, Debug, Default)]
pub struct People {
    index: BTreeMap<(String, String), usize>,
    bare: BTreeMap<String, usize>,
    names: Vec<String>,
}

impl People {
    pub(crate) fn of<'a>(actors: impl Iterator<Item = &'a Actor> + Clone) -> People {
        let mut spelt: BTreeMap<(String, String), BTreeMap<(bool, String), usize>> = BTreeMap::new();
        let mut bare: BTreeMap<String, usize> = BTreeMap::new();
        for a in actors.filter(|a| a.person) {
            let Some(name) = Name::of(a) else { continue };
            match name.key() {
                // A canonical name before the words of a report.
                Some(key) => {
                    let spelling = (a.name.is_some(), name.0.join(" "));
                    *spelt.entry(key).or_default().entry(spelling).or_default() += 1;
                }
                None => *bare.entry(name.0[0].clone()).or_default() += 1,
            }
        }
        let mut people = People::default();
        let mut often: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (key, spellings) in spelt {
            let n: usize = spellings.values().sum();
            let best = spellings.iter().max_by(|a, b| (a.0.0, a.1).cmp(&(b.0.0, b.1)).then_with(|| b.0.1.cmp(&a.0.1)));
            let person = people.names.len();
            people.names.push(best.map(|(s, _)| s.1.clone()).unwrap_or_default());
            let most = often.entry(key.0.clone()).or_insert((n, person));
            if n > most.0 {
                *most = (n, person);
            }
            people.index.insert(key, person);
        }
        people.bare = often.into_iter().map(|(surname, (_, person))| (surname, person)).collect();
        for surname in bare.into_keys() {
            let names = &mut people.names;
            people.bare.entry(surname.to_lowercase()).or_insert_with(|| {
                names.push(surname);
                names.len() - 1
            });
        }
        people
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The fullest name of a person.
    pub fn name(&self, person: usize) -> &str {
        self.names.get(person).map_or("", String::as_str)
    }

    /// Which person this actor is; none of those without a name.
    pub fn index(&self, a: &Actor) -> Option<usize> {
        if !a.person {
            return None;
        }
        let name = Name::of(a)?;
        match name.key() {
            Some(key) => self.index.get(&key).copied(),
            None => self.bare.get(&name.surname()).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(text: &str, role: Option<&str>) -> Actor {
        Actor { text: text.into(), role: role.map(Into::into), person: true, ..Actor::default() }
    }

    #[test]
    fn names_are_found_beside_roles_and_titles() {
        let name = |text: &str, role| Name::of(&person(text, role)).map(|n| n.0.join(" "));
        assert_eq!(name("Kenyan Foreign Minister Daniel Kiprono", Some("foreign minister")).unwrap(), "Daniel Kiprono");
        assert_eq!(name("Daniel Kiprono, the foreign minister", Some("foreign minister")).unwrap(), "Daniel Kiprono");
        assert_eq!(name("Mr. Kiprono", None).unwrap(), "Kiprono");
        assert_eq!(name("Omar bin Salih", None).unwrap(), "Omar bin Salih");
        assert_eq!(name("the president", Some("president")), None);
    }

    #[test]
    fn a_bare_surname_is_the_one_named_most_often() {
        let all = [
            person("Ali Larim", None),
            person("Ali Larim", None),
            person("Sadeq Larim", None),
            person("Larim", None),
            person("Moss", None),
        ];
        let people = People::of(all.iter());
        assert_eq!(people.len(), 3);
        assert_eq!(people.index(&all[3]), people.index(&all[0]));
        assert_ne!(people.index(&all[2]), people.index(&all[0]));
        assert_eq!(people.name(people.index(&all[4]).unwrap()), "Moss");
    }
}
