//! The dossier for a reader at a terminal.

use crate::text::{BOLD, DIM, HEAD, paragraph};
use dateline_story::{Dossier, cited};
use dateline_view::dossier::{Detail, reports, sections};
use std::fmt::Write;

/// Sentences shown of an entry at most; the other views have all.
const SENTENCES: usize = 1;

/// Styled text; the stream strips the style where it is not wanted.
pub(crate) fn render(name: &str, d: &Dossier) -> String {
    let mut o = String::new();
    let days = d.first.zip(d.last).map_or(String::new(), |(a, b)| format!(", {a} to {b}"));
    let _ = writeln!(o, "{BOLD}{name}{BOLD:#}\n{DIM}{}{days}{DIM:#}", reports(d.reports));
    for s in sections(d, Detail::Brief) {
        let _ = writeln!(o, "\n{HEAD}{}{HEAD:#}", s.title);
        for e in &s.entries {
            let head = if e.head.is_empty() { String::new() } else { format!("{}  ", e.head) };
            paragraph(&mut o, "  ", &format!("{head}{}", e.text));
            for x in e.evidence.iter().take(SENTENCES) {
                let _ = write!(o, "{DIM}");
                paragraph(&mut o, "      ", &cited(x));
                let _ = write!(o, "{DIM:#}");
            }
        }
    }
    if d.reports == 0 {
        o.push_str("\nThe watch selects no report yet: add reports, or widen it.\n");
    }
    o
}
