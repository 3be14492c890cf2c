//! The codebook files as they are written, and where in them a mistake stands.

use crate::codebook::Expectation;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// One file: one type with its frames.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSource {
    pub r#type: Spanned<String>,
    pub about: String,
    /// For a type of the user's own: the PLOVER type that it belongs to.
    pub plover: Option<Spanned<String>>,
    /// Its codes, where they are not those of its PLOVER type.
    pub cameo: Option<String>,
    pub goldstein: Option<f32>,
    pub intensity: Option<f32>,
    #[serde(default)]
    pub roles: RolesSource,
    #[serde(default)]
    pub frame: Vec<FrameSource>,
}

/// Parts of slots by the trigger's part of speech.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RolesSource {
    #[serde(default)]
    pub verb: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub noun: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub adj: BTreeMap<String, Spanned<String>>,
}

/// A word or a list of words.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn into_vec(self) -> Vec<String> {
        match self {
            OneOrMany::One(s) => vec![s],
            OneOrMany::Many(v) => v,
        }
    }
}

/// One frame.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameSource {
    pub id: Spanned<String>,
    pub verb: Option<OneOrMany>,
    pub noun: Option<OneOrMany>,
    pub adj: Option<OneOrMany>,
    pub part: Option<OneOrMany>,
    #[serde(default)]
    pub need: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub deny: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub roles: BTreeMap<String, Spanned<String>>,
    pub trigger: Option<String>,
    pub mode: Option<Spanned<String>>,
    pub weight: Option<Spanned<f32>>,
    pub status: Option<Spanned<String>>,
    pub example: String,
    pub expect: Expectation,
    #[serde(default)]
    pub more: Vec<ExampleSource>,
}

/// A further example of a frame.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleSource {
    pub example: String,
    pub expect: Expectation,
}

/// A mistake and the byte at which it stands.
pub struct Mistake {
    pub at: usize,
    pub message: String,
}

impl Mistake {
    /// A mistake in this value.
    pub fn of<T>(value: &Spanned<T>, message: impl Into<String>) -> Mistake {
        Mistake { at: value.span().start, message: message.into() }
    }

    /// With line and column, both from 1.
    pub fn told(&self, text: &str) -> String {
        let before = text.get(..self.at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("line {line}, column {column}: {}", self.message)
    }
}
