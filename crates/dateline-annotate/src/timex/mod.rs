//! Time expressions with their TIMEX3 values and their days.
//!
//! Expressions are found on the words of a sentence, longest first; relative ones count from the anchor (the day of publication);
//! the tense of the governing predicate tells a coming weekday or month from a past one.

mod calendar;
pub mod number;
mod resolve;

use crate::annotation::{Annotation, Rel, Timex, TimexKind, Upos};
use dateline_report::{Date, Span};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What a word means in a time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Month(i64),
    Weekday(i64),
    Unit(String),
    Part(String),
    Season(String),
    Day(i64),
    Relative(i64),
    Modifier(i64),
    Vague(String),
    Set(String),
    Back,
    Forth,
}

struct Vocabulary {
    words: BTreeMap<&'static str, Vec<Meaning>>,
    cues: Vec<&'static str>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut v = Vocabulary { words: BTreeMap::new(), cues: Vec::new() };
    for line in include_str!("../../data/timex.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut c = line.split('\t');
        let (Some(word), Some(kind), Some(value)) = (c.next(), c.next(), c.next()) else { continue };
        let number = value.parse::<i64>().unwrap_or_default();
        let meaning = match kind {
            "month" => Meaning::Month(number),
            "weekday" => Meaning::Weekday(number),
            "unit" => Meaning::Unit(value.to_owned()),
            "part" => Meaning::Part(value.to_owned()),
            "season" => Meaning::Season(value.to_owned()),
            "day" => Meaning::Day(number),
            "relative" => Meaning::Relative(number),
            "modifier" => Meaning::Modifier(number),
            "vague" => Meaning::Vague(value.to_owned()),
            "set" => Meaning::Set(value.to_owned()),
            "back" => Meaning::Back,
            "forth" => Meaning::Forth,
            _ => {
                v.cues.push(word);
                continue;
            }
        };
        v.words.entry(word).or_default().push(meaning);
    }
    v
});

/// The words of one sentence, ready for matching.
pub(crate) struct Words<'a> {
    pub(crate) a: &'a Annotation,
    pub(crate) lower: Vec<String>,
    pub(crate) raw: Vec<&'a str>,
    pub(crate) tokens: Range<usize>,
}

