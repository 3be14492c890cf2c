//! Nouns for people that are counted, from `codebook/people.toml`.

use dateline_report::Approx;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Words of figures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Nouns whose plural is the unit.
    pub same: BTreeSet<String>,
    /// What became of the people, to the unit.
    pub fate: BTreeMap<String, String>,
    /// Units that fill an event's counts: killed, injured or held.
    pub counts: BTreeMap<String, String>,
    approx: BTreeMap<Approx, Vec<String>>,
}

impl People {
    /// Reads `people.toml`.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("people.toml: {e}"))
    }

    /// How exactly a number is meant whose preceding words (lower case, nearest last) are these, and how many words say so.
    pub fn approx(&self, before: &[String]) -> (Approx, usize) {
        for n in (1..=3usize.min(before.len())).rev() {
            let words = before[before.len() - n..].join(" ");
            if let Some((a, _)) = self.approx.iter().find(|(_, list)| list.contains(&words)) {
                return (*a, n);
            }
        }
        (Approx::Exact, 0)
    }
}
