//! Numbers in figures and words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A number read from words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value; of a vague one its lower bound.
    pub value: f64,
    /// How many words it took.
    pub words: usize,
    /// "dozens", "thousands": only a lower bound.
    pub vague: bool,
}

/// What a word is in a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// Zero to nineteen.
    Small(f64),
    /// Twenty to ninety.
    Tens(f64),
    /// What multiplies the number before it.
    Scale(f64),
    /// A plural that only bounds.
    Vague(f64),
    /// "1/2", "½".
    Fraction(f64),
}

static WORDS: LazyLock<BTreeMap<&'static str, Part>> = LazyLock::new(|| {
    let lines = include_str!("../../data/timex/numbers.tsv").lines().filter(|l| !l.starts_with('#'));
    let entry = |line: &'static str| {
        let mut columns = line.split('\t');
        let (word, kind, value) = (columns.next()?, columns.next()?, columns.next()?.parse().ok()?);
        let part = match kind {
            "small" => Part::Small(value),
            "tens" => Part::Tens(value),
            "scale" => Part::Scale(value),
            "vague" => Part::Vague(value),
            "fraction" => Part::Fraction(value),
            _ => return None,
        };
        Some((word, part))
    };
    lines.filter_map(entry).collect()
});

/// Most words of a number.
const LONGEST: usize = 12;

/// The number that begins at the first word, if one does: "120", "10,000", "2.5 million", "2 1/2", "twenty - five", "a dozen",
/// "dozens", "tens of thousands", "half a million", "three hundred and twelve". The words are those of the tokenizer, case is ignored.
///
/// ```
/// use dateline_annotate::timex::number::read;
/// let n = read(&["two", "hundred", "fighters"]).unwrap();
/// assert_eq!((n.value, n.words, n.vague), (200.0, 2, false));
/// assert_eq!(read(&["fighters"]), None);
/// ```
pub fn read(words: &[&str]) -> Option<Number> {
    let first = *words.first()?;
    if !begins(first) {
        return None;
    }
    let lower: Vec<String> = words.iter().take(LONGEST).map(|w| w.to_lowercase()).collect();
    let at = |i: usize| lower.get(i).map_or("", String::as_str);
    let exact = |value: f64, words: usize| Some(Number { value, words, vague: false });
    match (at(0), part(at(0))) {
        (_, Some(Part::Vague(value))) => {
            let top = Some(at(2)).filter(|_| at(1) == "of").and_then(part);
            let Some(Part::Vague(top)) = top.filter(|t| *t != Part::Vague(10.0)) else {
                // "tens" alone is no count that anybody gives.
                return (value > 10.0).then_some(Number { value, words: 1, vague: true });
            };
            Some(Number { value: value * top, words: 3, vague: true })
        }
        ("half", _) => match (at(1), part(at(2)), part(at(1))) {
            ("a", Some(Part::Scale(top)), _) => exact(top / 2.0, 3),
            (_, _, Some(Part::Scale(top))) => exact(top / 2.0, 2),
            _ => None,
        },
        ("a" | "an", _) => match part(at(1)) {
            Some(Part::Scale(_)) => {
                let (value, n) = spelled(&lower[1..], 1.0)?;
                exact(value, n + 1)
            }
            _ => None,
        },
        (w, _) if w.starts_with(|c: char| c.is_ascii_digit()) => {
            let value: f64 = figures(w)?;
            let more = match part(at(1)) {
                Some(Part::Fraction(f)) => return exact(value + f, 2),
                Some(Part::Scale(top)) => {
                    let further = if let Some(Part::Scale(next)) = part(at(2)) { (next, 3) } else { (1.0, 2) };
                    (top * further.0, further.1)
                }
                _ => (1.0, 1),
            };
            exact(value * more.0, more.1)
        }
        (_, Some(Part::Fraction(value))) => exact(value, 1),
        _ => {
            let (value, n) = spelled(&lower, 0.0)?;
            exact(value, n)
        }
    }
}

/// Whether a word can begin a number: a cheap test before reading one.
pub(super) fn begins(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit() || "½¼¾".contains(c)) || {
        let lower = word.to_lowercase();
        matches!(lower.as_str(), "a" | "an" | "half") || part(&lower).is_some_and(|p| !matches!(p, Part::Scale(_)))
    }
}

