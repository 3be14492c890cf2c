//! The words of one sentence, ready for matching.

use super::vocabulary::{Meaning, VOCABULARY};
use crate::annotation::{Annotation, Rel, Upos};
use std::ops::Range;

/// The words of one sentence.
pub(super) struct Words<'a> {
    pub(super) annotation: &'a Annotation,
    /// Where they stand in [`Annotation::tokens`].
    pub(super) tokens: Range<usize>,
    raw: Vec<&'a str>,
    lower: Vec<String>,
    meanings: Vec<Vec<Meaning>>,
}

impl<'a> Words<'a> {
    /// The words of a sentence.
    pub(super) fn new(text: &'a str, annotation: &'a Annotation, tokens: Range<usize>) -> Self {
        let raw: Vec<&str> = tokens.clone().map(|i| annotation.tokens[i].span.text(text).unwrap_or_default()).collect();
        let lower: Vec<String> = raw.iter().map(|w| plain(w)).collect();
        let meanings = (0..raw.len())
            .map(|i| {
                let tag = annotation.tokens[tokens.start + i].upos;
                VOCABULARY.meanings(&lower[i]).iter().copied().filter(|m| m.holds(raw[i], tag)).collect()
            })
            .collect();
        Words { annotation, tokens, raw, lower, meanings }
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.raw.len()
    }

    /// A word in lower case with plain apostrophes and hyphens; empty beyond the sentence.
    pub(super) fn lower(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    /// A word as it stands.
    pub(super) fn raw(&self, i: usize) -> &str {
        self.raw.get(i).copied().unwrap_or_default()
    }

    /// The words from one on, in lower case.
    pub(super) fn rest(&self, i: usize, most: usize) -> Vec<&str> {
        self.lower.iter().skip(i).take(most).map(String::as_str).collect()
    }

    /// What a word may mean.
    pub(super) fn meanings(&self, i: usize) -> &[Meaning] {
        self.meanings.get(i).map_or(&[], Vec::as_slice)
    }

    /// Whether a word has a meaning of a class.
    pub(super) fn is(&self, i: usize, class: &str) -> bool {
        VOCABULARY.class(class).is_some_and(|c| self.meanings(i).iter().any(|m| m.class == c))
    }

    /// The tag of a word.
    pub(super) fn tag(&self, i: usize) -> Option<Upos> {
        (i < self.len()).then(|| self.annotation.tokens[self.tokens.start + i].upos)
    }

    /// Whether the word before one is of a class.
    pub(super) fn before_is(&self, i: usize, class: &str) -> bool {
        i.checked_sub(1).is_some_and(|b| self.is(b, class))
    }

    /// Whether a preposition stands before a word.
    pub(super) fn after_preposition(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|b| self.tag(b) == Some(Upos::Adp))
    }

    /// Whether a word counts a later one in the plural.
    pub(super) fn counts(&self, i: usize) -> bool {
        let t = &self.annotation.tokens[self.tokens.start + i];
        let plural = |h: usize| self.annotation.tokens[h].has("Number=Plur") && h > self.tokens.start + i;
        t.rel == Rel::Nummod && t.head.is_some_and(plural)
    }

    /// Whether the sentence is the headline.
    pub(super) fn headline(&self) -> bool {
        let at = self.annotation.sentence_of(self.tokens.start);
        self.annotation.sentences.get(at).is_some_and(|s| s.headline)
    }

    /// The word of a stretch on which the others hang.
    pub(super) fn head(&self, words: Range<usize>) -> usize {
        let all = self.tokens.start + words.start..self.tokens.start + words.end;
        let outside = |i: &usize| self.annotation.tokens[*i].head.is_none_or(|h| !all.contains(&h));
        all.clone().find(outside).unwrap_or(all.start)
    }
}

/// A word in lower case, with one kind of apostrophe and hyphen.
fn plain(word: &str) -> String {
    match word {
        "–" | "‑" | "‐" | "−" => "-".to_owned(),
        _ => word.to_lowercase().replace(['’', '‘'], "'"),
    }
}
