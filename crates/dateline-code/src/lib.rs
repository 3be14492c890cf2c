//! The coder: from an annotated report to its record.
//!
//! ```no_run
//! use dateline_code::Coder;
//! use dateline_report::Report;
//! let coder = Coder::embedded()?;
//! let record = coder.session().code(&Report::from_text("Envoys of Qatar and Egypt met in Cairo on Monday."));
//! assert_eq!(record.events.len(), 1);
//! # Ok::<(), dateline_code::CoderError>(())
//! ```

mod assessments;
mod atlas;
mod attribution;
mod candidates;
pub mod codebook;
mod codebook_check;
mod codebook_docs;
mod codebook_source;
mod coder;
mod counts;
mod data;
mod days;
mod examples;
mod figures;
mod frames;
mod imprint;
mod later;
mod lexicon;
mod links;
mod lists;
mod mediators;
mod mentions;
mod ontology;
mod people;
mod place;
mod positions;
mod quotes;
mod roles;
mod same;
mod status;
mod talk;
mod talks;
#[cfg(test)]
mod testing;
mod threads;
mod topic;
mod toponyms;
mod tree;
mod when;
mod who;

pub use atlas::Toponym;
pub use candidates::Arbitration;
pub use codebook::{Codebook, CodebookError};
pub use codebook_check::{Conflict, conflicts};
pub use codebook_docs::document;
pub use coder::{Coder, CoderError, Options, Session};
pub use dateline_knowledge::{EntitiesError, Inventory, Knowledge};
pub use examples::{ExampleResult, Firing};
pub use links::Link;
pub use ontology::Ontology;
pub use roles::Weights;
pub use threads::in_order;
pub use who::Resolved;

/// What codes: name and version, as stores and exports name it.
pub const CODER: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));
