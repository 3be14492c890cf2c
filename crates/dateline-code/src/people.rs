//! Nouns for people that are counted, from `codebook/people.toml`.

use crate::coder::Reading;
use dateline_annotate::Rel;
use dateline_report::Approx;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Words of figures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Nouns whose plural is the unit.
    pub same: BTreeSet<String>,
    /// Nouns that say no more than that they are people.
    pub general: BTreeSet<String>,
    /// Nouns for bodies and things that pass for people elsewhere.
    pub things: BTreeSet<String>,
    /// Nouns for places where people live, which suffer what is done to them: "shelled the village".
    pub settlements: BTreeSet<String>,
    /// Nouns for buildings and other sites: "outside the palace".
    pub sites: BTreeSet<String>,
    /// Nouns for parts of a country: "on the border".
    pub areas: BTreeSet<String>,
    /// Nouns for gatherings: "a crowd of 200".
    pub crowds: BTreeSet<String>,
    /// Nouns for a count of people: "the toll stood at 131".
    pub tolls: BTreeSet<String>,
    /// Words after a number that make it count something else: "percent".
    pub measures: BTreeSet<String>,
    /// Words between a whole and a part of it: "including".
    pub parts: BTreeSet<String>,
    /// Verbs by which a count is corrected: "raised to 45".
    pub revisions: BTreeSet<String>,
    /// Words before a scale that make it vague: "several hundred".
    pub few: BTreeSet<String>,
    /// Words between an approximation and its number: "about another 9,000".
    pub fillers: BTreeSet<String>,
    /// Verbs whose subject suffers: "died", "fled".
    pub intransitive: BTreeSet<String>,
    /// Words that make an attack a killing: "shot dead", "a fatal shooting".
    pub fatal: BTreeSet<String>,
    /// Attacks that are killings with one of them.
    pub attacks: BTreeSet<String>,
    /// Pronouns for one person.
    pub one: BTreeSet<String>,
    /// What became of the people, to the unit.
    pub fate: BTreeMap<String, String>,
    /// Units that fill an event's counts.
    pub counts: BTreeMap<String, Count>,
    approx: BTreeMap<Approx, Vec<String>>,
}

/// A count of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Count {
    /// People killed.
    Killed,
    /// People injured.
    Injured,
    /// People held.
    Held,
}

/// How exactly a number is meant, and how many words before it say so.
pub struct Before {
    /// How exactly.
    pub approx: Approx,
    /// Words before the number that belong to the figure.
    pub words: usize,
}

impl People {
    /// Reads `people.toml`.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("people.toml: {e}"))
    }

    /// How exactly a number is meant whose preceding words (lower case, nearest last) are these.
    pub fn approx(&self, before: &[String]) -> Before {
        let fillers = before.iter().rev().take_while(|w| self.fillers.contains(*w)).count();
        let before = &before[..before.len() - fillers];
        for n in (1..=3usize.min(before.len())).rev() {
            let words = before[before.len() - n..].join(" ");
            if let Some((a, _)) = self.approx.iter().find(|(_, list)| list.contains(&words)) {
                return Before { approx: *a, words: n + fillers };
            }
        }
        Before { approx: Approx::Exact, words: 0 }
    }

    /// What a word makes of the people it is said of: its own meaning, or an attack that words beside it call fatal.
    pub(crate) fn fate_of(&self, r: &Reading, word: usize) -> Option<String> {
        let lemma = r.a.tokens[word].lemma.to_lowercase();
        let beside = |rel| {
            matches!(
                rel,
                Rel::Xcomp | Rel::Advmod | Rel::Obl | Rel::Amod | Rel::Compound | Rel::CompoundPrt | Rel::Advcl
            )
        };
        let fatal = self.attacks.contains(&lemma)
            && r.a
                .children(word)
                .any(|c| beside(r.a.tokens[c].rel) && self.fatal.contains(&r.a.tokens[c].lemma.to_lowercase()));
        if fatal { Some("dead".to_owned()) } else { self.fate.get(&lemma).cloned() }
    }
}
