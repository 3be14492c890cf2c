//! What a story is about, by the words that it is followed by.

use crate::Cutting;
use crate::told::Told;
use dateline_report::Span;

/// Words that name no matter.
const GENERAL: &str = include_str!("../data/general.txt");
/// Bytes before and after a sentence in which its topic may be named: a sentence or two.
const AROUND: usize = 300;

/// The words that name the matter: of "hostage negotiations" only "hostage".
#[derive(Clone, Debug, Default)]
pub(crate) struct Topic(Vec<String>);

impl Topic {
    pub(crate) fn of(words: &[String]) -> Topic {
        let all = words.iter().flat_map(|w| w.split_whitespace()).map(str::to_lowercase);
        // A plural stands for its singular too: the words are looked for as beginnings.
        let stem = |w: String| w.strip_suffix('s').filter(|s| s.len() > 3).map_or(w.clone(), str::to_owned);
        Topic(all.filter(|w| !GENERAL.lines().any(|g| g == w)).map(stem).collect())
    }

    /// Whether there are words that name the matter.
    pub(crate) fn is_stated(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether the matter is named in the sentence itself.
    pub(crate) fn is_named_there(&self, told: &Told) -> bool {
        self.is_within(told.cutting, told.event.sentence.span, 0)
    }

    /// Whether the matter is named in or about the sentence. Where no word names it, everything is to the matter.
    pub(crate) fn is_named(&self, told: &Told) -> bool {
        self.is_near(told.cutting, told.event.sentence.span)
    }

    /// Whether the matter is named in these words or about them.
    pub(crate) fn is_near(&self, cutting: &Cutting, words: Span) -> bool {
        self.is_within(cutting, words, AROUND)
    }

    fn is_within(&self, cutting: &Cutting, span: Span, bytes: usize) -> bool {
        let text = &cutting.record.report.text;
        let floor = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let around = text[floor(span.start.saturating_sub(bytes))..floor(span.end + bytes)].to_lowercase();
        self.0.is_empty() || self.0.iter().any(|w| around.contains(w))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_report::{Record, Report};

    fn topic(words: &str) -> Topic {
        Topic::of(&[words.to_owned()])
    }

    #[test]
    fn words_for_talks_name_no_matter() {
        assert!(topic("Hostage Negotiations").is_stated());
        assert!(!topic("peace talks").is_stated());
    }

    #[test]
    fn a_matter_is_named_near_or_nowhere() {
        let text = format!("They spoke of hostages. {}They met again.", "Nothing else was said. ".repeat(20));
        let record = Record { report: Report { text: text.clone(), ..Report::default() }, ..Record::default() };
        let cutting = Cutting::of(record);
        let hostage = topic("hostage talks");
        assert!(hostage.is_near(&cutting, Span { start: 24, end: 40 }));
        assert!(!hostage.is_near(&cutting, Span { start: text.len() - 15, end: text.len() }));
        assert!(topic("talks").is_near(&cutting, Span { start: text.len() - 15, end: text.len() }));
    }
}
