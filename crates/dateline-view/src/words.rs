//! Parts of a record in one line each.

use dateline_report::{Actor, EventDate, Place};

/// Line breaks and runs of blanks become one blank.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An actor in one line: words and codes.
pub fn actor(a: &Actor) -> String {
    let code = match (&a.country, &a.sector) {
        (Some(c), Some(s)) => format!(" [{c} {s}]"),
        (Some(c), None) | (None, Some(c)) => format!(" [{c}]"),
        (None, None) => String::new(),
    };
    format!("{}{code}", squeeze(&a.text))
}

/// A date in one line.
pub fn date(d: Option<&EventDate>) -> String {
    match d.map(|d| (d.start, d.end)) {
        Some((Some(a), Some(b))) if a == b => a.to_string(),
        Some((Some(a), Some(b))) => format!("{a} to {b}"),
        Some((None, Some(b))) => format!("until {b}"),
        Some((Some(a), None)) => format!("from {a}"),
        _ => d.and_then(|d| d.text.clone()).map_or("no date".to_owned(), |t| format!("\"{t}\"")),
    }
}

/// A place in one line.
pub fn place(p: &Place) -> String {
    let words = p.text.as_deref().or(p.name.as_deref()).unwrap_or("?");
    match &p.country {
        Some(c) => format!("{} [{c}]", squeeze(words)),
        None => squeeze(words),
    }
}
