//! Days of publication as tables, feeds and pages write them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How days like 03/04/2024 are meant; by default they are read only where one of the numbers cannot be a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// Not known.
    #[default]
    Unknown,
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day that a text gives, as written there: times and zones are not converted, the day is the outlet's.
pub(crate) fn day(text: &str, order: DateOrder) -> Option<Date> {
    let text = text.trim();
    let text = text.get(..64).unwrap_or(text);
    iso(text)
        .or_else(|| slashed(text, order))
        .or_else(|| worded(text))
        .or_else(|| epoch(text))
        .filter(|d| plausible(*d))
}

/// Printed news is older than the oldest archives no more, and tables write absent days as 1 January of year 1.
fn plausible(day: Date) -> bool {
    (1600..=2200).contains(&day.year())
}

/// `2024-05-01`, `2024-05-01T10:00:00Z`, `2024/5/1`, `20240501`, `20240501T100000Z`.
fn iso(text: &str) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    if digits >= 8 && (digits == 8 || digits == 14) && !rest.starts_with(['.', ',']) {
        return make(text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
    }
    let sep = rest.chars().next().filter(|c| digits == 4 && matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.splitn(3, sep);
    let (year, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let end = last.bytes().take_while(u8::is_ascii_digit).count();
    (end <= 2).then(|| make(year, month, &last[..end]))?
}

/// `31/12/2024`, `12/31/2024`, `31.12.2024`: the order must be known or shown by a number above 12; points mean day first.
fn slashed(text: &str, order: DateOrder) -> Option<Date> {
    let head = text.split([' ', 'T', ',']).next()?;
    let sep = head.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = head.split(sep).collect();
    let [a, b, year] = parts[..] else { return None };
    if year.len() != 4 {
        return None;
    }
    let (first, second): (u8, u8) = (a.parse().ok()?, b.parse().ok()?);
    match order {
        _ if first == second || (second <= 12 && (first > 12 || sep == '.')) => make(year, b, a),
        _ if second > 12 => make(year, a, b),
        DateOrder::DayFirst => make(year, b, a),
        DateOrder::MonthFirst => make(year, a, b),
        DateOrder::Unknown => None,
    }
}

/// `Wed, 01 May 2024 10:00:00 +0000`, `May 1st, 2024 at 10:00`, `1 May 2024`, `2024 May 1`.
fn worded(text: &str) -> Option<Date> {
    let parts = |c: char| c.is_whitespace() || matches!(c, '-' | ',' | '.' | '/');
    let words: Vec<&str> = text.split(parts).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|w| month(w).is_some())?;
    let month = words.get(at).and_then(|w| month(w))?;
    let number = |i: Option<usize>| -> Option<i16> { ordinal(words.get(i?)?).parse().ok() };
    let (before, next, last) = (number(at.checked_sub(1)), number(Some(at + 1)), number(Some(at + 2)));
    let date =
        |year: Option<i16>, day: Option<i16>| Date::new(year.filter(|y| *y > 31)?, month, day?.try_into().ok()?).ok();
    date(next, before).or_else(|| date(last, next)).or_else(|| date(before, next))
}

/// The number of a month by its name, shortened or not.
fn month(word: &str) -> Option<i8> {
    let lower = word.to_lowercase();
    let at = MONTHS.iter().position(|m| lower.len() >= 3 && m.starts_with(lower.as_str()))?;
    i8::try_from(at + 1).ok()
}

/// `1st` is `1`.
fn ordinal(word: &str) -> &str {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match word.get(digits..) {
        Some("st" | "nd" | "rd" | "th") => &word[..digits],
        _ => word,
    }
}

/// Seconds or milliseconds since 1970, from the year 2001 on.
fn epoch(text: &str) -> Option<Date> {
    let number: i64 = text.split('.').next().filter(|t| matches!(t.len(), 10 | 13))?.parse().ok()?;
    let seconds = if text.len() >= 13 && number > 99_999_999_999 { number / 1000 } else { number };
    jiff::Timestamp::from_second(seconds).ok().map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).date())
}

