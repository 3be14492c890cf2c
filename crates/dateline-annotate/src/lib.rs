//! Sentences, words, tags, lemmas, trees, entities and times of a report, each with its bytes in the report's text.

mod annotation;
pub mod conllu;
mod embedded;
mod entity;
mod layout;
mod lemma;
mod session;
pub mod timeml;
pub mod timex;
mod tokenize;
mod tree;

pub use annotation::{
    Annotation, ArgRole, Entity, EntityKind, EventScores, Rel, RoleScores, Sentence, Timex, TimexKind, Token, Upos,
};
pub use dateline_encoder::ModelError;
pub use layout::{Layout, LayoutRules, Paragraph};
pub use session::{Annotator, Session};
pub use tokenize::{RawToken, tokenize};
