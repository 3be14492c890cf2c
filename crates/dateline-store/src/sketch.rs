//! What makes two reports copies of each other: shingles, their MinHash bands, and the numbers they give.
//!
//! Headlines, bylines and lines of time and place are each outlet's own, so that only paragraphs of some length that end as sentences do
//! count. The hashes are fixed: they are kept in stores.

use std::collections::BTreeSet;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Least words of a paragraph that counts, where any paragraph has as many.
const PARAGRAPH: usize = 8;
/// Permutations in a band: two reports share a band when these agree.
const ROWS: usize = 4;
/// Bands. With 20 bands of 4, two texts that share 0.6 of their shingles meet with probability 0.94, at 0.7 with 0.995, at 0.3 with 0.15.
const BANDS: usize = 20;
/// Share of common shingles from which two reports are copies.
pub(crate) const COPY: f64 = 0.6;

/// Words that say how many or which day: a text that gives others tells something else.
static NUMBERS: &str = include_str!("data/numbers.txt");

/// What is compared of a report's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Hashes of word 5-shingles, sorted, each once.
    shingles: Vec<u64>,
    /// Hashes of the numbers and weekdays told.
    numbers: BTreeSet<u64>,
}

impl Sketch {
    /// The sketch of a text.
    pub fn of(text: &str) -> Sketch {
        let told: Vec<(bool, Vec<String>)> = text.lines().map(|l| (ends(l), words(l))).collect();
        let counts = |(ends, p): &(bool, Vec<String>)| *ends && p.len() >= PARAGRAPH;
        let long = told.iter().any(counts);
        let words: Vec<&str> =
            told.iter().filter(|p| !long || counts(p)).flat_map(|(_, words)| words).map(String::as_str).collect();
        let hashes: Vec<u64> = words.iter().map(|w| fnv(w)).collect();
        let mut shingles: Vec<u64> =
            if hashes.len() < SHINGLE { vec![fold(&hashes)] } else { hashes.windows(SHINGLE).map(fold).collect() };
        shingles.sort_unstable();
        shingles.dedup();
        let numbers = words.iter().zip(&hashes).filter(|(w, _)| is_number(w)).map(|(_, h)| *h).collect();
        Sketch { shingles, numbers }
    }

    /// Keys of the bands, below 2^47 so that SQLite keeps them in six bytes.
    pub fn bands(&self) -> Vec<i64> {
        let least = |permutation: u64| {
            let seed = mix(permutation.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            self.shingles.iter().map(|s| mix(s ^ seed)).min().unwrap_or_default()
        };
        (0..BANDS as u64)
            .map(|band| {
                let rows: Vec<u64> = (0..ROWS as u64).map(|row| least(1 + band * ROWS as u64 + row)).collect();
                (mix(fold(&rows) ^ band) & ((1 << 47) - 1)) as i64
            })
            .collect()
    }

    /// Share of the shingles of either that both have (Jaccard), 0 to 1.
    pub fn likeness(&self, other: &Sketch) -> f64 {
        let (mut i, mut j, mut common) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.shingles.get(i), other.shingles.get(j)) {
            common += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        let all = self.shingles.len() + other.shingles.len() - common;
        if all == 0 { 1.0 } else { common as f64 / all as f64 }
    }

    /// How alike the two are if they are copies: enough common shingles, and neither has numbers or weekdays where the other has different
    /// ones. A text with a new toll is news, and so is one that tells another day; one that was merely cut short is not.
    pub fn copy(&self, other: &Sketch) -> Option<f64> {
        let nested = self.numbers.is_subset(&other.numbers) || other.numbers.is_subset(&self.numbers);
        Some(self.likeness(other)).filter(|x| nested && *x >= COPY)
    }
}

/// Whether a line ends as a sentence does, perhaps inside quotation marks or parentheses.
fn ends(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', '»']);
    line.ends_with(['.', '!', '?', '…', '。'])
}

/// Letters and digits of a line in lower case, word by word; an ideograph is a word.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in line.chars() {
        let alone = matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af);
        if c.is_alphanumeric() && !alone {
            word.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '.' | ',') || alone {
            out.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            out.extend(alone.then(|| c.to_string()));
        } else if c == ',' && !word.ends_with(|d: char| d.is_ascii_digit()) {
            out.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
    }
    out.extend((!word.is_empty()).then_some(word));
    out
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.split_ascii_whitespace().any(|n| n == word)
}

/// FNV-1a of a word.
fn fnv(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

/// One hash of several in their order.
fn fold(hashes: &[u64]) -> u64 {
    hashes.iter().fold(hashes.len() as u64, |h, x| mix(h.rotate_left(5) ^ x))
}

/// The finalizer of SplitMix64: a fixed permutation of 64-bit numbers that spreads every bit.
fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
