//! What a story is about, by the words that it is followed by.

use crate::told::Told;

/// Words for talks as such, which say nothing of what they are about.
const GENERAL: [&str; 18] = [
    "talk",
    "talks",
    "negotiation",
    "negotiations",
    "negotiate",
    "peace",
    "process",
    "deal",
    "agreement",
    "accord",
    "diplomacy",
    "mediation",
    "dialogue",
    "round",
    "rounds",
    "summit",
    "conference",
    "meeting",
];
/// Bytes before and after a sentence in which its topic may be named: a sentence or two.
const AROUND: usize = 300;

/// The words that name the matter: of "hostage negotiations" only "hostage".
#[derive(Clone, Debug, Default)]
pub(crate) struct Topic(Vec<String>);

impl Topic {
    pub(crate) fn of(words: &[String]) -> Topic {
        let all = words.iter().flat_map(|w| w.split_whitespace()).map(str::to_lowercase);
        Topic(all.filter(|w| !GENERAL.contains(&w.as_str())).collect())
    }

    /// Whether there are words that name the matter.
    pub(crate) fn is_stated(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether the matter is named in the sentence itself.
    pub(crate) fn is_named_there(&self, told: &Told) -> bool {
        self.is_within(told, 0)
    }

    /// Whether the matter is named in or about the sentence. Where no word names it, everything is to the matter.
    pub(crate) fn is_named(&self, told: &Told) -> bool {
        self.is_within(told, AROUND)
    }

    fn is_within(&self, told: &Told, bytes: usize) -> bool {
        let (text, span) = (&told.cutting.record.report.text, told.event.sentence.span);
        let floor = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let around = text[floor(span.start.saturating_sub(bytes))..floor(span.end + bytes)].to_lowercase();
        self.0.is_empty() || self.0.iter().any(|w| around.contains(w))
    }
}
