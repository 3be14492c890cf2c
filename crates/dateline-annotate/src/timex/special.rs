//! What no word list can hold: days, years, clock times, dates in figures, numbers.

use super::number;
use super::vocabulary::{Value, rows};
use super::words::Words;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Named days by their first word: the words of each, with its rule.
type Holidays = BTreeMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>;

static HOLIDAYS: LazyLock<Holidays> = LazyLock::new(|| {
    let mut out = Holidays::new();
    for row in rows(include_str!("../../data/timex/holidays.tsv")) {
        let &[phrase, rule] = row.as_slice() else { continue };
        let words: Vec<&str> = phrase.split(' ').collect();
        out.entry(words[0]).or_default().push((words, rule));
    }
    out
});

/// Reads one thing from one or more words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    /// A number, exact: "48", "two hundred".
    Number,
    /// A vague number: "dozens", "hundreds".
    Bound,
    /// A day of the month: "7", "7th".
    Day,
    /// An ordinal in figures: "20th".
    Ordinal,
    /// A year of four figures.
    Year,
    /// Two figures of a year.
    ShortYear,
    /// A year in words: "nineteen ninety-seven", "two thousand and five".
    SpelledYear,
    /// "1990s".
    Decade,
    /// "90s".
    ShortDecade,
    /// "2011-15" as one word: the first year times 10,000 and the last.
    Years,
    /// A time of day with a colon, in minutes.
    Clock,
    /// A full hour of the twelve-hour clock, in minutes.
    Hour,
    /// "2016-05-13", "20160513" in that order: as one number.
    Iso,
    /// A named day, by the rule that finds it.
    Holiday,
    /// "11/01/89", month first, as one number; day first when that alone makes a date.
    Slashed,
}

