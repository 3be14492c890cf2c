//! Records and dossiers as pages, documents and tables, for the command line and the server.
//!
//! ```
//! use dateline_report::{Record, Report};
//! let record = Record { report: Report::from_text("Talks & more"), ..Record::default() };
//! assert!(dateline_view::record::page(&record, false).contains("Talks &amp; more"));
//! ```

pub mod dossier;
pub mod map;
pub mod record;
pub mod words;

/// Text safe between tags and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut o = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => o.push_str("&amp;"),
            '<' => o.push_str("&lt;"),
            '>' => o.push_str("&gt;"),
            '"' => o.push_str("&quot;"),
            '\'' => o.push_str("&#39;"),
            c => o.push(c),
        }
    }
    o
}
