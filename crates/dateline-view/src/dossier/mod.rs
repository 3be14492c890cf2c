//! The dossier of a story as a page, a document, or a table of its rounds.

mod html;
mod markdown;
mod outline;
mod rounds;

pub use html::{CSS, ReportPage, body, page};
pub use markdown::render as markdown;
pub use outline::{Detail, Entry, Section, reports, sections};
pub use rounds::write as rounds;
