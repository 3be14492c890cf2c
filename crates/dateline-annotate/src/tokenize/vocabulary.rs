//! The tokenizer's word lists, compiled in from `data/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// When the full stop after an abbreviation belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Always,
    Capital,
    Number,
    Inside,
    Name,
}

pub(super) struct Vocabulary {
    pub(super) abbreviations: BTreeMap<&'static str, Condition>,
    /// The letters of a contraction with the bytes at which it is cut.
    pub(super) contractions: BTreeMap<String, Vec<usize>>,
    pub(super) prefixes: BTreeSet<&'static str>,
    pub(super) units: BTreeSet<&'static str>,
    pub(super) emoticons: Vec<&'static str>,
    pub(super) endings: BTreeSet<&'static str>,
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

fn abbreviation(line: &'static str) -> (&'static str, Condition) {
    let (word, condition) = line.split_once(' ').unwrap_or((line, ""));
    let condition = match condition {
        "capital" => Condition::Capital,
        "number" => Condition::Number,
        "inside" => Condition::Inside,
        "name" => Condition::Name,
        _ => Condition::Always,
    };
    (word, condition)
}

fn contraction(line: &str) -> (String, Vec<usize>) {
    // The n-th "|" stands n bytes further on than the cut it marks.
    let cuts = line.match_indices('|').enumerate().map(|(n, (at, _))| at - n).collect();
    (line.replace('|', ""), cuts)
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut emoticons: Vec<_> = lines(include_str!("../../data/emoticons.txt")).collect();
    // Longest first, so that the first that fits is the longest that does.
    emoticons.sort_by_key(|e| std::cmp::Reverse(e.len()));
    Vocabulary {
        abbreviations: lines(include_str!("../../data/abbreviations.txt")).map(abbreviation).collect(),
        contractions: lines(include_str!("../../data/contractions.txt")).map(contraction).collect(),
        prefixes: lines(include_str!("../../data/prefixes.txt")).collect(),
        units: lines(include_str!("../../data/units.txt")).collect(),
        emoticons,
        endings: lines(include_str!("../../data/endings.txt")).collect(),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_offsets_into_the_word() {
        assert_eq!(contraction("du|n|no"), ("dunno".to_owned(), vec![2, 3]));
        assert_eq!(VOCABULARY.abbreviations.get("no"), Some(&Condition::Number));
        assert_eq!(VOCABULARY.abbreviations.get("mr"), Some(&Condition::Always));
    }
}
