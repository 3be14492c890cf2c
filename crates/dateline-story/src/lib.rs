//! What many reports tell together: happenings, stories, timelines and the dossier of a negotiation.
//!
//! Everything is a pure function of [`Cutting`]s, coded reports with the outlets that carried them, and does not depend on their order.

mod cutting;

pub use cutting::Cutting;
