//! Words of negotiations: issues and states, from `codebook/issues.toml` and `codebook/assessments.toml`.

use crate::tree;
use dateline_annotate::{Annotation, Rel, Upos};
use dateline_report::{Issue, Stance, TalksState};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A sequence of lemmas, `|` between alternatives, with gaps and stand-ins for words of talks.
type Pattern = Vec<String>;

/// Words that name issues and say how talks stand.
#[derive(Clone, Debug)]
pub struct TalkWords {
    issues: Vec<(Issue, Option<String>, Vec<Pattern>)>,
    /// (state, only beside a word for talks, pattern).
    states: Vec<(TalksState, bool, Pattern)>,
    talks: Vec<Pattern>,
    /// Who negotiates.
    people: Vec<Pattern>,
    /// Further words that stand for talks where their state is told: "the process".
    occasions: Vec<Pattern>,
    core: Vec<Pattern>,
    conditions: BTreeSet<String>,
    givens: BTreeSet<String>,
    ends: BTreeSet<String>,
    stances: BTreeMap<Stance, BTreeSet<String>>,
    content: BTreeSet<String>,
    plain: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueFile {
    /// Predicates that take a stance other than their event type's usual one.
    stance: BTreeMap<Stance, BTreeSet<String>>,
    /// Prepositions before what is demanded, offered or refused.
    content: BTreeSet<String>,
    /// Predicates that refuse or offer in so many words.
    plain: BTreeSet<String>,
    issue: Vec<IssueSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueSource {
    name: Issue,
    words: Vec<String>,
    /// PLOVER mode of a request or refusal on this issue.
    mode: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StateFile {
    talks: Vec<String>,
    /// Who negotiates: a word of talks, but no word for them.
    people: Vec<String>,
    occasions: Vec<String>,
    core: Vec<String>,
    /// Words that make an outcome a mere condition.
    conditions: BTreeSet<String>,
    /// Words behind which an outcome is taken as given.
    givens: BTreeSet<String>,
    /// Verbs that do away with a deadlock.
    ends: BTreeSet<String>,
    state: Vec<StateSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StateSource {
    name: TalksState,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    anywhere: Vec<String>,
}

fn pattern(text: &str) -> Pattern {
    text.split(' ').map(str::to_owned).collect()
}

impl TalkWords {
    /// Reads the two files' texts.
    pub fn from_toml(issues: &str, assessments: &str) -> Result<Self, String> {
        let issues: IssueFile = toml::from_str(issues).map_err(|e| format!("issues.toml: {e}"))?;
        let file: StateFile = toml::from_str(assessments).map_err(|e| format!("assessments.toml: {e}"))?;
        let mut states = Vec::new();
        for s in file.state {
            states.extend(s.phrases.iter().map(|p| (s.name, true, pattern(p))));
            states.extend(s.anywhere.iter().map(|p| (s.name, false, pattern(p))));
        }
        Ok(TalkWords {
            issues: issues
                .issue
                .into_iter()
                .map(|i| (i.name, i.mode, i.words.iter().map(|w| pattern(w)).collect()))
                .collect(),
            states,
            talks: file.talks.iter().map(|w| pattern(w)).collect(),
            people: file.people.iter().map(|w| pattern(w)).collect(),
            conditions: file.conditions,
            givens: file.givens,
            ends: file.ends,
            occasions: file.occasions.iter().map(|w| pattern(w)).collect(),
            core: file.core.iter().map(|w| pattern(w)).collect(),
            stances: issues.stance,
            content: issues.content,
            plain: issues.plain,
        })
    }

    /// The issue that a stretch of words names first by rank of the file, with its words.
    pub fn issue(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> Option<(Issue, Range<usize>)> {
        self.entry(a, text, tokens).map(|(issue, _, words)| (issue, words))
    }

    fn entry(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> Option<(Issue, Option<&str>, Range<usize>)> {
        self.issues.iter().find_map(|(issue, mode, patterns)| {
            let first =
                patterns.iter().filter_map(|p| self.find(a, text, p, tokens.clone())).min_by_key(|r| r.start)?;
            Some((*issue, mode.as_deref(), first))
        })
    }

    /// The stance that a predicate takes by its own meaning.
    pub fn stance(&self, lemma: &str) -> Option<Stance> {
        self.stances.iter().find(|(_, words)| words.contains(lemma)).map(|(&s, _)| s)
    }

    /// Whether a predicate refuses or offers in so many words, so that it takes a position on whatever it names.
    pub fn is_plain(&self, lemma: &str) -> bool {
        self.plain.contains(lemma)
    }

    /// Whether a preposition stands before what is demanded, offered or refused.
    pub fn content_preposition(&self, word: &str) -> bool {
        self.content.contains(word)
    }

    /// The mode of a request or refusal whose content these words are.
    pub fn mode(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> Option<String> {
        self.entry(a, text, tokens)?.1.map(str::to_owned)
    }

    /// The states that a sentence tells, each once, with its words; `about` says whether the report is about a negotiation, so that
    /// the sentence need not name it.
    pub fn states(
        &self,
        a: &Annotation,
        text: &str,
        tokens: Range<usize>,
        about: bool,
    ) -> Vec<(TalksState, Range<usize>)> {
        let spoken = self.occasion(a, text, tokens.clone()).is_some();
        let mut out: Vec<(TalksState, Range<usize>)> = Vec::new();
        for (state, needs, p) in &self.states {
            if !spoken && (*needs || !about) || out.iter().any(|(s, _)| s == state) {
                continue;
            }
            if let Some(r) = self.find(a, text, p, tokens.clone())
                && !(is_outcome(*state) && self.supposed(a, tokens.start, r.start))
            {
                out.push((*state, r));
            }
        }
        // What was called off or broke down is neither coming nor going on.
        if out.iter().any(|(s, _)| matches!(s, TalksState::Suspended | TalksState::Collapsed)) {
            out.retain(|(s, _)| !matches!(s, TalksState::Planned | TalksState::UnderWay));
        }
        // "little progress" is no progress.
        let taken: Vec<Range<usize>> =
            out.iter().filter(|(s, _)| *s == TalksState::LittleProgress).map(|x| x.1.clone()).collect();
        out.retain(|(s, r)| *s != TalksState::Progress || !taken.iter().any(|t| t.start <= r.end && r.start <= t.end));
        out
    }

    /// Whether words stand under a condition: "if talks fail", "once they sign a deal".
    fn supposed(&self, a: &Annotation, sentence: usize, at: usize) -> bool {
        let before = (sentence.max(at.saturating_sub(CONDITION))..at).rev().map(|i| a.tokens[i].lemma.to_lowercase());
        before.take_while(|w| w != "," && !self.givens.contains(w)).any(|w| self.conditions.contains(&w))
    }

    /// Whether a noun for a standstill is the object of a verb that does away with it: "to break the deadlock".
    pub(crate) fn is_ended(&self, a: &Annotation, noun: usize) -> bool {
        let verb = a.tokens[noun].head.filter(|_| matches!(a.tokens[noun].rel, Rel::Obj | Rel::NsubjPass));
        verb.is_some_and(|v| self.ends.contains(&a.tokens[v].lemma.to_lowercase()))
    }

    /// Whether one word is a noun for a negotiation.
    pub fn names_talks(&self, a: &Annotation, text: &str, word: usize) -> bool {
        a.tokens[word].upos != Upos::Verb
            && self.words().any(|p| p.len() == 1 && self.find(a, text, p, word..word + 1).is_some())
    }

    /// The first word or words that stand for talks.
    fn occasion(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> Option<Range<usize>> {
        self.words()
            .chain(&self.occasions)
            .filter_map(|p| self.find(a, text, p, tokens.clone()))
            .min_by_key(|r| r.start)
    }

    /// The talks that a sentence names, as it words them: "the hostage talks".
    pub fn named_talks(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> Option<String> {
        let words = self.occasion(a, text, tokens)?;
        let noun = words.end - 1;
        (a.tokens[noun].upos == Upos::Noun)
            .then(|| tree::span_of(a, &tree::noun_phrase(a, noun)).text(text).map(str::to_owned))
            .flatten()
    }

    /// Whether words speak of a negotiation proper, not only of a meeting or a deal.
    pub fn speaks_of_negotiation(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> bool {
        // "Its prisoner talks with the rebels" is easily read as a verb.
        let plural = |word: usize| {
            let form = a.tokens[word].span.text(text).unwrap_or_default();
            form.len() == a.tokens[word].lemma.len() + 1 && form.ends_with('s')
        };
        let nominal = |r: &Range<usize>| {
            r.len() > 1
                || a.tokens[r.start].upos != Upos::Verb
                || a.tokens[r.start].lemma.contains('g')
                || plural(r.start)
        };
        self.core.iter().any(|p| self.find(a, text, p, tokens.clone()).is_some_and(|r| nominal(&r)))
    }

    /// Whether words speak of talks.
    pub fn speaks_of_talks(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> bool {
        self.words().any(|p| self.find(a, text, p, tokens.clone()).is_some())
    }

    /// Words for talks and for those who hold them.
    fn words(&self) -> impl Iterator<Item = &Pattern> {
        self.talks.iter().chain(&self.people)
    }

    /// The first place where a pattern fits.
    fn find(&self, a: &Annotation, text: &str, pattern: &[String], tokens: Range<usize>) -> Option<Range<usize>> {
        tokens.clone().find_map(|start| self.fits(a, text, pattern, start, tokens.end).map(|end| start..end))
    }

    /// Where a pattern that begins at a word ends.
    fn fits(&self, a: &Annotation, text: &str, pattern: &[String], at: usize, end: usize) -> Option<usize> {
        let Some((first, rest)) = pattern.split_first() else { return Some(at) };
        if first == GAP {
            return (0..=3).find_map(|gap| self.fits(a, text, rest, at + gap, end));
        }
        if at >= end {
            return None;
        }
        if first == TALKS {
            return self.talks.iter().chain(&self.occasions).find_map(|p| {
                let next = self.fits(a, text, p, at, end)?;
                // The words behind the noun that belong to it do not part it from its verb: "talks between A and B in C were suspended".
                let whole = tree::subtree(a, next - 1).end.min(end);
                self.fits(a, text, rest, next, end).or_else(|| self.fits(a, text, rest, whole.max(next), end))
            });
        }
        let t = &a.tokens[at];
        let word = t.span.text(text).unwrap_or_default();
        // A plural that was taken for another word keeps its ending: "Negotiations" read as a verb.
        let bare = t.lemma.strip_suffix('s').unwrap_or(&t.lemma);
        let forms = [t.lemma.as_str(), bare, word];
        let same = first.split('|').any(|w| forms.iter().any(|f| f.eq_ignore_ascii_case(w)));
        if same { self.fits(a, text, rest, at + 1, end) } else { None }
    }
}

/// Whether a state is an outcome, which only counts when it has come about.
pub(crate) fn is_outcome(state: TalksState) -> bool {
    use TalksState::{Agreed, Collapsed, Progress, Suspended, UnderWay};
    matches!(state, UnderWay | Progress | Suspended | Collapsed | Agreed)
}

/// How many words before a state its condition may stand.
const CONDITION: usize = 9;
/// Stands for up to three words in a pattern.
const GAP: &str = "_";
/// Stands for any word for talks in a pattern.
const TALKS: &str = "@talks";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::testing::annotation;

    fn states(lines: &str) -> Vec<TalksState> {
        let (text, a) = annotation(lines);
        let words = TalkWords::from_toml(data::ISSUES, data::ASSESSMENTS).unwrap();
        words.states(&a, &text, 0..a.tokens.len(), true).into_iter().map(|x| x.0).collect()
    }

    #[test]
    fn little_progress_is_no_progress_and_a_condition_no_collapse() {
        let little = "
            The the DET 2 det
            talks talk NOUN 3 nsubj
            made make VERB 0 root
            little little ADJ 5 amod
            progress progress NOUN 3 obj";
        assert_eq!(states(little), [TalksState::LittleProgress]);
        let condition = "
            We we PRON 2 nsubj
            fight fight VERB 0 root
            if if SCONJ 5 mark
            talks talk NOUN 5 nsubj
            collapse collapse VERB 2 advcl";
        assert_eq!(states(condition), []);
    }

    #[test]
    fn the_first_issue_of_the_file_wins() {
        let (text, a) = annotation(
            "
            a a DET 3 det
            lasting lasting ADJ 3 amod
            truce truce NOUN 0 root
            and and CCONJ 5 cc
            talks talk NOUN 3 conj",
        );
        let words = TalkWords::from_toml(data::ISSUES, data::ASSESSMENTS).unwrap();
        assert_eq!(words.issue(&a, &text, 0..5), Some((Issue::Ceasefire, 2..3)));
        assert_eq!(words.issue(&a, &text, 3..5), Some((Issue::Talks, 4..5)));
    }
}
