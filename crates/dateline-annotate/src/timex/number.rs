//! Numbers in figures and words.

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

const SMALL: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: &[(&str, f64)] =
    &[("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12), ("dozen", 12.0)];
const VAGUE: &[(&str, f64)] =
    &[("dozens", 24.0), ("scores", 40.0), ("hundreds", 100.0), ("thousands", 1000.0), ("millions", 1e6), ("billions", 1e9)];

/// The number that begins at the first word, if one does: "120", "10,000", "2.5 million", "twenty - five", "a dozen", "dozens",
/// "tens of thousands", "half a million".
pub fn read(words: &[&str]) -> Option<Number> {
    let lower: Vec<String> = words.iter().take(8).map(|w| w.to_lowercase()).collect();
    let at = |i: usize| lower.get(i).map(String::as_str).unwrap_or_default();
    let vague = |w: &str| VAGUE.iter().find(|(n, _)| *n == w).map(|x| x.1);
    let scale = |w: &str| SCALES.iter().find(|(n, _)| *n == w).map(|x| x.1);
    if let ("tens" | "hundreds", "of", Some(top)) = (at(0), at(1), vague(at(2))) {
        return Some(Number { value: if at(0) == "tens" { 10.0 } else { 100.0 } * top, words: 3, vague: true });
    }
    if let Some(value) = vague(at(0)) {
        return Some(Number { value, words: 1, vague: true });
    }
    if let ("half", "a", Some(top)) = (at(0), at(1), scale(at(2))) {
        return Some(Number { value: top / 2.0, words: 3, vague: false });
    }
    if let ("a" | "an", Some(top)) = (at(0), scale(at(1))) {
        return Some(Number { value: top, words: 2, vague: false });
    }
    let (mut value, mut n) = small(&lower)?;
    while let Some(top) = scale(at(n)) {
        value *= top;
        n += 1;
        let rest = if at(n) == "and" { n + 1 } else { n };
        if let Some((more, k)) = lower.get(rest..).and_then(small).filter(|(more, _)| *more < top && at(0).starts_with(char::is_alphabetic)) {
            value += more;
            n = rest + k;
        }
    }
    Some(Number { value, words: n, vague: false })
}

/// A number below a hundred in words, or one in figures.
fn small(words: &[String]) -> Option<(f64, usize)> {
    let first = words.first()?;
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        let plain = first.replace(',', "");
        return plain.parse().ok().filter(|v: &f64| v.is_finite()).map(|v| (v, 1));
    }
    if let Some(v) = SMALL.iter().position(|w| w == first) {
        return Some((v as f64, 1));
    }
    let tens = (TENS.iter().position(|w| w == first)? + 2) as f64 * 10.0;
    let skip = usize::from(words.get(1).is_some_and(|w| w == "-"));
    let unit = words.get(1 + skip).and_then(|w| SMALL.iter().position(|s| s == w)).filter(|u| (1..10).contains(u));
    Some(match unit {
        Some(u) => (tens + u as f64, 2 + skip),
        None => (tens, 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_words() {
        let value = |s: &str| read(&s.split(' ').collect::<Vec<_>>()).map(|n| (n.value as u64, n.words, n.vague));
        assert_eq!(value("120 hostages"), Some((120, 1, false)));
        assert_eq!(value("10,000 people"), Some((10_000, 1, false)));
        assert_eq!(value("2.5 million people"), Some((2_500_000, 2, false)));
        assert_eq!(value("twenty - five men"), Some((25, 3, false)));
        assert_eq!(value("three hundred and twelve men"), Some((312, 4, false)));
        assert_eq!(value("a dozen men"), Some((12, 2, false)));
        assert_eq!(value("dozens of men"), Some((24, 1, true)));
        assert_eq!(value("tens of thousands of men"), Some((10_000, 3, true)));
        assert_eq!(value("men"), None);
    }
}
