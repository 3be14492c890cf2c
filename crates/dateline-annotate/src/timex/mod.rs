//! Time expressions with their TIMEX3 values and their days.
//!
//! The rules of `data/timex/grammar.txt` run over the words of a sentence; from each word the longest expression that makes sense is
//! taken. Deictic expressions ("last week") count from the anchor, the day of publication; anaphoric ones ("two days later") from the
//! date told last. The tense of the governing predicate tells a coming weekday or month from a past one.
//!
//! | expression, published on Friday 2024-05-24 | value | start | end |
//! |---|---|---|---|
//! | Wednesday | `2024-05-22` | 2024-05-22 | 2024-05-22 |
//! | last week | `2024-W20` | 2024-05-13 | 2024-05-19 |
//! | early May | `2024-05` | 2024-05-01 | 2024-05-10 |
//! | October 7 | `2023-10-07` | 2023-10-07 | 2023-10-07 |
//! | recently | `PAST_REF` | | 2024-05-24 |
//! | almost eight months | `P8M` | | |

mod calendar;
mod days;
mod length;
pub mod number;
mod pattern;
mod reach;
mod resolve;
mod special;
pub mod stamp;
mod stretches;
mod tense;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;

use crate::annotation::{Annotation, EntityKind, Timex, TimexKind};
use dateline_report::{Date, Span};
use pattern::Grammar;
pub use reach::reach;
use std::sync::LazyLock;
use words::Words;

/// Without its rules, which a test proves sound, nothing would be found; a faulty line must not stop the program.
static GRAMMAR: LazyLock<Option<Grammar>> = LazyLock::new(|| Grammar::parse(GRAMMAR_TEXT).ok());
const GRAMMAR_TEXT: &str = include_str!("../../data/timex/grammar.txt");

/// What a matched expression stands for.
pub(crate) struct Match {
    kind: TimexKind,
    value: String,
    start: Option<Date>,
    end: Option<Date>,
    /// TIMEX3 unit of the value: `D`, `M`, `Q`, `Y`.
    grain: &'static str,
}

/// A date that the text has named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    days: (Date, Date),
    grain: &'static str,
    /// Number of its sentence.
    sentence: usize,
    /// Whether the words state its year.
    stated: bool,
}

/// What relative expressions count from.
pub(crate) struct Context {
    /// Day of publication.
    anchor: Option<Date>,
    /// The date told last.
    reference: Option<Reference>,
    /// Number of the sentence at hand.
    sentence: usize,
    /// Whether the text tells of years long past rather than of the days before its publication.
    history: bool,
}

/// Years between a history and its publication.
const LONG_AGO: i16 = 2;
/// Years named before a text may pass for a history.
const MANY_YEARS: usize = 8;

/// Finds the time expressions of a report, in text order and disjoint. `anchor` is the day that deictic ones count from; without it
/// they have no days and an open value.
pub fn find(text: &str, annotation: &Annotation, anchor: Option<Date>) -> Vec<Timex> {
    let Some(grammar) = GRAMMAR.as_ref() else { return Vec::new() };
    let sentences: Vec<Words> =
        annotation.sentences.iter().map(|s| Words::new(text, annotation, s.tokens.clone())).collect();
    let mut context = Context { anchor, reference: None, sentence: 0, history: is_history(&sentences, anchor) };
    let mut out = Vec::new();
    for (n, words) in sentences.iter().enumerate() {
        context.sentence = n;
        let mut i = 0;
        while i < words.len() {
            if let Some(end) = person(annotation, words.tokens.start + i) {
                i = end - words.tokens.start;
                continue;
            }
            let found = grammar.ways(words, i).into_iter().find_map(|way| {
                let m = resolve::resolve(&way, words, i, &context)?;
                Some((way, m))
            });
            let Some((way, m)) = found else {
                i += 1;
                continue;
            };
            let token = |k: usize| annotation.tokens[words.tokens.start + k].span;
            let span = Span::new(token(i).start, token(way.end - 1).end);
            // What is only compared with ("than a year earlier") is not told of.
            let told = way.kind != "ago" || m.grain == "D";
            if let (Some(start), Some(end), TimexKind::Date | TimexKind::Time, true) = (m.start, m.end, m.kind, told) {
                let stated = way.captures.iter().any(|(key, _)| matches!(*key, "year" | "iso"));
                context.reference = Some(Reference { days: (start, end), grain: m.grain, sentence: n, stated });
            }
            i = way.end;
            out.push(Timex { span, kind: m.kind, value: m.value, start: m.start, end: m.end });
        }
    }
    out
}

/// The end of the personal name that begins at a word: "April Ryan" is no month.
fn person(annotation: &Annotation, token: usize) -> Option<usize> {
    let at = annotation.entities.partition_point(|e| e.tokens.start < token);
    let found = annotation.entities.get(at).filter(|e| e.tokens.start == token && e.kind == EntityKind::Person);
    found.map(|e| e.tokens.end).filter(|end| *end > token)
}

/// Whether years long past are named more often than days of the week and other words that only a fresh report uses.
fn is_history(sentences: &[Words], anchor: Option<Date>) -> bool {
    let Some(anchor) = anchor else { return false };
    let (mut years, mut fresh) = (0, 0);
    for w in sentences {
        for i in 0..w.len() {
            let year =
                w.lower(i).parse::<i16>().ok().filter(|y| w.lower(i).len() == 4 && (1000..=anchor.year()).contains(y));
            years += usize::from(year.is_some_and(|y| anchor.year() - y > LONG_AGO));
            fresh += usize::from(w.is(i, "weekday") || w.is(i, "day"));
        }
    }
    years >= MANY_YEARS && fresh * 4 < years
}
