//! Small word lists of the coder, read from `codebook/*.toml`.

use dateline_report::{CertaintyGrade, Status};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Words that say whether something happened, from `codebook/status.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusCues {
    /// Words that deny what they stand beside.
    pub negators: BTreeSet<String>,
    /// Conjunctions that make a clause a condition.
    pub conditionals: BTreeSet<String>,
    /// Auxiliaries and what they make of their verb.
    pub modals: BTreeMap<String, Status>,
    /// Auxiliaries that make something else of it in what was said: "said it would lift the ban".
    pub reported: BTreeMap<String, Status>,
    /// Auxiliaries whose negation refuses what their verb says: "will not lift the ban".
    pub refusals: BTreeSet<String>,
    /// Adjectives and nouns before an event noun: "planned talks".
    pub modifiers: BTreeMap<String, Status>,
    /// Predicates and what they make of their content: "plan to", "fail to", "urge".
    governors: BTreeMap<Status, BTreeSet<String>>,
    /// Prepositions under which an event noun is a governor's content ("call for talks"), not its setting.
    pub content_prepositions: BTreeSet<String>,
    /// Verbs whose clause is denied: "denied attacking".
    pub denials: BTreeSet<String>,
    /// Words that hedge or confirm.
    pub hedges: BTreeMap<String, CertaintyGrade>,
}

impl StatusCues {
    /// Reads `status.toml`.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("status.toml: {e}"))
    }

    /// What a governing predicate makes of its content.
    pub fn governor(&self, lemma: &str) -> Option<Status> {
        self.governors.iter().find(|(_, words)| words.contains(lemma)).map(|(&s, _)| s)
    }
}

/// Verbs that carry a noun for an act, from `codebook/carriers.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carriers {
    /// Their lemmas.
    pub verbs: BTreeSet<String>,
}

impl Carriers {
    /// Reads `carriers.toml`.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("carriers.toml: {e}"))
    }
}

/// Words that cite, from `codebook/attribution.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributionCues {
    /// Reporting verbs, by lemma.
    pub verbs: BTreeSet<String>,
    /// Verbs that report under a person, group or document, and otherwise merely show.
    pub evidence: BTreeSet<String>,
    /// Verbs by which a document tells its content as an object: "details abuses".
    pub details: BTreeSet<String>,
    /// Verbs whose object is the one who speaks: "quotes police as saying".
    pub quoters: BTreeSet<String>,
    /// Those of the verbs whose object is what is told.
    pub objects: BTreeSet<String>,
    /// Verbs by which something is done as it is said: "announced on Tuesday that the border would close".
    pub performs: BTreeSet<String>,
    /// Two-word prepositions before a source.
    pub phrases: BTreeSet<String>,
    /// Nouns for sources in headlines, by lemma.
    pub nouns: BTreeSet<String>,
    /// Nouns for documents that speak; whoever issued one is the source.
    pub documents: BTreeSet<String>,
    /// Nouns for a source that stays unnamed even in the singular.
    pub nameless: BTreeSet<String>,
    /// Nouns for bodies that are no anonymous source even without a name.
    pub institutions: BTreeSet<String>,
    /// Subjects that cite nobody.
    pub pointless: BTreeSet<String>,
    /// Words that make a cue cite nothing: "did not say".
    pub negators: BTreeSet<String>,
    /// Pronouns for the one who speaks.
    pub first_person: BTreeSet<String>,
}

impl AttributionCues {
    /// Reads `attribution.toml`.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("attribution.toml: {e}"))
    }
}