impl Words<'_> {
    fn len(&self) -> usize {
        self.raw.len()
    }

    fn is(&self, i: usize, words: &[&str]) -> bool {
        self.lower.get(i).is_some_and(|w| words.contains(&w.as_str()))
    }

    fn meanings(&self, i: usize) -> &'static [Meaning] {
        let Some(word) = self.lower.get(i) else { return &[] };
        let found = VOCABULARY.words.get(word.as_str()).map_or(&[][..], Vec::as_slice);
        // "may" and "march" are months only as names.
        let name = matches!(word.as_str(), "may" | "march" | "sun" | "august");
        if name && !(self.raw[i].starts_with(char::is_uppercase) && self.a.tokens[self.tokens.start + i].upos == Upos::Propn) { &[] } else { found }
    }

    fn month(&self, i: usize) -> Option<i64> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Month(n) = m { Some(*n) } else { None })
    }

    fn weekday(&self, i: usize) -> Option<i64> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Weekday(n) = m { Some(*n) } else { None })
    }

    fn unit(&self, i: usize) -> Option<&'static str> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Unit(u) = m { Some(u.as_str()) } else { None })
    }

    fn part(&self, i: usize) -> Option<&'static str> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Part(u) = m { Some(u.as_str()) } else { None })
    }

    fn season(&self, i: usize) -> Option<&'static str> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Season(u) = m { Some(u.as_str()) } else { None })
    }

    fn offset(&self, i: usize) -> Option<i64> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Day(n) = m { Some(*n) } else { None })
    }

    fn relative(&self, i: usize) -> Option<i64> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Relative(n) = m { Some(*n) } else { None })
    }

    fn modifier(&self, i: usize) -> Option<i64> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Modifier(n) = m { Some(*n) } else { None })
    }

    fn vague(&self, i: usize) -> Option<&'static str> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Vague(v) = m { Some(v.as_str()) } else { None })
    }

    fn set(&self, i: usize) -> Option<&'static str> {
        self.meanings(i).iter().find_map(|m| if let Meaning::Set(v) = m { Some(v.as_str()) } else { None })
    }

    fn direction(&self, i: usize) -> Option<i64> {
        self.meanings(i).iter().find_map(|m| match m {
            Meaning::Back => Some(-1),
            Meaning::Forth => Some(1),
            _ => None,
        })
    }

    /// A day of the month: "7", "7th".
    fn day_number(&self, i: usize) -> Option<i64> {
        let w = self.lower.get(i)?;
        let digits = w.trim_end_matches(|c: char| c.is_alphabetic());
        let ordinal = &w[digits.len()..];
        (matches!(ordinal, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|d| (1..=31).contains(d))
    }

    fn year(&self, i: usize) -> Option<i64> {
        let w = self.lower.get(i).filter(|w| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()))?;
        w.parse().ok().filter(|y| (1000..=2100).contains(y))
    }

    /// Whether the predicate right above a word stands in the present: "meet in Vienna Monday" is still to come, outside headlines.
    pub(crate) fn present(&self, i: usize) -> bool {
        let mut at = self.tokens.start + i;
        let headline = self.a.sentences[self.a.sentence_of(at)].headline;
        for _ in 0..4 {
            let Some(h) = self.a.tokens[at].head else { return false };
            at = h;
            if self.a.tokens[at].upos == Upos::Verb {
                return !headline && self.a.tokens[at].has("Tense=Pres") && self.a.tokens[at].has("VerbForm=Fin");
            }
        }
        false
    }

    /// Whether the predicate above a word speaks of what is to come.
    pub(crate) fn future(&self, i: usize) -> bool {
        let mut at = self.tokens.start + i;
        for _ in 0..8 {
            let t = &self.a.tokens[at];
            let cue = |x: usize| VOCABULARY.cues.contains(&self.a.tokens[x].lemma.to_lowercase().as_str());
            if matches!(t.upos, Upos::Verb | Upos::Adj | Upos::Noun) && (at != self.tokens.start + i) {
                let infinitive = t.upos == Upos::Verb && self.a.children(at).any(|c| self.a.tokens[c].rel == Rel::Mark && self.a.tokens[c].lemma == "to");
                if infinitive || cue(at) && !t.has("Tense=Past") || cue(at) && t.rel != Rel::Root && t.upos == Upos::Adj
                    || self.a.children(at).any(|c| matches!(self.a.tokens[c].rel, Rel::Aux | Rel::Amod) && cue(c))
                {
                    return true;
                }
                if t.upos == Upos::Verb && (t.has("Tense=Past") || t.has("VerbForm=Fin")) {
                    return false;
                }
            }
            match t.head {
                Some(h) => at = h,
                None => return false,
            }
        }
        false
    }
}

/// A matched expression: words `0..words` from where it begins, and what it means.
pub(crate) struct Match {
    pub(crate) words: usize,
    pub(crate) kind: TimexKind,
    pub(crate) value: String,
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
}

/// Finds the time expressions of a report, in text order. `anchor` is the day that relative ones count from.
pub fn find(text: &str, a: &Annotation, anchor: Option<Date>) -> Vec<Timex> {
    let mut out: Vec<Timex> = Vec::new();
    for s in &a.sentences {
        let raw: Vec<&str> = s.tokens.clone().map(|i| a.tokens[i].span.text(text).unwrap_or_default()).collect();
        let words = Words { a, lower: raw.iter().map(|w| w.to_lowercase()).collect(), raw, tokens: s.tokens.clone() };
        let mut i = 0;
        while i < words.len() {
            match resolve::at(&words, i, anchor, out.last()) {
                Some(m) => {
                    let first = a.tokens[s.tokens.start + i].span;
                    let last = a.tokens[s.tokens.start + i + m.words - 1].span;
                    let span = Span::new(first.start, last.end);
                    i += m.words;
                    out.push(Timex { span, kind: m.kind, value: m.value, start: m.start, end: m.end });
                }
                None => i += 1,
            }
        }
    }
    out
}
