//! What many reports tell together: happenings, stories, timelines and the dossier of a negotiation.
//!
//! Everything is a pure function of [`Cutting`]s, coded reports with the outlets that carried them, and does not depend on their order.

mod clusters;
mod cutting;
mod dossier;
mod evidence;
mod happening;
mod negotiation;
mod people;
mod sentences;
mod side;
mod text;
mod timeline;
mod told;
mod topic;
mod words;

pub use clusters::{Stories, stories};
pub use cutting::Cutting;
pub use dossier::{Dossier, News, Question, Statement, Subject};
pub use evidence::Evidence;
pub use happening::{Happening, Mention, happenings};
pub use negotiation::{
    FigurePoint, FigureThroughTime, Individual, IssueOnTable, Negotiation, Part, Party, Phase, PositionStep,
    PositionThroughTime, Round, RoundKind, StateChange, Week,
};
pub use people::People;
pub use sentences::{cited, issue_words, outcome_words};
pub use side::{Side, Sides};
pub use timeline::{TimelineDay, TimelineLimits, timeline};
