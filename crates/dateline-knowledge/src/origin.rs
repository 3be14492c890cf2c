//! Of which country a person probably is by name alone: how like the names of its office holders it sounds.

use crate::fold::fold;
use std::collections::HashMap;

/// Counts of the letter triples of names, by country.
#[derive(Default)]
pub(crate) struct Origins {
    /// Countries by code, with the number of triples in their names.
    countries: HashMap<String, (u16, f32)>,
    /// How often the names of the world have a triple, and those of each country.
    triples: HashMap<[char; 3], (f32, HashMap<u16, f32>)>,
    total: f32,
}

/// As how many triples of its names the names of the whole world count for a country.
const WORLD: f32 = 150.0;

impl Origins {
    /// Counts the names of (name, country).
    pub(crate) fn of<'a>(people: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut out = Origins::default();
        for (name, country) in people {
            let next = out.countries.len() as u16;
            let (index, sum) = out.countries.entry(country.to_owned()).or_insert((next, 0.0));
            let index = *index;
            for t in triples(name) {
                *sum += 1.0;
                out.total += 1.0;
                let (all, own) = out.triples.entry(t).or_default();
                *all += 1.0;
                *own.entry(index).or_default() += 1.0;
            }
        }
        out
    }

    /// The logarithm of how likely a name is in a country, over how likely it is anywhere; 0 for a country of which no names are known.
    pub(crate) fn likeness(&self, name: &str, country: &str) -> f32 {
        let Some((index, sum)) = self.countries.get(country) else { return 0.0 };
        let of = |t: [char; 3]| {
            let Some((all, counts)) = self.triples.get(&t) else { return 0.0 };
            let world = all / self.total;
            let own = counts.get(index).copied().unwrap_or(0.0);
            ((own + WORLD * world) / (sum + WORLD) / world).ln()
        };
        triples(name).into_iter().map(of).sum()
    }
}

/// The letter triples of the words of a name, ends marked.
fn triples(name: &str) -> Vec<[char; 3]> {
    let mut out = Vec::new();
    for word in fold(name).split(' ').filter(|w| w.chars().count() > 1) {
        let letters: Vec<char> = std::iter::once('^').chain(word.chars()).chain(['$']).collect();
        out.extend(letters.windows(3).map(|w| [w[0], w[1], w[2]]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_likest_to_those_of_its_country() {
        let people = [("Ivan Petrov", "RUS"), ("Pyotr Ivanov", "RUS"), ("Li Wei", "CHN"), ("Wang Li", "CHN")];
        let o = Origins::of(people.into_iter());
        assert!(o.likeness("Oleg Ivanov", "RUS") > o.likeness("Oleg Ivanov", "CHN"));
        assert!(o.likeness("Wei Wang", "CHN") > o.likeness("Wei Wang", "RUS"));
        assert_eq!(o.likeness("Wei Wang", "FRA"), 0.0);
    }
}
