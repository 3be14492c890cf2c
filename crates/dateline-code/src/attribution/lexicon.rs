//! Words by which somebody says, thinks or wants something, from `codebook/statements.toml`.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The word lists of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementWords {
    /// Verbs whose clause is no statement.
    mute: BTreeSet<String>,
    /// Things that tell what they hold or show.
    tellers: BTreeSet<String>,
    /// Verbs whose infinitive says what somebody wants or means to do.
    intending: BTreeSet<String>,
    /// Verbs whose object is what somebody speaks of or judges.
    judging: BTreeSet<String>,
    /// Verbs with the prepositions before what is spoken of.
    prepositions: BTreeMap<String, BTreeSet<String>>,
    nouns: Governed,
    adjectives: Governed,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Governed {
    words: BTreeSet<String>,
    under: BTreeSet<String>,
}

impl StatementWords {
    /// Reads the file's text.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("statements.toml: {e}"))
    }

    pub(super) fn is_mute(&self, lemma: &str) -> bool {
        self.mute.contains(lemma)
    }

    pub(super) fn is_teller(&self, lemma: &str) -> bool {
        self.tellers.contains(lemma)
    }

    pub(super) fn is_intending(&self, lemma: &str) -> bool {
        self.intending.contains(lemma)
    }

    pub(super) fn is_judging(&self, lemma: &str) -> bool {
        self.judging.contains(lemma)
    }

    pub(super) fn prepositions(&self, lemma: &str) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        self.prepositions.get(lemma).unwrap_or(&NONE)
    }

    pub(super) fn is_noun(&self, lemma: &str) -> bool {
        self.nouns.words.contains(lemma)
    }

    pub(super) fn noun_under(&self, preposition: &str) -> bool {
        self.nouns.under.contains(preposition)
    }

    pub(super) fn is_adjective(&self, lemma: &str) -> bool {
        self.adjectives.words.contains(lemma)
    }

    pub(super) fn adjective_under(&self, preposition: &str) -> bool {
        self.adjectives.under.contains(preposition)
    }
}