/// A number in figures: "120", "10,000", "2.5", "1/2". None for anything else, such as an ordinal or a time of day.
fn figures(word: &str) -> Option<f64> {
    if let Some(Part::Fraction(f)) = part(word) {
        return Some(f);
    }
    let plain = word.strip_suffix('½').unwrap_or(word).replace(',', "");
    let digits = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.') && plain.len() <= 18;
    let half = if word.ends_with('½') { 0.5 } else { 0.0 };
    plain.parse::<f64>().ok().filter(|v| digits && v.is_finite()).map(|v| v + half)
}

fn part(word: &str) -> Option<Part> {
    WORDS.get(word).copied()
}

/// A number spelled out. `carry` stands before the first word: 1 after an article, else 0.
fn spelled(words: &[String], carry: f64) -> Option<(f64, usize)> {
    let (mut total, mut current) = (0.0, carry);
    // What may still be added to `current`: below ten after tens, below a hundred after a hundred.
    let mut room: u32 = if carry > 0.0 { 0 } else { 100 };
    let (mut i, mut end) = (0, 0);
    while let Some(word) = words.get(i) {
        match part(word) {
            Some(Part::Small(v)) if v < f64::from(room) => {
                current += v;
                room = 0;
            }
            Some(Part::Tens(v)) if room >= 100 => {
                current += v;
                room = 10;
            }
            Some(Part::Scale(top)) if current > 0.0 => {
                if top <= 100.0 {
                    current *= top;
                } else {
                    total += current * top;
                    current = 0.0;
                }
                // Nothing is added to dozens.
                room = if top < 100.0 { 0 } else { 100 };
            }
            // "twenty - five", "three hundred and twelve": only between two parts of one number.
            None if i > 0 && (word == "-" && room == 10 || word == "and" && room == 100 && i == end) => {
                let next = words.get(i + 1).and_then(|w| part(w));
                let fits = match next {
                    Some(Part::Small(v)) => v > 0.0 && v < f64::from(room),
                    Some(Part::Tens(_)) => room == 100,
                    _ => false,
                };
                if !fits {
                    break;
                }
                i += 1;
                continue;
            }
            _ => break,
        }
        i += 1;
        end = i;
    }
    (end > 0).then_some((total + current, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words, and the value, length and vagueness read from them.
    type Case = (&'static str, Option<(f64, usize, bool)>);

    #[test]
    fn figures_and_words() {
        let value = |s: &str| {
            read(&s.split(' ').collect::<Vec<_>>()).map(|n| ((n.value * 10.0).round() / 10.0, n.words, n.vague))
        };
        let cases: &[Case] = &[
            ("120 hostages", Some((120.0, 1, false))),
            ("10,000 people", Some((10_000.0, 1, false))),
            ("2.5 million people", Some((2_500_000.0, 2, false))),
            ("300 thousand people", Some((300_000.0, 2, false))),
            ("2 1/2 years", Some((2.5, 2, false))),
            ("twenty - five men", Some((25.0, 3, false))),
            ("twenty five men", Some((25.0, 2, false))),
            ("thirty - men", Some((30.0, 1, false))),
            ("three hundred and twelve men", Some((312.0, 4, false))),
            ("three hundred and many men", Some((300.0, 2, false))),
            ("two thousand one hundred men", Some((2100.0, 4, false))),
            ("nineteen ninety - seven", Some((19.0, 1, false))),
            ("Two million", Some((2e6, 2, false))),
            ("two dozen men", Some((24.0, 2, false))),
            ("a dozen men", Some((12.0, 2, false))),
            ("half a dozen men", Some((6.0, 3, false))),
            ("half a million", Some((500_000.0, 3, false))),
            ("a hundred and twenty men", Some((120.0, 4, false))),
            ("a man", None),
            ("dozens of men", Some((24.0, 1, true))),
            ("scores of men", Some((40.0, 1, true))),
            ("tens of thousands of men", Some((10_000.0, 3, true))),
            ("hundreds of thousands of men", Some((100_000.0, 3, true))),
            ("tens of men", None),
            ("one and two", Some((1.0, 1, false))),
            ("1990s", None),
            ("9:30", None),
            ("men", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text), *expected, "{text}");
        }
        assert_eq!(read(&[]), None);
    }
}