fn make(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The first day in a running text that is written with the month as a word: "Published May 1, 2024".
pub(crate) fn in_text(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    (0..words.len()).filter(|&i| month(&plain(words[i])).is_some()).find_map(|i| {
        let from = i.saturating_sub(1);
        let to = (i + 3).min(words.len());
        worded(&words[from..to].join(" ")).filter(|d| plausible(*d))
    })
}

/// The day in an address: `/2024/05/01/`, `/2024-05-01-`, `/20240501/`.
pub(crate) fn in_url(url: &str) -> Option<Date> {
    let path = url.split("://").nth(1)?.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let number = |s: &str, len: usize| s.len() == len && s.bytes().all(|b| b.is_ascii_digit());
    let triple = parts.windows(3).find_map(|w| {
        let short = |s: &str| number(s, 1) || number(s, 2);
        (number(w[0], 4) && short(w[1]) && short(w[2])).then(|| make(w[0], w[1], w[2]))?
    });
    let single = || parts.iter().find_map(|p| p.get(..10).filter(|d| d.as_bytes()[4] == b'-').and_then(iso));
    let joined = || parts.iter().find(|p| number(p, 8)).and_then(|p| iso(p));
    triple.or_else(single).or_else(joined).filter(|d| (1990..=2100).contains(&d.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        day(text, DateOrder::Unknown).map(|d| d.to_string())
    }

    #[test]
    fn days_are_read_as_tables_feeds_and_pages_write_them() {
        for text in [
            "2024-05-01",
            "2024-05-01T23:30:00-05:00",
            "2024/5/1",
            "20240501",
            "20240501T101500Z",
            "20240501101500",
            "Wed, 01 May 2024 23:30:00 -0500",
            "May 1, 2024",
            "Wednesday, May 1st, 2024 at 10:15",
            "1 May 2024",
            "01-May-2024",
            "1.5.2024",
            "1714565000",
            "1714565000123",
            "2024-05-01 10:15:00",
        ] {
            assert_eq!(read(text).as_deref(), Some("2024-05-01"), "{text}");
        }
        assert_eq!(read("Sept. 3, 2023").as_deref(), Some("2023-09-03"));
        assert_eq!(read("September 3, 2023").as_deref(), Some("2023-09-03"));
    }

    #[test]
    fn an_order_is_never_guessed() {
        assert_eq!(read("03/04/2024"), None);
        assert_eq!(read("03/14/2024").as_deref(), Some("2024-03-14"));
        assert_eq!(read("14/03/2024").as_deref(), Some("2024-03-14"));
        assert_eq!(day("03/04/2024", DateOrder::DayFirst).map(|d| d.to_string()).as_deref(), Some("2024-04-03"));
        assert_eq!(day("03/04/2024", DateOrder::MonthFirst).map(|d| d.to_string()).as_deref(), Some("2024-03-04"));
        for text in ["", "yesterday", "0001-01-01", "2024-13-01", "12", "é".repeat(40).as_str(), "32 May 2024", "3.14"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_found_in_running_text_and_in_addresses() {
        assert_eq!(in_text("Published on May 1, 2024 by staff").map(|d| d.to_string()).as_deref(), Some("2024-05-01"));
        assert_eq!(in_text("Updated 11:02, 3 March 2021").map(|d| d.to_string()).as_deref(), Some("2021-03-03"));
        assert_eq!(in_text("May they march"), None);
        let url = |u| in_url(u).map(|d| d.to_string());
        assert_eq!(url("https://example.org/world/2024/05/01/talks.html").as_deref(), Some("2024-05-01"));
        assert_eq!(url("https://example.org/2024-05-01-talks").as_deref(), Some("2024-05-01"));
        assert_eq!(url("https://example.org/a/20240501/talks").as_deref(), Some("2024-05-01"));
        assert_eq!(url("https://example.org/a/12345678/talks"), None);
    }
}
