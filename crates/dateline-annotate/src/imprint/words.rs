//! Outlets with their other names, and the words of credits, from `data/imprint/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Longest form of an outlet's name that holds only in the letters as they stand in the table, in bytes.
const ACRONYM: usize = 4;

/// Forms of outlets' names with the name they stand for, the longest first.
static OUTLETS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/imprint/outlets.tsv").lines().filter(|l| !l.starts_with('#'));
    let mut forms: Vec<(&str, &str)> = rows
        .flat_map(|row| {
            let name = row.split('\t').next().unwrap_or(row);
            row.split('\t').map(move |form| (form, name))
        })
        .collect();
    forms.sort_by_key(|(form, _)| (std::cmp::Reverse(form.len()), *form));
    forms
});

static WORDS: LazyLock<BTreeMap<&str, BTreeSet<&str>>> = LazyLock::new(|| {
    let mut classes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let rows = include_str!("../../data/imprint/words.tsv").lines().filter(|l| !l.starts_with('#'));
    for (class, word) in rows.filter_map(|l| l.split_once('\t')) {
        classes.entry(class).or_default().insert(word);
    }
    classes
});

/// The outlet that a text begins with: its name, and the bytes of the form that stands there.
pub(super) fn known(text: &str) -> Option<(&'static str, usize)> {
    OUTLETS.iter().find(|(form, _)| begins(text, form)).map(|(form, name)| (*name, form.len()))
}

/// The outlet that a text names and nothing else.
pub(super) fn only_known(text: &str) -> Option<&'static str> {
    known(text).filter(|(_, length)| *length == text.len()).map(|(name, _)| name)
}

fn begins(text: &str, form: &str) -> bool {
    let Some(head) = text.get(..form.len()) else { return false };
    let exact = form.len() <= ACRONYM && !form.contains(' ');
    let large =
        head.starts_with(char::is_uppercase) || head.starts_with("the ") || form.starts_with(char::is_lowercase);
    let same = if exact { head == form } else { large && head.eq_ignore_ascii_case(form) };
    same && !text[form.len()..].starts_with(char::is_alphanumeric)
}

/// Whether a word, in whatever letters, is of a class.
pub(super) fn is(class: &str, word: &str) -> bool {
    WORDS.get(class).is_some_and(|words| words.contains(word.to_lowercase().as_str()))
}

/// The longest phrase of a class that a text begins with, as its bytes.
pub(super) fn phrase(class: &str, text: &str) -> Option<usize> {
    let whole = |p: &&&str| {
        let head = text.get(..p.len()).is_some_and(|h| h.eq_ignore_ascii_case(p));
        head && text[p.len()..].starts_with([' ', ':', '\u{a0}'])
    };
    WORDS.get(class)?.iter().filter(whole).map(|p| p.len()).max()
}

/// Whether a name has a word in it that tells an outlet: "The Harbour Gazette". `weak` words count too where something else speaks for it.
pub(super) fn is_titled(name: &str, weak: bool) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let two = words.windows(2).any(|w| is("title", &w.join(" ")));
    words.len() > 1 && (two || words.iter().any(|w| is("title", w) || weak && is("weak", w)))
}

/// Words with where they begin.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_known_by_their_forms() {
        assert_eq!(known("AP) -"), Some(("Associated Press", 2)));
        assert_eq!(known("the associated press"), Some(("Associated Press", 20)));
        assert_eq!(known("BBC News, Cairo"), Some(("BBC", 8)));
        assert_eq!((known("APs"), known("ap"), known("punch line"), known("")), (None, None, None, None));
        assert_eq!(only_known("Reuters staff"), None);
    }

    #[test]
    fn every_row_of_the_tables_is_whole() {
        for (form, name) in OUTLETS.iter() {
            assert!(!form.trim().is_empty() && form.trim() == *form && !name.is_empty(), "{form:?}");
        }
        for (class, words) in WORDS.iter() {
            assert!(words.iter().all(|w| w.trim() == *w && w.to_lowercase() == *w), "{class}");
        }
        assert!(is_titled("The Harbour Gazette", false) && !is_titled("Gazette", false));
        assert!(!is_titled("Harbour Post", false) && is_titled("Harbour Post", true));
    }
}
