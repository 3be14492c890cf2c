//! What a record misses, makes up or has wrong, listed for the study of errors.

use crate::gold::{GoldSentence, ROLES, Scored, same_source};
use std::collections::BTreeMap;

/// One missed, spurious or wrong item.
pub struct Error {
    /// What it is: "events", "positions", "figures", "assessments"; of matched events the field: "actors", "place", "source" and so on.
    pub of: &'static str,
    /// "missed", "spurious" or, of a matched event's field, "wrong".
    pub kind: &'static str,
    /// The report.
    pub report: String,
    /// The item: type and trigger, party, stance and issue, value or state.
    pub item: String,
    /// What decided, the item's words, or what the two sides say.
    pub why: String,
    /// The sentence.
    pub sentence: String,
}

/// An item without parts, of either side.
pub(crate) struct Item {
    pub(crate) sentence: Option<usize>,
    /// What is compared within a sentence.
    pub(crate) key: String,
    pub(crate) words: String,
}

impl Item {
    /// The item as it is scored.
    pub(crate) fn scored(&self) -> String {
        format!("{:?} {}", self.sentence, self.key)
    }
}

/// The errors in one report.
pub(crate) struct Misses<'g> {
    report: &'g str,
    text: &'g str,
    sentences: &'g BTreeMap<String, GoldSentence>,
}

impl<'g> Misses<'g> {
    pub(crate) fn new(report: &'g str, text: &'g str, sentences: &'g BTreeMap<String, GoldSentence>) -> Self {
        Misses { report, text, sentences }
    }

    pub(crate) fn item(
        &self,
        of: &'static str,
        kind: &'static str,
        item: String,
        why: &str,
        sentence: Option<usize>,
    ) -> Error {
        let span = sentence.and_then(|n| self.sentences.get(&n.to_string()));
        let sentence = span.and_then(|x| self.text.get(x.start..x.end)).unwrap_or_default();
        Error {
            of,
            kind,
            report: self.report.to_owned(),
            item,
            why: why.to_owned(),
            sentence: sentence.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }

    /// What one side of a list has and the other has not, compared as multisets.
    pub(crate) fn items(&self, of: &'static str, gold: &[Item], system: &[Item], out: &mut Vec<Error>) {
        for (kind, mine, other) in [("missed", gold, system), ("spurious", system, gold)] {
            let mut left: Vec<String> = other.iter().map(Item::scored).collect();
            for x in mine {
                match left.iter().position(|k| *k == x.scored()) {
                    Some(at) => {
                        left.swap_remove(at);
                    }
                    None => out.push(self.item(of, kind, x.key.clone(), &x.words, x.sentence)),
                }
            }
        }
    }

    /// The fields of a matched event that differ, each with what stands on either side.
    pub(crate) fn fields(&self, gold: &Scored, system: &Scored, out: &mut Vec<Error>) {
        let mut note = |of, right: bool, gold_says: String, we_say: String| {
            if !right {
                let item = format!("{} \"{}\"", gold.kind, gold.trigger);
                out.push(self.item(of, "wrong", item, &format!("gold {gold_says}, here {we_say}"), gold.sentence));
            }
        };
        for (i, role) in ROLES.iter().enumerate() {
            let sorted = |e: &Scored| {
                let mut codes = e.roles[i].clone();
                codes.sort();
                codes
            };
            note(role, sorted(gold) == sorted(system), gold.shown[i].join(" + "), system.shown[i].join(" + "));
        }
        let said = |e: &Scored| format!("{} ({})", e.place.as_deref().unwrap_or("-"), e.place_text);
        let place = gold.place == system.place || gold.place.is_some() && !gold.place_said && system.place.is_none();
        note("place", place, said(gold), said(system));
        let day = |e: &Scored| format!("{:?} ({})", (e.date.0.as_deref(), e.date.1.as_deref()), e.date_text);
        note("date", gold.date.0.is_none() || gold.date == system.date, day(gold), day(system));
        let historical = |e: &Scored| e.historical.to_string();
        note("historical", gold.historical == system.historical, historical(gold), historical(system));
        let (a, b) = (gold.source.as_deref(), system.source.as_deref());
        note("source", same_source(a, b), format!("{a:?}"), format!("{b:?}"));
        note("status", gold.status == system.status, gold.status.clone(), system.status.clone());
        note("mode", gold.mode == system.mode, format!("{:?}", gold.mode), format!("{:?}", system.mode));
        let counts = |e: &Scored| format!("{:?}", e.counts);
        note("counts", gold.counts == system.counts, counts(gold), counts(system));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_told_twice_and_found_once_is_missed_once() {
        let sentences = BTreeMap::from([("1".to_owned(), GoldSentence { start: 0, end: 9 })]);
        let item = || Item { sentence: Some(1), key: "5".to_owned(), words: "five".to_owned() };
        let mut out = Vec::new();
        Misses::new("r", "five men.", &sentences).items("figures", &[item(), item()], &[item()], &mut out);
        let told: Vec<_> = out.iter().map(|e| (e.kind, e.item.as_str(), e.sentence.as_str())).collect();
        assert_eq!(told, [("missed", "5", "five men.")]);
    }
}
