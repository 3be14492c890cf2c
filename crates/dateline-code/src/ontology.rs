//! Intensity and CAMEO code of types and modes, and the contexts of a sentence.

use crate::codebook::OwnType;
use crate::data;
use dateline_annotate::{Annotation, Sentence};
use dateline_report::EventType;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Numbers and codes of a (type, mode).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    r#type: String,
    mode: Option<String>,
    /// PLOVER intensity.
    pub intensity: Option<f32>,
    /// Nearest CAMEO code.
    pub cameo: Option<String>,
    /// Goldstein value of the CAMEO code.
    pub goldstein: Option<f32>,
}

/// What `codebook/ontology.toml` and `codebook/contexts.toml` say.
#[derive(Clone, Debug)]
pub struct Ontology {
    codes: Vec<Code>,
    /// Signal words (one or two lemmas) to contexts.
    contexts: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeFile {
    code: Vec<Code>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextFile {
    context: BTreeMap<String, Vec<String>>,
}

impl Ontology {
    /// What ships with Dateline.
    pub fn embedded() -> Result<Self, String> {
        Self::from_toml(data::ONTOLOGY, data::CONTEXTS)
    }

    /// Reads the two files' texts.
    pub fn from_toml(ontology: &str, contexts: &str) -> Result<Self, String> {
        let codes: CodeFile = toml::from_str(ontology).map_err(|e| format!("ontology.toml: {e}"))?;
        let source: ContextFile = toml::from_str(contexts).map_err(|e| format!("contexts.toml: {e}"))?;
        let mut contexts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, words) in source.context {
            for w in words {
                contexts.entry(w).or_default().push(name.clone());
            }
        }
        Ok(Ontology { codes: codes.code, contexts })
    }

    /// Adds the codes of a type of the user's own; what it does not say it has from its PLOVER type.
    pub fn add(&mut self, own: &OwnType) {
        self.codes.push(Code {
            r#type: own.kind.as_str().to_owned(),
            mode: Some(own.mode.clone()),
            intensity: own.intensity,
            cameo: own.cameo.clone(),
            goldstein: own.goldstein,
        });
    }

    /// The codes of a type in a mode; what the mode has none of is as in the bare type.
    pub fn code(&self, kind: EventType, mode: Option<&str>) -> Option<Code> {
        let of =
            |mode: Option<&str>| self.codes.iter().find(|c| c.r#type == kind.as_str() && c.mode.as_deref() == mode);
        let base = of(None)?;
        let own = of(mode).unwrap_or(base).clone();
        Some(Code {
            intensity: own.intensity.or(base.intensity),
            goldstein: own.goldstein.or(base.goldstein),
            cameo: own.cameo.or_else(|| base.cameo.clone()),
            ..own
        })
    }

    /// Whether a type has a mode of this name.
    pub fn has_mode(&self, kind: EventType, mode: &str) -> bool {
        self.codes.iter().any(|c| c.r#type == kind.as_str() && c.mode.as_deref() == Some(mode))
    }

    /// The modes of a type, in the order of the file.
    pub fn modes(&self, kind: EventType) -> impl Iterator<Item = &str> {
        self.codes.iter().filter(move |c| c.r#type == kind.as_str()).filter_map(|c| c.mode.as_deref())
    }

    /// The contexts of a report: those that its headline or more than one of its sentences signal, in alphabetical order.
    pub fn contexts_of_report(&self, a: &Annotation) -> Vec<String> {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for s in &a.sentences {
            for context in self.contexts(a, s) {
                *times.entry(context).or_default() += if s.headline { 2 } else { 1 };
            }
        }
        times.into_iter().filter(|(_, n)| *n > 1).map(|(context, _)| context).collect()
    }

    /// The contexts that a sentence's words signal, in alphabetical order.
    pub fn contexts(&self, a: &Annotation, s: &Sentence) -> Vec<String> {
        let lemmas: Vec<String> = s.tokens.clone().map(|i| a.tokens[i].lemma.to_lowercase()).collect();
        let mut found: Vec<String> = Vec::new();
        for i in 0..lemmas.len() {
            let two = lemmas.get(i + 1).map(|next| format!("{} {next}", lemmas[i]));
            for key in [Some(&lemmas[i]), two.as_ref()].into_iter().flatten() {
                found.extend(self.contexts.get(key).into_iter().flatten().cloned());
            }
        }
        found.sort();
        found.dedup();
        found
    }
}
