//! Intensity and CAMEO code of types and modes, and the contexts of a sentence.

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

    /// The code of a type in a mode; of the bare type where the mode has none.
    pub fn code(&self, kind: EventType, mode: Option<&str>) -> Option<&Code> {
        let of =
            |mode: Option<&str>| self.codes.iter().find(|c| c.r#type == kind.as_str() && c.mode.as_deref() == mode);
        of(mode).or_else(|| of(None))
    }

    /// Whether a type has a mode of this name.
    pub fn has_mode(&self, kind: EventType, mode: &str) -> bool {
        self.codes.iter().any(|c| c.r#type == kind.as_str() && c.mode.as_deref() == Some(mode))
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
