//! Words of negotiations: issues and states, from `codebook/issues.toml` and `codebook/assessments.toml`.

use dateline_annotate::Annotation;
use dateline_report::{Issue, TalksState};
use serde::Deserialize;
use std::ops::Range;

/// A sequence of lemmas; a gap allows up to three words.
type Pattern = Vec<String>;

/// Words that name issues and say how talks stand.
#[derive(Clone, Debug)]
pub struct TalkWords {
    issues: Vec<(Issue, Option<String>, Vec<Pattern>)>,
    /// (state, only beside a word for talks, pattern).
    states: Vec<(TalksState, bool, Pattern)>,
    talks: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueFile {
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
            issues: issues.issue.into_iter().map(|i| (i.name, i.mode, i.words.iter().map(|w| pattern(w)).collect())).collect(),
            states,
            talks: file.talks.iter().map(|w| pattern(w)).collect(),
        })
    }

    /// The issue that a stretch of words names first by rank of the file, with its words.
    pub fn issue(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> Option<(Issue, Range<usize>)> {
        self.issues.iter().find_map(|(issue, _, patterns)| {
            patterns.iter().filter_map(|p| find(a, text, p, tokens.clone())).min_by_key(|r| r.start).map(|r| (*issue, r))
        })
    }

    /// The mode of a request or refusal whose content these words are.
    pub fn mode(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> Option<String> {
        let (issue, _) = self.issue(a, text, tokens)?;
        self.issues.iter().find(|(i, _, _)| *i == issue)?.1.clone()
    }

    /// The states that a sentence tells, each once, with its words.
    pub fn states(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> Vec<(TalksState, Range<usize>)> {
        let about = self.speaks_of_talks(a, text, tokens.clone());
        let mut out: Vec<(TalksState, Range<usize>)> = Vec::new();
        for (state, needs, p) in &self.states {
            if (*needs && !about) || out.iter().any(|(s, _)| s == state) {
                continue;
            }
            if let Some(r) = find(a, text, p, tokens.clone()) {
                out.push((*state, r));
            }
        }
        // "little progress" is no progress.
        let taken: Vec<Range<usize>> = out.iter().filter(|(s, _)| *s == TalksState::LittleProgress).map(|x| x.1.clone()).collect();
        out.retain(|(s, r)| *s != TalksState::Progress || !taken.iter().any(|t| t.start <= r.end && r.start <= t.end));
        out
    }

    /// Whether one word is a noun for a negotiation.
    pub fn names_talks(&self, a: &Annotation, text: &str, word: usize) -> bool {
        a.tokens[word].upos != dateline_annotate::Upos::Verb && self.talks.iter().any(|p| p.len() == 1 && find(a, text, p, word..word + 1).is_some())
    }

    /// Whether words speak of talks.
    pub fn speaks_of_talks(&self, a: &Annotation, text: &str, tokens: Range<usize>) -> bool {
        self.talks.iter().any(|p| find(a, text, p, tokens.clone()).is_some())
    }
}

/// The first place where a pattern fits.
fn find(a: &Annotation, text: &str, pattern: &[String], tokens: Range<usize>) -> Option<Range<usize>> {
    tokens.clone().find_map(|start| fits(a, text, pattern, start, tokens.end).map(|end| start..end))
}

fn fits(a: &Annotation, text: &str, pattern: &[String], at: usize, end: usize) -> Option<usize> {
    let Some((first, rest)) = pattern.split_first() else { return Some(at) };
    if first == "_" {
        return (0..=3).find_map(|gap| fits(a, text, rest, at + gap, end));
    }
    if at >= end {
        return None;
    }
    let t = &a.tokens[at];
    let same = t.lemma.eq_ignore_ascii_case(first) || t.span.text(text).is_some_and(|w| w.eq_ignore_ascii_case(first));
    if same { fits(a, text, rest, at + 1, end) } else { None }
}
