//! The country of people whom a town or province beside their role tells: "Shanghai police", "the Kano State government", "residents of
//! Aleppo".

use crate::Knowledge;
use crate::gazetteer::{Feature, PlaceRow};

/// Most words of a town's name.
const LONGEST: usize = 3;

/// Least number of people of a town that tells a country.
const KNOWN: u64 = 100_000;

/// How many times larger a place is than its namesakes abroad, so that it is the one that is meant without more being said.
const PLAIN: u64 = 4;

impl Knowledge {
    /// The country of the place right before a role's words (`start..end` of the phrase), or behind them and "of", "in" or "from".
    pub(crate) fn country_of_town(&self, words: &[(&str, &str)], start: usize, end: usize) -> Option<String> {
        let before = (1..=LONGEST.min(start)).rev().map(|n| start - n..start);
        let linked = words.get(end).is_some_and(|w| matches!(w.1, "of" | "in" | "from"));
        let article = usize::from(words.get(end + 1).is_some_and(|w| w.1 == "the"));
        let from = end + 1 + article;
        let behind = (1..=LONGEST).rev().map(|n| from..from + n).filter(|r| linked && r.end <= words.len());
        before.chain(behind).find_map(|r| self.plain_country(&words[r]))
    }

    /// The country of a place that has no namesake of its size elsewhere.
    fn plain_country(&self, words: &[(&str, &str)]) -> Option<String> {
        let named = words.iter().all(|w| w.0.starts_with(char::is_uppercase));
        let name = words.iter().map(|w| w.0).collect::<Vec<_>>().join(" ");
        let rows = if named { self.places(&name) } else { Vec::new() };
        let weighty = |r: &&PlaceRow| r.feature != Feature::Subunit && r.population >= KNOWN;
        let first = rows.iter().filter(weighty).max_by_key(|r| r.population)?;
        let namesake = rows.iter().filter(|r| r.country != first.country).map(|r| r.population).max();
        (namesake.unwrap_or(0) * PLAIN <= first.population).then(|| first.country.to_owned())
    }
}