impl Special {
    /// The special of a name in the grammar.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "number" => Special::Number,
            "bound" => Special::Bound,
            "dom" => Special::Day,
            "ord" => Special::Ordinal,
            "year" => Special::Year,
            "yy" => Special::ShortYear,
            "spelledyear" => Special::SpelledYear,
            "decade" => Special::Decade,
            "shortdecade" => Special::ShortDecade,
            "years" => Special::Years,
            "clock" => Special::Clock,
            "hour" => Special::Hour,
            "holiday" => Special::Holiday,
            "iso" => Special::Iso,
            "slashed" => Special::Slashed,
            _ => return None,
        })
    }

    /// Whether any special may begin at a word: a cheap test that has no false negatives.
    pub(super) fn may_begin(w: &Words, at: usize) -> bool {
        let word = w.lower(at);
        number::begins(word) || HOLIDAYS.contains_key(word)
    }

    /// The number of words read and the value.
    pub(super) fn read(self, w: &Words, at: usize) -> Option<(usize, Value)> {
        let word = w.lower(at);
        let one = |n: i64| Some((1, Value::Number(n as f64)));
        match self {
            Special::Number | Special::Bound => {
                let n = number::read(&w.rest(at, 12)).filter(|n| n.vague == (self == Special::Bound))?;
                Some((n.words, Value::Number(n.value)))
            }
            Special::Day => {
                let (n, suffix) = digits(word, 2)?;
                let fits = (1..=31).contains(&n) && matches!(suffix, "" | "st" | "nd" | "rd" | "th");
                fits.then_some(n).and_then(one)
            }
            Special::Ordinal => {
                let (n, suffix) = digits(word, 3)?;
                matches!(suffix, "st" | "nd" | "rd" | "th").then_some(n).and_then(one)
            }
            Special::Year => {
                let (n, rest) = digits(word, 4)?;
                (word.len() == 4 && rest.is_empty() && (1000..=2100).contains(&n)).then_some(n).and_then(one)
            }
            Special::ShortYear => {
                let (n, rest) = digits(word, 2)?;
                (word.len() == 2 && rest.is_empty()).then_some(if n < 40 { 2000 + n } else { 1900 + n }).and_then(one)
            }
            Special::SpelledYear => spelled_year(w, at),
            Special::Decade => {
                let (n, rest) = digits(word, 4)?;
                (matches!(rest, "s" | "'s") && (1000..=2100).contains(&n) && n % 10 == 0).then_some(n).and_then(one)
            }
            Special::ShortDecade => {
                let (n, rest) = digits(word, 2)?;
                (matches!(rest, "s" | "'s") && n % 10 == 0 && n >= 10).then_some(1900 + n).and_then(one)
            }
            Special::Years => {
                let (first, last) = word.split_once('-')?;
                let (a, b) = (digits(first, 4)?, digits(last, 4)?);
                let century = if last.len() == 2 { a.0 / 100 * 100 } else { 0 };
                let plain = a.1.is_empty() && b.1.is_empty() && first.len() == 4 && matches!(last.len(), 2 | 4);
                let years = (a.0, b.0 + century);
                (plain && (1000..=2100).contains(&years.0) && years.1 > years.0 && years.1 <= 2100)
                    .then_some(years.0 * 10_000 + years.1)
                    .and_then(one)
            }
            Special::Clock => {
                let (h, m) = word.split_once([':', '.'])?;
                let m = m.split(':').next()?;
                let ((h, a), (m, b)) = (digits(h, 2)?, digits(m, 2)?);
                // A full stop parts hours and minutes only before "a.m." and "p.m.".
                let sure = word.contains(':') || w.is(at + 1, "ampm");
                let h = if b == "pm" && h < 12 { h + 12 } else { h };
                (a.is_empty() && matches!(b, "" | "am" | "pm") && h < 24 && m < 60 && sure)
                    .then_some(h * 60 + m)
                    .and_then(one)
            }
            Special::Hour => {
                let value = match digits(word, 2) {
                    Some((n, "")) => n as f64,
                    Some(_) => return None,
                    None => number::read(&[word]).filter(|n| !n.vague)?.value,
                };
                (value.fract() == 0.0 && (1.0..=12.0).contains(&value)).then_some((1, Value::Number(value * 60.0)))
            }
            Special::Holiday => {
                let phrases = HOLIDAYS.get(word)?;
                let fits =
                    |(phrase, _): &&(Vec<&str>, &str)| phrase.iter().enumerate().all(|(i, p)| w.lower(at + i) == *p);
                let capital = w.raw(at).starts_with(char::is_uppercase);
                let (phrase, rule) = phrases.iter().filter(fits).max_by_key(|(p, _)| p.len()).filter(|_| capital)?;
                Some((phrase.len(), Value::Code(rule)))
            }
            Special::Iso => {
                let mut parts = word.splitn(3, '-');
                let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
                let ((y, a), (m, b), (d, c)) = (digits(y, 4).filter(|_| y.len() == 4)?, digits(m, 2)?, digits(d, 2)?);
                [a, b, c].iter().all(|r| r.is_empty()).then_some(y * 10_000 + m * 100 + d).and_then(one)
            }
            Special::Slashed => {
                let mut parts = word.splitn(3, '/');
                let (a, b, y) = (parts.next()?, parts.next()?, parts.next()?);
                let ((a, x), (b, z), (year, r)) = (digits(a, 2)?, digits(b, 2)?, digits(y, 4)?);
                let year = match y.len() {
                    2 if year < 40 => 2000 + year,
                    2 => 1900 + year,
                    4 => year,
                    _ => return None,
                };
                let (m, d) = if a > 12 { (b, a) } else { (a, b) };
                [x, z, r].iter().all(|r| r.is_empty()).then_some(year * 10_000 + m * 100 + d).and_then(one)
            }
        }
    }
}

/// The number a word begins with, of at most `most` figures, and what follows it.
fn digits(word: &str, most: usize) -> Option<(i64, &str)> {
    let end = word.bytes().take_while(u8::is_ascii_digit).count();
    if end == 0 || end > most {
        return None;
    }
    Some((word[..end].parse().ok()?, &word[end..]))
}

/// "nineteen ninety - seven", "nineteen oh five" no; "two thousand and one".
fn spelled_year(w: &Words, at: usize) -> Option<(usize, Value)> {
    let words = w.rest(at, 8);
    let first = number::read(&words).filter(|n| !n.vague && words[0].starts_with(char::is_alphabetic))?;
    if (2000.0..2100.0).contains(&first.value) && words[0] != "a" {
        return Some((first.words, Value::Number(first.value)));
    }
    let second = number::read(words.get(first.words..)?).filter(|n| !n.vague)?;
    let spelled = words[first.words].starts_with(char::is_alphabetic);
    let fits = (10.0..=20.0).contains(&first.value) && (10.0..100.0).contains(&second.value) && spelled;
    fits.then_some((first.words + second.words, Value::Number(first.value * 100.0 + second.value)))
}
