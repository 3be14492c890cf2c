//! The day of publication where a report's own text tells it: "Published 24 May 2024, 10:15 GMT", "DOHA, March 3, 2026".

use super::vocabulary::{VOCABULARY, Value};
use dateline_report::{Date, Span};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Longest line that is nothing but a time stamp, in bytes.
const LONGEST: usize = 100;

static BESIDE: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("../../data/stamp.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// The first full date (day, month and year) of a line, with its bytes in the line.
pub fn full_date(line: &str) -> Option<(Date, Span)> {
    let parts = parts(line);
    (0..parts.len()).find_map(|i| {
        let [a, b, c] = [0, 1, 2].map(|k| parts.get(i + k).copied().unwrap_or_default());
        let (day, month, year) = match (number(a.1), number(c.1)) {
            (Some(y), Some(d)) if y > 31 && a.1.len() == 4 => (d, number(b.1)?, y),
            (Some(d), Some(y)) if c.1.len() == 4 => (d, month(b.1)?, y),
            (None, Some(y)) if c.1.len() == 4 => (number(b.1)?, month(a.1)?, y),
            _ => return None,
        };
        let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some((date, Span::new(a.0, c.0 + c.1.len())))
    })
}

/// The day of a line that says nothing but when the report was published.
pub fn of_line(line: &str) -> Option<(Date, Span)> {
    let found = full_date(line).filter(|_| line.len() <= LONGEST)?;
    parts(line).iter().all(|(_, w)| is_beside(w)).then_some(found)
}

/// Whether a line is of times and the words beside them alone, and says some number: "Updated 10:15 GMT".
pub(crate) fn is_time(line: &str) -> bool {
    let parts = parts(line);
    parts.iter().any(|(_, w)| w.starts_with(|c: char| c.is_ascii_digit())) && parts.iter().all(|(_, w)| is_beside(w))
}

/// The time of day that a text begins with, "10:15 PM GMT", as its bytes; 0 where there is none.
pub(crate) fn clock(text: &str) -> usize {
    let mut end = 0;
    for word in text.split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare = word.trim_end_matches(['.', ',', ';']);
        let hour = word.contains(':') && is_time(bare);
        let zone = end > 0 && is_beside(bare) && !bare.chars().any(|c| c.is_ascii_digit());
        let written = bare == "am" || bare == "pm" || bare.chars().all(|c| c.is_uppercase() || c == '.');
        if !(hour || zone && written) {
            break;
        }
        end = at + word.len();
    }
    end
}

/// How surely the day of such a line is that of publication, 0 to 1: "Published 24 May" says so, "Updated 24 May" tells another day,
/// a day alone leaves it open.
pub(crate) fn confidence(line: &str) -> f32 {
    let lower = line.to_lowercase();
    let says = |words: &[&str]| parts(&lower).iter().any(|(_, w)| words.contains(w));
    match (says(PUBLISHED), says(UPDATED)) {
        (true, _) => 0.95,
        (false, true) => 0.7,
        (false, false) => 0.85,
    }
}

/// Words that say that a report came out.
const PUBLISHED: &[&str] = &["published", "publication", "posted", "issued", "released", "release", "filed", "first"];
/// Words that say that it was out already.
const UPDATED: &[&str] = &["updated", "update", "modified", "last"];

fn is_beside(word: &str) -> bool {
    let lower = word.to_lowercase();
    number(word).is_some()
        || BESIDE.contains(lower.as_str())
        || month(word).is_some()
        || is_weekday(word)
        || is_clock(word)
}

/// Whether a word is the name of a day of the week.
pub(crate) fn is_weekday(word: &str) -> bool {
    meaning(&word.to_lowercase(), "weekday").is_some()
}

/// Whether a word is the name of a month.
pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// Stretches of letters and digits with where they begin.
fn parts(line: &str) -> Vec<(usize, &str)> {
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| (w.as_ptr() as usize - line.as_ptr() as usize, w))
        .collect()
}

fn number(word: &str) -> Option<u16> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ordinal = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|_| ordinal)
}

/// "2024-05-24T10:15:00Z", "10h15", "9am".
fn is_clock(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 6
}

fn month(word: &str) -> Option<u16> {
    let lower = word.to_lowercase();
    meaning(&lower, "month").or_else(|| meaning(&lower, "shortmonth"))
}

fn meaning(lower: &str, class: &str) -> Option<u16> {
    let class = VOCABULARY.class(class)?;
    VOCABULARY.meanings(lower).iter().find(|m| m.class == class).and_then(|m| match m.value {
        Value::Number(n) => Some(n as u16),
        Value::Code(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_tell_the_day() {
        for line in [
            "May 24, 2024",
            "Published 24 May 2024, 10:15 GMT",
            "Friday, 24 May 2024",
            "2024-05-24",
            "Updated: 2024-05-24 10:15 UTC",
            "Last updated on 24th May 2024 at 9am",
        ] {
            assert_eq!(of_line(line).map(|x| x.0.to_string()).as_deref(), Some("2024-05-24"), "{line}");
        }
    }

    #[test]
    fn other_lines_do_not() {
        for line in [
            "The talks opened on May 24, 2024.",
            "May 24",
            "24 May",
            "2024",
            "",
            "Room 24, May Hall, 2024 visitors",
            "99 May 2024",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
        assert_eq!(clock(" 03:09 PM. (Agency)"), 10);
        assert_eq!((clock("10:15 GMT Envoys"), clock("10 Envoys"), clock("Envoys"), clock("")), (9, 0, 0, 0));
        assert!(is_time("Updated 10:15 GMT") && !is_time("GMT") && !is_time("Room 24"));
        assert!(confidence("Published 24 May 2024") > confidence("24 May 2024"));
        assert!(confidence("24 May 2024") > confidence("Updated 24 May 2024"));
        assert_eq!(full_date("DOHA, March 3, 2026 (Agency)").map(|x| x.1), Some(Span::new(6, 19)));
    }
}
