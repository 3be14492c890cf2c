//! Predicates that take a stance, from `codebook/positions.toml`.

use crate::tree;
use dateline_annotate::{Annotation, Rel, Upos};
use dateline_report::Stance;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Which word takes which stance, and where its content stands.
#[derive(Clone, Debug)]
pub struct StanceWords {
    predicates: Vec<Predicate>,
    by_word: BTreeMap<(Upos, String), Vec<usize>>,
    content: Content,
    modality: Modality,
}

/// One group of words of `positions.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predicate {
    /// The stance when it is affirmed.
    pub stance: Option<Stance>,
    /// The stance when it is denied.
    pub denied: Option<Stance>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    prepositions: Vec<String>,
    /// Prepositions before the content.
    #[serde(default)]
    pub under: BTreeSet<String>,
    /// What else is true of it.
    #[serde(default, rename = "is")]
    marks: BTreeSet<Mark>,
}

/// What may be true of a group of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// It counts only with one of its prepositions.
    Only,
    /// Its object is its content too.
    Object,
    /// It takes up what was said before when it has no content.
    Bare,
    /// The passive subject takes the stance.
    Patient,
    /// The speaker takes the stance.
    Impersonal,
    /// It counts on none of the listed issues too.
    Other,
    /// Its clause must say what could be.
    Possible,
    /// What its party would do itself is no demand.
    Wish,
}

impl Predicate {
    /// Whether something is true of the words.
    pub fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    predicate: Vec<Predicate>,
    content: Content,
    modality: Modality,
}

/// Words within what is demanded or offered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    anaphors: BTreeSet<String>,
    examples: BTreeSet<String>,
}

/// Auxiliaries and conjunctions that take a stance.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Modality {
    intends: BTreeSet<String>,
    obliges: BTreeSet<String>,
    until: BTreeSet<String>,
    idle: BTreeSet<String>,
}

impl StanceWords {
    /// Reads the file's text.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|e| format!("positions.toml: {e}"))?;
        let mut by_word: BTreeMap<(Upos, String), Vec<usize>> = BTreeMap::new();
        for (i, p) in file.predicate.iter().enumerate() {
            let lists = [
                (Upos::Verb, &p.verbs),
                (Upos::Noun, &p.nouns),
                (Upos::Adj, &p.adjectives),
                (Upos::Adp, &p.prepositions),
            ];
            for (upos, words) in lists {
                for w in words {
                    by_word.entry((upos, w.clone())).or_default().push(i);
                }
            }
        }
        Ok(StanceWords { predicates: file.predicate, by_word, content: file.content, modality: file.modality })
    }

    /// The groups that a word belongs to, in the order of the file.
    pub fn of(&self, upos: Upos, lemma: &str) -> impl Iterator<Item = &Predicate> {
        self.by_word.get(&(upos, lemma.to_lowercase())).into_iter().flatten().map(|&i| &self.predicates[i])
    }

    /// Whether a noun takes up what was said before: "this idea".
    pub fn is_anaphor(&self, lemma: &str) -> bool {
        self.content.anaphors.contains(lemma)
    }

    /// Whether what follows a word only gives examples: "including".
    pub fn gives_examples(&self, word: &str) -> bool {
        self.content.examples.contains(word)
    }

    /// Whether a verb is what somebody says they will do.
    pub fn is_intention(&self, a: &Annotation, verb: usize) -> bool {
        a.tokens[verb].upos == Upos::Verb
            && !self.modality.idle.contains(&a.tokens[verb].lemma.to_lowercase())
            && !tree::is_passive(a, verb)
            && has_auxiliary(a, verb, &self.modality.intends)
    }

    /// Whether a predicate is what somebody says another must do.
    pub fn is_obligation(&self, a: &Annotation, predicate: usize) -> bool {
        has_auxiliary(a, predicate, &self.modality.obliges)
    }

    /// The clause that says what would end an act: "until it ends the violence".
    pub fn ending(&self, a: &Annotation, verb: usize) -> Option<usize> {
        let until = |c: usize| {
            a.children(c).any(|m| {
                a.tokens[m].rel == Rel::Mark && self.modality.until.contains(&a.tokens[m].lemma.to_lowercase())
            })
        };
        a.children(verb).find(|&c| c > verb && a.tokens[c].rel == Rel::Advcl && until(c))
    }
}

fn has_auxiliary(a: &Annotation, predicate: usize, words: &BTreeSet<String>) -> bool {
    a.children(predicate).any(|c| a.tokens[c].rel == Rel::Aux && words.contains(&a.tokens[c].lemma.to_lowercase()))
}
