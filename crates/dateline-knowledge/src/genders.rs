//! What words say of a person's gender: nouns and titles ("spokeswoman", "Mr"), given names.

use crate::names::rows;
use dateline_report::Gender;
use std::collections::HashMap;

/// Gender by word: nouns and titles in lower case, given names with their capital.
#[derive(Default)]
pub(crate) struct Genders {
    words: HashMap<String, Gender>,
}

impl Genders {
    /// Rows of word, gender, source; and the given names of known people (names, genders), which tell of names from all of the world.
    pub(crate) fn read<'n>(table: &str, people: impl Iterator<Item = (&'n str, Gender)>) -> Self {
        let mut seen: HashMap<String, Option<Gender>> = HashMap::new();
        for (name, gender) in people {
            let Some((given, _)) = name.split_once(' ').filter(|(g, _)| g.chars().count() > 2 && !g.ends_with('.'))
            else {
                continue;
            };
            // A name of both is of neither.
            seen.entry(given.to_owned()).and_modify(|g| *g = g.filter(|g| *g == gender)).or_insert(Some(gender));
        }
        let mut words: HashMap<String, Gender> = seen.into_iter().filter_map(|(n, g)| Some((n, g?))).collect();
        for c in rows(table).filter(|c| c.len() >= 2) {
            if let Ok(gender) = c[1].parse() {
                words.insert(c[0].to_owned(), gender);
            }
        }
        Genders { words }
    }

    /// Gender of a given name ("Amina") or, in lower case, of whom a noun or title is said.
    pub(crate) fn of(&self, word: &str) -> Option<Gender> {
        self.words.get(word).copied()
    }
}
