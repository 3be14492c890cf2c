//! What tells who published a report, who wrote it, when and where.

use crate::{Phrase, Report};
use serde::{Deserialize, Serialize};

/// A fact about the report itself, and what tells it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Credit {
    /// The fact: a day as YYYY-MM-DD, a name, a place line.
    pub value: String,
    /// The words of the text that tell it; none where the source's own fields do.
    pub words: Option<Phrase>,
    /// How sure it is, 0 to 1: 1 from the source's fields, less by how explicit the words are.
    pub confidence: f32,
}

impl Credit {
    /// A fact that the source's own fields tell.
    pub fn given(value: &(impl ToString + ?Sized)) -> Self {
        Credit { value: value.to_string(), words: None, confidence: 1.0 }
    }
}

/// What is known of who published a report, who wrote it, when and where, and from what. Unknown is none, never a guess.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Imprint {
    /// Day of publication.
    pub published: Option<Credit>,
    /// Who published it.
    pub outlet: Option<Credit>,
    /// Who wrote it.
    pub byline: Option<Credit>,
    /// Place line.
    pub dateline: Option<Credit>,
}

impl Imprint {
    /// What the source's own fields tell.
    pub fn given(report: &Report) -> Self {
        Imprint {
            published: report.published.as_ref().map(Credit::given),
            outlet: report.outlet.as_ref().map(Credit::given),
            byline: report.byline.as_ref().map(Credit::given),
            dateline: None,
        }
    }
}
